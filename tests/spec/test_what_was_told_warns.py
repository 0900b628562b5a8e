"""A value of a test, an illness that is over and a medicine spelt in another way lead to the warning that they call for.

Source: KDIGO 2024 (categories of the filtration rate, G3a below 60 and G4 below 30 mL/min per 1.73 m2); label of ibuprofen (ulcer or bleeding
in the past, anticoagulants); Grundy 2019 (muscle trouble on a statin); JBDS 08 (steroids in diabetes that is not under control).
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from soleus.care.cautions import warnings_for
from soleus.care.facts import facts_of
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case, TestEntry
from soleus.domain.evidence import Evidence, TestResult
from soleus.knowledge_store import open_care, open_knowledge


@pytest.fixture(scope="module")
def care() -> CareKnowledge:
    return open_care()


def held(care: CareKnowledge, evidence: Evidence | None = None, **told: object) -> Mapping[str, str]:
    return facts_of(Case(**told), evidence or Evidence(), (), {}, care.facts, open_knowledge().kb)  # type: ignore[arg-type]


VALUES = [
    (TestEntry("creatinine", 400, "µmol/L"), {"kidney-disease", "kidney-failure"}),
    (TestEntry("serum creatinine", 4.5, "mg/dL"), {"kidney-disease", "kidney-failure"}),
    (TestEntry("creatinine", result="1.4"), {"kidney-disease"}),
    (TestEntry("eGFR", 20, "mL/min/1.73m2"), {"kidney-disease", "kidney-failure"}),
    (TestEntry("eGFR", result="<60"), {"kidney-disease"}),
    (TestEntry("kidney function", result="eGFR 45 ml/min"), {"kidney-disease"}),
    (TestEntry("HbA1c", 110, "mmol/mol"), {"diabetes", "diabetes-uncontrolled"}),
    (TestEntry("HbA1c", result="12.1 %"), {"diabetes", "diabetes-uncontrolled"}),
    (TestEntry("HbA1c", result="12,1"), {"diabetes", "diabetes-uncontrolled"}),
    (TestEntry("glucose", 20, "mmol/L"), {"diabetes", "diabetes-uncontrolled"}),
    (TestEntry("blood sugar", result="360 mg/dl"), {"diabetes", "diabetes-uncontrolled"}),
]
HEALTHY = [
    TestEntry("creatinine", 80, "µmol/L"),
    TestEntry("creatinine", result="0.9 mg/dL (0.7-1.3)"),
    TestEntry("eGFR", result=">60"),
    TestEntry("eGFR", result="95, was 45 years ago 90"),
    TestEntry("HbA1c", 36, "mmol/mol"),
    TestEntry("HbA1c", result="5.4 %"),
    TestEntry("glucose", result="99 mg/dL"),
    TestEntry("creatine kinase", 8000, "U/L"),
    TestEntry("creatinine", result="pending"),
]


def named(value: object) -> str:
    """A name that is the same in every process: a set has no order."""
    return " ".join(sorted(value)) if isinstance(value, set | frozenset) else str(value)


@pytest.mark.parametrize(("entry", "facts"), VALUES, ids=named)
def test_a_value_of_a_test_makes_the_fact(entry, facts, care):
    assert held(care, tests=(entry,)).keys() == facts


@pytest.mark.parametrize("entry", HEALTHY, ids=str)
def test_a_healthy_value_makes_none(entry, care):
    assert not held(care, tests=(entry,))


def test_a_result_in_words_counts_and_so_does_a_value_told_in_a_sentence(care):
    raised = Evidence(tests=(TestResult("creatinine", "raised"),))
    assert "kidney-disease" in held(care, raised)
    assert "kidney-failure" in held(care, narrative="They told me in March that my eGFR was 24 only.")
    assert "kidney-failure" in held(care, conditions=("CKD, eGFR 22",))


@pytest.mark.parametrize(("entry", "facts"), VALUES[:1], ids=named)
def test_the_warning_of_the_kidney_comes_from_the_value(entry, facts, care):
    told = held(care, tests=(entry,))
    for treatment in ("nsaid", "gabapentinoid", "snri"):
        assert {"kidney-disease", "kidney-failure"} & {f for w in warnings_for(care.treatments[treatment], told) for f in w.facts}, (
            treatment
        )


def test_steroids_warn_when_the_sugar_is_high(care):
    told = held(care, tests=(TestEntry("HbA1c", 110, "mmol/mol"),))
    assert "avoid" in {w.level for w in warnings_for(care.treatments["corticosteroid-immune"], told)}


ULCERS = ("former peptic ulcer", "previously stomach ulcer", "bleeding ulcer 2019", "stomach ulcer (healed)", "GI bleed 10 years ago")


@pytest.mark.parametrize("text", ULCERS)
def test_an_ulcer_of_the_past_counts(text, care):
    assert "peptic-ulcer" in held(care, conditions=(text,))


def test_an_ulcer_told_in_the_story_counts_unless_it_is_denied_or_somebody_elses(care):
    assert "peptic-ulcer" in held(care, narrative="My calf is weak. I had a bleeding stomach ulcer last year.")
    assert "peptic-ulcer" not in held(care, narrative="My calf is weak. I never had a stomach ulcer.")
    assert "peptic-ulcer" not in held(care, narrative="My father had a stomach ulcer.")
    assert "peptic-ulcer" not in held(care, conditions=("no peptic ulcer",))


def test_what_is_over_is_denied_where_only_the_present_counts(care):
    assert "diabetes" not in held(care, conditions=("former diabetes",))
    assert "anticoagulant" not in held(care, medicines=("stopped warfarin",))


@pytest.mark.parametrize(
    "text", ["rhabdomyolysis on atorvastatin 2019", "muscle pain on statins", "CK rise under simvastatin", "myalgia (Crestor)"]
)
def test_muscle_trouble_beside_the_name_of_a_statin_warns_of_statins(text, care):
    told = held(care, conditions=(text,))
    assert "statin-muscle-harm" in told
    assert {"avoid", "contraindicated"} & {w.level for w in warnings_for(care.treatments["statin-treatment"], told)}


def test_muscle_trouble_alone_or_denied_does_not(care):
    for text in ("muscle pain", "no muscle pain on statins", "atorvastatin"):
        assert "statin-muscle-harm" not in held(care, conditions=(text,)), text


@pytest.mark.parametrize(
    "name", ["Blutverdünner", "Xarelto 20 mg", "Sintrom", "Marevan", "Eliquis", "a blood-thinner", "Fraxiparine", "Falithrom"]
)
def test_blood_thinners_are_known_by_their_names(name, care):
    assert "contraindicated" in {w.level for w in warnings_for(care.treatments["nsaid"], held(care, medicines=(name,)))}
