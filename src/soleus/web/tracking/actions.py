"""What can be done with the measurements of a case: each one transaction that can be taken back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.domain.errors import CaseError, OutOfRange, Problem, UsageError
from soleus.domain.finding import Side
from soleus.domain.measure import Point, Series, with_unit
from soleus.domain.measure_entry import MeasureEntry
from soleus.formats.located_yaml import decode
from soleus.interchange.measurements.casefile import UNABLE, entry_of, read_measurements, same, value_of, written
from soleus.interchange.measurements.table import Row, read_table
from soleus.web.knowledge import measures
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import CHANGED_ELSEWHERE, Place, Step, entries, only_owner, spliced

PART = "measurements"
MOST_TABLE_BYTES = 900_000


@dataclass(frozen=True)
class Given:
    """A measurement as somebody typed it."""

    on: datetime.date
    value: str = ""
    unit: str = ""
    side: str = ""
    unable: bool = False
    aid: str = ""
    by: str = ""
    note: str = ""

    def point(self, measure: MeasureEntry, *, sure: bool = False) -> Point:
        """The measurement, refused if it cannot be.

        Args:
            measure: What was measured.
            sure: It is really so, however unusual.

        Raises:
            OutOfRange: If it is no value or no side, or hardly possible and not `sure`.
        """
        side = Side(self.side) if self.side else Side.UNSTATED
        value, unable = value_of(measure, UNABLE if self.unable else self.value, "" if self.unable else self.unit)
        low, high = measure.plausible
        point = Point(self.on, value, side, unable, _line(self.aid), _line(self.note))
        Series(measure, side, (point,))
        if value is not None and not low <= value <= high and not sure:
            raise Implausible(f"{with_unit(f'{value:g}', measure.unit)} is unusual: people reach {low:g} to {high:g} {measure.unit}.")
        return point

    def entry(self, measure: MeasureEntry, point: Point) -> dict[str, Any]:
        """As it is written into the case."""
        given = None if point.unable else written(self.value)
        made = entry_of(measure, point, given=given, unit="" if point.unable else self.unit, by=_line(self.by))
        return {**made, "on": point.on.isoformat()}


class Implausible(OutOfRange):
    """More likely a slip of the finger than true."""


def record_measurement(*, place: Place, measure: MeasureEntry, given: Given, today: datetime.date, sure: bool = False) -> Step:
    """Add one measurement.

    Raises:
        OutOfRange: If it cannot be.
        UsageError: If the same value stands there already.
    """
    point = given.point(measure, sure=sure)

    def edit(data: dict[str, Any]) -> Step:
        _refuse_again(data, measure, point, None, today)
        return spliced(data, PART, len(entries(data, PART)), 0, [given.entry(measure, point)], f"adding {measure.name}")

    return _done(place.change(today, edit))


def change_measurement(
    *, place: Place, number: int, version: str, measure: MeasureEntry, given: Given, today: datetime.date, sure: bool = False
) -> Step:
    """Put another value in the place of one.

    Args:
        number: Its place in the list, counted from 1.
        version: What it was when the page was opened; see `version_of`.

    Raises:
        OutOfRange: If it cannot be.
        PermissionDenied: If the case is somebody else's.
        UsageError: If it was changed meanwhile, or the same value stands there already.
    """
    only_owner(place)
    point = given.point(measure, sure=sure)

    def edit(data: dict[str, Any]) -> Step:
        _entry(data, number, version)
        _refuse_again(data, measure, point, number, today)
        return spliced(data, PART, number - 1, 1, [given.entry(measure, point)], f"changing {measure.name}")

    return _done(place.change(today, edit))


def remove_measurement(*, place: Place, number: int, version: str, today: datetime.date) -> Step:
    """Take one out.

    Raises:
        PermissionDenied: If the case is somebody else's.
        UsageError: If it was changed meanwhile.
    """
    only_owner(place)

    def edit(data: dict[str, Any]) -> Step:
        name = str(_entry(data, number, version).get("measure"))
        known = measures().get(name)
        return spliced(data, PART, number - 1, 1, [], f"removing {known.name if known else name}")

    return _done(place.change(today, edit))


def import_table(*, place: Place, table: bytes, today: datetime.date) -> tuple[int, int]:
    """Add the measurements of a table (CSV); those that stand there already are left out.

    Returns:
        How many were added, and how many stood there already.

    Raises:
        CaseError: With every fault of the table; then nothing is added.
        PermissionDenied: If the case is somebody else's.
    """
    only_owner(place)
    text, unreadable = decode(table, MOST_TABLE_BYTES, "The table")
    rows, faults = ([], list(unreadable)) if unreadable else read_table(text, measures(), today)
    if faults:
        shown = [_with_line(p) for p in faults[:20]]
        more = [Problem("", f"And {len(faults) - 20} more.")] if len(faults) > 20 else []
        raise CaseError([*shown, *more])
    added = 0

    def edit(data: dict[str, Any]) -> Step | None:
        nonlocal added
        held = read_measurements(entries(data, PART), measures(), today).recorded
        known = {(r.measure.id, r.point.on, r.point.side, r.point.value, r.point.unable) for r in held}
        new = [r for r in rows if (r.measure, r.point.on, r.point.side, r.point.value, r.point.unable) not in known]
        added = len(new)
        made = [_entry_of_row(r) for r in new]
        return spliced(data, PART, len(entries(data, PART)), 0, made, f"importing {added} measurements") if new else None

    place.change(today, edit)
    return added, len(rows) - added


def version_of(entry: Mapping[str, Any]) -> str:
    """A short name of what an entry says now."""
    return digest(entry)


def _entry_of_row(row: Row) -> dict[str, Any]:
    made = entry_of(measures()[row.measure], row.point, by=_line(row.who))
    return {**made, "on": row.point.on.isoformat()}


def _with_line(p: Problem) -> Problem:
    where = f"line {p.line}" if p.line else ""
    return Problem(", ".join(x for x in (where, p.where) if x), p.what, p.cure)


def _entry(data: dict[str, Any], number: int, version: str) -> dict[str, Any]:
    held = entries(data, PART)
    if not 1 <= number <= len(held) or version_of(held[number - 1]) != version:
        raise UsageError(CHANGED_ELSEWHERE)
    entry: dict[str, Any] = held[number - 1]
    return entry


def _refuse_again(data: dict[str, Any], measure: MeasureEntry, point: Point, but: int | None, today: datetime.date) -> None:
    alike = [e if e.get("measure") == measure.id else {} for e in json.loads(json.dumps(entries(data, PART)))]
    recorded = read_measurements([e or {"measure": ""} for e in alike], measures(), today).recorded
    if any(r.number != but for r in same(recorded, measure, point)):
        raise UsageError(
            Problem(
                measure.name, "is recorded already with this value on this day.", "A second value on one day must differ from the first."
            )
        )


def _line(text: str) -> str:
    """One line of printable text."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def _done(step: Step | None) -> Step:
    assert step is not None
    return step
