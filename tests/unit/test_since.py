"""Since when: months, seasons, feasts and years, told in words and counted back from today."""

from __future__ import annotations

from datetime import date

import pytest

from soleus.assess import Assessment, assess
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.interchange.evidence import understand
from soleus.interchange.phrases.since import begins, with_length
from soleus.knowledge_store import open_knowledge
from soleus.reports.visit.build import visit_summary

TODAY = date(2026, 11, 22)  # a Sunday


def assessed(text: str) -> Assessment:
    compiled = open_knowledge()
    understanding = understand(Case(narrative=text), compiled.kb, compiled.lexicon, TODAY)
    return assess(understanding.evidence, compiled.kb, compiled.network)


def onset(evidence: Evidence) -> str:
    return "" if evidence.onset is None else ONSETS[evidence.onset.index(max(evidence.onset))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since March 2026", "since March 2026 (8 months)"),
        ("Since March I cannot stand on my toes", "Since March (8 months) I cannot stand on my toes"),
        ("since last spring", "since last spring (7 months)"),
        ("since last Christmas", "since last Christmas (11 months)"),
        ("since 2019", "since 2019 (7 years)"),
        ("since last November", "since last November (12 months)"),
        ("since Monday", "since Monday (6 days)"),
        ("since 3 March 2026", "since 3 March 2026 (9 months)"),
        ("since the end of 2025", "since the end of 2025 (13 months)"),
        ("it started in March", "it started in March (8 months)"),
        ("since 2019, weak since March", "since 2019, weak since March (8 months)"),
    ],
)
def test_a_time_is_counted_back_from_today(text: str, expected: str) -> None:
    assert with_length(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "since March 2027",
        "since 31 February",
        "since I may",
        "since the operation",
        "suddenly since March",
        "since yesterday, ill since May",
    ],
)
def test_what_is_no_past_day_or_tells_a_time_already_stays(text: str) -> None:
    assert with_length(text, TODAY) == text


def test_a_name_of_a_month_without_since_is_no_time() -> None:
    assert begins("weak since May")
    assert not begins("I may march in April")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My left calf has been weak since March 2026.", "months"),
        ("Since March I cannot stand on my toes", "months"),
        ("My left calf is weak. It has been like this since March.", "months"),
        ("My left calf is weak. It started in March.", "months"),
        ("My left calf is weak. It has been like this for 3 weeks.", "weeks"),
        ("My left calf has been weak for the past 3 weeks.", "weeks"),
        ("My left calf has been weak since Friday.", "days"),
        ("I have had back pain since 2019, and my foot has been weak for 3 days.", "days"),
        ("My calf has been weak since March and since yesterday I cannot walk.", "sudden"),
        ("I have had diabetes since 2019. My calf is weak.", ""),
        ("My calf is weak. My mother has had it since 2019.", ""),
    ],
)
def test_the_onset_is_read_and_what_is_newest_counts(text: str, expected: str) -> None:
    assert onset(assessed(text).evidence) == expected


@pytest.mark.parametrize("words", ["has been getting weaker since March 2026", "gets weaker since March", "got weaker since last spring"])
def test_getting_weaker_is_a_course(words: str) -> None:
    course = assessed(f"My left calf {words}.").evidence.course
    assert course is not None
    assert COURSES[course.index(max(course))] == "progressive"


def test_a_weakness_that_grows_for_months_is_not_led_by_a_torn_tendon() -> None:
    result = assessed("My left calf gets weaker since March, I cannot stand on my toes")
    assert "achilles-tendon-rupture" not in [c.condition for c in result.differential.candidates[:3]]


def test_the_summary_tells_the_course_and_does_not_ask_for_it() -> None:
    compiled = open_knowledge()
    case = Case(narrative="My left calf has been getting weaker since March 2026.")
    understanding = understand(case, compiled.kb, compiled.lexicon, TODAY)
    page = visit_summary(case, understanding, assess(understanding.evidence, compiled.kb, compiled.network), compiled.kb, TODAY)
    parts = {p.id: " ".join(line.text for line in p.lines) for p in page.parts}
    assert parts["course"] == "Since March 2026 (8 months), getting worse."
    assert "since March 2026 (8 months), getting worse" in page.concern.line
    assert "how fast it came on" not in parts["warnings"]
