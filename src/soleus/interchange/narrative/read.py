"""Free text to what a case file would hold: entries with the place they came from, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from soleus.domain.case import Case, FindingEntry, TestEntry
from soleus.domain.finding import Kind, Side
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.narrative import cues
from soleus.interchange.narrative.clauses import Assertion, Clause, clauses
from soleus.interchange.narrative.person import Person, read_person
from soleus.interchange.narrative.sentences import sentences
from soleus.interchange.phrases.reader import TIME_COURSE, PhraseReader, Reading
from soleus.interchange.phrases.tempo import read_tempo
from soleus.interchange.phrases.words import content, tokens
from soleus.interchange.results import read_test

_PIECES = lazy_pattern(r"[^,;()]+")
_TEST_PIECES = lazy_pattern(r"(?:[^,;()]|,(?=\d{3}\b))+")
_VALUE = lazy_pattern(
    r"\d|\b(normal|negative|positive|raised|high|low|elevated|abnormal|show\w*|reveal\w*|demonstrat\w*|found|is|was)\b", re.I
)
_QUALITY = lazy_pattern(
    r"^(?:the |his |her |my )?(\w+(?: \w+)?) (?:(?:is|are|was|were|has|have|had|been|looks?|looked|feels?|felt|turned|very|rather|quite) )+(\w+)$", re.I
)
_ILLNESS = lazy_pattern(
    r"\b\w+(?:itis|osis|opathy|algia|aemia|emia|plegia|paresis|oma|ectomy|otomy|plasty|trophy|penia|uria|phagia|phasia|kinesia|taxia)\b|"
    r"\b(?:weak\w*|numb\w*|pain\w*|ach(?:e|es|ing)|hurts?|tingl\w*|swoll\w*|swell\w*|cramp\w*|stiff\w*|wast\w*|shrunk\w*|thinn\w*|"
    r"bladder|bowels?|reflex\w*|sensation|paraly\w*|limp\w*|fell|falls|"
    r"fever\w*|rash|surgery|operat\w+|injur\w+|cancer|tumou?r|scan|mri|x-?ray|biopsy|blood tests?|tablets?|medicines?|infection)\b",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """What a text says, as entries of a case file; `place` of each is `narrative[start:end]`, characters of the text."""

    person: Person
    findings: tuple[FindingEntry, ...]
    tests: tuple[TestEntry, ...]
    not_understood: tuple[str, ...]


def read_narrative(text: str, reader: PhraseReader) -> Told:
    """Read a person's own words or a clinician's letter. Time is linear in the length of the text."""
    person = read_person(text)
    entries: list[FindingEntry] = []
    tests: list[TestEntry] = []
    missed: list[str] = []
    times: list[tuple[int, str]] = []
    for sentence in sentences(text):
        said = text[sentence.start : sentence.end]
        found = _tests(said, sentence.start, reader)
        tests += found
        ranks = []
        told = clauses(said, reader.lexicon, person.relative)
        understood = bool(found)
        for clause in told:
            entry, reading = _entry(clause, sentence.start, reader)
            if entry is not None:
                entries.append(entry)
                ranks.append(_rank(reading, clause, reader))
            understood = (
                understood
                or entry is not None
                or clause.assertion in (Assertion.BEFORE, Assertion.THOUGHT, Assertion.UNKNOWN, Assertion.RELATIVE)
            )
            if (
                entry is None
                and clause.assertion in (Assertion.PRESENT, Assertion.ABSENT, Assertion.DOUBTFUL)
                and _ILLNESS.search(clause.text)
            ):
                missed.append(text[sentence.start + clause.span.start : sentence.start + clause.span.end])
        rank = min(ranks, default=3)
        times += [(rank, f) for f in _time_fragments(said)]
        if not understood and not told and _ILLNESS.search(said):
            missed.append(said.strip())
    if time := _tempo(times):
        entries.append(FindingEntry(TIME_COURSE, value=time, place="narrative"))
    return Told(person, tuple(entries), tuple(tests), tuple(dict.fromkeys(" ".join(m.split()) for m in missed)))


def completed(case: Case, told: Told) -> Case:
    """The case with what its narrative tells added; what the file states itself stands."""
    return replace(
        case,
        age_years=told.person.age_years if case.age_years is None else case.age_years,
        sex=told.person.sex if case.sex == "unknown" else case.sex,
        findings=(*case.findings, *told.findings),
        tests=(*case.tests, *told.tests),
    )


def _entry(clause: Clause, offset: int, reader: PhraseReader) -> tuple[FindingEntry | None, Reading | None]:
    place = f"narrative[{offset + clause.span.start}:{offset + clause.span.end}]"
    if clause.assertion in (Assertion.UNKNOWN, Assertion.THOUGHT):
        return None, None
    if clause.assertion is Assertion.RELATIVE:
        told = f"{clause.text} {clause.value}"
        nobody = clause.value in ("none", "absent") or cues.UNREMARKABLE.search(told) or cues.NOBODY.search(clause.text)
        if cues.STRANGER.search(told) or not (cues.SAME_ILLNESS.search(told) or cues.UNREMARKABLE.search(told)):
            return None, None
        if not nobody:
            return FindingEntry("family history", value="of the same weakness", place=place), None
        whole = cues.UNREMARKABLE.search(told)
        return FindingEntry("family history" if whole else "family history of muscle weakness", value="none", place=place), None
    if cues.VITAL.fullmatch(clause.text.strip()) and clause.assertion is not Assertion.ABSENT and not re.search(r"\d", clause.value):
        return None, None
    reading = reader.read(clause.text, clause.side, clause.value, place, strict=True)
    if not reading.observations and (turned := _quality_first(clause)) is not None:
        clause, reading = turned, reader.read(turned.text, turned.side, turned.value, place, strict=True)
    kept = [o for o in reading.observations if clause.assertion is not Assertion.BEFORE or reader.kb.findings[o.finding].kind is Kind.RISK]
    if not kept:
        return None, None
    if clause.assertion is Assertion.BEFORE and len(kept) < len(reading.observations):
        return None, None
    return FindingEntry(clause.text, clause.side if clause.side else Side.UNSTATED, clause.value, place=place), reading


def _quality_first(clause: Clause) -> Clause | None:
    """ "Urine been dark" as "dark urine"."""
    match = _QUALITY.match(f"{clause.text}" if clause.value in ("", "absent") else f"{clause.text} is {clause.value}")
    if match is None:
        return None
    return replace(clause, text=f"{match.group(2)} {match.group(1)}", value=clause.value if clause.value == "absent" else "")


def _rank(reading: Reading | None, clause: Clause, reader: PhraseReader) -> int:
    """Which sentence tells the tempo: one of weakness first, then any complaint, then all others."""
    if reading is None or clause.assertion is Assertion.ABSENT:
        return 3
    if reading.about_weakness and any(o.presence.value == "present" for o in reading.observations):
        return 0
    return (
        1 if any(reader.kb.findings[o.finding].kind is not Kind.RISK and o.presence.value == "present" for o in reading.observations) else 3
    )


def _time_fragments(said: str) -> list[str]:
    return [m.group().strip() for m in _PIECES.finditer(said) if read_tempo(m.group()).says_something]


def _tempo(times: list[tuple[int, str]]) -> str:
    told = [t for t in times if t[0] < 3]
    if not told:
        return ""
    best = min(rank for rank, _ in told)
    return "; ".join(dict.fromkeys(f for rank, f in told if rank == best))


def _tests(said: str, offset: int, reader: PhraseReader) -> list[TestEntry]:
    found = []
    for match in _TEST_PIECES.finditer(said):
        piece = match.group()
        words = content(tokens(piece))
        hits = reader.lexicon.tests.find(words, set(), gap=0)
        if not hits:
            continue
        end = words[max(hits[0][1])].end
        start = words[min(hits[0][1])].start
        if not _VALUE.search(piece[end:]):
            continue
        entry = TestEntry(
            piece[start:end].strip(),
            result=piece[end:].strip(" :="),
            place=f"narrative[{offset + match.start() + start}:{offset + match.end()}]",
        )
        if read_test(entry, reader.kb, reader.lexicon, []):
            found.append(entry)
    return found
