"""What Soleus knows, as plain frozen values: conditions, findings, tests, rules, sources. Built by `knowledge.loader`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from soleus.domain.anatomy import Anatomy
from soleus.domain.finding import Finding

Level = Literal["self_care", "routine", "within_2_weeks", "same_day", "emergency"]
LEVELS: tuple[str, ...] = get_args(Level)
"""Triage levels, least urgent first."""
ONSETS: tuple[str, ...] = ("sudden", "days", "weeks", "months", "years")
"""Time from the first symptom to the present picture: up to 24 h, 1-14 d, 2-8 weeks, 2-24 months, longer."""
COURSES: tuple[str, ...] = ("progressive", "stable", "improving", "relapsing", "episodic")
TEMPO_LAY = {"onset": "how fast it came on", "course": "whether it is getting worse, staying or getting better"}
TEMPO_QUESTIONS = {
    "onset": "When did it begin, and how long did it take to get this bad: within a day, days, weeks, months or years?",
    "course": "Since then, is it getting worse, staying the same, getting better, or coming and going?",
}
"""The time course may be asked like a finding; these are its ids."""
SETTINGS: tuple[str, ...] = ("self", "primary-care", "neuromuscular-clinic")


def level_rank(level: str) -> int:
    """Position of a triage level, 0 (self care) to 4 (emergency)."""
    return LEVELS.index(level)


@dataclass(frozen=True)
class Quantity:
    """A probability, ratio or rate with its origin: `published`, `derived` or `estimate`."""

    value: float
    origin: str
    ref: str = ""
    because: str = ""


@dataclass(frozen=True)
class FootprintShare:
    """One place where the lesion of a condition may be, with the share of cases. [-]"""

    site: str
    side: str
    share: float
    degree: tuple[float, float, float, float]
    """Shares of mild, moderate, severe and complete lesions; they sum to 1."""


@dataclass(frozen=True)
class Condition:
    """A cause that a doctor would write down."""

    id: str
    name: str
    lay_name: str
    synonyms: tuple[str, ...]
    groups: tuple[str, ...]
    management: str
    urgency: str
    not_to_miss: float
    """Probability above which it may not be left out of triage. [-]"""
    yield_per_100k: float
    """New complaints of a weak leg from this cause, per 100,000 people a year. [1/100,000/y]"""
    age_rates: tuple[float, ...]
    """Relative rate per person in each of `AGE_BANDS`. [-]"""
    male_share: float
    risk_factors: Mapping[str, Quantity]
    """Odds ratio by risk. [-]"""
    footprints: tuple[FootprintShare, ...]
    syndromes: Mapping[str, Quantity]
    findings: Mapping[str, Quantity]
    onset: tuple[float, ...]
    course: tuple[float, ...]
    icd10: tuple[str, ...] = ()
    other_codes: Mapping[str, str] = field(default_factory=dict)
    look_alikes: tuple[tuple[str, str], ...] = ()
    description: str = ""
    clinician: str = ""
    review_next: str = ""
    origins: Mapping[str, int] = field(default_factory=dict)
    """How many of its numbers are published, derived, estimate."""
    relapse: str = ""
    """How soon to be seen for who lives with it and says that it is back or worse, one of `LEVELS`; empty: no rule. Expert estimates."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.id, self.name, self.lay_name, *self.synonyms)


@dataclass(frozen=True)
class Test:
    """An examination, laboratory or imaging test and what its outcomes say."""

    __test__ = False

    id: str
    name: str
    lay: str
    category: str
    synonyms: tuple[str, ...]
    outcomes: tuple[str, ...]
    outcome_names: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    limits: tuple[float | None, ...]
    """Lower limit of each outcome of a numeric test, in `unit`."""
    probabilities: Mapping[str, tuple[float, ...]]
    """P(outcome | condition) by condition id; the key `*` holds the default."""
    unit: str = ""
    units: Mapping[str, float] = field(default_factory=dict)
    plausible: tuple[float, float] | None = None
    cost: int = 1
    invasiveness: int = 0
    wait_days: int = 0
    burden_text: str = ""
    earliest_useful: str = ""
    earliest_useful_days: int = 0
    contraindications: tuple[str, ...] = ()
    preparation: str = ""
    when: str = "routine"
    source: str = ""
    why: str = ""
    loinc: str = ""
    implies: Mapping[str, str] = field(default_factory=dict)
    """outcome to the risk that it shows; a test that shows risks is no evidence beside them."""
    units_added: Mapping[str, float] = field(default_factory=dict)
    """unit to what is added after its factor, in the test's own unit; only for scales that do not begin at one zero."""

    def outcome_name(self, outcome: str) -> str:
        return self.outcome_names[self.outcomes.index(outcome)]


@dataclass(frozen=True)
class RedFlagRule:
    """A combination of findings, history and tempo that sets the lowest triage level allowed."""

    id: str
    level: str
    when: Mapping[str, object]
    text: str
    lay: str
    essential: tuple[str, ...]
    ref: str
    at: str


@dataclass(frozen=True)
class Source:
    """A publication and how far it was read: full, abstract, secondary or recalled."""

    id: str
    title: str
    authors: str
    year: int | None
    where: str
    kind: str
    read: str
    doi: str = ""
    pmid: str = ""
    url: str = ""

    @property
    def citation(self) -> str:
        parts = [self.authors, self.title, self.where, str(self.year or "")]
        link = f"doi:{self.doi}" if self.doi else f"PMID {self.pmid}" if self.pmid else self.url
        return ". ".join(p.rstrip(".") for p in [*parts, link] if p) + ("" if self.read != "recalled" else " (cited from memory)")


@dataclass(frozen=True)
class Syndrome:
    """What goes on at a lesion or with it, such as radicular pain."""

    id: str
    name: str
    lay: str
    background: float
    """P(present) in a person whose cause does not state it. [-]"""


@dataclass(frozen=True)
class KnowledgeBase:
    """All that is known, by id. Immutable; the order of each mapping is the order of the ids."""

    version: str
    conditions: Mapping[str, Condition]
    findings: Mapping[str, Finding]
    syndromes: Mapping[str, Syndrome]
    tests: Mapping[str, Test]
    rules: Mapping[str, RedFlagRule]
    sources: Mapping[str, Source]
    groups: Mapping[str, tuple[str, str]]
    managements: Mapping[str, tuple[str, str]]
    settings: Mapping[str, Mapping[str, float]]
    """setting to multiplier of the prior by group."""
    anatomy: Anatomy
    terms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Named combinations that the red-flag rules share."""
