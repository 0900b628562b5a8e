"""Twelve weeks ahead, worked out by hand."""

from dataclasses import replace
from datetime import date

from soleus.care.dose import SideDose
from soleus.care.progression import twelve_weeks
from soleus.care.week import Planned, Session, Week
from soleus.domain.care import Endurance, Phase, Progress, Regimen, Strength
from soleus.domain.finding import Side
from soleus.domain.support import Review, Support
from soleus.knowledge_store import open_care

REGIMEN = Regimen(
    "r", "R", "", Support(estimate="test"), Review("none yet", date(2026, 1, 1), date(2027, 1, 1)),
    strength=Strength((2, 3), (2, 3), (8, 12), (4, 7)), progress=Progress("two-for-two", step_percent=(5, 10)),
)  # fmt: skip

ENDURING = replace(REGIMEN, aerobic=Endurance((1, 5), (10, 90), (3, 4)))


def walks(minutes: int) -> Week:
    walk = open_care().exercises["walk-level"]
    return Week((Session("mon", (Planned(walk, (SideDose(Side.BOTH, 1, minutes=minutes),), 4, 0, 60 * minutes),)),))


def test_two_for_two_adds_repetitions_then_load_and_rests_every_fourth_week():
    weeks = twelve_weeks(Week(()), REGIMEN, 10)
    assert [w.volume for w in weeks] == [1, 1, 1, 0.67, 1, 1, 1, 0.67, 1, 1, 1, 0.67]
    assert [w.repetitions_more for w in weeks] == [0, 0, 1, 0, 2, 0, 1, 0, 2, 0, 1, 0]
    # two learning weeks; then steps in weeks 3, 5, 6, 7, 9, 10, 11: every third step is 5 % more load
    assert [w.load_percent for w in weeks] == [100, 100, 100, 100, 100, 105, 105, 105, 105, 110, 110, 110]


def test_effort_stays_low_while_learning_and_never_above_the_hazard_limit():
    weeks = twelve_weeks(Week(()), REGIMEN, 5)
    assert weeks[0].effort_rpe == (4, 5)
    assert weeks[4].effort_rpe == (4, 5)


def test_no_progress_where_none_is_wanted():
    weeks = twelve_weeks(Week(()), replace(REGIMEN, progress=Progress("none")), 10)
    assert {(w.volume, w.repetitions_more, w.load_percent) for w in weeks} == {(1.0, 0, 100)}


def test_the_phase_of_a_tendon_programme_is_named_in_its_weeks():
    phases = (Phase("Two legs", (1, 3), "3 x 15"), Phase("One leg", (4, 12), "3 x 10", go_on_if="pain below 5"))
    weeks = twelve_weeks(Week(()), replace(REGIMEN, progress=Progress("phases", phases=phases)), 10)
    assert [w.phase for w in weeks] == ["Two legs"] * 3 + ["One leg"] * 9


def test_after_five_weeks_of_training_the_table_begins_in_week_six_and_in_its_phase():
    phases = (Phase("Two legs", (1, 3), "3 x 15"), Phase("One leg", (4, 8), "3 x 10"))
    weeks = twelve_weeks(Week(()), replace(REGIMEN, progress=Progress("phases", phases=phases)), 10, first=6)
    assert [w.week for w in weeks] == list(range(6, 18))
    assert {w.phase for w in weeks} == {"One leg"}
    assert [w.week for w in weeks if w.volume < 1] == [8, 12, 16]  # every fourth week of the programme is easy


def test_growth_is_counted_from_the_coming_week():
    weeks = twelve_weeks(Week(()), REGIMEN, 10, first=6)
    # steps after week 6 in weeks 7, 9, 10, 11, 13, 14, 15, 17: week 10 is the third of them
    assert [w.repetitions_more for w in weeks[:6]] == [0, 1, 0, 2, 0, 1]
    assert [w.load_percent for w in weeks[:6]] == [100, 100, 100, 100, 105, 105]


def test_in_an_easy_week_the_table_begins_with_what_is_printed_and_grows_from_the_usual_week():
    usual = walks(30)
    weeks = twelve_weeks(replace(walks(20), usual=usual), ENDURING, 10, first=4, volume=0.67)
    assert [w.volume for w in weeks[:5]] == [0.67, 1, 1, 1, 0.67]
    assert [w.aerobic_minutes for w in weeks[:3]] == [20, 30, 35]  # 30 min and 10 % more a week: 33 and 36, told in steps of five


def test_the_endurance_work_of_an_easy_week_is_cut_like_its_sets():
    # 60 min; weeks 2 and 3 take 10 % each: 66, 72; week 4 holds two thirds of 72, which is 48
    assert [w.aerobic_minutes for w in twelve_weeks(walks(60), ENDURING, 10)[:4]] == [60, 65, 70, 45]


def test_after_a_week_of_half_the_work_the_table_goes_on_from_the_usual_one():
    weeks = twelve_weeks(replace(walks(15), usual=walks(30)), ENDURING, 10, volume=0.5)
    assert [w.volume for w in weeks[:4]] == [0.5, 1, 1, 0.67]
    assert [w.aerobic_minutes for w in weeks[:2]] == [15, 30]
    assert "Less this week" in weeks[0].focus
