"""Inference, weights of evidence and information on examples small enough to work out on paper."""

from __future__ import annotations

import math

import numpy as np
import pytest

from soleus.domain.evidence import Evidence, TestResult
from soleus.domain.finding import Kind
from soleus.domain.knowledge_base import KnowledgeBase, Test
from soleus.reasoning.inference import Posterior, entropy_bits, infer_items, information_bits, items_of, predict, weights_of_evidence
from soleus.reasoning.network import compile_network
from soleus.reasoning.pairs import pairs
from soleus.reasoning.workup import burden, next_tests, too_early

from .tiny import ABSENT, PRESENT, condition, finding, knowledge, known

TEST = Test(
    id="scan",
    name="Scan",
    lay="scan",
    category="imaging",
    synonyms=(),
    outcomes=("normal", "abnormal"),
    outcome_names=("Normal", "Abnormal"),
    phrases=((), ()),
    limits=(None, None),
    probabilities={"a": (0.1, 0.9), "b": (0.9, 0.1), "*": (0.5, 0.5)},
)


def two(a: dict[str, object] | None = None, b: dict[str, object] | None = None, **more: object) -> KnowledgeBase:
    """Conditions a and b and findings f, g (own), s, t (of one syndrome) and a risk r."""
    findings = [
        finding("f"),
        finding("g"),
        finding("s", parent="syndrome", syndrome="k", given=0.8),
        finding("t", parent="syndrome", syndrome="k", given=0.8),
        finding("r", 0.2, kind=Kind.RISK, parent="risk"),
    ]
    return knowledge(findings, [condition("a", **(a or {})), condition("b", **(b or {}))], syndromes={"k": 0.1}, **more)  # type: ignore[arg-type]


def even(kb: KnowledgeBase, evidence: Evidence) -> Posterior:
    """Inference with prior 1/2, 1/2 and (next to) nothing for `other`."""
    network = compile_network(kb)
    return infer_items(network, items_of(network, kb, evidence), np.array([0.5, 0.5, 0.0]))


def test_nine_to_one_is_nine_to_one():
    """P(f | a) = 0.9, P(f | b) = 0.1, prior odds 1: posterior 0.9, weight 10 log10 9 = 9.54 dB for a and against b."""
    posterior = even(two({"findings": {"f": 0.9}}, {"findings": {"f": 0.1}}), known(f=PRESENT))
    assert posterior.conditions[0] == pytest.approx(0.9, abs=1e-6)
    weights = weights_of_evidence(posterior)
    assert weights[0, 0] == pytest.approx(9.5424, abs=1e-3)
    assert weights[0, 1] == pytest.approx(-9.5424, abs=1e-3)


def test_absence_of_an_expected_finding_speaks_against():
    """P(not f | a) = 0.1, P(not f | b) = 0.8: posterior odds 1 : 8, -9.03 dB."""
    posterior = even(two({"findings": {"f": 0.9}}, {"findings": {"f": 0.2}}), known(f=ABSENT))
    assert posterior.conditions[0] == pytest.approx(1 / 9, abs=1e-6)
    assert weights_of_evidence(posterior)[0, 0] == pytest.approx(10 * math.log10(1 / 8), abs=1e-3)


def test_independent_findings_multiply_and_their_weights_add():
    """Odds 9 x 4 = 36."""
    kb = two({"findings": {"f": 0.9, "g": 0.8}}, {"findings": {"f": 0.1, "g": 0.2}})
    posterior = even(kb, known(f=PRESENT, g=PRESENT))
    assert posterior.conditions[0] == pytest.approx(36 / 37, abs=1e-6)
    assert weights_of_evidence(posterior)[:, 0] == pytest.approx([10 * math.log10(9), 10 * math.log10(4)], abs=1e-3)


def test_signs_that_travel_together_count_once():
    """Syndrome k: P(k | a) = 0.5, P(k | b) = 0.1; each sign 0.8 with k and 0.05 without.

    One sign: (0.5 x 0.8 + 0.5 x 0.05) / (0.1 x 0.8 + 0.9 x 0.05) = 0.425 / 0.125 = 3.4. Two: 0.32125 / 0.06625 = 4.849, not 3.4^2 = 11.56.
    """
    kb = two({"syndromes": {"k": 0.5}}, {"syndromes": {"k": 0.1}})
    one, both = even(kb, known(s=PRESENT)), even(kb, known(s=PRESENT, t=PRESENT))
    assert one.conditions[0] / one.conditions[1] == pytest.approx(3.4, abs=1e-5)
    assert both.conditions[0] / both.conditions[1] == pytest.approx(0.32125 / 0.06625, abs=1e-5)


def test_a_half_certain_report_is_nothing_and_a_sure_one_the_finding():
    """Certainty 0.75: (0.75 x 0.9 + 0.25 x 0.1) / (0.75 x 0.1 + 0.25 x 0.9) = 0.7 / 0.3."""
    kb = two({"findings": {"f": 0.9}}, {"findings": {"f": 0.1}})
    assert even(kb, known(f=(0.5, 0.5))).conditions[0] == pytest.approx(0.5, abs=1e-6)
    assert even(kb, known(f=(0.25, 0.75))).conditions[0] == pytest.approx(0.7, abs=1e-6)


def test_a_risk_acts_by_its_odds_ratio():
    """Prevalence 0.2, odds ratio 4: P(r | a) = 0.8 / 1.6 = 0.5 against 0.2, so 2.5 : 1; absent 0.5 : 0.8."""
    kb = two({"risks": {"r": 4.0}})
    there, gone = even(kb, known(r=PRESENT)).conditions, even(kb, known(r=ABSENT)).conditions
    assert there[0] / there[1] == pytest.approx(2.5, abs=1e-5)
    assert gone[0] / gone[1] == pytest.approx(0.625, abs=1e-5)


def test_a_half_certain_risk_is_nothing():
    kb = two({"risks": {"r": 4.0}})
    assert even(kb, known(r=(0.5, 0.5))).conditions[0] == pytest.approx(0.5, abs=1e-6)


def test_a_test_result_multiplies_in():
    """P(abnormal | a) = 0.9, P(abnormal | b) = 0.1."""
    posterior = even(two(tests=[TEST]), Evidence(tests=(TestResult("scan", "abnormal"),)))
    assert posterior.conditions[0] == pytest.approx(0.9, abs=1e-6)


def test_a_prediction_is_the_mixture_of_the_conditions():
    kb = two({"findings": {"f": 0.9}}, {"findings": {"f": 0.1}})
    posterior = even(kb, Evidence())
    table = predict(posterior, kb.findings["f"], known(f=PRESENT).observations[0].side, None)
    assert table[:2, 1] == pytest.approx([0.9, 0.1])


# -- information ---------------------------------------------------------------------------------------------------------


def test_a_perfect_test_of_a_fair_coin_gives_one_bit():
    bits, p_outcome, after = information_bits(np.array([0.5, 0.5]), np.eye(2))
    assert bits == pytest.approx(1.0)
    assert p_outcome == pytest.approx([0.5, 0.5])
    assert after == pytest.approx(np.eye(2))


def test_a_test_that_is_the_same_in_all_gives_nothing():
    assert information_bits(np.array([0.3, 0.7]), np.array([[0.6, 0.4], [0.6, 0.4]]))[0] == pytest.approx(0, abs=1e-12)


def test_a_perfect_test_of_four_equal_causes_gives_two_bits_and_a_split_in_halves_one():
    quarter = np.full(4, 0.25)
    assert information_bits(quarter, np.eye(4))[0] == pytest.approx(2.0)
    assert information_bits(quarter, np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=float))[0] == pytest.approx(1.0)


def test_a_test_that_errs_in_one_of_ten_gives_half_a_bit():
    """1 - H(0.1) = 1 - 0.4690 = 0.5310 bit (the binary symmetric channel)."""
    assert information_bits(np.array([0.5, 0.5]), np.array([[0.9, 0.1], [0.1, 0.9]]))[0] == pytest.approx(0.5310, abs=1e-4)


def test_an_outcome_that_cannot_happen_does_no_harm():
    bits, p_outcome, after = information_bits(np.array([0.5, 0.5]), np.array([[1.0, 0.0], [1.0, 0.0]]))
    assert bits == pytest.approx(0, abs=1e-12)
    assert p_outcome[1] == 0
    assert np.isfinite(after).all()


@pytest.mark.parametrize(("p", "bits"), [([1.0, 0.0], 0.0), ([0.5, 0.5], 1.0), ([0.25] * 4, 2.0), ([0.9, 0.1], 0.4690)])
def test_entropy(p, bits):
    assert float(entropy_bits(np.array(p))) == pytest.approx(bits, abs=1e-4)


# -- the next test -------------------------------------------------------------------------------------------------------


def test_a_telling_test_is_offered_with_what_each_result_would_mean():
    kb = two(tests=[TEST])
    posterior = even(kb, Evidence())
    (step,) = next_tests(posterior, Evidence(), kb, "routine")
    assert step.test == "scan"
    assert step.information_bits == pytest.approx(0.5310, abs=1e-3)
    assert sum(e.probability for e in step.effects) == pytest.approx(1)
    assert {e.outcome: e.leading[0][0] for e in step.effects} == {"normal": "b", "abnormal": "a"}


def test_a_test_that_was_done_is_not_offered_again():
    kb = two(tests=[TEST])
    done = Evidence(tests=(TestResult("scan", "normal"),))
    assert next_tests(even(kb, done), done, kb, "routine") == ()


@pytest.mark.parametrize(
    ("onset", "early"),
    [((1.0, 0.1, 0.0, 0.0, 0.0), True), ((0.1, 1.0, 0.1, 0.0, 0.0), True), ((0.0, 0.1, 1.0, 0.1, 0.0), False), (None, False)],
)
def test_needle_emg_is_too_early_before_three_weeks(onset, early):
    """Fibrillations take about three weeks to appear: asked within days, the needle shows nothing yet."""
    emg = Test(**{**TEST.__dict__, "earliest_useful_days": 21})
    assert too_early(emg, Evidence(onset=onset)) is early


def test_burden_grows_with_cost_needles_and_waiting():
    def at(**more: int) -> float:
        return burden(Test(**{**TEST.__dict__, **more}))

    assert at() == 1
    assert at(cost=3) == 3
    assert at(invasiveness=2) == 2
    assert at(wait_days=90) == 2


# -- two causes at once --------------------------------------------------------------------------------------------------


def test_two_findings_that_no_single_cause_explains_ask_for_a_pair():
    """f only in a, g only in b (0.95 each, background 0.01): both together 0.95 x 0.95, the better alone 0.95 x 0.01, factor 95."""
    kb = knowledge([finding("f", 0.01), finding("g", 0.01)], [condition("a", {"f": 0.95}), condition("b", {"g": 0.95})])
    evidence = known(f=PRESENT, g=PRESENT)
    (pair,) = pairs(even(kb, evidence), kb, evidence)
    assert set(pair.conditions) == {"a", "b"}
    assert pair.bayes_factor == pytest.approx(95, rel=0.02)


def test_one_cause_that_explains_all_asks_for_no_pair():
    kb = knowledge([finding("f", 0.01), finding("g", 0.01)], [condition("a", {"f": 0.95, "g": 0.95}), condition("b", {"g": 0.95})])
    evidence = known(f=PRESENT, g=PRESENT)
    assert pairs(even(kb, evidence), kb, evidence) == ()


def test_a_case_without_findings_asks_for_no_pair():
    kb = two({"findings": {"f": 0.9}})
    assert pairs(even(kb, Evidence()), kb, Evidence()) == ()
