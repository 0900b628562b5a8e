"""Text of a case file to a case: every fault, with where, what and cure, all at once."""

from __future__ import annotations

import datetime
import json

import pytest

from soleus.domain.errors import CaseError, Problem
from soleus.domain.finding import Side
from soleus.interchange.casefile.read import case_of_text, read_case

TODAY = datetime.date(2026, 3, 2)
WHOLE = """\
schema: soleus/case/1
id: k-2041
age: 58
sex: male
setting: primary-care
conditions: [type 2 diabetes]
medicines: [atorvastatin, metformin]
findings:
  - {finding: calf weakness, side: left, since: 2026-01-05, course: progressive, sure: 0.8}
  - {finding: plantar flexion strength, side: left, value: 4-}
  - {finding: ankle reflex, side: both, value: absent, note: lying}
  - saddle anaesthesia
tests:
  - {test: creatine kinase, value: 180, unit: U/L, on: 2026-02-02}
  - {test: MRI lumbar spine, result: normal}
measurements:
  - {measure: heel-rise, side: left, value: 9, on: 2026-02-01}
goals: [climb stairs]
preferences: {minutes_per_day: 30}
narrative: |
  My calf has grown weak.
"""


def faults(text: str) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as raised:
        case_of_text(text, TODAY)
    return raised.value.problems


def test_a_whole_case_is_read():
    case = case_of_text(WHOLE, TODAY)
    assert (case.id, case.age_years, case.sex, case.setting) == ("k-2041", 58, "male", "primary-care")
    assert case.medicines == ("atorvastatin", "metformin")
    first, second, third, fourth = case.findings
    assert (first.finding, first.side, first.since, first.course, first.sure) == (
        "calf weakness",
        Side.LEFT,
        datetime.date(2026, 1, 5),
        "progressive",
        0.8,
    )
    assert (second.value, second.place, second.line) == ("4-", "findings[1]", 10)
    assert third.side is Side.BOTH
    assert (fourth.finding, fourth.value) == ("saddle anaesthesia", "")
    assert (case.tests[0].value, case.tests[0].unit, case.tests[1].result) == (180.0, "U/L", "normal")
    assert case.measurements[0]["measure"] == "heel-rise"
    assert case.narrative.startswith("My calf")


def test_the_same_as_json_is_the_same_case():
    plain = {"age": 58, "findings": [{"finding": "foot drop", "side": "left", "since": "2026-01-05"}]}
    assert case_of_text(json.dumps(plain), TODAY).findings[0].since == datetime.date(2026, 1, 5)


def test_the_answer_of_a_published_case_is_ignored():
    assert case_of_text("findings: [foot drop]\ndiagnosis: {name: x}\nurgency: routine\n", TODAY).findings[0].finding == "foot drop"


@pytest.mark.parametrize(
    ("value", "text"),
    [("true", "present"), ("false", "absent"), ("4", "4"), ("4.0", "4"), ("4-", "4-"), ("yes", "present"), ("no", "absent"), ("~", "")],
)
def test_plain_values_become_words(value, text):
    assert case_of_text(f"findings:\n  - {{finding: x, value: {value}}}\n", TODAY).findings[0].value == text


@pytest.mark.parametrize(
    ("side", "expected"),
    [("left", Side.LEFT), ("L", Side.LEFT), ("Right", Side.RIGHT), ("both", Side.BOTH), ("bilateral", Side.BOTH), ("", Side.UNSTATED)],
)
def test_sides(side, expected):
    assert case_of_text(f"findings:\n  - {{finding: x, side: '{side}'}}\n", TODAY).findings[0].side is expected


@pytest.mark.parametrize(("sure", "expected"), [("0.5", 0.5), ("1", 1.0), ("80", 0.8), ("'80 %'", 0.8), ("0.75", 0.75)])
def test_certainty(sure, expected):
    assert case_of_text(f"findings:\n  - {{finding: x, sure: {sure}}}\n", TODAY).findings[0].sure == expected


@pytest.mark.parametrize("age", ["0", "120", "0.5", "'58'", "58.0"])
def test_possible_ages(age):
    assert case_of_text(f"age: {age}\nfindings: [x]\n", TODAY).age_years == float(age.strip("'"))


GOOD = "findings: [foot drop]\n"


@pytest.mark.parametrize(
    ("text", "where", "what", "line"),
    [
        ("age: 200\n" + GOOD, "age", "not a possible age", 1),
        ("age: -1\n" + GOOD, "age", "not a possible age", 1),
        ("age: .nan\n" + GOOD, "age", "not an age", 1),
        ("age: .inf\n" + GOOD, "age", "not an age", 1),
        ("age: old\n" + GOOD, "age", "not an age", 1),
        ("age: [5]\n" + GOOD, "age", "not an age", 1),
        ("age: true\n" + GOOD, "age", "not an age", 1),
        ("sex: dolphin\n" + GOOD, "sex", "not one of male", 1),
        ("sex: [male]\n" + GOOD, "sex", "not one of male", 1),
        ("setting: pub\n" + GOOD, "setting", "not one of self", 1),
        ("setting: [self]\n" + GOOD, "setting", "not one of self", 1),
        ("schema: soleus/case/9\n" + GOOD, "schema", "not a schema", 1),
        ("colour: red\n" + GOOD, "colour", "not a key", 1),
        ("findngs: [x]\n", "findngs", "Did you mean findings", 1),
        ("age: 5\n", "", "says nothing", None),
        ("", "", "empty", None),
        ("- a\n- b\n", "", "a list, not a case", 1),
        ("just text\n", "", "text, not a case", 1),
        ("42\n", "", "a number, not a case", 1),
        ("findings: foot drop\n", "findings", "text; a list is needed", 1),
        ("findings: {a: 1}\n", "findings", "a mapping; a list is needed", 1),
        ("findings:\n  - 5\n", "findings[0]", "a number, not a finding", 2),
        ("findings:\n  - [x]\n", "findings[0]", "a list, not a finding", 2),
        ("findings:\n  - {side: left}\n", "findings[0]", "names no finding", 2),
        ("findings:\n  - {finding: ''}\n", "findings[0].finding", "names no finding", 2),
        ("findings:\n  - {finding: 5}\n", "findings[0].finding", "words are needed", 2),
        ("findings:\n  - {finding: x, side: middle}\n", "findings[0].side", "not one of left", 2),
        ("findings:\n  - {finding: x, side: [left]}\n", "findings[0].side", "not one of left", 2),
        ("findings:\n  - {finding: x, value: [1]}\n", "findings[0].value", "one value is needed", 2),
        ("findings:\n  - {finding: x, since: yesterday}\n", "findings[0].since", "not a date", 2),
        ("findings:\n  - {finding: x, since: 2027-01-01}\n", "findings[0].since", "future", 2),
        ("findings:\n  - {finding: x, since: 1801-01-01}\n", "findings[0].since", "too long ago", 2),
        ("findings:\n  - {finding: x, sure: 0.2}\n", "findings[0].sure", "not a certainty", 2),
        ("findings:\n  - {finding: x, sure: very}\n", "findings[0].sure", "not a certainty", 2),
        ("findings:\n  - {finding: x, sidee: left}\n", "findings[0].sidee", "Did you mean side", 2),
        ("findings:\n  - {finding: x, course: [a]}\n", "findings[0].course", "a word is needed", 2),
        ("tests: [CK 180]\n", "tests[0]", "not a test", 1),
        ("tests:\n  - {value: 5}\n", "tests[0]", "names no test", 2),
        ("tests:\n  - {test: CK}\n", "tests[0]", "has no result", 2),
        ("tests:\n  - {test: CK, value: [1]}\n", "tests[0].value", "not one value", 2),
        ("tests:\n  - {test: CK, value: 1, on: 2030-01-01}\n", "tests[0].on", "future", 2),
        ("measurements: [9]\n" + GOOD, "measurements[0]", "names no measure", 1),
        ("measurements:\n  - {measure: heel-rise, value: many}\n" + GOOD, "measurements[0].value", "not a number", 2),
        ("preferences: 30\n" + GOOD, "preferences", "a mapping is needed", 1),
        ("goals: {a: 1}\n" + GOOD, "goals", "a list is needed", 1),
        ("conditions: [{a: 1}]\n" + GOOD, "conditions[0]", "plain text is needed", 1),
        ("medicines: 5\n" + GOOD, "medicines", "a list is needed", 1),
        ("narrative: [a]\n", "narrative", "plain text is needed", 1),
        ("id: {a: 1}\n" + GOOD, "id", "plain text is needed", 1),
    ],
)
def test_a_fault_has_its_place_and_a_name(text, where, what, line):
    problems = faults(text)
    assert [p for p in problems if p.where == where and what in p.what and p.line == line], [str(p) for p in problems]


def test_every_fault_is_told_at_once_in_the_order_of_lines():
    problems = faults("""\
age: 200
sex: dolphin
colour: red
findings:
  - {finding: x, side: middle}
  - {side: left}
  - {finding: y, since: 2030-01-01, sure: 7000}
tests:
  - {test: CK}
""")
    assert [(p.line, p.where) for p in problems] == [
        (1, "age"),
        (2, "sex"),
        (3, "colour"),
        (5, "findings[0].side"),
        (6, "findings[1]"),
        (7, "findings[2].since"),
        (7, "findings[2].sure"),
        (9, "tests[0]"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "age: 200\n" + GOOD,
        "sex: x\n" + GOOD,
        "findings: {}\n",
        "findings:\n  - {finding: x, sure: 0}\n",
        "tests:\n  - {test: CK}\n",
        "preferences: 5\n" + GOOD,
    ],
)
def test_each_fault_has_a_cure(text):
    assert all(p.cure for p in faults(text))


def test_the_keys_that_a_finding_may_have_are_all_named_in_the_cure():
    cure = next(p.cure for p in faults("findings:\n  - {finding: x, colour: red}\n"))
    assert all(key in cure for key in ("finding", "side", "value", "since", "course", "sure", "note"))


def test_too_many_entries_are_refused():
    assert "entries" in faults("findings:\n" + "  - x\n" * 501)[0].what


def test_too_long_a_narrative_is_refused():
    assert "longer than" in faults("narrative: " + "a " * 10_001)[0].what


def test_a_case_from_standard_input(monkeypatch):
    import io
    import types

    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(GOOD.encode())))
    assert read_case("-", TODAY).findings[0].finding == "foot drop"


def test_a_fault_in_a_file_names_the_file(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("age: 200\n" + GOOD)
    with pytest.raises(CaseError) as raised:
        read_case(str(path), TODAY)
    assert raised.value.source == str(path)
    assert raised.value.exit_code == 10
