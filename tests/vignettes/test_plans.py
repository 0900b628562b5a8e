"""Invented people to plan for, in the style of published cases: a week of training is found for each, and the checker passes it.

They reach over every level of lesion, ages 8 to 88, MRC grades 1 to 5, from no equipment to a full gym.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import pytest

from soleus.assess import assess
from soleus.care.checker import violations
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.strength import MrcGrade
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import understand
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge
from soleus.plan import CarePlan, plan

FOLDER = Path(__file__).parent / "plans"
PATHS = sorted(FOLDER.glob("*.yaml"))
TODAY = datetime.date(2026, 11, 22)
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Outcome:
    case: Case
    plan: CarePlan
    problems: tuple[str, ...]
    missed: tuple[str, ...]


@pytest.fixture(scope="module")
def care() -> CareKnowledge:
    return open_care()


@pytest.fixture(scope="module")
def outcomes(care: CareKnowledge) -> dict[str, Outcome]:
    known = open_knowledge()
    made = {}
    for path in PATHS:
        case = case_of_text(path.read_text(encoding="utf-8"), TODAY, path.name)
        understanding = understand(case, known.kb, known.lexicon, TODAY)
        told, problems = told_for_plan(case, understanding.evidence, known.kb, care, TODAY)
        assessment = assess(understanding.evidence, known.kb, known.network)
        missed = (*(m for m in understanding.not_understood if m not in told.understood), *told.not_understood)
        made[path.stem] = Outcome(case, plan(case, assessment, known.kb, care, told, TODAY), tuple(str(p) for p in problems), missed)
    return made


@pytest.mark.parametrize("name", [p.stem for p in PATHS])
def test_everything_that_is_told_is_understood(name: str, outcomes: dict[str, Outcome]):
    assert outcomes[name].problems == ()
    assert outcomes[name].missed == ()


@pytest.mark.parametrize("name", [p.stem for p in PATHS])
def test_a_week_is_found_and_the_checker_passes_it(name: str, outcomes: dict[str, Outcome], care: CareKnowledge):
    result = outcomes[name].plan
    assert result.blocked == ""
    assert result.held == ""
    assert result.programme is not None
    assert result.programme.week.sessions
    assert [str(v) for v in violations(result.programme.week, result.person, result.programme.regimen, care)] == []


def test_the_cases_reach_over_everybody_soleus_is_for(outcomes: dict[str, Outcome]):
    people = [o.plan.person for o in outcomes.values()]
    ages = [p.age_years for p in people if p.age_years is not None]
    grades = [p.back_of_leg for p in people]
    assert len(people) >= 25
    assert min(ages) <= 8
    assert max(ages) >= 88
    assert min(grades) <= MrcGrade("1")
    assert max(grades) >= MrcGrade("4")
    assert len({name.partition("-")[0] for name in outcomes}) >= 12  # levels of lesion
