"""`soleus track add | edit | remove | undo`: single measurements in a case file."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from soleus.cli.track_case import Told, open_told
from soleus.domain.errors import CaseError, Problem, UsageError

if TYPE_CHECKING:
    from soleus.domain.measure import Point
    from soleus.domain.measure_entry import MeasureEntry
    from soleus.interchange.measurements.file import OpenFile


def add(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.casefile import entry_of, find_measure, written
    from soleus.interchange.measurements.edit import with_entries
    from soleus.interchange.measurements.file import open_file, save
    from soleus.knowledge_store import open_measures

    if (options.value is None) != options.unable:
        raise UsageError(
            Problem("VALUE", "give a value, or --unable if it could not be done.", "Such as: soleus track add CASE heel-rise 9")
        )
    measure = find_measure(options.measure, open_measures())
    file = open_file(options.case)
    told = open_told(options.case, file.text)
    point = _point(measure, options, told.today)
    _refuse_again(told, measure, point, None)
    entry = entry_of(measure, point, given=None if point.unable else written(options.value), unit=options.unit or "", by=_line(options.by))
    what = _words(measure, point)
    _save(file, with_entries(file.text, [entry]), f"add {what}", save)
    print(f"Recorded: {what}.")
    return 0


def edit(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.casefile import UNABLE, written
    from soleus.interchange.measurements.edit import with_changes
    from soleus.interchange.measurements.file import open_file, save

    file = open_file(options.case)
    told = open_told(options.case, file.text)
    old = _entry(told, options.number)
    if options.unable and options.value is not None:
        raise UsageError(Problem("--unable", "stands beside --value.", "Give one of them."))
    if options.unit and options.value is None:
        raise UsageError(Problem("--unit", "belongs to a new value.", "Give --value with it."))
    changes: dict[str, Any] = {key: _line(getattr(options, key)) for key in ("aid", "by", "note") if getattr(options, key) is not None}
    if options.unable or options.value is not None:
        changes["value"] = UNABLE if options.unable else written(options.value)
        if options.unit is not None or _entry_of_file(told, options.number).get("unit"):
            changes["unit"] = options.unit or old.measure.unit
    if options.side:
        changes["side"] = options.side
    wanted = argparse.Namespace(**vars(options))
    wanted.value = options.value if options.value is not None else None if options.unable or old.point.unable else old.given.split(" ")[0]
    wanted.unable = options.unable or (old.point.unable and options.value is None)
    wanted.unit = options.unit if options.value is not None else _entry_of_file(told, options.number).get("unit") or ""
    wanted.side = options.side or (old.point.side.value if old.point.side.value != "unstated" else None)
    wanted.on = options.on or old.point.on.isoformat()
    point = _point(old.measure, wanted, told.today)
    if options.on:
        changes["on"] = point.on
    if not changes:
        raise UsageError(Problem("edit", "nothing to change was given.", "Such as: soleus track edit CASE 3 --value 11"))
    _refuse_again(told, old.measure, point, options.number)
    what = _words(old.measure, point)
    _save(file, with_changes(file.text, options.number - 1, changes), f"change entry {options.number}", save)
    print(f"Entry {options.number} is now: {what}.")
    return 0


def remove(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements.edit import without
    from soleus.interchange.measurements.file import open_file, save

    file = open_file(options.case)
    try:
        text = without(file.text, options.number - 1)
    except CaseError as error:
        # As for an entry to be edited: the number is wrong, and the file is not.
        raise (UsageError(error.problems) if "has no entry" in str(error) else error) from None
    _save(file, text, f"remove entry {options.number}", save)
    print(f"Entry {options.number} is removed. `soleus track undo` brings it back.")
    return 0


def undo(options: argparse.Namespace) -> int:
    from soleus.interchange.measurements import file

    print(f"Taken back: {file.undo(options.case)}.")
    return 0


def _save(file: OpenFile, text: str, what: str, save: Any) -> None:
    if not save(file, text, what):
        print("The cache folder cannot be written: this change cannot be taken back by `soleus track undo`.", file=sys.stderr)


def _point(measure: MeasureEntry, options: argparse.Namespace, today: datetime.date) -> Point:
    """The measurement that was typed, refused if it cannot be or is hardly possible.

    Raises:
        OutOfRange: If it is no value, date or side.
        UsageError: If it is not plausible, and nobody insisted.
    """
    from soleus.domain.finding import Side
    from soleus.domain.measure import Point, Series, with_unit
    from soleus.interchange.measurements.casefile import UNABLE, day_of, value_of

    side = Side(options.side) if options.side else Side.UNSTATED
    value, unable = value_of(measure, UNABLE if options.unable else options.value, options.unit or "")
    low, high = measure.plausible
    measure.check(low if value is None else min(max(value, low), high), side)
    point = Point(day_of(options.on, today) if options.on else today, value, side, unable, _line(options.aid), _line(options.note))
    Series(measure, side, (point,))
    if value is not None and not low <= value <= high and not options.force:
        shown = with_unit(f"{value:g}", measure.unit)
        cure = f"Plausible is {low:g} to {high:g} {measure.unit}. Mend it, or add --force if it is really so."
        raise UsageError(Problem(measure.name, f"{shown} is not plausible.", cure))
    return point


def _refuse_again(told: Told, measure: MeasureEntry, point: Point, but: int | None) -> None:
    from soleus.interchange.measurements.casefile import same

    for r in same(told.measurements.recorded, measure, point):
        if r.number != but:
            raise UsageError(
                Problem(_words(measure, point), f"stands in the file already, as entry {r.number}.", "A second value on a day must differ.")
            )


def _entry(told: Told, number: int) -> Any:
    for r in told.measurements.recorded:
        if r.number == number:
            return r
    count = len(told.case.measurements)
    if 1 <= number <= count:
        cure = f"`soleus track remove CASE {number}` takes it out."
        raise CaseError(Problem(f"measurements[{number - 1}]", "was not understood, and cannot be changed here.", cure))
    cure = f"Entries run from 1 to {count}; `soleus track list` shows them." if count else "Nothing was recorded yet."
    raise UsageError(Problem("N", f"There is no entry {number}.", cure))


def _entry_of_file(told: Told, number: int) -> Mapping[str, Any]:
    return told.case.measurements[number - 1]


def _line(text: str | None) -> str:
    """One line of printable text."""
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split()) if text else ""


def _words(measure: MeasureEntry, point: Point) -> str:
    from soleus.reports.trend.as_json import side_word
    from soleus.reports.trend.words import shown_exact

    side = f", {side_word(point.side)}" if side_word(point.side) else ""
    value = "unable" if point.unable or point.value is None else shown_exact(measure, point.value)
    return f"{measure.name}{side}: {value} on {point.on}"
