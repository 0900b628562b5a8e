"""The pictures of a person's measurements: one specification for each measure, both sides in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from soleus.domain.case import EventEntry
from soleus.domain.measure import DAYS_PER_YEAR
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.norm import Physique
from soleus.reports.charts.build import same_dates, spec_of
from soleus.reports.charts.spec import ChartSpec, Event, EventKind, Line, Threshold
from soleus.reports.charts.words import describe
from soleus.reports.trend.words import join_words
from soleus.track import Judged, Track, aged
from soleus.trends.norms import joins, peers

FALLEN = "far below the others"
AT_FLOOR = "at the lowest value"
"""What stands beside such a line."""
_Z95 = 1.6449
"""5 % of healthy people lie below the band, and 5 % above."""


KINDS = {
    "operation": EventKind.OPERATION,
    "injury": EventKind.INJURY,
    "relapse": EventKind.RELAPSE,
    "medicine": EventKind.MEDICINE,
}


def charts(track: Track, person: Physique, today: date, events: Sequence[EventEntry] = ()) -> tuple[ChartSpec, ...]:
    """One for each measure, in the order of the track, over the same days; what happened stands in each."""
    measures = {j.measure.id: j.measure for j in track.judged}
    return same_dates([chart(m, [j for j in track.judged if j.measure.id == m.id], person, today, events) for m in measures.values()])


def chart(measure: MeasureEntry, judged: Sequence[Judged], person: Physique, today: date, events: Sequence[EventEntry] = ()) -> ChartSpec:
    """Both sides of one measure. A trend that says nothing of today is not drawn: no line through a collapse, none along the floor."""
    spec = spec_of(
        measure,
        [j.series for j in judged],
        [j.trend for j in judged if not _silent(j)],
        norms=_usual(measure, person, today),
        events=[Event(e.on, e.what, KINDS.get(e.kind, EventKind.OTHER)) for e in events],
        thresholds=[Threshold(t.value, t.name) for t in measure.thresholds],
    )
    spec = _with_joins(spec, measure, person, today)
    silent = {j.side: j for j in judged if _silent(j)}
    if not silent:
        return spec
    lines = tuple(_told(line, silent[line.side]) if line.side in silent else line for line in spec.lines)
    said = " ".join([*(j.alert or j.plain[1] for j in silent.values()), *(line.plain for line in lines if line.plain)])
    spec = replace(spec, lines=lines, plain=said)
    return replace(spec, text=describe(spec))


def _with_joins(spec: ChartSpec, measure: MeasureEntry, person: Physique, today: date) -> ChartSpec:
    """With a note where the band jumps because another study takes over, a year before it and after it too."""
    if spec.dates is None or not spec.norm:
        return spec
    year = timedelta(days=DAYS_PER_YEAR)
    first, last = (aged(person, today, day) for day in (spec.dates.first - year, spec.dates.last + year))
    found = joins(measure.norms, first, last.age or 0.0)
    spec = replace(spec, outside=(*spec.outside, *(join_words(measure, join) for join in found)))
    return replace(spec, text=describe(spec)) if found else spec


def _silent(j: Judged) -> bool:
    return j.fall is not None or j.trend.at_floor


def _told(line: Line, j: Judged) -> Line:
    return replace(line, short=FALLEN if j.fall is not None else AT_FLOOR)


def _usual(measure: MeasureEntry, person: Physique, today: date) -> Callable[[date], tuple[float, float, float]] | None:
    """What is usual at the person's age on a day; none if no norm speaks of the person today."""
    now = peers(measure.norms, person)
    if now is None:
        return None

    def on(day: date) -> tuple[float, float, float]:
        alike = peers(measure.norms, aged(person, today, day)) or now
        low, middle, high = (min(max(alike.at(z), measure.lowest), measure.highest) for z in (-_Z95, 0.0, _Z95))
        return low, middle, high

    return on
