"""The model against numerical integration, and against least squares."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest

from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Point, Series
from soleus.trends.fit import fit
from soleus.trends.mixture import Mixture
from soleus.trends.noise import BAD_DAY_SPREAD, BAD_DAYS, choices_of_bad_days, of_intervals, of_values
from soleus.trends.observations import Observations, observe
from soleus.trends.special import normal_cdf
from soleus.trends.usual_ways import error_of_slope, straight_line

DAY = date(2026, 1, 5)
HEEL_RISE = Measure("heel-rise", "heel rise", "repetitions", MeasureKind.COUNT, Better.MORE, 0, 200, Amount(2.3), floor=0)
MRC = Measure("mrc", "MRC", "steps", MeasureKind.ORDINAL, Better.MORE, 0, 5, Amount(0.4), grades=("0", "1", "2", "3", "4", "5"))
LEVEL = (7.0, 100.0)


def seen_of(measure: Measure, values: list[float], every: int = 20) -> Observations:
    return observe(Series(measure, Side.LEFT, tuple(Point(DAY + timedelta(days=i * every), v) for i, v in enumerate(values))))


def ours(seen: Observations, slope: tuple[float, float], *, bad_days: bool = True) -> tuple[float, float, float]:
    """Log evidence, mean and SD of the slope of a line; error known."""
    factors, log_chances = choices_of_bad_days(len(seen.years))
    if not bad_days:
        factors, log_chances = np.ones((1, len(seen.years))), np.zeros(1)
    h = len(factors)
    line = np.stack([np.ones(len(seen.years)), seen.years - seen.years.mean()], axis=1)
    mean, sd = (np.tile([a, b], (h, 1)) for a, b in zip(LEVEL, slope, strict=True))
    done = fit(np.tile(line, (h, 1, 1)), mean, sd, seen, factors * seen.spread)
    log_weights = done.log_evidence + log_chances
    total = np.logaddexp.reduce(log_weights)
    whole = Mixture(np.exp(log_weights - total), done.mean[:, 1], np.sqrt(done.covariance[:, 1, 1]))
    return float(total), whole.mean, whole.sd


def integrated(seen: Observations, slope: tuple[float, float]) -> tuple[float, float, float]:
    """The same by adding up a fine grid, without any approximation of the likelihood."""
    ends = np.where(np.isfinite(seen.low), seen.low, seen.high)
    levels = np.linspace(ends.min() - 14, ends.max() + 14, 700)
    slopes = np.linspace(slope[0] - 8 * slope[1], slope[0] + 8 * slope[1], 700)
    a, b = np.meshgrid(levels, slopes, indexing="ij")
    log_p = -0.5 * ((a - LEVEL[0]) / LEVEL[1]) ** 2 - 0.5 * ((b - slope[0]) / slope[1]) ** 2
    log_p -= math.log(2 * math.pi * LEVEL[1] * slope[1])
    for i, year in enumerate(seen.years - seen.years.mean()):
        level = a + b * year
        p = np.zeros_like(level)
        for share, sd in ((1 - BAD_DAYS, 1.0), (BAD_DAYS, BAD_DAY_SPREAD)):
            if seen.low[i] == seen.high[i]:
                p += share * np.exp(-0.5 * ((seen.low[i] - level) / sd) ** 2) / sd / math.sqrt(2 * math.pi)
            else:
                p += share * (normal_cdf((seen.high[i] - level) / sd) - normal_cdf((seen.low[i] - level) / sd))
        log_p += seen.weight[i] * np.log(np.maximum(p, 1e-300))
    top = log_p.max()
    p = np.exp(log_p - top)
    total = float(np.log(p.sum() * (levels[1] - levels[0]) * (slopes[1] - slopes[0])) + top)
    weight = p.sum(axis=0) / p.sum()
    mean = float(weight @ slopes)
    return total, mean, math.sqrt(float(weight @ (slopes - mean) ** 2))


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        (HEEL_RISE, [20, 19, 12]),
        (HEEL_RISE, [20, 4]),
        (HEEL_RISE, [20, 21, 19, 20, 8, 21, 20, 22]),
        (HEEL_RISE, [20, 21, 10, 20, 8, 21, 20, 22]),
        (HEEL_RISE, [6, 4, 3, 0, 0, 1, 0, 0]),
        (HEEL_RISE, [6, 0, 0, 0]),
        (MRC, [5, 5, 4, 4, 4, 3, 4, 3]),
        (MRC, [4, 4, 3]),
    ],
    ids=str,
)
@pytest.mark.parametrize("slope", [(0.0, 0.1), (-3.0, 6.0)], ids=["stable", "line"])
def test_evidence_and_slope_agree_with_numerical_integration(measure, values, slope):
    seen = seen_of(measure, values)
    log_evidence, mean, sd = ours(seen, slope)
    expected, expected_mean, expected_sd = integrated(seen, slope)
    assert log_evidence == pytest.approx(expected, abs=0.15)  # a Bayes factor off by less than a sixth
    assert mean == pytest.approx(expected_mean, abs=0.2 * expected_sd)
    assert sd == pytest.approx(expected_sd, rel=0.1)


def test_a_bad_day_at_the_edge_is_the_worst_case():
    # 12 after seven values about 20: bad day or not is open, and the posterior has two tops.
    seen = seen_of(HEEL_RISE, [20, 21, 19, 20, 22, 21, 20, 12])
    log_evidence, mean, _ = ours(seen, (-3.0, 6.0))
    expected, expected_mean, expected_sd = integrated(seen, (-3.0, 6.0))
    assert log_evidence == pytest.approx(expected, abs=0.2)
    assert mean == pytest.approx(expected_mean, abs=0.35 * expected_sd)


def test_with_known_error_and_no_prior_it_is_least_squares():
    values = [24.0, 22, 25, 21, 20, 19]
    seen = seen_of(HEEL_RISE, values)
    _, mean, sd = ours(seen, (0.0, 1e4), bad_days=False)
    slope, _ = straight_line(seen.years, np.array(values))
    assert mean * 2.3 == pytest.approx(slope, rel=1e-4)
    assert sd * 2.3 == pytest.approx(error_of_slope(2.3, 6, 100 / 365.25), rel=1e-4)


@pytest.mark.parametrize("mixed", [True, False])
def test_slopes_and_bends_of_the_likelihood_are_its_derivatives(mixed):
    levels = np.linspace(-9, 9, 37)[None]
    error = np.full(levels.shape, 0.8)
    low, high = np.full(37, -0.5), np.full(37, 0.7)
    step = 1e-4
    for function in (
        lambda x: of_values(x, low, error, mixed),
        lambda x: of_intervals(x, low, high, error, mixed),
        lambda x: of_intervals(x, np.full(37, -np.inf), high, error, mixed),
    ):
        _, slope, bend = function(levels)
        below, here, above = (function(levels + d)[0] for d in (-step, 0, step))
        assert slope == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-5)
        assert bend == pytest.approx(-(above - 2 * here + below) / step**2, rel=1e-2, abs=2e-3)


def test_choices_of_bad_days_by_hand():
    factors, log_chances = choices_of_bad_days(2)
    assert factors.tolist() == [[1, 1], [4, 1], [1, 4], [4, 4]]
    assert np.exp(log_chances).sum() == pytest.approx(1)
    assert np.exp(log_chances[0]) == pytest.approx((49 / 50) ** 2)


def test_quantiles_of_a_mixture():
    # Half at 0 and half at 10, both with SD 1: the median lies between, and 2.5 % below is 5 % of the lower half.
    both = Mixture(np.array([0.5, 0.5]), np.array([0.0, 10.0]), np.array([1.0, 1.0]))
    assert both.quantile(0.025) == pytest.approx(-1.6449, abs=1e-3)
    assert both.mean == 5
    assert both.sd == pytest.approx(math.sqrt(26))
