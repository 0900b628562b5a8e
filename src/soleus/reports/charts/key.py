"""What the signs mean: a sample of each beside its words, in rows that fit the width."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from soleus.domain.finding import Side
from soleus.reports.charts.flags import Flag, sign
from soleus.reports.charts.ink import Look, element, line, trace, width_of, words, wrapped
from soleus.reports.charts.spec import Beyond, ChartSpec
from soleus.reports.charts.symbols import LOOKS, arrow, bar, expected_line, level_line, marker, threshold_line
from soleus.reports.charts.words import SIDES, exact_words

SAMPLE, GAP = 30.0, 14.0
"""Width of a sample, and between entries. [px]"""


@dataclass(frozen=True)
class Entry:
    """A sample drawn at (left, middle), and its words."""

    draw: Callable[[float, float], str]
    text: str


def entries(specs: Sequence[ChartSpec], flags: Iterable[Flag], prefix: str) -> list[Entry]:
    """What occurs in the charts, each thing once."""
    found: list[Entry] = []
    marks = [m for s in specs for own in s.lines for m in own.marks]
    sides = tuple(side for side in Side if any(own.side is side and own.marks for s in specs for own in s.lines))
    look = {side: LOOKS[side] for side in sides}
    first = look[sides[0]] if sides else LOOKS[Side.LEFT]
    several = any(s.several for s in specs)
    for side in sides:
        name = "measured" if side is Side.UNSTATED else f"measured, {SIDES[side]}"
        found.append(Entry(_mark(look[side]), f"{name} (middle of several values)" if several else name))
    if any(m.high > m.low for m in marks):
        found.append(Entry(_bar(first), "lowest to highest of these values" if several else "error of one measurement (95 in 100)"))
    if any(m.unable for m in marks):
        found.append(Entry(_mark(first, unable=True), "tried, could not do it"))
    if any(m.beyond is not Beyond.NO and not m.unable for m in marks):
        found.append(Entry(lambda x, y: arrow(first, (x + SAMPLE / 2, y - 9), True), "this or beyond: the end of the test"))
    found += _levels(specs, sides, look, prefix)
    usual = dict.fromkeys(s.norm_name for s in specs if s.norm)
    found += [Entry(_usual(prefix), f"{name}; dotted: the middle") for name in usual]
    told = dict.fromkeys(f"{exact_words(s, t.value)}: {t.name}" for s in specs for t in s.thresholds)
    found += [Entry(lambda x, y: threshold_line((x, y), (x + SAMPLE - 4, y)), text) for text in told]
    found += [Entry(_flag(f), f.text) for f in flags]
    return found


def _levels(specs: Sequence[ChartSpec], sides: Sequence[Side], look: dict[Side, Look], prefix: str) -> list[Entry]:
    drawn = [side for side in sides if any(own.side is side and len(own.levels) > 1 for s in specs for own in s.lines)]
    found = []
    for side in drawn:
        name = f", {SIDES[side]}" if len(drawn) > 1 and side is not Side.UNSTATED else ""
        graded = all(s.grades for s in specs)
        what = "likely grade" if graded else "likely true level"
        found.append(Entry(_band(look[side], prefix), f"{what}{name} (8 in 10, pale: 95 in 100)"))
    if drawn and any(own.forecast for s in specs for own in s.lines):
        found.append(
            Entry(lambda x, y: level_line(look[drawn[0]], trace([(x, y), (x + SAMPLE - 4, y)]), ahead=True), "if things go on as they did")
        )
    return found


def _mark(look: Look, unable: bool = False) -> Callable[[float, float], str]:
    return lambda x, y: marker(look, (x + SAMPLE / 2, y), 4.5, unable)


def _bar(look: Look) -> Callable[[float, float], str]:
    return lambda x, y: bar(look, x + SAMPLE / 2, y - 6, y + 6)


def _band(look: Look, prefix: str) -> Callable[[float, float], str]:
    def draw(x: float, y: float) -> str:
        found = ""
        for half, name, opacity in ((7.0, "hatch", 0.16), (4.0, "cross", 0.24)):
            fill, share = (f"url(#{prefix}-{name})", 0.45) if look.hatched else (look.colour, opacity)
            found += element("rect", x=x, y=y - half, width=SAMPLE - 4, height=2 * half, fill=fill, fill_opacity=share)
        return found + level_line(look, trace([(x, y), (x + SAMPLE - 4, y)]))

    return draw


def _usual(prefix: str) -> Callable[[float, float], str]:
    def draw(x: float, y: float) -> str:
        end = x + SAMPLE - 4
        box = element("rect", x=x, y=y - 6, width=SAMPLE - 4, height=12, fill=f"url(#{prefix}-usual)")
        edges = "".join(line((x, y + k), (end, y + k), "#8a8a8a", 0.8) for k in (-6, 6))
        return box + edges + expected_line(trace([(x, y), (end, y)]))

    return draw


def _flag(flag: Flag) -> Callable[[float, float], str]:
    return lambda x, y: sign(flag, x + SAMPLE / 2, y)


def laid_out(found: Sequence[Entry], left: float, top: float, width: float, size: float) -> tuple[list[str], float]:
    """The entries side by side in rows, long words in several lines; and the height of it all. [px]"""
    drawn: list[str] = []
    x, y, row, step = left, top, 0.0, size * 1.35
    for entry in found:
        lines = wrapped(entry.text, size, width - SAMPLE)
        wide = SAMPLE + max(width_of(t, size) for t in lines) + GAP
        if x > left and x + wide - GAP > left + width:
            x, y, row = left, y + row, 0.0
        drawn.append(entry.draw(x, y + step / 2))
        drawn += [words((x + SAMPLE, y + step / 2 + size * 0.35 + i * step), text, size) for i, text in enumerate(lines)]
        row = max(row, step * len(lines) + 3)
        x += wide
    return drawn, y + row - top
