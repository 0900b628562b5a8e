"""Ends and ticks of the axes: round numbers, first days of months, and no room for noise to look like a change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soleus.domain.measure import Better, Measure
from soleus.reports.charts.spec import ValueAxis

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEAST_CHANGES = 4.0
"""The axis is at least so many detectable changes high, so that mere error never fills the picture."""
MOST_TIMES = 2.0
"""But no more than so many times the largest value with its error."""
LEAST_GRADES = 5
MOST_TICKS = 6
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True)
class DateTick:
    on: date
    label: str
    year: str
    """Stands below the label where the year is new; empty elsewhere."""


def day_words(day: date) -> str:
    """3 Mar 2026, in English whatever the machine speaks."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def number_words(value: float) -> str:
    """An estimate with no more digits than it deserves."""
    size = abs(value)
    if size >= 1000:
        return f"{value:,.0f}"
    if size >= 10 or value == round(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if size >= 1 else f"{value:.2g}"


def precise_words(value: float, wide: float) -> str:
    """An end of an interval, with decimals enough to tell the ends apart.

    Examples:
        >>> precise_words(22.37, 1.8), precise_words(22.37, 14), precise_words(0.8213, 0.09)
        ('22.4', '22', '0.821')
    """
    decimals = 0 if wide >= 10 or wide <= 0 else min(1 - math.floor(math.log10(wide) + 1e-9), 6)
    return f"{value:,.{decimals}f}"


def value_axis(
    measure: Measure, needed: Sequence[float], wished: Sequence[float], most: int = MOST_TICKS, *, several: bool = False
) -> tuple[ValueAxis, list[float]]:
    """The axis for a measure, and which of the wished values it could not take in.

    Args:
        measure: Its floor, ceiling and error count.
        needed: Values that must be seen: marks, bars and levels.
        wished: Values that are taken in if the axis grows to no more than four times its height: thresholds, what is usual.
        most: Ticks.
        several: Whether marks are middles of several values, with the extremes beside them: those show the error themselves.
    """
    low, high = (min(needed), max(needed)) if needed else (min(wished), max(wished)) if wished else (measure.lowest, measure.lowest)
    least = LEAST_GRADES - 1.0 if measure.grades else LEAST_CHANGES * measure.mdc95_at((low + high) / 2 or 1.0)
    if needed and not measure.grades and measure.lowest == 0:
        # An error as large as the values themselves must not squeeze them into a strip at the bottom.
        least = min(least, high - low if several else MOST_TIMES * high)
    low, high = _at_least(low, high, least or measure.highest - measure.lowest, measure)
    largest, left_out = 4 * (high - low), []
    for value in sorted(wished, key=lambda v: max(low - v, v - high)):
        if max(high, value) - min(low, value) <= largest:
            low, high = min(low, value), max(high, value)
        else:
            left_out.append(value)
    if measure.lowest == 0 and 0 < low <= 0.4 * high:
        low = 0.0
    if measure.grades:
        return _grades(measure, low, high), left_out
    step = nice_step((high - low) / (most - 1), whole=measure.kind != "continuous")
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    # A half step would do at the ends, but a tick at each end is easier to read.
    first, last = max(first, math.ceil(measure.lowest / step - 1e-9)), min(last, math.floor(measure.highest / step + 1e-9))
    if last <= first:
        first, last = first, first + 1
    ticks = tuple((_clean(i * step), tick_words(_clean(i * step), step)) for i in range(first, last + 1))
    return ValueAxis(min(ticks[0][0], low), max(ticks[-1][0], high), ticks), left_out


def _at_least(low: float, high: float, least: float, measure: Measure) -> tuple[float, float]:
    """Widened on both sides, but not beyond what can be written down."""
    least = min(least, measure.highest - measure.lowest)
    missing = max(least - (high - low), 0.0)
    low, high = low - missing / 2, high + missing / 2
    if low < measure.lowest:
        low, high = measure.lowest, max(high, min(measure.lowest + least, measure.highest))
    if high > measure.highest:
        low, high = min(low, max(measure.highest - least, measure.lowest)), measure.highest
    return low, high


def _grades(measure: Measure, low: float, high: float) -> ValueAxis:
    first, last = max(math.floor(low), 0), min(math.ceil(high), len(measure.grades) - 1)
    # Half a grade of air at each end, so that a mark never stands on the frame.
    return ValueAxis(first - 0.5, last + 0.5, tuple((float(i), measure.grades[i]) for i in range(first, last + 1)))


def nice_step(least: float, whole: bool = False) -> float:
    """The smallest of 1, 2, 5 x 10^k that is no less.

    Examples:
        >>> nice_step(3.2), nice_step(0.13), nice_step(0.3, whole=True)
        (5.0, 0.2, 1.0)
    """
    if whole and least <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(k * power for k in (1, 2, 5, 10) if k * power >= least * (1 - 1e-9))
    return _clean(step)


def tick_words(value: float, step: float) -> str:
    """As many decimals as the step has."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:,.{decimals}f}" if decimals <= 6 else f"{value:.3g}"


def _clean(value: float) -> float:
    """Without the dust of binary fractions."""
    return float(f"{value:.12g}")


def date_ticks(first: date, last: date, most: int) -> tuple[DateTick, ...]:
    """At most so many round days between two dates; two or more wherever the span allows.

    Examples:
        >>> [(t.label, t.year) for t in date_ticks(date(2025, 11, 20), date(2026, 5, 2), 6)]
        [('Dec', '2025'), ('Jan', '2026'), ('Feb', ''), ('Mar', ''), ('Apr', ''), ('May', '')]
    """
    for days, unit in _candidates(first, last):
        if 0 < len(days) <= most:
            return tuple(_labelled(days, unit))
    return (DateTick(first, f"{first.day} {MONTHS[first.month - 1]}", str(first.year)),)


def _candidates(first: date, last: date) -> Iterator[tuple[list[date], str]]:
    span = (last - first).days
    for step in _DAYS:
        if span / step <= 60:
            # Weeks begin on a Monday.
            start = first if step < 7 else first + timedelta(days=(7 - first.weekday()) % 7)
            yield [start + timedelta(days=i) for i in range(0, (last - start).days + 1, step)], "day"
    if span <= 60 * 366:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        for step in _MONTHS:
            days = [date(m // 12, m % 12 + 1, 1) for m in months if m % 12 % step == 0]
            yield [d for d in days if d >= first], "month"
    for step in _YEARS:
        yield [d for y in range(first.year, last.year + 1) if y % step == 0 and (d := date(y, 1, 1)) >= first], "year"


def _labelled(days: list[date], unit: str) -> Iterator[DateTick]:
    year = 0
    for day in days:
        if unit == "year":
            yield DateTick(day, str(day.year), "")
            continue
        label = MONTHS[day.month - 1] if unit == "month" else f"{day.day} {MONTHS[day.month - 1]}"
        yield DateTick(day, label, str(day.year) if day.year != year else "")
        year = day.year


def direction_words(better: Better, grades: bool = False) -> str:
    """Which way is good."""
    return "higher is better" if better is Better.MORE or grades else "lower is better"
