"""Laws of the reader: what was written comes back, and no text does harm."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from soleus.domain.case import Case
from soleus.domain.errors import CaseError, Problem
from soleus.domain.evidence import Observation
from soleus.domain.finding import Kind, Side
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import try_to_understand, understand
from soleus.interchange.phrases.reader import PhraseReader
from soleus.interchange.phrases.status import read_status, weights
from soleus.interchange.phrases.tempo import read_tempo
from soleus.interchange.phrases.words import tokens

from .conftest import World
from .strategies import cases, one_of_many

TODAY = datetime.date(2026, 3, 2)
quick = settings(max_examples=60, deadline=None)
TEXT = st.text(max_size=200)
VOCABULARY = (
    "no not without left right both calf ankle plantar flexion reflex numb sole weakness 4/5 MRC 3 absent present reduced brisk "
    "for 3 weeks months getting worse sudden denies pain ( ) : ; , . - / + % saddle bladder L5/S1 T10 family history of mother CK 2+ "
    "normal otherwise rest toe walking"
).split()
CLINICAL = st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join)


def refusal(act: Callable[[], object]) -> tuple[Problem, ...]:
    """The problems for which a case is refused; none where it is accepted. Any other exception is a fault of the reader."""
    try:
        act()
    except CaseError as error:
        return error.problems or (Problem("", ""),)
    return ()


def plain(case: Case) -> dict[str, object]:
    """The case as a file would hold it."""

    def without_blanks(**entries: object) -> dict[str, object]:
        return {k: v for k, v in entries.items() if v is not None and v != "" and v != []}

    return without_blanks(
        schema="soleus/case/1",
        id=case.id,
        age=case.age_years,
        sex=case.sex,
        setting=case.setting,
        conditions=list(case.conditions),
        medicines=list(case.medicines),
        findings=[
            without_blanks(
                finding=f.finding,
                side="" if f.side is Side.UNSTATED else f.side.value,
                value=f.value,
                since=f.since,
                course=f.course,
                sure=f.sure,
            )
            for f in case.findings
        ],
        tests=[without_blanks(test=t.test, value=t.value, unit=t.unit, result=t.result, on=t.on) for t in case.tests],
        goals=list(case.goals),
        narrative=case.narrative,
    )


def without_places(case: Case) -> Case:
    from dataclasses import replace

    return replace(
        case,
        findings=tuple(replace(f, place="", line=None) for f in case.findings),
        tests=tuple(replace(t, place="", line=None) for t in case.tests),
    )


@quick
@given(cases())
def test_a_case_written_as_yaml_is_read_as_the_same_case(case):
    text = yaml.safe_dump(plain(case), allow_unicode=True, sort_keys=False)
    assert without_places(case_of_text(text, TODAY)) == case


@quick
@given(cases())
def test_a_case_written_as_json_is_read_as_the_same_case(case):
    text = json.dumps(plain(case), default=str, ensure_ascii=False)
    assert without_places(case_of_text(text, TODAY)) == case


@quick
@given(cases())
def test_the_order_of_the_keys_is_nothing(case):
    turned = dict(reversed(plain(case).items()))
    assert without_places(case_of_text(yaml.safe_dump(turned, allow_unicode=True, sort_keys=False), TODAY)) == case


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_any_text_is_a_case_or_a_fault_of_the_case(text):
    assert all(p.what for p in refusal(lambda: case_of_text(text, TODAY)))


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8) | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from("age sex setting findings tests finding side value since sure test unit result on measurements x".split()),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_yaml_is_a_case_or_a_fault_of_the_case(value):
    assert all(p.what for p in refusal(lambda: case_of_text(yaml.safe_dump(value), TODAY)))


@quick
@given(cases())
def test_any_case_is_understood_or_a_fault_of_the_case(world, case):
    """Everything written is in the evidence, in `not_understood`, or silently nothing by its own words; never an exception."""
    assert all(p.what for p in refusal(lambda: understand(case, world.kb, world.lexicon, TODAY)))
    seen, _ = try_to_understand(case, world.kb, world.lexicon, TODAY)
    assert all(len(o.weights) == len(world.kb.findings[o.finding].states) for o in seen.evidence.observations)
    assert all(min(o.weights) >= 0 < max(o.weights) for o in seen.evidence.observations)


@settings(max_examples=200, deadline=None)
@given(CLINICAL | TEXT, CLINICAL | TEXT, st.sampled_from(list(Side)))
def test_any_wording_is_read_without_harm(world, text, value, side):
    reading = PhraseReader(world.kb, world.lexicon).read(text, side, value)
    for o in reading.observations:
        finding = world.kb.findings[o.finding]
        assert len(o.weights) == len(finding.states)
        assert all(w >= 0 for w in o.weights)
        assert max(o.weights) > 0
        assert finding.sided or o.side is Side.UNSTATED
        assert o.side is not Side.BOTH


@quick
@given(st.data())
def test_a_wording_in_a_mirror_is_the_mirrored_reading(world: World, data: st.DataObject):
    """Left in the entry or right: the same findings on the other side."""
    reader = PhraseReader(world.kb, world.lexicon)
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.synonyms and f.sided]))
    phrase = data.draw(st.sampled_from(finding.synonyms))
    left, right = (reader.read(phrase, side).observations for side in (Side.LEFT, Side.RIGHT))
    assert [o.mirrored() for o in left] == list(right)


def test_capitals_and_spaces_change_nothing(world: World):
    """For every phrase of the vocabulary, except for abbreviations, which must be in capitals."""
    reader = PhraseReader(world.kb, world.lexicon)

    def read(text: str) -> set[tuple[str, tuple[float, ...]]]:
        return {(o.finding, o.weights) for o in reader.read(text).observations}

    phrases = [p for f in world.kb.findings.values() for p in f.synonyms if p == p.lower() and "-" not in p]
    assert len(phrases) > 1000
    for phrase in phrases:
        assert read(phrase) == read(phrase.capitalize()) == read(f"  {phrase.replace(' ', '  ')} "), phrase


@given(TEXT)
def test_tokens_stand_where_they_say(text):
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)


@given(TEXT | CLINICAL, st.sampled_from(list(Kind)), st.booleans())
def test_any_value_gives_likelihoods_or_nothing(text, kind, function):
    from soleus.domain.finding import STATES

    found = weights(kind, function, read_status(text))
    if found is not None:
        assert len(found) == len(STATES[kind])
        assert all(0 <= w <= 1 for w in found)
        assert max(found) > 0


@given(TEXT | CLINICAL)
def test_any_text_has_a_tempo_or_none(text):
    tempo = read_tempo(text)
    for likelihood in (tempo.onset, tempo.course):
        assert likelihood is None or (len(likelihood) == 5 and all(0 <= w <= 1 for w in likelihood) and max(likelihood) > 0)


@pytest.mark.parametrize("value", ["not tested", "unknown", "not examined", "not asked", "not recorded"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_was_not_tested_is_no_observation(world: World, value: str, data: st.DataObject):
    """By its name, whatever the finding: an unknown never acts as an absent."""
    finding = data.draw(one_of_many([f for f in world.kb.findings.values() if f.kind is not Kind.RISK]))
    reading = PhraseReader(world.kb, world.lexicon).read(finding.name, value=value)
    own: list[Observation] = [o for o in reading.observations if o.finding == finding.id]
    assert own == []


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_certainty_in_a_file_tends_to_the_hard_finding_and_to_nothing(world: World, data: st.DataObject):
    """`sure: 0.5` leaves nothing, `sure: 1` the report as it stands."""
    finding = data.draw(
        one_of_many([f for f in world.kb.findings.values() if f.kind is Kind.BINARY and f.parent != "neutral" and not f.sided])
    )

    def seen(extra: str) -> tuple[tuple[float, ...], ...]:
        case = case_of_text(f"findings:\n  - {{finding: {finding.id}{extra}}}\n", TODAY)
        return tuple(o.weights for o in understand(case, world.kb, world.lexicon, TODAY).evidence.observations)

    assert seen(", sure: 0.5") == ()
    assert seen(", sure: 1") == seen("") == ((0.0, 1.0),)
    ((absent, present),) = seen(", sure: 0.8")
    assert present / (absent + present) == pytest.approx(0.8)
