"""A case in somebody's words to evidence: what was understood, from which entry, and what was not."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from textwrap import shorten
from typing import TYPE_CHECKING

from soleus.domain.case import Case, FindingEntry, TestEntry
from soleus.domain.errors import CaseError, Problem
from soleus.domain.evidence import Evidence, Observation, TestResult, settle
from soleus.domain.finding import Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.casefile.read import check_case
from soleus.interchange.diagnoses import diagnoses
from soleus.interchange.mentions import mentions, named
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.interchange.phrases.reader import TIME_COURSE, PhraseReader, Reading
from soleus.interchange.phrases.since import with_length
from soleus.interchange.phrases.status import no_grade, read_status, weights
from soleus.interchange.phrases.tempo import Tempo, read_tempo
from soleus.interchange.results import read_test

if TYPE_CHECKING:
    from soleus.interchange.measurements.evidence import Catalogue
    from soleus.interchange.mentions import Mention
    from soleus.interchange.narrative.language import Unread


@dataclass(frozen=True)
class Understanding:
    """Evidence with its account: what was not understood, and what contradicts itself."""

    evidence: Evidence
    not_understood: tuple[str, ...]
    contradictions: tuple[str, ...]
    diagnoses: tuple[str, ...] = ()
    """Diagnoses under `conditions`, in the case's words: understood, but no evidence for or against a cause; a plan uses them."""
    unread: Unread | None = None
    """What to tell of a narrative that could not be read."""

    @property
    def tells_nothing(self) -> bool:
        """Whether words were told that nobody could read, and nothing beside them."""
        beside = [o for o in self.evidence.observations if self.unread is None or not o.place.startswith("narrative")]
        read = self.evidence.observations if self.unread is None or not self.unread.is_urgent else beside
        return self.unread is not None and not (read or self.evidence.tests or self.diagnoses)


def understand(case: Case, kb: KnowledgeBase, lexicon: Lexicon, today: datetime.date, *, with_tests: bool = True) -> Understanding:
    """Match every entry of a case to the vocabulary.

    Raises:
        CaseError: With every value that is impossible (an MRC grade of 6, a haemoglobin of 900).
    """
    understanding, problems = try_to_understand(case, kb, lexicon, today, with_tests=with_tests)
    if problems:
        raise CaseError(problems)
    return understanding


def read_and_understand(
    name: str, kb: KnowledgeBase, lexicon: Lexicon, today: datetime.date, catalogue: Callable[[], Catalogue] | None = None
) -> tuple[Case, Understanding]:
    """Read a case file (`-`: standard input) and match it to the vocabulary; all its faults are told together.

    Args:
        name: Of the file.
        kb: The vocabulary.
        lexicon: Its phrases.
        today: Nothing happened later.
        catalogue: Opens what measurements are compared with; called only for a case that has some, for it takes a moment.

    Raises:
        CaseError: With every problem of the file and of its values, in the order of their lines.
    """
    case, problems = check_case(name, today)
    understanding, more = try_to_understand(case, kb, lexicon, today)
    if case.measurements and catalogue is not None:
        understanding, impossible = measured(case, understanding, kb, catalogue, today)
        more += impossible
    if problems or more:
        raise CaseError(sorted([*problems, *more], key=lambda p: p.line or 0), source="standard input" if name == "-" else name)
    return case, understanding


def measured(
    case: Case, understanding: Understanding, kb: KnowledgeBase, catalogue: Callable[[], Catalogue], today: datetime.date
) -> tuple[Understanding, list[Problem]]:
    """The understanding with the measurements of a case in it, and every impossible value among them."""
    if find_spec("scipy") is None:
        missed = "measurements: to judge them, install scipy with pip install 'soleus[track]'"
        return replace(understanding, not_understood=(*understanding.not_understood, missed)), []
    from soleus.interchange.measurements.evidence import with_measurements

    return with_measurements(case, understanding, kb, catalogue(), today)


def try_to_understand(
    case: Case, kb: KnowledgeBase, lexicon: Lexicon, today: datetime.date, *, with_tests: bool = True
) -> tuple[Understanding, list[Problem]]:
    """The understanding, and every impossible value met on the way."""
    reader = PhraseReader(kb, lexicon)
    observations: list[Observation] = []
    tempos: list[tuple[int, Tempo, str]] = []
    missed: list[str] = []
    results: list[TestResult] = []
    problems: list[Problem] = []
    notice: Unread | None = None
    in_narrative: tuple[Mention, ...] = ()
    if case.narrative.strip():
        from soleus.interchange.narrative.named import named_in
        from soleus.interchange.narrative.read import completed, read_narrative

        told = read_narrative(case.narrative, reader)
        case = completed(case, told)
        in_narrative = named_in(case.narrative, kb, today)
        in_words = [m for m in in_narrative if m.level(kb)]
        missed += [m for m in told.not_understood if not (in_words and named_in(m, kb, today))]
        notice = None if in_words and told.unread is not None and told.unread.is_all else told.unread
    for entry in (_dated(e, today) for e in case.findings):
        reading = _read_finding(reader, entry, problems, today)
        observations += reading.observations
        if reading.tempo.says_something:
            tempos.append((_tempo_rank(entry, reading), reading.tempo, _said(entry)))
        if not reading.understood:
            shown = (
                read_test(TestEntry(entry.finding, result=entry.value, place=entry.place, line=entry.line), kb, lexicon, [])
                if with_tests
                else []
            )
            results += shown
            if not shown:
                missed.append(_said(entry))
    unread: list[str] = []
    for group, texts in (("conditions", case.conditions), ("medicines", case.medicines)):
        for i, text in enumerate(texts):
            reading = reader.read(text, place=f"{group}[{i}]")
            risks = [
                o for o in reading.observations if kb.findings[o.finding].kind is Kind.RISK or kb.findings[o.finding].parent != "footprint"
            ]
            observations += risks
            if not risks:
                unread.append(text)
    listed = mentions(case.conditions, kb, today)
    grave = {m.text for m in listed}
    recognised = (*diagnoses(unread, kb), *(text for text in unread if text in grave))
    missed += [text for text in unread if text not in recognised]
    reported = _tests(case.tests, kb, lexicon, problems, missed) if with_tests else ()
    tests = tuple({r.test: r for r in (*results, *reported)}.values())
    observations += [
        Observation(kb.tests[r.test].implies[r.outcome], Side.UNSTATED, (0.0, 1.0), r.text, r.place)
        for r in tests
        if r.outcome in kb.tests[r.test].implies
    ]
    settled, contradictions = settle(observations, kb.findings)
    onset, onset_text = _tempo(tempos, "onset")
    course, course_text = _tempo(tempos, "course")
    evidence = Evidence(case.age_years, case.sex, case.setting, settled, onset, course, tests, onset_text, course_text)
    evidence = replace(evidence, named=named(case, (*listed, *in_narrative), kb, today))
    return Understanding(evidence, tuple(missed), contradictions, tuple(dict.fromkeys(recognised)), notice), problems


def _dated(entry: FindingEntry, today: datetime.date) -> FindingEntry:
    """A time course "since March" with how long ago that is."""
    return replace(entry, value=with_length(entry.value, today)) if entry.finding == TIME_COURSE else entry


def _read_finding(reader: PhraseReader, entry: FindingEntry, problems: list[Problem], today: datetime.date) -> Reading:
    exact = reader.kb.findings.get(entry.finding.strip().lower().replace("_", "-"))
    value = entry.value
    if exact is not None:
        reading = _by_id(reader.kb, exact.id, entry)
    else:
        reading = reader.read(entry.finding, entry.side, value, entry.place)
    if reading.about_weakness and (bad := no_grade(value)):
        problems.append(
            Problem(
                f"{entry.place}.value",
                f'"{bad}" is not an MRC grade.',
                "Grades run from 0 (no contraction) to 5 (normal); 4- and 4+ are allowed.",
                entry.line,
            )
        )
    if entry.course:
        tempo = read_tempo(entry.course)
        reading = replace(reading, tempo=Tempo(reading.tempo.onset or tempo.onset, tempo.course or reading.tempo.course))
    if entry.since is not None and reading.tempo.onset is None:
        since = read_tempo(f"{max((today - entry.since).days, 1)} days {entry.course}")
        reading = replace(reading, tempo=Tempo(since.onset, reading.tempo.course))
    if entry.sure is not None:
        reading = replace(reading, observations=tuple(_unsure(o, entry.sure) for o in reading.observations))
    return reading


def _by_id(kb: KnowledgeBase, id_: str, entry: FindingEntry) -> Reading:
    """An entry that names a vocabulary id: nothing to interpret but the value."""
    finding = kb.findings[id_]
    status = read_status(entry.value)
    likelihood = weights(finding.kind, finding.kind is Kind.REFLEX, status)
    sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if entry.side is Side.BOTH else [entry.side]
    found = tuple(Observation(id_, s, likelihood, _said(entry), entry.place) for s in sides) if likelihood else ()
    return Reading(found, read_tempo(entry.value), True, finding.attribute == "strength")


def _unsure(o: Observation, sure: float) -> Observation:
    """Mix a report with its opposite; at 0.5 it says nothing, at 1 it is the hard finding."""
    if o.weights[0] >= max(o.weights[1:]):
        opposite = (0.0, *(1.0 for _ in o.weights[1:]))
    else:
        opposite = (1.0, *(0.0 for _ in o.weights[1:]))
    top = max(o.weights)
    return replace(o, weights=tuple(sure * w / top + (1 - sure) * v for w, v in zip(o.weights, opposite, strict=True)))


def _said(entry: FindingEntry) -> str:
    side = "" if entry.side is Side.UNSTATED else f" ({entry.side.value})"
    return f"{entry.finding}{side}" + (f": {entry.value}" if entry.value else "")


def _tempo_rank(entry: FindingEntry, reading: Reading) -> int:
    """Which entry tells the tempo: one about it first, then weakness, then anything else that is there."""
    words = entry.finding.lower()
    about_time = any(w in words for w in ("duration", "onset", "course", "progression", "evolution"))
    if about_time and not any(w in words for w in ("pain", "fever")):
        return 0
    return 1 if reading.about_weakness else 2 if any(o.presence.value == "present" for o in reading.observations) else 3


def _tempo(tempos: Sequence[tuple[int, Tempo, str]], which: str) -> tuple[tuple[float, ...] | None, str]:
    told = [(rank, getattr(t, which), text, t.days or 0.0) for rank, t, text in tempos if getattr(t, which) is not None]
    if not told:
        return None, ""
    best = min(rank for rank, *_ in told)
    first = [t for t in told if t[0] == best]
    chosen = first[0] if best < 2 else max(first, key=lambda t: t[3])
    return chosen[1], shorten(chosen[2].removeprefix(f"{TIME_COURSE}: "), 80, placeholder=" …")


def _tests(
    entries: Sequence[TestEntry], kb: KnowledgeBase, lexicon: Lexicon, problems: list[Problem], missed: list[str]
) -> tuple[TestResult, ...]:
    results: dict[str, TestResult] = {}
    for entry in entries:
        found = read_test(entry, kb, lexicon, problems)
        if not found:
            missed.append(f"{entry.test}: {entry.result or entry.value}")
        for result in found:
            results.setdefault(result.test, result)
    return tuple(results.values())
