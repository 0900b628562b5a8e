"""How likely an observation is at a given true level: the known error, now and then a bad day, and what lies beyond floor or ceiling.

Every error is normal with the person's SEM, or, on one day in fifty, with four times that. Such a mixture lets one odd value
count for little, whereas two or three in a row count in full. Strength tests have bad days (pain, cold, little sleep) and slips of
the pen; how many is an expert estimate.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from soleus.trends.observations import Array, Flags, Observations
from soleus.trends.special import normal_cdf

BAD_DAYS = 1 / 50
"""Share of days with a much larger error. Expert estimate. [-]"""
BAD_DAY_SPREAD = 4.0
"""Error of a bad day over that of a usual one. Expert estimate. [-]"""
FEW = 6
"""Of so few observations every choice of bad days is tried; of more, each observation is a mixture of its own."""
MOST_BAD = 2
"""More bad days than this among a few are not thought of."""
_LOST = 1 - BAD_DAY_SPREAD**-2
_GAIN = 0.5 * _LOST
_LOG_ODDS = np.log(BAD_DAYS / (1 - BAD_DAYS) / BAD_DAY_SPREAD)
_LOG_ROOT_2PI = 0.5 * np.log(2 * np.pi)

Likelihood = tuple[Array, Array, Array]
"""Log probability (density) of each observation, its slope in the true level, and its bend: the second derivative, sign changed.
Three arrays (H, n). The bend may be below 0 where a value may be either a usual or a bad day's."""


def choices_of_bad_days(n: int) -> tuple[Array, Array]:
    """Which of a few observations are of bad days, and how probable that is.

    Returns:
        (m, n) factors of the error, 1 or `BAD_DAY_SPREAD`; (m,) logarithms of the probabilities. One row of ones, with `n` above `FEW`.
    """
    if n > FEW:
        return np.ones((1, n)), np.zeros(1)
    chosen = [c for k in range(min(n, MOST_BAD) + 1) for c in combinations(range(n), k)]
    factors = np.ones((len(chosen), n))
    for row, bad in zip(factors, chosen, strict=True):
        row[list(bad)] = BAD_DAY_SPREAD
    bad_days = (factors > 1).sum(axis=1)
    return factors, bad_days * np.log(BAD_DAYS) + (n - bad_days) * np.log1p(-BAD_DAYS)


def log_likelihood(levels: Array, seen: Observations, error: Array, *, mixed: bool = True) -> Likelihood:
    """Of each observation, counted by its weight.

    Args:
        levels: (H, n) true levels under each of H hypotheses. [SEM]
        seen: The n observations; of few, the hypotheses say themselves which are of bad days.
        error: (H, n) SD of the error. [SEM]
        mixed: Whether each of many observations may be of a bad day.
    """
    mixed = mixed and len(seen.years) > FEW
    exact = seen.exact
    if exact.all():
        return of_values(levels, seen.low, error, mixed)
    result = (np.empty(levels.shape), np.empty(levels.shape), np.empty(levels.shape))
    if exact.any():
        _put(result, exact, of_values(levels[:, exact], seen.low[exact], error[:, exact], mixed), seen)
    open_ = ~exact
    _put(result, open_, of_intervals(levels[:, open_], seen.low[open_], seen.high[open_], error[:, open_], mixed), seen)
    return result


def _put(whole: Likelihood, where: Flags, parts: Likelihood, seen: Observations) -> None:
    for into, part in zip(whole, parts, strict=True):
        into[:, where] = part * seen.weight[where]


def of_values(levels: Array, values: Array, error: Array, mixed: bool) -> Likelihood:
    """Of values on a line: a normal distribution, and if `mixed` a wide one under it."""
    precision = error**-2
    rest = values - levels
    squared = rest * rest * precision
    log_p = 0.5 * np.log(precision) - _LOG_ROOT_2PI - 0.5 * squared
    if not mixed:
        return log_p, rest * precision, precision
    log_odds = _LOG_ODDS + _GAIN * squared
    odds = np.exp(np.minimum(log_odds, 36.0))
    bad = odds / (1 + odds)
    share = 1 - bad * _LOST
    log_p += np.log1p(-BAD_DAYS) + np.maximum(np.log1p(odds), log_odds)
    return log_p, share * rest * precision, precision * (share - bad * (1 - bad) * _LOST**2 * squared)


def of_intervals(levels: Array, lows: Array, highs: Array, error: Array, mixed: bool) -> Likelihood:
    """Of grades, floors and ceilings: the probability of an interval (a cumulative probit model)."""
    p = np.full(levels.shape, 1e-250)  # a level beyond all reach is possible still, or no step would lead back
    slope, curve = np.zeros(levels.shape), np.zeros(levels.shape)
    for share, sd in ((1 - BAD_DAYS, error), (BAD_DAYS, error * BAD_DAY_SPREAD)) if mixed else ((1.0, error),):
        low, high = (lows - levels) / sd, (highs - levels) / sd
        at_low, at_high = _density(low), _density(high)
        # Far up, 1 - P loses its digits: the interval is taken on the side where both ends are small.
        far = low > 0
        p += share * np.where(far, normal_cdf(-low) - normal_cdf(-high), normal_cdf(high) - normal_cdf(low))
        slope += share * (at_low - at_high) / sd
        curve += share * (_times(low, at_low) - _times(high, at_high)) / sd**2
    slope, curve = slope / p, curve / p
    return np.log(p), slope, slope * slope - curve


def _density(x: Array) -> Array:
    return np.asarray(np.exp(-0.5 * np.minimum(x * x, 1400.0) - _LOG_ROOT_2PI))


def _times(x: Array, density: Array) -> Array:
    return np.where(np.isfinite(x), x, 0.0) * density
