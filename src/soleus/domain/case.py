"""A case as somebody wrote it down: entries in their own words, before they are matched to the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from soleus.domain.finding import Side


@dataclass(frozen=True)
class FindingEntry:
    """One line under `findings`."""

    finding: str
    side: Side = Side.UNSTATED
    value: str = ""
    since: date | None = None
    course: str = ""
    sure: float | None = None
    """Certainty of the report, 0.5 to 1; None: as sure as people are."""
    place: str = ""
    line: int | None = None


@dataclass(frozen=True)
class TestEntry:
    """One line under `tests`."""

    __test__ = False

    test: str
    value: float | None = None
    unit: str = ""
    result: str = ""
    on: date | None = None
    place: str = ""
    line: int | None = None


@dataclass(frozen=True)
class EventEntry:
    """One line under `events`: what happened on a day and may explain a change. Drawn into charts; no evidence for any cause."""

    on: date
    what: str
    kind: str = ""
    """`operation`, `injury`, `relapse`, `medicine`, or empty."""


@dataclass(frozen=True)
class Case:
    """Everything a case file says, nothing interpreted."""

    id: str = ""
    age_years: float | None = None
    sex: str = "unknown"
    height_cm: float | None = None
    weight_kg: float | None = None
    activity: float | None = None
    """Physical activity, 1 (hardly any) to 6 (hard training several times a week); some norms ask for it. [-]"""
    setting: str = "self"
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    findings: tuple[FindingEntry, ...] = ()
    tests: tuple[TestEntry, ...] = ()
    measurements: tuple[Mapping[str, object], ...] = ()
    events: tuple[EventEntry, ...] = ()
    goals: tuple[str, ...] = ()
    preferences: Mapping[str, object] = field(default_factory=dict)
    narrative: str = ""
