"""A line for each measure and side: the course as a sparkline, the last level, the judgement."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from soleus.domain.finding import Side
from soleus.domain.measure import with_unit
from soleus.reports.charts.signs import ASCII, STYLES, UNICODE
from soleus.reports.charts.spec import ChartSpec, Line
from soleus.reports.charts.words import SIDES, value_words


def sparkline(spec: ChartSpec, line: Line, width: int = 20, unicode: bool = True) -> str:
    """One side in one line of blocks: higher is more, a cross could not be done, a gap was not measured."""
    signs = UNICODE if unicode else ASCII
    if spec.dates is None or not line.marks:
        return " " * width
    first, days = line.marks[0].on, max((line.marks[-1].on - line.marks[0].on).days, 1)
    found = [" "] * width
    groups: dict[int, list[float]] = {}
    for m in line.marks:
        place = min(int((m.on - first).days / days * width), width - 1)
        found[place] = signs.unable[line.side] if m.unable else found[place]
        if not m.unable:
            groups.setdefault(place, []).append(m.value)
    # Over the values with their errors, so that mere error does not look like ups and downs.
    low, high = min(m.low for m in line.marks), max(m.high for m in line.marks)
    for place, values in groups.items():
        # The middle one that occurs, so that grades are not averaged.
        share = (sorted(values)[(len(values) - 1) // 2] - low) / (high - low) if high > low else 0.5
        found[place] = signs.bars[min(max(int(share * len(signs.bars)), 0), len(signs.bars) - 1)]
    return "".join(found)


def overview(specs: Sequence[ChartSpec], *, spark: int = 20, unicode: bool = True) -> Table:
    """A row for each measure and side: the course as a sparkline, the last level, the judgement."""
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    for name in ("measure", "side", "course", "now", "judgement"):
        table.add_column(name, no_wrap=name == "course")
    for spec in specs:
        for line in spec.lines:
            last = value_words(spec, line.levels[-1].value) if line.levels else line.last
            now = last if spec.grades or not last else with_unit(last, spec.unit)
            now = "unable" if not line.levels and line.marks and line.marks[-1].unable else now
            side = "" if line.side is Side.UNSTATED else SIDES[line.side]
            table.add_row(spec.title, side, Text(sparkline(spec, line, spark, unicode), STYLES[line.side]), now, line.short)
    return table
