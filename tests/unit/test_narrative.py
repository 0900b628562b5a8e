"""Sentences, clauses, persons and spelling of free text. Every sentence here was made up for this test."""

from __future__ import annotations

import subprocess
import sys

import pytest

from soleus.domain.finding import Side
from soleus.interchange.narrative.clauses import Assertion, clauses
from soleus.interchange.narrative.person import read_person
from soleus.interchange.narrative.read import read_narrative
from soleus.interchange.narrative.sentences import MOST_WORDS, sentences
from soleus.interchange.phrases.reader import PhraseReader
from soleus.interchange.phrases.spelling import spelt


@pytest.fixture(scope="module")
def reader(compiled) -> PhraseReader:
    return PhraseReader(compiled.kb, compiled.lexicon)


# -- sentences ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My calf is weak. It hurts.", ["My calf is weak", "It hurts"]),
        ("Dr. Lee saw me", ["Dr. Lee saw me"]),
        ("CK 8.4 kU/l. Normal", ["CK 8.4 kU/l", "Normal"]),
        ("weak; numb\ncold", ["weak", "numb", "cold"]),
        ("Is it a clot? No.", ["Is it a clot?", "No"]),
        ("", []),
    ],
)
def test_a_text_falls_into_sentences(text, expected):
    assert [text[s.start : s.end].strip() for s in sentences(text)] == expected


def test_a_text_without_an_end_is_cut_into_windows():
    assert max(len("word ".join([""] * 1000)[s.start : s.end].split()) for s in sentences("word " * 1000)) <= MOST_WORDS + 1


# -- who the text is about ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "age", "sex", "relative"),
    [
        ("A 68-year-old man has a weak leg.", 68, "male", ""),
        ("I am 45 and my left calf is weak.", 45, "unknown", ""),
        ("I'm a 30 year old woman.", 30, "female", ""),
        ("72M with foot drop.", 72, "male", ""),
        ("A sixty-two-year-old housewife", 62, "female", ""),
        ("A woman in her late fifties", 58, "female", ""),
        ("An 8-month-old girl is floppy.", 0.7, "female", ""),
        ("My mother is 80. She cannot pass urine.", 80, "female", "mother"),
        ("My son is six and his calves are weak.", 6, "male", "son"),
        ("Since the age of 12 I have tripped.", None, "unknown", ""),
        ("His leg has been weak for 40 years.", None, "male", ""),
        ("My wife found me on the floor. My leg is weak.", None, "unknown", ""),
    ],
)
def test_age_sex_and_whom_the_text_is_about(text, age, sex, relative):
    person = read_person(text)
    assert (person.age_years, person.sex, person.relative) == (age, sex, relative)


# -- clauses -----------------------------------------------------------------------------------------------------------


def told(text: str, reader: PhraseReader) -> dict[str, Assertion]:
    return {c.text: c.assertion for c in clauses(text, reader.lexicon)}


@pytest.mark.parametrize(
    ("text", "assertion"),
    [
        ("my left calf is weak", Assertion.PRESENT),
        ("no calf pain", Assertion.ABSENT),
        ("perhaps the left calf is weak", Assertion.DOUBTFUL),
        ("I am worried about incontinence", Assertion.THOUGHT),
        ("he used to have sciatica", Assertion.BEFORE),
        ("his brother has a foot drop", Assertion.RELATIVE),
        ("ankle reflexes were not tested", Assertion.UNKNOWN),
    ],
)
def test_of_whom_when_and_how_surely_a_clause_speaks(reader, text, assertion):
    assert set(told(text, reader).values()) == {assertion}


def test_each_part_of_a_sentence_keeps_its_own_side(reader):
    sides = {c.text: c.side for c in clauses("the left calf is weak and the right foot is numb", reader.lexicon)}
    assert [s for text, s in sides.items() if "calf" in text] == [Side.LEFT]
    assert [s for text, s in sides.items() if "foot" in text] == [Side.RIGHT]


def test_a_clause_stands_where_it_says(reader):
    text = "no pain, but the left calf is weak"
    for clause in clauses(text, reader.lexicon):
        assert text[clause.span.start : clause.span.end].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plantar flexion 3/5 right and 4/5 left", {("weak-ankle-plantarflexion", "right"), ("weak-ankle-plantarflexion", "left")}),
        ("Knee and ankle reflexes are absent", {("reflex-knee", "left"), ("reflex-ankle", "right")}),
        ("pain and numbness of the left sole", {("sole-pain", "left"), ("numb-sole", "left")}),
        ("The left foot is weak and numb", {("numb-foot", "left")}),
        ("Straight leg raising reaches 80 degrees on the right and only 30 on the left", {("straight-leg-raise", "left")}),
        ("Legs 2/5 proximally and 5/5 distally", {("weak-hip-flexion", "left")}),
    ],
)
def test_lists_share_heads_tails_and_grades(reader, text, expected):
    found = read_narrative(text, reader).findings
    seen = [o for f in found for o in reader.read(f.finding, f.side, f.value).observations]
    present = {
        (o.finding, side)
        for o in seen
        if o.presence.value == "present"
        for side in (o.side.value, "left", "right")
        if o.side.value in (side, "unstated")
    }
    assert expected <= present


def test_results_of_tests_are_read_with_their_units(reader):
    told = read_narrative("CK 8,450 IU/L and HbA1c 9.2 %.", reader)
    assert ["8,450" in t.result or "9.2" in t.result for t in told.tests] == [True, True]


def test_what_looks_medical_and_is_not_understood_is_reported(reader):
    told = read_narrative("The zygomatic plexopathy was impressive. We like chess.", reader)
    assert len(told.not_understood) == 1
    assert "plexopathy" in told.not_understood[0]


# -- spelling ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("numbnes", "numbness"),
        ("siatica", "sciatica"),
        ("diabetis", "diabetes"),
        ("incontinance", "incontinence"),
        ("refexes abscent", "reflexes absent"),
        ("dont", "don't"),
    ],
)
def test_a_misspelt_word_is_mended(compiled, wrong, right):
    assert spelt(f"My {wrong} today", compiled.kb).text == f"My {right} today"


@pytest.mark.parametrize(
    "text", ["a week of calm", "the fool tripped over a tow rope", "in Wisconsin with Dr Calfe", "XQZW 9", "the colour of honour"]
)
def test_english_words_and_names_stay_as_they_are(compiled, text):
    assert spelt(text, compiled.kb).text == text


def test_places_lead_back_to_the_text_as_written(compiled):
    text = "my numbnes and tinglling feet"
    mended = spelt(text, compiled.kb)
    start = mended.text.index("feet")
    assert text[mended.place(start) :] == "feet"


def test_a_case_without_a_narrative_needs_nothing_of_this():
    code = (
        "import sys, datetime; from soleus.cli import main; main(['assess', 'examples/s1-radiculopathy.yaml', '--json']); "
        "sys.exit(any(m.startswith(('soleus.interchange.narrative', 'rapidfuzz', 'spellchecker')) for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert "narrative" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "text",
    ["Both upper arms have slowly weakened since she was 18.", "My calf has been weak since I was 4.", "Weak calf when he was about 30."],
)
def test_an_age_is_no_grade(reader, text):
    entries = read_narrative(text, reader).findings
    assert entries
    assert not any(char.isdigit() for e in entries if e.finding != "time course" for char in e.value)
