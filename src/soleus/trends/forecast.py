"""When will a threshold be crossed, if things go on as they did?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.measure import DAYS_PER_YEAR, MeasureKind
from soleus.trends.observations import Array
from soleus.trends.special import normal_cdf
from soleus.trends.trend import Estimate, Trend

DRIFT = 0.5
"""Courses change: by so much a year a path may leave the one it is on (SD). Expert estimate. [SEM/year]"""
STEPS_PER_YEAR = 52
MONTHS = (6, 12, 24)


@dataclass(frozen=True)
class Forecast:
    """Crossing of a threshold to the worse. A date is none where it lies beyond the horizon."""

    threshold: float
    """[unit]"""
    horizon_years: float
    likeliest: date | None
    """By then it is as likely crossed as not."""
    between80: tuple[date | None, date | None]
    between95: tuple[date | None, date | None]
    probability_within: dict[int, float]
    """Months from the last measurement to the probability that it is crossed by then."""
    probability_within_horizon: float
    probability_now: float
    """That the true level is beyond it already."""


@dataclass(frozen=True)
class Path:
    """Levels to come, with their 95 % interval. [unit]"""

    days: tuple[date, ...]
    levels: tuple[Estimate, ...]


def forecast(trend: Trend, threshold: float, horizon_years: float = 5.0) -> Forecast:
    """When the true level falls to a threshold, or below.

    Courses with their probabilities are drawn on into the future, stable ones too, and each may drift from its path.

    Args:
        trend: Of one measure.
        threshold: Chair rise without hands, 0.8 m/s, one heel rise. For grades: the rank that would be reached. [unit]
        horizon_years: How far to look, above 0. [years]

    Raises:
        OutOfRange: If the threshold cannot be a value of the measure, or the horizon is not above 0.
    """
    measure = trend.measure
    if horizon_years <= 0 or not measure.lowest <= threshold <= measure.highest or (measure.log_scale and threshold <= 0):
        raise OutOfRange(f"{threshold:g} {measure.unit} within {horizon_years:g} years: nothing that {measure.name} can reach.")
    limit = trend.posterior.seen.scale.inner(threshold + 0.5 if measure.kind is MeasureKind.ORDINAL else threshold)
    ahead = np.arange(int(np.ceil(horizon_years * STEPS_PER_YEAR)) + 1) / STEPS_PER_YEAR
    crossed = np.maximum.accumulate(_below(trend, limit, ahead))

    def when(share: float) -> date | None:
        index = int(np.searchsorted(crossed, share))
        return trend.last + timedelta(days=round(float(ahead[index]) * DAYS_PER_YEAR)) if index < len(ahead) else None

    return Forecast(
        threshold=threshold,
        horizon_years=horizon_years,
        likeliest=when(0.5),
        between80=(when(0.1), when(0.9)),
        between95=(when(0.025), when(0.975)),
        probability_within={m: float(np.interp(m / 12, ahead, crossed)) for m in MONTHS if m / 12 <= horizon_years},
        probability_within_horizon=float(crossed[-1]),
        probability_now=float(crossed[0]),
    )


def path(trend: Trend, years_ahead: float, steps: int = 12) -> Path:
    """The level from the first day until some time after the last, as a band to draw.

    Args:
        trend: Of one measure.
        years_ahead: How far beyond the last measurement, 0 or more. [years]
        steps: Number of stretches between the days, 1 or more.
    """
    known = trend.posterior
    years = np.linspace(trend.start, trend.end + years_ahead, steps + 1)
    levels = []
    for year in years:
        level = known.level(float(year))
        drift = DRIFT * max(float(year) - trend.end, 0.0)
        wide = type(level)(level.weights, level.means, np.hypot(level.sds, drift)).lean(1e-4)
        low, high = sorted(float(known.seen.scale.shown(x)) for x in wide.interval())
        levels.append(Estimate(float(known.seen.scale.shown(wide.mean)), low, high))
    return Path(tuple(known.seen.day(float(y)) for y in years), tuple(levels))


def _below(trend: Trend, limit: float, ahead: Array) -> Array:
    """P(level at or below a limit) at times from the last measurement on; (m,)."""
    known = trend.posterior
    kept = known.weights > 1e-5 * known.weights.max()
    weights = known.weights[kept] / known.weights[kept].sum()
    columns = known.shapes.picked(kept).columns(known.frame, trend.end + ahead)
    p = columns.shape[2]
    means = (columns @ known.mean[kept][:, :p, None])[:, :, 0]
    variances = np.einsum("hmp,hpq,hmq->hm", columns, known.covariance[kept][:, :p, :p], columns, optimize=True)
    return np.asarray(weights @ normal_cdf((limit - means) / np.sqrt(np.maximum(variances, 1e-12) + (DRIFT * ahead) ** 2)))
