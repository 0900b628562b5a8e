"""What is said and what was measured: popular claims with a verdict, and published likelihood ratios.

Neither takes part in the reasoning, so both are kept apart from the knowledge base and loaded only by those who ask for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Verdict = Literal["supported", "partly", "unsupported"]
VERDICTS: tuple[str, ...] = get_args(Verdict)
SUREST = 0.99
"""Published sensitivities and specificities are cut off here before they are divided: no small study shows that a sign is never wrong."""


@dataclass(frozen=True)
class Claim:
    """What people are told about weak or painful legs, and how far it is true."""

    id: str
    topic: str
    claim: str
    verdict: str
    why: str
    certainty: str
    """How sure the verdict is: high, moderate, low, very-low."""
    sources: tuple[tuple[str, str], ...]
    """(id of the source, where in it)."""
    about: tuple[str, ...]
    """Ids of the conditions, findings, tests and groups it concerns."""
    review_next: str = ""


@dataclass(frozen=True)
class PublishedRatio:
    """What a study found a finding or a test outcome to be worth for one or several conditions."""

    id: str
    finding: str
    test: str
    """One of the two is empty."""
    states: tuple[str, ...]
    """States of the finding, or outcomes of the test, that count as positive."""
    conditions: tuple[str, ...]
    against: tuple[str, ...]
    """Conditions that the study compared with; empty means everybody else with a leg complaint."""
    comparison: str
    """Whom the study compared with, in words."""
    sensitivity: float | None
    specificity: float | None
    stated_positive: float | None
    stated_negative: float | None
    ref: str
    at: str
    n: int | None
    population: str
    age_years: float
    """Age at which the network is asked, that of the study as far as it is known. [y]"""
    disagreement: str
    """Why the network differs by more than a factor of 2; empty where it does not."""

    @property
    def positive(self) -> float | None:
        """Likelihood ratio of a positive result: as stated, else from sensitivity and specificity. [-]"""
        if self.stated_positive is not None or self.sensitivity is None or self.specificity is None:
            return self.stated_positive
        return min(self.sensitivity, SUREST) / (1 - min(self.specificity, SUREST))

    @property
    def negative(self) -> float | None:
        """Likelihood ratio of a negative result: as stated, else from sensitivity and specificity. [-]"""
        if self.stated_negative is not None or self.sensitivity is None or self.specificity is None:
            return self.stated_negative
        return (1 - min(self.sensitivity, SUREST)) / min(self.specificity, SUREST)


@dataclass(frozen=True)
class Ledger:
    """All claims and published likelihood ratios by id, in the order of the ids."""

    claims: Mapping[str, Claim]
    ratios: Mapping[str, PublishedRatio]
