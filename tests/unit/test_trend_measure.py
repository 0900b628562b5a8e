"""Measures, points and series: what is refused, and how they come to the scale of the model."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Point, Series, series_of
from soleus.trends.observations import MOST_WINDOWS, SAME_DAY_SHARE, observe
from soleus.trends.usual_ways import (
    error_of_slope,
    mdc95_of_sem,
    months_until_seen,
    reliable_change_index,
    sem_of_limits,
    slope_since_onset,
)

DAY = date(2026, 1, 5)
HEEL_RISE = Measure("heel-rise", "heel rise", "repetitions", MeasureKind.COUNT, Better.MORE, 0, 200, Amount(2.3), floor=0)
TUG = Measure("tug", "timed up and go", "s", MeasureKind.CONTINUOUS, Better.LESS, 1, 300, Amount(0.9), floor=60)
FORCE = Measure("force", "force", "N", MeasureKind.CONTINUOUS, Better.MORE, 0, 900, Amount(0.1, share=True), floor=5, log_scale=True)
MRC = Measure("mrc", "MRC", "steps", MeasureKind.ORDINAL, Better.MORE, 0, 5, Amount(0.4), grades=("0", "1", "2", "3", "4", "5"))


def series(measure: Measure, *values: float | None, every: int = 7) -> Series:
    points = (Point(DAY + timedelta(days=i * every), v, unable=v is None) for i, v in enumerate(values))
    return Series(measure, Side.LEFT, tuple(points))


def test_mdc95_follows_from_the_published_limits_of_agreement():
    # Evidence dossier 1.2: limits about ±6.35, SD of differences 3.24, SEM 2.3, MDC95 6.3 (6.35 before rounding).
    assert pytest.approx(3.24, abs=0.005) == 6.35 / 1.96
    assert sem_of_limits(6.35) == pytest.approx(2.3, abs=0.05)
    assert mdc95_of_sem(sem_of_limits(6.35)) == pytest.approx(6.35)
    assert HEEL_RISE.mdc95_at(24) == pytest.approx(1.96 * math.sqrt(2) * 2.3)


def test_three_test_days_in_a_week_bring_the_error_down_by_root_three():
    # Evidence dossier 2.1: SEM 1.3, MDC95 3.7.
    assert 2.3 / math.sqrt(3) == pytest.approx(1.3, abs=0.05)
    assert mdc95_of_sem(2.3 / math.sqrt(3)) == pytest.approx(3.7, abs=0.05)


@pytest.mark.parametrize(("loss", "monthly", "quarterly"), [(2, 20, 27), (5, 11, 15), (12, 6, 9), (24, 4, 6)], ids=lambda x: str(x))
def test_months_until_a_loss_of_heel_rises_is_seen(loss, monthly, quarterly):
    # Evidence dossier 2.2, a table derived from least squares with SEM 2.3.
    assert months_until_seen(loss, 1, 2.3) == monthly
    assert months_until_seen(loss, 3, 2.3) == quarterly


def test_error_of_a_slope_by_hand():
    # Three values at 0, 1 and 2 years: the sum of squares about the mean is 2.
    assert error_of_slope(2.0, 3, 2) == pytest.approx(2 / math.sqrt(2))


def test_reliable_change_index_of_jacobson_and_truax():
    # Their example (recalled): 47.5 before, 32.5 after, standard error of the difference 4.74: -3.16.
    assert reliable_change_index(47.5, 32.5, 4.74 / math.sqrt(2)) == pytest.approx(-3.16, abs=0.01)


def test_alsfrs_r_slope_since_onset():
    # (48 - score) / months: 36 points after 12 months is one point a month.
    assert slope_since_onset(36, 48, 12) == 1
    with pytest.raises(OutOfRange, match="needs time"):
        slope_since_onset(36, 48, 0)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda: Amount(-1), "no size"),
        (lambda: replace(HEEL_RISE, lowest=300), "not below"),
        (lambda: replace(HEEL_RISE, sem=Amount(0)), "does not exist"),
        (lambda: replace(HEEL_RISE, grades=("a", "b")), "ordinal"),
        (lambda: replace(HEEL_RISE, ceiling=900), "outside"),
        (lambda: replace(FORCE, floor=None), "logarithms"),
        (lambda: Point(DAY, None), "either a value"),
        (lambda: Point(DAY, 3, unable=True), "either a value"),
        (lambda: Point(DAY, math.nan), "not a number"),
        (lambda: series(HEEL_RISE, 201), "outside 0 to 200"),
        (lambda: series(MRC, 2.5), "rank of no grade"),
        (lambda: series(replace(HEEL_RISE, floor=None), 4, None), "no floor"),
        (lambda: MRC.rank("6"), "no grade"),
    ],
)
def test_what_cannot_be_is_refused_in_words(what, said):
    with pytest.raises(OutOfRange, match=said):
        what()


def test_sides_become_series_of_their_own():
    points = [Point(DAY, 9, Side.RIGHT), Point(DAY, 20, Side.LEFT), Point(DAY - timedelta(days=3), 10, Side.RIGHT)]
    left, right = series_of(HEEL_RISE, points)
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    assert [p.value for p in right.points] == [10, 9]


def test_a_level_goes_to_the_scale_of_the_model_and_back():
    for measure in (HEEL_RISE, TUG, FORCE):
        scale = observe(series(measure, 12, 14)).scale
        assert float(scale.outer(scale.inner(13.0))) == pytest.approx(13.0)
        assert scale.inner(13.0 + measure.sign) > scale.inner(13.0)


def test_unable_and_the_floor_say_this_or_worse():
    seen = observe(series(TUG, 20, None, 60))
    assert list(np.isinf(seen.low)) == [False, True, True]
    assert seen.high[1] == seen.high[2] == pytest.approx(seen.scale.inner(60))


def test_grades_are_intervals_and_the_ends_are_open():
    seen = observe(series(MRC, 0, 3, 5))
    assert (seen.low[0], seen.high[2]) == (-math.inf, math.inf)
    assert (seen.low[1] * 0.4, seen.high[1] * 0.4) == pytest.approx((2.5, 3.5))


def test_values_of_one_day_are_not_as_many_witnesses():
    # Two values of one day: the shared half of the variance stays, the other half is halved.
    seen = observe(Series(HEEL_RISE, Side.LEFT, (Point(DAY, 20), Point(DAY, 22))))
    assert len(seen.years) == 1
    assert seen.low[0] * 2.3 == pytest.approx(21)
    assert seen.spread[0] ** 2 == pytest.approx(SAME_DAY_SHARE + (1 - SAME_DAY_SHARE) / 2)


def test_two_thousand_days_become_windows():
    seen = observe(series(HEEL_RISE, *([20.0] * 2000), every=1))
    assert len(seen.years) == MOST_WINDOWS
    assert (seen.years.min() > 0, seen.span < 2000 / 365.25) == (True, True)


def test_a_share_is_taken_of_the_middle_of_the_series():
    seen = observe(series(replace(TUG, sem=Amount(0.1, share=True)), 10, 20, 30))
    assert seen.scale.error == pytest.approx(2.0)
