"""Two causes at once: does the evidence ask for a second one?

A mechanism is present if either cause brings it: abnormal findings combine by a leaky noisy-or. A pair is reported only
with its Bayes factor against the better of its two causes alone, and only where that outweighs how rarely two meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Finding, Kind
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.inference import Item, Posterior, covered, scaled, test_columns
from soleus.reasoning.network import LESION_SIDES, Array, Network, aged, clip, clip_one

LEADING = 2
PARTNERS = 4
"""How many leading conditions, and partners of each, are tried."""
LEAST_BAYES_FACTOR = 10.0
LEAST_ODDS = 0.2
"""Odds of the pair against the best single cause, priors included (expert estimate)."""


@dataclass(frozen=True)
class Pair:
    """Two conditions that together explain more than either alone."""

    conditions: tuple[str, str]
    bayes_factor: float
    """P(evidence | both) / P(evidence | the better one alone)."""


def pairs(posterior: Posterior, kb: KnowledgeBase, evidence: Evidence) -> tuple[Pair, ...]:
    """Pairs among the leading conditions that the evidence asks for, strongest first."""
    network = posterior.network
    likelihood = _log_likelihood(posterior)
    log_prior = posterior.log_prior - np.log(np.exp(posterior.log_prior).sum())
    best_single = float((likelihood + log_prior)[:-1].max())
    found = []
    for a, b in _candidates(posterior, log_prior):
        both = _pair_log_likelihood(network, kb, evidence, a, b)
        factor = float(np.exp(np.clip(both - max(likelihood[a], likelihood[b]), -50, 50)))
        log_odds = both + float(log_prior[a] + log_prior[b]) - best_single
        if factor >= LEAST_BAYES_FACTOR and log_odds >= np.log(LEAST_ODDS):
            found.append(Pair((network.conditions[a], network.conditions[b]), factor))
    return tuple(sorted(found, key=lambda p: -p.bayes_factor)[:3])


def _candidates(posterior: Posterior, log_prior: Array) -> list[tuple[int, int]]:
    """Pairs worth the full sum: each leading condition with those that explain best what it leaves open.

    As a sieve, each item is given to the cause that explains it better, as if the items were independent.
    """
    alone = np.stack([_alone(posterior.network, item) for item in posterior.items]) if posterior.items else np.zeros((0, len(log_prior)))
    chosen: dict[tuple[int, int], None] = {}
    for a in (int(i) for i in np.argsort(-posterior.conditions[:-1])[:LEADING]):
        together = np.maximum(alone, alone[:, a : a + 1]).sum(axis=0)[:-1] + log_prior[:-1]
        together[a] = -np.inf
        for b in (int(i) for i in np.argsort(-together)[:PARTNERS]):
            chosen[min(a, b), max(a, b)] = None
    return list(chosen)


def _alone(network: Network, item: Item) -> Array:
    """log P(item | condition), side and place summed out; (C,)."""
    n = len(network.conditions)
    if item.likelihood.footprint is not None:
        weight = network.place_weight * item.likelihood.footprint[network.place_footprint]
        return np.asarray(np.log(np.bincount(network.place_row // len(LESION_SIDES), weight, minlength=n)))
    if item.likelihood.by_state is not None:
        p = network.syndrome_given_condition[:, item.likelihood.syndrome]
        absent, present = item.likelihood.by_state.mean(axis=0)
        return np.asarray(np.log((1 - p) * absent + p * present))
    if item.likelihood.own is not None:
        return np.asarray(np.log(np.broadcast_to(item.likelihood.own, (n, item.likelihood.own.shape[1])).mean(axis=1)))
    return np.zeros(n)


def _log_likelihood(posterior: Posterior) -> Array:
    """log P(evidence | condition), up to the same constant as `_pair_log_likelihood`; (C,)."""
    log = posterior.log_likelihood
    top = log.max()
    return np.asarray(np.log(np.exp(log - top).sum(axis=1).clip(1e-300)) + top)


def _pair_log_likelihood(network: Network, kb: KnowledgeBase, evidence: Evidence, a: int, b: int) -> float:
    """log P(evidence | both conditions), summed over both lesion sides and both footprints."""
    where_a, where_b = (_places(network, c) for c in (a, b))
    log = np.log(where_a[2][:, None] * where_b[2][None, :])
    for observation in evidence.observations:
        finding = kb.findings[observation.finding]
        weights = scaled(observation)
        if finding.parent == "footprint":
            table = aged(network.tables[finding.id].on(observation.side), finding, evidence.age_years)
            log = log + np.log(_either(table[where_a[0]][:, None], table[where_b[0]][None, :], finding.kind) @ weights)
        elif finding.parent == "condition":
            log = log + np.log(_own(network, finding, observation, evidence, (a, where_a[1]), (b, where_b[1]), weights))
    log = log + _syndromes(network, kb, evidence, a, b, where_a[1], where_b[1])
    top = log.max()
    total = float(np.log(np.exp(log - top).sum()) + top)
    if evidence.onset is not None:
        total += float(np.log(network.onset[[a, b]].mean(axis=0) @ np.array(evidence.onset)))
    if evidence.course is not None:
        total += float(np.log(network.course[[a, b]].mean(axis=0) @ np.array(evidence.course)))
    for _, column in test_columns(network, kb, evidence):
        total += float(np.log(max(column[a], column[b])))
    return total


def _places(network: Network, c: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Array]:
    """Footprint indices, lesion side of each and its probability, for one condition."""
    here = network.place_row // len(LESION_SIDES) == c
    return network.place_footprint[here], network.place_row[here] % len(LESION_SIDES), network.place_weight[here]


def _either(first: Array, second: Array, kind: Kind) -> Array:
    """P(state | both lesions): healthy only if both leave it healthy; the worse strength wins."""
    healthy = first[..., 0] * second[..., 0]
    if kind is Kind.STRENGTH:
        severe = 1 - (1 - first[..., 2]) * (1 - second[..., 2])
        severe = np.minimum(severe, 1 - healthy)
        return np.stack([healthy, 1 - healthy - severe, severe], axis=-1)
    abnormal = first[..., 1:] + second[..., 1:]
    abnormal = abnormal / abnormal.sum(axis=-1, keepdims=True) * (1 - healthy)[..., None]
    return np.concatenate([healthy[..., None], abnormal], axis=-1)


def _own(
    network: Network,
    finding: Finding,
    o: Observation,
    evidence: Evidence,
    a: tuple[int, NDArray[np.intp]],
    b: tuple[int, NDArray[np.intp]],
    weights: Array,
) -> Array:
    rate = clip_one(finding.background_at(evidence.age_years))
    covers = covered(finding, o.side)
    p = []
    for condition, sides in (a, b):
        stated = network.own[finding.id][condition]
        p.append(np.where(covers[sides], rate if np.isnan(stated) else clip_one(float(stated)), rate))
    present = clip(1 - (1 - p[0][:, None]) * (1 - p[1][None, :]) / (1 - rate))
    return np.asarray(present * weights[1] + (1 - present) * weights[0])


def _syndromes(
    network: Network, kb: KnowledgeBase, evidence: Evidence, a: int, b: int, sides_a: NDArray[np.intp], sides_b: NDArray[np.intp]
) -> Array:
    """Sum over the states of each observed syndrome; it is present if either cause brings it."""
    total = np.zeros((len(sides_a), len(sides_b)))
    grouped: dict[str, list[Observation]] = {}
    for o in evidence.observations:
        if kb.findings[o.finding].parent == "syndrome":
            grouped.setdefault(kb.findings[o.finding].syndrome, []).append(o)
    for syndrome, group in grouped.items():
        k = network.syndromes.index(syndrome)
        p = 1 - (1 - network.syndrome_given_condition[a, k]) * (1 - network.syndrome_given_condition[b, k])
        present, absent = np.ones_like(total), np.ones_like(total)
        for o in group:
            finding = kb.findings[o.finding]
            weights = scaled(o)
            rate, given = clip_one(finding.background_at(evidence.age_years)), clip_one(finding.given)
            covers = covered(finding, o.side)
            reach = covers[sides_a][:, None] | covers[sides_b][None, :]
            chance = np.where(reach, given, rate)
            present = present * (chance * weights[1] + (1 - chance) * weights[0])
            absent = absent * (rate * weights[1] + (1 - rate) * weights[0])
        total = total + np.log(p * present + (1 - p) * absent)
    return total
