"""Reads measurements from a table (CSV), gathering every fault with its line."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from soleus.domain.errors import OutOfRange, Problem
from soleus.domain.finding import Side
from soleus.domain.measure import Point
from soleus.domain.measure_entry import MeasureEntry
from soleus.formats.located_yaml import read_text
from soleus.interchange.measurements.casefile import names_of, words_of_name

MAX_BYTES = 50_000_000
MAX_CELL = 500
"""A longer note is no note. [letters]"""
COLUMNS = ("measure", "value", "side", "on", "unit", "note", "aid", "who")
NEEDED = ("measure", "value", "on")
OTHER_NAMES = {
    "measurement": "measure",
    "test": "measure",
    "result": "value",
    "date": "on",
    "day": "on",
    "units": "unit",
    "notes": "note",
    "comment": "note",
    "aids": "aid",
    "measured by": "who",
    "by": "who",
}
SIDES = {
    "left": Side.LEFT,
    "l": Side.LEFT,
    "right": Side.RIGHT,
    "r": Side.RIGHT,
    "both": Side.BOTH,
    "": Side.UNSTATED,
    "-": Side.UNSTATED,
    "none": Side.UNSTATED,
    "unstated": Side.UNSTATED,
}
UNABLE = ("unable", "cannot", "not able", "could not")
EXAMPLE = "measure,value,side,on\n    heel-rise,9,left,2026-09-01"


@dataclass(frozen=True)
class Row:
    """One measurement of a table."""

    measure: str
    """Id."""
    point: Point
    who: str
    """Who measured, as it is written; empty if nobody said."""
    line: int


def read_csv(path: Path, measures: Mapping[str, MeasureEntry], today: datetime.date) -> tuple[list[Row], list[Problem]]:
    """Read a table of measurements.

    The first line names the columns: `measure`, `value`, `on`, and if wanted `side`, `unit`, `note`, `aid`, `who`, in any order.
    They are parted by commas, semicolons or tabs. A value may be a grade or "unable". Dates are 2026-09-01.

    Args:
        path: The file, UTF-8 text.
        measures: The catalogue by id; a measure may be called by any of its names.
        today: Later dates are faults.

    Returns:
        The rows without a fault, in the order of the file, in the units of their measures; and every fault with its line. Whether
        the good rows of a table with faults are taken is for the caller to say.
    """
    text, unreadable = read_text(path, MAX_BYTES)
    if unreadable:  # whoever tells of it names the file
        return [], [replace(p, where="") for p in unreadable]
    return read_table(text, measures, today)


def read_table(text: str, measures: Mapping[str, MeasureEntry], today: datetime.date) -> tuple[list[Row], list[Problem]]:
    """The same of a text; see `read_csv`."""
    reader = _Reader(measures, today)
    try:
        rows = list(reader.rows(text))
    except csv.Error as error:
        reader.problems.append(Problem("", f"is not a table: {error}.", "Is this the right file? Save it as CSV, in UTF-8."))
        rows = []
    return rows, reader.problems


class _Reader:
    def __init__(self, measures: Mapping[str, MeasureEntry], today: datetime.date) -> None:
        self.measures = measures
        self.names = names_of(measures)
        self.today = today
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, Side, datetime.date, float | None], int] = {}

    def fault(self, line: int, column: str, what: str, cure: str = "") -> None:
        self.problems.append(Problem(column, what, cure, line))

    def rows(self, text: str) -> Iterator[Row]:
        lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), skipinitialspace=True)
        columns: list[str] = []
        for cells in lines:
            line = lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = self._columns(cells, line)
                if not columns:
                    return
                continue
            if len(cells) > len(columns) and any(c.strip() for c in cells[len(columns) :]):
                cure = "A text with a comma in it needs quotes; a comma for decimals needs semicolons between the columns."
                self.fault(line, "", f"has {len(cells)} cells, and there are {len(columns)} columns.", cure)
                continue
            row = self._row({name: cell.strip() for name, cell in zip(columns, cells, strict=False)}, line)
            if row is not None:
                yield row
        if not columns:
            self.fault(1, "", "is empty.", f"Such as:\n    {EXAMPLE}")

    def _columns(self, cells: list[str], line: int) -> list[str]:
        names = [OTHER_NAMES.get(c.strip().casefold(), c.strip().casefold()) for c in cells]
        before = len(self.problems)
        for name in names:
            if name and name not in COLUMNS:
                close = get_close_matches(name, COLUMNS, n=1)
                cure = (f"Did you mean {close[0]}? " if close else "") + f"Columns: {', '.join(COLUMNS)}."
                self.fault(line, "", f'"{name[:40]}" is no column here.', cure)
            if name and names.count(name) > 1:
                self.fault(line, "", f'the column "{name}" stands twice.', "Keep one.")
        missing = [name for name in NEEDED if name not in names]
        if missing:
            self.fault(line, "", f"the first line does not name {', '.join(missing)}.", f"Such as:\n    {EXAMPLE}")
        return names if len(self.problems) == before else []

    def _row(self, cells: Mapping[str, str], line: int) -> Row | None:
        """One line; its faults are told all at once."""
        before = len(self.problems)
        for name, cell in cells.items():
            if len(cell) > MAX_CELL:
                self.fault(line, name, f"is longer than {MAX_CELL} letters.", "Is a quote missing?")
        entry = self._measure(cells.get("measure", ""), line)
        side = SIDES.get(cells.get("side", "").casefold())
        if side is None:
            self.fault(line, "side", f'"{cells["side"][:40]}" is no side.', "Write left, right, both, or nothing.")
        on = self._day(cells.get("on", ""), line)
        unable = cells.get("value", "").casefold() in UNABLE
        value = self._value(entry, cells, side, unable, line) if entry is not None else None
        if len(self.problems) > before or entry is None or side is None or on is None:
            return None
        key = (entry.id, side, on, value)
        if key in self.seen:
            self.fault(line, "", f"says the same as line {self.seen[key]}.", "Delete one of them.")
            return None
        self.seen[key] = line
        point = Point(on, value, side, unable, aid=cells.get("aid", ""), note=cells.get("note", ""))
        return Row(entry.id, point, cells.get("who", ""), line)

    def _measure(self, name: str, line: int) -> MeasureEntry | None:
        entry = self.names.get(words_of_name(name))
        if entry is None:
            close = get_close_matches(words_of_name(name), self.names, n=3, cutoff=0.6)
            cure = (
                f"Did you mean {', '.join(dict.fromkeys(self.names[c].id for c in close))}?"
                if close
                else f"Such as {', '.join(list(self.measures)[:5])}."
            )
            self.fault(line, "measure", f'"{name[:60]}" is no measure.' if name else "is missing.", cure)
        return entry

    def _day(self, text: str, line: int) -> datetime.date | None:
        try:
            on = datetime.date.fromisoformat(text[:10])
            if len(text) > 10 and text[10] not in " T":
                raise ValueError
        except ValueError:
            self.fault(line, "on", f'"{text[:40]}" is no date.' if text else "is missing.", "Write year-month-day, such as 2026-09-01.")
            return None
        if on > self.today:
            self.fault(line, "on", f"{on} lies in the future.", f"Today is {self.today}.")
            return None
        return on

    def _value(self, entry: MeasureEntry, cells: Mapping[str, str], side: Side | None, unable: bool, line: int) -> float | None:
        """The value in the unit of the measure; None if it was tried and could not be done."""
        text = cells.get("value", "")
        if not text:
            self.fault(line, "value", "is missing.", 'Write a number, or "unable" if it was tried and could not be done.')
            return None
        try:
            if unable and entry.floor is None:
                raise OutOfRange(f'"{text}" says nothing of {entry.name}, which has no worst value.')
            if side is not None:
                entry.check_side(side)
            if unable:
                return None
            value = entry.in_unit(entry.value_of(text), cells.get("unit", ""))
            entry.check_value(value)
        except OutOfRange as error:
            what, _, cure = str(error).partition(". ")
            self.fault(line, "value", what.rstrip(".") + ".", cure)
            return None
        return value


def _delimiter(text: str) -> str:
    """What parts the columns: the sign that occurs most often in the first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max((",", ";", "\t"), key=first.count)
