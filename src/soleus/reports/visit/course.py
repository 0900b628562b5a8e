"""The course in words and in charts, the measure that falls most first."""

from __future__ import annotations

from collections.abc import Sequence

from soleus.domain.finding import Side
from soleus.domain.measure import with_unit
from soleus.reports.charts.axes import day_words
from soleus.reports.charts.spec import ChartSpec, Line
from soleus.track import OF_WEAKNESS, Track

LEAST_VALUES = 2
"""Fewer make no chart."""


def in_order(track: Track, specs: Sequence[ChartSpec]) -> tuple[ChartSpec, ...]:
    """Charts of a track: measures of weakness first, and of these the one that most surely falls.

    Args:
        track: What was judged.
        specs: One chart for each measure, in the order of the track.
    """
    ids = list(dict.fromkeys(j.measure.id for j in track.judged))
    worst = {id_: max(j.trend.probability_of_real_decline for j in track.judged if j.measure.id == id_) for id_ in ids}
    weakness = {j.measure.id for j in track.judged if j.measure.group in OF_WEAKNESS}
    pairs = sorted(zip(ids, specs, strict=True), key=lambda p: (p[0] not in weakness, -worst[p[0]]))
    return tuple(spec for _, spec in pairs)


def worth_drawing(specs: Sequence[ChartSpec]) -> list[ChartSpec]:
    """Those with a course to see."""
    return [s for s in specs if s.dates is not None and any(line.measured >= LEAST_VALUES for line in s.lines)]


def course_words(specs: Sequence[ChartSpec]) -> tuple[str, ...]:
    """A sentence for each measure and side."""
    return tuple(_words(spec, line) for spec in specs for line in spec.lines if line.marks)


def _words(spec: ChartSpec, line: Line) -> str:
    side = f", {line.side.value}" if line.side in (Side.LEFT, Side.RIGHT) else ""
    end = _minus(line.last) if spec.grades else with_unit(_minus(line.last), spec.unit)
    first, last = line.marks[0].on, line.marks[-1].on
    if not line.first:
        return f"{spec.title}{side}: tried and not possible ({day_words(last)})"
    if line.measured == 1:
        return f"{spec.title}{side}: {end} ({day_words(last)})"
    unable = "; could not be done at the end" if line.marks[-1].unable else ""
    judged = f"; {line.short}" if line.short else ""
    values = f"{_minus(line.first)} to {end}" if line.first != line.last else f"{end} each time"
    return f"{spec.title}{side}: {values}, {line.measured} values from {day_words(first)} to {day_words(last)}{unable}{judged}"


def _minus(value: str) -> str:
    return value.replace("-", "−")
