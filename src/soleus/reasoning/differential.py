"""What may be the cause: ranked conditions, each with the evidence for, against, expected and not yet known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.inference import Posterior, predict, weights_of_evidence

EXPECTED = 0.5
"""A finding at least this frequent in a condition counts as expected."""
TELLING_DECIBANS = 0.3


@dataclass(frozen=True)
class Contribution:
    """How far one item moved a condition against the rest of the differential."""

    item: int
    """Index in `Posterior.items`."""
    decibans: float
    source: str


@dataclass(frozen=True)
class Candidate:
    """One possible cause."""

    condition: str
    probability: float
    urgency: str
    contributions: tuple[Contribution, ...]
    expected_but_not_found: tuple[str, ...]
    not_yet_known: tuple[str, ...]


@dataclass(frozen=True)
class Differential:
    """Ranked causes. Their probabilities and `other` sum to 1 over all conditions."""

    candidates: tuple[Candidate, ...]
    other: float


def differential(posterior: Posterior, evidence: Evidence, kb: KnowledgeBase, explain: int = 8) -> Differential:
    """Rank every condition; the first `explain` ones carry their reasons."""
    network = posterior.network
    p = posterior.conditions
    order = np.argsort(-p[:-1], kind="stable")
    weights = weights_of_evidence(posterior)
    candidates = []
    for rank, c in enumerate(int(i) for i in order):
        id_ = network.conditions[c]
        contributions: tuple[Contribution, ...] = ()
        missing: tuple[str, ...] = ()
        unknown: tuple[str, ...] = ()
        if rank < explain:
            contributions = _contributions(posterior, kb, id_, weights[:, c])
            missing = _expected_but_absent(evidence, kb, id_)
            unknown = _not_yet_known(posterior, evidence, kb, c)
        candidates.append(Candidate(id_, float(p[c]), kb.conditions[id_].urgency, contributions, missing, unknown))
    return Differential(tuple(candidates), float(p[-1]))


def _contributions(posterior: Posterior, kb: KnowledgeBase, condition: str, decibans: object) -> tuple[Contribution, ...]:
    values = np.asarray(decibans)
    told = [
        Contribution(i, float(values[i]), _source(kb, condition, item.label, item.likelihood.layer))
        for i, item in enumerate(posterior.items)
        if abs(values[i]) >= TELLING_DECIBANS
    ]
    return tuple(sorted(told, key=lambda x: -abs(x.decibans)))


def _source(kb: KnowledgeBase, condition: str, label: str, layer: str) -> str:
    """Where the number behind a contribution comes from: a source id, `anatomy`, or `expert estimate`."""
    entry = kb.conditions[condition]
    if layer == "footprint":
        return "anatomy"
    if layer == "test":
        return kb.tests[label].source
    if layer == "syndrome":
        finding = kb.findings[label]
        quantity = entry.syndromes.get(finding.syndrome)
        refs = [quantity.ref] if quantity and quantity.ref else list(finding.sources)
        return refs[0] if refs else "expert estimate"
    quantity = entry.findings.get(label) or entry.risk_factors.get(label)
    return quantity.ref if quantity and quantity.ref else "expert estimate"


def _expected_but_absent(evidence: Evidence, kb: KnowledgeBase, condition: str) -> tuple[str, ...]:
    """Frequent findings of the condition that were looked for and are absent."""
    entry = kb.conditions[condition]
    expected = {f: q.value for f, q in entry.findings.items() if q.value >= EXPECTED}
    for finding in kb.findings.values():
        syndrome = entry.syndromes.get(finding.syndrome)
        if syndrome is not None and syndrome.value * finding.given >= EXPECTED:
            expected[finding.id] = syndrome.value * finding.given
    absent = [f for f in expected if evidence.presence(f) is Presence.ABSENT]
    return tuple(sorted(absent, key=lambda f: -expected[f]))


def _not_yet_known(posterior: Posterior, evidence: Evidence, kb: KnowledgeBase, c: int, most: int = 2) -> tuple[str, ...]:
    """The unobserved findings whose presence or absence would move this condition most (expected absolute weight)."""
    condition = kb.conditions[posterior.network.conditions[c]]
    candidates = {*condition.findings} | {f.id for f in kb.findings.values() if f.syndrome in condition.syndromes and f.syndrome}
    p = posterior.conditions
    scored = []
    for id_ in candidates:
        if evidence.presence(id_) is not Presence.UNKNOWN:
            continue
        table = predict(posterior, kb.findings[id_], Side.UNSTATED, evidence.age_years)
        here = table[c]
        rest = (p @ table - p[c] * here) / max(1 - p[c], 1e-9)
        scored.append((float(np.abs(here * np.log(here / np.clip(rest, 1e-9, None))).sum()), id_))
    return tuple(id_ for _, id_ in sorted(scored, reverse=True)[:most])
