"""A lasting diagnosis that is back or worse, or beside a complaint of the last weeks, is seen today or within two weeks.

Source: NICE NG220 (2022): a relapse of multiple sclerosis is treated as early as possible, within 14 days of its first symptoms. That
relapses of diseases which can paralyse or stop the breath (periodic paralysis, neuromyelitis optica, myasthenia) are seen the same day, and
the 28 days that count as weeks, are expert estimates on the safe side.
"""

from __future__ import annotations

import datetime

import pytest

from soleus.assess import assess
from soleus.domain.case import Case, FindingEntry
from soleus.domain.knowledge_base import level_rank
from soleus.interchange.evidence import understand
from soleus.interchange.mentions import LASTING
from soleus.knowledge_store import open_knowledge

TODAY = datetime.date(2026, 11, 22)


def named(*conditions: str, findings: tuple[FindingEntry, ...] = (), narrative: str = "") -> str:
    known = open_knowledge()
    case = Case(age_years=40, conditions=conditions, findings=findings, narrative=narrative)
    understanding = understand(case, known.kb, known.lexicon, TODAY)
    level = max((n.level for n in understanding.evidence.named), key=level_rank, default="")
    if level:
        assert level_rank(assess(understanding.evidence, known.kb, known.network).triage.level) >= level_rank(level)
    return level


@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("neuromyelitis optica, relapse", "same_day"),
        ("neuromyelitis optica on rituximab since 2019, worse", "same_day"),
        ("neuromyelitis optica since 2015, relapse", "same_day"),
        ("hypokalaemic periodic paralysis, attack", "same_day"),
        ("acute intermittent porphyria attack", "same_day"),
        ("vasculitic neuropathy, flare-up", "same_day"),
        ("subacute combined degeneration, worse for 2 weeks", "same_day"),
        ("myasthenia gravis, new weakness", "same_day"),
        ("multiple sclerosis relapse", "within_2_weeks"),
        ("CIDP, worse", "within_2_weeks"),
    ],
)
def test_what_is_back_or_worse_is_seen_soon(words, least):
    assert level_rank(named(words)) >= level_rank(least)


@pytest.mark.parametrize("condition", sorted(LASTING))
def test_each_lasting_diagnosis_has_its_level_for_a_relapse(condition):
    kb = open_knowledge().kb
    assert level_rank(kb.conditions[condition].relapse) >= level_rank("within_2_weeks")
    assert level_rank(named(f"{kb.conditions[condition].name}, worse")) >= level_rank(kb.conditions[condition].relapse)


@pytest.mark.parametrize(
    "words",
    [
        "neuromyelitis optica",
        "neuromyelitis optica, no relapse since 2019",
        "neuromyelitis optica, last relapse 2018",
        "hypokalaemic periodic paralysis with attacks for years",
        "relapsing-remitting multiple sclerosis",
        "multiple sclerosis, relapse in 2015",
        "vasculitic neuropathy, not worse",
    ],
)
def test_what_lasts_without_change_raises_nothing(words):
    assert named(words) == ""


@pytest.mark.parametrize(
    "finding",
    [
        FindingEntry("calf weakness", since=datetime.date(2026, 11, 10)),
        FindingEntry("calf weakness", value="worse"),
        FindingEntry("time course", value="for 3 days"),
    ],
)
def test_a_complaint_of_the_last_weeks_beside_a_lasting_diagnosis_counts(finding):
    old = FindingEntry("calf weakness", since=datetime.date(2020, 1, 1))
    assert named("neuromyelitis optica", findings=(finding,)) == "same_day"
    assert named("neuromyelitis optica, treated", findings=(finding,)) == "same_day"
    assert named("neuromyelitis optica", findings=(old,)) == ""


def test_so_does_a_text():
    assert named(narrative="I have neuromyelitis optica.") == ""
    assert named(narrative="I have neuromyelitis optica. My left leg has become weak for 3 days.") == "same_day"
    assert named(narrative="I have multiple sclerosis and it is getting worse") == "within_2_weeks"
