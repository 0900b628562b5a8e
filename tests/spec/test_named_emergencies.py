"""A diagnosis or event that somebody names outright sets how soon to be seen, and brings its protection; what is past or treated does not.

Source: NICE NG128 (2022): everybody with a suspected TIA within the last week is seen by a specialist within 24 hours. AHA statement
of Williams and others (2007): unstable coronary disease rules out training. ASH (2020): a clot in a leg vein is treated before training.
UKSTAR (Costa and others 2020): after an Achilles rupture the boot is worn for 8 weeks. That a named emergency is one until it is said
to be treated or past, and the days that count as fresh, are expert estimates on the safe side.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import cache

import pytest

from soleus.assess import Assessment, assess
from soleus.care.eligible import hazards_of
from soleus.domain.case import Case, FindingEntry
from soleus.domain.knowledge_base import level_rank
from soleus.domain.training_log import LoggedSession, TrainingLog
from soleus.interchange.evidence import understand
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge
from soleus.plan import CarePlan, plan

TODAY = datetime.date(2026, 11, 22)
pytestmark = pytest.mark.slow


@cache
def made(
    *conditions: str, log: TrainingLog | None = None, findings: tuple[FindingEntry, ...] = ()
) -> tuple[Assessment, CarePlan, tuple[str, ...]]:
    known, care = open_knowledge(), open_care()
    case = Case(age_years=62, sex="male", conditions=conditions, findings=findings)
    understanding = understand(case, known.kb, known.lexicon, TODAY)
    told, _ = told_for_plan(case, understanding.evidence, known.kb, care, TODAY)
    assessment = assess(understanding.evidence, known.kb, known.network)
    missed = tuple(m for m in understanding.not_understood if m not in told.understood)
    return assessment, plan(case, assessment, known.kb, care, replace(told, log=log or TrainingLog()), TODAY), missed


@pytest.mark.parametrize(
    "words",
    [
        "acute limb ischaemia",
        "Acute compartment syndrome of the left leg",
        "cauda equina",
        "cauda equina syndrome",
        "cauda equina syndrome, not operated",
        "cauda equina syndrome after lifting a box",
        "metastatic cord compression",
        "spinal epidural abscess",
        "rhabdomyolysis",
        "acute spinal cord injury",
        "stroke yesterday",
        "stroke 2015, TIA this morning",
        "heart attack yesterday",
        "MI 2 days ago",
        "unstable angina",
    ],
)
def test_a_named_emergency_blocks_the_plan(words):
    assessment, planned, missed = made(words)
    assert assessment.triage.level == "emergency"
    assert words in planned.blocked
    assert "new or not yet treated" in planned.blocked
    assert planned.programme is None
    assert missed == ()


@pytest.mark.parametrize(
    "words", ["blood clot in the calf, not treated", "DVT, untreated", "pulmonary embolism last week", "NSTEMI last week"]
)
def test_what_must_be_seen_today_holds_the_training(words):
    assessment, planned, missed = made(words)
    assert assessment.triage.level == "same_day"
    assert "today" in planned.held
    assert planned.programme is None
    assert missed == ()


@pytest.mark.parametrize(
    "words",
    [
        "cauda equina syndrome 2015",
        "old cauda equina syndrome",
        "history of rhabdomyolysis",
        "rhabdomyolysis since 2019",
        "cauda equina syndrome, operated 3 weeks ago",
        "spinal epidural abscess, treated",
        "Guillain-Barré syndrome, recovering",
        "stroke",
        "stroke 4 years ago",
        "heart attack",
        "heart attack 2018",
        "no stroke",
        "father had a stroke",
        "chronic exertional compartment syndrome",
        "spinal cord injury",
        "hypokalaemic periodic paralysis",
    ],
)
def test_what_is_past_or_treated_or_denied_raises_nothing(words):
    assert not any(r.rule.startswith("named:") for r in made(words)[0].triage.reasons)


def test_what_began_months_ago_and_gets_better_raises_nothing():
    better = FindingEntry("leg weakness", since=datetime.date(2026, 5, 1), course="improving")
    worse = replace(better, course="progressive")
    assert made("Guillain-Barre syndrome", findings=(better,))[0].triage.level != "emergency"
    assert made("Guillain-Barre syndrome", findings=(worse,))[0].triage.level == "emergency"


@pytest.mark.parametrize(
    "condition", sorted(c.id for c in open_knowledge().kb.conditions.values() if level_rank(c.urgency) >= level_rank("same_day"))
)
def test_naming_a_danger_as_new_gives_at_least_its_level(condition):
    kb = open_knowledge().kb
    name = kb.conditions[condition].name
    case = Case(age_years=50, conditions=(f"new {name}",))
    named = understand(case, kb, open_knowledge().lexicon, TODAY).evidence.named
    assert max((level_rank(n.level) for n in named), default=-1) >= level_rank(kb.conditions[condition].urgency)


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("myocardial infarction 3 weeks ago", "heart-unstable"),
        ("NSTEMI last week", "heart-unstable"),
        ("pulmonary embolism last week", "heart-unstable"),
        ("blood clot in the calf, not treated", "dvt-untreated"),
        ("DVT on apixaban since 3 weeks", "dvt-treated"),
        ("stroke 3 weeks ago", "stroke"),
    ],
)
def test_an_event_with_its_time_brings_its_hazards(words, fact):
    _, planned, _ = made(words)
    assert fact in planned.person.facts


@pytest.mark.parametrize(
    ("words", "regimen", "hazard"),
    [
        ("ruptured Achilles tendon, surgery 2 weeks ago", "achilles-rupture-boot", "achilles-healing"),
        ("Achilles tendon rupture repaired 3 weeks ago", "achilles-rupture-boot", "achilles-healing"),
        ("My Achilles tendon ruptured last week", "achilles-rupture-boot", "achilles-healing"),
        ("snapped my Achilles", "achilles-rupture-boot", "achilles-healing"),
        ("Achilles tendon rupture", "achilles-rupture-boot", "achilles-healing"),
        ("torn hamstring off the bone", "hamstring-avulsion-early", "hamstring-torn-off"),
        ("hamstring reattached 4 weeks ago", "hamstring-avulsion-early", "hamstring-torn-off"),
        ("quadriceps tendon rupture", "tendon-repair-protected", "thigh-tear-load"),
        ("patellar tendon repair in October", "tendon-repair-protected", "thigh-tear-load"),
    ],
)
def test_a_torn_tendon_is_protected(words, regimen, hazard):
    _, planned, missed = made(words)
    assert planned.programme is not None
    assert planned.programme.regimen.id == regimen
    assert hazard in hazards_of(planned.person, planned.programme.regimen, open_care().hazards)
    done = {i.exercise.id: i.exercise for s in planned.programme.week.sessions for i in s.items}
    assert not any(set(e.stress) & {"impact", "heavy", "maximal"} for e in done.values())
    assert missed == ()


def test_the_time_of_a_tear_counts_and_not_that_of_an_older_complaint():
    old = FindingEntry("back pain", since=datetime.date(2020, 1, 1))
    _, planned, _ = made("Achilles tendon rupture repaired 3 weeks ago", findings=(old,))
    assert "achilles-rupture-boot" in {c.regimen.id for c in planned.choices if c.regimen}


@pytest.mark.parametrize("symptom", ["dark urine", "chest symptoms"])
def test_an_emergency_in_the_log_blocks_the_plan(symptom):
    _, planned, _ = made(log=TrainingLog((LoggedSession(on=TODAY - datetime.timedelta(days=1), done=(), symptoms=(symptom,)),)))
    assert planned.level == "emergency"
    assert planned.blocked
    assert planned.programme is None


def test_an_emergency_in_the_log_blocks_a_plan_that_was_held_too():
    log = TrainingLog((LoggedSession(on=TODAY, done=(), symptoms=("chest symptoms",)),))
    _, planned, _ = made("DVT, untreated", log=log)
    assert planned.level == "emergency"
    assert "Chest" in planned.blocked


def test_a_swollen_leg_in_the_log_sets_how_soon_to_be_seen():
    _, planned, _ = made(log=TrainingLog((LoggedSession(on=TODAY, done=(), symptoms=("leg swelling",)),)))
    assert planned.level == "same_day"
