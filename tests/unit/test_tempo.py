"""Durations, onset and course in words."""

from __future__ import annotations

import pytest

from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.interchange.phrases.tempo import longest_days, onset_of_days, read_tempo


def onset(text: str) -> str | None:
    weights = read_tempo(text).onset
    return None if weights is None else ONSETS[max(range(len(weights)), key=lambda i: weights[i])]


def courses(text: str) -> set[str]:
    weights = read_tempo(text).course
    return set() if weights is None else {name for name, w in zip(COURSES, weights, strict=True) if w == max(weights)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 hours", "sudden"),
        ("sudden", "sudden"),
        ("suddenly, three weeks ago", "sudden"),
        ("came on overnight", "sudden"),
        ("foot drop 2/7", "days"),
        ("foot drop 3/52", "weeks"),
        ("weak leg x 6/12", "months"),
        ("since this morning", "sudden"),
        ("within minutes", "sudden"),
        ("all of a sudden", "sudden"),
        ("felt a pop", "sudden"),
        ("24 hours", "sudden"),
        ("woke up unable to move", "sudden"),
        ("48 hours", "days"),
        ("3 days", "days"),
        ("10 days", "days"),
        ("over a few days", "days"),
        ("a fortnight", "days"),
        ("two weeks", "days"),
        ("three weeks", "weeks"),
        ("3-4 weeks", "weeks"),
        ("six-week history", "weeks"),
        ("8 weeks", "weeks"),
        ("over several weeks", "weeks"),
        ("subacute", "weeks"),
        ("3 months", "months"),
        ("18 months", "months"),
        ("half a year", "months"),
        ("a couple of months", "months"),
        ("six-month history", "months"),
        ("over the course of 4 months", "months"),
        ("1.5 years", "months"),
        ("gradually over months", "months"),
        ("5 years", "years"),
        ("twenty years", "years"),
        ("20-year history", "years"),
        ("since childhood", "years"),
        ("lifelong", "years"),
        ("for decades", "years"),
    ],
)
def test_onset_in_words(text, expected):
    assert onset(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "calf weakness",
        "a 65-year-old man",
        "70 years of age",
        "65 years old",
        "the left leg",
        "MRC 4/5",
        "L5/S1",
        "seen on 3/12",
        "3/7/2020",
    ],
)
def test_where_nothing_is_said_of_time_nothing_is_read(text):
    assert onset(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("getting worse", "progressive"),
        ("slowly progressive", "progressive"),
        ("worsening", "progressive"),
        ("gradually spreading", "progressive"),
        ("increasingly weak", "progressive"),
        ("became worse over two weeks", "progressive"),
        ("deteriorating", "progressive"),
        ("getting weaker", "progressive"),
        ("stable", "stable"),
        ("unchanged", "stable"),
        ("has persisted", "stable"),
        ("no change since", "stable"),
        ("static", "stable"),
        ("improving", "improving"),
        ("recovering", "improving"),
        ("getting better", "improving"),
        ("recovered completely", "improving"),
        ("relapsing and remitting", "relapsing"),
        ("stepwise", "relapsing"),
        ("it came back", "relapsing"),
        ("comes and goes", "episodic"),
        ("in attacks", "episodic"),
        ("intermittent", "episodic"),
        ("only when walking", "episodic"),
        ("on exertion", "episodic"),
    ],
)
def test_course_in_words(text, expected):
    assert expected in courses(text)


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("not progressive", "progressive"),
        ("non-progressive", "progressive"),
        ("no improvement", "improving"),
        ("not improving", "improving"),
        ("never worsened", "progressive"),
        ("without recovery", "improving"),
    ],
)
def test_a_denied_course_is_not_read_as_that_course(text, not_this):
    assert not_this not in courses(text)


@pytest.mark.parametrize(("text", "faster", "slower"), [("3 weeks", "days", "months"), ("3 months", "weeks", "years")])
def test_a_stated_duration_leaves_more_room_for_a_faster_onset_than_for_a_slower_one(text, faster, slower):
    """Three months ago it may have come within weeks and stayed; it can hardly have taken years."""
    weights = dict(zip(ONSETS, read_tempo(text).onset or (), strict=True))
    assert weights[faster] > weights[slower] > 0


def test_slow_words_make_a_fast_onset_unlikelier():
    plain, slow = (dict(zip(ONSETS, read_tempo(t).onset or (), strict=True)) for t in ("3 months", "3 months, slowly progressive"))
    assert slow["days"] < plain["days"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0.5, "sudden"),
        (1, "sudden"),
        (2, "days"),
        (14, "days"),
        (15, "weeks"),
        (56, "weeks"),
        (61, "months"),
        (730, "months"),
        (731, "months"),
        (741, "years"),
        (20000, "years"),
    ],
)
def test_limits_of_the_onset_classes(days, expected):
    assert ONSETS[onset_of_days(days)] == expected


def test_the_longest_duration_counts():
    assert longest_days("3 years, worse for 2 weeks") == 3 * 365
    assert longest_days("nothing of the kind") is None


@pytest.mark.parametrize(
    "text",
    [
        "three times a week",
        "two or three nights a week",
        "a few times a week",
        "once a week",
        "every two days",
        "15 units/week",
        "walks two miles a day",
        "goes when I stand still for a minute",
        "stops within a few minutes of standing still",
        "eases in minutes",
        "gone within 5 minutes",
    ],
)
def test_how_often_and_how_soon_it_eases_say_nothing_of_the_beginning(text):
    assert onset(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three nights a week for two months", "months"),
        ("half a year ago", "months"),
        ("a week ago", "days"),
        ("my leg stops working within minutes", "sudden"),
        ("the leg goes numb within minutes", "sudden"),
        ("weakness resolved within minutes", "sudden"),
    ],
)
def test_beside_a_frequency_or_an_easing_the_beginning_is_still_read(text, expected):
    assert onset(text) == expected
