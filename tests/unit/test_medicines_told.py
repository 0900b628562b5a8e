"""Medicines named in own words: listed as told, and no illness made of them."""

from __future__ import annotations

from datetime import date

import pytest

from soleus.assess import assess
from soleus.domain.case import Case
from soleus.interchange.evidence import understand
from soleus.interchange.narrative.medicines import medicine_names, medicines_told
from soleus.knowledge_store import open_care, open_knowledge
from soleus.reports.visit.build import Beside, visit_summary
from soleus.reports.visit.summary import VisitSummary

TODAY = date(2026, 11, 22)


def told(text: str) -> tuple[str, ...]:
    return medicines_told(text, medicine_names(open_care()), open_knowledge().lexicon)


def summary(text: str) -> VisitSummary:
    compiled = open_knowledge()
    case = Case(narrative=text)
    understanding = understand(case, compiled.kb, compiled.lexicon, TODAY)
    result = assess(understanding.evidence, compiled.kb, compiled.network)
    return visit_summary(case, understanding, result, compiled.kb, TODAY, Beside(medicines=told(text)))


def part(of: VisitSummary, id_: str) -> str:
    return " ".join(f"{line.label} {line.text}" for p in of.parts if p.id == id_ for line in p.lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My medicines are warfarin, metformin, prednisolone and gabapentin.", ("warfarin", "metformin", "prednisolone", "gabapentin")),
        ("Metformin 1 g twice a day\nRamipril 5 mg\nno warfarin", ("Metformin 1 g twice a day", "Ramipril 5 mg")),
        ("My mother takes warfarin. I take aspirin 75 mg daily and Glucophage.", ("aspirin 75 mg daily", "Glucophage")),
        ("My dad is 70 and takes warfarin; his calf is weak.", ("warfarin",)),
        ("I don't take any statins or ibuprofen.", ()),
        ("I am allergic to aspirin.", ()),
        ("I stopped prednisolone in May but take methotrexate.", ("methotrexate",)),
        ("Simvastatin was stopped. He is on amiodarone. Calcium 2.4.", ("amiodarone",)),
        ("I can't stand on my toes and take warfarin.", ("warfarin",)),
        ("My calf is weak.", ()),
    ],
)
def test_medicines_are_listed_as_they_were_told(text: str, expected: tuple[str, ...]) -> None:
    assert told(text) == expected


def test_the_summary_has_a_part_for_them_and_no_illness_of_them() -> None:
    page = summary("My left calf is weak. My medicines are warfarin, metformin, prednisolone, ramipril and gabapentin.")
    assert part(page, "medicines").strip() == "Warfarin; metformin; prednisolone; ramipril; gabapentin."
    history = part(page, "history")
    for illness in ("diabetes", "hypertension", "weeks or more", "metformin"):
        assert illness not in history


def test_an_illness_told_beside_its_medicine_stays() -> None:
    page = summary("My left calf is weak. I have high blood pressure and diabetes and take ramipril and metformin.")
    assert "hypertension" in part(page, "history")
    assert "diabetes mellitus" in part(page, "history")
    assert part(page, "medicines").strip() == "Ramipril; metformin."


def test_a_medicine_listed_already_is_not_told_twice() -> None:
    compiled = open_knowledge()
    case = Case(narrative="My left calf is weak. I take warfarin and gabapentin.", medicines=("Warfarin 3 mg",))
    understanding = understand(case, compiled.kb, compiled.lexicon, TODAY)
    result = assess(understanding.evidence, compiled.kb, compiled.network)
    page = visit_summary(case, understanding, result, compiled.kb, TODAY, Beside(medicines=told(case.narrative)))
    assert part(page, "medicines").strip() == "Warfarin 3 mg; gabapentin."
