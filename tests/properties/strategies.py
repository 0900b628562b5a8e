"""Random evidence and random cases for the property tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from soleus.domain.case import Case, FindingEntry, TestEntry
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, SETTINGS
from soleus.domain.strength import MrcGrade, ReflexGrade

from .conftest import World

SIDES = (Side.LEFT, Side.RIGHT)
T = TypeVar("T")
PRESENT, ABSENT = (0.0, 1.0), (1.0, 0.0)
GRADES = ("0", "1", "2", "3", "4-", "4", "4+", "5")


def one_of_many(items: Sequence[T]) -> st.SearchStrategy[T]:
    """One of a long list. `st.sampled_from` would hash all of it each time."""
    return st.integers(0, len(items) - 1).map(lambda i: items[i])


def weights_of(kind: Kind) -> st.SearchStrategy[tuple[float, ...]]:
    """Likelihoods as the reader makes them."""
    if kind is Kind.STRENGTH:
        return st.sampled_from([MrcGrade(g).state_weights for g in GRADES])
    if kind is Kind.REFLEX:
        return st.sampled_from([ReflexGrade(g).state_weights for g in range(5)])
    return st.sampled_from([PRESENT, PRESENT, ABSENT, (0.25, 0.75), (0.8, 0.2)])


@st.composite
def observations(draw: st.DrawFn, findings: Sequence[Finding], most: int = 12) -> tuple[Observation, ...]:
    """Reports about different findings, each on no stated side, on one side or on both."""
    chosen = draw(st.lists(one_of_many(findings), max_size=most, unique_by=lambda f: f.id))
    result = []
    for finding in chosen:
        sides = draw(st.sampled_from([(Side.UNSTATED,), (Side.LEFT,), (Side.RIGHT,), SIDES])) if finding.sided else (Side.UNSTATED,)
        result += [Observation(finding.id, side, draw(weights_of(finding.kind)), finding.name) for side in sides]
    return tuple(result)


def likelihoods(n: int) -> st.SearchStrategy[tuple[float, ...] | None]:
    some = st.lists(st.floats(0.02, 1.0), min_size=n, max_size=n).map(tuple)
    return st.none() | some


@st.composite
def evidence(draw: st.DrawFn, world: World, most: int = 12) -> Evidence:
    """What might be known of somebody."""
    findings = list(world.kb.findings.values())
    return Evidence(
        age_years=draw(st.none() | st.integers(0, 100).map(float)),
        sex=draw(st.sampled_from(["male", "female", "unknown"])),
        setting=draw(st.sampled_from(SETTINGS)),
        observations=draw(observations(findings, most)),
        onset=draw(likelihoods(len(ONSETS))),
        course=draw(likelihoods(len(COURSES))),
    )


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)
DATES = st.integers(0, 3000).map(lambda days: date(2026, 3, 2) - timedelta(days=days))


@st.composite
def finding_entries(draw: st.DrawFn) -> FindingEntry:
    return FindingEntry(
        draw(WORDS),
        draw(st.sampled_from(list(Side))),
        draw(st.just("") | WORDS),
        draw(st.none() | DATES),
        draw(st.just("") | WORDS),
        draw(st.none() | st.sampled_from([0.5, 0.75, 0.9, 1.0])),
    )


@st.composite
def laboratory_entries(draw: st.DrawFn) -> TestEntry:
    value = draw(st.none() | st.floats(0, 1e6).map(lambda x: round(x, 3)))
    return TestEntry(
        draw(WORDS), value, draw(st.sampled_from(["", "U/L", "mmol/L"])), "" if value is not None else draw(WORDS), draw(st.none() | DATES)
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """What might stand in a case file."""
    return Case(
        id=draw(st.just("") | WORDS),
        age_years=draw(st.none() | st.integers(0, 120).map(float)),
        sex=draw(st.sampled_from(["male", "female", "intersex", "unknown"])),
        setting=draw(st.sampled_from(SETTINGS)),
        conditions=tuple(draw(st.lists(WORDS, max_size=3))),
        medicines=tuple(draw(st.lists(WORDS, max_size=3))),
        findings=tuple(draw(st.lists(finding_entries(), min_size=1, max_size=4))),
        tests=tuple(draw(st.lists(laboratory_entries(), max_size=3))),
        goals=tuple(draw(st.lists(WORDS, max_size=2))),
        narrative=draw(st.just("") | WORDS),
    )
