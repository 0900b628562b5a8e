"""What a log does to the coming week. Expected doses are worked out by hand from the rules of care/feedback.py's sources."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from soleus.care.feedback import feedback
from soleus.domain.care import Phase, Progress, Regimen, Rule, Strength
from soleus.domain.exercise import Dose
from soleus.domain.finding import Side
from soleus.domain.support import Review, Support
from soleus.domain.training_log import Done, LoggedSession, TrainingLog

TODAY = date(2026, 11, 22)
GrowthRule = Literal["two-for-two", "time", "none", "phases"]
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


@pytest.mark.parametrize(
    ("rule", "most", "did", "next_"),
    [
        ("two-for-two", 15, (10, 10), 11),
        ("two-for-two", 15, (11, 12), 12),  # 2 more than 10, once: the load is next, not a 13th repetition
        ("two-for-two", 15, (12, 12), 10),  # twice: more load, and back
        ("two-for-two", 11, (11, 11), 11),  # never more than the regimen allows
        ("time", 15, (8, 8), 9),  # reached twice: one more, up to the usual 10
        ("time", 15, (7, 8), 8),  # reached once
        ("none", 15, (8, 8), 8),
        ("phases", 15, (12, 12), 10),  # the phase says how many
    ],
)
def test_repetitions_grow_one_at_a_time_within_the_rule_of_the_regimen(rule: GrowthRule, most: int, did: tuple[int, int], next_: int):
    phases = (Phase("Both legs", (1, 12), "2 x 10"),) if rule == "phases" else ()
    regimen = replace(REGIMEN, progress=Progress(rule, phases=phases), strength=Strength((2, 3), (2, 3), (8, most), (5, 7)))
    log = TrainingLog(tuple(session(ago, heel(Side.LEFT, n, n)) for ago, n in zip((4, 1), did, strict=True)))
    assert feedback(log, DOSES, regimen, RULES, TODAY).own_doses["heel-raise-single", Side.LEFT].repetitions == next_


def test_holds_grow_in_seconds():
    done = Done("single-leg-stance", Side.LEFT, holds_s=(20, 20), effort_rpe=4)
    own = feedback(TrainingLog((session(3, done), session(1, done))), DOSES, REGIMEN, RULES, TODAY).own_doses
    assert own["single-leg-stance", Side.LEFT].hold_s == 22  # a tenth more


def test_movement_stretching_and_nerve_glides_are_never_made_harder():
    log = TrainingLog((session(4, heel(Side.LEFT, 14, 14)), session(1, heel(Side.LEFT, 14, 14))))
    own = feedback(log, DOSES, REGIMEN, RULES, TODAY, gentle={"heel-raise-single"}).own_doses["heel-raise-single", Side.LEFT]
    assert (own.repetitions, own.load) == (10, "")


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
    assert result.reasons == ("After a break of a week: repeat the last week. This is week 1 of the programme.",)


def test_the_first_week_after_a_break_is_the_small_one_and_not_its_first_session_alone():
    log = TrainingLog((session(50, heel(Side.LEFT, 10)), session(3, heel(Side.LEFT, 10))))
    result = feedback(log, DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("amber", 0.5)
    assert "start again, with half of the work" in result.reasons[-1]
    log = TrainingLog((session(50, heel(Side.LEFT, 10)), session(8, heel(Side.LEFT, 10)), session(3, heel(Side.LEFT, 10))))
    assert feedback(log, DOSES, REGIMEN, RULES, TODAY).volume == 1


def every_third_day(first: int, last: int, sets: int) -> list[LoggedSession]:
    """Sessions from so many days ago to so many."""
    return [session(ago, heel(Side.LEFT, *[10] * sets)) for ago in range(first, last - 1, -3)]


def test_fewer_sets_in_an_easy_week_or_after_a_break_are_no_fall_where_the_programme_asked_for_them():
    # the programme began 27 days ago: days 6 to 0 ago are its fourth, easy week; one set in place of two is half
    easy = TrainingLog((*every_third_day(27, 9, 2), *every_third_day(6, 0, 1)))
    assert feedback(easy, DOSES, NEUROMUSCULAR, RULES, TODAY).stop is None
    plain = TrainingLog((*every_third_day(20, 9, 2), *every_third_day(6, 0, 1)))  # week 3
    assert feedback(plain, DOSES, NEUROMUSCULAR, RULES, TODAY).stop is not None
    back = TrainingLog((*every_third_day(26, 20, 2), *every_third_day(4, 1, 1)))  # 16 days without training
    assert feedback(back, DOSES, NEUROMUSCULAR, RULES, TODAY).stop is None


def test_sets_come_back_one_at_a_time_after_a_week_of_fewer():
    log = TrainingLog((session(4, heel(Side.LEFT, 10)), session(1, heel(Side.LEFT, 10))))
    assert feedback(log, DOSES, REGIMEN, RULES, TODAY).own_doses["heel-raise-single", Side.LEFT].sets == 2
    sore = TrainingLog((session(4, heel(Side.LEFT, 10)), session(1, heel(Side.LEFT, 10), soreness_hours=30)))
    assert feedback(sore, DOSES, REGIMEN, RULES, TODAY).own_doses["heel-raise-single", Side.LEFT].sets == 1


WALKS = {"walk-level"}


@pytest.mark.parametrize("ago", [9, 30, 300])
@pytest.mark.parametrize(
    ("symptom", "level"), [("dark urine", "emergency"), ("new numbness", "within_2_weeks"), ("bladder or bowel trouble", "emergency")]
)
def test_a_stop_stands_until_it_was_seen_however_old_it_is(ago: int, symptom: str, level: str):
    log = TrainingLog((session(ago, heel(Side.LEFT, 10), symptoms=(symptom,)), session(1, heel(Side.LEFT, 10))))
    result = feedback(log, DOSES, REGIMEN, RULES, TODAY)
    assert result.stop is not None
    assert result.stop[0] == level
    assert "seen: true" in result.stop[1]


def test_a_stop_ends_when_a_clinician_has_looked_at_it_and_the_next_week_is_a_small_one():
    stopped = session(9, heel(Side.LEFT, 10), symptoms=("dark urine",))
    log = TrainingLog((stopped, session(1, heel(Side.LEFT, 10), seen=TODAY - timedelta(days=3))))
    result = feedback(log, DOSES, REGIMEN, RULES, TODAY)
    assert (result.stop, result.light, result.volume) == (None, "amber", 0.7)
    too_early = TrainingLog((stopped, session(1, heel(Side.LEFT, 10), seen=TODAY - timedelta(days=10))))
    assert feedback(too_early, DOSES, REGIMEN, RULES, TODAY).stop is not None


def test_falling_strength_in_muscle_disease_stops_until_it_was_seen():
    sessions = [session(80 - 5 * i, heel(Side.LEFT, n, n)) for i, n in enumerate((12, 12, 9, 8))]
    later = [session(3 * i, heel(Side.LEFT, 8, 8)) for i in (3, 2, 1)]
    assert feedback(TrainingLog((*sessions, *later)), DOSES, NEUROMUSCULAR, RULES, TODAY).stop is not None
    seen = session(40, seen=TODAY - timedelta(days=40))
    assert feedback(TrainingLog((*sessions, seen, *later)), DOSES, NEUROMUSCULAR, RULES, TODAY).stop is None


def series(*done: Done) -> TrainingLog:
    return TrainingLog(tuple(session(4 * (len(done) - i), d) for i, d in enumerate(done)))


def walk(minutes: float, effort: float = 4) -> Done:
    return Done("walk-level", Side.BOTH, minutes=minutes, effort_rpe=effort)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ([heel(Side.LEFT, 10, 10, load_kg=kg) for kg in (60, 60, 30, 30)], "10 x 60 kg to 10 x 30 kg"),
        ([heel(Side.LEFT, *[10] * n) for n in (3, 3, 1, 1)], "3 sets to 1"),
        ([walk(m) for m in (30, 30, 8, 8)], "30 to 8 minutes"),
        ([heel(Side.LEFT, 10, 10, effort=e) for e in (4, 4, 9, 10)], "effort 4 to 10 for the same work"),
        ([heel(Side.LEFT, 10, 10, effort=e) for e in (4, 6, 8, 10)], "effort 5 to 9 for the same work"),
        ([heel(Side.LEFT, n) for n in (15, 9, 5)], "15 to 7"),
    ],
)
def test_every_kind_of_falling_work_is_seen(done: list[Done], words: str):
    result = feedback(series(*done), DOSES, REGIMEN, RULES, TODAY)
    assert (result.light, result.volume) == ("red", 0.5)
    assert words in result.reasons[-1]


@pytest.mark.parametrize(
    "done",
    [
        [heel(Side.LEFT, n) for n in (10, 10, 4)],  # one bad day
        [heel(Side.LEFT, *[10] * n) for n in (3, 3, 2, 2)],  # an easy week: two thirds of the sets
        [walk(30, 5), walk(30, 5), walk(10, 2), walk(10, 2)],  # easier on purpose
        [heel(Side.LEFT, n, load_kg=kg) for n, kg in ((12, 60), (12, 60), (10, 63), (10, 63))],  # two-for-two
    ],
)
def test_what_is_no_fall(done: list[Done]):
    assert feedback(series(*done), DOSES, REGIMEN, RULES, TODAY).light == "green"


def test_less_work_after_a_week_that_asked_for_less_is_no_fall():
    sore = session(12, heel(Side.LEFT, 10, 10, 10), soreness_hours=60)
    log = TrainingLog((session(16, heel(Side.LEFT, 10, 10, 10)), sore, session(6, heel(Side.LEFT, 10)), session(3, heel(Side.LEFT, 10))))
    assert feedback(log, DOSES, REGIMEN, RULES, TODAY).light == "green"


CLAUDICATION = Regimen(**{**REGIMEN.__dict__, "id": "pad", "pain_rule": "claudication"})
PAD_RULES = {**RULES, "pain-claudication": Rule("pain-claudication", "", "", SUPPORT, 4, "of 5")}


def test_with_narrow_arteries_only_pain_while_walking_passes():
    def light(done: Done, **after: object) -> str:
        return feedback(TrainingLog((session(2, done, **after),)), DOSES, CLAUDICATION, PAD_RULES, TODAY, walking=WALKS).light

    assert light(Done("walk-level", Side.BOTH, minutes=20, pain=8)) == "green"
    assert light(Done("walk-level", Side.BOTH, minutes=20, pain=8), pain_next_morning=6) == "red"
    assert light(heel(Side.LEFT, 10, pain=8)) == "red"


def test_what_hurt_is_left_out_on_its_side_and_a_fall_is_told():
    log = TrainingLog((session(2, heel(Side.LEFT, 10, pain=6), heel(Side.RIGHT, 10, pain=1), symptoms=("fall",)),))
    result = feedback(log, DOSES, REGIMEN, RULES, TODAY)
    assert result.leave_out == {("heel-raise-single", Side.LEFT)}
    assert "because it hurt too much: heel-raise-single (left)." in result.reasons[-1]
    named = feedback(log, DOSES, REGIMEN, RULES, TODAY, names={"heel-raise-single": "Heel raise on one leg"})
    assert "hurt too much: Heel raise on one leg (left)." in named.reasons[-1]
    assert result.fell
