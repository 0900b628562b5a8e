"""A case to the text of a case file that a person can read, correct and assess again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from soleus.domain.case import Case, FindingEntry, TestEntry
from soleus.domain.errors import CaseError, Problem
from soleus.domain.finding import Side
from soleus.formats.yaml_text import write_whole
from soleus.interchange.casefile.read import SCHEMA


def case_text(case: Case, notes: Mapping[str, str] | None = None, head: Sequence[str] = (), tail: Sequence[str] = ()) -> str:
    """YAML of a case.

    Args:
        case: What to write; its narrative stands first, as a block.
        notes: Comments beside entries, by the entry's `place`.
        head: Comment lines before everything.
        tail: Comment lines at the end.
    """
    notes = notes or {}
    lines = [*_comments(head), f"schema: {SCHEMA}"]
    lines += [_line(key, value) for key, value in _facts(case)]
    lines += [_line(key, list(values)) for key, values in (("conditions", case.conditions), ("medicines", case.medicines)) if values]
    for key, entries in (("findings", [*map(_finding, case.findings)]), ("tests", [*map(_test, case.tests)])):
        if entries:
            lines += [f"{key}:", *(f"- {_flow(entry)}{_note(notes, place)}" for place, entry in entries)]
    lines += [
        _line(key, value)
        for key, value in (
            ("measurements", [dict(m) for m in case.measurements if m]),
            ("goals", list(case.goals)),
            ("preferences", dict(case.preferences)),
        )
        if value
    ]
    if case.narrative.strip():
        lines += [f"narrative: {_quoted(case.narrative)}"]
    return "\n".join([*lines, *_comments(tail)]) + "\n"


def save_text(path: Path, text: str) -> None:
    """Write a case file, whole or not at all.

    Raises:
        CaseError: If it cannot be written.
    """
    try:
        write_whole(path, text)
    except OSError as error:
        raise CaseError(Problem(str(path), f"cannot be written: {error.strerror}.", "Check the folder and the permissions.")) from error


def _facts(case: Case) -> Iterator[tuple[str, Any]]:
    if case.id:
        yield "id", case.id
    if case.age_years is not None:
        yield "age", int(case.age_years) if case.age_years == int(case.age_years) else case.age_years
    if case.sex != "unknown":
        yield "sex", case.sex
    for key, value in (("height_cm", case.height_cm), ("weight_kg", case.weight_kg), ("activity", case.activity)):
        if value is not None:
            yield key, int(value) if value == int(value) else value
    yield "setting", case.setting


def _finding(entry: FindingEntry) -> tuple[str, dict[str, Any]]:
    data: dict[str, Any] = {"finding": entry.finding}
    if entry.side is not Side.UNSTATED:
        data["side"] = entry.side.value
    if entry.value:
        data["value"] = entry.value
    if entry.since is not None:
        data["since"] = entry.since
    if entry.course:
        data["course"] = entry.course
    if entry.sure is not None:
        data["sure"] = entry.sure
    return entry.place, data


def _test(entry: TestEntry) -> tuple[str, dict[str, Any]]:
    data: dict[str, Any] = {"test": entry.test}
    for key, value in (("value", entry.value), ("unit", entry.unit), ("result", entry.result), ("on", entry.on)):
        if value not in (None, ""):
            data[key] = value
    return entry.place, data


def _flow(entry: dict[str, Any]) -> str:
    return str(yaml.safe_dump(entry, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6)).strip()


def _line(key: str, value: Any) -> str:
    return _flow({key: value})[1:-1]


def _quoted(text: str) -> str:
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=110)).strip()


def _note(notes: Mapping[str, str], place: str) -> str:
    return f"  # {' '.join(notes[place].split())}" if notes.get(place) else ""


def _comments(lines: Sequence[str]) -> list[str]:
    return [f"# {' '.join(line.split())}".rstrip() for line in lines]
