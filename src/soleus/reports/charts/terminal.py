"""The same chart in a terminal of 80 columns, with or without Unicode, with or without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rich.console import Console
from rich.text import Text

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.reports.charts.axes import DateTick, date_ticks, direction_words
from soleus.reports.charts.cells import Cells
from soleus.reports.charts.flags import flags_of, letters
from soleus.reports.charts.signs import ASCII, STYLES, UNICODE, Signs, to_ascii
from soleus.reports.charts.spec import ChartSpec, DateAxis, Level, Line
from soleus.reports.charts.words import SIDES, error_words, exact_words

NARROWEST = 40


def block(spec: ChartSpec, *, width: int = 80, height: int = 12, unicode: bool = True) -> Text:
    """One chart as lines of text, none longer than the width.

    Args:
        spec: What to show.
        width: Columns, 40 or more.
        height: Rows of the plot, 4 or more. Each grade has a row of its own, whatever the height.
        unicode: Plain ASCII if not.

    Raises:
        OutOfRange: If there is no room.
    """
    if width < NARROWEST or height < 4:
        raise OutOfRange(f"A chart needs {NARROWEST} columns and 4 rows; there are {width} and {height}.")
    signs = UNICODE if unicode else ASCII
    unit = "grades" if spec.grades else f"in {spec.unit}"
    lines = [Text.assemble((spec.title, "bold"), (f"  {unit}; {direction_words(spec.better, bool(spec.grades))}", "dim"))]
    lines += [Text(spec.plain)] if spec.plain else []
    if spec.dates is not None:
        lines += _plot(spec, spec.dates, width, len(spec.values.ticks) if spec.grades else height, signs, unicode)
        lines += _key(spec, signs, unicode, width)
    wrapped = (part for line in lines for part in line.wrap(_NO_SCREEN, width))
    text = Text("\n").join(_bare(part) for part in wrapped)
    return text if unicode else Text(to_ascii(text.plain), spans=text.spans)


_NO_SCREEN = Console(width=80, file=None, force_terminal=False)


def _bare(text: Text) -> Text:
    text.rstrip()
    return text


def _plot(spec: ChartSpec, dates: DateAxis, width: int, height: int, signs: Signs, unicode: bool) -> list[Text]:
    labels = _labels(spec, height)
    margin = max(len(label) for label in labels.values())
    cells = Cells(width - margin - 3, height)
    grid = _Grid(spec, dates, cells)
    _usual(spec, grid, signs)
    for own in spec.lines:
        for column, level in _by_column(own, grid):
            for row in range(grid.row(level.high95), grid.row(level.low95) + 1):
                cells.put(column, row, signs.band, f"dim {STYLES[own.side]}")
    for t in spec.thresholds:
        for column in range(cells.width):
            cells.put(column, grid.row(t.value), signs.threshold)
    flags = flags_of(spec, letters(spec.events))
    for flag in flags:
        for row in range(height):
            cells.put(grid.column(flag.on), row, signs.event, "dim")
    for own in spec.lines:
        _level(own, grid, unicode)
    for own in spec.lines:
        _marks(own, grid, signs)
    head = [" "] * cells.width
    for flag in flags:
        place = min(grid.column(flag.on), cells.width - len(flag.sign))
        while place > 0 and any(c != " " for c in head[place : place + len(flag.sign)]):
            place -= 1
        head[place : place + len(flag.sign)] = list(flag.sign)
    found = [Text(" " * (margin + 2) + "".join(head), "bold")] if flags else []
    for row, text in enumerate(cells.rows()):
        found.append(Text.assemble((f"{labels.get(row, ''):>{margin}} ", ""), (signs.side_of_axis, "dim"), text))
    return [*found, *_date_axis(dates, grid, margin, signs)]


@dataclass(frozen=True)
class _Grid:
    spec: ChartSpec
    dates: DateAxis
    cells: Cells

    def across(self, day: date) -> float:
        return min(max((day - self.dates.first).days / self.dates.days, 0.0), 1.0)

    def up(self, value: float) -> float:
        axis = self.spec.values
        return min(max((value - axis.low) / (axis.high - axis.low), 0.0), 1.0)

    def column(self, day: date) -> int:
        return min(int(self.across(day) * self.cells.width), self.cells.width - 1)

    def row(self, value: float) -> int:
        return min(int((1 - self.up(value)) * self.cells.height), self.cells.height - 1)

    def day(self, column: float) -> date:
        return self.dates.first + timedelta(days=round(self.dates.days * column / self.cells.width))


def _labels(spec: ChartSpec, height: int) -> dict[int, str]:
    """Ticks at the rows where they stand."""
    axis, found = spec.values, {}
    for value, label in spec.values.ticks:
        share = (value - axis.low) / (axis.high - axis.low)
        found[min(int((1 - share) * height), height - 1)] = label
    return found


def _usual(spec: ChartSpec, grid: _Grid, signs: Signs) -> None:
    for column in range(grid.cells.width):
        day = grid.day(column + 0.5)
        near = min(spec.norm, key=lambda n: abs((n.on - day).days), default=None)
        if near is not None and spec.norm[0].on <= day <= spec.norm[-1].on:
            for row in range(grid.row(near.high), grid.row(near.low) + 1):
                grid.cells.put(column, row, signs.usual, "dim")


def _by_column(own: Line, grid: _Grid) -> list[tuple[int, Level]]:
    """The level nearest to each column that it covers."""
    levels = (*own.levels, *own.forecast[1:])
    if len(levels) < 2:
        return []
    columns = range(grid.column(levels[0].on), grid.column(levels[-1].on) + 1)
    return [(c, min(levels, key=lambda e: abs((e.on - grid.day(c + 0.5)).days))) for c in columns]


def _level(own: Line, grid: _Grid, unicode: bool) -> None:
    """Dots along the level: close for a filled side, wide for a hollow one; with gaps where it is the future."""
    levels = (*own.levels, *own.forecast[1:])
    if len(levels) < 2:
        return
    fine = 2 if unicode else 1
    for x in range(grid.cells.width * fine):
        day = grid.day((x + 0.5) / fine)
        if not levels[0].on <= day <= levels[-1].on:
            continue
        if (day > own.levels[-1].on and x // fine % 3 == 2) or (own.side is Side.RIGHT and x % 2):
            continue
        after = next(i for i, e in enumerate(levels) if e.on >= day)
        a, b = levels[max(after - 1, 0)], levels[after]
        value = a.value + (b.value - a.value) * ((day - a.on).days / ((b.on - a.on).days or 1))
        value = float(round(value)) if grid.spec.grades else value
        if unicode:
            y = min(int((1 - grid.up(value)) * grid.cells.height * 4), grid.cells.height * 4 - 1)
            grid.cells.dot(x, y, STYLES[own.side])
        else:
            grid.cells.put(x, grid.row(value), "~" if own.side is Side.RIGHT else "=", STYLES[own.side])


def _marks(own: Line, grid: _Grid, signs: Signs) -> None:
    others = {c for side, c in (*signs.marks.items(), *signs.unable.items()) if side is not own.side} - {signs.unable[own.side]}
    for m in own.marks:
        column, row = grid.column(m.on), grid.row(m.value)
        sign = (signs.unable if m.unable else signs.marks)[own.side]
        meets = grid.cells.has(column, row) in others | {signs.meet}
        grid.cells.put(column, row, signs.meet if meets else sign, "bold" if meets else f"bold {STYLES[own.side]}")


def _date_axis(dates: DateAxis, grid: _Grid, margin: int, signs: Signs) -> list[Text]:
    width = grid.cells.width
    ticks: tuple[DateTick, ...] = date_ticks(dates.first, dates.last, max(2, width // 9))
    rule, names, years = [signs.axis] * width, [" "] * width, [" "] * width
    for tick in ticks:
        column = grid.column(tick.on)
        rule[column] = signs.tick
        for text, row in ((tick.label, names), (tick.year, years)):
            start = min(max(column - len(text) // 2, 0), width - len(text))
            row[start : start + len(text)] = list(text)
    left = " " * (margin + 2)
    found = [Text(" " * (margin + 1) + signs.corner + "".join(rule), "dim"), Text(left + "".join(names))]
    return [*found, Text(left + "".join(years), "dim")] if "".join(years).strip() else found


def _key(spec: ChartSpec, signs: Signs, unicode: bool, width: int) -> list[Text]:
    parts: list[Text] = []
    for own in spec.lines:
        if not own.marks:
            continue
        name = "measured" if own.side is Side.UNSTATED else SIDES[own.side]
        name += ", middle of several values" if spec.several else ""
        parts.append(Text.assemble((signs.marks[own.side], f"bold {STYLES[own.side]}"), f" {name}"))
        if any(m.unable for m in own.marks):
            parts.append(Text.assemble((signs.unable[own.side], "bold"), " tried, could not do it"))
        if own.levels:
            sample = ("⠉⠉" if own.side is not Side.RIGHT else "⠁⠁") if unicode else ("==" if own.side is not Side.RIGHT else "~~")
            parts.append(Text.assemble((sample, STYLES[own.side]), " likely level"))
    if spec.sided:
        parts.append(Text(f"{signs.meet} both"))
    if any(own.levels for own in spec.lines):
        parts.append(Text(f"{signs.band} 95 in 100"))
    if any(own.forecast for own in spec.lines):
        parts.append(Text("with gaps: if things go on"))
    if spec.norm:
        parts.append(Text(f"{signs.usual} {spec.norm_name}"))
    lines = _rows(parts, width)
    half = max((max(m.high - m.value, m.value - m.low) for own in spec.lines for m in own.marks), default=0.0)
    if half and not spec.several:
        lines.append(Text(f"One value can be off by about {error_words(spec, half)}.", "dim"))
    lines += [Text(f"{signs.threshold * 2} {exact_words(spec, t.value)}: {t.name}") for t in spec.thresholds]
    lines += [Text.assemble((flag.sign, "bold"), f" {flag.text}") for flag in flags_of(spec, letters(spec.events))]
    return [*lines, *(Text(told, "dim") for told in spec.outside)]


def _rows(parts: Sequence[Text], width: int) -> list[Text]:
    """As many beside one another as fit: a sign and its words stay together."""
    rows: list[Text] = []
    for part in parts:
        if rows and rows[-1].cell_len + 3 + part.cell_len <= width:
            rows[-1] = Text.assemble(rows[-1], "   ", part)
        else:
            rows.append(part)
    return rows
