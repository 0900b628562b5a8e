"""The language of the red-flag rules in Kleene's three-valued logic, and what a level is made of."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from soleus.domain.evidence import Evidence, Observation, TestResult
from soleus.domain.finding import Kind, Presence, Side
from soleus.domain.strength import MrcGrade, ReflexGrade
from soleus.reasoning.inference import infer
from soleus.reasoning.network import compile_network
from soleus.reasoning.triage import Told, Triage, Truth, evaluate, not_below, triage, with_dangers

from .tiny import ABSENT, NOTHING, PRESENT, condition, finding, knowledge, known

T, F, U = True, False, None
FINDINGS = (
    finding("x"),
    finding("y"),
    finding("z"),
    finding("numb", sided=True),
    finding("weak", sided=True, kind=Kind.STRENGTH, parent="footprint"),
    finding("narrow-weak", sided=True, kind=Kind.STRENGTH, parent="footprint", is_a=("weak",)),
    finding("reflex", sided=True, kind=Kind.REFLEX, parent="footprint"),
)
KB = knowledge(FINDINGS, terms={"either": {"any": ["x", "y"]}, "nested": {"all": ["either", "z"]}})
STATE = {T: PRESENT, F: ABSENT, U: NOTHING}


def truth(node: object, evidence: Evidence) -> Truth:
    return evaluate(node, Told.of(evidence, KB), KB)


def given(**values: bool | None) -> Evidence:
    return known(**{f: STATE[v] for f, v in values.items() if v is not U})


def side(finding_: str, where: Side, weights: tuple[float, ...] = PRESENT) -> Observation:
    return Observation(finding_, where, weights)


@pytest.mark.parametrize("value", [T, F, U])
def test_a_finding_is_true_false_or_unknown(value):
    assert truth("x", given(x=value)).value is value


@pytest.mark.parametrize(
    ("x", "y", "expected"), [(T, T, T), (T, F, F), (F, T, F), (F, F, F), (T, U, U), (U, T, U), (F, U, F), (U, F, F), (U, U, U)]
)
def test_all_is_kleenes_and(x, y, expected):
    assert truth({"all": ["x", "y"]}, given(x=x, y=y)).value is expected


@pytest.mark.parametrize(
    ("x", "y", "expected"), [(T, T, T), (T, F, T), (F, T, T), (F, F, F), (T, U, T), (U, T, T), (F, U, U), (U, F, U), (U, U, U)]
)
def test_any_is_kleenes_or(x, y, expected):
    assert truth({"any": ["x", "y"]}, given(x=x, y=y)).value is expected


@pytest.mark.parametrize(("n", "values"), list(product((1, 2, 3), product((T, F, U), repeat=3))))
def test_at_least_n_is_true_when_enough_are_and_false_when_too_many_are_not(n, values):
    sure, possible = values.count(T), values.count(T) + values.count(U)
    expected = T if sure >= n else U if possible >= n else F
    assert truth({"at_least": {"n": n, "of": ["x", "y", "z"]}}, given(x=values[0], y=values[1], z=values[2])).value is expected


@pytest.mark.parametrize(("x", "expected"), [(T, F), (F, T), (U, U)])
def test_absent_needs_somebody_who_looked(x, expected):
    assert truth({"absent": "x"}, given(x=x)).value is expected


def test_a_named_term_stands_for_its_expression_and_terms_nest():
    assert truth("either", given(y=T)).value is T
    assert truth("nested", given(y=T, z=T)).value is T
    assert truth("nested", given(y=T)).value is U
    assert truth("nested", given(y=T, z=F)).value is F


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ((side("numb", Side.LEFT), side("numb", Side.RIGHT)), T),
        ((side("numb", Side.LEFT),), U),
        ((side("numb", Side.UNSTATED),), U),
        ((), U),
        ((side("numb", Side.LEFT), side("numb", Side.RIGHT, ABSENT)), F),
        ((side("numb", Side.RIGHT, ABSENT),), F),
    ],
)
def test_both_sides_needs_left_and_right(observations, expected):
    assert truth({"both_sides": "numb"}, Evidence(observations=observations)).value is expected


@pytest.mark.parametrize(("grade", "expected"), [("0", T), ("3", T), ("3+", T), ("4-", F), ("4", F), ("5", F)])
def test_severe_is_mrc_3_plus_or_less(grade, expected):
    assert truth({"severe": "weak"}, Evidence(observations=(side("weak", Side.LEFT, MrcGrade(grade).state_weights),))).value is expected


def test_severe_is_unknown_where_nobody_graded():
    assert truth({"severe": "weak"}, Evidence()).value is U


@pytest.mark.parametrize(("grade", "expected"), [(4, T), (3, T), (2, F), (0, F)])
def test_brisk_is_the_last_state_of_a_reflex(grade, expected):
    assert (
        truth({"brisk": "reflex"}, Evidence(observations=(side("reflex", Side.LEFT, ReflexGrade(grade).state_weights),))).value is expected
    )


def test_a_narrower_finding_makes_the_broader_one_true_on_its_side():
    drop = side("narrow-weak", Side.LEFT, MrcGrade("2").state_weights)
    assert truth("weak", Evidence(observations=(drop,))).value is T
    other = side("weak", Side.RIGHT, MrcGrade("4").state_weights)
    assert truth({"both_sides": "weak"}, Evidence(observations=(drop, other))).value is T


def test_a_narrower_finding_that_is_absent_says_nothing_of_the_broader_one():
    assert truth("weak", Evidence(observations=(side("narrow-weak", Side.LEFT, (1.0, 0.0, 0.0)),))).value is U


@pytest.mark.parametrize(("wanted", "expected"), [("sudden", T), (["sudden", "days"], T), ("months", F)])
def test_onset_counts_when_it_carries_half_of_its_likelihood(wanted, expected):
    assert truth({"onset": wanted}, Evidence(onset=(1.0, 0.1, 0.02, 0.02, 0.02))).value is expected


def test_an_untold_tempo_is_unknown():
    assert truth({"onset": "sudden"}, Evidence()).value is U
    assert truth({"course": "progressive"}, Evidence()).value is U


@pytest.mark.parametrize(
    ("limits", "age", "expected"),
    [
        ({"min": 60}, 60.0, T),
        ({"min": 60}, 59.0, F),
        ({"max": 18}, 18.0, T),
        ({"max": 18}, 19.0, F),
        ({"min": 10, "max": 20}, 15.0, T),
        ({"min": 60}, None, U),
    ],
)
def test_age(limits, age, expected):
    assert truth({"age": limits}, Evidence(age_years=age)).value is expected


@pytest.mark.parametrize(("sex", "expected"), [("male", T), ("female", F), ("unknown", U)])
def test_sex(sex, expected):
    assert truth({"sex": "male"}, Evidence(sex=sex)).value is expected


@pytest.mark.parametrize(
    ("outcome", "wanted", "expected"), [("high", "high", T), ("high", ["high", "very-high"], T), ("normal", "high", F), (None, "high", U)]
)
def test_a_test_result(outcome, wanted, expected):
    tests = () if outcome is None else (TestResult("ck", outcome),)
    assert truth({"test": {"ck": wanted}}, Evidence(tests=tests)).value is expected


def test_a_true_rule_names_what_made_it_true():
    assert truth({"all": ["x", {"any": ["y", "z"]}]}, given(x=T, z=T)).fired == ("x", "z")


def test_what_is_no_rule_is_refused():
    with pytest.raises(ValueError, match="not a rule"):
        truth({"none": ["x"]}, Evidence())


RULES = {"now": ("emergency", {"all": ["x", "y"]}), "soon": ("within_2_weeks", "x"), "later": ("routine", "z")}


def test_the_highest_rule_that_fires_sets_the_level_and_every_rule_is_told():
    kb = knowledge(FINDINGS, rules=RULES)
    result = triage(known(x=PRESENT, y=PRESENT, z=PRESENT), kb)
    assert result.level == "emergency"
    assert [r.rule for r in result.reasons] == ["now", "soon", "later"]
    assert triage(known(x=PRESENT, y=ABSENT), kb).level == "within_2_weeks"
    assert triage(Evidence(), kb).level == "self_care"


def test_the_missing_part_of_a_dangerous_rule_is_asked():
    kb = knowledge(FINDINGS, rules=RULES, essential={"now": ("y",)})
    assert triage(known(x=PRESENT), kb).unasked_red_flags == ("y",)
    assert triage(known(x=PRESENT, y=ABSENT), kb).unasked_red_flags == ()
    assert triage(Evidence(), kb).unasked_red_flags == ()


def test_how_fast_it_came_on_is_asked_where_a_dangerous_rule_turns_on_it():
    kb = knowledge(FINDINGS, terms={"fast": {"onset": ["sudden"]}}, rules={"now": ("emergency", {"all": ["x", "fast"]})})
    assert triage(known(x=PRESENT), kb).unasked_red_flags == ("onset",)
    assert triage(replace(known(x=PRESENT), onset=(0.0, 0.0, 0.0, 0.0, 1.0)), kb).unasked_red_flags == ()
    assert triage(known(y=PRESENT), kb).unasked_red_flags == ()


def test_the_weakness_itself_is_asked_where_only_its_company_is_told():
    findings = (*FINDINGS, finding("weak-leg"), finding("weak-calf", is_a=("weak-leg",)))
    kb = knowledge(findings, rules={"now": ("emergency", {"all": ["x", "weak-leg"]})})
    assert triage(known(x=PRESENT), kb).unasked_red_flags == ("weak-leg",)
    assert triage(known(x=PRESENT, **{"weak-calf": PRESENT}), kb).level == "emergency"
    assert triage(known(x=PRESENT, **{"weak-leg": ABSENT}), kb).unasked_red_flags == ()


def test_an_unknown_fires_nothing():
    assert triage(known(x=NOTHING, y=NOTHING), knowledge(FINDINGS, rules=RULES)).reasons == ()


def test_a_danger_that_cannot_be_excluded_raises_the_level_and_never_lowers_it():
    """A rare danger made likely by its finding turns self care into an emergency; an emergency by rule stays one."""
    kb = knowledge(
        [finding("x", 0.05), finding("y")],
        [
            condition("danger", {"x": 0.9}, urgency="emergency", not_to_miss=0.05, yield_per_100k=1.0),
            condition("harmless", urgency="self_care", yield_per_100k=1000.0),
        ],
    )
    network = compile_network(kb)
    posterior = infer(network, kb, known(x=PRESENT))
    first = triage(known(x=PRESENT), kb)
    raised = with_dangers(first, posterior, kb, known(x=PRESENT))
    assert (first.level, raised.level) == ("self_care", "emergency")
    assert "not-excluded:danger" in [r.rule for r in raised.reasons]
    harmless = infer(network, kb, known(x=ABSENT))
    assert with_dangers(replace(first, level="emergency"), harmless, kb, known(x=ABSENT)).level == "emergency"


def test_the_more_urgent_of_two_stands_with_its_reasons():
    low, high = (Triage(level, (), (asked,)) for level, asked in (("routine", "x"), ("same_day", "y")))
    assert not_below(high, low) is high
    assert not_below(high, high) is high
    raised = not_below(low, high)
    assert (raised.level, raised.unasked_red_flags) == ("same_day", ("x", "y"))


def test_present_wins_over_absent_between_sides():
    told = Told.of(Evidence(observations=(side("numb", Side.LEFT, ABSENT), side("numb", Side.RIGHT))), KB)
    assert told.presence("numb") is Presence.PRESENT


def test_untold_is_true_as_long_as_nobody_told_the_tempo():
    assert truth({"untold": "onset"}, Evidence()).value is True
    assert truth({"untold": "onset"}, Evidence(onset=(1.0, 0.0, 0.0, 0.0, 0.0))).value is False
    assert truth({"untold": "course"}, Evidence(onset=(1.0, 0.0, 0.0, 0.0, 0.0))).value is True
