"""Several measures together, two sides, forecasts, published courses, when to measure, and the sentences."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Point, Series
from soleus.trends.bands import CAP_DECIBANS, BandShape, CourseBand, weigh_bands
from soleus.trends.course import Course
from soleus.trends.forecast import forecast, path
from soleus.trends.overall import overall, slope_of
from soleus.trends.plain import of_forecast, of_overall, sentences
from soleus.trends.planning import how_often, power
from soleus.trends.sides import compare_sides, index_beyond_error, symmetry_index
from soleus.trends.trend import Trend, trend

DAY = date(2026, 1, 5)
HEEL_RISE = Measure(
    "heel-rise", "heel rise", "repetitions", MeasureKind.COUNT, Better.MORE, 0, 200, Amount(2.3), ageing_per_year=Amount(0.45), floor=0
)
GAIT = Measure("gait-speed", "gait speed", "m/s", MeasureKind.CONTINUOUS, Better.MORE, 0, 3, Amount(0.068), mcid=Amount(0.1), floor=0)
TUG = Measure("tug", "timed up and go", "s", MeasureKind.CONTINUOUS, Better.LESS, 1, 300, Amount(0.9), floor=60)
WEEKS = np.arange(26)
_DRAWN = np.random.default_rng(11).normal(size=(4, 26))
# Luck without level or slope of its own, so that what is judged is what was drawn as truth.
LUCK = _DRAWN - np.array([np.polyval(np.polyfit(WEEKS, row, 1), WEEKS) for row in _DRAWN])


def judged(truth: np.ndarray, measure: Measure = HEEL_RISE, side: Side = Side.LEFT, luck: int = 0, every: int = 7) -> Trend:
    return trend(measured(truth, measure, side, luck, every))


def measured(truth: np.ndarray, measure: Measure = HEEL_RISE, side: Side = Side.LEFT, luck: int = 0, every: int = 7) -> Series:
    values = np.clip(truth + measure.sem.value * LUCK[luck], measure.lowest, measure.highest)
    return Series(measure, side, tuple(Point(DAY + timedelta(days=every * i), float(v)) for i, v in enumerate(values)))


STILL = np.full(26, 24.0)
FALLING = 24 - 8 * WEEKS / 25


def test_symmetry_index_beyond_error_as_in_the_dossier():
    # Evidence dossier 1.14: with 25 rises on the stronger side below 75 %, with 15 below 58 % (1 - 6.3 / n).
    assert index_beyond_error(25, 6.3) == pytest.approx(75, abs=0.5)
    assert index_beyond_error(15, 6.3) == pytest.approx(58, abs=0.5)


def test_symmetry_index_by_hand():
    # Fieller with sd 1 and 1 of 15 and 20: g = (1.96 / 20)^2 = 0.0096; half-width 1.96 / 20 x sqrt(1 - g + 0.5625) = 0.1221.
    found = symmetry_index(15, 1, 20, 1)
    g = 0.009604
    half = 0.098 * math.sqrt(1 - g + 0.5625)
    assert found.index == 75
    assert found.low == pytest.approx(100 * (0.75 - half) / (1 - g), abs=0.01)
    assert found.high == pytest.approx(100 * (0.75 + half) / (1 - g), abs=0.01)
    # 90 % of 20 is 18: 3 away, with an error of sqrt(1 + 0.81).
    assert found.probability_uneven == pytest.approx(0.5 * (1 + math.erf(3 / math.sqrt(1.81) / math.sqrt(2))))


def test_symmetry_interval_holds_the_truth_in_95_of_100():
    rng = np.random.default_rng(2)
    weak, strong = 15 + rng.normal(size=4000), 20 + rng.normal(size=4000)
    found = [symmetry_index(w, 1, s, 1) for w, s in zip(weak, strong, strict=True)]
    held = sum(f.low <= 75 <= f.high for f in found if f.low is not None and f.high is not None) / len(found)
    assert held == pytest.approx(0.95, abs=0.01)


def test_nothing_to_divide_by():
    with pytest.raises(OutOfRange, match="no strength"):
        symmetry_index(0, 1, 0, 1)
    assert symmetry_index(1, 1, 1.5, 1).low is None


def test_the_weaker_side_is_named_only_when_sure():
    left, right = judged(STILL - 12), judged(STILL, side=Side.RIGHT, luck=1)
    found = compare_sides(left, right)
    assert found.weaker is Side.LEFT
    assert found.difference.low < -12 < found.difference.high
    assert found.symmetry is not None
    assert found.symmetry.index == pytest.approx(50, abs=8)
    assert compare_sides(judged(STILL), judged(STILL, side=Side.RIGHT, luck=1)).weaker is None
    with pytest.raises(OutOfRange, match="cannot be compared"):
        compare_sides(left, judged(STILL / 24, GAIT))


def test_of_seconds_the_slower_side_is_the_weaker():
    found = compare_sides(judged(STILL, TUG), judged(STILL - 12, TUG, Side.RIGHT, 1))
    assert found.weaker is Side.LEFT
    assert found.difference.value > 0
    assert found.symmetry is not None
    assert found.symmetry.index < 60


def test_slopes_of_all_measures_are_one_currency():
    # -8 repetitions in 175 days are -16.7 a year, or 2.6 smallest important changes (6.4) a year.
    found = slope_of(judged(FALLING))
    assert found is not None
    assert found.value == pytest.approx(-16.7 / 6.375, abs=2 * found.error)
    assert slope_of(trend(Series(HEEL_RISE, Side.LEFT, (Point(DAY, 20),)))) is None


def test_two_weak_signs_are_more_than_one():
    slight = 24 - 3 * WEEKS / 25
    one = judged(slight, luck=1)
    other = judged(1.2 - 0.09 * WEEKS / 25, GAIT, Side.BOTH, 2)
    together = overall([one, other])
    assert together.probability_of_real_decline > max(0.5, one.probability_of_real_decline, other.probability_of_real_decline) - 0.02
    assert set(together.leading) <= {one, other}


def test_one_falling_leg_is_not_hidden_by_the_other():
    left, right = judged(FALLING), judged(STILL, side=Side.RIGHT, luck=1)
    found = overall([left, right])
    assert found.probability_of_real_decline > 0.9
    assert found.course is Course.PROGRESSIVE
    assert found.of_side[Side.LEFT] > 0.9
    assert found.of_side[Side.RIGHT] < 0.5
    assert found.leading[0] is left


def test_nobody_changes():
    found = overall([judged(STILL), judged(STILL, side=Side.RIGHT, luck=1), judged(STILL / 20, GAIT, Side.BOTH, 2)])
    assert found.probability_of_real_decline < 0.3
    assert found.course in (Course.STABLE, Course.TOO_FEW)


def test_five_measures_of_one_leg_are_not_five_witnesses():
    slight = judged(24 - 3 * WEEKS / 25, luck=1)
    same = [replace(slight, measure=replace(HEEL_RISE, id=f"m{i}")) for i in range(5)]
    five = overall(same)
    independent = 1 - (1 - slight.probability_of_real_decline) ** 5
    assert five.probability_of_real_decline < independent


def test_one_series_alone_is_its_own_judgement():
    only = judged(FALLING)
    assert overall([only]).probability_of_real_decline == only.probability_of_real_decline
    with pytest.raises(OutOfRange, match="No trend"):
        overall([])


def test_a_steady_fall_reaches_its_threshold_when_a_line_does():
    # 30 repetitions falling 10 a year for two years: 5 are left half a year later.
    found = trend(
        Series(
            HEEL_RISE,
            Side.LEFT,
            tuple(Point(DAY + timedelta(days=28 * i), round(30 - 10 * 28 * i / 365.25 + LUCK[0, i])) for i in range(26)),
        )
    )
    told = forecast(found, 5)
    assert told.likeliest is not None
    truth = DAY + timedelta(days=round(2.5 * 365.25))
    assert abs((told.likeliest - truth).days) < 60
    early, late = told.between80
    assert early is not None
    assert late is not None
    assert early < truth < late
    assert told.probability_within[6] < told.probability_within[12] < told.probability_within[24]
    assert "reached about" in of_forecast(found, told)


def test_what_is_not_expected_has_no_date():
    told = forecast(judged(STILL), 1, 3)
    assert told.likeliest is None
    assert told.probability_within_horizon < 0.2
    assert of_forecast(judged(STILL), told).startswith("A fall to 1 repetition is not expected within 3 years (chance ")


def test_what_is_reached_already_says_so():
    found = judged(STILL - 22)
    told = forecast(found, 5)
    assert told.probability_now > 0.5
    assert of_forecast(found, told) == "Probably at or below 5 repetitions already."


def test_no_forecast_of_the_impossible():
    with pytest.raises(OutOfRange, match="nothing that"):
        forecast(judged(STILL), 900)
    with pytest.raises(OutOfRange, match="nothing that"):
        forecast(judged(STILL), 1, 0)


def test_a_band_to_draw_widens_into_the_future():
    band = path(judged(FALLING), 0.5, 8)
    widths = [e.high - e.low for e in band.levels]
    assert len(band.days) == 9
    assert band.days[0] == DAY
    assert widths[-1] > widths[5] > widths[2]
    assert all(0 <= e.low <= e.value <= e.high for e in band.levels)


ALS = CourseBand("als", -12, 5)
AGEING = CourseBand("ageing", -0.45, 0.3)
MYOSITIS = CourseBand("ibm", -0.045, 0.02, share=True, shape=BandShape.EXPONENTIAL)
HEALING = CourseBand("healing", 10, 4, shape=BandShape.RECOVERY, time_constant_years=0.3)


def test_each_course_is_known_by_its_band():
    years = WEEKS * 7 / 365.25
    for truth, best in ((24 - 12 * years, ALS), (24 - 0.45 * years, AGEING), (10 + 10 * (1 - np.exp(-years / 0.3)), HEALING)):
        fits = {f.band.id: f.decibans for f in weigh_bands(measured(truth), (ALS, AGEING, HEALING))}
        assert max(fits, key=lambda k: fits[k]) == best.id
        assert all(-CAP_DECIBANS <= d <= CAP_DECIBANS for d in fits.values())


def test_log_likelihood_of_a_band_by_hand():
    # Two values, usual days, known error: jointly normal. Level 100 SEM wide, slope N(-12, 5²) a year over half a year.
    exact = replace(HEEL_RISE, sem_spread=1e-3, ageing_per_year=None)
    series = Series(exact, Side.LEFT, (Point(DAY, 20), Point(DAY + timedelta(days=183), 15)))
    (found,) = weigh_bands(series, [ALS])
    half = 183 / 365.25
    x = np.array([[1, 0], [1, half]])
    centre = (20 + 15) / 2
    covariance = 2.3**2 * np.eye(2) + x @ np.diag([(100 * 2.3) ** 2, 25]) @ x.T
    rest = np.array([20, 15]) - x @ np.array([centre, -12])
    usual = -0.5 * rest @ np.linalg.solve(covariance, rest) - 0.5 * np.linalg.slogdet(covariance)[1] - math.log(2 * math.pi)
    usual += 2 * math.log(2.3)  # a density in SEMs instead of repetitions
    # Both days usual has probability (49/50)²; bad days add a little.
    assert found.log_likelihood == pytest.approx(usual, abs=0.1)


def test_one_day_tells_no_course():
    (found,) = weigh_bands(Series(HEEL_RISE, Side.LEFT, (Point(DAY, 20),)), [ALS])
    assert found.decibans == 0


def test_seconds_rise_when_somebody_grows_slower():
    slower = CourseBand("slower", 6, 2)
    faster = CourseBand("faster", -6, 2)
    fits = weigh_bands(measured(10 + 6 * WEEKS * 7 / 365.25, TUG), (slower, faster))
    assert fits[0].decibans > 5 > -5 > fits[1].decibans


@pytest.mark.parametrize(
    "what",
    [
        lambda: CourseBand("x", -1, -1),
        lambda: CourseBand("x", 1, 1, shape=BandShape.RECOVERY),
        lambda: CourseBand("x", -1, 1, shape=BandShape.EXPONENTIAL),
    ],
)
def test_bands_that_cannot_be_are_refused(what):
    with pytest.raises(OutOfRange):
        what()


def test_more_measurements_and_larger_losses_are_found_more_often():
    def found(loss: float, every: int) -> float:
        return power(HEEL_RISE, level=24, loss_per_year=loss, every_days=every, for_days=182, rng=np.random.default_rng(4), simulations=60)

    assert found(16, 7) > found(16, 91)
    assert found(16, 28) > found(4, 28)
    with pytest.raises(OutOfRange, match="at least two"):
        found(4, 400)


def test_how_often_to_measure_for_a_large_loss():
    every, reached = how_often(HEEL_RISE, level=24, loss=12, within_days=182, rng=np.random.default_rng(5), simulations=60)
    assert every is not None
    assert every >= 14
    assert reached >= 0.9
    none, too_little = how_often(HEEL_RISE, level=24, loss=0.5, within_days=28, rng=np.random.default_rng(5), simulations=20)
    assert none is None
    assert too_little < 0.9


def test_sentences_say_what_was_found_and_no_more():
    falling = " ".join(sentences(judged(FALLING)))
    assert "getting worse" in falling
    assert "left side" in falling
    assert "a year" in falling
    still = " ".join(sentences(judged(STILL)))
    assert "staying about the same" in still
    assert "could have gone unseen" in still
    assert of_overall(overall([judged(FALLING), judged(FALLING, side=Side.RIGHT, luck=1)]), 2).startswith(
        "All 2 series together: getting worse"
    )


def test_the_study_names_the_courses_as_they_are_called_today():
    page = (Path(__file__).parents[2] / "docs" / "reference" / "trend-study.md").read_text(encoding="utf-8")
    table = page.partition("## Which course\n")[2].partition("\n## ")[0]
    head = next(line for line in table.splitlines() if line.startswith("| truth"))
    assert [cell.strip() for cell in head.split("|")[2:-1]] == [course.value for course in Course]
