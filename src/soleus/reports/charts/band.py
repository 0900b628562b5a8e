"""The likely true level over time, with what holds it in 80 and in 95 of 100 cases."""

from __future__ import annotations

import numpy as np

from soleus.reports.charts.spec import Level
from soleus.trends.forecast import DRIFT
from soleus.trends.observations import Array
from soleus.trends.posterior import Posterior
from soleus.trends.special import normal_cdf
from soleus.trends.trend import Trend

SHARES = (0.025, 0.1, 0.9, 0.975)
_LIGHTEST = 1e-4
"""Hypotheses of less than this part of the weight of the likeliest are not drawn."""
_HALVINGS = 40


def levels(trend: Trend, years_ahead: float, steps: int = 48, steps_ahead: int = 12) -> tuple[tuple[Level, ...], tuple[Level, ...]]:
    """Levels over the measurements, and from the last one on: the last level is that of the sentences, the forecast that of
    `soleus.trends.forecast.path`, all days at once.

    Args:
        trend: Of one measure on one side.
        years_ahead: How far beyond the last measurement; 0: no forecast. [years]
        steps: Stretches between the first and the last measurement.
        steps_ahead: Stretches after it.
    """
    known = trend.posterior
    within = np.linspace(trend.start, trend.end, steps + 1 if trend.end > trend.start else 1)
    # As in the sentences: an estimate does not lean on what most people do. What lies ahead does, as forecasts do.
    drawn = _levels(trend, known.by_data(), within)
    if years_ahead <= 0:
        return drawn, ()
    ahead = trend.end + np.linspace(0, years_ahead, steps_ahead + 1)[1:]
    return drawn, (drawn[-1], *_levels(trend, known, ahead))


def _levels(trend: Trend, known: Posterior, years: Array) -> tuple[Level, ...]:
    kept = known.weights > _LIGHTEST * known.weights.max()
    weights = known.weights[kept] / known.weights[kept].sum()
    columns = known.shapes.picked(kept).columns(known.frame, years)
    p = columns.shape[2]
    means = (columns @ known.mean[kept][:, :p, None])[:, :, 0]
    variances = np.einsum("hmp,hpq,hmq->hm", columns, known.covariance[kept][:, :p, :p], columns, optimize=True)
    sds = np.sqrt(np.maximum(variances, 0.0) + (DRIFT * np.maximum(years - trend.end, 0.0)) ** 2)
    scale = known.seen.scale
    middle = scale.shown(weights @ means)
    ends = [scale.shown(_quantiles(weights, means, sds, share)) for share in SHARES]
    if trend.measure.sign < 0:
        ends.reverse()
    return tuple(
        Level(known.seen.day(float(year)), *(float(x[i]) for x in (middle, ends[1], ends[2], ends[0], ends[3])))
        for i, year in enumerate(years)
    )


def _quantiles(weights: Array, means: Array, sds: Array, share: float) -> Array:
    """The quantile of each column's mixture, by halving; (m,)."""
    sds = np.maximum(sds, 1e-9)
    low, high = (means - 6 * sds).min(axis=0), (means + 6 * sds).max(axis=0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        below = weights @ normal_cdf((middle - means) / sds) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(0.5 * (low + high))
