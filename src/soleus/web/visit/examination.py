"""Reading the case into the examination form, and the examination back into the case.

What a person said, marked on the map or answered stays as it is. Only a sign that somebody examined gives way to a newer one of the same
sign on the same side, and the new entry says what stood there before.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.domain.finding import Kind, Presence, Side
from soleus.interchange.phrases.reader import PhraseReader
from soleus.reports.bodymap.marks import NOTE as MAP_NOTE
from soleus.reports.visit.examined import is_examined, note_of, who_and_when
from soleus.reports.visit.signs import Sign, signs_of
from soleus.web.assess.working import understood
from soleus.web.knowledge import knowledge
from soleus.web.visit.grid import NOT_EXAMINED, Row, cell, rows

_PLACE = re.compile(r"findings\[(\d+)\]")
SIDED = (Side.LEFT, Side.RIGHT)
_TOLD = (("no", "yes"), ("strong", "weak"))
CLONUS = re.compile(r"\bclon", re.I)


@dataclass(frozen=True)
class Held:
    """What the case says of one cell."""

    value: str = ""
    """As an option of the form; empty: not examined."""
    told: str = ""
    """What the person said, or who examined and when."""
    at: int = -1
    """Place of the entry that says it, if it may give way to a newer examination."""


@dataclass(frozen=True)
class Change:
    """One cell that was entered."""

    row: Row
    side: str
    value: str
    before: str


def held(data: Mapping[str, Any], today: datetime.date) -> dict[str, Held]:
    """What the case says of each cell of the form; cells of which it says nothing are left out."""
    case, told = understood(data, today)
    kb = knowledge().kb
    entries = data.get("findings") or ()
    by_id: dict[str, list[Sign]] = {}
    for sign in signs_of(case, told, kb):
        by_id.setdefault(sign.id, []).append(sign)
    found: dict[str, Held] = {}
    for row in rows():
        for sign in by_id.get(row.finding.id, ()):
            for i, side in enumerate(sign.sides):
                if (side in SIDED) == row.finding.sided:
                    name = cell(row.finding.id, side.value if row.finding.sided else "")
                    found[name] = _held(row, sign, i, entries)
    return found


def _held(row: Row, sign: Sign, i: int, entries: Any) -> Held:
    match = _PLACE.fullmatch(sign.places[i])
    entry = entries[int(match[1])] if match and int(match[1]) < len(entries) else {}
    note = str(entry.get("note") or "")
    value = _value(row, sign, i, str(entry.get("value") or "")) if match else ""
    if not value or note.startswith((MAP_NOTE, "interview ")) or not (sign.examined or is_examined(note)):
        return Held(told=f"told: {_TOLD[row.finding.kind is Kind.STRENGTH][sign.presence is Presence.PRESENT]}")
    return Held(value, who_and_when(note) or "from the case", int(match[1]) if match else -1)


def _value(row: Row, sign: Sign, i: int, said: str) -> str:
    if row.finding.kind is Kind.STRENGTH:
        return sign.grades[i].replace("−", "-")
    if row.finding.kind is Kind.REFLEX:
        value = "clonus" if CLONUS.search(said) and sign.states[i] == "brisk" else sign.states[i]
    else:
        value = "present" if sign.presence is Presence.PRESENT else "absent"
    return value if value in dict(row.options) else ""


def changes(given: Mapping[str, str], before: Mapping[str, Held], *, all_of_them: bool = False) -> list[Change]:
    """Cells that differ from the case; with `all_of_them` also those that confirm it.

    An empty cell withdraws an examination, and nothing else.

    Args:
        given: Cell and value, checked by the form.
        before: What the case says.
        all_of_them: The examiner says that every value shown was found.
    """
    found = []
    for row in rows():
        for side in row.sides:
            name = cell(row.finding.id, side)
            was = before.get(name, Held())
            value = given.get(name, "")
            withdrawn = not value and was.value and was.told != "from the case"
            if (value and (value != was.value or all_of_them)) or withdrawn:
                found.append(Change(row, side, value, was.value))
    return found


def examined(data: Mapping[str, Any], found: list[Change], before: Mapping[str, Held], on: datetime.date, who: str) -> dict[str, Any]:
    """The case with the examination in it.

    Args:
        data: A case file as plain values.
        found: What was entered.
        before: What the case said, by cell.
        on: The day of the examination.
        who: Who examined, as it will stand in the case.
    """
    compiled = knowledge()
    reader = PhraseReader(compiled.kb, compiled.lexicon)
    entries: list[dict[str, Any] | None] = [dict(e) for e in data.get("findings") or ()]
    new = []
    for c in found:
        at = before.get(cell(c.row.finding.id, c.side), Held()).at
        entry = entries[at] if at >= 0 else None
        if entry is not None:
            entries[at] = _without(entry, c, reader)
        if c.value:
            side = {"side": c.side} if c.side else {}
            said = c.before if c.before != c.value else ""
            new.append({"finding": c.row.finding.id, **side, "value": c.value, "note": note_of(on, who, said)})
    return {**data, "findings": [*(e for e in entries if e is not None), *new]}


def _without(entry: dict[str, Any], change: Change, reader: PhraseReader) -> dict[str, Any] | None:
    """An entry without one side of one sign. An entry that says more than this one sign stays whole: nothing else is lost with it."""
    exact = entry["finding"] in reader.kb.findings
    said = Side(entry.get("side") or "unstated")
    told = (
        {entry["finding"]}
        if exact
        else {o.finding for o in reader.read(str(entry["finding"]), said, str(entry.get("value") or "")).observations}
    )
    if told != {change.row.finding.id} or entry.get("since") or entry.get("course"):
        return entry
    if said is Side.BOTH and change.side:
        return {**entry, "side": Side(change.side).mirrored.value}
    return None


def in_words(change: Change) -> dict[str, str]:
    """A change for the record: name, side, what was found and what stood there before."""
    names = dict([NOT_EXAMINED, *change.row.options])
    return {"name": change.row.name, "side": change.side, "value": names[change.value], "before": names[change.before]}
