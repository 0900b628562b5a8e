"""What every unobserved finding would say, all of them at once: predictions, information, and whether urgency or advice would change.

The same sums as `inference.predict` and `inference.information_bits`, over many yes-or-no questions in one pass. A finding
counts as there if it is abnormal on either side; of a strength or a reflex that leaves out the degree, so that the
information of its full answer is at least what is given here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soleus.domain.finding import Finding
from soleus.domain.knowledge_base import KnowledgeBase, level_rank
from soleus.reasoning.inference import Posterior
from soleus.reasoning.network import Array, Network, aged, clip, clip_one
from soleus.reasoning.triage import TOGETHER, danger_limit
from soleus.reasoning.workup import CLEAR_LEAD


@dataclass(frozen=True)
class Askable:
    """The parts of the predictions that no evidence changes, for people of one age."""

    findings: tuple[str, ...]
    constant: Array
    """(C, n) P(present | condition) of risks and of findings that hang on the condition; 0 elsewhere."""
    from_syndrome: NDArray[np.intp]
    """(n,) index of the syndrome, -1 where it hangs on none."""
    given: Array
    rate: Array
    """(n,) P(present | syndrome present), P(present | syndrome absent)."""
    footprint_columns: NDArray[np.intp]
    """Columns of the findings that hang on the footprint."""
    healthy: Array
    """(F, n_footprint_columns) P(healthy on both sides | footprint)."""

    @cached_property
    def column(self) -> dict[str, int]:
        return {f: i for i, f in enumerate(self.findings)}


def askable(network: Network, kb: KnowledgeBase, findings: Sequence[str], age_years: float | None) -> Askable:
    """Prepare predictions of these findings for one age; some milliseconds, to be kept."""
    n, c = len(findings), len(network.conditions)
    constant = np.zeros((c, n))
    syndrome = np.full(n, -1, dtype=np.intp)
    given, rate = np.zeros(n), np.zeros(n)
    columns, healthy = [], []
    for i, id_ in enumerate(findings):
        finding = kb.findings[id_]
        rate[i] = clip_one(finding.background_at(age_years))
        if finding.parent == "footprint":
            columns.append(i)
            healthy.append(aged(network.tables[id_].unstated, finding, age_years)[:, 0])
        elif finding.parent == "syndrome":
            syndrome[i] = network.syndromes.index(finding.syndrome)
            given[i] = clip_one(finding.given)
        else:
            constant[:, i] = _constant(network, finding, rate[i])
    table = np.stack(healthy, axis=1) if healthy else np.zeros((len(network.footprints), 0))
    return Askable(tuple(findings), constant, syndrome, given, rate, np.array(columns, dtype=np.intp), table)


def _constant(network: Network, finding: Finding, rate: float) -> Array:
    if finding.parent == "risk":
        ratio = network.odds_ratios[finding.id]
        return np.asarray(rate * ratio / (1 - rate + rate * ratio))
    if finding.parent == "neutral":
        return np.full(len(network.conditions), rate)
    stated = network.own[finding.id]
    return np.asarray(np.where(np.isnan(stated), rate, clip(stated)))


def present_given(posterior: Posterior, prepared: Askable) -> Array:
    """P(the finding is there, on whatever side | condition, evidence); (C, n). Exact."""
    result = prepared.constant.copy()
    on_syndrome = np.flatnonzero(prepared.from_syndrome >= 0)
    if on_syndrome.size:
        p = np.einsum("cs,csk->ck", posterior.side_given, posterior.syndromes_given)[:, prepared.from_syndrome[on_syndrome]]
        result[:, on_syndrome] = p * prepared.given[on_syndrome] + (1 - p) * prepared.rate[on_syndrome]
    result[:, prepared.footprint_columns] = 1 - posterior.footprints_given @ prepared.healthy
    return result


def joint_outcomes(present: Array) -> Array:
    """P(each of the 2^k ways to tick k items | condition), the items independent given the condition; (C, 2^k), rows sum to 1."""
    table = np.ones((present.shape[0], 1))
    for i in range(present.shape[1]):
        p = present[:, i, None]
        table = np.concatenate([table * (1 - p), table * p], axis=1)
    return table


@dataclass(frozen=True)
class Consequences:
    """What is done for a distribution over the causes: the urgency it reaches, and the group of management that leads."""

    member: Array
    """(G, C) 1 where the condition belongs to the group."""
    level: NDArray[np.int_]
    """(C,) rank of its urgency."""
    not_to_miss: Array
    at_least: Array
    """(L, C) 1 where the condition is at least as urgent as each level of `TOGETHER`."""

    @staticmethod
    def of(network: Network) -> Consequences:
        names = sorted(set(network.management))
        level = np.array([level_rank(u) for u in network.urgency])
        return Consequences(
            np.array([[m == name for m in network.management] for name in names], dtype=float),
            level,
            network.not_to_miss,
            np.array([level >= level_rank(name) for name in TOGETHER], dtype=float),
        )

    def among(self, causes: NDArray[np.intp]) -> Consequences:
        """The same for some of the causes, in that order."""
        return Consequences(self.member[:, causes], self.level[causes], self.not_to_miss[causes], self.at_least[:, causes])

    def urgency(self, p: Array, prior: Array) -> NDArray[np.int_]:
        """Highest level that a cause, or several together, reach in each of n distributions, by the limits of triage; (n,).

        Args:
            p: (C, n) P(condition), each column sums to 1.
            prior: (C,) P(condition) before any finding: a danger counts where the evidence speaks for it.
        """
        limit = danger_limit(self.not_to_miss, prior)
        rank = np.where(p >= limit[:, None], self.level[:, None], 0).max(axis=0)
        for mass, (name, least) in zip(self.at_least @ p, TOGETHER.items(), strict=True):
            rank = np.maximum(rank, np.where(mass >= least, level_rank(name), 0))
        return np.asarray(rank)

    def moves_management(self, now: Array, p: Array) -> NDArray[np.bool_]:
        """Whether another group of management leads clearly in each of n distributions; (C, n) to (n,)."""
        leading = int((self.member @ now).argmax())
        groups = self.member @ p
        return np.asarray(groups.max(axis=0) - groups[leading] >= CLEAR_LEAD)
