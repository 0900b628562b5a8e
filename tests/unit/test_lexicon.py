"""The index of phrases."""

from __future__ import annotations

import pickle

import pytest

from soleus.interchange.phrases.lexicon import Index
from soleus.interchange.phrases.words import content, stem, tokens


def found(text: str, *phrases: tuple[str, str], gap: int = 0, dull: tuple[str, ...] = ()) -> list[str]:
    index = Index.build(iter(phrases), frozenset(stem(w) for w in dull))
    return sorted(t for targets, _ in index.find(content(tokens(text)), set(), gap) for t in targets)


@pytest.mark.parametrize(
    "text", ["foot drop", "Foot-drop since May", "left foot drop", "a drop of the foot... no: foot drop", "bilateral foot drop"]
)
def test_a_phrase_is_found_in_any_case_and_beside_any_side(text):
    assert found(text, ("foot drop", "x")) == ["x"]


@pytest.mark.parametrize("text", ["drop foot", "foot", "drop", "foot hurts and drop"])
def test_a_phrase_needs_all_its_words_in_order(text):
    assert found(text, ("foot drop", "x")) == []


def test_inflections_and_spellings_are_the_same_phrase():
    assert found("numbness of the feet", ("numb foot", "x")) == ["x"]
    assert found("ankle oedema", ("ankle edema", "x")) == ["x"]


def test_the_longest_phrase_wins_and_each_word_serves_once():
    assert found("sudden cold leg", ("cold leg", "short"), ("sudden cold leg", "long")) == ["long"]


def test_one_phrase_may_name_several_findings():
    assert found("areflexia", ("areflexia", "knee"), ("areflexia", "ankle")) == ["ankle", "knee"]


@pytest.mark.parametrize(("text", "expected"), [("the bends", ["x"]), ("bends", []), ("bending forward", []), ("he bends over", [])])
def test_a_small_word_that_belongs_to_a_phrase_must_stand_before_it(text, expected):
    assert found(text, ("the bends", "x")) == expected


@pytest.mark.parametrize(("text", "expected"), [("wasting", ["x"]), ("wasted", []), ("waste", [])])
def test_a_single_word_must_be_that_very_word(text, expected):
    assert found(text, ("wasting", "x")) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("AIDS", ["x"]), ("aids", []), ("walking aids", []), ("known AIDS since 2010", ["x"]), ("Aids", [])]
)
def test_an_abbreviation_must_be_in_capitals(text, expected):
    assert found(text, ("AIDS", "x")) == expected


def test_the_plural_of_a_single_word_is_that_word():
    assert found("statins", ("statin", "x")) == ["x"]


def test_dull_words_are_no_finding_by_themselves():
    assert found("weakness", ("weakness", "x"), dull=("weakness",)) == []
    assert found("calf weakness", ("calf weakness", "x"), dull=("weakness",)) == ["x"]


def test_words_between_are_allowed_up_to_the_gap():
    assert found("foot was drop", ("foot drop", "x")) == ["x"]
    assert found("foot really drop", ("foot drop", "x")) == []
    assert found("foot really drop", ("foot drop", "x"), gap=1) == ["x"]


def test_the_bag_finds_a_phrase_in_any_order():
    index = Index.build(iter([("loss of ankle reflex", "x"), ("fever", "y")]))
    assert [p.targets for _, p in index.bag({stem(w) for w in ("reflex", "ankle", "loss")}, 0.6)] == [("x",)]
    assert index.bag({stem("reflex")}, 0.6) == []


def test_an_index_survives_pickling():
    index = Index.build(iter([("foot drop", "x")]))
    index.find(content(tokens("foot drop")), set())
    copy = pickle.loads(pickle.dumps(index))
    assert copy.find(content(tokens("foot drop")), set())[0][0] == ("x",)
