"""Shape of the claims and of the published likelihood ratios; as strict as `knowledge.schema`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from soleus.domain.ledger import Verdict
from soleus.knowledge.schema import Certainty, Review, Strict

Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Text = Annotated[str, Field(min_length=1)]


class Reference(Strict):
    ref: str
    at: Text


class ClaimEntry(Strict):
    claim: Text
    verdict: Verdict
    why: Text
    certainty: Certainty
    sources: Annotated[list[Reference], Field(min_length=1)]
    about: tuple[str, ...] = ()
    review: Review


class Selection(Strict):
    """Conditions by id, by group, or both."""

    condition: tuple[str, ...] = ()
    group: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, data: Any) -> Any:
        return {k: [v] if isinstance(v, str) else v for k, v in data.items()} if isinstance(data, dict) else data

    @model_validator(mode="after")
    def _names_something(self) -> Selection:
        if not (self.condition or self.group):
            raise ValueError("names no condition and no group")
        return self


class RatioEntry(Strict):
    finding: str | None = None
    test: str | None = None
    states: tuple[str, ...] = ()
    """Default: every state of the finding but the healthy one. A test has no default."""
    of: Selection
    against: Selection | None = None
    comparison: Text
    sensitivity: Share | None = None
    specificity: Share | None = None
    positive: Ratio | None = None
    negative: Ratio | None = None
    source: Reference
    n: int | None = Field(None, gt=0)
    population: Text
    age: Annotated[float, Field(ge=0, le=120)] = 50
    disagreement: str = ""

    @model_validator(mode="after")
    def _one_subject_with_figures(self) -> RatioEntry:
        if (self.finding is None) == (self.test is None):
            raise ValueError("give either `finding` or `test`")
        if (self.sensitivity is None) != (self.specificity is None):
            raise ValueError("sensitivity and specificity belong together")
        if self.sensitivity is None and self.positive is None and self.negative is None:
            raise ValueError("has no figure: give sensitivity and specificity, `positive` or `negative`")
        return self
