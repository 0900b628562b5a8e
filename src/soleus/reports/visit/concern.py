"""The first line: how soon, what is weak, since when, and what makes it urgent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from soleus.assess import Assessment
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase
from soleus.domain.measure import with_unit
from soleus.interchange.phrases.since import length_words
from soleus.reports.articles.words import COURSE, ONSET
from soleus.reports.careplan.text import lowered
from soleus.reports.charts.spec import ChartSpec
from soleus.reports.visit.signs import MUSCLES, Sign, sign_words, weakness_words
from soleus.reports.visit.summary import Concern

SEEN = {
    "emergency": "EMERGENCY",
    "same_day": "TO BE SEEN TODAY",
    "within_2_weeks": "TO BE SEEN WITHIN TWO WEEKS",
    "routine": "ORDINARY APPOINTMENT",
    "self_care": "SELF-CARE FOR NOW",
}
URGENT = ("emergency", "same_day")
BESIDE = 3
"""Things named beside the weakness."""
MOST_WEAK = 2
SHORT = 70
"""A time course told in more characters than this is told by its class."""
HEALTHY = ("absent", "no", "none", "normal", "negative", "5")
GENERAL = ("together:", "not-self-care", "not-excluded:")
_LENGTH = re.compile(
    r"(about |some |nearly |over |almost )?\d[\d.,]*( ?(-|–|to) ?\d+)? ?(hour|day|week|month|year)s?\b"
    r"(?! (ago|after|before|later|earlier|of))",
    re.I,
)
_BEGINS = re.compile(r"(sudden|gradual|acute|within|over|since|slow|insidious|overnight|about|some|\d)", re.I)
"""How a time course begins that is told as one; free text begins otherwise."""
_OF_TIME = re.compile(r"\b(minute|hour|day|week|month|year|sudden|gradual|acute|slow|insidious|overnight|childhood|birth)", re.I)
_SINCE = re.compile(r"\bsince [^;,]{3,40}? \(\d+ (?:day|week|month|year)s?\)", re.I)
"""A day, month or year told in a sentence, with its length, as it was read."""
_UNABLE = re.compile(r"\s*(cannot|can't|can not|unable to|could not) ", re.I)
_DETAIL = re.compile(r"\s*\([^)]*\)")
_NO_COURSE = frozenset(("weak-leg", "weak-leg-distal", "weak-leg-proximal"))


def concern_of(
    case: Case, result: Assessment, signs: Sequence[Sign], kb: KnowledgeBase, today: date, charts: Sequence[ChartSpec] = ()
) -> Concern:
    """The key concern of a case; the charts in the order of their weight."""
    level = result.triage.level
    reasons = [r for r in result.triage.reasons if r.level == level]
    by_rule = [r for r in reasons if not r.rule.startswith(GENERAL)]
    fired = [f for r in by_rule for f in r.findings]
    because = tuple(dict.fromkeys(first_sentence(r.text) for r in (by_rule or reasons)))[:2]
    beside = [*_unable(case), *_falling(charts)]
    return Concern(level, SEEN[level], _sentence(case, result.evidence, signs, fired, beside, kb, today, level in URGENT), because)


def _sentence(
    case: Case,
    evidence: Evidence,
    signs: Sequence[Sign],
    fired: Sequence[str],
    told: Sequence[str],
    kb: KnowledgeBase,
    today: date,
    urgent: bool,
) -> str:
    """Weakness and time first; then what cannot be done and what falls, or where it is urgent the signs that make it so."""
    there = [s for s in signs if s.presence is Presence.PRESENT]
    weak = _weakness(there)
    rest = sorted((s for s in there if not s.is_weakness), key=lambda s: (s.id not in fired, s.finding.background_at(evidence.age_years)))
    rest.sort(key=lambda s: not weak and s.finding.attribute == "sign")  # without a weakness, the part of the body that suffers leads
    time = time_words(case, evidence, today)
    if weak:
        head = f"Weakness of the {' and the '.join(weakness_words(s) for s in weak[:MOST_WEAK])}"
    elif rest:
        head, rest = _short(rest[0], kb, upper=True), rest[1:]
    else:
        return "The complaint is told in own words below."
    comma = ", " if time else ""
    beside = [_short(s, kb) for s in rest]
    clauses = [*beside, *told] if urgent else [*told, *beside]
    return f"{'; '.join([f'{head}{comma}{time}', *clauses[:BESIDE]])}."


def _unable(case: Case) -> list[str]:
    """What the case says cannot be done: `cannot stand on tiptoe, left`."""
    for e in case.findings:
        if _UNABLE.match(e.finding) and e.value.lower() not in HEALTHY:
            side = f", {e.side.value}" if e.side in (Side.LEFT, Side.RIGHT) else ", both sides" if e.side is Side.BOTH else ""
            return [f"{e.finding.strip()}{side}"]
    return []


def _falling(charts: Sequence[ChartSpec]) -> list[str]:
    """The measure that most surely falls: `single-leg heel rise, left, from 20 to 9`."""
    for spec in charts[:1]:
        for line in spec.lines:
            if "worse" in line.short and "%" in line.short and line.first != line.last and line.first:
                side = f", {line.side.value}" if line.side in (Side.LEFT, Side.RIGHT) else ""
                last = line.last if spec.grades else with_unit(line.last, spec.unit)
                return [f"{lowered(spec.title)}{side}, from {line.first} to {last}".replace("-,", "−,")]
    return []


def _weakness(there: Sequence[Sign]) -> list[Sign]:
    """The weak muscles, graded and severe ones first; a broad word only where nothing narrower was told."""
    order = list(MUSCLES)
    found = [s for s in there if s.is_weakness]
    narrow = [s for s in found if s.id not in _NO_COURSE]
    return sorted(narrow or found, key=lambda s: (s.worst, order.index(s.id)))


def _short(sign: Sign, kb: KnowledgeBase, *, upper: bool = False) -> str:
    text = _DETAIL.sub("", sign_words(sign, kb))
    return text[:1].upper() + text[1:] if upper else text


def time_words(case: Case, evidence: Evidence, today: date) -> str:
    """`for 5 weeks, slowly getting worse`; `since March 2026 (9 months), getting worse`; empty if nobody said."""
    course = _course(evidence)
    value = evidence.onset_text.rpartition(": ")[2].rstrip(". ")
    if value.endswith("…") or len(value) > SHORT or not _BEGINS.match(value) or not _OF_TIME.search(value):
        value = ""
    if not value and (said := _SINCE.search(evidence.onset_text)):
        return ", ".join(x for x in (said.group(), course) if x)
    if value:
        later = "" if evidence.course_text == evidence.onset_text else course
        if _LENGTH.match(value):
            value = f"for {value}"
        elif value.startswith("within "):
            value = f"which came on {value}"
        return ", ".join(x for x in (value, later) if x)
    since = min((e.since for e in case.findings if e.since is not None and e.value.lower() not in HEALTHY), default=None)
    onset = _class(evidence.onset, ONSETS)
    if since is not None:
        value = f"since {since:%B %Y} ({length_words((today - since).days)})"
    elif onset:
        value = f"which came on {ONSET[onset]}"
    return ", ".join(x for x in (value, course) if x)


def _course(evidence: Evidence) -> str:
    course = _class(evidence.course, COURSES)
    return COURSE[course] if course else ""


def _class(likelihood: tuple[float, ...] | None, names: Sequence[str]) -> str:
    """The class told, where it is one; empty if two fit as well."""
    if likelihood is None:
        return ""
    best = max(likelihood)
    found = [n for n, x in zip(names, likelihood, strict=True) if x == best]
    return found[0] if len(found) == 1 else ""


def first_sentence(text: str) -> str:
    """The first sentence of a text.

    Examples:
        >>> first_sentence("Sciatica with a motor deficit. Re-examine within days.")
        'Sciatica with a motor deficit.'
    """
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip(), maxsplit=1)[0]
