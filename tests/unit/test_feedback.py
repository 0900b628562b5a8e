"""What a log does to the coming week. Expected doses are worked out by hand from the rules of care/feedback.py's sources."""

from datetime import date, timedelta

import pytest

from soleus.care.feedback import feedback
from soleus.domain.care import Progress, Regimen, Rule, Strength
from soleus.domain.exercise import Dose
from soleus.domain.finding import Side
from soleus.domain.support import Review, Support
from soleus.domain.training_log import Done, LoggedSession, TrainingLog

TODAY = date(2026, 11, 22)
SUPPORT = Support(estimate="test")
REGIMEN = Regimen(
    id="general",
    name="General",
    lay="",
    support=SUPPORT,
    review=Review("none yet", date(2026, 1, 1), date(2027, 1, 1)),
    strength=Strength(days=(2, 3), sets=(2, 3), repetitions=(8, 12), effort_rpe=(5, 7)),
    progress=Progress("two-for-two", step_percent=(5, 10)),
)
NEUROMUSCULAR = Regimen(**{**REGIMEN.__dict__, "id": "nm", "pain_rule": "neuromuscular"})
RULES = {
    "pain-general": Rule("pain-general", "", "", SUPPORT, 3, "of 10"),
    "pain-neuromuscular": Rule("pain-neuromuscular", "", "", SUPPORT, 24, "h"),
    "traffic-light-amber": Rule("traffic-light-amber", "", "", SUPPORT, 5, "of 10"),
    "traffic-light-red": Rule("traffic-light-red", "", "", SUPPORT, 48, "h"),
    "regress-amber": Rule("regress-amber", "", "", SUPPORT, 30, "%"),
}
DOSES = {"heel-raise-single": Dose(sets=2, repetitions=10), "single-leg-stance": Dose(sets=2, repetitions=1, hold_s=20)}


def session(days_ago: int, *done: Done, **after: object) -> LoggedSession:
    return LoggedSession(TODAY - timedelta(days=days_ago), done, **after)  # type: ignore[arg-type]


def heel(side: Side, *sets: int, effort: float = 6, **more: object) -> Done:
    return Done("heel-raise-single", side, sets, effort_rpe=effort, **more)  # type: ignore[arg-type]


def test_no_log_changes_nothing():
    result = feedback(TrainingLog(), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume, result.stop, result.own_doses) == ("green", 1.0, None, {})


def test_two_extra_repetitions_in_two_sessions_bring_a_heavier_load_on_that_side_only():
    log = TrainingLog(
        (
            session(4, heel(Side.LEFT, 10, 12, load_kg=10.0), heel(Side.RIGHT, 8, 7, load_kg=10.0)),
            session(1, heel(Side.LEFT, 11, 12, load_kg=10.0), heel(Side.RIGHT, 8, 8, load_kg=10.0)),
        )
    )
    own = feedback(log, DOSES, REGIMEN, RULES, TODAY).own_doses
    left, right = own["heel-raise-single", Side.LEFT], own["heel-raise-single", Side.RIGHT]
    assert (left.repetitions, left.load) == (10, "10.5 kg")  # 10 kg and 5 % more
    assert (right.repetitions, right.load) == (8, "10.0 kg")


def test_holds_grow_in_seconds():
    done = Done("single-leg-stance", Side.LEFT, holds_s=(20, 20), effort_rpe=4)
    own = feedback(TrainingLog((session(3, done), session(1, done))), DOSES, REGIMEN, RULES, TODAY).own_doses
    assert own["single-leg-stance", Side.LEFT].hold_s == 22  # a tenth more


def test_dark_urine_stops_the_programme_as_an_emergency():
    result = feedback(TrainingLog((session(1, heel(Side.LEFT, 10), symptoms=("dark urine",)),)), DOSES, REGIMEN, RULES, TODAY)
    assert result.stop is not None
    assert result.stop[0] == "emergency"
    assert result.volume == 0


def test_soreness_beyond_48_hours_halves_the_work():
    result = feedback(TrainingLog((session(3, heel(Side.LEFT, 10), soreness_hours=60),)), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("red", 0.5)


def test_soreness_of_30_hours_repeats_the_week():
    result = feedback(TrainingLog((session(3, heel(Side.LEFT, 12), soreness_hours=30),)), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("amber", 1.0)


def test_new_cramps_cut_a_third():
    result = feedback(TrainingLog((session(3, heel(Side.LEFT, 10), symptoms=("new cramps",)),)), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("amber", 0.7)


FALLING = TrainingLog(tuple(session(20 - 5 * i, heel(Side.LEFT, n, n)) for i, n in enumerate((12, 12, 9, 8))))


def test_falling_repetitions_at_the_same_effort_halve_the_work():
    result = feedback(FALLING, DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume, result.stop) == ("red", 0.5, None)
    assert "heel-raise-single (left) 12 to 8" in result.reasons[-1]


def test_falling_repetitions_in_nerve_or_muscle_disease_stop_and_call_for_review():
    result = feedback(FALLING, DOSES, NEUROMUSCULAR, RULES, TODAY)
    assert result.stop is not None
    assert result.review


def test_falling_repetitions_with_a_heavier_load_are_no_fall():
    loads = (10.0, 10.0, 15.0, 15.0)
    sessions = tuple(
        session(20 - 5 * i, heel(Side.LEFT, n, load_kg=kg)) for i, (n, kg) in enumerate(zip((12, 12, 9, 8), loads, strict=True))
    )
    assert feedback(TrainingLog(sessions), DOSES, NEUROMUSCULAR, RULES, TODAY).stop is None


@pytest.mark.parametrize(("away", "volume"), [(5, 1.0), (10, 1.0), (15, 0.8), (40, 0.5)])
def test_after_a_break_one_begins_with_less(away: int, volume: float):
    assert feedback(TrainingLog((session(away, heel(Side.LEFT, 10)),)), DOSES, REGIMEN, RULES, TODAY).volume == volume


def test_a_measure_that_falls_while_training_goes_on_sends_back_for_review():
    log = TrainingLog((session(5, heel(Side.LEFT, 10)), session(2, heel(Side.LEFT, 10))))
    assert feedback(log, DOSES, REGIMEN, RULES, TODAY, ("Single-leg heel rise, left",)).review == (
        "Single-leg heel rise, left keeps falling while you train: have the cause looked at again.",
    )


def test_pain_above_the_limit_cuts_that_side():
    log = TrainingLog((session(3, heel(Side.LEFT, 10, 10, pain=4), heel(Side.RIGHT, 10, 10)),))
    result = feedback(log, DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("amber", 0.7)
    assert result.own_doses["heel-raise-single", Side.LEFT].repetitions == 7
    assert result.own_doses["heel-raise-single", Side.RIGHT].repetitions == 10


def test_pain_beyond_amber_halves_the_work():
    result = feedback(TrainingLog((session(3, heel(Side.LEFT, 10, pain=6)),)), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("red", 0.5)


def test_a_missed_week_repeats_the_last_one():
    result = feedback(TrainingLog((session(10, heel(Side.LEFT, 12)),)), DOSES, REGIMEN, RULES, TODAY)
    assert result.light == "amber"
    assert result.reasons == ("After a break of a week: repeat the last week.",)
