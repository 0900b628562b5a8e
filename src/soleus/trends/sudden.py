"""Is the last value far below the others? A collapse must not be smoothed away as an error of measurement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean, median, stdev

from soleus.domain.measure import Measure, Point, Series

TOGETHER_DAYS = 14
"""Last values within so many days of one another are one picture. Expert estimate. [days]"""
WEEKS_DAYS = 56
"""A fall within so many days came on within days to weeks. [days]"""
OLDEST_DAYS = 730
"""Older values say nothing of what is usual for the person now. Expert estimate. [days]"""
MOST_EARLIER = 10
NEAREST = 3
"""What is usual is the middle of so many values before the fall, so that a slow decline is not taken for a sudden one."""
_Z95 = 1.959964


@dataclass(frozen=True)
class Fall:
    """Last values that are far below the others."""

    low: tuple[Point, ...]
    """In order; all of them within `TOGETHER_DAYS`."""
    usual: float
    """Middle of the values before. [unit]"""
    before: date
    """Day of the last value that was as usual."""
    more_than_half: bool
    """Whether more than half of what is usual is lost."""

    @property
    def since(self) -> date:
        """Day of the first low value."""
        return self.low[0].on

    @property
    def last(self) -> date:
        return self.low[-1].on

    @property
    def within_days(self) -> int:
        """It took no longer than this. [days]"""
        return (self.since - self.before).days

    @property
    def repeated(self) -> bool:
        """Whether it was seen on more than one day."""
        return self.since != self.last


def sudden_fall(series: Series, expected: float | None = None) -> Fall | None:
    """The last value, or the last ones within a fortnight, if they are far below what was measured before.

    Far below is: by the MDC95 or more below the 95 % interval in which one more value was to be expected; from something to
    nothing; or more than half lost within weeks, and more than error.

    Args:
        series: One measure on one side.
        expected: What is usual for people alike, if known. [unit]

    Examples: see tests/spec/test_sudden.py.
    """
    days = series.days
    tail = [d for d in days if (days[-1] - d).days <= TOGETHER_DAYS] if days else []
    for first in tail:  # the longest picture first
        earlier = [d for d in days if d < first and (first - d).days <= OLDEST_DAYS][-MOST_EARLIER:]
        if not earlier:
            continue
        found = _far_below(series, earlier, [d for d in tail if d >= first], expected)
        if found is not None:
            return found
    return None


def _far_below(series: Series, earlier: list[date], late: list[date], expected: float | None) -> Fall | None:
    measure = series.measure
    before = [_on(series, d) for d in earlier]
    usual = median(before[-NEAREST:])
    error = max(measure.sem.at_level(usual), stdev(before) if len(before) > 1 else 0.0)
    limit = _Z95 * error * sqrt(1 + 1 / len(before))
    beyond_error = measure.mdc95_at(usual)
    soon = (late[0] - earlier[-1]).days <= WEEKS_DAYS
    halved = []
    for day in late:
        value = _on(series, day)
        lost = measure.sign * (usual - value)
        nothing = lost > 0 and _is_nothing(measure, value) and (lost >= beyond_error or _half_of(measure, usual, expected))
        half = _half_lost(measure, usual, value)
        if not (nothing or lost - limit >= beyond_error or (half and soon and lost >= beyond_error)):
            return None
        halved.append(half or nothing)
    low = tuple(sorted((p for p in series.points if p.on >= late[0]), key=lambda p: p.on))
    return Fall(low, usual, earlier[-1], all(halved))


def _on(series: Series, day: date) -> float:
    """The mean value of a day; somebody who cannot do it scores the floor. [unit]"""
    return mean(_worst(series.measure) if p.value is None else p.value for p in series.points if p.on == day)


def _worst(measure: Measure) -> float:
    return measure.floor if measure.floor is not None else measure.lowest if measure.sign > 0 else measure.highest


def _is_nothing(measure: Measure, value: float) -> bool:
    return measure.sign * (value - _worst(measure)) <= 0


def _half_of(measure: Measure, usual: float, expected: float | None) -> bool:
    """Whether the person did at least half of what people alike do, which takes twice the time where less is better."""
    if expected is None:
        return False
    return usual >= expected / 2 if measure.sign > 0 else usual <= 2 * expected


def _half_lost(measure: Measure, usual: float, value: float) -> bool:
    return value <= usual / 2 if measure.sign > 0 else value >= 2 * usual > 0
