"""Norms against the tables and equations they come from, and worked sums of percentiles."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soleus.domain.errors import OutOfRange
from soleus.domain.measure import Amount, Better, Measure, MeasureKind
from soleus.domain.norm import Norm, NormEquation, NormRow, Physique, Spread
from soleus.domain.support import Support
from soleus.knowledge_store import open_measures
from soleus.trends.norms import ageing_per_year, joins, peers, standing

SOURCE = Support(estimate="for a test")


def measure(id_: str):
    return open_measures()[id_]


def stands(id_: str, person: Physique, value: float):
    entry = measure(id_)
    found = standing(entry, entry.norms, person, value)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("age", "sex", "median"),
    [(20, "male", 37), (29.9, "male", 37), (45, "male", 28), (60, "male", 19), (79, "male", 14), (35, "female", 27), (72, "female", 16)],
)
def test_heel_rises_expected_as_in_the_table_of_medians(age, sex, median):
    """Hébert-Losier and others 2017, medians by age and sex."""
    assert stands("heel-rise", Physique(age, sex), 10).expected == pytest.approx(median)


def test_women_over_70_do_more_heel_rises_than_men():
    """As the abstract of Hébert-Losier 2017 says."""
    assert stands("heel-rise", Physique(75, "female"), 10).expected > stands("heel-rise", Physique(75, "male"), 10).expected


def test_percentile_of_twelve_heel_rises_at_55():
    # median 23, SD 40 %: SD of the logarithm sqrt(ln 1.16) = 0.3853; ln(12/23) = -0.6506; z = -1.689: 4.6 % do worse
    assert stands("heel-rise", Physique(55, "male"), 12).percentile == pytest.approx(4.57, abs=0.05)


def test_six_minute_walk_by_enright_and_sherrill():
    # 7.57 x 175 - 5.02 x 60 - 1.76 x 80 - 309 = 573.75 m; lower limit 153 m less
    man = stands("six-minute-walk", Physique(60, "male", 175, 80), 573.75 - 153)
    assert man.expected == pytest.approx(573.75)
    assert man.lower_limit == pytest.approx(420.75)
    assert man.percentile == pytest.approx(5.0, abs=0.01)
    # 2.11 x 162 - 2.29 x 65 - 5.78 x 60 + 667 = 513.17 m; lower limit 139 m less
    woman = stands("six-minute-walk", Physique(60, "female", 162, 65), 513.17)
    assert woman.expected == pytest.approx(513.17)
    assert woman.lower_limit == pytest.approx(374.17)
    assert woman.percentile == pytest.approx(50)


def test_six_minute_walk_of_the_young_by_britto():
    # age 30, 175 cm, 70 kg: BMI 22.857; 890.46 - 183.3 + 31.05 + 48.87 - 111.31 = 675.77 m
    assert stands("six-minute-walk", Physique(30, "male", 175, 70), 600).expected == pytest.approx(675.77, abs=0.01)


def test_quartiles_of_the_chair_stand():
    """Rikli and Jones 1999: women of 70 to 74 years, 10 to 15 stands."""
    woman = Physique(72, "female")
    assert stands("chair-stand-30s", woman, 10).percentile == pytest.approx(25)
    assert stands("chair-stand-30s", woman, 15).percentile == pytest.approx(75)
    assert stands("chair-stand-30s", woman, 12.5).percentile == pytest.approx(50)
    # one SD is (15 - 10) / 1.349 = 3.706 stands; 8 stands are -1.214 SD: 11.2 %
    assert stands("chair-stand-30s", woman, 8).percentile == pytest.approx(11.24, abs=0.05)


def test_where_less_is_better_slow_is_a_low_percentile():
    # mean 9.2 s, SD 18 %: SD of the logarithm 0.1786; ln(12/9.2) = 0.2657; z = 1.488: 93.2 % are faster
    found = stands("timed-up-and-go", Physique(74), 12)
    assert found.expected == pytest.approx(9.2)
    assert found.percentile == pytest.approx(6.84, abs=0.05)
    assert found.lower_limit > found.expected > found.upper_limit


@pytest.mark.parametrize(
    ("age", "sex", "mean"),
    [(25, "male", 1.36), (44, "female", 1.39), (65, "male", 1.34), (78, "female", 1.13), (85, "male", 0.97), (99, "female", 0.94)],
)
def test_walking_speed_as_in_the_table_of_bohannon_and_andrews(age, sex, mean):
    assert stands("gait-speed-10m", Physique(age, sex), 1.0).expected == pytest.approx(mean)


def test_one_percentile_of_a_source_comes_back():
    """Monteiro and others 2017: 25th percentile of men in their thirties, 62.75 rises on both legs."""
    assert stands("bilateral-heel-rise", Physique(33, "male"), 62.75).percentile == pytest.approx(25, abs=0.01)


def test_steps_between_the_middles_of_four_quarters():
    """Paluch and others 2022: 5,801 is the middle of the second quarter, 37.5 %."""
    assert stands("daily-steps", Physique(50), 5801).percentile == pytest.approx(37.5)


def test_low_grip_of_men_is_two_and_a_half_sd_under_the_peak():
    """Dodds 2014 and EWGSOP2: 27 kg of 51; a standard normal is below -2.5 in 0.62 %."""
    assert stands("grip", Physique(35, "male"), 27).percentile == pytest.approx(0.62, abs=0.01)


@pytest.mark.parametrize("person", [Physique(), Physique(55), Physique(15, "male"), Physique(95, "male")])
def test_no_norm_for_whom_none_was_measured(person):
    entry = measure("heel-rise")
    assert standing(entry, entry.norms, person, 20) is None


def test_an_equation_needs_its_variables():
    entry = measure("six-minute-walk")
    assert peers(entry.norms, Physique(60, "male", height_cm=175)) is None


def test_percentiles_never_claim_more_than_a_table_can():
    assert stands("heel-rise", Physique(55, "male"), 0).percentile == 0.1
    assert stands("heel-rise", Physique(55, "male"), 300).percentile == 99.9


def test_ageing_is_read_from_the_norm():
    # (23 - 19) / 10 rises a year about 60; 5.02 m a year by the equation of men
    heel, walk, speed = measure("heel-rise"), measure("six-minute-walk"), measure("gait-speed-10m")
    for entry, person, loss in (
        (heel, Physique(60, "male"), 0.4),
        (walk, Physique(60, "male", 175, 80), 5.02),
        (speed, Physique(30, "male"), 0.0),  # from 1.36 to 1.43: no loss
    ):
        found = ageing_per_year(entry, entry.norms, person)
        assert found is not None
        assert found.value == pytest.approx(loss)
    assert ageing_per_year(heel, heel.norms, Physique(22, "male")) is None


def test_ageing_of_times_is_a_loss_where_they_grow():
    # from 8.1 to 9.2 s over ten years
    entry = measure("timed-up-and-go")
    found = ageing_per_year(entry, entry.norms, Physique(70))
    assert found is not None
    assert found.value == pytest.approx(0.11)


PLAIN = Measure("m", "m", "u", MeasureKind.CONTINUOUS, Better.MORE, 0, 1000, sem=Amount(1))


def test_a_table_of_percentiles_is_joined_by_lines_and_a_tie_is_one_point():
    rows = (NormRow((0, 99), percentiles={10: 20, 50: 40, 90: 50, 95: 50}),)
    norm = Norm(SOURCE, "all", rows=rows)
    at = {v: found.percentile for v in (20, 30, 40, 50) if (found := standing(PLAIN, [norm], Physique(50), v)) is not None}
    assert at[20] == pytest.approx(10)
    assert at[30] == pytest.approx(100 * 0.5 * math.erfc(1.281552 / 2 / math.sqrt(2)))  # half-way in SDs
    assert at[40] == pytest.approx(50)
    assert at[50] == pytest.approx(90)


@given(
    age=st.floats(0, 110),
    sex=st.sampled_from(["male", "female", None]),
    height=st.floats(120, 210),
    weight=st.floats(35, 160),
    values=st.lists(st.floats(0, 1), min_size=2, max_size=2),
)
def test_a_better_value_is_never_at_a_lower_percentile(age, sex, height, weight, values):
    person = Physique(age, sex, height, weight)
    for entry in open_measures().values():
        low, high = entry.plausible
        found = [s for v in sorted(values) if (s := standing(entry, entry.norms, person, low + v * (high - low))) is not None]
        if not found:
            continue
        first, second = (f.percentile for f in found)
        assert 0 < first < 100
        assert first <= second if entry.better is Better.MORE else first >= second
        assert (found[0].upper_limit - found[0].lower_limit) * entry.sign > 0


@given(st.floats(-3, 3), st.floats(1, 80), st.floats(0.05, 0.6), st.booleans())
def test_value_and_share_are_each_others_inverse(z, median, cv, log_normal):
    norm = Norm(SOURCE, "all", rows=(NormRow((0, 99), percentiles={50: median}),), spread=Spread(SOURCE, cv=cv), log_normal=log_normal)
    alike = peers([norm], Physique(50))
    assert alike is not None
    assert alike.expected == pytest.approx(median)
    assert alike.share_below(alike.at(z)) == pytest.approx(100 * 0.5 * math.erfc(-z / math.sqrt(2)), abs=0.1)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: NormRow((60, 50), mean=3, sd=1), "young to old"),
        (lambda: NormRow((50, 60)), "either"),
        (lambda: NormRow((50, 60), mean=3, percentiles={50: 3}), "either"),
        (lambda: NormRow((50, 60), percentiles={25: 5, 75: 4}), "do not rise"),
        (lambda: NormRow((50, 60), percentiles={0: 5, 75: 6}), "1 to 99"),
        (lambda: NormRow((50, 60), percentiles={50: 5}, sd=1), "beside a `mean`"),
        (lambda: NormEquation((20, 80), 5, {}), "at least one"),
        (lambda: NormEquation((20, 80), 5, {"age": 1}, sd=1, fifth_percentile_less=2), "one follows"),
        (lambda: Spread(SOURCE), "either"),
        (lambda: Spread(SOURCE, sd=1, cv=1), "either"),
        (lambda: Norm(SOURCE, "all"), "either"),
        (lambda: Norm(SOURCE, "all", rows=(NormRow((20, 40), mean=1, sd=1), NormRow((40, 60), "male", mean=1, sd=1))), "overlap"),
        (lambda: Physique(age=-1), "outside"),
        (lambda: Physique(height_cm=1.75), "outside"),
    ],
)
def test_a_norm_that_cannot_be_is_refused(make, words):
    with pytest.raises(OutOfRange, match=words):
        make()


def test_a_body_mass_index_needs_both():
    assert Physique(height_cm=175, weight_kg=70).bmi == pytest.approx(22.857, abs=0.001)
    assert Physique(height_cm=175).bmi is None


JOINS = {
    "chair-stand-30s": [("chair-stand-india-40-60", 60, "rikli-jones-1999")],
    "five-times-sit-to-stand": [("klukowska-2021", 60, "bohannon-2006-ftsst")],
    "single-leg-stance": [("springer-2007", 60, "single-limb-stance-meta-2006")],
    "timed-up-and-go": [("kear-2017", 60, "bohannon-2006-tug")],
    "six-minute-walk": [("britto-2013", 40, "enright-sherrill-1998"), ("enright-sherrill-1998", 81, "britto-2013")],
}
"""Which study speaks up to which age, as the rows and equations of the catalogue say."""


@pytest.mark.parametrize("id_", open_measures())
def test_where_another_study_takes_over_is_known(id_):
    for sex in ("male", "female"):
        found = joins(measure(id_).norms, Physique(10, sex, 170, 70, 3), 110)
        assert [(j.before.norm.support.ref, j.age, j.after.norm.support.ref) for j in found] == JOINS.get(id_, [])


def test_no_join_is_told_to_people_far_from_it_or_of_unknown_age():
    norms = measure("five-times-sit-to-stand").norms
    assert joins(norms, Physique(50), 59.9) == ()
    assert joins(norms, Physique(60), 69) == ()
    assert len(joins(norms, Physique(59.9), 60)) == 1
    assert joins(norms, Physique(), 90) == ()
