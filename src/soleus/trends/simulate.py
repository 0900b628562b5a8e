"""People who do not exist: series of which the truth is known, to plan measurements and to test the judgement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from soleus.domain.finding import Side
from soleus.domain.measure import DAYS_PER_YEAR, Measure, MeasureKind, Point, Series
from soleus.trends.observations import Array

ANY_DAY = date(2000, 1, 3)


def simulated(
    measure: Measure,
    level: Callable[[Array], Array],
    days: Array,
    rng: np.random.Generator,
    *,
    own_error: float = 1.0,
    bad_days: float = 0.0,
    bad_day_spread: float = 4.0,
    wander: float = 0.0,
    wander_days: float = 30.0,
) -> Series:
    """A series measured with error.

    Args:
        measure: What is measured.
        level: True level at some years from the first day. [unit]
        days: (n,) when it is measured, rising. [days from the first]
        rng: The dice.
        own_error: The person's error over the published one. [-]
        bad_days: Share of days with a larger error. [-]
        bad_day_spread: How much larger. [-]
        wander: SD of slow ups and downs as a share of the SEM, over and above the error. [-]
        wander_days: How long such a spell lasts (time constant of an Ornstein-Uhlenbeck process). [days]
    """
    truth = level(days / DAYS_PER_YEAR)
    sem = measure.sem.at_level(float(np.median(truth)))
    size = sem * own_error * np.where(rng.random(len(days)) < bad_days, bad_day_spread, 1.0)
    values = truth + rng.normal(size=len(days)) * size
    if wander:
        values = values + sem * wander * _spells(days, wander_days, rng)
    if measure.kind is not MeasureKind.CONTINUOUS:
        values = np.round(values)
    values = np.clip(values, measure.lowest, measure.highest)
    points = (Point(ANY_DAY + timedelta(days=int(d)), float(v)) for d, v in zip(days, values, strict=True))
    return Series(measure, Side.UNSTATED, tuple(points))


def _spells(days: Array, lasting: float, rng: np.random.Generator) -> Array:
    result = np.empty(len(days))
    result[0] = rng.normal()
    for i in range(1, len(days)):
        kept = np.exp(-(days[i] - days[i - 1]) / lasting)
        result[i] = kept * result[i - 1] + np.sqrt(1 - kept**2) * rng.normal()
    return result
