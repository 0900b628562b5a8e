"""Strength, balance and facts of a person, and the strictest of several regimens."""

from dataclasses import replace
from datetime import date

import pytest

from soleus.care.cautions import warnings_for
from soleus.care.facts import facts_of, says
from soleus.care.person import Person, balance_of, strengths
from soleus.care.regimen import applies, merged
from soleus.domain.care import Caution, Endurance, Fact, Progress, Regimen, Stage, Strength, Treatment
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Side
from soleus.domain.strength import MrcGrade
from soleus.domain.support import Review, Support
from soleus.knowledge_store import open_knowledge

SUPPORT = Support(estimate="test")
REVIEW = Review("none yet", date(2026, 1, 1), date(2027, 1, 1))
MILD, SEVERE, NORMAL = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)


def person(**changes: object) -> Person:
    base = Person(50, "male", {}, {}, 5, True, None)
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_grade_told_stands_and_words_are_taken_at_their_weaker_end():
    evidence = Evidence(
        observations=(
            Observation("weak-ankle-plantarflexion", Side.LEFT, MILD),
            Observation("weak-knee-flexion", Side.RIGHT, SEVERE),
            Observation("weak-hip-extension", Side.LEFT, NORMAL),
        )
    )
    grades = strengths(evidence, {("weak-ankle-plantarflexion", Side.LEFT): MrcGrade("4-")})
    assert grades["plantar-flexors", Side.LEFT] == MrcGrade("4-")
    assert grades["knee-flexors", Side.RIGHT] < MrcGrade("3")
    assert grades["hip-extensors", Side.LEFT] == MrcGrade("5")
    assert ("knee-flexors", Side.LEFT) not in grades


def test_a_broad_weakness_counts_only_for_groups_nobody_told_of():
    evidence = Evidence(observations=(Observation("weak-leg", Side.LEFT, MILD), Observation("weak-knee-flexion", Side.LEFT, NORMAL)))
    grades = strengths(evidence, {})
    assert grades["knee-flexors", Side.LEFT] == MrcGrade("5")
    assert grades["hip-extensors", Side.LEFT] < MrcGrade("4")


def test_the_weak_side_is_the_one_with_lower_grades_at_the_back_of_the_leg():
    grades = {("plantar-flexors", Side.RIGHT): MrcGrade("3"), ("dorsiflexors", Side.LEFT): MrcGrade("1")}
    assert person(mrc=grades).weak_side is Side.RIGHT
    assert person().weak_side is Side.BOTH


@pytest.mark.parametrize(
    ("age", "facts", "grade", "stance", "level"),
    [(40, {}, "5", None, 5), (68, {}, "5", None, 4), (80, {}, "5", None, 3), (40, {"faller": ""}, "5", None, 2), (40, {}, "2", None, 2), (40, {}, "5", 12, 4), (40, {"not-walking": ""}, "5", None, 1)],
)  # fmt: skip
def test_balance_that_is_safe_to_ask_for(age, facts, grade, stance, level):
    assert balance_of(age, facts, {("plantar-flexors", Side.LEFT): MrcGrade(grade)}, stance) == level


@pytest.mark.parametrize(
    ("text", "phrase", "holds"),
    [("apixaban 5 mg twice a day", "apixaban", True), ("no apixaban", "apixaban", False), ("stopped ibuprofen", "ibuprofen", False), ("kidney stones", "kidney stone", True), ("ironing", "iron", False), ("beta-blockers", "beta-blocker", True)],
)  # fmt: skip
def test_a_medicine_is_found_as_a_whole_word_unless_denied(text: str, phrase: str, holds: bool):
    assert says(text, phrase) is holds


def test_a_possible_cause_brings_its_facts_along_and_a_narrower_fact_the_wider_one():
    facts = {
        "dystrophy": Fact("dystrophy", "", "", conditions=("duchenne-muscular-dystrophy",)),
        "muscle-disease": Fact("muscle-disease", "", "", facts=("dystrophy",)),
        "old": Fact("old", "", "", age_from=65),
    }
    kb = open_knowledge().kb
    held = facts_of(Case(age_years=8), Evidence(), (), {"duchenne-muscular-dystrophy": 0.06}, facts, kb)
    assert set(held) == {"dystrophy", "muscle-disease"}
    assert facts_of(Case(age_years=70), Evidence(), (), {"duchenne-muscular-dystrophy": 0.04}, facts, kb) == {"old": "age 70"}


def test_a_warning_needs_any_of_its_facts_and_all_that_stand_together():
    caution = Caution(("statin", "fibrate"), "avoid", "", SUPPORT, together=("myopathy",))
    entry = Treatment("x", "", "", "medicine", SUPPORT, REVIEW, cautions=(caution,))
    assert warnings_for(entry, {"statin"}) == ()
    assert warnings_for(entry, {"statin", "myopathy"}) == (caution,)


A = Regimen(
    "a", "A", "", SUPPORT, REVIEW, strength=Strength((2, 3), (2, 3), (8, 12), (5, 7), rest_s=60), aerobic=Endurance((3, 5), (20, 40), (3, 5)),
    hazards=("one",), progress=Progress("two-for-two"), prefer=("x", "y"),
)  # fmt: skip
B = Regimen(
    "b", "B", "", SUPPORT, REVIEW, strength=Strength((2, 2), (1, 2), (10, 15), (3, 5), rest_s=120, rest_h=72), hazards=("two",), least_mrc="3+",
    progress=Progress("symptoms", step_percent=(2, 5)), avoid=("x",), pain_rule="neuromuscular",
)  # fmt: skip


def test_the_strictest_of_two_regimens():
    m = merged((A, B), "open", "")
    assert m.strength == Strength((2, 2), (2, 2), (10, 15), (5, 5), rest_s=120, rest_h=72)
    assert m.aerobic is None
    assert (m.hazards, m.avoid, m.prefer, m.least_mrc, m.pain_rule) == (("one", "two"), ("x",), ("y",), "3+", "neuromuscular")
    assert m.progress.rule == "symptoms"


def test_one_cause_that_forbids_training_forbids_it_for_all():
    rest = Regimen("rest", "Rest", "", SUPPORT, REVIEW)
    assert not merged((A, rest, B), "open", "").trains


@pytest.mark.parametrize(
    ("stage", "weeks", "fits"),
    [(Stage("r", weeks_below=6), 2, True), (Stage("r", weeks_below=6), 8, False), (Stage("r", weeks_below=6), None, False), (Stage("r", weeks_below=6, if_unknown=True), None, True), (Stage("r"), None, True)],
)  # fmt: skip
def test_a_stage_by_the_weeks_since_onset(stage: Stage, weeks: float | None, fits: bool):
    assert applies(stage, person(weeks_since_onset=weeks)) is fits
