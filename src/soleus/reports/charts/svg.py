"""A chart as an SVG picture: title, judgement, plot and key, for any width from that of a telephone on.

No style, no script, no font, no link: a strict content security policy lets it pass inline. Every id begins with the prefix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soleus.domain.errors import OutOfRange
from soleus.reports.charts.axes import direction_words
from soleus.reports.charts.flags import LANE, Flag, drawn, flags_of, lanes, letters
from soleus.reports.charts.frame import Frame
from soleus.reports.charts.ink import FONT, GREY, PAPER, element, group, width_of, worded, words, wrapped
from soleus.reports.charts.key import entries, laid_out
from soleus.reports.charts.plot import end_labels, room_for, whole
from soleus.reports.charts.spec import ChartSpec, Event
from soleus.reports.charts.symbols import patterns
from soleus.reports.charts.words import NOTHING, SIDES

NARROWEST = 240
PAD = 12.0
SMALL_HEIGHT = 120.0


@dataclass(frozen=True)
class Piece:
    """Part of a picture, drawn from (0, 0)."""

    parts: list[str]
    height: float
    flags: tuple[Flag, ...] = ()


def svg(spec: ChartSpec, *, width: int = 640, prefix: str = "chart", key: bool = True) -> str:
    """One chart.

    Args:
        spec: What to show.
        width: Of the picture, 240 or more; letters keep their size. [px]
        prefix: Begins every id: give each picture on a page its own.
        key: Say what the signs mean, below the plot.

    Raises:
        OutOfRange: If the picture is narrower than words are.
    """
    _check(width)
    piece = _chart(spec, width, prefix, letters(spec.events), key=key)
    return picture(piece, width, prefix, spec.title, spec.text)


def multiples(
    specs: Sequence[ChartSpec], *, width: int = 900, columns: int = 0, prefix: str = "charts", title: str = "All measures"
) -> str:
    """Many small charts in one picture, with one key for all. Give them the same days by `same_dates`.

    Args:
        specs: One for each measure.
        width: Of the whole picture. [px]
        columns: Charts side by side; as many as fit if 0.
        prefix: Begins every id.
        title: Of the whole.
    """
    _check(width)
    columns = min(columns or max(1, width // 290), max(len(specs), 1))
    each = int((width - PAD) / columns - PAD)
    _check(each)
    signs = letters(e for s in specs for e in s.events)
    pieces = [_chart(s, each, f"{prefix}-{i}", signs, small=True) for i, s in enumerate(specs, 1)]
    parts, y = [words((PAD, PAD + 15), title, 16, bold=True)], PAD + 26
    for start in range(0, len(pieces), columns):
        row = pieces[start : start + columns]
        for k, piece in enumerate(row):
            parts.append(group(piece.parts, transform=f"translate({PAD + k * (each + PAD):g} {y:g})"))
        y += max(p.height for p in row)
    flags = {f.sign: f for f in sorted((f for p in pieces for f in p.flags if not f.turning), key=lambda f: f.on)}
    shown, high = laid_out(entries(specs, flags.values(), prefix), PAD, y, width - 2 * PAD, 12)
    parts = [f"<defs>{patterns(prefix)}</defs>", *parts, *shown]
    text = " ".join(s.text for s in specs) or NOTHING
    return picture(Piece(parts, y + high + PAD), width, prefix, title, text)


def picture(piece: Piece, width: int, prefix: str, title: str, text: str) -> str:
    """The outermost element with what a screen reader reads."""
    height = round(piece.height)
    head = worded("title", title, id=f"{prefix}-title") + worded("desc", text, id=f"{prefix}-desc")
    panel = element("rect", x=0.5, y=0.5, width=width - 1, height=height - 1, rx=6, fill=PAPER, stroke="#bbbbbb")
    opened = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONT}">'
    )
    return f"{opened}{head}{panel}{''.join(piece.parts)}</svg>\n"


def _check(width: int) -> None:
    if width < NARROWEST:
        raise OutOfRange(f"{width} pixels are too narrow for a chart with words. Give {NARROWEST} or more.")


def _chart(spec: ChartSpec, width: int, prefix: str, signs: dict[Event, str], *, key: bool = True, small: bool = False) -> Piece:
    pad = 0.0 if small else PAD
    size = 11.0 if small else 12.0 if width < 480 else 13.0
    parts, y = _head(spec, width - 2 * pad, pad, size, small)
    flags = flags_of(spec, signs)
    if spec.dates is None:
        # Without a day there is nothing to draw a plot over.
        return Piece([*parts, words((pad, y + size), "" if not small else NOTHING, size, fill=GREY)], y + 2 * size + pad, flags)
    left = pad + 8 + max((width_of(label, size) for _, label in spec.values.ticks), default=0.0)
    high = SMALL_HEIGHT if small else min(max(width * 0.42, 180.0), 320.0)
    if spec.grades:
        high = max(high, len(spec.values.ticks) * size * (1.0 if small else 1.5))
    frame = Frame(left, y, width - pad - left, high, spec.dates, spec.values)
    room = room_for(end_labels(spec, frame, short=small or width < 480), size)
    frame = Frame(left, y, width - pad - left - room, high, spec.dates, spec.values)
    shown = tuple(f for f in flags if not f.turning) if small else flags
    rows = max(lanes(shown, frame), default=-1) + 1
    frame = Frame(left, y + LANE * rows + size * 0.5, frame.width, high, spec.dates, spec.values)
    labels = end_labels(spec, frame, short=small or width < 480)
    if not small:
        parts.append(f"<defs>{patterns(prefix)}</defs>")
    # Charts of one picture share the patterns of the whole.
    pattern_prefix = prefix.rpartition("-")[0] if small else prefix
    turnings = tuple(f for f in flags if f.turning) if small else ()
    signs_drawn = [*drawn(shown, frame, named=True), *drawn(turnings, frame, named=False)]
    parts += whole(spec, frame, prefix, pattern_prefix, size, labels, signs_drawn)
    y = frame.bottom + 2 * size + 18
    if key and not small:
        found, tall = laid_out(entries([spec], flags, prefix), pad, y, width - 2 * pad, size)
        parts += found
        y += tall
        for text in (t for told in spec.outside for t in wrapped(told, size, width - 2 * pad)):
            y += size * 1.35
            parts.append(words((pad, y - size * 0.3), text, size, fill=GREY))
    return Piece(parts, y + (6 if small else PAD), flags)


def _head(spec: ChartSpec, width: float, left: float, size: float, small: bool) -> tuple[list[str], float]:
    """Title, unit and judgement; and where they end."""
    parts, y = [], 4.0 if small else PAD
    title_size = size + (1.5 if small else 4)
    unit = "grades" if spec.grades else f"in {spec.unit}"
    lines = [(t, title_size, True) for t in wrapped(spec.title, title_size, width, bold=True)]
    lines += [(t, size, False) for t in wrapped(f"{unit}; {direction_words(spec.better, bool(spec.grades))}", size, width)]
    if small:
        told = "; ".join(f"{SIDES[own.side]}: {own.short}" if spec.sided else own.short for own in spec.lines if own.short)
        lines += [(t, size, True) for t in wrapped(told, size, width, bold=True)]
    else:
        lines += [(t, size + 1, False) for t in wrapped(spec.plain, size + 1, width)]
    grey_from = len(wrapped(spec.title, title_size, width, bold=True))
    for i, (text, s, bold) in enumerate(lines):
        y += s * 1.3
        unit_line = not bold and s == size and i >= grey_from
        parts.append(words((left, y - s * 0.25), text, s, bold=bold, fill=GREY if unit_line else "#1a1a1a"))
    return parts, y + 4
