"""Test results as reported, to outcomes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from soleus.domain.case import TestEntry
from soleus.domain.errors import Problem
from soleus.domain.knowledge_base import Test
from soleus.interchange.phrases.lexicon import build_lexicon
from soleus.interchange.phrases.reader import DULL
from soleus.interchange.results import read_test

from .tiny import finding, knowledge

CK = Test(
    id="creatine-kinase",
    name="Creatine kinase",
    lay="CK",
    category="blood",
    synonyms=("CK", "serum CK", "CPK"),
    outcomes=("normal", "mild", "high", "very-high"),
    outcome_names=("Normal", "Mildly raised", "Clearly raised", "Very high"),
    phrases=(("normal",), ("mildly raised",), ("tenfold",), ("massively raised",)),
    limits=(None, 240.0, 1000.0, 5000.0),
    probabilities={"*": (0.9, 0.07, 0.02, 0.01)},
    unit="U/L",
    units={"IU/L": 1.0, "µkat/L": 60.0},
    plausible=(5.0, 500_000.0),
)
MRI = Test(
    id="mri-lumbar",
    name="MRI of the lumbar spine",
    lay="MRI",
    category="imaging",
    synonyms=("lumbar MRI", "MRI lumbar spine"),
    outcomes=("normal", "disc", "tumour"),
    outcome_names=("Normal", "Disc herniation", "Tumour"),
    phrases=(("no compression",), ("disc herniation", "disc extrusion", "root compression"), ("tumour", "mass")),
    limits=(None, None, None),
    probabilities={"*": (0.6, 0.39, 0.01)},
)
KB = knowledge([finding("fever")], tests=[CK, MRI])
LEXICON = build_lexicon(KB, DULL)


def read(test: str, problems: list[Problem] | None = None, **more: object) -> list[tuple[str, str]]:
    entry = replace(TestEntry(test, place="tests[0]", line=9), **more)  # type: ignore[arg-type]
    return [(r.test, r.outcome) for r in read_test(entry, KB, LEXICON, [] if problems is None else problems)]


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (5, "normal"),
        (239, "normal"),
        (240, "mild"),
        (999, "mild"),
        (1000, "high"),
        (4999.9, "high"),
        (5000, "very-high"),
        (480_000, "very-high"),
    ],
)
def test_a_number_falls_into_its_band(value, outcome):
    assert read("creatine kinase", value=float(value), unit="U/L") == [("creatine-kinase", outcome)]


@pytest.mark.parametrize("unit", ["U/L", "u/l", "IU/L", "iu/l", "U / L", ""])
def test_units_are_read_in_any_case_and_a_missing_one_is_the_tests_own(unit):
    assert read("CK", value=1200.0, unit=unit) == [("creatine-kinase", "high")]


@pytest.mark.parametrize("unit", ["µkat/L", "μkat/L", "ukat/l"])
def test_another_unit_is_converted(unit):
    """20 µkat/L are 1200 U/L; both signs for micro, and u, will do."""
    assert read("CK", value=20.0, unit=unit) == [("creatine-kinase", "high")]


@pytest.mark.parametrize("unit", ["mmol/L", "bananas", "kg", "%"])
def test_a_foreign_unit_is_a_fault_with_the_units_that_exist(unit):
    problems: list[Problem] = []
    assert read("CK", problems, value=1200.0, unit=unit) == []
    assert [(p.where, p.line) for p in problems] == [("tests[0].unit", 9)]
    assert "U/L, IU/L, µkat/L" in problems[0].cure


@pytest.mark.parametrize("value", [0.0, -3.0, 4.9, 500_001.0, 1e12])
def test_an_impossible_value_is_a_fault_with_the_range(value):
    problems: list[Problem] = []
    assert read("CK", problems, value=value, unit="U/L") == []
    assert [p.where for p in problems] == ["tests[0].value"]
    assert "5 to 500000" in problems[0].cure.replace(",", "").replace("5e+05", "500000")


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("8,450 U/L", "very-high"),
        ("8450", "very-high"),
        ("180 IU/L", "normal"),
        ("normal", "normal"),
        ("mildly raised", "mild"),
        ("tenfold", "high"),
        ("CK 1 200 U/L", "high"),
    ],
)
def test_a_result_in_words_or_with_a_number_in_it(result, outcome):
    assert read("serum CK", result=result) == [("creatine-kinase", outcome)]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("L5-S1 disc extrusion touching the left S1 root", "disc"),
        ("no disc herniation", "normal"),
        ("no compression", "normal"),
        ("unremarkable", "normal"),
        ("disc herniation without mass", "disc"),
        ("no disc herniation, but a mass at L3", "tumour"),
    ],
)
def test_a_report_in_words(result, outcome):
    assert read("MRI lumbar spine", result=result) == [("mri-lumbar", outcome)]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("4,661 falling to 547 within 5 days", "high"),
        ("869 rising to 1,935 U/L within a day", "high"),
        ("180 (normal below 170)", "normal"),  # the laboratory's limit is no value; the band of the test counts
        ("ten days later 10 times the upper limit of normal", "high"),
    ],
)
def test_of_several_numbers_the_one_that_matters_counts(result, outcome):
    """Ten times the upper limit of 240 U/L are 2400 U/L."""
    assert read("CK", result=result) == [("creatine-kinase", outcome)]


@pytest.mark.parametrize(
    ("test", "result", "outcomes"),
    [
        ("CK, MRI lumbar spine", "normal", [("creatine-kinase", "normal"), ("mri-lumbar", "normal")]),
        ("CK, ferritin", "2,400 U/L, 88 ng/mL", [("creatine-kinase", "high")]),
        ("ferritin, CK", "88, 2,400 U/L", [("creatine-kinase", "high")]),
        ("bloods", "mild anaemia, CK 2,400 U/L", [("creatine-kinase", "high")]),
    ],
)
def test_a_line_with_several_results_is_read_one_by_one(test, result, outcomes):
    assert read(test, result=result) == outcomes


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("no abscess, mass or disc herniation", "normal"),
        ("disc herniation excluded", "normal"),
        ("mass not seen", "normal"),
        ("herniation of the disc at L5", "disc"),
        ("no relevant abnormality", "normal"),
        ("insignificant", "normal"),
    ],
)
def test_what_is_denied_and_what_is_turned_round(result, outcome):
    assert read("MRI lumbar spine", result=result) == [("mri-lumbar", outcome)]


def test_a_picture_without_a_place_is_read_by_what_it_shows():
    assert read("MRI", result="disc extrusion at L5") == [("mri-lumbar", "disc")]
    assert read("MRI", result="normal") == []  # of what, nobody knows


def test_a_report_that_names_the_cause_is_the_outcome_which_shows_that_cause(compiled):
    def shown(test: str, result: str) -> list[tuple[str, str]]:
        entry = TestEntry(test, result=result)
        return [(r.test, r.outcome) for r in read_test(entry, compiled.kb, compiled.lexicon, [])]

    assert shown("MRI", "confirmed subacute combined degeneration") == [("mri-cord", "dorsal-column")]
    assert shown("MRI", "no subacute combined degeneration") == []
    assert shown("CT of the ankle", "rupture of the Achilles tendon") == [("mri-ankle", "achilles-rupture")]


@pytest.mark.parametrize("result", ["refused", "not done", "pending", "awaited"])
def test_a_test_that_was_not_done_has_no_outcome(result):
    assert read("CK", result=result) == []


@pytest.mark.parametrize("test", ["astrology", "", "the colour of the wall"])
def test_an_unknown_test_is_not_guessed(test):
    assert read(test, value=5.0) == []


def test_a_missing_test_stays_out_of_the_evidence_and_is_named(compiled, today):
    from soleus.domain.case import Case
    from soleus.interchange.evidence import understand

    seen = understand(Case(tests=(TestEntry("horoscope", 7.0),)), compiled.kb, compiled.lexicon, today)
    assert seen.evidence.tests == ()
    assert seen.not_understood == ("horoscope: 7.0",)
