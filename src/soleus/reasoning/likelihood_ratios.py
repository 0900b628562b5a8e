"""What the network makes of a finding, beside what was published: P(positive | condition) / P(positive | those compared with).

The network holds no likelihood ratios; they follow from its probabilities. Where they differ from a study by more than
`TOLERATED`, either the study saw other people than those who ask Soleus, or a number is wrong; the entry says which.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from soleus.domain.finding import Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.ledger import Ledger, PublishedRatio
from soleus.reasoning.inference import Item, Likelihood, infer_items, predict
from soleus.reasoning.network import Network

TOLERATED = 2.0
"""Factor between a published and an implied likelihood ratio that needs no reason. [-]"""
SETTING = "primary-care"
"""Most studies recruited people whom a family doctor had sent on."""
AFFECTED_LEG = Likelihood("side", own=np.array([[1.0, 1e-9, 1.0]]))
"""The lesion is on the left or on both sides: studies examine the leg that hurts, here the left."""


@dataclass(frozen=True)
class Comparison:
    """One published likelihood ratio with what the network implies."""

    published: PublishedRatio
    sensitivity: float
    """P(positive | the conditions). [-]"""
    false_positives: float
    """P(positive | those compared with). [-]"""

    @property
    def positive(self) -> float:
        """Implied likelihood ratio of a positive result. [-]"""
        return self.sensitivity / self.false_positives

    @property
    def negative(self) -> float:
        """Implied likelihood ratio of a negative result. [-]"""
        return (1 - self.sensitivity) / (1 - self.false_positives)

    @property
    def factors(self) -> dict[str, float]:
        """How many times larger the network's ratio is (below 1: smaller), for `LR+` and `LR-` as far as published."""
        pairs = {"LR+": (self.positive, self.published.positive), "LR-": (self.negative, self.published.negative)}
        return {name: implied / max(stated, 1e-9) for name, (implied, stated) in pairs.items() if stated is not None}

    @property
    def disagrees(self) -> bool:
        return any(not 1 / TOLERATED <= factor <= TOLERATED for factor in self.factors.values())


def compare(network: Network, kb: KnowledgeBase, ledger: Ledger) -> tuple[Comparison, ...]:
    """Every published likelihood ratio with the one that the network implies, in the order of the ids."""
    return tuple(implied(network, kb, ratio) for ratio in ledger.ratios.values())


def implied(network: Network, kb: KnowledgeBase, ratio: PublishedRatio) -> Comparison:
    """Ask the network for the two probabilities of one published ratio.

    Nothing else is known but the age and which leg is affected; within each group the conditions weigh as their priors do.
    """
    prior = network.prior(ratio.age_years, "unknown", SETTING)
    if ratio.test:
        states, given = kb.tests[ratio.test].outcomes, network.tests[ratio.test]
    else:
        finding = kb.findings[ratio.finding]
        posterior = infer_items(network, (Item("the affected leg", AFFECTED_LEG),), prior)
        states, given = finding.states, predict(posterior, finding, Side.LEFT, ratio.age_years)
    present = given[:, [states.index(s) for s in ratio.states]].sum(axis=1)
    of = np.isin(network.conditions, ratio.conditions)
    against = np.isin(network.conditions, ratio.against) if ratio.against else ~of
    return Comparison(ratio, *(float(prior[group] @ present[group] / prior[group].sum()) for group in (of, against)))
