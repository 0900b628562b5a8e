"""The published courses of diseases against a person's series: how well does each foretell what was measured?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.measure import Series
from soleus.trends.errors import errors_tried, fit_with
from soleus.trends.observations import Array, Observations, observe
from soleus.trends.posterior import frame_of, posterior
from soleus.trends.prior import DEFAULT, Prior
from soleus.trends.shapes import AID_SD, LEVEL_SD, nuisance
from soleus.trends.special import log_sum_exp

CAP_DECIBANS = 10.0
"""No course counts for or against a cause by more: series and published courses are both crude. Expert estimate. [decibans]"""
ERRORS = 5
LEAST_SD = 0.05
"""Nobody follows a mean exactly. [SEM/year]"""


class BandShape(StrEnum):
    LINEAR = "linear"
    """So much a year."""
    EXPONENTIAL = "exponential"
    """So large a share of what is left a year."""
    RECOVERY = "recovery"
    """So much in all, fast at first, slower later."""


@dataclass(frozen=True)
class CourseBand:
    """How one measure goes in people with one disease.

    The mean and SD are those of the change in one year, or, for a recovery, of all that comes back. They are written as the measure
    runs: -12 heel rises a year is a loss, and so are +3 s in a walking test. SD between people, not the error of the mean.
    """

    id: str
    mean: float
    sd: float
    share: bool = False
    """Mean and SD are shares of the value, taken at the middle of the series: -0.04 is a loss of 4 %."""
    shape: BandShape = BandShape.LINEAR
    time_constant_years: float = 0.0
    """Of a recovery: by then 63 % of it has come. [years]"""
    ref: str = "consensus"
    at: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and self.sd >= 0):
            raise OutOfRange(f"{self.id}: the mean must be a number and the SD 0 or more.")
        if (self.shape is BandShape.RECOVERY) != (self.time_constant_years > 0):
            raise OutOfRange(f"{self.id}: a recovery needs a time constant above 0, and no other course has one.")
        if self.shape is BandShape.EXPONENTIAL and not (self.share and self.mean > -1):
            raise OutOfRange(f"{self.id}: an exponential course is told as a share a year above -1.")


@dataclass(frozen=True)
class BandFit:
    """How a band fits."""

    band: CourseBand
    log_likelihood: float
    """Marginal: the logarithm of the probability of the series under the band, everything unknown integrated out."""
    decibans: float
    """Against what would be thought of anybody: 10 x log10 of the ratio, no more than `CAP_DECIBANS` either way."""


def weigh_bands(series: Series, bands: Iterable[CourseBand], *, since: date | None = None, prior: Prior = DEFAULT) -> tuple[BandFit, ...]:
    """Weigh every band against the courses that anybody may have.

    Args:
        series: Of at least one point; one day alone weighs nothing.
        bands: Courses of the same measure.
        since: When a recovery began; the first day if nothing is said.
        prior: The courses of anybody.

    Returns:
        In the order of the bands. Two bands are compared by the difference of their decibans.
    """
    seen = observe(series)
    frame = frame_of(series.measure, seen, prior)
    errors = errors_tried(seen, series.measure.sem_spread, ERRORS)
    anybody = posterior(series.measure, seen, prior).log_evidence
    start = seen.year(since) if since else 0.0
    beside = nuisance(frame, seen)
    result = []
    for band in bands:
        column, mean, sd = _course(band, seen, start)
        design = np.concatenate([np.ones((len(column), 1)), column[:, None], beside], axis=1)[None]
        ways = []
        for share, learned, learned_sd in frame.learning:
            means = np.array([[frame.level, mean, learned, *([0.0] * frame.aids)]])
            sds = np.array([[LEVEL_SD, max(sd, LEAST_SD), learned_sd, *([AID_SD] * frame.aids)]])
            ways.append(fit_with(errors, design, means, sds, seen).log_evidence + math.log(share))
        log_likelihood = log_sum_exp(np.concatenate(ways))
        decibans = 10 / math.log(10) * (log_likelihood - anybody) if len(seen.occasions) > 1 else 0.0
        result.append(BandFit(band, log_likelihood, float(np.clip(decibans, -CAP_DECIBANS, CAP_DECIBANS))))
    return tuple(result)


def _course(band: CourseBand, seen: Observations, start: float) -> tuple[Array, float, float]:
    """The column of a band, and mean and SD of its coefficient in SEMs."""
    scale = seen.scale
    years = seen.years
    level = float(scale.outer(float(np.median(np.where(np.isfinite(seen.low), seen.low, seen.high)))))
    if scale.measure.log_scale:
        share = band.mean if band.share else band.mean / level
        spread = band.sd if band.share else band.sd / level
        mean, sd = math.log(max(1 + share, 1e-3)), spread / max(1 + share, 1e-3)
    else:
        mean, sd = (band.mean * level, band.sd * level) if band.share else (band.mean, band.sd)
    mean, sd = scale.measure.sign * mean / scale.error, sd / scale.error
    late = np.maximum(years - start, 0.0)
    if band.shape is BandShape.RECOVERY:
        return np.asarray(1 - np.exp(-late / band.time_constant_years)), mean, sd
    if band.shape is BandShape.EXPONENTIAL and not scale.measure.log_scale:
        rate = math.log1p(band.mean)
        # Linear in the loss a year, with the bend of the mean: steep at first, flat later.
        return np.asarray(np.expm1(rate * years) / rate if rate else years), mean, sd
    return years, mean, sd
