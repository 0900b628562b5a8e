"""An interview as a case file: valid after every answer, read by `soleus assess`, and taken up again where it was left.

Each answer is an entry under `findings:`, with a note that says which question it answered.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from soleus.domain.case import Case
from soleus.domain.errors import CaseError
from soleus.domain.finding import Side
from soleus.formats.located_yaml import parse, read_text
from soleus.formats.yaml_text import yaml_text
from soleus.interchange.casefile.read import MAX_BYTES, SCHEMA, check_text
from soleus.interchange.casefile.write import save_text
from soleus.interchange.phrases.reader import TIME_COURSE
from soleus.interview.state import UNKNOWN, Answer, Fact, State

_NOTE = re.compile(r"interview (\d+) ([a-z-]+) ([a-z0-9-]+)(?: \| (.*?) \| (.*))?$", re.S)
_NOTHING_YET = "interview: nothing is told yet"
_TEMPO = ("onset", "course")


def case_data(state: State, before: Mapping[str, Any]) -> dict[str, Any]:
    """The content of the case file: what stood in it before the interview, and every answer."""
    data: dict[str, Any] = {"schema": SCHEMA, **{k: v for k, v in before.items() if k not in ("schema", "findings")}}
    asked = state.asked
    if state.age_years is not None or "age" in asked:
        age = state.age_years
        data["age"] = int(age) if age is not None and age == int(age) else age
    if state.sex != "unknown" or "sex" in asked:
        data["sex"] = state.sex
    if state.case.setting != "self":
        data["setting"] = state.case.setting
    if state.narrative or "narrative" in asked:
        data["narrative"] = state.narrative
    entries = list(before.get("findings") or ())
    for number, answer in enumerate(state.answers, start=1):
        entries += _entries(number, answer)
    if not entries and not str(data.get("narrative") or "").strip():
        entries = [{"finding": "weak-leg", "value": UNKNOWN, "note": _NOTHING_YET}]
    data["findings"] = entries
    return data


def _entries(number: int, answer: Answer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for fact in answer.facts:
        if fact.about in ("age", "sex", "narrative"):
            continue
        entry: dict[str, Any] = {"finding": TIME_COURSE if fact.about in _TEMPO else fact.about}
        if fact.side is not Side.UNSTATED:
            entry["side"] = fact.side.value
        words = "" if found else f" | {_line(answer.asked)} | {_line(answer.said)}"
        entry |= {"value": fact.value, "note": f"interview {number} {answer.kind} {answer.question}{words}"}
        found.append(entry)
    return found


def _line(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def save(path: Path, state: State, before: Mapping[str, Any]) -> None:
    """Write the case file, whole or not at all.

    Raises:
        CaseError: If it cannot be written.
    """
    save_text(path, yaml_text(case_data(state, before)))


def resume(path: Path, today: datetime.date) -> tuple[State, dict[str, Any]]:
    """The interview saved in a case file, and the rest of the file. A case that was never an interview is where one begins.

    Raises:
        CaseError: With every problem of the file.
    """
    text, unreadable = read_text(path, MAX_BYTES)
    if unreadable:
        raise CaseError(unreadable)
    case, problems = check_text(text, today)
    if problems:
        raise CaseError(problems, source=str(path))
    return state_of(case, parse(text).value, today)


def state_of(case: Case, data: Mapping[str, Any], today: datetime.date) -> tuple[State, dict[str, Any]]:
    """The state in the content of a case file, and its content without the interview."""
    answers: dict[int, Answer] = {}
    own: list[Any] = []
    own_places = set()
    for i, entry in enumerate(data.get("findings") or ()):
        note = str(entry.get("note", "")) if isinstance(entry, dict) else ""
        match = _NOTE.match(note)
        if match and isinstance(entry, dict):
            number = int(match[1])
            old = answers.get(number, Answer(match[3], match[2], (), match[4] or "", match[5] or ""))
            answers[number] = replace(old, facts=(*old.facts, _fact(entry, match[3])))
        elif note != _NOTHING_YET:
            own.append(entry)
            own_places.add(f"findings[{i}]")
    before = {**{k: v for k, v in data.items() if k != "findings"}, "findings": own}
    asked = [
        Answer(about, "opening", (Fact(about, UNKNOWN),), "", "")
        for about, empty in (("age", case.age_years is None), ("sex", case.sex == "unknown"), ("narrative", not case.narrative.strip()))
        if about in data and empty
    ]
    plain = replace(case, findings=tuple(f for f in case.findings if f.place in own_places))
    return State(plain, today, (*asked, *(answers[n] for n in sorted(answers)))), before


def _fact(entry: Mapping[str, Any], question: str) -> Fact:
    about = question if entry["finding"] == TIME_COURSE else str(entry["finding"])
    return Fact(about, str(entry.get("value", "present")), Side(entry["side"]) if "side" in entry else Side.UNSTATED)
