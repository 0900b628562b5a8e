"""The plot itself: axes, what is usual, levels, values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soleus.domain.measure import Better
from soleus.reports.charts.axes import date_ticks
from soleus.reports.charts.frame import Frame, apart
from soleus.reports.charts.ink import GREY, GRID, Look, element, group, line, number, trace, width_of, words
from soleus.reports.charts.spec import Beyond, ChartSpec, Level, Line
from soleus.reports.charts.symbols import (
    LOOKS,
    arrow,
    bar,
    expected_line,
    level_line,
    marker,
    points_down,
    threshold_line,
)
from soleus.reports.charts.words import SIDES, exact_words

TICK_ROOM = 62.0
"""Least room for the label of a day. [px]"""


def axes(spec: ChartSpec, frame: Frame, size: float) -> list[str]:
    """Grid, labels and frame."""
    found = [element("rect", x=frame.left, y=frame.top, width=frame.width, height=frame.height, fill="#fcfcfc")]
    ticks, room = list(spec.values.ticks), size * 1.15
    every = max(1, -(-int(room * len(ticks)) // max(int(frame.height), 1)))
    for value, label in ticks[::every]:
        y = frame.y(value)
        found += [line((frame.left, y), (frame.right, y), GRID), words((frame.left - 6, y + size * 0.35), label, size, anchor="end")]
    for tick in date_ticks(frame.dates.first, frame.dates.last, max(2, int(frame.width / TICK_ROOM))):
        x = frame.x(tick.on)
        found += [
            line((x, frame.bottom), (x, frame.bottom + 5), GREY),
            words((x, frame.bottom + 6 + size), tick.label, size, anchor="middle"),
        ]
        if tick.year:
            found.append(words((x, frame.bottom + 7 + 2 * size), tick.year, size, anchor="middle", fill=GREY))
    edge = f"M{number(frame.left)} {number(frame.top)}V{number(frame.bottom)}H{number(frame.right)}"
    return [*found, element("path", d=edge, fill="none", stroke=GREY, stroke_width=1)]


def usual(spec: ChartSpec, frame: Frame, prefix: str) -> list[str]:
    """The band of what is usual for the age."""
    if not spec.norm:
        return []
    upper = [frame.at(n.on, n.high) for n in spec.norm]
    lower = [frame.at(n.on, n.low) for n in spec.norm]
    return [
        element("path", d=trace(upper + lower[::-1], closed=True), fill=f"url(#{prefix}-usual)"),
        element("path", d=trace(upper) + trace(lower), fill="none", stroke="#8a8a8a", stroke_width=0.8),
        expected_line(trace([frame.at(n.on, n.expected) for n in spec.norm])),
    ]


def thresholds(spec: ChartSpec, frame: Frame) -> list[str]:
    return [threshold_line((frame.left, frame.y(t.value)), (frame.right, frame.y(t.value))) for t in spec.thresholds]


def bands(own: Line, look: Look, frame: Frame, prefix: str) -> list[str]:
    """Where the true level lies: 95 % and, within, 80 %."""
    days = (*own.levels, *own.forecast[1:])
    if len(days) < 2:
        return []
    outer = [frame.at(e.on, e.high95) for e in days], [frame.at(e.on, e.low95) for e in days]
    inner = [frame.at(e.on, e.high80) for e in days], [frame.at(e.on, e.low80) for e in days]
    found = []
    for (upper, lower), fill, opacity in ((outer, "hatch", 0.16), (inner, "cross", 0.24)):
        d = trace(upper + lower[::-1], closed=True)
        if look.hatched:
            found.append(element("path", d=d, fill=f"url(#{prefix}-{fill})", fill_opacity=0.45))
        else:
            found.append(element("path", d=d, fill=look.colour, fill_opacity=opacity))
    edges = trace(outer[0]) + trace(outer[1])
    return [*found, element("path", d=edges, fill="none", stroke=look.colour, stroke_width=0.8, stroke_opacity=0.8)]


def level_lines(spec: ChartSpec, own: Line, look: Look, frame: Frame) -> list[str]:
    """The likeliest level; of grades the likeliest grade, which goes in steps."""
    found = []
    for days, ahead in ((own.levels, False), (own.forecast, True)):
        if len(days) > 1:
            d = _steps(days, frame) if spec.grades else trace([frame.at(e.on, e.value) for e in days])
            found.append(level_line(look, d, ahead))
    return found


def _steps(days: Sequence[Level], frame: Frame) -> str:
    d, before = f"M{number(frame.x(days[0].on))} {number(frame.y(round(days[0].value)))}", round(days[0].value)
    for level in days[1:]:
        d += f"H{number(frame.x(level.on))}"
        if round(level.value) != before:
            before = round(level.value)
            d += f"V{number(frame.y(before))}"
    return d


def marks(spec: ChartSpec, own: Line, look: Look, frame: Frame, size: float) -> tuple[list[str], list[str]]:
    """Bars, and the marks that stand on them."""
    # Room for each mark: what lies denser is drawn smaller and paler.
    room = frame.width / max(sum(len(other.marks) for other in spec.lines), 1)
    r = size * (0.34 if room >= 12 else 0.26 if room >= 6 else 0.2)
    cap, opacity = (2.5, 0.75) if room >= 15 else (0.0, 0.5)
    bars = [bar(look, frame.x(m.on), frame.y(m.low), frame.y(m.high), cap, opacity) for m in own.marks if m.high > m.low]
    signs = []
    for m in own.marks:
        at = frame.at(m.on, m.value)
        if m.beyond is not Beyond.NO and not m.unable:
            signs.append(arrow(look, at, points_down(m.beyond, spec.better is Better.MORE)))
        signs.append(marker(look, at, r, m.unable))
    return bars, signs


@dataclass(frozen=True)
class EndLabel:
    """The name of a side where its line ends, or the value of a threshold at the right edge."""

    x: float
    y: float
    text: str
    bold: bool = False


def end_labels(spec: ChartSpec, frame: Frame, short: bool) -> list[EndLabel]:
    """What stands where lines end; `short` says L and R."""
    found = [EndLabel(frame.right, frame.y(t.value), exact_words(spec, t.value)) for t in spec.thresholds]
    for own in spec.lines if spec.sided else ():
        if own.marks:
            last = (*own.levels, *own.forecast)[-1] if own.levels else own.marks[-1]
            name = SIDES[own.side].split()[0]
            found.append(EndLabel(*frame.at(last.on, last.value), name[0].upper() if short else name, bold=True))
    return found


def room_for(labels: Sequence[EndLabel], size: float) -> float:
    """How wide the margin right of the plot must be. [px]"""
    return max((width_of(label.text, size, label.bold) for label in labels), default=1.0) + 9


def whole(
    spec: ChartSpec, frame: Frame, prefix: str, pattern_prefix: str, size: float, labels: list[EndLabel], flags: list[str]
) -> list[str]:
    """All layers from the back to the front."""
    back = [element("rect", id=f"{prefix}-plot", x=frame.left, y=frame.top, width=frame.width, height=frame.height, fill="none")]
    for own in spec.lines:
        back += bands(own, LOOKS[own.side], frame, pattern_prefix)
    front: list[str] = []
    for own in spec.lines:
        bars, signs = marks(spec, own, LOOKS[own.side], frame, size)
        # Bars of all sides lie below, so that none crosses out a mark.
        back += bars
        lines = level_lines(spec, own, LOOKS[own.side], frame)
        front.append(group([*lines, *signs], id=f"{prefix}-{own.side.value}"))
    places = apart([label.y for label in labels], size * 1.1, frame.top, frame.bottom)
    ends = [
        words((label.x + 6, y + size * 0.35), label.text, size, bold=label.bold, halo=True) for y, label in zip(places, labels, strict=True)
    ]
    return [
        *axes(spec, frame, size),
        *usual(spec, frame, pattern_prefix),
        *back,
        *thresholds(spec, frame),
        *flags,
        *front,
        *ends,
    ]
