"""Days that matter: letters for what happened, numbers for when the course changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soleus.domain.finding import Side
from soleus.reports.charts.axes import day_words
from soleus.reports.charts.frame import Frame
from soleus.reports.charts.ink import GREY, INK, PAPER, Value, element, line, number, words
from soleus.reports.charts.spec import ChartSpec, Event, Turning
from soleus.reports.charts.words import SIDES, percent

LANE = 17.0
SIZE = 11.0
LINE = {"event": None, "turning": "4 3"}


@dataclass(frozen=True)
class Flag:
    sign: str
    on: date
    text: str
    turning: Turning | None = None


def letters(events: Iterable[Event]) -> dict[Event, str]:
    """A, B, ... Z, AA, AB, ... in order of time."""
    result: dict[Event, str] = {}
    for i, event in enumerate(sorted(set(events), key=lambda e: (e.on, e.text))):
        result[event] = (chr(64 + i // 26) if i >= 26 else "") + chr(65 + i % 26)
    return result


def flags_of(spec: ChartSpec, signs: dict[Event, str]) -> tuple[Flag, ...]:
    """Every flag of a chart in order of time."""
    found = [Flag(signs[e], e.on, f"{day_words(e.on)}: {e.text}") for e in spec.events]
    number_of = 0
    for own in spec.lines:
        for turning in own.turnings:
            number_of += 1
            side = f"{SIDES[own.side]} " if spec.sided and own.side is not Side.UNSTATED else ""
            text = f"{side}{turning.text} about {day_words(turning.on)} (chance {percent(turning.probability)})"
            found.append(Flag(str(number_of), turning.on, text, turning))
    return tuple(sorted(found, key=lambda f: f.on))


def lanes(flags: tuple[Flag, ...], frame: Frame) -> list[int]:
    """In which row above the plot each flag stands, so that no two cover each other."""
    ends: list[float] = []
    result = []
    for flag in flags:
        x = frame.x(flag.on)
        row = next((i for i, end in enumerate(ends) if x - end >= LANE), len(ends))
        ends[row : row + 1] = [x]
        result.append(row)
    return result


def drawn(flags: tuple[Flag, ...], frame: Frame, named: bool) -> list[str]:
    """Lines through the plot, brackets for the uncertain days, and signs above."""
    found = []
    for flag, row in zip(flags, lanes(flags, frame), strict=True):
        x, y = frame.x(flag.on), frame.top - LANE * (row + 0.55)
        found.append(line((x, y if named else frame.top), (x, frame.bottom), GREY, 1.1, LINE["turning" if flag.turning else "event"]))
        if flag.turning:
            found.append(_bracket(flag.turning, frame))
        if named:
            found += [sign(flag, x, y)]
    return found


def _bracket(turning: Turning, frame: Frame) -> str:
    """From the earliest to the latest day, along the upper edge."""
    ends = [min(max(frame.x(d), frame.left), frame.right) for d in (turning.earliest, turning.latest)]
    y = frame.top + 4
    d = f"M{number(ends[0])} {number(y + 4)}V{number(y)}H{number(ends[1])}V{number(y + 4)}"
    return element("path", d=d, fill="none", stroke=INK, stroke_width=1.3)


def sign(flag: Flag, x: float, y: float) -> str:
    """A letter in a box or a number in a circle."""
    ink: dict[str, Value] = {"fill": PAPER, "stroke": INK, "stroke_width": 1.0}
    if flag.turning:
        shape = element("circle", cx=x, cy=y, r=7.2, **ink)
    else:
        half = 7.0 if len(flag.sign) == 1 else 10.0
        shape = element("rect", x=x - half, y=y - 7, width=2 * half, height=14, rx=2, **ink)
    return shape + words((x, y + 4), flag.sign, SIZE, anchor="middle", bold=True)
