"""Faulty measurements in a case file: each is told once, under its own number."""

from __future__ import annotations

import pytest

from soleus.cli import main
from soleus.domain.errors import CaseError, Problem

BAD = """age: 58
measurements:
  - {measure: heel-rise, side: left, value: 5, on: 2026-13-01}
  - {measure: foo, side: left, value: 5, on: 2025-09-01}
  - {measure: heel-rise, side: left, value: abc, on: 2025-09-01}
  - {measure: heel-rise, value: 5, on: 2025-09-01}
  - {measure: heel-rise, side: left, value: 5}
  - 7
  - {measure: heel-rise, side: left, value: 5, on: 2990-09-01}
"""


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize("command", [["track", "show"], ["assess"]])
def test_each_fault_is_told_once_under_its_number(tmp_path, capsys, command):
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, encoding="utf-8")
    assert main([*command, str(path)]) == 10
    said = capsys.readouterr().err
    assert "4 problems" in said
    places = ("measurements[0].on", "measurements[2].value", "measurements[5]:", "measurements[6].on")
    assert [said.count(place) for place in places] == [1, 1, 1, 1]


@pytest.mark.usefixtures("opened_once")
def test_an_impossible_value_keeps_its_number_after_what_is_no_entry(tmp_path, capsys):
    path = tmp_path / "bad.yaml"
    path.write_text("measurements:\n  - 7\n  - {measure: heel-rise, side: left, value: 900, on: 2025-09-01}\n", encoding="utf-8")
    assert main(["track", "show", str(path)]) == 10
    said = capsys.readouterr().err
    assert "2 problems" in said
    assert "measurements[1]" in said


def test_faults_of_different_entries_all_stay():
    problems = [Problem("a[1].value", "no number", line=3), Problem("a[1]", "no number"), Problem("a[10]", "far"), Problem("a[2]", "side")]
    assert [p.where for p in CaseError(problems).problems] == ["a[1].value", "a[10]", "a[2]"]
