"""What stands behind a piece of advice: a guideline, a study, or somebody's judgement that says so."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

STRICT: Any = {"extra": "forbid"}
"""Settings with which the loader checks a dataclass of the core: an unknown key is a fault. The core itself needs no library for it."""
Certainty = Literal["high", "moderate", "low", "very-low"]


@dataclass(frozen=True)
class Support:
    """Either a source (`ref` with `at`), or `estimate`: why an expert would say so although nobody published it."""

    __pydantic_config__ = STRICT
    ref: str = ""
    at: str = ""
    """Where in the source, or what it says there."""
    strength: str = ""
    """In the words of the body that graded it: strong, conditional, Level B, COR I, grade A, do not offer."""
    body: str = ""
    """Who made the guideline, such as `NICE NG59`."""
    year: int | None = None
    certainty: Certainty | None = None
    population: str = ""
    estimate: str = ""

    def __post_init__(self) -> None:
        if bool(self.ref) == bool(self.estimate):
            raise ValueError("give either `ref` (a source) or `estimate` (why an expert would say so)")
        if self.ref and not self.at:
            raise ValueError("a source needs `at`: where in it, or what it says there")
        if self.year is not None and not 1950 <= self.year <= 2100:
            raise ValueError(f"year {self.year} is outside 1950 to 2100")

    @property
    def graded(self) -> str:
        """Strength in words; an estimate says so."""
        return self.strength or ("expert estimate" if self.estimate else "not graded")


@dataclass(frozen=True)
class Review:
    """Who checked an entry and when it is due again; `none yet` is an honest answer."""

    __pydantic_config__ = STRICT
    clinician: str
    checked_against_source: datetime.date
    next: datetime.date

    def __post_init__(self) -> None:
        if self.next <= self.checked_against_source:
            raise ValueError("`next` is not after `checked_against_source`")
