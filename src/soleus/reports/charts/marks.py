"""From measurements to marks: each value with the error that it carries, or, where there are very many, the middle of a stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from soleus.domain.measure import Better, MeasureKind, Point, Series
from soleus.reports.charts.spec import Beyond, Mark
from soleus.trends.observations import Scale, scale_of

MOST_MARKS = 120
"""More values of one side than this are drawn as stretches of time."""
WINDOWS = 60
BAR = 1.96
"""The true level lies within so many SEM of a value in 95 of 100 measurements."""


def marks_of(series: Series, windows: bool) -> tuple[Mark, ...]:
    """Marks of one side in order of time; an empty series has none.

    Args:
        series: One measure, one side, in any order.
        windows: Take values together by stretches of time.
    """
    if not series.points:
        return ()
    scale = scale_of(series)
    points = sorted(series.points, key=lambda p: p.on)
    if not windows:
        return tuple(_mark(p, scale) for p in points)
    length = ((points[-1].on - points[0].on).days + 1) / WINDOWS
    groups: dict[int, list[Point]] = {}
    for point in points:
        groups.setdefault(int((point.on - points[0].on).days / length), []).append(point)
    return tuple(_together(group, scale) for group in groups.values())


def worst(series: Series) -> float:
    """Where failed attempts stand. [unit]"""
    measure = series.measure
    return measure.floor if measure.floor is not None else measure.lowest if measure.better is Better.MORE else measure.highest


def _mark(point: Point, scale: Scale) -> Mark:
    measure = scale.measure
    if point.value is None:
        assert measure.floor is not None  # Series refuses it
        return Mark(point.on, measure.floor, measure.floor, measure.floor, unable=True, beyond=Beyond.WORSE)
    value, beyond = point.value, _beyond(point.value, scale)
    if measure.log_scale and beyond is not Beyond.NO:
        return Mark(point.on, value, value, value, beyond=beyond)
    ends = [float(scale.shown(scale.inner(value) + k * BAR)) for k in (-1, 1)]
    return Mark(point.on, value, min(*ends, value), max(*ends, value), beyond=beyond)


def _beyond(value: float, scale: Scale) -> Beyond:
    """Whether a value at an end of the scale may hide more. Grades name their ends themselves: grade 0 is grade 0."""
    measure = scale.measure
    if measure.kind is MeasureKind.ORDINAL:
        return Beyond.NO
    if measure.floor is not None and measure.sign * value <= measure.sign * measure.floor:
        # Nobody does fewer than no repetitions: zero is zero.
        return Beyond.NO if measure.floor == 0 == measure.lowest else Beyond.WORSE
    if measure.ceiling is not None and measure.sign * value >= measure.sign * measure.ceiling:
        return Beyond.BETTER
    return Beyond.NO


def _together(points: Sequence[Point], scale: Scale) -> Mark:
    """The middle one of several values, with the lowest and the highest; failed attempts count as the worst value there is."""
    floor = scale.measure.floor
    values = sorted(p.value if p.value is not None else float(floor or 0.0) for p in points)
    days = [(p.on - points[0].on).days for p in points]
    on: date = points[0].on + timedelta(days=round(sum(days) / len(days)))
    # The lower middle one, so that a grade stays a grade.
    middle = values[(len(values) - 1) // 2] if scale.measure.grades else median(values)
    unable = all(p.unable for p in points)
    return Mark(on, middle, values[0], values[-1], unable=unable, beyond=Beyond.WORSE if unable else Beyond.NO, values=len(points))
