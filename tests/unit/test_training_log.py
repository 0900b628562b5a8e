"""Reading a training log: what it says, and wrong input told in words."""

from datetime import date, timedelta

import pytest

from soleus.domain.errors import CaseError
from soleus.domain.finding import Side
from soleus.domain.training_log import TrainingLog
from soleus.interchange.training_log import log_of_text

TODAY = date(2026, 11, 22)


def log(text: str) -> TrainingLog:
    return log_of_text(f"sessions:\n{text}", {"bridge"}, TODAY)


@pytest.mark.parametrize(("told", "side"), [("Left", Side.LEFT), ("RIGHT", Side.RIGHT), ("both", Side.BOTH), ("l", Side.LEFT)])
def test_sides_in_any_letters(told: str, side: Side):
    assert log(f"- {{on: 2026-11-20, exercises: [{{exercise: bridge, side: {told}, sets: [10]}}]}}").sessions[0].done[0].side is side


@pytest.mark.parametrize("told", ["[left]", "{a: 1}", "3", "true", "middle"])
def test_what_is_no_side_is_told_in_words(told: str):
    with pytest.raises(CaseError, match="is not one of left, right, both"):
        log(f"- {{on: 2026-11-20, exercises: [{{exercise: bridge, side: {told}, sets: [10]}}]}}")


@pytest.mark.parametrize(
    ("told", "seen"),
    [("true", date(2026, 11, 20)), ("2026-11-21", date(2026, 11, 21)), ('"2026-11-21"', date(2026, 11, 21)), ("false", None)],
)
def test_seen_is_a_day(told: str, seen: date | None):
    assert log(f"- {{on: 2026-11-20, seen: {told}}}").sessions[0].seen == seen


@pytest.mark.parametrize(
    ("told", "said"), [("2027-01-01", "future"), ("perhaps", "neither true nor a date"), ("[1]", "neither true nor a date")]
)
def test_what_cannot_be_seen_is_told_in_words(told: str, said: str):
    with pytest.raises(CaseError, match=said):
        log(f"- {{on: 2026-11-20, seen: {told}}}")


def test_danger_in_the_note_stands_under_the_symptoms():
    session = log("- {on: 2026-11-20, symptoms: [fall], note: Urine like cola in the evening}").sessions[0]
    assert session.symptoms == ("fall", "dark urine")


def test_a_log_of_years_is_read():
    """A good year of a session every other day, eight exercises on each side: more values than a small file may hold."""
    entry = "{exercise: bridge, side: left, sets: [10, 10], effort: 5}"
    days = (date(2026, 11, 1) - timedelta(days=2 * n) for n in range(200))
    text = "sessions:\n" + "".join(f"- {{on: {d}, exercises: [{', '.join([entry] * 16)}]}}\n" for d in days)
    assert len(log_of_text(text, {"bridge"}, date(2026, 11, 1)).sessions) == 200
