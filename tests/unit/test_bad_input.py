"""Every broken case file is refused in words: where, what and what to do; exit code 10, no traceback, in bounded time."""

from __future__ import annotations

import io
import time
import types
from pathlib import Path

import pytest

from soleus import knowledge_store
from soleus.cli import main
from soleus.domain.errors import CaseError, Problem
from soleus.interchange.evidence import read_and_understand

BROKEN = sorted((Path(__file__).parents[1] / "data" / "broken").iterdir())
SECONDS = 5.0

EXPECTED: dict[str, list[tuple[int | None, str, str]]] = {
    "age-200.yaml": [(1, "age", "200 is not a possible age")],
    "age-negative.yaml": [(1, "age", "-4 is not a possible age")],
    "age-nan.yaml": [(1, "age", "not an age")],
    "age-infinite.yaml": [(1, "age", "not an age")],
    "age-words.yaml": [(1, "age", '"middle-aged" is not an age')],
    "age-list.yaml": [(1, "age", "not an age")],
    "sex-unknown-word.yaml": [(1, "sex", "not one of male")],
    "setting-unknown.yaml": [(1, "setting", '"pub" is not one of self')],
    "schema-of-another-program.yaml": [(1, "schema", "hospital/export/7")],
    "key-misspelt.yaml": [(2, "findngs", "Did you mean findings")],
    "key-unknown.yaml": [(2, "blood_type", "not a key")],
    "key-of-a-finding-unknown.yaml": [(2, "findings[0].sied", "Did you mean side")],
    "key-twice.yaml": [(5, "findings[0].side", "stands twice"), (6, "age", "stands twice")],
    "key-not-text.yaml": [(1, "", "not plain text")],
    "empty.yaml": [(None, "", "is empty")],
    "only-a-comment.yaml": [(None, "", "is empty")],
    "says-nothing.yaml": [(None, "", "says nothing")],
    "list-instead-of-mapping.yaml": [(1, "", "holds a list")],
    "text-instead-of-mapping.yaml": [(1, "", "holds text")],
    "number-instead-of-mapping.yaml": [(1, "", "holds a number")],
    "two-documents.yaml": [(3, "", "second document")],
    "tabs.yaml": [(2, "", "not valid YAML")],
    "bracket-left-open.yaml": [(4, "", "not valid YAML")],
    "quote-left-open.yaml": [(3, "", "not valid YAML")],
    "colon-in-text.yaml": [(1, "", "not valid YAML")],
    "alias.yaml": [(2, "", "aliases")],
    "alias-bomb.yaml": [(2, "", "aliases")],
    "merge-key.yaml": [(3, "", "aliases")],
    "nested-deep.yaml": [(1, "", "nested more than")],
    "python-tag.yaml": [(1, "age", "cannot be read"), (2, "id", "cannot be read")],
    "date-that-does-not-exist.yaml": [(2, "findings[0].since", "cannot be read")],
    "date-in-words.yaml": [(2, "findings[0].since", '"last Tuesday" is not a date')],
    "date-in-the-future.yaml": [(2, "findings[0].since", "in the future")],
    "date-before-living-memory.yaml": [(2, "findings[0].since", "too long ago")],
    "side-middle.yaml": [(2, "findings[0].side", '"middle" is not one of left, right, both')],
    "side-a-list.yaml": [(2, "findings[0].side", "not one of left")],
    "finding-a-number.yaml": [(2, "findings[0].finding", "words are needed")],
    "finding-missing.yaml": [(2, "findings[0]", "names no finding")],
    "finding-value-a-mapping.yaml": [(2, "findings[0].value", "one value is needed")],
    "findings-a-mapping.yaml": [(1, "findings", "a list is needed")],
    "findings-text.yaml": [(1, "findings", "a list is needed")],
    "mrc-6.yaml": [(4, "findings[1].value", '"6/5" is not an MRC grade')],
    "mrc-12-by-id.yaml": [(2, "findings[0].value", "not an MRC grade")],
    "sure-200-percent.yaml": [(2, "findings[0].sure", "not a certainty")],
    "sure-of-nothing.yaml": [(2, "findings[0].sure", "not a certainty")],
    "test-without-result.yaml": [(2, "tests[0]", "has no result")],
    "test-without-name.yaml": [(2, "tests[0]", "names no test")],
    "test-unit-nonsense.yaml": [(2, "tests[0].unit", '"furlongs" is not a unit')],
    "test-value-impossible.yaml": [(3, "tests[0].value", "not a possible"), (4, "tests[1].value", "not a possible")],
    "tests-text.yaml": [(1, "tests", "a list is needed")],
    "measure-without-number.yaml": [(3, "measurements[0].value", "not a number")],
    "preferences-text.yaml": [(2, "preferences", "a mapping is needed")],
    "narrative-a-list.yaml": [(1, "narrative", "plain text is needed")],
    "latin-1.yaml": [(None, "latin-1.yaml", "not UTF-8")],
    "binary.yaml": [(None, "binary.yaml", "")],
    "null-byte.yaml": [(2, "null-byte.yaml", "control character")],
    "utf-16.yaml": [(None, "utf-16.yaml", "not UTF-8")],
    "broken.json": [(None, "", "not valid YAML")],
    "escape-codes.yaml": [(1, "escape-codes.yaml", "control character")],
    "everything-at-once.yaml": [
        (1, "age", "possible age"),
        (2, "sex", "not one of"),
        (3, "setting", "not one of"),
        (4, "colour", "not a key"),
        (5, "conditions", "a list is needed"),
        (7, "findings[0].side", "not one of"),
        (8, "findings[1]", "names no finding"),
        (9, "findings[2].value", "not an MRC grade"),
        (10, "findings[3].since", "future"),
        (10, "findings[3].sure", "not a certainty"),
        (12, "tests[0].unit", "not a unit"),
        (13, "tests[1]", "has no result"),
    ],
}


@pytest.fixture(autouse=True)
def _knowledge_is_open(compiled, monkeypatch):
    """The command finds the knowledge base compiled, as it is after the first run."""
    monkeypatch.setattr(knowledge_store, "open_knowledge", lambda *_: compiled)


def faults(path: Path, compiled, today) -> tuple[Problem, ...]:
    with pytest.raises(CaseError) as raised:
        read_and_understand(str(path), compiled.kb, compiled.lexicon, today)
    return raised.value.problems


def test_every_broken_file_has_an_expectation():
    assert {p.name for p in BROKEN} == set(EXPECTED)
    assert len(BROKEN) >= 32


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.name)
def test_a_broken_file_is_explained(path, compiled, today):
    """Every problem at once: where, what, and on the right line."""
    start = time.perf_counter()
    problems = faults(path, compiled, today)
    assert time.perf_counter() - start < SECONDS
    for line, where, what in EXPECTED[path.name]:
        fitting = [
            p for p in problems if what in p.what and (p.where == where or (p.where.endswith(where) and where.endswith((".yaml", ".json"))))
        ]
        assert fitting, [str(p) for p in problems]
        assert line is None or line in {p.line for p in fitting}, [str(p) for p in problems]
    assert len(problems) == len(EXPECTED[path.name]), [str(p) for p in problems]


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.name)
def test_each_problem_has_a_cure(path, compiled, today):
    assert [str(p) for p in faults(path, compiled, today) if not p.cure] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda p: p.name)
def test_the_command_ends_with_10_and_no_traceback(path, capsys):
    start = time.perf_counter()
    code = main(["assess", str(path)])
    assert time.perf_counter() - start < SECONDS
    said = capsys.readouterr()
    assert code == 10
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.strip()
    assert "\x1b" not in said.err


@pytest.mark.parametrize("path", BROKEN[:3], ids=lambda p: p.name)
def test_json_is_not_printed_for_a_broken_case(path, capsys):
    assert main(["assess", str(path), "--json"]) == 10
    assert capsys.readouterr().out == ""


# -- too large to lie in a repository ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "narrative: " + "weak calf " * 200_000,
        "findings:\n" + "  - foot drop\n" * 100_000,
        "findings:\n" + "  - foot drop\n" * 600,
        "narrative: " + "x" * 30_000,
        "\n".join(f"key{i}: {i}" for i in range(30_000)),
        "findings: [" + "{finding: a, side: left}, " * 9_000 + "]",
        "findings: " + "[" * 10_000 + "]" * 10_000,
        "age: " + "9" * 5_000 + "\nfindings: [foot drop]\n",
        "x" * 900_000,
        "id: " + "é" * 400_000 + "\n",
    ],
    ids=["huge", "entries", "600-entries", "long-text", "many-keys", "many-nodes", "brackets", "huge-number", "one-word", "long-id"],
)
def test_a_huge_file_is_refused_in_bounded_time(text, tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    assert main(["assess", str(path)]) == 10
    assert time.perf_counter() - start < SECONDS
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert len(said) < 100_000


def test_a_missing_file_and_a_folder_are_faults_of_the_case(tmp_path, capsys):
    assert main(["assess", str(tmp_path / "nothing.yaml")]) == 10
    assert "cannot be read" in capsys.readouterr().err
    assert main(["assess", str(tmp_path)]) == 10
    assert "folder" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"age: 200\n", b"\x00"])
def test_bad_standard_input_is_a_fault_of_the_case(data, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(data)))
    assert main(["assess", "-"]) == 10
    assert "Traceback" not in capsys.readouterr().err


# -- odd, but no fault ---------------------------------------------------------------------------------------------------


def test_a_contradiction_is_said_and_the_danger_kept(compiled, today, tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("findings:\n  - {finding: saddle anaesthesia, value: absent}\n  - {finding: saddle anaesthesia, value: present}\n")
    _, seen = read_and_understand(str(path), compiled.kb, compiled.lexicon, today)
    assert len(seen.contradictions) == 1
    assert "present and absent" in seen.contradictions[0]
    assert [o.presence.value for o in seen.evidence.observations] == ["present"]


@pytest.mark.parametrize(
    "text",
    [
        "findings:\n  - {finding: saddle anaesthesia, value: absent}\n  - {finding: saddle anaesthesia, value: present}\n",
        "findings:\n  - {finding: ankle reflex, side: left, value: brisk}\n  - {finding: ankle reflex, side: left, value: absent}\n",
        "findings: [the colour of the front door]\n",
        "findings: ['🦵', 'ß', 'İ']\n",
        "age: 0\nfindings: [floppy legs]\n",
        "age: 120\nfindings: [foot drop]\n",
        "narrative: My left calf is weak.\n",
        "conditions: [type 2 diabetes]\n",
        "findings:\n  - {finding: foot drop, value: true}\n",
        '{"findings": ["foot drop"]}',
        "findings:\n  - {finding: foot drop, sure: 0.5}\n",
    ],
    ids=["contradiction", "two-reflexes", "nonsense", "signs", "newborn", "old", "narrative", "only-history", "true", "json", "half-sure"],
)
def test_an_odd_case_is_assessed_all_the_same(text, tmp_path, capsys):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["assess", str(path), "--json"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("{")
    assert "Traceback" not in said.err
