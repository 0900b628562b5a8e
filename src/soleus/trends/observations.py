"""A series as the model sees it: higher is better, the unit is one standard error of measurement, time runs in years.

On that scale a heel rise and a gait speed are alike, so that one set of priors serves every measure and a change of unit changes
nothing. Each observation is an interval: of no length for a value on a line, one grade wide for a grade, open for "this or beyond".
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np
from numpy.typing import NDArray

from soleus.domain.measure import DAYS_PER_YEAR, Measure, MeasureKind, Point, Series

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ranks = NDArray[np.intp]

SAME_DAY_SHARE = 0.5
"""Share of the variance of measurement that values of one day have in common (sleep, pain, shoes). Expert estimate. [-]"""
MOST_WINDOWS = 100
"""A longer series is read in this many windows of time; see `observe`."""
OF_A_MEDIAN = math.pi / 2
"""Variance of a median over that of a mean, for a normal distribution (Laplace). [-]"""


@dataclass(frozen=True)
class Scale:
    """From the unit of a measure to errors of measurement, and back."""

    measure: Measure
    error: float
    """One SEM on the scale of the model: in the unit, or in the natural logarithm of it."""

    def inner(self, value: float) -> float:
        """A value in SEMs, higher is better."""
        raw = math.log(value) if self.measure.log_scale else value
        return self.measure.sign * raw / self.error

    def outer(self, inner: Array | float) -> Array:
        """Back to the unit."""
        raw = np.asarray(inner, dtype=float) * self.error * self.measure.sign
        return np.exp(raw) if self.measure.log_scale else raw

    def shown(self, inner: Array | float) -> Array:
        """Back to the unit, within what the measure can show: nobody does minus two heel rises."""
        measure = self.measure
        ends = (measure.lowest if measure.floor is None else measure.floor, measure.highest if measure.ceiling is None else measure.ceiling)
        if measure.sign < 0:
            ends = (
                measure.highest if measure.floor is None else measure.floor,
                measure.lowest if measure.ceiling is None else measure.ceiling,
            )
        return np.clip(self.outer(inner), min(ends), max(ends))

    def loss(self, amount: float, level: float) -> float:
        """How many SEMs it is to lose an amount of the unit, from a level of the unit. [SEM]"""
        if not self.measure.log_scale:
            return amount / self.error
        if self.measure.sign > 0:
            return -math.log(max(1 - amount / level, 1e-3)) / self.error
        return math.log(1 + amount / level) / self.error


@dataclass(frozen=True)
class Observations:
    """n observations. All levels in SEMs, higher is better."""

    scale: Scale
    first: date
    years: Array
    """(n,) since the first day. [years]"""
    low: Array
    high: Array
    """(n,) the true reading lies between; equal for a value on a line, infinite for "or beyond". [SEM]"""
    spread: Array
    """(n,) SD of the error as a multiple of the person's own SEM, below 1 for a middle of several. [-]"""
    weight: Array
    """(n,) how many observations each one counts as. [-]"""
    practice: Array
    """(n,) share of the practice effect still missing: 1 on the first day, 0.5 on the second, then 0. [-]"""
    aid: Ranks
    """(n,) 0 for the commonest aid (none counts as one), 1 and more for others."""

    @property
    def exact(self) -> Flags:
        return np.asarray(self.low == self.high)

    @property
    def occasions(self) -> Array:
        """The different times, in order. [years]"""
        return np.unique(self.years)

    @property
    def span(self) -> float:
        """From the first to the last. [years]"""
        return float(self.years.max() - self.years.min())

    def only(self, kept: Flags) -> Observations:
        """Some of them."""
        years, low, high, spread = self.years[kept], self.low[kept], self.high[kept], self.spread[kept]
        return Observations(self.scale, self.first, years, low, high, spread, self.weight[kept], self.practice[kept], self.aid[kept])

    def day(self, years: float) -> date:
        return self.first + timedelta(days=round(years * DAYS_PER_YEAR))

    def year(self, day: date) -> float:
        return (day - self.first).days / DAYS_PER_YEAR


def scale_of(series: Series) -> Scale:
    """The size of one SEM for this person: a share of the value is taken at the middle of the series."""
    measure = series.measure
    values = [abs(p.value) for p in series.points if p.value is not None]
    middle = (median(values) if values else 0.0) or (abs(measure.lowest) + abs(measure.highest)) / 2
    if not measure.log_scale:
        return Scale(measure, measure.sem.at_level(middle))
    return Scale(measure, measure.sem.value if measure.sem.share else measure.sem.value / middle)


def observe(series: Series) -> Observations:
    """Bring a series, of at least one point, to the scale of the model.

    Values of one day are not as many independent ones: they share `SAME_DAY_SHARE` of their variance. A series of more than
    `MOST_WINDOWS` days is read in windows of time as if each were a day. That is cautious on purpose: over a week or two people
    have better and worse spells that no published SEM knows of.
    """
    scale = scale_of(series)
    points = sorted(series.points, key=lambda p: p.on)
    first = points[0].on
    aids = [p.aid for p in points]
    names = sorted(set(aids), key=lambda a: (-aids.count(a), a))
    # One day alone stands as it was measured: nobody knows yet whether the person will learn.
    learning = dict(zip(series.days, (1.0, 0.5), strict=False)) if series.measure.practice and len(series.days) > 1 else {}
    columns = [row for window in _windows(points, first) for row in _merged(window, first, scale, names, learning)]
    years, low, high, spread, weight, practice, aid = (np.array(c) for c in zip(*columns, strict=True))
    return Observations(scale, first, years, low, high, spread, weight, practice, aid.astype(np.intp))


def _windows(points: list[Point], first: date) -> Iterator[list[Point]]:
    days = sorted({p.on for p in points})
    length = 1.0 if len(days) <= MOST_WINDOWS else ((days[-1] - first).days + 1) / MOST_WINDOWS
    groups: dict[int, list[Point]] = {}
    for point in points:
        groups.setdefault(int((point.on - first).days / length), []).append(point)
    return iter(groups.values())


def _merged(
    window: list[Point], first: date, scale: Scale, aids: list[str], learning: dict[date, float]
) -> Iterator[tuple[float, float, float, float, float, float, int]]:
    """Observations of one window: values on a line become their middle; equal grades, floors and ceilings one of more weight."""
    day = sum((p.on - first).days for p in window) / len(window) / DAYS_PER_YEAR
    together = 1 / (1 + (len(window) - 1) * SAME_DAY_SHARE)
    kinds: dict[tuple[float, float, float, int], list[float]] = {}
    for point in window:
        low, high = interval(point, scale)
        on_a_line = low == high
        key = (0.0, 0.0) if on_a_line else (low, high)
        kinds.setdefault((*key, learning.get(point.on, 0.0), aids.index(point.aid)), []).append(low)
    for (low, high, practice, aid), values in kinds.items():
        if low != high:
            yield day, low, high, 1.0, len(values) * together, practice, aid
            continue
        k = len(values)
        own = SAME_DAY_SHARE + (1 - SAME_DAY_SHARE) * (1.0 if k < 3 else OF_A_MEDIAN) / k
        middle = float(median(values))
        yield day, middle, middle, math.sqrt(min(own, 1.0)), 1.0, practice, aid


def interval(point: Point, scale: Scale) -> tuple[float, float]:
    """Between which levels the reading lies. [SEM]"""
    measure = scale.measure
    worst, best = measure.floor, measure.ceiling
    if point.value is None:
        assert worst is not None  # Series refuses it
        return -math.inf, scale.inner(worst)
    value, sign = point.value, measure.sign
    if measure.kind is MeasureKind.ORDINAL:
        ends = sorted((scale.inner(value - 0.5), scale.inner(value + 0.5)))
        lowest, highest = (0, len(measure.grades) - 1)
        at_worst, at_best = (value == lowest, value == highest)
        return (-math.inf if at_worst else ends[0], math.inf if at_best else ends[1])
    if worst is not None and sign * value <= sign * worst:
        return -math.inf, scale.inner(worst)
    if best is not None and sign * value >= sign * best:
        return scale.inner(best), math.inf
    return scale.inner(value), scale.inner(value)
