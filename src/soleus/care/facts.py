"""Which facts hold for a person, and how each came to be known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from soleus.domain.care import Fact, Limit
from soleus.domain.case import Case, TestEntry
from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence
from soleus.domain.knowledge_base import KnowledgeBase

LIKELY = 0.05
"""A candidate cause of at least this probability brings its hazards and warnings along (expert estimate: care errs to the safe side)."""
SETTLED = 0.5
"""From here on a candidate also brings what is good for it: aids, check-ups, prognosis. A person is not told of a rare cause's needs."""
_DENIED = re.compile(r"\b(?:no|not|never|without|denies|stopped|off|former|previously|ruled out|excluded)\b[\w\s]{0,20}$")
_DENIED_EVER = re.compile(r"\b(?:no|not|never|without|denies|ruled out|excluded)\b[\w\s]{0,20}$")
"""For what counts although it is over."""
_NOT_MINE = re.compile(
    r"\b(?:(?:my|his|her) (?:father|mother|dad|mum|mom|brother|sister|son|daughter|uncle|aunt|cousin|wife|husband|partner|grand\w+"
    r"|family)"
    r"|family history|runs in|afraid of|fear(?:s|ed)?|worr(?:y|ied) (?:about|of|that)|could it be|can it be|is it|instead of)\b"
    r"[^.;!?\n]{0,40}$"
)
"""In a story: somebody else's, or only feared."""
_SENTENCE = re.compile(r"(?<=[.;!?\n])\s+")


def facts_of(
    case: Case,
    evidence: Evidence,
    known: Iterable[str],
    candidates: Mapping[str, float],
    facts: Mapping[str, Fact],
    kb: KnowledgeBase,
    least: float = LIKELY,
) -> dict[str, str]:
    """The facts that hold, each with the reason in a few words.

    Args:
        known: Ids of conditions that were diagnosed.
        candidates: Probability by condition. [-]
        least: Probability from which a candidate counts. [-]
    """
    known = set(known)
    likely = known | {c for c, p in candidates.items() if p >= least}
    told = {
        "words": [t.lower() for t in (*case.conditions, *case.medicines)],
        "medicines": [t.lower() for t in (*case.medicines, case.narrative)],
        "story": _SENTENCE.split(case.narrative.lower()) if case.narrative else [],
        "values": [*(_report(t) for t in case.tests), *(t.lower() for t in case.conditions), case.narrative.lower()],
    }
    held: dict[str, str] = {}
    for fact in facts.values():
        reason = (
            _reason(fact, case, evidence, known, likely, told, kb) or _by_medicine(fact, facts, told) or _by_test(fact, evidence, told, kb)
        )
        if reason:
            held[fact.id] = reason
    while True:
        wider = {f.id: held[n] for f in facts.values() if f.id not in held for n in f.facts if n in held}
        if not wider:
            return held
        held |= wider


def _reason(
    fact: Fact,
    case: Case,
    evidence: Evidence,
    known: set[str],
    likely: set[str],
    told: Mapping[str, list[str]],
    kb: KnowledgeBase,
) -> str:
    for finding in fact.findings:
        if evidence.presence(finding) is Presence.PRESENT:
            return kb.findings[finding].lay
    for condition in sorted(likely, key=lambda c: (c not in known, c)):
        if condition in fact.conditions or set(kb.conditions[condition].groups) & set(fact.groups):
            return kb.conditions[condition].lay_name + ("" if condition in known else " (possible)")
    for kind, phrases in (("medicines", fact.medicines), ("words", fact.words)):
        for text in told[kind]:
            for phrase in phrases:
                if says(text, phrase.lower(), fact.past):
                    return phrase
    for text in told["story"] if fact.in_story else ():
        for phrase in fact.words:
            if says(text, phrase.lower(), fact.past, _NOT_MINE):
                return phrase
    if fact.age_from is not None or fact.age_below is not None:
        age = case.age_years
        if age is not None and (fact.age_from or 0) <= age < (fact.age_below or 200) and fact.sex in (None, case.sex):
            return f"age {age:g}"
    elif fact.sex is not None and case.sex == fact.sex:
        return case.sex
    return ""


def _by_medicine(fact: Fact, facts: Mapping[str, Fact], told: Mapping[str, list[str]]) -> str:
    """A word that stands in one entry or sentence with a medicine of the kind it belongs to."""
    for medicine, words in fact.beside.items():
        for text in (*told["words"], *told["story"]):
            word = next((w for w in words if says(text, w.lower(), fact.past, _NOT_MINE)), None)
            if word is not None and (name := max((m for m in facts[medicine].medicines if m.lower() in text), key=len, default="")):
                return f"{word} with {name}"
    return ""


def _report(test: TestEntry) -> str:
    value = "" if test.value is None else f"{test.value:g} {test.unit}"
    return f"{test.test} {value} {test.result}".lower()


def _by_test(fact: Fact, evidence: Evidence, told: Mapping[str, list[str]], kb: KnowledgeBase) -> str:
    """A test that meets one of the limits or showed one of the outcomes."""
    units = {_plain(limit.unit) for limit in fact.limits}
    for limit in fact.limits:
        for text in told["values"]:
            for name in limit.tests:
                if (value := _value(text, name.lower(), limit, units)) is not None:
                    return f"{name} {value}"
    for result in evidence.tests:
        if result.outcome in fact.outcomes.get(result.test, ()):
            test = kb.tests[result.test]
            return f"{test.lay}: {test.outcome_names[test.outcomes.index(result.outcome)].lower()}"
    return ""


_VALUE = re.compile(r"([<>≤≥]?)\s*(?<![\w.,])(\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?)(?![\w]*-\d)\s*([%a-zµμ][\w%/.²µμ]*)?")
_NAME_TO_VALUE = 60
"""A value stands within this many letters of the name of its test."""


def _value(text: str, name: str, limit: Limit, units: Collection[str]) -> str | None:
    """The first value after the name that is in the unit of the limit, if it meets the limit.

    Args:
        units: Units that the test can be told in; another word after the number is no unit.
    """
    for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        for sign, digits, word in _VALUE.findall(text[match.end() : match.end() + _NAME_TO_VALUE]):
            number = float(digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) else digits.replace(",", "."))
            unit = _plain(word)
            named = next((u for u in units if unit == u or unit.startswith(f"{u}/")), None)
            if named is None and ("/" in unit or unit == "%"):
                continue
            if named != _plain(limit.unit) and (named is not None or not limit.plausible[0] <= number < limit.plausible[1]):
                continue
            if limit.is_met(number, sign):
                return f"{sign}{number:g} {limit.unit}"
            break
    return None


def _plain(unit: str) -> str:
    return unit.lower().replace("μ", "u").replace("µ", "u").rstrip(".")


def says(text: str, phrase: str, past: bool = False, unless: re.Pattern[str] | None = None) -> bool:
    """Whether a text names a phrase as whole words (a plural counts) and does not deny it just before.

    Args:
        past: What is over counts too.
        unless: Words just before it with which it does not count either.
    """
    if phrase not in text:  # thousands of phrases are asked for, and to compile a pattern for each takes half a second
        return False
    denied = _DENIED_EVER if past else _DENIED
    for match in re.finditer(rf"(?<![\w-]){re.escape(phrase)}(?:e?s)?(?![\w-])", text):
        before = text[: match.start()]
        if not denied.search(before[-40:]) and not (unless is not None and unless.search(before[-80:])):
            return True
    return False
