"""Exact inference in the network: one pass over the observed findings.

P(f | c) = sum over lesion sides of
    [sum over footprints of P(side, footprint | c) x product P(neuro finding | footprint)]
    x product over syndromes of [sum over present/absent of P(state | c) x product P(finding | state, side)]
    x product of P(own finding | c, side)
and once for the case x P(onset | c) x P(course | c) x P(test outcome | c).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soleus.domain.evidence import Evidence, Observation, TestResult
from soleus.domain.finding import Finding, Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.network import LESION_SIDES, SYMMETRY, Array, Network, aged, clip, clip_one

COVERS = {Side.LEFT: (True, False, True), Side.RIGHT: (False, True, True)}
"""Whether a lesion on the left, the right, both sides can cause a finding on this side."""
BOTH = LESION_SIDES.index("both")
ONE_SIDED_OF_BOTH = (0.15, 0.05, 0.02)
"""P(only one side is told | the lesion is on both), by one, two, three or more findings told of it, against 1 for a lesion of
that side (expert estimate)."""
ONE_SIDED_OF_OTHER = 0.03
"""The same where the lesion is on the other side: a slip (expert estimate)."""


MOST_KEPT = 4000
"""Likelihoods kept with a network before it starts afresh: at most some 60 MB."""


@dataclass(frozen=True)
class Likelihood:
    """What one piece of evidence says of the causes. `layer` says what it hangs on, and so which array it fills."""

    layer: str
    """`footprint`, `syndrome`, `own`, `side`, `tempo`, `test`, `risk` or `neutral`."""
    footprint: Array | None = None
    """(F,)"""
    syndrome: int = -1
    by_state: Array | None = None
    """(S, 2): by lesion side and by syndrome absent, present."""
    own: Array | None = None
    """(C, S), (C, 1) or (1, S)"""

    @property
    def filled(self) -> Array:
        """The array that is filled; a 1 where none is, which is neutral."""
        return next((x for x in (self.footprint, self.by_state, self.own) if x is not None), np.ones((1, 1)))

    @cached_property
    def log(self) -> Array:
        """Natural logarithm of the array that is filled."""
        return np.asarray(np.log(self.filled))


@dataclass(frozen=True)
class Item:
    """One piece of evidence with its likelihood."""

    label: str
    likelihood: Likelihood
    observation: Observation | None = None
    other_side: Observation | None = None
    """The same finding on the right, where the item is about both sides."""
    outcome: str = ""
    """What a test showed."""


@dataclass(frozen=True)
class Posterior:
    """What the evidence says, with everything needed to ask it further questions."""

    network: Network
    items: tuple[Item, ...]
    log_prior: Array
    """(C,), risks included."""
    log_likelihood: Array
    """(C, S) without the prior; lesion side and footprint summed in."""
    footprint_likelihood: Array
    """(F,), up to a factor."""
    place_likelihood: Array
    """(n_places,) weight of the place x likelihood of its footprint, up to the same factor."""

    @cached_property
    def joint(self) -> Array:
        """P(condition, lesion side | evidence); shape (C, S), sums to 1."""
        log = self.log_prior[:, None] + self.log_likelihood
        p = np.exp(log - log.max())
        return np.asarray(p / p.sum())

    @cached_property
    def predictions(self) -> dict[tuple[str, Side, float | None], Array]:
        """What `predict` has computed."""
        return {}

    @cached_property
    def conditions(self) -> Array:
        """P(condition | evidence); shape (C,), sums to 1; the last is `other`."""
        return np.asarray(self.joint.sum(axis=1))

    @cached_property
    def places(self) -> Array:
        """P(condition, lesion side, footprint | evidence) of each place of the network; (n_places,), sums to 1."""
        network = self.network
        total = np.bincount(network.place_row, self.place_likelihood, minlength=self.joint.size)
        return np.asarray(self.place_likelihood * (self.joint.ravel() / np.where(total > 0, total, 1.0))[network.place_row])

    @cached_property
    def footprints(self) -> Array:
        """P(footprint | evidence); shape (F,), sums to 1."""
        return np.asarray(np.bincount(self.network.place_footprint, self.places, minlength=len(self.network.footprints)), dtype=float)

    @cached_property
    def footprints_given(self) -> Array:
        """P(footprint | condition, evidence); shape (C, F), rows sum to 1."""
        c, f = len(self.network.conditions), len(self.network.footprints)
        cell = self.network.place_row // len(LESION_SIDES) * f + self.network.place_footprint
        given = np.bincount(cell, self.places, minlength=c * f).reshape(c, f)
        return np.asarray(given / np.where(self.conditions > 0, self.conditions, 1.0)[:, None])

    @cached_property
    def side_given(self) -> Array:
        """P(lesion side | condition, evidence); shape (C, S), rows sum to 1."""
        return np.asarray(self.joint / np.where(self.conditions > 0, self.conditions, 1.0)[:, None])

    @cached_property
    def syndromes_given(self) -> Array:
        """P(syndrome present | condition, lesion side, evidence); shape (C, S, K)."""
        prior = self.network.syndrome_given_condition
        ratio = np.ones((3, prior.shape[1]))
        for k, by_state in _by_syndrome(self.items).items():
            ratio[:, k] = np.exp(by_state[:, 1] - by_state[:, 0])
        odds = (prior / (1 - prior))[:, None, :] * ratio[None]
        return np.asarray(odds / (1 + odds))


def items_of(network: Network, kb: KnowledgeBase, evidence: Evidence) -> tuple[Item, ...]:
    """Every observation, tempo and test result of the evidence as a likelihood.

    A finding told of both sides is one item: the sides of a bilateral lesion resemble each other (`SYMMETRY`), so "both
    calves" is not twice the evidence of one.
    """
    right = {o.finding: o for o in evidence.observations if o.side is Side.RIGHT}
    paired = {o.finding for o in evidence.observations if o.side is Side.LEFT and o.finding in right}
    items = []
    for o in evidence.observations:
        finding = kb.findings[o.finding]
        if o.finding not in paired or o.side is Side.UNSTATED:
            items.append(Item(o.finding, _likelihood(network, finding, o, None, evidence.age_years), o))
        elif o.side is Side.LEFT:
            other = right[o.finding]
            items.append(Item(o.finding, _likelihood(network, finding, o, other, evidence.age_years), o, other))
    side, count = one_side(evidence, kb)
    if count > 0:
        items.append(Item(f"only the {side.value} side told", Likelihood("side", own=np.array([one_sided(side, count)]))))
    if evidence.onset is not None:
        told = (network.onset @ np.array(evidence.onset))[:, None]
        items.append(Item(f"onset ({evidence.onset_text})", Likelihood("tempo", own=told)))
    if evidence.course is not None:
        told = (network.course @ np.array(evidence.course))[:, None]
        items.append(Item(f"course ({evidence.course_text})", Likelihood("tempo", own=told)))
    if evidence.fits:
        told = np.ones((len(network.conditions), 1))
        for condition, decibans in evidence.fits:
            told[network.conditions.index(condition), 0] = 10 ** (decibans / 10)
        items.append(Item(f"how it went ({evidence.fits_text})", Likelihood("tempo", own=told)))
    for result, column in test_columns(network, kb, evidence):
        items.append(Item(result.test, Likelihood("test", own=column[:, None]), outcome=result.outcome))
    return tuple(items)


def test_columns(network: Network, kb: KnowledgeBase, evidence: Evidence) -> Iterator[tuple[TestResult, Array]]:
    """Each test result that is evidence of its own, with P(this outcome | condition), (C,)."""
    for result in evidence.tests:
        test = kb.tests[result.test]
        if not test.implies:  # else it has spoken through the risk that it shows
            yield result, network.tests[test.id][:, test.outcomes.index(result.outcome)]


def one_side(evidence: Evidence, kb: KnowledgeBase) -> tuple[Side, float]:
    """The side on which every sided complaint is, and how many there are (a doubtful one counts in part); 0 where both are told.

    Who says "my left calf" of a trouble in both calves is the exception: the word is evidence about the lesion side, once
    for the case and not once a finding. ADR 0009.
    """
    count = {Side.LEFT: 0.0, Side.RIGHT: 0.0}
    for o in evidence.observations:
        if o.side in count and o.presence is Presence.PRESENT and kb.findings[o.finding].sided:
            count[o.side] += 1 - o.weights[0] / max(o.weights[1:])
    return only_side(count[Side.LEFT], count[Side.RIGHT])


def only_side(left: float, right: float) -> tuple[Side, float]:
    """The same from the number of complaints on each side."""
    side, count, mirrored = (Side.LEFT, left, right) if left >= right else (Side.RIGHT, right, left)
    return side, count * max(0.0, 1 - 2 * mirrored)


def one_sided(side: Side, count: float) -> tuple[float, float, float]:
    """P(only this side is told | lesion left, right, both), for `count` findings told of it (0 or more; parts count in part)."""
    steps = (1.0, *ONE_SIDED_OF_BOTH)
    whole = min(int(count), len(steps) - 1)
    part = 0.0 if whole == len(steps) - 1 else count - whole
    both = steps[whole] if not part else steps[whole] ** (1 - part) * steps[whole + 1] ** part
    other = ONE_SIDED_OF_OTHER ** min(count, 1.0)
    return (1.0, other, both) if side is Side.LEFT else (other, 1.0, both)


def _likelihood(network: Network, finding: Finding, o: Observation, right: Observation | None, age_years: float | None) -> Likelihood:
    """Of a finding told of one side, or of both (`right` is then the right side's). Kept with the network: people tell the same things."""
    ages = len(finding.background) > 1
    key = (o.finding, o.side, o.weights, right and right.weights, age_years if ages else None)
    kept = network.likelihoods.get(key)
    if kept is None:
        kept = _one(network, finding, o, age_years) if right is None else _pair(network, finding, o, right, age_years)
        if len(network.likelihoods) >= MOST_KEPT:
            network.likelihoods.clear()
        network.likelihoods[key] = kept
    return kept


def _one(network: Network, finding: Finding, o: Observation, age_years: float | None) -> Likelihood:
    weights = scaled(o)
    if finding.parent == "footprint":
        table = aged(network.tables[finding.id].on(o.side), finding, age_years)
        return Likelihood("footprint", footprint=table @ weights)
    if finding.parent == "neutral":
        return Likelihood("neutral")
    if finding.parent == "risk":
        rate = clip_one(finding.background_at(age_years))
        ratio = network.odds_ratios[finding.id]
        states = np.stack([1 - rate + 0 * ratio, rate * ratio]) / (1 - rate + rate * ratio)  # P(absent | c), P(present | c)
        return Likelihood("risk", own=(weights @ states)[:, None])
    layer, chance = _chances(network, finding, o.side, age_years)
    return _placed(network, finding, layer, chance * weights[1] + (1 - chance) * weights[0])


def _pair(network: Network, finding: Finding, left: Observation, right: Observation, age_years: float | None) -> Likelihood:
    """The same finding told of both sides.

    P(L = s, R = t | lesion of both sides) = P(s) x [SYMMETRY x 1(s = t) + (1 - SYMMETRY) x P(t)]; independent in others.
    """
    wl, wr = scaled(left), scaled(right)
    if finding.parent == "footprint":
        pl, pr = (aged(network.tables[finding.id].on(o.side), finding, age_years) for o in (left, right))
        apart = (pl @ wl) * (pr @ wr)
        bilateral = np.array([side == "both" for _, side, _ in network.footprints])
        return Likelihood("footprint", footprint=np.where(bilateral, SYMMETRY * (pl @ (wl * wr)) + (1 - SYMMETRY) * apart, apart))
    layer, pl = _chances(network, finding, Side.LEFT, age_years)
    _, pr = _chances(network, finding, Side.RIGHT, age_years)
    apart = (pl * wl[1] + (1 - pl) * wl[0]) * (pr * wr[1] + (1 - pr) * wr[0])
    alike = pl * wl[1] * wr[1] + (1 - pl) * wl[0] * wr[0]
    axis = 1 if layer == "own" else 0
    bilateral = np.arange(3) == BOTH
    shape = (1, 3) if axis else (3, 1)
    likelihood = np.where(bilateral.reshape(shape), SYMMETRY * alike + (1 - SYMMETRY) * apart, apart)
    return _placed(network, finding, layer, likelihood)


def scaled(o: Observation) -> Array:
    """The weights of an observation with the largest at 1; (n_states,)."""
    weights = np.array(o.weights, dtype=float)
    return np.asarray(weights / weights.max())


def covered(finding: Finding, side: Side) -> NDArray[np.bool_]:
    """Whether a lesion on the left, the right, both sides can cause the finding on this side; (S,)."""
    return np.array(COVERS.get(side, (True, True, True)) if finding.sided else (True, True, True))


def _chances(network: Network, finding: Finding, side: Side, age_years: float | None) -> tuple[str, Array]:
    """P(present): by lesion side and syndrome state (S, 2), or by condition and lesion side (C, S)."""
    rate = clip_one(finding.background_at(age_years))
    covers = covered(finding, side)
    if finding.parent == "syndrome":
        given = clip_one(finding.given)
        return "syndrome", np.stack([np.full(3, rate), np.where(covers, given, rate)], axis=1)
    stated = network.own[finding.id]
    probability = np.where(np.isnan(stated), rate, clip(stated))
    return "own", np.where(covers[None, :], probability[:, None], rate)


def _placed(network: Network, finding: Finding, layer: str, likelihood: Array) -> Likelihood:
    if layer == "syndrome":
        return Likelihood(layer, syndrome=network.syndromes.index(finding.syndrome), by_state=likelihood)
    return Likelihood(layer, own=likelihood)


def _by_syndrome(items: Sequence[Item]) -> dict[int, Array]:
    """Summed log likelihood (S, 2) of each observed syndrome."""
    sums: dict[int, Array] = {}
    for item in items:
        if item.likelihood.by_state is not None:
            k = item.likelihood.syndrome
            sums[k] = sums[k] + item.likelihood.log if k in sums else item.likelihood.log
    return sums


def _syndrome_log(network: Network, by_syndrome: Mapping[int, Array]) -> Array:
    """log of the product over syndromes of the sum over present/absent of P(state | c) x likelihood; (C, S)."""
    p = network.syndrome_given_condition[:, list(by_syndrome)][:, None, :]
    by_state = np.stack(list(by_syndrome.values()), axis=1)  # (S, k, 2)
    top = by_state.max(axis=(0, 2))
    absent, present = np.moveaxis(np.exp(by_state - top[:, None]), 2, 0)
    return np.asarray(np.log(absent + p * (present - absent)).sum(axis=2) + top.sum())


def _footprint_log(network: Network, log_footprint: Array) -> tuple[Array, Array, Array]:
    """log sum over footprints (C, S); up to a factor that the log holds, likelihood of each footprint, and x weight of each place."""
    top = log_footprint.max()
    likelihood = np.exp(log_footprint - top)
    size = len(network.conditions) * len(LESION_SIDES)
    places = network.place_weight * likelihood[network.place_footprint]
    total = np.bincount(network.place_row, places, minlength=size)
    with np.errstate(divide="ignore"):
        log = np.log(total) + top
    return log.reshape(-1, len(LESION_SIDES)), likelihood, places


def infer(network: Network, kb: KnowledgeBase, evidence: Evidence) -> Posterior:
    """Exact posterior over conditions, lesion sides, footprints and syndromes. Pure; milliseconds."""
    return infer_items(network, items_of(network, kb, evidence), network.prior(evidence.age_years, evidence.sex, evidence.setting))


def infer_items(network: Network, items: tuple[Item, ...], prior: Array) -> Posterior:
    """The same from prepared items; `prior` has shape (C,)."""
    log_prior = np.log(np.clip(prior, 1e-12, None))
    log_footprint = np.zeros(len(network.footprints))
    log = np.zeros((len(network.conditions), 3))
    for item in items:
        likelihood = item.likelihood
        if likelihood.footprint is not None:
            log_footprint += likelihood.log
        elif likelihood.layer == "risk":
            log_prior += likelihood.log[:, 0]
        elif likelihood.own is not None:
            log += likelihood.log
    if by_syndrome := _by_syndrome(items):
        log += _syndrome_log(network, by_syndrome)
    footprint_log, by_footprint, by_place = _footprint_log(network, log_footprint)
    return Posterior(network, items, log_prior, log + footprint_log, by_footprint, by_place)


def weights_of_evidence(posterior: Posterior) -> Array:
    """Weight of each item for each condition against the rest of the differential, in decibans; (n_items, C).

    10 log10 of P(item | condition, all other evidence) / P(item | the other conditions, all other evidence): exact, by
    leaving the item out. Items that travel together share their weight, so the weights need not add up to the whole.

    References:
        I. J. Good, Probability and the Weighing of Evidence, 1950 (decibans; cited from memory).
    """
    full = posterior.log_prior[:, None] + posterior.log_likelihood
    without = np.stack([full - _log_effect(posterior, item) for item in posterior.items]) if posterior.items else np.zeros((0, *full.shape))
    return _decibans(_logsumexp(full)[None], _logsumexp(without))


def _log_effect(posterior: Posterior, item: Item) -> Array:
    """By how much the item raised the log joint; (C, S)."""
    network = posterior.network
    likelihood = item.likelihood
    if likelihood.footprint is not None:
        with np.errstate(divide="ignore"):
            log_all = np.log(posterior.footprint_likelihood)
        now, *_ = _footprint_log(network, log_all)
        before, *_ = _footprint_log(network, log_all - likelihood.log)
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(now - before, nan=0.0)
    if likelihood.by_state is not None:
        k = likelihood.syndrome
        by_state = _by_syndrome(posterior.items)[k]
        return _syndrome_log(network, {k: by_state}) - _syndrome_log(network, {k: by_state - likelihood.log})
    return likelihood.log


def _logsumexp(log: Array) -> Array:
    """Over the last axis."""
    top = log.max(axis=-1, keepdims=True)
    return np.asarray((np.log(np.exp(log - top).sum(axis=-1, keepdims=True)) + top)[..., 0])


def _decibans(full: Array, without: Array) -> Array:
    """Change of the log odds of each condition, in decibans."""
    return np.asarray((_log_odds(full) - _log_odds(without)) * 10 / np.log(10))


def _log_odds(log: Array) -> Array:
    p = np.exp(log - log.max(axis=-1, keepdims=True))
    p = np.clip(p / p.sum(axis=-1, keepdims=True), 1e-300, None)
    rest = np.clip(p.sum(axis=-1, keepdims=True) - p, 1e-16, None)
    return np.asarray(np.log(p) - np.log(rest))


def predict(posterior: Posterior, finding: Finding, side: Side, age_years: float | None) -> Array:
    """P(state of an unobserved finding | condition, evidence); shape (C, n_states), rows sum to 1. Exact."""
    key = (finding.id, side, age_years)
    if key not in posterior.predictions:
        posterior.predictions[key] = _predict(posterior, finding, side, age_years)
    return posterior.predictions[key]


def predict_all(posterior: Posterior, asked: Sequence[tuple[Finding, Side]], age_years: float | None) -> list[Array]:
    """`predict` of many findings: those that hang on the footprint in one product of matrices."""
    new = [(f, side) for f, side in asked if f.parent == "footprint" and (f.id, side, age_years) not in posterior.predictions]
    if new:
        tables = [aged(posterior.network.tables[f.id].on(side), f, age_years) for f, side in new]
        ends = np.cumsum([table.shape[1] for table in tables])[:-1]
        parts = np.split(posterior.footprints_given @ np.concatenate(tables, axis=1), ends, axis=1)
        posterior.predictions.update({(f.id, side, age_years): part for (f, side), part in zip(new, parts, strict=True)})
    return [predict(posterior, f, side, age_years) for f, side in asked]


def _predict(posterior: Posterior, finding: Finding, side: Side, age_years: float | None) -> Array:
    network = posterior.network
    if finding.parent == "footprint":
        table = aged(network.tables[finding.id].on(side), finding, age_years)
        return np.asarray(posterior.footprints_given @ table)
    if finding.parent == "risk":
        rate = clip_one(finding.background_at(age_years))
        ratio = network.odds_ratios[finding.id]
        present = rate * ratio / (1 - rate + rate * ratio)
    else:
        layer, chance = _chances(network, finding, side, age_years)
        if layer == "syndrome":
            p = posterior.syndromes_given[:, :, network.syndromes.index(finding.syndrome)]
            chance = p * chance[:, 1] + (1 - p) * chance[:, 0]
        present = (posterior.side_given * chance).sum(axis=1)
    return np.stack([1 - present, present], axis=1)


def chance_of(posterior: Posterior, finding: Finding, age_years: float | None) -> float:
    """P(an unobserved finding is there, on whatever side | evidence). [-]"""
    return float(1 - posterior.conditions @ predict(posterior, finding, Side.UNSTATED, age_years)[:, 0])


def binary_information_bits(prior: Array, present: Array) -> Array:
    """Expected information about the condition from each of n yes-or-no questions; (n,). [bit]

    Args:
        prior: (C,) P(condition) now.
        present: (C, n) P(yes | condition).
    """
    left = np.zeros(present.shape[1])
    for given in (present, 1 - present):
        joint = prior[:, None] * given
        total = joint.sum(axis=0)
        left += total * entropy_bits((joint / np.where(total > 0, total, 1.0)).T)
    return np.maximum(entropy_bits(prior) - left, 0.0)


def information_bits(prior: Array, outcome_given: Array) -> tuple[float, Array, Array]:
    """Expected information about the condition from one more fact, exact, by summing over its outcomes.

    Args:
        prior: (C,) P(condition) now.
        outcome_given: (C, n) P(outcome | condition).

    Returns:
        Expected fall of entropy [bit, 0 or more], P(outcome) (n,), P(condition | outcome) (n, C).
    """
    joint = prior[:, None] * outcome_given
    p_outcome = joint.sum(axis=0)
    after = joint.T / np.where(p_outcome > 0, p_outcome, 1.0)[:, None]
    gain = float(entropy_bits(prior)) - float(p_outcome @ entropy_bits(after))
    return max(gain, 0.0), p_outcome, after


def entropy_bits(p: Array) -> Array:
    """Entropy of a distribution, over the last axis. [bit]"""
    return np.asarray(-(p * np.log2(np.clip(p, 1e-300, None))).sum(axis=-1))
