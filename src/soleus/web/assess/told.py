"""What was understood, a line a finding, and how to take one out wherever it was told: in the words, on the map or as an answer."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soleus.domain.case import FindingEntry, TestEntry
from soleus.domain.evidence import Observation
from soleus.domain.finding import Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.evidence import Understanding
from soleus.interchange.narrative.entries import in_vocabulary
from soleus.interchange.narrative.medicines import medicine_names, medicines_told
from soleus.interchange.narrative.read import read_narrative
from soleus.interchange.phrases.reader import TIME_COURSE, PhraseReader
from soleus.interview.saved import case_data
from soleus.interview.state import State
from soleus.reports.bodymap.marks import NOTE
from soleus.reports.bodymap.regions import REGIONS
from soleus.web.cases.actions import case_file
from soleus.web.knowledge import care, knowledge

TIME = "time"
LISTS = {"conditions": "illness", "medicines": "medicine"}
"""Lists of the case file that the start page asks for, and what an entry of each is called."""
_PLACE = re.compile(r"findings\[(\d+)\]")
_IN_WORDS = re.compile(r"narrative\[(\d+):(\d+)\]")
_SIDES = {Side.LEFT: "left", Side.RIGHT: "right", Side.BOTH: "both sides", Side.UNSTATED: ""}
_STATES = {
    Kind.BINARY: {"present": "yes", "absent": "no"},
    Kind.RISK: {"present": "yes", "absent": "no"},
    Kind.STRENGTH: {"normal": "no, strong", "mild": "yes, a little", "severe": "yes, badly", "weak": "yes"},
    Kind.REFLEX: {"abnormal": "changed"},
}


@dataclass(frozen=True)
class Line:
    """One thing that was understood."""

    id: str
    name: str
    says: str
    """Such as `left: yes`."""
    heard: str
    """The words from which it was taken."""
    present: bool


def lines(data: Mapping[str, Any], understanding: Understanding, kb: KnowledgeBase) -> list[Line]:
    """Everything understood of a case file: what is there first, then the time, then what is not."""
    entries = data.get("findings") or ()
    evidence = understanding.evidence
    by_finding: dict[str, list[Observation]] = {}
    for o in evidence.observations:
        by_finding.setdefault(o.finding, []).append(o)
    words = str(data.get("narrative") or "")
    found = [_line(id_, group, entries, words, kb) for id_, group in by_finding.items()]
    times = "; ".join(dict.fromkeys(t for t in (evidence.onset_text, evidence.course_text) if t))
    rest = [Line(TIME, "Since when, and how it goes", times, "", True)] if times else []
    rest += [Line(r.test, kb.tests[r.test].name, kb.tests[r.test].outcome_name(r.outcome), r.text, True) for r in evidence.tests]
    rest += [Line(f"{key}: {text}", str(text), called, "", True) for key, called in LISTS.items() for text in data.get(key) or ()]
    return [*(f for f in found if f.present), *rest, *(f for f in found if not f.present)]


def _line(id_: str, group: list[Observation], entries: Sequence[Mapping[str, Any]], narrative: str, kb: KnowledgeBase) -> Line:
    finding = kb.findings[id_]
    states: dict[str, list[str]] = {}
    for o in group:
        state = o.state(finding)
        states.setdefault(_STATES[finding.kind].get(state, state), []).append(_SIDES[o.side])
    said = []
    for state, sides in states.items():
        where = "both sides" if {"left", "right"} <= set(sides) else ", ".join(s for s in sides if s)
        said.append(f"{where}: {state}" if where else state)
    heard = dict.fromkeys(words for o in group if (words := _heard(o, entries, narrative)))
    return Line(id_, finding.lay, "; ".join(said), "; ".join(heard), any(o.presence.value == "present" for o in group))


def _heard(o: Observation, entries: Sequence[Mapping[str, Any]], narrative: str) -> str:
    """Where it was told: on the map, as an answer, or in these words, as the person wrote them."""
    if (in_words := _IN_WORDS.fullmatch(o.place)) and (said := narrative[int(in_words[1]) : int(in_words[2])].strip()):
        return f"“{' '.join(said.split())}”"
    match = _PLACE.match(o.place)
    note = str(entries[int(match[1])].get("note") or "") if match and int(match[1]) < len(entries) else ""
    if note.startswith(NOTE):
        places = [REGIONS[id_].name for id_ in note.removeprefix(NOTE).split() if id_ in REGIONS]
        return "body map: " + "; ".join(places)
    if note.startswith("interview "):
        return "your answer"
    return note or f"“{o.text}”" if o.text else note


def without(data: Mapping[str, Any], what: str, today: datetime.date) -> dict[str, Any]:
    """The case file without one finding, test or the time course. Words that told it, among other things, become entries.

    The words themselves are kept as notes, which no assessment reads.
    """
    compiled = knowledge()
    reader = PhraseReader(compiled.kb, compiled.lexicon)
    kept = dict(data)
    group, _, listed = what.partition(": ")
    if group in LISTS:
        kept[group] = [text for text in data.get(group) or () if str(text) != listed]
        return kept
    case = case_file(data, today)
    entries = [dict(e) for e in data.get("findings") or ()]
    if case.narrative.strip():
        told = read_narrative(case.narrative, reader)
        read = [e for entry in told.findings for e, _ in in_vocabulary(entry, reader)]
        if any(_tells(_plain(e), what, reader) for e in read) or any(t.test == what for t in told.tests):
            entries += [{**_plain(e), "note": "from your own words"} for e in read]
            kept["tests"] = [*(data.get("tests") or ()), *(_test(t) for t in told.tests)]
            named = medicines_told(case.narrative, medicine_names(care()), compiled.lexicon)
            if new := [m for m in named if m.lower() not in " ; ".join(case.medicines).lower()]:
                kept["medicines"] = [*case.medicines, *new]
            kept["notes"] = case.narrative
            kept["narrative"] = ""
            kept["age"] = case.age_years if case.age_years is not None else told.person.age_years
            kept["sex"] = case.sex if case.sex != "unknown" else told.person.sex
    kept["findings"] = [left for e in entries for left in _left(e, what, reader)]
    for group in LISTS:
        if group in kept:
            kept[group] = [text for text in kept[group] if all(o.finding != what for o in reader.read(str(text)).observations)]
    if "tests" in kept:
        kept["tests"] = [t for t in kept["tests"] if t.get("test") != what]
    if kept["findings"] or str(kept.get("narrative") or "").strip():
        return kept
    return case_data(State(case_file({**kept, "findings": data["findings"]}, today), today), kept)


def _plain(entry: FindingEntry) -> dict[str, Any]:
    found: dict[str, Any] = {"finding": entry.finding, "value": entry.value or "present"}
    if entry.finding == TIME_COURSE:
        found["value"] = entry.value
    if entry.side is not Side.UNSTATED:
        found["side"] = entry.side.value
    return found


def _test(entry: TestEntry) -> dict[str, Any]:
    given = {"test": entry.test, "value": entry.value, "unit": entry.unit, "result": entry.result, "on": entry.on and entry.on.isoformat()}
    return {key: value for key, value in given.items() if value not in (None, "")}


def _tells(entry: Mapping[str, Any], what: str, reader: PhraseReader) -> bool:
    if what == TIME:
        return bool(entry["finding"] == TIME_COURSE)
    return any(o.finding == what for o in _read(entry, reader))


def _read(entry: Mapping[str, Any], reader: PhraseReader) -> tuple[Observation, ...]:
    side = Side(entry.get("side") or "unstated")
    exact = reader.kb.findings.get(str(entry["finding"]))
    if exact is not None:
        return (Observation(exact.id, side, tuple(1.0 for _ in exact.states)),)
    return reader.read(str(entry["finding"]), side, str(entry.get("value") or "")).observations


def _left(entry: dict[str, Any], what: str, reader: PhraseReader) -> list[dict[str, Any]]:
    """What is left of an entry."""
    if what == TIME:
        plain = {k: v for k, v in entry.items() if k not in ("since", "course")}
        return [] if entry["finding"] == TIME_COURSE else [plain]
    told = _read(entry, reader)
    if all(o.finding != what for o in told):
        return [entry]
    if len(told) == 1:
        return []
    side = Side(entry.get("side") or "unstated")
    parts = in_vocabulary(FindingEntry(str(entry["finding"]), side, str(entry.get("value") or "")), reader)
    rest = {k: v for k, v in entry.items() if k not in ("finding", "side", "value")}
    return [{**_plain(e), **rest} for e, _ in parts if e.finding != what and e.finding in reader.kb.findings]
