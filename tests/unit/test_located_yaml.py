"""YAML to plain values with lines, and hostile YAML refused before it can cost anything."""

from __future__ import annotations

import time

import pytest

from soleus.formats.located_yaml import decode, dotted, parse, read_text

TEXT = """\
age: 58
findings:
  - {finding: calf weakness, side: left}
  - finding: ankle reflex
    value: absent
"""


def test_values_come_with_their_lines():
    located = parse(TEXT)
    assert located.problems == ()
    assert located.value["findings"][1] == {"finding": "ankle reflex", "value": "absent"}
    assert located.line(("age",)) == 1
    assert located.line(("findings", 0, "side")) == 3
    assert located.line(("findings", 1, "value")) == 5


def test_a_path_without_a_line_of_its_own_has_the_line_of_the_nearest_above():
    assert parse(TEXT).line(("findings", 0, "value", "deeper")) == 3
    assert parse(TEXT).line(("nothing",)) in (None, 1)


@pytest.mark.parametrize(
    ("path", "text"), [(("findings", 5, "value"), "findings[5].value"), (("age",), "age"), ((), ""), (("a", "b", 0, 1), "a.b[0][1]")]
)
def test_a_path_as_a_person_reads_it(path, text):
    assert dotted(path) == text


def test_json_is_read_too():
    assert parse('{"age": 58, "findings": ["foot drop"]}').value == {"age": 58, "findings": ["foot drop"]}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a: 1\na: 2\n", "stands twice", 2),
        ("a: [1, 2\nb: 3\n", "not valid YAML", 2),
        ("a: 1\n---\nb: 2\n", "second document", 2),
        ("a: &x 1\nb: *x\n", "aliases", 2),
        ("a:\n\tb: 1\n", "not valid YAML", 2),
        ("a: 2026-02-30\n", "", 1),
        ("? [1, 2]\n: 3\n", "not plain text", 1),
        ("a: !!python/object:os.system x\n", "", 1),
        ("a: 'x\n", "not valid YAML", 2),
        ("a: b: c\n", "not valid YAML", 1),
        ("{a: 1, b: {a: 2, a: 3}}", "stands twice", 1),
    ],
)
def test_a_structural_fault_is_named_with_its_line(text, what, line):
    located = parse(text)
    assert located.problems
    assert what in located.problems[0].what
    assert located.problems[0].line is not None
    assert abs(located.problems[0].line - line) <= 1


def test_all_duplicate_keys_are_told_at_once():
    assert len(parse("a: 1\na: 2\nb: 1\nb: 2\nb: 3\n").problems) == 3


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n",
        "[" * 5000,
        "{a: " * 5000,
        "- " * 5000,
        "a: [" + "1, " * 100_000 + "]",
        "? " * 5000,
        "a: " + "'" * 9999,
        "\n".join(f"k{i}: {i}" for i in range(50_000)),
    ],
)
def test_a_bomb_is_refused_quickly(text):
    start = time.perf_counter()
    assert parse(text).problems
    assert time.perf_counter() - start < 3


def test_a_tag_runs_nothing(tmp_path):
    parse(f"a: !!python/object/apply:os.mkdir ['{tmp_path}/made']\n")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("text", ["", "   \n\n", "# only a comment\n", "---\n", "null\n", "~"])
def test_an_empty_document_is_none(text):
    located = parse(text)
    assert located.value is None
    assert located.problems == ()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff\xfe\x00a", "UTF-8"),
        (b"age: \xe9", "UTF-8"),
        (b"a\x00b", "control character"),
        (b"x" * 101, "larger"),
        (b"\x1b[31m", "control character"),
    ],
)
def test_bytes_that_are_no_text(data, what):
    text, problems = decode(data, 100, "case.yaml")
    assert text == ""
    assert len(problems) == 1
    assert what in problems[0].what
    assert problems[0].where == "case.yaml"


def test_a_byte_order_mark_is_not_part_of_the_text():
    assert decode(b"\xef\xbb\xbfage: 5", 100, "x") == ("age: 5", ())


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    assert "folder" in read_text(tmp_path, 100)[1][0].what
    assert "cannot be read" in read_text(tmp_path / "nothing.yaml", 100)[1][0].what
