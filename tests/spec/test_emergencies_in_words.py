"""A grave diagnosis counts when it is misspelt, and when a free text names it as there now; fear, denial, past and family name nothing.

Source: ConText (Harkema and others 2009) for the kinds of statement that do not assert a finding of this person now. That a name written
with a slip of the pen counts as the name, and that a clinician's suspicion counts as naming, are expert estimates on the safe side.
"""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from soleus.assess import assess
from soleus.domain.case import Case
from soleus.domain.knowledge_base import level_rank
from soleus.interchange.evidence import Understanding, understand
from soleus.interchange.mentions import mentions
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge

TODAY = datetime.date(2026, 11, 22)
URGENT = sorted(c.id for c in open_knowledge().kb.conditions.values() if level_rank(c.urgency) >= level_rank("same_day"))
EMERGENCIES = (
    ("acute limb iscaemia", "emergency"),
    ("acute limb ishcemia", "emergency"),
    ("Cauda Equine Syndrome", "emergency"),
    ("caude equina", "emergency"),
    ("spinal epidural hemotoma", "emergency"),
    ("spinal epidural haemotoma", "emergency"),
    ("spinal epidural absess", "emergency"),
    ("rabdomyolysis", "emergency"),
    ("Guillian-Barre syndrome", "emergency"),
    ("Gullain Barré", "emergency"),
    ("acute compartement sindrome", "emergency"),
    ("metastatic cord compresion", "emergency"),
    ("unstable angena", "emergency"),
    ("storke yesterday", "emergency"),
    ("hart attack yesterday", "emergency"),
    ("brain hemorrage yesterday", "emergency"),
    ("deep vein thrombosys", "same_day"),
    ("pulmonary embolysm last week", "same_day"),
)


@cache
def understood(narrative: str = "", *conditions: str) -> Understanding:
    known = open_knowledge()
    return understand(Case(age_years=62, sex="male", narrative=narrative, conditions=conditions), known.kb, known.lexicon, TODAY)


def highest(understanding: Understanding) -> str:
    return max((n.level for n in understanding.evidence.named), key=level_rank, default="")


@pytest.mark.parametrize(("words", "level"), EMERGENCIES)
def test_a_misspelt_emergency_is_the_emergency(words, level):
    found = understood("", words)
    assert highest(found) == level
    assert found.not_understood == ()


@pytest.mark.parametrize("condition", URGENT)
def test_british_and_american_names_are_one(condition):
    kb = open_knowledge().kb
    name = kb.conditions[condition].name
    american = name.replace("ae", "e").replace("oe", "e")

    def level(text: str) -> int:
        return max((level_rank(n.level) for n in understood("", text).evidence.named), default=-1)

    assert level(f"new {american}") >= level(f"new {name}") >= level_rank(kb.conditions[condition].urgency)


@pytest.mark.parametrize(
    "words",
    [
        "chronic exertional compartement syndrome",
        "haemorrhoids",
        "hemochromatosis",
        "haemangioma",
        "cellulite",
        "Cushing's syndrome",
        "phlebitis",
        "tonsillitis",
        "ulcerative colitis",
        "carpal tunnel syndrome",
        "spondylolisthesis",
        "Gillian Barry is my doctor",
    ],
)
def test_what_is_another_word_is_not_put_right_to_an_emergency(words):
    assert mentions([words], open_knowledge().kb, TODAY) == ()


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("The hospital said it is cauda equina syndrome", "cauda equina syndrome"),
        ("I was told I have acute limb ischemia", "acute limb ischaemia"),
        ("GBS diagnosed yesterday", "GBS diagnosed yesterday"),
        ("doctor thinks it's a DVT", "DVT"),
        ("My calf is weak and my GP suspects a DVT", "suspected DVT"),
        ("i have guillian barre syndrome", "Guillain-Barre syndrome"),
        ("MRI showed spinal epidural abscess", "spinal epidural abscess"),
        ("The MRI confirmed cauda equina syndrome, blood tests normal", "cauda equina syndrome"),
        ("My leg is weak. Dr Smith diagnosed rhabdomyolysis.", "rhabdomyolysis"),
        ("Diagnosis: acute compartment syndrome of the leg", "acute compartment syndrome"),
        ("I had a heart attack 2 days ago", "heart attack 2 days ago"),
        ("I had a stroke yesterday", "stroke yesterday"),
        ("I am having a stroke", "stroke now"),
        ("I was diagnosed with a pulmonary embolism last week", "pulmonary embolism last week"),
        ("I cannot walk because of acute limb ischaemia", "acute limb ischaemia"),
        ("A DVT was ruled out, but now they say it is acute limb ischaemia", "acute limb ischaemia"),
        ("My wife says I have cauda equina syndrome", "cauda equina syndrome"),
        ("I have cauda equina syndrome, should I go to hospital?", "cauda equina syndrome"),
        ("My mother is 80. She was told that she has a DVT.", "DVT"),
        ("I ruptured my Achilles last week", "Achilles rupture last week"),
        ("GP says DVT, cannot be ruled out", "DVT"),
    ],
)
def test_who_names_an_emergency_in_a_text_is_seen_as_soon_as_for_the_name_among_the_conditions(text, same_as):
    in_words, listed = understood(text), understood("", same_as)
    assert level_rank(highest(in_words)) >= level_rank(highest(listed)) >= level_rank("same_day")
    known = open_knowledge()
    level = assess(in_words.evidence, known.kb, known.network).triage.level
    assert level_rank(level) >= level_rank(highest(listed))
    assert in_words.unread is None
    assert not [m for m in in_words.not_understood if m in text and m != "blood tests normal"]


@pytest.mark.parametrize(
    "text",
    [
        "I had a DVT in 2010",
        "I had a DVT",
        "I had cauda equina surgery in 2015",
        "In 2012 I had Guillain-Barre syndrome and recovered",
        "I was diagnosed with GBS as a child",
        "I have a history of stroke. My leg is weak.",
        "Stroke 2015, my left leg has been weak since",
        "My father had a stroke yesterday and I have a weak calf",
        "I came with my weak calf. My brother is in hospital with cauda equina syndrome.",
        "I am afraid of cauda equina syndrome",
        "I wonder if it is cauda equina syndrome",
        "Could this be cauda equina syndrome?",
        "Do I have a DVT?",
        "I read about compartment syndrome",
        "The doctor warned me about cauda equina syndrome",
        "He wants to exclude cauda equina syndrome",
        "I do not have cauda equina syndrome",
        "No history of DVT, PE, cancer or rhabdomyolysis",
        "They have ruled out a DVT",
        "GP suspected a DVT. The scan was clear.",
        "Cauda equina syndrome can cause numbness",
        "chronic exertional compartment syndrome",
    ],
)
def test_what_is_feared_denied_past_or_a_relatives_names_nothing(text):
    assert understood(text).evidence.named == ()


def test_a_plan_knows_what_a_text_names():
    known, care = open_knowledge(), open_care()
    case = Case(age_years=40, narrative="My left Achilles tendon ruptured last week. My calf is weak.")
    told, _ = told_for_plan(case, understood(case.narrative).evidence, known.kb, care, TODAY)
    assert "achilles-tendon-rupture" in told.known
