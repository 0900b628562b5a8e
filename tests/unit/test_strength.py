"""MRC grades and reflex grades."""

from __future__ import annotations

import pytest

from soleus.domain.errors import OutOfRange, SoleusError
from soleus.domain.strength import MrcGrade, ReflexGrade


@pytest.mark.parametrize(("written", "grade"), [("5", "5"), ("4+", "4+"), ("0", "0"), ("5-", "4+"), ("5+", "5"), ("1-", "1"), ("0+", "0")])
def test_a_grade_is_kept_or_brought_into_the_scale(written, grade):
    assert MrcGrade(written) == MrcGrade(grade)


@pytest.mark.parametrize("written", ["6", "-1", "", "4++", "four", "4.5", "10", " 4", "5/5", "४"])
def test_what_is_no_grade_is_refused_with_a_cure(written):
    with pytest.raises(OutOfRange, match="Grades run from 0") as raised:
        MrcGrade(written)
    assert isinstance(raised.value, SoleusError)
    assert isinstance(raised.value, ValueError)


def test_mrc_4_minus_is_weaker_than_4():
    assert MrcGrade("4-") < MrcGrade("4") < MrcGrade("4+") < MrcGrade("5")
    assert max(MrcGrade("3"), MrcGrade("3+")) == MrcGrade("3+")
    assert MrcGrade("2+") < MrcGrade("3-")


@pytest.mark.parametrize(("grade", "state"), [("5", 0), ("4+", 1), ("4", 1), ("4-", 1), ("3+", 2), ("3", 2), ("1", 2), ("0", 2)])
def test_4_minus_is_mild_and_3_plus_is_severe(grade, state):
    weights = MrcGrade(grade).state_weights
    assert weights.index(max(weights)) == state


def test_4_plus_may_still_be_normal_effort():
    assert MrcGrade("4+").state_weights[0] > 0
    assert MrcGrade("4").state_weights[0] == 0


@pytest.mark.parametrize(("grade", "state"), [(0, "absent"), (1, "reduced"), (2, "normal"), (3, "brisk"), (4, "brisk")])
def test_reflex_grades_mean_what_they_say(grade, state):
    weights = dict(zip(("normal", "absent", "reduced", "brisk"), ReflexGrade(grade).state_weights, strict=True))
    assert max(weights, key=lambda s: weights[s]) == state


def test_a_reflex_of_1_or_3_may_be_a_healthy_persons_but_0_and_4_may_not():
    assert [ReflexGrade(g).state_weights[0] > 0 for g in range(5)] == [False, True, True, True, False]


@pytest.mark.parametrize("grade", [-1, 5, 100])
def test_there_is_no_reflex_grade_beyond_4(grade):
    with pytest.raises(OutOfRange, match=r"0 \(absent\)"):
        ReflexGrade(grade)
