"""Laws of the trends: what must not matter, and what must only ever push one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Point, Series
from soleus.trends.course import LIKELY
from soleus.trends.fit import fit
from soleus.trends.observations import observe
from soleus.trends.overall import overall
from soleus.trends.special import normal_cdf
from soleus.trends.trend import Trend, trend

DAY = date(2026, 1, 5)
PLAIN = Measure(
    "plain", "a measure", "units", MeasureKind.CONTINUOUS, Better.MORE, -1e6, 1e6, Amount(2.0), ageing_per_year=Amount(0.4), mcid=Amount(5)
)
MIRRORED = replace(PLAIN, better=Better.LESS)
FEW = settings(max_examples=25, deadline=None)

values_of = st.lists(st.integers(-20, 20).map(lambda x: 30 + x / 2), min_size=1, max_size=14)
steps_of = st.lists(st.integers(0, 60), min_size=14, max_size=14)


def series_of(values: list[float], steps: list[int], measure: Measure = PLAIN, start: date = DAY) -> Series:
    days = np.cumsum([0, *steps[: len(values) - 1]])
    return Series(measure, Side.LEFT, tuple(Point(start + timedelta(days=int(d)), v) for d, v in zip(days, values, strict=True)))


def numbers(found: Trend) -> list[float]:
    return [
        found.probability_of_real_decline,
        found.probability_of_real_improvement,
        found.probability_of_important_decline,
        found.own_error,
        *(found.courses[c] for c in sorted(found.courses)),
    ]


@FEW
@given(values_of, steps_of, st.integers(-20_000, 20_000))
def test_when_it_all_happened_is_nothing(values, steps, later):
    here = trend(series_of(values, steps))
    there = trend(series_of(values, steps, start=DAY + timedelta(days=later)))
    assert numbers(here) == numbers(there)
    assert here.course is there.course
    assert [(t.on - here.first, t.kind) for t in here.turns] == [(t.on - there.first, t.kind) for t in there.turns]


@FEW
@given(values_of, steps_of, st.randoms(use_true_random=False))
def test_the_order_of_the_points_is_nothing(values, steps, dice):
    series = series_of(values, steps)
    points = list(series.points)
    dice.shuffle(points)
    assert numbers(trend(series)) == pytest.approx(numbers(trend(replace(series, points=tuple(points)))), abs=1e-9)


@FEW
@given(values_of, steps_of)
def test_seconds_mirror_repetitions(values, steps):
    more = trend(series_of(values, steps))
    less = trend(series_of([-v for v in values], steps, MIRRORED))
    assert numbers(more) == pytest.approx(numbers(less), abs=1e-9)
    assert more.level_now.value == pytest.approx(-less.level_now.value)
    assert (more.change.low, more.change.high) == pytest.approx((-less.change.high, -less.change.low))


@FEW
@given(values_of, steps_of, st.sampled_from([0.001, 0.5, 60.0]))
def test_the_unit_is_nothing(values, steps, factor):
    other = replace(PLAIN, sem=Amount(2 * factor), ageing_per_year=Amount(0.4 * factor), mcid=Amount(5 * factor), lowest=-1e9, highest=1e9)
    here = trend(series_of(values, steps))
    there = trend(series_of([v * factor for v in values], steps, other))
    assert numbers(here) == pytest.approx(numbers(there), abs=1e-6)
    assert there.level_now.value == pytest.approx(here.level_now.value * factor, rel=1e-6)
    assert there.change.low == pytest.approx(here.change.low * factor, abs=1e-4 * factor)


@FEW
@given(values_of, steps_of, st.integers(-100, 100))
def test_the_zero_of_the_scale_is_nothing(values, steps, more):
    here = trend(series_of(values, steps))
    there = trend(series_of([v + more for v in values], steps))
    assert numbers(here) == pytest.approx(numbers(there), abs=1e-6)


@FEW
@given(values_of, steps_of)
def test_intervals_hold_their_estimates_and_probabilities_are_probabilities(values, steps):
    found = trend(series_of(values, steps))
    assert all(-1e-12 <= p <= 1 + 1e-12 for p in numbers(found)[:3])
    assert sum(found.courses.values()) == pytest.approx(1)
    assert found.probability_of_real_decline + found.probability_of_real_improvement <= 1 + 1e-9
    for estimate in (found.level_now, found.change, found.slope_per_year):
        assert estimate is None or estimate.low <= estimate.high
    assert found.not_excluded >= 0


def chance_of_a_falling_slope(values: list[float], days: list[int], below: float = 0.0) -> float:
    """P(slope < below) in the line with known error and no bad days: the linear core of the model."""
    seen = observe(Series(PLAIN, Side.LEFT, tuple(Point(DAY + timedelta(days=d), v) for d, v in zip(days, values, strict=True))))
    line = np.stack([np.ones(len(days)), seen.years - seen.years[:1]], axis=1)[None]
    done = fit(line, np.array([[15.0, 0.0]]), np.array([[100.0, 6.0]]), seen, seen.spread[None])
    return float(normal_cdf((below - done.mean[0, 1]) / np.sqrt(done.covariance[0, 1, 1])))


few_values = st.lists(st.floats(20, 40), min_size=2, max_size=6)


@settings(max_examples=100, deadline=None)
@given(few_values, st.floats(0, 30))
def test_a_worse_last_value_never_lowers_the_chance_of_decline_in_the_linear_core(values, worse):
    """With known error. Under bad days it does not hold without limit, and should not: see the next two."""
    days = [i * 30 for i in range(len(values))]
    lower = [*values[:-1], values[-1] - worse]
    assert chance_of_a_falling_slope(lower, days) >= chance_of_a_falling_slope(values, days) - 1e-12


@settings(max_examples=100, deadline=None)
@given(few_values.filter(lambda v: len(v) < 6), st.floats(0, 30))
def test_one_more_value_at_or_below_the_line_never_lowers_a_chance_above_one_half(values, worse):
    """Above one half, because a value right on the line also makes the slope surer: a chance below one half may then fall further."""
    days = [i * 30 for i in range(len(values))]
    before = chance_of_a_falling_slope(values, days)
    if before < 0.5:
        return
    seen_years = np.array([*days, days[-1] + 30]) / 365.25
    slope, level = np.polyfit(seen_years[:-1], values, 1)
    # The prior pulls the model's line flatter than least squares; the lower of the two is below both.
    foreseen = min(level + slope * seen_years[-1], float(np.mean(values)), values[-1]) - worse
    after = chance_of_a_falling_slope([*values, foreseen], [*days, days[-1] + 30])
    assert after >= before - 1e-9


@FEW
@given(st.integers(0, 10_000), st.integers(8, 20))
def test_a_last_value_worse_by_up_to_two_errors_pushes_towards_decline(seed, n):
    """In the full model; beyond that it becomes a bad day. The search and the bad days are not smooth, hence the tolerance."""
    rng = np.random.default_rng(seed)
    values = (30 + 2 * rng.normal(size=n)).tolist()
    values[-1] = 30.0
    steps = [14] * 20
    chances = [trend(series_of([*values[:-1], 30 - d], steps)).probability_of_real_decline for d in (0.0, 2.0, 4.0)]
    assert chances[0] <= chances[1] + 0.03
    assert chances[1] <= chances[2] + 0.03


@FEW
@given(st.integers(0, 10_000), st.integers(10, 25), st.floats(12, 60))
def test_one_bad_day_makes_no_alarm(seed, n, worse):
    rng = np.random.default_rng(seed)
    values = (30 + 2 * rng.normal(size=n)).tolist()
    steps = [7] * 30
    before = trend(series_of(values, steps)).probability_of_real_decline
    after = trend(series_of([*values, 30 - worse], steps)).probability_of_real_decline
    assert after < LIKELY or before > 0.45
    assert after < before + 0.25


@FEW
@given(values_of.filter(lambda v: len(v) > 2), steps_of)
def test_the_order_of_the_series_is_nothing(values, steps):
    steps = [s + 1 for s in steps]
    one, two = trend(series_of(values, steps)), trend(series_of(values[::-1], steps))
    three = replace(trend(series_of(values, steps)), side=Side.RIGHT)
    here, there = overall([one, two, three]), overall([three, one, two])
    assert here.probability_of_real_decline == pytest.approx(there.probability_of_real_decline, abs=1e-9)
    assert here.course is there.course
