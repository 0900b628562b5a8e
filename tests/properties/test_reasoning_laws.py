"""Laws of the reasoning, on random evidence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from soleus.assess import Assessment, assess
from soleus.domain.evidence import Evidence, Observation, settle
from soleus.domain.finding import Finding, Kind, Presence, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase, level_rank
from soleus.domain.strength import MrcGrade
from soleus.reasoning.inference import Posterior, infer, information_bits, predict, weights_of_evidence
from soleus.reasoning.localisation import localisation
from soleus.reasoning.network import LESION_SIDES, OTHER, Array
from soleus.reasoning.triage import triage, with_dangers

from .conftest import World
from .strategies import ABSENT, PRESENT, SIDES, evidence, one_of_many, weights_of

quick = settings(max_examples=40, deadline=None)
whole = settings(max_examples=8, deadline=None)


def posterior_of(world: World, known: Evidence) -> Posterior:
    return infer(world.network, world.kb, known)


def assessment_of(world: World, known: Evidence) -> Assessment:
    return assess(known, world.kb, world.network)


def same(a: Array, b: Array, tolerance: float = 1e-9) -> bool:
    return bool(np.abs(a - b).max() <= tolerance)


# -- probabilities -------------------------------------------------------------------------------------------------------


@whole
@given(st.data())
def test_the_differential_and_other_sum_to_one(world, data):
    result = assessment_of(world, data.draw(evidence(world)))
    given_ = [c.probability for c in result.differential.candidates]
    assert all(0 <= p <= 1 for p in given_)
    assert sum(given_) + result.differential.other == pytest.approx(1, abs=1e-9)
    assert given_ == sorted(given_, reverse=True)
    assert {c.condition for c in result.differential.candidates} == set(world.kb.conditions)


@quick
@given(st.data())
def test_places_sum_to_what_the_known_causes_have(world, data):
    posterior = posterior_of(world, data.draw(evidence(world)))
    assert posterior.footprints.sum() == pytest.approx(1, abs=1e-9)
    shown = localisation(posterior, world.kb)
    assert sum(place.probability for place in shown) <= 1 + 1e-9
    assert all(sum(p.probability for p in level.places) <= level.probability + 1e-9 for level in shown)


@quick
@given(st.data())
def test_a_predicted_finding_is_a_distribution(world, data):
    known = data.draw(evidence(world))
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.parent != "neutral"]))
    table = predict(
        posterior_of(world, known), finding, data.draw(st.sampled_from([Side.LEFT, Side.RIGHT, Side.UNSTATED])), known.age_years
    )
    assert np.all(table >= 0)
    assert same(table.sum(axis=1), np.ones(len(table)))


@quick
@given(st.data())
def test_a_prediction_is_what_inference_then_finds(world, data):
    """P(c | f) from `predict` and Bayes equals P(c | f) from a new inference with f among the findings."""
    known = data.draw(evidence(world, most=5))
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.parent not in ("neutral", "risk")]))
    assume(not any(o.finding == finding.id for o in known.observations))
    before = posterior_of(world, known)
    likelihood = predict(before, finding, Side.UNSTATED, known.age_years)[:, 1]
    hard = tuple(float(i == 1) for i in range(len(finding.states)))
    after = posterior_of(world, with_more(known, Observation(finding.id, Side.UNSTATED, hard)))
    expected = before.conditions * likelihood
    assert same(after.conditions, expected / expected.sum(), 1e-8)


@quick
@given(st.data())
def test_no_fact_is_expected_to_add_confusion(world, data):
    """Expected information is never negative and never more than the entropy there is."""
    known = data.draw(evidence(world))
    posterior = posterior_of(world, known)
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.parent != "neutral"]))
    bits, p_outcome, after = information_bits(posterior.conditions, predict(posterior, finding, Side.UNSTATED, known.age_years))
    assert 0 <= bits <= np.log2(len(posterior.conditions))
    assert same(p_outcome @ after, posterior.conditions)


# -- order, mirror -------------------------------------------------------------------------------------------------------


@whole
@given(st.data())
def test_the_order_of_findings_is_nothing(world, data):
    known = data.draw(evidence(world))
    shuffled = replace(known, observations=tuple(data.draw(st.permutations(known.observations))))
    one, two = assessment_of(world, known), assessment_of(world, shuffled)
    assert same(one.posterior.conditions, two.posterior.conditions)
    assert same(one.posterior.footprints, two.posterior.footprints)
    assert one.triage.level == two.triage.level
    assert {r.rule for r in one.triage.reasons} == {r.rule for r in two.triage.reasons}


@quick
@given(st.data())
def test_in_a_mirror_the_lesion_changes_side_and_the_causes_stay(world, data):
    known = data.draw(evidence(world))
    one, two = posterior_of(world, known), posterior_of(world, known.mirrored())
    swapped = [LESION_SIDES.index(s) for s in ("right", "left", "both")]
    assert same(one.conditions, two.conditions)
    assert same(one.joint, two.joint[:, swapped])


@quick
@given(st.data())
def test_in_a_mirror_each_place_changes_side(world, data):
    known = data.draw(evidence(world))
    one, two = posterior_of(world, known), posterior_of(world, known.mirrored())
    mirror = {"left": "right", "right": "left"}
    footprints = world.network.footprints
    index = {f: i for i, f in enumerate(footprints)}
    swapped = [index[site, mirror.get(side, side), degree] for site, side, degree in footprints]
    assert same(one.footprints, two.footprints[swapped])


@quick
@given(st.data())
def test_in_a_mirror_the_urgency_is_the_same(world, data):
    known = data.draw(evidence(world))
    levels = []
    for seen in (known, known.mirrored()):
        by_rule = triage(seen, world.kb)
        levels.append((by_rule.level, with_dangers(by_rule, posterior_of(world, seen), world.kb, seen).level))
    assert levels[0] == levels[1]


# -- safety --------------------------------------------------------------------------------------------------------------


def findings_in(rules: object, kb: KnowledgeBase) -> list[Finding]:
    """Every finding whose presence can make one of these parts of rules true."""
    found: set[str] = set()
    stack: list[object] = [rules]
    seen: set[str] = set()
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if node in kb.terms and node not in seen:
                seen.add(node)
                stack.append(kb.terms[node])
            elif node in kb.findings:
                found.add(node)
        elif isinstance(node, list):
            stack += node
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in ("both_sides", "severe"):
                    found.add(str(value))
                elif key in ("all", "any"):
                    stack.append(value)
                elif key == "at_least":
                    stack.append(value["of"])
    return [kb.findings[f] for f in sorted(found)]


def with_more(known: Evidence, *more: Observation) -> Evidence:
    return replace(known, observations=(*known.observations, *more))


def settled(known: Evidence, kb: KnowledgeBase) -> Evidence:
    return replace(known, observations=settle(list(known.observations), kb.findings)[0])


def abnormal(finding: Finding) -> tuple[float, ...]:
    """Surely abnormal, and as badly as it gets: a red flag."""
    return (*(0.0 for _ in finding.states[1:]), 1.0)


@st.composite
def something_urgent(draw: st.DrawFn, world: World) -> Evidence:
    """Evidence in which some red-flag rule has a good chance to be true: its findings, on one side or both, and a tempo."""
    mentioned = draw(one_of_many([named for rule in world.kb.rules.values() if (named := findings_in(rule.when, world.kb))]))
    chosen = draw(st.lists(one_of_many(mentioned), min_size=1, max_size=8, unique_by=lambda f: f.id))
    told = []
    for finding in chosen:
        sides = draw(st.sampled_from([(Side.LEFT,), SIDES])) if finding.sided else (Side.UNSTATED,)
        told += [Observation(finding.id, side, abnormal(finding)) for side in sides]
    onset = draw(st.none() | st.sampled_from([one_hot(len(ONSETS), i) for i in range(len(ONSETS))]))
    course = draw(st.none() | st.sampled_from([one_hot(len(COURSES), i) for i in range(len(COURSES))]))
    return Evidence(draw(st.none() | st.integers(0, 100).map(float)), "unknown", "self", tuple(told), onset, course)


def one_hot(n: int, i: int) -> tuple[float, ...]:
    return tuple(1.0 if k == i else 0.02 for k in range(n))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_one_more_red_flag_never_lowers_the_urgency_of_the_rules(world, data):
    """Told on top of whatever is known, and settled with it as a case would be."""
    kb = world.kb
    known = data.draw(st.one_of(evidence(world), something_urgent(world)))
    finding = data.draw(one_of_many(findings_in([rule.when for rule in kb.rules.values()], kb)))
    assume(not any(o.finding == finding.id for o in known.observations))
    sides = data.draw(st.sampled_from([(Side.LEFT,), (Side.RIGHT,), SIDES])) if finding.sided else (Side.UNSTATED,)
    more = with_more(known, *(Observation(finding.id, side, abnormal(finding)) for side in sides))
    assert urgency(settled(more, kb), kb) >= urgency(settled(known, kb), kb)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_telling_a_red_flag_more_precisely_never_lowers_the_urgency_of_the_rules(world, data):
    """ "Numb leg" becomes "numb sole": the narrower finding displaces the broader one and must not weaken it."""
    kb = world.kb
    known = data.draw(something_urgent(world))
    told = {o.finding for o in known.observations}
    narrower = [f for f in kb.findings.values() if f.id not in told and told & broader(kb, f.id)]
    assume(narrower)
    finding = data.draw(one_of_many(narrower))
    sides = data.draw(st.sampled_from([(Side.LEFT,), (Side.RIGHT,), SIDES])) if finding.sided else (Side.UNSTATED,)
    more = with_more(known, *(Observation(finding.id, side, abnormal(finding)) for side in sides))
    assert urgency(settled(more, kb), kb) >= urgency(settled(known, kb), kb)


def urgency(known: Evidence, kb: KnowledgeBase) -> int:
    return level_rank(triage(known, kb).level)


@quick
@given(st.data())
def test_the_differential_only_raises_the_level_of_the_rules(world, data):
    known = data.draw(evidence(world))
    by_rule = triage(known, world.kb)
    final = with_dangers(by_rule, posterior_of(world, known), world.kb, known)
    assert level_rank(final.level) >= level_rank(by_rule.level)
    assert {r.rule for r in by_rule.reasons} <= {r.rule for r in final.reasons}
    assert all(level_rank(r.level) <= level_rank(final.level) for r in final.reasons)


@quick
@given(st.data())
def test_an_unasked_red_flag_is_one_that_nobody_answered(world, data):
    known = data.draw(evidence(world))
    asked = {o.finding for o in known.observations if o.presence is not Presence.UNKNOWN}
    assert not asked & set(triage(known, world.kb).unasked_red_flags)


# -- the unknown and the uncertain ---------------------------------------------------------------------------------------


@quick
@given(st.data())
def test_a_report_that_says_nothing_changes_nothing(world, data):
    """Equal weights over the states: neither a probability nor the urgency moves."""
    kb = world.kb
    known = data.draw(evidence(world))
    finding = data.draw(one_of_many(list(kb.findings.values())))
    assume(not any(o.finding == finding.id for o in known.observations))
    side = data.draw(st.sampled_from([Side.LEFT, Side.RIGHT, Side.UNSTATED])) if finding.sided else Side.UNSTATED
    more = with_more(known, Observation(finding.id, side, tuple(1.0 for _ in finding.states)))
    assert same(posterior_of(world, known).conditions, posterior_of(world, more).conditions)
    assert triage(known, kb) == triage(more, kb)


@quick
@given(st.data())
def test_unknown_is_not_absent(world, data):
    """Where absence says something, silence must not say the same."""
    kb = world.kb
    finding = kb.findings[
        data.draw(st.sampled_from(["weak-ankle-plantarflexion", "numb-saddle", "radiating-leg-pain", "low-back-pain", "plantar-extensor"]))
    ]
    known = Evidence(data.draw(st.floats(20, 80)), "male", "primary-care", (Observation("weak-leg", Side.LEFT, PRESENT),))
    absent = with_more(
        known, Observation(finding.id, Side.LEFT if finding.sided else Side.UNSTATED, (1.0, *(0.0 for _ in finding.states[1:])))
    )
    assert not same(posterior_of(world, known).conditions, posterior_of(world, absent).conditions, 1e-6)
    assert known.presence(finding.id) is Presence.UNKNOWN
    assert absent.presence(finding.id) is Presence.ABSENT


def unsure(certainty: float) -> tuple[float, float]:
    return (1 - certainty, certainty)


@quick
@given(st.data())
def test_soft_evidence_tends_to_the_hard_finding_and_to_nothing(world, data):
    """At certainty 1/2 a report is nothing; as certainty goes to 1 it becomes the hard finding, without turning back."""
    kb = world.kb
    known = data.draw(evidence(world, most=6))
    binary = [f for f in kb.findings.values() if f.kind in (Kind.BINARY, Kind.RISK) and f.parent != "neutral"]
    finding = data.draw(one_of_many(binary))
    assume(not any(o.finding == finding.id for o in known.observations))
    side = Side.LEFT if finding.sided else Side.UNSTATED

    def at(weights: tuple[float, ...]) -> Array:
        return posterior_of(world, with_more(known, Observation(finding.id, side, weights))).conditions

    hard, nothing = at(PRESENT), posterior_of(world, known).conditions
    assert same(at(unsure(0.5)), nothing)
    assert same(at(unsure(1 - 1e-12)), hard, 1e-6)
    distances = [float(np.abs(at(unsure(c)) - hard).sum()) for c in (0.5, 0.6, 0.75, 0.9, 0.99)]
    if not finding.sided:  # a sided report speaks of the lesion side as well, which bends the way but not its end
        assert all(a >= b - 1e-12 for a, b in pairwise(distances))


@quick
@given(st.data())
def test_a_softer_report_carries_less_weight(world, data):
    """The weight of evidence of one report, in decibans, shrinks towards zero with the certainty of the report."""
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.parent == "condition" and not f.sided]))
    sizes = []
    for certainty in (0.5, 0.7, 0.9, 1.0):
        known = Evidence(50.0, "female", "primary-care", (Observation(finding.id, Side.UNSTATED, unsure(certainty)),))
        sizes.append(np.abs(weights_of_evidence(posterior_of(world, known))).max())
    assert sizes[0] == pytest.approx(0, abs=1e-9)
    assert sizes == sorted(sizes)


# -- neutrality ----------------------------------------------------------------------------------------------------------


@quick
@given(st.data())
def test_a_finding_that_a_condition_does_not_state_does_not_speak_against_it(world, data):
    """Neither it nor `other` is linked to the finding, so their odds stay as they were."""
    kb = world.kb
    known = data.draw(evidence(world, most=6))
    finding = data.draw(one_of_many([f for f in kb.findings.values() if f.parent in ("condition", "syndrome") and not f.sided]))
    assume(not any(kb.findings[o.finding].syndrome == finding.syndrome and finding.syndrome for o in known.observations))
    assume(not any(o.finding == finding.id for o in known.observations))
    before = posterior_of(world, known).conditions
    after = posterior_of(world, with_more(known, Observation(finding.id, Side.UNSTATED, PRESENT))).conditions
    other = world.network.conditions.index(OTHER)
    strangers = [i for i, c in enumerate(kb.conditions.values()) if finding.id not in c.findings and finding.syndrome not in c.syndromes]
    odds = [p[strangers] / p[other] for p in (before, after)]
    assert np.allclose(odds[0], odds[1], rtol=1e-6)


@quick
@given(st.data())
def test_a_risk_that_a_condition_does_not_state_leaves_it_its_odds_against_other(world, data):
    kb = world.kb
    known = data.draw(evidence(world, most=4))
    finding = data.draw(one_of_many([f for f in kb.findings.values() if f.kind is Kind.RISK]))
    assume(not any(o.finding == finding.id for o in known.observations))
    before = posterior_of(world, known).conditions
    for weights in (PRESENT, ABSENT):
        after = posterior_of(world, with_more(known, Observation(finding.id, Side.UNSTATED, weights))).conditions
        strangers = [i for i, c in enumerate(kb.conditions.values()) if finding.id not in c.risk_factors]
        assert np.allclose(before[strangers] / before[-1], after[strangers] / after[-1], rtol=1e-6)


# -- the same fact twice -------------------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_settling_twice_is_settling_once(world, data):
    findings = world.kb.findings
    told = list(data.draw(evidence(world, most=20)).observations)
    told += [replace(o, weights=data.draw(weights_of(findings[o.finding].kind))) for o in told[::2]]
    once, _ = settle(told, findings)
    twice, contradictions = settle(list(once), findings)
    assert twice == once
    assert contradictions == ()


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_settling_never_loses_what_is_present(world, data):
    """Whatever was told as surely present is afterwards present itself or by a narrower finding."""
    kb = world.kb
    told = list(data.draw(evidence(world, most=15)).observations)
    after, _ = settle(told, kb.findings)
    kept = {o.finding for o in after if o.presence is Presence.PRESENT}
    implied = kept | {b for f in kept for b in broader(kb, f)}
    assert {o.finding for o in told if o.presence is Presence.PRESENT} <= implied


def broader(kb: KnowledgeBase, finding: str) -> set[str]:
    result: set[str] = set()
    for up in kb.findings[finding].is_a:
        result |= {up} | broader(kb, up)
    return result


@quick
@given(st.data())
def test_the_same_fact_told_twice_counts_once(world, data):
    kb = world.kb
    known = settled(data.draw(evidence(world, most=8)), kb)
    doubled = replace(known, observations=settle([*known.observations, *known.observations], kb.findings)[0])
    assert same(posterior_of(world, known).conditions, posterior_of(world, doubled).conditions)


# -- MRC grades ----------------------------------------------------------------------------------------------------------

ORDER = ("0", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5")


@given(st.sampled_from(ORDER), st.sampled_from(ORDER))
def test_mrc_grades_are_ordered_as_the_council_ordered_them(a, b):
    assert (MrcGrade(a) < MrcGrade(b)) == (ORDER.index(a) < ORDER.index(b))
    assert (MrcGrade(a) == MrcGrade(b)) == (a == b)
    assert (MrcGrade(a) <= MrcGrade(b)) or (MrcGrade(b) < MrcGrade(a))


@given(st.sampled_from(ORDER), st.sampled_from(ORDER))
def test_a_weaker_grade_never_speaks_less_for_weakness(a, b):
    """P(normal) falls, and P(severe) rises, as the grade falls."""
    weaker, stronger = sorted((MrcGrade(a), MrcGrade(b)))
    share = [[w / sum(g.state_weights) for w in g.state_weights] for g in (weaker, stronger)]
    assert share[0][0] <= share[1][0]
    assert share[0][2] >= share[1][2]
