"""The same network built in pyAgrum from the definitions, so that its exact inference can be compared with ours.

Nothing of `Network` or of `infer` is used: every table is filled from the knowledge base by plain loops, in the
structure in which one would draw the model. Not collected by pytest; tests/properties and benchmarks import it.

    condition ──► side ──┐
        │  └────────────►├─► footprint ──► neuro findings (one node per observed side)
        ├──► syndrome k ─┼─► findings of the syndrome, where sided with side
        ├────────────────┴─► own findings, where sided with side
        └──► risks, onset, course, tests

The right side of a finding also has its left side as a parent: in a lesion of both sides it mostly shows the same. That
all complaints are told of one side is evidence on the node `side`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyagrum as gum
from numpy.typing import ArrayLike

from soleus.domain.anatomy import DEGREES
from soleus.domain.evidence import Evidence, Observation, TestResult
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, Condition, KnowledgeBase
from soleus.reasoning.footprint import footprint
from soleus.reasoning.inference import ONE_SIDED_OF_BOTH, ONE_SIDED_OF_OTHER
from soleus.reasoning.network import (
    AGED_REFLEX_LOSS,
    BAND_MIDDLES,
    CLIP,
    LEAST_OUTCOME,
    LEAST_SYNDROME,
    OTHER,
    POPULATION_BY_AGE,
    PRIOR_EXPONENT,
    PRIOR_OF_OTHER,
    SYMMETRY,
    TEMPO_BLUR,
)

LESION_SIDES = ("left", "right", "both")
CONDITION, SIDE, FOOTPRINT, ONSET, COURSE = "condition", "side", "footprint", "onset", "course"
SIDES_OF = {"unilateral": {"left": 0.5, "right": 0.5}, "bilateral": {"both": 1.0}, "either": {"left": 0.3, "right": 0.3, "both": 0.4}}

Column = tuple[str, Side]
Deficits = Mapping[tuple[str, str], Mapping[str, float]]


@dataclass
class Deficit:
    """P(state | place of the lesion) as the anatomy computes it, kept between the networks of a test."""

    kb: KnowledgeBase
    known: dict[tuple[str, str, str], Deficits] = field(default_factory=dict)

    def of(self, place: tuple[str, str, str]) -> Deficits:
        if place not in self.known:
            self.known[place] = footprint(self.kb.anatomy, *place)
        return self.known[place]


def name_of(finding: str, side: Side) -> str:
    """Name of the node of a finding on one side."""
    return f"{finding}@{side.value}"


def clipped(p: float) -> float:
    return min(max(p, CLIP), 1 - CLIP)


def places(kb: KnowledgeBase) -> list[tuple[str, str, str]]:
    """Every (site, side, degree) that any condition may have, in the order of the network."""
    found = {(share.site, side) for c in kb.conditions.values() for share in c.footprints for side in SIDES_OF[share.side]}
    return [(site, side, degree) for site, side in sorted(found) for degree in DEGREES]


# The prior ------------------------------------------------------------------------------------------------------------


def prior(kb: KnowledgeBase, evidence: Evidence) -> list[float]:
    """P(condition | age, sex, setting): yields drawn together."""
    weights = [_weight(kb, c, evidence) for c in kb.conditions.values()]
    return [w / sum(weights) * (1 - PRIOR_OF_OTHER) for w in weights] + [PRIOR_OF_OTHER]


def _odds_ratio(condition: Condition, risk: str) -> float:
    return condition.risk_factors[risk].value if risk in condition.risk_factors else 1.0


def _weight(kb: KnowledgeBase, condition: Condition, evidence: Evidence) -> float:
    multipliers = [kb.settings[evidence.setting].get(group, 1.0) for group in condition.groups]
    in_setting = math.prod(multipliers) ** (1 / len(multipliers))
    weight = float((condition.yield_per_100k * in_setting) ** PRIOR_EXPONENT[evidence.setting])
    if evidence.age_years is not None:
        mean = sum(rate * share for rate, share in zip(condition.age_rates, POPULATION_BY_AGE, strict=True))
        weight *= max(float(np.interp(evidence.age_years, BAND_MIDDLES, condition.age_rates)) / mean, 0.002)
    if evidence.sex in ("male", "female"):
        share = condition.male_share if evidence.sex == "male" else 1 - condition.male_share
        weight *= max(2 * share, 0.01)
    return weight


# The nodes ------------------------------------------------------------------------------------------------------------


def build(kb: KnowledgeBase, evidence: Evidence, columns: Iterable[Column], deficit: Deficit) -> gum.BayesNet:
    """The network for one person's age, sex and setting, with a node for each of `columns` and each test of the evidence.

    Args:
        kb: What is known; any subset of the conditions.
        evidence: Whose age, sex, setting and tests to use; its observations are set as evidence by `observed`.
        columns: Findings and sides to hang on the network.
        deficit: The computed deficits of this knowledge base's anatomy.
    """
    net = gum.BayesNet("soleus")
    conditions, where = [*kb.conditions.values()], places(kb)
    net.add(gum.LabelizedVariable(CONDITION, "", [*kb.conditions, OTHER]))
    net.add(gum.LabelizedVariable(SIDE, "", list(LESION_SIDES)))
    net.add(gum.LabelizedVariable(FOOTPRINT, "", ["/".join(place) for place in where]))
    net.addArc(CONDITION, SIDE)
    net.addArc(CONDITION, FOOTPRINT)
    net.addArc(SIDE, FOOTPRINT)
    net.cpt(CONDITION).fillWith(prior(kb, evidence))
    _lesion(net, conditions, where)
    _tempo(net, conditions)
    for id_, side in columns:
        _finding(net, kb, kb.findings[id_], side, evidence.age_years, where, deficit)
    for test in (kb.tests[result.test] for result in _own_tests(kb, evidence)):
        rows = np.array([test.probabilities.get(c, test.probabilities["*"]) for c in (*kb.conditions, OTHER)])
        rows = np.where(rows < LEAST_OUTCOME, LEAST_OUTCOME, rows)
        _add(net, f"test:{test.id}", test.outcomes, [CONDITION], rows / rows.sum(axis=1, keepdims=True))
    return net


def _add(net: gum.BayesNet, name: str, states: Sequence[str], parents: Sequence[str], table: np.ndarray) -> None:
    """A node whose `table` has one axis a parent and the node's own states last."""
    net.add(gum.LabelizedVariable(name, "", list(states)))
    for parent in parents:
        net.addArc(parent, name)
    assert np.allclose(table.sum(axis=-1), 1.0)
    # The last variable of a pyAgrum table is the first axis of its array, and the node itself is the first variable.
    assert list(net.cpt(name).names) == [name, *parents]
    net.cpt(name)[:] = np.ascontiguousarray(table.transpose(*reversed(range(len(parents))), -1))


def _binary(net: gum.BayesNet, name: str, parents: Sequence[str], present: ArrayLike) -> None:
    _add(net, name, ("absent", "present"), parents, _two(present))


def _lesion(net: gum.BayesNet, conditions: Sequence[Condition], where: Sequence[tuple[str, str, str]]) -> None:
    weight = np.zeros((len(conditions) + 1, len(LESION_SIDES), len(where)))
    for c, condition in enumerate(conditions):
        for share in condition.footprints:
            for side, p_side in SIDES_OF[share.side].items():
                for degree, p_degree in zip(DEGREES, share.degree, strict=True):
                    weight[c, LESION_SIDES.index(side), where.index((share.site, side, degree))] += share.share * p_side * p_degree
    for i, (_, side, _) in enumerate(where):
        weight[-1, LESION_SIDES.index(side), i] = 1 / len(where)
    of_side = weight.sum(axis=2)
    assert np.allclose(of_side.sum(axis=1), 1.0)
    net.cpt(SIDE)[:] = of_side / of_side.sum(axis=1, keepdims=True)
    given = np.where(of_side[..., None] > 0, weight / np.where(of_side > 0, of_side, 1.0)[..., None], 1 / len(where))
    assert list(net.cpt(FOOTPRINT).names) == [FOOTPRINT, CONDITION, SIDE]
    net.cpt(FOOTPRINT)[:] = np.ascontiguousarray(given.transpose(1, 0, 2))


def _tempo(net: gum.BayesNet, conditions: Sequence[Condition]) -> None:
    for name, states in ((ONSET, ONSETS), (COURSE, COURSES)):
        rows = [[(1 - TEMPO_BLUR) * p + TEMPO_BLUR / len(states) for p in getattr(c, name)] for c in conditions]
        rows.append([1 / len(states)] * len(states))
        _add(net, name, states, [CONDITION], np.array(rows))


def _finding(
    net: gum.BayesNet,
    kb: KnowledgeBase,
    finding: Finding,
    side: Side,
    age_years: float | None,
    where: Sequence[tuple[str, str, str]],
    deficit: Deficit,
) -> None:
    """The node of one finding on one side. `columns` name the left side before the right, so that the left is there already."""
    rate = clipped(finding.background_at(age_years))
    parents: list[str] = []
    bilateral = np.array([lesion == "both" for lesion in LESION_SIDES])
    if finding.parent == "neutral":
        table = _two(rate)
    elif finding.parent == "footprint":
        parents = [FOOTPRINT]
        table = np.array([_neuro(finding, side, age_years, deficit.of(place)) for place in where])
        bilateral = np.array([lesion == "both" for _, lesion, _ in where])
    elif finding.parent == "risk":
        parents = [CONDITION]
        ratios = np.array([*(_odds_ratio(c, finding.id) for c in kb.conditions.values()), 1.0])
        table = _two(rate * ratios / (1 - rate + rate * ratios))
    elif finding.parent == "syndrome":
        _syndrome(net, kb, finding.syndrome)
        given = clipped(finding.given)
        parents = [finding.syndrome, SIDE] if finding.sided else [finding.syndrome]
        table = _two([[rate] * 3, [given if c else rate for c in _covers(side)]] if finding.sided else [rate, given])
    else:
        stated = [clipped(c.findings[finding.id].value) if finding.id in c.findings else rate for c in kb.conditions.values()]
        stated.append(rate)
        parents = [CONDITION, SIDE] if finding.sided else [CONDITION]
        table = _two([[p if c else rate for c in _covers(side)] for p in stated] if finding.sided else stated)
    left = name_of(finding.id, Side.LEFT)
    if side is Side.RIGHT and left in net.names():
        # P(right = t | left = s, ...) = SYMMETRY x 1(s = t) + (1 - SYMMETRY) x P(t) in a lesion of both sides
        states = len(finding.states)
        alone = np.broadcast_to(table[..., None, :], (*table.shape[:-1], states, states))
        table = np.where(bilateral[:, None, None], SYMMETRY * np.eye(states) + (1 - SYMMETRY) * alone, alone)
        parents = [*parents, left]
    _add(net, name_of(finding.id, side), finding.states, parents, table)


def _two(present: ArrayLike) -> np.ndarray:
    """P(absent), P(present) on a last axis."""
    p = np.asarray(present, dtype=float)
    return np.stack([1 - p, p], axis=-1)


def _covers(observed: Side) -> list[bool]:
    """Whether a lesion on each of the lesion sides can cause a finding on the observed side."""
    return [observed is Side.UNSTATED or lesion in (observed.value, "both") for lesion in LESION_SIDES]


def _syndrome(net: gum.BayesNet, kb: KnowledgeBase, id_: str) -> None:
    if id_ in net.names():
        return
    background = kb.syndromes[id_].background
    rows = [c.syndromes[id_].value if id_ in c.syndromes else background for c in kb.conditions.values()]
    _binary(net, id_, [CONDITION], [min(max(p, LEAST_SYNDROME), 1 - CLIP) for p in (*rows, background)])


def _neuro(finding: Finding, side: Side, age_years: float | None, computed: Deficits) -> list[float]:
    """P(state | place) of a finding that the anatomy computes: the worse of both sides where the side is not stated."""
    if not finding.sided:
        p = _distribution(finding, computed[finding.id, "none"])
    elif side is Side.UNSTATED:
        left, right = (_distribution(finding, computed[finding.id, s]) for s in ("left", "right"))
        healthy = left[0] * right[0]
        abnormal = [a + b for a, b in zip(left[1:], right[1:], strict=True)]
        p = [healthy, *((1 - healthy) * a / sum(abnormal) for a in abnormal)]
    else:
        p = _distribution(finding, computed[finding.id, side.value])
    if len(finding.background) > 1:
        lost = p[0] * finding.background_at(age_years)
        gains = dict(zip(("absent", "reduced"), AGED_REFLEX_LOSS, strict=True)) if finding.kind is Kind.REFLEX else {finding.states[1]: 1.0}
        p = [p[0] - lost, *(a + lost * gains.get(state, 0.0) for state, a in zip(finding.states[1:], p[1:], strict=True))]
    return p


def _distribution(finding: Finding, computed: Mapping[str, float]) -> list[float]:
    p = [clipped(computed[state]) for state in finding.states]
    return [x / sum(p) for x in p]


# The evidence ---------------------------------------------------------------------------------------------------------


def all_columns(kb: KnowledgeBase) -> Iterator[Column]:
    """Every finding on every side it can be told, the left before the right."""
    for finding in kb.findings.values():
        for side in (Side.LEFT, Side.RIGHT, Side.UNSTATED) if finding.sided else (Side.UNSTATED,):
            yield finding.id, side


def observed(net: gum.BayesNet, kb: KnowledgeBase, evidence: Evidence) -> dict[str, list[float]]:
    """What to give pyAgrum as evidence: a likelihood for each observed node; one-hot where it is hard."""
    likelihoods = {name_of(o.finding, o.side): list(o.weights) for o in evidence.observations}
    for name, weights in ((ONSET, evidence.onset), (COURSE, evidence.course)):
        if weights is not None:
            likelihoods[name] = list(weights)
    count = {side: sum(_definite(o) for o in evidence.observations if o.side is side) for side in (Side.LEFT, Side.RIGHT)}
    side = max(count, key=lambda s: count[s])
    alone = count[side] * max(0.0, 1 - 2 * count[side.mirrored])
    if alone > 0:
        both = math.exp(np.interp(alone, range(4), [0.0, *(math.log(p) for p in ONE_SIDED_OF_BOTH)]))
        likelihoods[SIDE] = [{"both": both, side.value: 1.0}.get(lesion, ONE_SIDED_OF_OTHER ** min(alone, 1.0)) for lesion in LESION_SIDES]
    for result in _own_tests(kb, evidence):
        likelihoods[f"test:{result.test}"] = [float(outcome == result.outcome) for outcome in kb.tests[result.test].outcomes]
    return {name: [w / max(weights) for w in weights] for name, weights in likelihoods.items()}


def _own_tests(kb: KnowledgeBase, evidence: Evidence) -> list[TestResult]:
    """The tests that are nodes. One that shows a risk (diabetes by its HbA1c) is told as that risk instead."""
    return [result for result in evidence.tests if not kb.tests[result.test].implies]


def _definite(o: Observation) -> float:
    """How definitely a finding is told as present: 1 beyond doubt, 0 if as likely absent."""
    return max(0.0, 1.0 - o.weights[0] / max(o.weights[1:])) if max(o.weights[1:]) > 0 else 0.0


def posteriors(net: gum.BayesNet, kb: KnowledgeBase, evidence: Evidence) -> tuple[np.ndarray, np.ndarray]:
    """P(condition | evidence) and P(footprint | evidence) by pyAgrum's lazy propagation."""
    engine = gum.LazyPropagation(net)
    engine.setTargets({CONDITION, FOOTPRINT})
    engine.setEvidence(observed(net, kb, evidence))
    engine.makeInference()
    return engine.posterior(CONDITION).toarray(), engine.posterior(FOOTPRINT).toarray()
