"""What a case says for a plan, and every fault in it."""

from datetime import date

import pytest

from soleus.domain.case import Case, FindingEntry
from soleus.domain.errors import CaseError
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Side
from soleus.interchange.training_log import read_log
from soleus.interchange.wishes import told_for_plan
from soleus.knowledge_store import open_care, open_knowledge

TODAY = date(2026, 11, 22)


def told(case: Case, evidence: Evidence | None = None):
    return told_for_plan(case, evidence or Evidence(), open_knowledge().kb, open_care(), TODAY)


def test_days_equipment_and_goals_in_everyday_words():
    case = Case(
        preferences={"minutes_per_day": 45, "days": "Monday, Wed friday", "equipment": ["exercise bike", "bands"]},
        goals=("climb the stairs without the rail", "play with the children"),
    )
    result, problems = told(case)
    assert not problems
    assert result.wishes.days == ("mon", "wed", "fri")
    assert result.wishes.minutes_per_day == 45
    assert {"cycle", "band", "chair", "wall"} <= result.wishes.equipment
    assert result.wishes.goals == ("climb-stairs", "grandchildren")


def test_a_gym_brings_its_machines():
    result, _ = told(Case(preferences={"equipment": ["gym"]}))
    assert {"leg-press-machine", "dumbbell"} <= result.wishes.equipment


def test_every_fault_is_told_at_once():
    _, problems = told(Case(preferences={"minutes_per_day": "long", "days": ["someday"], "equipment": ["rocket"], "colour": "red"}))
    assert [p.where for p in problems] == ["preferences.colour", "preferences.minutes_per_day", "preferences.days", "preferences.equipment"]


def test_a_goal_that_is_not_recognised_is_told():
    assert told(Case(goals=("win the lottery",)))[0].not_understood == ("goal: win the lottery",)


def test_a_diagnosis_is_known_by_any_of_its_names():
    assert told(Case(conditions=("Miyoshi myopathy", "slipped disc")))[0].known == ("dysferlinopathy-miyoshi", "lumbar-disc-radiculopathy")


def test_a_grade_and_the_weeks_since_onset():
    evidence = Evidence(
        observations=(Observation("weak-ankle-plantarflexion", Side.LEFT, (0, 1, 0), "plantar flexion strength (left): 4-"),)
    )
    result, _ = told(Case(findings=(FindingEntry("calf weakness", since=date(2026, 9, 27)),)), evidence)
    assert result.grades is not None
    assert result.grades["weak-ankle-plantarflexion", Side.LEFT].grade == "4-"
    assert result.weeks_since_onset == 8


def test_a_log_is_read_with_left_and_right_apart(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(
        "schema: soleus/log/1\nsessions:\n- on: 2026-11-20\n  pain_next_morning: 2\n  exercises:\n"
        "  - {exercise: heel-raise-single, side: left, sets: [8, 7], effort: 7}\n  - {exercise: single-leg-stance, side: right, hold_s: 20}\n"
    )
    (session,) = read_log(str(path), open_care().exercises, TODAY).sessions
    assert [(d.exercise, d.side, d.repetitions, d.holds_s) for d in session.done] == [
        ("heel-raise-single", Side.LEFT, (8, 7), ()),
        ("single-leg-stance", Side.RIGHT, (), (20,)),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sessions:\n- on: 2027-01-01\n", "lies in the future"),
        ("sessions:\n- on: 2026-11-20\n  exercises: [{exercise: hel-raise-single}]\n", "Did you mean heel-raise-single?"),
        ("sessions:\n- on: 2026-11-20\n  symptoms: [hiccups]\n", '"hiccups" is not known here'),
        ("sessions:\n- on: 2026-11-20\n  exercises: [{exercise: bridge, sets: [ten]}]\n", "whole numbers"),
        ("sessions:\n- {on: 2026-11-20, pain_next_morning: 11}\n", "A number from 0 to 10"),
        ("sesions: []\n", "Did you mean sessions?"),
        ("- 3\n", "is not a log"),
    ],
)
def test_a_faulty_log_says_where_and_how_to_mend_it(tmp_path, text: str, said: str):
    path = tmp_path / "log.yaml"
    path.write_text(text)
    with pytest.raises(CaseError, match=said.replace("?", r"\?")):
        read_log(str(path), open_care().exercises, TODAY)
