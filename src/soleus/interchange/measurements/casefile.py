"""What a case file says under `measurements:`, as points of measures, and how an entry is written there."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soleus.domain.case import Case
from soleus.domain.errors import OutOfRange, Problem
from soleus.domain.finding import Side
from soleus.domain.measure import MeasureKind, Point, Series, series_of
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.norm import Physique, Sex
from soleus.interchange.casefile.read import OLDEST, SIDES

KEYS = ("measure", "side", "value", "unit", "on", "aid", "by", "note")
UNABLE = "unable"
"""As a value: it was tried and could not be done."""
_UNABLE_WORDS = (UNABLE, "cannot", "can't", "could not", "not able")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_TELLING = 0.75
"""How alike a name must be to be proposed instead of a misspelt one. [-]"""


@dataclass(frozen=True)
class Recorded:
    """One entry of the file."""

    number: int
    """Its place in the list, counted from 1."""
    measure: MeasureEntry
    point: Point
    """In the unit of the measure."""
    by: str = ""
    given: str = ""
    """The value as it was written, with its unit."""


@dataclass(frozen=True)
class Measurements:
    """Every entry that could be read, and what is wrong with the others."""

    recorded: tuple[Recorded, ...]
    problems: tuple[Problem, ...]
    """Values that cannot be."""
    not_understood: tuple[str, ...]
    """Entries of measures that are not known, or without a date."""

    def series(self) -> tuple[Series, ...]:
        """One for each measure and side, in the order in which the measures first stand in the file."""
        measures = {r.measure.id: r.measure for r in self.recorded}
        return tuple(
            series
            for id_, measure in measures.items()
            for series in series_of(measure, (r.point for r in self.recorded if r.measure.id == id_))
        )


def read_measurements(entries: Sequence[Mapping[str, Any]], measures: Mapping[str, MeasureEntry], today: datetime.date) -> Measurements:
    """Match the entries of a case to the measures that are known.

    Args:
        entries: As they stand under `measurements:`.
        measures: By id.
        today: Nothing is measured later.
    """
    names = names_of(measures)
    recorded: list[Recorded] = []
    problems: list[Problem] = []
    missed: list[str] = []
    for i, entry in enumerate(entries):
        if not entry:  # no measurement; the reader of the file has said so
            continue
        name = str(entry.get("measure"))
        measure = names.get(words_of_name(name))
        if measure is None:
            missed.append(f'measurement {i + 1}: "{name}" is not a measure that Soleus knows.{_meant(name, names)}')
            continue
        if entry.get("on") is None:
            missed.append(f"measurement {i + 1}: {name} has no date.")
            continue
        try:
            recorded.append(_read(i + 1, entry, measure, today))
        except OutOfRange as error:
            problems.append(Problem(f"measurements[{i}]", str(error), f"`soleus track measures {measure.id}` says what can be measured."))
    return Measurements(tuple(recorded), tuple(problems), tuple(missed))


def _read(number: int, entry: Mapping[str, Any], measure: MeasureEntry, today: datetime.date) -> Recorded:
    side = SIDES.get(str(entry.get("side") or "").strip().lower())
    if side is None:
        raise OutOfRange(f'"{entry.get("side")}" is not one of left, right, both.')
    value, unable = value_of(measure, str(entry.get("value")), str(entry.get("unit") or ""))
    point = Point(
        on=day_of(entry["on"], today),
        value=value,
        side=Side.UNSTATED if measure.sides == "whole" else side,
        unable=unable,
        aid=str(entry.get("aid") or ""),
        note=str(entry.get("note") or ""),
    )
    Series(measure, point.side, (point,))  # refuses what cannot be
    given = f"{entry.get('value')} {entry.get('unit') or ''}".strip()
    return Recorded(number, measure, point, str(entry.get("by") or ""), given)


def value_of(measure: MeasureEntry, text: str, unit: str) -> tuple[float | None, bool]:
    """The value in the unit of the measure; or none, and that it could not be done.

    Raises:
        OutOfRange: If it is no value, the unit is not known, or "unable" says nothing here.
    """
    if text.strip().lower() in _UNABLE_WORDS:
        if measure.floor is None:
            raise OutOfRange(f"{measure.name} has no value for somebody who cannot do it: leave it out.")
        return None, True
    if measure.grades and unit.strip():
        raise OutOfRange(f"{measure.name} is given in grades, without a unit.")
    value = measure.value_of(text)
    if measure.grades:
        return value, False
    value = measure.in_unit(value, unit)
    if measure.kind is MeasureKind.COUNT and not measure.decimals and value != round(value):
        raise OutOfRange(f"{text.strip()} is no count: {measure.name} is given in whole {measure.unit}.")
    return value, False


def day_of(value: object, today: datetime.date) -> datetime.date:
    """A day as it stands in a file or as somebody typed it.

    Raises:
        OutOfRange: If it is none, lies in the future or too far back.
    """
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, str):
        text = value.strip().lower()
        if text in ("today", "yesterday"):
            return today - datetime.timedelta(days=text == "yesterday")
        try:
            value = datetime.date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            value = None
        if value is None:
            raise OutOfRange(f'"{text}" is not a date. Write year-month-day, such as 2026-03-01.')
    if not isinstance(value, datetime.date):
        raise OutOfRange(f'"{value}" is not a date. Write year-month-day, such as 2026-03-01.')
    if value > today:
        raise OutOfRange(f"{value} lies in the future: today is {today}.")
    if value.year < today.year - OLDEST:
        raise OutOfRange(f"{value} is too long ago.")
    return value


def names_of(measures: Mapping[str, MeasureEntry]) -> dict[str, MeasureEntry]:
    """Every name of every measure, as words."""
    return {words_of_name(name): measure for measure in measures.values() for name in measure.names}


def find_measure(name: str, measures: Mapping[str, MeasureEntry]) -> MeasureEntry:
    """A measure by its id, name or synonym.

    Raises:
        OutOfRange: If there is none, with the names most like it.
    """
    names = names_of(measures)
    found = names.get(words_of_name(name))
    if found is None:
        raise OutOfRange(f'"{name}" is not a measure that Soleus knows.{_meant(name, names)}')
    return found


def _meant(name: str, names: Mapping[str, MeasureEntry]) -> str:
    words = words_of_name(name)
    close = difflib.get_close_matches(words, names, n=5, cutoff=_TELLING)
    within = [n for n in names if words and f" {words} " in f" {n} "] if not close else []
    ids = list(dict.fromkeys(names[n].id for n in (*close, *within)))[:3]
    return f" Did you mean {' or '.join(ids)}?" if ids else ""


def words_of_name(text: str) -> str:
    """Words without signs, small, each without the s of the plural: "Heel-rises" is "heel rise"."""
    return " ".join(w.removesuffix("s") if len(w) > 3 else w for w in _NOT_A_WORD.sub(" ", text.lower()).split())


def entry_of(measure: MeasureEntry, point: Point, *, given: object = None, unit: str = "", by: str = "") -> dict[str, Any]:
    """A measurement as it is written into a case file.

    Args:
        measure: What was measured.
        point: In its unit.
        given: The value as it was typed, with `unit`, if that is another one.
        unit: Of `given`.
        by: Who measured.
    """
    value: object = UNABLE if point.unable else given
    if value is None:
        assert point.value is not None
        value = measure.grades[int(point.value)] if measure.grades else _number(point.value)
    entry: dict[str, Any] = {"measure": measure.id}
    if point.side is not Side.UNSTATED:
        entry["side"] = point.side.value
    entry["value"] = value
    if unit:
        entry["unit"] = unit
    entry["on"] = point.on
    entry |= {key: text for key, text in (("aid", point.aid), ("by", by), ("note", point.note)) if text}
    return entry


def written(text: str) -> object:
    """A value as it is written into a file: a number where it is one, so that it needs no quotes."""
    number = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".")
    try:
        return int(number) if number.isdecimal() else _number(float(number))
    except ValueError:
        return text.strip()


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def same(recorded: Iterable[Recorded], measure: MeasureEntry, point: Point) -> Iterator[Recorded]:
    """Entries of the same measure, side, day and value."""
    for r in recorded:
        p = r.point
        if r.measure.id == measure.id and (p.on, p.side, p.unable) == (point.on, point.side, point.unable) and _alike(p.value, point.value):
            yield r


def _alike(a: float | None, b: float | None) -> bool:
    return a == b or (a is not None and b is not None and abs(a - b) <= 1e-9 * max(abs(a), abs(b)))


def physique_of(case: Case) -> Physique:
    """What norms depend on, as far as the case tells it."""
    sex: Sex | None = "male" if case.sex == "male" else "female" if case.sex == "female" else None
    return Physique(case.age_years, sex, case.height_cm, case.weight_kg, case.activity)
