"""Text to tokens and stems."""

from __future__ import annotations

import time

import pytest

from soleus.interchange.phrases.words import CANNOT, content, stem, stems, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("oedema", "edema"),
        ("anaesthesia", "anesthesia"),
        ("tumour", "tumors"),
        ("fibres", "fiber"),
        ("behaviour", "behavior"),
        ("paralysed", "paralyzed"),
        ("paralysed", "paralysis"),
        ("calves", "calf"),
        ("feet", "foot"),
        ("toes", "toe"),
        ("thighs", "thigh"),
        ("jerks", "reflex"),
        ("reflexes", "reflex"),
        ("peroneal", "fibular"),
        ("weaknesses", "weakness"),
        ("numbness", "numb"),
        ("paraesthesiae", "paresthesia"),
        ("haematoma", "hematoma"),
        ("diarrhoea", "diarrhea"),
        ("ischaemia", "ischemia"),
    ],
)
def test_spellings_and_inflections_meet(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("left", "right"),
        ("absent", "present"),
        ("flexion", "extension"),
        ("abduction", "adduction"),
        ("inversion", "eversion"),
        ("hypertension", "hypotension"),
        ("numb", "number"),
        ("sole", "solid"),
    ],
)
def test_different_words_stay_different(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize("text", ["can't", "cannot", "can not", "could not", "couldn't", "unable", "can’t"])
def test_every_way_not_to_be_able_is_one_word(text):
    assert [t.stem for t in tokens(text)] == [CANNOT]


def test_a_token_knows_where_it_stands():
    text = "Left calf: wasted, CK raised"
    for token in tokens(text):
        assert text[token.start : token.end].lower() == token.word


def test_punctuation_before_a_word_is_a_break():
    assert [t.after_break for t in tokens("numb foot; no pain, really")] == [False, False, True, False, True]


def test_capitals_are_remembered():
    assert [t.capitals for t in tokens("AIDS and aids")] == [True, False, False]


@pytest.mark.parametrize("text", ["CK", "MS", "HIV POSITIVE", "DVT"])
def test_an_entry_of_one_or_two_abbreviations_is_in_capitals(text):
    assert tokens(text)[0].capitals


def test_a_shouted_sentence_holds_no_abbreviations():
    assert not any(t.capitals for t in tokens("PATIENT NEEDS AIDS TO WALK"))


def test_small_words_carry_no_meaning():
    assert [t.word for t in content(tokens("the sole of the left foot"))] == ["sole", "left", "foot"]
    assert stems("weakness of the calf") == stems("weakness in a calf")


@pytest.mark.parametrize("text", ["", " ", "...", "\n\t", "—", "日本語", "ÅÄÖ", "İstanbul İ", "ß", "\u200b", "🦵 weak"])
def test_odd_text_does_no_harm(text):
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)


def test_time_is_linear_in_length():
    text = "weakness of the left calf, and can't stand on tiptoe; " * 4000
    start = time.perf_counter()
    assert len(tokens(text)) > 30_000
    assert time.perf_counter() - start < 5
