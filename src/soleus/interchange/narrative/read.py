"""Free text to what a case file would hold: entries with the place they came from, and what was not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from soleus.domain.case import Case, FindingEntry, TestEntry
from soleus.domain.finding import Kind, Presence, Side
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.narrative import cues
from soleus.interchange.narrative.clauses import Assertion, Clause, clauses, part_named
from soleus.interchange.narrative.language import Unread, language_of, says_something, unread
from soleus.interchange.narrative.person import Person, read_person
from soleus.interchange.narrative.sentences import Span, sentences
from soleus.interchange.phrases.reader import TIME_COURSE, PhraseReader, Reading
from soleus.interchange.phrases.since import begins
from soleus.interchange.phrases.spelling import Spelt, spelt
from soleus.interchange.phrases.status import no_grade, read_status
from soleus.interchange.phrases.tempo import read_tempo
from soleus.interchange.phrases.words import content, tokens
from soleus.interchange.results import read_test

_PIECES = lazy_pattern(r"[^,;()]+")
_TEST_PIECES = lazy_pattern(r"(?:[^,;()]|,(?=\d{3}\b))+")
_VALUE = lazy_pattern(
    r"\d|\b(normal|negative|positive|raised|high|low|elevated|abnormal|show\w*|reveal\w*|demonstrat\w*|found|is|was)\b", re.I
)
_QUALITY = lazy_pattern(
    r"^(?:the |his |her |my )?(\w+(?: \w+)?) "
    r"(?:(?:is|are|was|were|has|have|had|been|looks?|looked|feels?|felt|turned|very|rather|quite) )+(\w+)$",
    re.I,
)
_ILLNESS = lazy_pattern(
    r"\b\w+(?:itis|osis|opathy|algia|aemia|emia|plegia|paresis|oma|ectomy|otomy|plasty|trophy|penia|uria|phagia|phasia|kinesia|taxia)\b|"
    r"\b(?:weak\w*|numb\w*|pain\w*|ach(?:e|es|ing)|hurts?|tingl\w*|swoll\w*|swell\w*|cramp\w*|stiff\w*|wast\w*|shrunk\w*|thinn\w*|"
    r"bladder|bowels?|reflex\w*|sensation|paraly\w*|limp\w*|fell|falls|"
    r"fever\w*|rash|surgery|operat\w+|injur\w+|cancer|tumou?r|scan|mri|x-?ray|biopsy|blood tests?|tablets?|medicines?|infection)\b",
    re.I,
)


_ANSWER = lazy_pattern(r"\W*(?:(?P<yes>yes|yeah|yep|indeed|correct)|(?P<no>no|none|never|nope|not at all))\b(?! (?:doubt|longer))", re.I)
_OF_IT = lazy_pattern(
    r"\s*(?:and )?(?:it|this|that|these|the (?:weakness|problem|trouble|complaint|symptom)s?|my symptoms)(?: all|'s|’s)?"
    r" (?:(?:has|have|had) been (?:like (?:this|that)|so|there|going on|getting (?:worse|weaker))|began|started|came on|"
    r"is getting (?:worse|weaker)|gets (?:worse|weaker)|got (?:worse|weaker))\b",
    re.I,
)
_TELLS_NO_TIME = 3
_ONLY_WHO = 8
"""Words in which somebody says who they are and nothing else."""
_OF_BREATHING = frozenset(("reduced", "lost", "severe", "healthy", "good"))


@dataclass(frozen=True)
class Told:
    """What a text says, as entries of a case file; `place` of each is `narrative[start:end]`, characters of the text."""

    person: Person
    findings: tuple[FindingEntry, ...]
    tests: tuple[TestEntry, ...]
    not_understood: tuple[str, ...]
    mended: tuple[tuple[str, str], ...] = ()
    """Misspelt words, and as what they were read."""
    unread: Unread | None = None
    """What to tell the person of words that could not be read: another language, or nothing understood at all."""


def read_narrative(text: str, reader: PhraseReader) -> Told:
    """Read a person's own words or a clinician's letter. Time is linear in the length of the text."""
    mended = spelt(text, reader.kb)
    person = read_person(mended.text)
    gathered = _Gathered(text, mended, reader, person.relative)
    for sentence, after in pairwise([*sentences(mended.text), Span(len(mended.text), len(mended.text))]):
        gathered.take(sentence, mended.text[after.start : after.end])
    if time := _tempo(gathered.times):
        gathered.findings.append(FindingEntry(TIME_COURSE, value=time, place="narrative"))
    foreign = [part for s in sentences(text) if language_of(part := text[s.start : s.end].strip())]
    is_all = not (gathered.findings or gathered.tests) and says_something(text)
    if is_all and _is_of_person(person) and len(text.split()) <= _ONLY_WHO and not foreign:
        is_all = False  # "I am a man of 45": there is nothing more to read
    missed = dict.fromkeys(" ".join(m.split()) for m in (*gathered.missed, *foreign))
    if is_all and not missed:
        missed = dict.fromkeys([" ".join(text.split())])
    notice = unread(foreign, text, is_all=is_all)
    return Told(person, tuple(gathered.findings), tuple(gathered.tests), tuple(missed), mended.corrected, notice)


def _is_of_person(person: Person) -> bool:
    """Whether age or sex was read."""
    return person.age_years is not None or person.sex != "unknown"


class _Gathered:
    """What has been understood of a text so far, sentence by sentence."""

    def __init__(self, written: str, mended: Spelt, reader: PhraseReader, patient: str) -> None:
        self.written = written
        self.mended = mended
        self.reader = reader
        self.patient = patient
        self.findings: list[FindingEntry] = []
        self.tests: list[TestEntry] = []
        self.missed: list[str] = []
        self.times: list[tuple[int, str]] = []
        self.about = ""
        self.rank_before = _TELLS_NO_TIME
        """Of the sentence before, which "it has been so since March" goes on with."""
        self.reported_none: dict[str, FindingEntry] = {}
        """What the person themself denied, by finding; a sign seen later takes it back."""

    def take(self, sentence: Span, after: str) -> None:
        """Read one sentence; the one `after` it may answer it."""
        said = self.mended.text[sentence.start : sentence.end]
        answer = _ANSWER.match(after) if said.rstrip().endswith("?") else None
        told = clauses(said.rstrip(" ?") if answer else said, self.reader.lexicon, self.patient, self.about)
        self.about = part_named(said)
        if answer and answer.group("no"):
            told = [
                replace(c, value="absent", assertion=Assertion.ABSENT) for c in told if c.assertion is Assertion.PRESENT and not c.value
            ]
        tests = self._tests(said, sentence.start)
        ranks = [self._clause(c, sentence.start, said) for c in told]
        self.tests += tests
        rank = min(ranks, default=_TELLS_NO_TIME)
        if rank == _TELLS_NO_TIME and _OF_IT.match(said):
            rank = self.rank_before
        self.rank_before = rank
        self.times += [(rank, f) for f in _time_fragments(said)]
        if not (told or tests) and _ILLNESS.search(said):
            self.missed.append(self._as_written(sentence.start, sentence.end))

    def _set_against_denials(self, entry: FindingEntry, reading: Reading | None, said: str) -> None:
        """ "He denied twitching ... twitching was seen": the sign counts."""
        if reading is None:
            return
        ids = {o.finding for o in reading.observations}
        if all(o.presence is Presence.ABSENT for o in reading.observations):
            if cues.PERSON_DENIES.search(said) and len(ids) == 1:
                self.reported_none.update(dict.fromkeys(ids, entry))
        elif cues.SEEN.search(said):
            for finding in ids & self.reported_none.keys():
                denial = self.reported_none.pop(finding)
                if denial in self.findings:
                    self.findings.remove(denial)

    def _clause(self, clause: Clause, offset: int, said: str) -> int:
        """Take in one clause; its rank among those that may tell the tempo."""
        start, end = offset + clause.span.start, offset + clause.span.end
        entry, reading = entry_of(clause, offset, self.reader)
        if entry is not None:
            entry = replace(entry, place=self._place(start, end))
            self._set_against_denials(entry, reading, said)
            self.findings.append(entry)
            return _rank(reading, clause, self.reader)
        if clause.assertion in (Assertion.PRESENT, Assertion.ABSENT, Assertion.DOUBTFUL) and _ILLNESS.search(clause.text):
            self.missed.append(self._as_written(start, end))
        return _TELLS_NO_TIME

    def _tests(self, said: str, offset: int) -> list[TestEntry]:
        """Results of tests told with the name of the test: "CK 8,450 IU/L"."""
        found = []
        for match in _TEST_PIECES.finditer(said):
            piece = match.group()
            words = content(tokens(piece))
            hits = sorted((words[min(used)].start, words[max(used)].end) for _, used in self.reader.lexicon.tests.find(words, set(), gap=0))
            for (start, end), (until, _) in pairwise([*hits, (len(piece), 0)]):
                result = piece[end:until]
                if not _VALUE.search(result):
                    continue
                place = self._place(offset + match.start() + start, offset + match.start() + until)
                entry = TestEntry(piece[start:end].strip(), result=result.strip(" :="), place=place)
                if read_test(entry, self.reader.kb, self.reader.lexicon, []):
                    found.append(entry)
        return found

    def _place(self, start: int, end: int) -> str:
        return f"narrative[{self.mended.place(start)}:{self.mended.place(end)}]"

    def _as_written(self, start: int, end: int) -> str:
        return self.written[self.mended.place(start) : self.mended.place(end)].strip()


def completed(case: Case, told: Told) -> Case:
    """The case with what its narrative tells added; what the file states itself stands."""
    return replace(
        case,
        age_years=told.person.age_years if case.age_years is None else case.age_years,
        sex=told.person.sex if case.sex == "unknown" else case.sex,
        findings=(*case.findings, *told.findings),
        tests=(*case.tests, *told.tests),
    )


def entry_of(clause: Clause, offset: int, reader: PhraseReader) -> tuple[FindingEntry | None, Reading | None]:
    """The clause as an entry of a case file, and how it reads; nothing where it says nothing of this person now."""
    place = f"narrative[{offset + clause.span.start}:{offset + clause.span.end}]"
    if clause.assertion in (Assertion.UNKNOWN, Assertion.THOUGHT):
        return None, None
    if clause.assertion is Assertion.RELATIVE:
        return _of_family(clause, place), None
    if (
        cues.VITAL.fullmatch(clause.text.strip())
        and clause.assertion is not Assertion.ABSENT
        and not re.search(r"\d", clause.value)
        and not ("breath" in clause.text.lower() and read_status(clause.value).flags & _OF_BREATHING)
    ):
        return None, None
    reading = reader.read(clause.text, clause.side, clause.value, place, strict=True)
    if not reading.observations and (turned := _quality_first(clause)) is not None:
        clause, reading = turned, reader.read(turned.text, turned.side, turned.value, place, strict=True)
    if reading.about_weakness and no_grade(clause.value):  # words are no form: the number is of something else
        clause = replace(clause, value="")
        reading = reader.read(clause.text, clause.side, "", place, strict=True)
    kept = [o for o in reading.observations if clause.assertion is not Assertion.BEFORE or reader.kb.findings[o.finding].kind is Kind.RISK]
    if not kept:
        return None, None
    if clause.assertion is Assertion.BEFORE and len(kept) < len(reading.observations):
        return None, None
    return FindingEntry(clause.text, clause.side if clause.side else Side.UNSTATED, clause.value, place=place), reading


def _of_family(clause: Clause, place: str) -> FindingEntry | None:
    """An illness of relatives, if it is one of nerve and muscle."""
    told = f"{clause.text} {clause.value}"
    whole = cues.UNREMARKABLE.search(told)
    if cues.STRANGER.search(told) or not (whole or cues.SAME_ILLNESS.search(told)):
        return None
    if whole:
        return FindingEntry("family history", value="none", place=place)
    if clause.value in ("none", "absent") or cues.NOBODY.search(clause.text):
        return FindingEntry("family history of muscle weakness", value="none", place=place)
    return FindingEntry("family history", value="of the same weakness", place=place)


def _quality_first(clause: Clause) -> Clause | None:
    """ "Urine been dark" as "dark urine"."""
    match = _QUALITY.match(f"{clause.text}" if clause.value in ("", "absent") else f"{clause.text} is {clause.value}")
    if match is None:
        return None
    return replace(clause, text=f"{match.group(2)} {match.group(1)}", value=clause.value if clause.value == "absent" else "")


def _rank(reading: Reading | None, clause: Clause, reader: PhraseReader) -> int:
    """Which sentence tells the tempo: one of weakness first, then any complaint, then all others."""
    if reading is None or clause.assertion is Assertion.ABSENT:
        return _TELLS_NO_TIME
    if reading.about_weakness and any(o.presence.value == "present" for o in reading.observations):
        return 0
    return (
        1
        if any(reader.kb.findings[o.finding].kind is not Kind.RISK and o.presence.value == "present" for o in reading.observations)
        else _TELLS_NO_TIME
    )


def _time_fragments(said: str) -> list[str]:
    pieces = (m.group().strip() for m in _PIECES.finditer(said))
    return [p for p in pieces if begins(p) or read_tempo(p).says_something]


def _tempo(times: list[tuple[int, str]]) -> str:
    told = [t for t in times if t[0] < _TELLS_NO_TIME]
    if not told:
        return ""
    best = min(rank for rank, _ in told)
    fragments = list(dict.fromkeys(f for rank, f in told if rank == best))
    if any(read_tempo(f).onset is not None for f in fragments):  # "since yesterday" speaks, not the pain "since 2019" beside it
        fragments = [f for f in fragments if read_tempo(f).says_something]
    return "; ".join(fragments)
