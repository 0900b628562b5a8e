"""Sides, states and the vocabulary entry of a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Side(StrEnum):
    """The side of the body a finding is on. `UNSTATED`: nobody said; it is not the same as both."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    UNSTATED = "unstated"

    @property
    def mirrored(self) -> Side:
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


class Presence(StrEnum):
    """Present, absent and unknown are three different things; an unknown moves no probability."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of observation a finding is, hence which states it has."""

    BINARY = "binary"
    STRENGTH = "strength"
    REFLEX = "reflex"
    RISK = "risk"


STATES: dict[Kind, tuple[str, ...]] = {
    Kind.BINARY: ("absent", "present"),
    Kind.STRENGTH: ("normal", "mild", "severe"),
    Kind.REFLEX: ("normal", "absent", "reduced", "brisk"),
    Kind.RISK: ("absent", "present"),
}
"""States of each kind; the first is the healthy one."""

_ATTRIBUTE_PREFIXES = (("weak-", "strength"), ("reflex-", "reflex"), ("numb-", "sensation"), ("wasting-", "wasting"))
_ATTRIBUTE_SUFFIXES = (("-pain", "pain"), ("-swelling", "swelling"), ("-mass", "mass"))

AGE_BANDS: tuple[tuple[str, int], ...] = (
    ("0-9", 0),
    ("10-19", 10),
    ("20-39", 20),
    ("40-59", 40),
    ("60-79", 60),
    ("80+", 80),
)
"""Age bands of the priors and their lower limits in years."""


@dataclass(frozen=True)
class Finding:
    """One observable fact of the vocabulary, in clinicians' and in plain words."""

    id: str
    name: str
    lay: str
    kind: Kind
    parent: str
    """`footprint`, `syndrome`, `condition`, `neutral` (understood, uninformative) or `risk`."""
    sided: bool
    background: tuple[tuple[int, float], ...]
    """P(present or abnormal) in a person with a leg complaint of another cause: (lowest age in years, rate), rising by age."""
    syndrome: str = ""
    given: float = 0.0
    """P(present | syndrome present); only with a syndrome parent."""
    synonyms: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    """Names of the muscle, movement, reflex or area alone; a status word must stand beside them."""
    is_a: tuple[str, ...] = ()
    who: tuple[str, ...] = ("person", "clinician")
    question: str = ""
    examine: str = ""
    burden: int = 0
    hpo: str = ""
    sources: tuple[str, ...] = field(default=())

    @property
    def attribute(self) -> str:
        """What its `terms` are about: `strength`, `reflex`, `sensation`, `wasting`, `pain`, `swelling`, `mass`, or `sign`.

        Ids say so by convention (`weak-`, `reflex-`, `numb-`, `wasting-`, `-pain`, `-swelling`, `-mass`).
        """
        for prefix, attribute in _ATTRIBUTE_PREFIXES:
            if self.id.startswith(prefix):
                return attribute
        for suffix, attribute in _ATTRIBUTE_SUFFIXES:
            if self.id.endswith(suffix):
                return attribute
        return "sign"

    def background_at(self, age_years: float | None) -> float:
        """Background rate at an age (0-1); at 50 years where the age is unknown."""
        age = 50.0 if age_years is None else age_years
        return [rate for lowest, rate in self.background if age >= lowest or lowest == 0][-1]

    @property
    def states(self) -> tuple[str, ...]:
        return STATES[self.kind]
