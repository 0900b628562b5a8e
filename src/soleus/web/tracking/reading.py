"""The measurements of a case, judged; worked out once for each state of the case."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.random import default_rng

from soleus.domain.case import Case
from soleus.domain.norm import Physique
from soleus.interchange.casefile.read import SCHEMA, check_text
from soleus.interchange.measurements.casefile import Measurements, physique_of, read_measurements
from soleus.reports.charts.spec import ChartSpec
from soleus.reports.trend.charts import charts
from soleus.track import Judged, Sides, Track, falling, track
from soleus.web.knowledge import measures
from soleus.web.tracking.memory import Memory

SEED = 1
"""The dice fall alike every time: the same case gives the same answer."""
OF_INTEREST = ("age", "sex", "height_cm", "weight_kg", "activity", "measurements", "events")
"""What of a case the judgement depends on."""


@dataclass(frozen=True)
class OneMeasure:
    """A measure with its picture and what is said of each side."""

    spec: ChartSpec
    judged: tuple[Judged, ...]
    sides: tuple[Sides, ...]

    @property
    def id(self) -> str:
        return self.judged[0].measure.id


@dataclass(frozen=True)
class Reading:
    """Everything that is shown of the measurements of one person."""

    person: Physique
    found: Measurements
    track: Track | None
    """None if nothing was measured that could be judged."""
    shown: tuple[OneMeasure, ...]
    falling: tuple[str, ...]


_readings: Memory[Reading] = Memory(128)
_next: Memory[tuple[Judged, ...]] = Memory(64)


def reading(data: Mapping[str, Any], today: datetime.date) -> Reading:
    """Judge the measurements of a case file in plain values."""
    part = _part(data)
    return _readings.of(part, today, lambda: _read(part, today))


def when_next(data: Mapping[str, Any], today: datetime.date) -> tuple[Judged, ...]:
    """The series of which nobody can tell yet, with the measurements that would settle them; up to three seconds the first time."""
    part = _part(data)

    def make() -> tuple[Judged, ...]:
        read = reading(data, today)
        series = read.found.series()
        if not series:
            return ()
        judged = track(series, measures(), read.person, today, default_rng(SEED)).judged
        return tuple(j for j in judged if j.settling is not None)

    return _next.of(part, today, make)


def _part(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"schema": SCHEMA, **{key: data[key] for key in OF_INTEREST if key in data}}


def _case(part: Mapping[str, Any], today: datetime.date) -> Case:
    return check_text(json.dumps(part, default=str), today)[0]


def _read(part: Mapping[str, Any], today: datetime.date) -> Reading:
    case = _case(part, today)
    found = read_measurements(case.measurements, measures(), today)
    person = physique_of(case)
    series = found.series()
    if not series:
        return Reading(person, found, None, (), ())
    judged = track(series, measures(), person, today, default_rng(SEED), with_forecast=True, with_settling=False)
    ids = dict.fromkeys(j.measure.id for j in judged.judged)
    shown = tuple(
        OneMeasure(spec, tuple(j for j in judged.judged if j.measure.id == id_), tuple(s for s in judged.sides if s.measure.id == id_))
        for id_, spec in zip(ids, charts(judged, person, today, case.events), strict=True)
    )
    return Reading(person, found, judged, shown, falling(series, measures(), person))
