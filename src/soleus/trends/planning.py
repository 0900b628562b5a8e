"""When to measure next, and how often: so that a loss that matters is not missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.measure import DAYS_PER_YEAR, Measure
from soleus.trends.course import FEWEST, LIKELY
from soleus.trends.observations import Array
from soleus.trends.prior import DEFAULT, Prior
from soleus.trends.simulate import simulated
from soleus.trends.special import normal_cdf
from soleus.trends.trend import Trend, trend

SURE, EXCLUDED = LIKELY, 1 - LIKELY
"""A question is settled when the probability of real decline is above the one or below the other."""
CHANCE = 0.8
"""With which further measurements should settle it."""
WEEKS = (1, 2, 3, 4, 6, 8, 12, 18, 26, 39, 52, 78, 104)
"""Times from today that are thought of."""
RHYTHMS_DAYS = (28, 7)
"""If one more is not enough: once a month, once a week."""
INTERVALS_DAYS = (182, 91, 56, 28, 14, 7, 3)
OUTCOMES = 400


@dataclass(frozen=True)
class Way:
    """Further measurements that would probably settle it."""

    on: date
    """By this day."""
    measurements: int
    """How many, the last of them on that day."""
    every_days: int
    """From one to the next; 0 for a single one. [days]"""
    chance: float
    """That it is settled then. [-]"""


@dataclass(frozen=True)
class Settling:
    """What would settle whether it really gets worse."""

    settled: bool
    """Whether it is now."""
    ways: tuple[Way, ...]
    """A single measurement, a monthly and a weekly rhythm, as far as they settle it within two years; the later is the less trouble."""


def next_measurement(trend: Trend, rng: np.random.Generator, passed_days: int = 0) -> Settling:
    """By when one more measurement would probably settle it, or measuring once a month, or once a week.

    What might be measured is foreseen from all courses with their probabilities, and each outcome judged.

    Args:
        trend: Of what was measured so far.
        rng: The dice.
        passed_days: Since the last measurement: nobody measures in the past. [days]
    """
    if trend.occasions >= FEWEST and not EXCLUDED < trend.probability_of_real_decline < SURE:
        return Settling(True, ())
    ways: list[Way] = []
    for every in (0, *RHYTHMS_DAYS):
        for week in WEEKS:
            days = np.arange(every, 7 * week + 1, every, dtype=float) if every else np.array([7.0 * week])
            if len(days) < (2 if every else 1) or trend.occasions + len(days) < FEWEST:
                continue
            days += passed_days
            chance = chance_to_settle(trend, days, rng)
            if chance >= CHANCE:
                ways.append(Way(trend.last + timedelta(days=int(days[-1])), len(days), every, chance))
                break
    # More trouble is worth it only if it is known sooner.
    return Settling(False, tuple(w for i, w in enumerate(ways) if all(w.on < before.on for before in ways[:i])))


def chance_to_settle(trend: Trend, days: Array, rng: np.random.Generator) -> float:
    """P(the question is settled by measurements so many days after the last one). All days are taken for usual ones."""
    known = trend.posterior
    kept = known.weights > 1e-3 * known.weights.max()
    weights = known.weights[kept] / known.weights[kept].sum()
    times = np.array([trend.start, *(trend.end + days / DAYS_PER_YEAR)])
    columns = known.shapes.picked(kept).columns(known.frame, times)
    p = columns.shape[2]
    mean, covariance = known.mean[kept][:, :p], known.covariance[kept][:, :p, :p]
    change, at = columns[:, -1] - columns[:, 0], columns[:, 1:]
    foreseen = (at @ mean[:, :, None])[:, :, 0]
    own = covariance @ np.swapaxes(at, 1, 2)
    spread = at @ own + np.exp(2 * known.log_scale[kept])[:, None, None] * np.eye(len(days))
    gain = np.linalg.solve(spread, np.swapaxes(own, 1, 2) @ change[:, :, None])[:, :, 0]
    before = (change * mean).sum(axis=1)
    variance = np.einsum("hp,hpq,hq->h", change, covariance, change) - ((change[:, None] @ own)[:, 0] * gain).sum(axis=1)
    root = np.linalg.cholesky(spread)
    which = rng.choice(len(weights), size=OUTCOMES, p=weights)
    values = foreseen[which] + (root[which] @ rng.normal(size=(OUTCOMES, len(days), 1)))[:, :, 0]
    apart = values[None] - foreseen[:, None]
    whitened = np.linalg.solve(root, np.swapaxes(apart, 1, 2))
    log_p = -0.5 * (whitened**2).sum(axis=1) - np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1)[:, None]
    weight = weights[:, None] * np.exp(log_p - log_p.max(axis=0))
    limit = -(known.frame.ageing + known.frame.margin) * float(times[-1] - times[0])
    after = before[:, None] + (apart @ gain[:, :, None])[:, :, 0]
    below = normal_cdf((limit - after) / np.sqrt(np.maximum(variance, 1e-12))[:, None])
    decline = (weight * below).sum(axis=0) / weight.sum(axis=0)
    return float(((decline >= SURE) | (decline <= EXCLUDED)).mean())


def power(
    measure: Measure,
    *,
    level: float,
    loss_per_year: float,
    every_days: int,
    for_days: int,
    rng: np.random.Generator,
    simulations: int = 200,
    prior: Prior = DEFAULT,
) -> float:
    """How often a loss is recognised (real decline at least `LIKELY`) if it is measured so often for so long.

    Args:
        measure: What is measured.
        level: Where the person starts. [unit]
        loss_per_year: True steady loss, above 0 to the worse. [unit/year]
        every_days: From one measurement to the next. [days]
        for_days: In all. [days]
        rng: The dice.
        simulations: How many people are simulated; 200 give the power to within 7 %.
        prior: What is thought beforehand.
    """
    if every_days < 1 or for_days < every_days:
        raise OutOfRange(f"Every {every_days} days for {for_days} days: there must be at least two measurements.")
    days = np.arange(0, for_days + 1, every_days, dtype=float)

    def falling(years: Array) -> Array:
        return np.asarray(level - measure.sign * loss_per_year * years)

    found = sum(trend(simulated(measure, falling, days, rng), prior).probability_of_real_decline >= LIKELY for _ in range(simulations))
    return found / simulations


def how_often(
    measure: Measure,
    *,
    level: float,
    loss: float | None = None,
    within_days: int,
    rng: np.random.Generator,
    wanted: float = 0.9,
    simulations: int = 200,
    prior: Prior = DEFAULT,
) -> tuple[int | None, float]:
    """The sparsest schedule that recognises a loss in time.

    Args:
        measure: What is measured.
        level: Where the person starts. [unit]
        loss: That should not be missed; the smallest important change if nothing is said. [unit]
        within_days: By when it has happened, steadily, and should be known. [days]
        rng: The dice.
        wanted: Power. [-]
        simulations: See `power`.
        prior: What is thought beforehand.

    Returns:
        Days from one measurement to the next, none if not even the densest schedule is enough; and the power of that schedule.
    """
    rate = (loss if loss is not None else measure.important_at(level)) / within_days * DAYS_PER_YEAR
    reached = 0.0
    for every in INTERVALS_DAYS:
        if 2 * every > within_days:
            continue
        reached = power(
            measure,
            level=level,
            loss_per_year=rate,
            every_days=every,
            for_days=within_days,
            rng=rng,
            simulations=simulations,
            prior=prior,
        )
        if reached >= wanted:
            return every, reached
    return None, reached
