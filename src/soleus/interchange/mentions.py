"""Grave diagnoses and events among a case's conditions, and whether each is there now, is treated, or is long past.

"Stroke" in a list of conditions is history, "stroke yesterday" is not. Where the words leave it open, a diagnosis that is an emergency
or has to be seen the same day counts as there now; those that people live with for years (`LASTING`) and those that mostly stand
in a list as history (`HISTORY`) count so only where the words say it. Expert estimates throughout, on the safe side.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from soleus.domain.case import Case
from soleus.domain.evidence import Named
from soleus.domain.knowledge_base import KnowledgeBase, level_rank
from soleus.interchange.diagnoses import plain
from soleus.interchange.mention_words import (
    AFTER,
    AGAIN,
    BY_WORDS,
    DENIED_AFTER,
    DENIED_BEFORE,
    EVENT_WORDS,
    ISO,
    LIFELONG,
    MONTH,
    MONTHS,
    NOT_BACK,
    NOW,
    PAST,
    TREATED,
    UNTREATED,
    WEEKDAY,
    YEAR,
)
from soleus.interchange.phrases.spelling import Spelt, spelt
from soleus.interchange.phrases.tempo import read_tempo

FRESH_D = 28
"""Up to here an urgent diagnosis that is not said to be treated counts as there now. [d]"""
EVENT_NOW_D, EVENT_SOON_D = 2, 7
"""Up to here a stroke or a heart attack is an emergency; up to there, if not said to be treated, it is seen the same day. [d]"""
MOST_WORDS = 14
SEEN = level_rank("same_day")
EVENTS = {
    "heart-attack": "A heart attack",
    "unstable-angina": "Unstable angina",
    "pulmonary-embolism": "A blood clot in the lung",
}
"""Emergencies that are no cause of a weak leg, and so no conditions of the knowledge base."""
HISTORY = frozenset(
    "heart-attack pulmonary-embolism ischaemic-stroke intracerebral-haemorrhage transient-ischaemic-attack cerebral-venous-thrombosis "
    "poliomyelitis-acute traumatic-spinal-cord-injury".split()
)
LASTING = frozenset(
    "hypokalaemic-periodic-paralysis thyrotoxic-periodic-paralysis acute-intermittent-porphyria neuromyelitis-mog-myelitis "
    "adrenal-insufficiency autoimmune-nodopathy childhood-hip-disease conus-medullaris-tumour "
    "diabetic-muscle-infarction iatrogenic-root-injury icu-acquired-weakness lead-arsenic-thallium-neuropathy "
    "leptomeningeal-malignancy leukaemia-limb-pain obstetric-lumbosacral-plexopathy organophosphate-delayed-neuropathy "
    "osteoporotic-vertebral-fracture-compression popliteal-aneurysm popliteal-nerve-entrapment sciatic-neuropathy-hip-surgery "
    "sciatic-neuropathy-trauma solvent-neuropathy spinal-cavernoma-avm spinal-sarcoidosis subacute-combined-degeneration "
    "thiamine-deficiency-neuropathy todd-paresis-hemiplegic-migraine traumatic-lumbosacral-plexopathy vasculitic-neuropathy".split()
)
TENDONS = frozenset(("achilles-tendon-rupture", "proximal-hamstring-avulsion", "quadriceps-tendon-rupture"))
"""Torn tendons: looked at soon, and protected for the first weeks of training."""
_CLAUSES = re.compile(r"[,;.]\s+|\s+(?:and|but|then)\s+|\n")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Mention:
    """One grave diagnosis or event that an entry names."""

    condition: str
    """Id of the condition, or of one of `EVENTS`."""
    text: str
    place: str
    days: float | None
    """How long ago it was, where that is told. [d]"""
    treated: bool
    untreated: bool
    past: bool
    """Told as history."""
    now: bool
    """Told as there now, or as not treated."""
    again: bool = False
    """Told to be back, or worse, and not long ago."""

    def level(self, kb: KnowledgeBase, recovering: bool = False, worse: bool = False) -> str:
        """How soon to be seen for it; empty if it is treated or past, and has not come back.

        Args:
            recovering: The case says that what it is about began weeks ago and gets better.
            worse: The case says that something began within weeks or gets worse.
        """
        relapse = "" if self.condition in EVENTS or not (self.again or worse) else kb.conditions[self.condition].relapse
        return max(self._level(kb, recovering), relapse, key=lambda level: level_rank(level) if level else -1)

    def _level(self, kb: KnowledgeBase, recovering: bool) -> str:
        urgent = "emergency" if self.condition in EVENTS else kb.conditions[self.condition].urgency
        just = self.days is not None and self.days <= EVENT_NOW_D
        if self.condition in HISTORY and just:
            return urgent
        if level_rank(urgent) < SEEN or (self.treated and not self.untreated):
            return ""
        if self.condition in HISTORY:
            if self.now and not self.past and self.days is None:
                return urgent
            if self.untreated and not self.past:
                return urgent if self.days is None else "same_day"
            return "same_day" if self.days is not None and self.days <= EVENT_SOON_D else ""
        if self.days is not None:
            return urgent if self.days <= FRESH_D or self.untreated else ""
        if self.untreated or (self.now and not self.past):
            return urgent
        return "" if self.past or recovering or self.condition in LASTING else urgent


def mentions(texts: Iterable[str], kb: KnowledgeBase, today: datetime.date) -> tuple[Mention, ...]:
    """What the entries under `conditions` name that has to be seen soon, or that is a torn tendon."""
    texts = list(texts)
    if not texts:
        return ()
    names, short = names_of(kb)
    found: list[Mention] = []
    for i, text in enumerate(texts):
        as_written = tuple(_of_text(text, f"conditions[{i}]", kb, names, short, today))
        found += as_written
        mended = mended_names(_without_capitals(text), kb)
        if mended.corrected:  # what the text says as it was written stands
            had = {m.condition for m in as_written}
            put_right = _of_text(mended.text, f"conditions[{i}]", kb, names, short, today)
            found += [replace(m, text=text) for m in put_right if m.condition not in had]
    return tuple(found)


def mention(text: str, condition: str, place: str, kb: KnowledgeBase, today: datetime.date) -> Mention | None:
    """What one piece of a text says of a condition it names."""
    return next((m for m in _of_text(text, place, kb, *names_of(kb), today) if m.condition == condition), None)


_NAMES: dict[int, tuple[KnowledgeBase, dict[str, str], dict[str, str], tuple[str, ...]]] = {}


def things(text: str, kb: KnowledgeBase) -> tuple[tuple[str, str], ...]:
    """Grave conditions and events that a text names and does not deny, each with its words."""
    return tuple(_things(text, kb, *names_of(kb)))


def is_now(text: str) -> bool:
    """Whether words in lower case say that something is there now."""
    return NOW.search(text) is not None


def names_of(kb: KnowledgeBase) -> tuple[dict[str, str], dict[str, str]]:
    """Conditions by their names, and by their abbreviations, which count in capitals alone."""
    return _names(kb)[1:3]


def mended_names(text: str, kb: KnowledgeBase) -> Spelt:
    """The text with misspelt words put right that are near to a word in the name of a condition or of an event."""
    return spelt(text, kb, _names(kb)[3])


def _names(kb: KnowledgeBase) -> tuple[KnowledgeBase, dict[str, str], dict[str, str], tuple[str, ...]]:
    """The names, the abbreviations, and the words of the names in British and American spelling; made once for each knowledge base."""
    held = _NAMES.get(id(kb))
    if held is None or held[0] is not kb:
        names = {_spelt(n): c.id for c in kb.conditions.values() for n in c.names}
        short = {n: c.id for c in kb.conditions.values() for n in c.names if n.isupper() and len(n) <= 5}
        words = {w for c in kb.conditions.values() for n in c.names for w in re.findall(r"[a-z]{4,}", n.lower())}
        words |= {w.replace("ae", "e").replace("oe", "e") for w in words}
        _NAMES.clear()
        held = _NAMES[id(kb)] = (kb, names, short | {"MI": "heart-attack", "PE": "pulmonary-embolism"}, (*sorted(words), *EVENT_WORDS))
    return held


def named(case: Case, told: Iterable[Mention], kb: KnowledgeBase, today: datetime.date) -> tuple[Named, ...]:
    """What an assessment has to know of what was told: each that is there now, with how soon it must be seen."""
    better, worse = _recovering(case, today), _worsening(case, today)
    return tuple(
        Named(m.condition, EVENTS.get(m.condition) or kb.conditions[m.condition].lay_name, level, m.text, m.place)
        for m in told
        if (level := m.level(kb, better, worse))
    )


def _of_text(
    text: str, place: str, kb: KnowledgeBase, names: dict[str, str], short: dict[str, str], today: datetime.date
) -> Iterator[Mention]:
    """One mention for each grave thing; the words about time and treatment go with the last thing named before them."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for clause in _clauses(text, _spans(text, names, short)):
        found = list(_things(clause, kb, names, short))
        if found or not groups:
            groups.append((clause, found))
        else:
            groups[-1] = (f"{groups[-1][0]}, {clause}", groups[-1][1])
    if not any(found for _, found in groups):
        groups = [(text, list(_things(text, kb, names, short)))]
    if len(groups) > 1 and not groups[0][1]:  # words before the first thing: "operated in May, cauda equina syndrome"
        groups[:2] = [(f"{groups[0][0]}, {groups[1][0]}", groups[1][1])]
    for words, found in groups:
        for condition, said in found:
            rest = words.replace(said, " ", 1).lower()
            untreated = UNTREATED.search(rest) is not None
            treated = TREATED.search(UNTREATED.sub(" ", rest)) is not None or (
                condition in TENDONS
                and re.search(r"repair|surgery|operat|reattach|sutur|sewn|stitch", UNTREATED.sub(" ", words.lower())) is not None
            )
            days = days_ago(rest, today)
            past = (
                PAST.search(rest) is not None
                or LIFELONG.search(said.lower()) is not None
                or AFTER.search(words[: words.find(said)].lower()) is not None
            )
            now = untreated or NOW.search(rest if condition in LASTING else words.lower()) is not None
            again = _is_back(rest, today) or (re.search(r"\b(?:relapse|attack|crisis|flare)\b", said.lower()) is not None and days is None)
            yield Mention(condition, text, place, days, treated, untreated, past, now, again)


def _clauses(text: str, spans: list[tuple[int, int, str]]) -> list[str]:
    """The parts of an entry; a name is not torn apart at its own "and"."""
    cuts = [m for m in _CLAUSES.finditer(text) if not any(a < m.end() and m.start() < b for a, b, _ in spans)]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


def _things(clause: str, kb: KnowledgeBase, names: dict[str, str], short: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Grave things in a clause, each with its words. The longest name of any condition wins: "chronic exertional compartment syndrome"
    is no "compartment syndrome"."""
    taken = _spans(clause, names, short)
    for condition, pattern in BY_WORDS:
        match = pattern.search(clause.lower())
        if match and not any(a < match.end() and match.start() < b and (i == condition or not _loses(kb, i)) for a, b, i in taken):
            taken.append((match.start(), match.end(), condition))
    told = set()
    for start, end, id_ in sorted(taken):
        if (is_grave(id_, kb) or kb.conditions[id_].relapse) and id_ not in told and not _denied(clause.lower(), start, end):
            told.add(id_)
            yield id_, clause[start:end]


def _spans(text: str, names: dict[str, str], short: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where a text names conditions, longest names first: start, end, id."""
    words = list(_WORD.finditer(text))
    taken: list[tuple[int, int, str]] = []
    i = 0
    while i < len(words):
        for n in range(min(MOST_WORDS, len(words) - i), 0, -1):
            start, end = words[i].start(), words[i + n - 1].end()
            said = text[start:end]
            id_ = short.get(said) or (names.get(_spelt(said)) if len(said) > 5 else None)
            if id_ is not None:
                taken.append((start, end, id_))
                i += n - 1
                break
        i += 1
    return taken


def is_grave(condition: str, kb: KnowledgeBase) -> bool:
    """Whether it has to be seen today when it is new, or is a torn tendon."""
    return condition in EVENTS or condition in TENDONS or level_rank(kb.conditions[condition].urgency) >= SEEN


def _is_back(words: str, today: datetime.date) -> bool:
    """Whether words in lower case say, of the last weeks, that an illness came back or got worse."""
    for part in _CLAUSES.split(words):
        if any(not NOT_BACK.search(part[: m.start()]) for m in AGAIN.finditer(part)):
            days = days_ago(part, today)
            if days is None or days <= FRESH_D:
                return True
    return False


def _worsening(case: Case, today: datetime.date) -> bool:
    """Whether something of what is there began within weeks, or gets worse."""
    for f in case.findings:
        told = f"{f.finding} {f.value} {f.course}".lower()
        if re.search(r"\b(?:absent|normal|none|denied)\b", told):
            continue
        since = (today - f.since).days if f.since is not None else read_tempo(told).days
        if (since is not None and since <= FRESH_D) or _is_back(told, today):
            return True
    return False


def _loses(kb: KnowledgeBase, id_: str) -> bool:
    """A generic name of something harmless gives way to a graver wording round it: "hamstring tear" in "hamstring tear off the bone"."""
    return level_rank(kb.conditions[id_].urgency) < SEEN and "tendin" not in id_ and "chronic" not in id_


def _denied(clause: str, start: int, end: int) -> bool:
    return DENIED_BEFORE.search(UNTREATED.sub(" ", clause[:start])) is not None or DENIED_AFTER.search(clause[end:]) is not None


def days_ago(text: str, today: datetime.date) -> float | None:
    """How long ago something was, as told in lower-case words; the shortest where several times are told. [d]"""
    found = [float((today - d).days) for m in ISO.finditer(text) if (d := _date(*map(int, m.groups()))) is not None]
    if not found:
        for m in MONTH.finditer(text):
            month = MONTHS.index(m.group(1)[:3]) + 1
            year = int(m.group(2)) if m.group(2) else today.year - (month > today.month)
            found.append(max((today - datetime.date(year, month, 1)).days - 15.0, 0.0))
    if not found:
        found = [365.0 * (today.year - int(y)) for y in YEAR.findall(text) if int(y) < today.year]
    if WEEKDAY.search(text):
        found.append(6.0)
    if (days := read_tempo(text).days) is not None:
        found.append(days)
    return min((d for d in found if d >= 0), default=None)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _recovering(case: Case, today: datetime.date) -> bool:
    """Findings began weeks ago and get better, and none gets worse."""
    courses = " ; ".join(f"{f.course} {f.value}" for f in case.findings).lower()
    began = [(today - f.since).days for f in case.findings if f.since is not None]
    better = re.search(r"improv|recover|getting better", courses) is not None and not re.search(
        r"progress|wors|not (?:improv|recover)", courses
    )
    return better and bool(began) and min(began) >= FRESH_D


def _without_capitals(text: str) -> str:
    """With capitals and hyphens only where a word is an abbreviation: among conditions a capital makes no name of a person."""
    return _CAPITALISED.sub(lambda m: m.group().lower(), re.sub(r"(?<=[a-z])-(?=[A-Za-z])", " ", text))


def _spelt(text: str) -> str:
    """Plain, and with the American and British spelling alike."""
    return plain(text).replace("ae", "e").replace("oe", "e")
