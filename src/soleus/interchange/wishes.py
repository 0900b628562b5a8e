"""What a case says for a plan: preferences, goals, known diagnoses, MRC grades as told, and how long it has lasted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from soleus.care.facts import says
from soleus.care.person import DAYS, Wishes
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.errors import Problem
from soleus.domain.evidence import Evidence
from soleus.domain.finding import Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.strength import MrcGrade
from soleus.interchange.diagnoses import diagnoses, plain
from soleus.interchange.medicines import read_medicines
from soleus.interchange.mentions import TENDONS, Mention, is_grave, mentions
from soleus.interchange.phrases.status import read_status
from soleus.interchange.phrases.tempo import read_tempo
from soleus.interchange.phrases.words import stems
from soleus.plan import Told

KEYS = ("minutes_per_day", "days", "equipment", "avoid", "like", "supervised")
SHORTEST, LONGEST = 5, 180
EVERY_DAY = ("daily", "every day", "all", "any")
_DAY = re.compile(r"\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s*", re.I)
STANCE_MEASURES = ("single-leg-stance", "one-leg-stance", "single leg stance")


def told_for_plan(
    case: Case,
    evidence: Evidence,
    kb: KnowledgeBase,
    care: CareKnowledge,
    today: datetime.date,
    measures: Callable[[], Mapping[str, MeasureEntry]] | None = None,
) -> tuple[Told, list[Problem]]:
    """Everything the plan needs beyond the evidence, and every problem in the preferences.

    `measures` opens the catalogue of measures; it is called only for a case that has measurements.
    """
    reader = _Preferences(case.preferences, care)
    goals, missed = _goals(case.goals, care)
    wishes = Wishes(
        minutes_per_day=reader.minutes(),
        days=reader.days(),
        equipment=frozenset(reader.equipment()),
        goals=goals,
        avoid=frozenset(reader.exercises("avoid")),
        like=frozenset(reader.exercises("like")),
    )
    told_of = tuple(m for m in mentions(case.conditions, kb, today) if is_grave(m.condition, kb))
    if case.narrative.strip():
        from soleus.interchange.narrative.named import named_in

        told_of += tuple(m for m in named_in(case.narrative, kb, today) if m.level(kb) and is_grave(m.condition, kb))
    medicines = read_medicines(case, evidence, care)
    supervised = {"supervised": "you train under supervision"} if reader.data.get("supervised") is True else {}
    told = Told(
        known=tuple(dict.fromkeys((*diagnoses(case.conditions, kb).values(), *(m.condition for m in told_of if _counts(m, kb))))),
        grades=_grades(evidence, kb),
        weeks_since_onset=_weeks(case, today),
        weeks_since={m.condition: m.days / 7 for m in sorted(told_of, key=lambda m: -(m.days or 0)) if m.days is not None},
        stance_s=_stance(case),
        wishes=wishes,
        extra_facts=_with_wider({**_recent(told_of, kb), **supervised}, care),
        falling_measures=_falling(case, measures, today),
        understood=(*_understood(case, kb, care), *(m.text for m in told_of)),
        not_understood=missed,
        medicines_read_as=medicines.read_as,
        medicines_unknown=medicines.unknown,
    )
    return told, reader.problems


HEALING_D = 182
"""Up to here a condition told with its time is planned for as such; later it is history. [d]"""
HEART_UNSTABLE_D, CLOT_UNSTABLE_D = 42, 28
"""Weeks in which heart or lungs count as not stable after a heart attack, or after a clot in the lung (expert estimate). [d]"""


def _counts(m: Mention, kb: KnowledgeBase) -> bool:
    """Whether a condition named among other words is one to plan for, and no old story."""
    if m.condition not in kb.conditions or (m.days is not None and m.days > HEALING_D):
        return False
    return m.days is not None or bool(m.level(kb)) or (not m.past and (m.treated or m.condition in TENDONS))


def _recent(told_of: tuple[Mention, ...], kb: KnowledgeBase) -> dict[str, str]:
    """Facts that hang on when something was, and on whether it is treated."""
    facts: dict[str, str] = {}
    for m in told_of:
        urgent = bool(m.level(kb))
        if m.condition in ("heart-attack", "unstable-angina") and (urgent or (m.days is not None and m.days <= HEALING_D)):
            facts["recent-heart-attack"] = m.text
            if urgent or (m.days or 0) <= HEART_UNSTABLE_D:
                facts["heart-unstable"] = m.text
        if m.condition == "pulmonary-embolism" and (urgent or (m.days is not None and m.days <= CLOT_UNSTABLE_D)):
            facts["heart-unstable"] = m.text
        if m.condition == "deep-vein-thrombosis" and m.treated and not m.untreated and (m.days or 0) <= HEALING_D:
            facts["dvt-treated"] = m.text
    return facts


def _with_wider(facts: dict[str, str], care: CareKnowledge) -> dict[str, str]:
    """With the broader facts that these make hold."""
    while True:
        wider = {f.id: facts[n] for f in care.facts.values() if f.id not in facts for n in f.facts if n in facts}
        if not wider:
            return facts
        facts |= wider


def _falling(case: Case, measures: Callable[[], Mapping[str, MeasureEntry]] | None, today: datetime.date) -> tuple[str, ...]:
    if not case.measurements or measures is None or find_spec("scipy") is None:
        return ()
    from soleus.interchange.measurements.evidence import falling_measures

    return falling_measures(case, measures(), today)


class _Preferences:
    """Reads `preferences`, noting each fault with its cure."""

    def __init__(self, data: Mapping[str, Any], care: CareKnowledge) -> None:
        self.data = data
        self.care = care
        self.problems = [
            Problem(f"preferences.{key}", "is not a key of preferences.", f"Keys here: {', '.join(KEYS)}.")
            for key in data
            if key not in KEYS
        ]

    def fault(self, key: str, what: str, cure: str) -> None:
        self.problems.append(Problem(f"preferences.{key}", what, cure))

    def minutes(self) -> int:
        value = self.data.get("minutes_per_day")
        if value is None:
            return Wishes.minutes_per_day
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not SHORTEST <= value <= LONGEST:
            self.fault("minutes_per_day", f'"{value}" is not a number of minutes.', f"Minutes a day, from {SHORTEST} to {LONGEST}.")
            return Wishes.minutes_per_day
        return int(value)

    def days(self) -> tuple[str, ...]:
        value = self.data.get("days")
        if value is None:
            return Wishes.days
        if isinstance(value, str):
            value = list(DAYS) if value.strip().lower() in EVERY_DAY else re.split(r"[,\s]+", value.strip())
        if not isinstance(value, list) or not value:
            self.fault("days", "is not a list of days.", "Such as [mon, wed, fri].")
            return Wishes.days
        found = []
        for day in value:
            match = _DAY.fullmatch(str(day))
            if match is None:
                self.fault("days", f'"{day}" is not a day of the week.', f"Days: {', '.join(DAYS)}.")
            else:
                found.append(match.group(1).lower())
        return tuple(d for d in DAYS if d in found) or Wishes.days

    def equipment(self) -> Iterator[str]:
        known = self.care.equipment
        yield from (e.id for e in known.values() if e.household)
        for text in self._list("equipment"):
            words = plain(text)
            if words in ("none", "nothing", "no equipment"):
                continue
            found = next((e for e in known.values() if words in {plain(w) for w in (e.id, e.name, *e.words)}), None)
            if found is None:
                self.fault("equipment", f'"{text}" is not known as equipment.', f"Known: {', '.join(known)}.")
            else:
                yield found.id
                yield from found.brings

    def exercises(self, key: str) -> Iterator[str]:
        for text in self._list(key):
            found = next((e for e in self.care.exercises.values() if plain(text) in (plain(e.id), plain(e.name))), None)
            if found is None:
                self.fault(key, f'"{text}" is not an exercise of the catalogue.', "`soleus knowledge list exercises` names them all.")
            else:
                yield found.id

    def _list(self, key: str) -> list[str]:
        value = self.data.get(key)
        if value is None:
            return []
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, list) or any(not isinstance(v, (str, int, float)) for v in value):
            self.fault(key, "is not a list of words.", f"Write `{key}: [first, second]`.")
            return []
        return [str(v) for v in value]


def _goals(texts: tuple[str, ...], care: CareKnowledge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Goals whose words all stand in a text, the one with most words first; a goal that is not recognised is told, not dropped."""
    known = [(frozenset(stems(w)), g.id) for g in care.goals.values() for w in (g.name, *g.words)]
    found, missed = [], []
    for text in texts:
        told = set(stems(text))
        matching = sorted((k for k in known if k[0] and k[0] <= told), key=lambda k: -len(k[0]))
        found += [id_ for words, id_ in matching if len(words) == len(matching[0][0])]
        if not matching and text.strip():
            missed.append(f"goal: {text}")
    return tuple(dict.fromkeys(found)), tuple(missed)


def _understood(case: Case, kb: KnowledgeBase, care: CareKnowledge) -> Iterator[str]:
    """Entries under `conditions` and `medicines` that name a cause, or something that care knows of."""
    phrases = {p.lower() for f in care.facts.values() for p in (*f.medicines, *f.words)}
    phrases |= {e.lower() for t in care.treatments.values() for e in t.examples}
    yield from diagnoses(case.conditions, kb)
    yield from (t for t in (*case.conditions, *case.medicines) if any(says(t.lower(), p) for p in phrases))
    over = {w.lower() for f in care.facts.values() if f.past for w in f.words}
    yield from (t for t in case.conditions if any(says(t.lower(), w, past=True) for w in over))


def _grades(evidence: Evidence, kb: KnowledgeBase) -> dict[tuple[str, Side], MrcGrade]:
    """MRC grades that were told as such; the lower one where a finding was graded twice."""
    grades: dict[tuple[str, Side], MrcGrade] = {}
    for o in evidence.observations:
        if kb.findings[o.finding].kind is Kind.STRENGTH:
            grade = read_status(o.text.rpartition(": ")[2]).mrc or read_status(o.text).mrc
            if grade is not None and (grade < MrcGrade("5")) == (o.presence.value == "present"):
                grades[o.finding, o.side] = min(grade, grades.get((o.finding, o.side), grade))
    return grades


def _weeks(case: Case, today: datetime.date) -> float | None:
    """Weeks since the first of the findings began."""
    since = [(today - f.since).days for f in case.findings if f.since is not None]
    if since:
        return max(since) / 7
    days = [d for f in case.findings if (d := read_tempo(f"{f.finding} {f.value} {f.course}").days)]
    if days:
        return max(days) / 7
    return (d / 7) if (d := read_tempo(case.narrative).days) else None


def _stance(case: Case) -> float | None:
    """Single-leg stance of the worse leg. [s]"""
    told = [str(m.get("value")) for m in case.measurements if str(m.get("measure")).lower() in STANCE_MEASURES]
    return min((_seconds(text) for text in told), default=None)


def _seconds(text: str) -> float:
    """A time stood; nothing where it could not be done. [s]"""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0
