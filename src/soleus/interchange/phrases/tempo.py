"""Durations, onset and course in words: "over three days", "for 6 months and getting worse", "comes and goes"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.formats.patterns import lazy_pattern

_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "several": 5,
    "few": 3,
    "couple": 2,
    "many": 8,
    "some": 4,
    "half": 0.5,
}
_UNIT_DAYS = {
    "second": 1e-5,
    "minute": 7e-4,
    "hour": 1 / 24,
    "hr": 1 / 24,
    "h": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "wk": 7,
    "fortnight": 14,
    "month": 30.4,
    "mo": 30.4,
    "year": 365,
    "yr": 365,
    "y": 365,
    "decade": 3650,
}
_NUMBER = r"(\d+(?:[.,]\d+)?|" + "|".join(_NUMBERS) + r")"
_DURATION = lazy_pattern(
    r"\b"
    + _NUMBER
    + r"(?:\s*(?:-|to|or|–)\s*"
    + _NUMBER
    + r")?(?:\s+(?:a|an|of))?[\s-]*(second|minute|hour|hr|h|day|night|week|wk|fortnight|month|mo|year|yr|y|decade)s?\b"
    r"(?!\s*-?\s*old)(?!\s+of\s+age)"
)
_BARE = lazy_pattern(
    r"\b(hours|days|weeks|months|years|decades|overnight|yesterday|today|this morning|last night|last week|last month|last year)\b(?!\s+(?:old|of\s+age)\b)"
)
_BARE_DAYS = {
    "hours": 0.3,
    "days": 4,
    "weeks": 21,
    "months": 150,
    "years": 1500,
    "decades": 7300,
    "overnight": 0.5,
    "yesterday": 1.0,
    "today": 0.5,
    "this morning": 0.3,
    "last night": 0.6,
    "last week": 7,
    "last month": 30,
    "last year": 365,
}
_SUDDEN = lazy_pattern(
    r"\b(sudden(?:ly)?|abrupt(?:ly)?|hyperacute|instant(?:ly|aneous)?|all of a sudden|on waking|woke (?:up )?(?:with|and|unable)|within (?:minutes|hours|an hour|seconds)"
    r"|out of the blue|immediately|felt a pop|thunderclap|in an instant|overnight|in seconds)\b"
)
_ACUTE = lazy_pattern(r"\b(acute(?:ly)?|rapid(?:ly)?|within days|over (?:a few |several )?days|quickly)\b")
_SUBACUTE = lazy_pattern(r"\b(subacute(?:ly)?|over (?:a few |several )?weeks|within weeks)\b")
_SLOW = lazy_pattern(
    r"\b(gradual(?:ly)?|slow(?:ly)?|insidious(?:ly)?|chronic(?:ally)?|creeping|little by little|over (?:the |many |several )?(?:months|years))\b"
)
_LIFELONG = lazy_pattern(
    r"\b(lifelong|since (?:early )?(?:childhood|birth|infancy|adolescence|school)|from birth|since (?:learning to walk|walking age|the first steps)|congenital|all (?:my|his|her) life|in childhood|as a child|for ever|decades"
    r"|since (?:i|he|she) was (?:a|young|small|little)|childhood)\b"
)

_COURSE = (
    ("improving", lazy_pattern(r"\b(improv\w*|recover(?:ing|ed)|getting better|got better|resolv\w*|better now|subsid\w*)\b")),
    (
        "relapsing",
        lazy_pattern(
            r"\b(relaps\w*|remit\w*|stepwise|step-wise|step by step|in steps|recurr\w*|came back|comes back|bouts|(?:previous|earlier|two|three|four|several|repeated|many) (?:bouts|episodes|relapses))\b"
        ),
    ),
    (
        "episodic",
        lazy_pattern(
            r"\b(episod\w*|attacks?|intermittent(?:ly)?|comes and goes|come and go|on and off|transient\w*|fluctuat\w*|only (?:when|on|with|during|after) (?:walk|exerci|run|exert|effort)\w*"
            r"|with (?:dynamic )?exercise|on exertion|exertional|exercise-induced|after walking|when walking|on walking|relieved by rest)\b"
        ),
    ),
    (
        "progressive",
        lazy_pattern(
            r"\b(progress\w*|worsen\w*|wors(?:e|t) (?:and worse|over|since|for|every|now)|(?:slowly|gradually|steadily|much|becoming|become|grown|growing|ever) (?:worse|weaker)|(?<!\bit )(?<!\bthem )(?<!\bthings )worse(?= *(?:$|[.;,]))|getting worse|got worse|gets worse|(?:gets?|got|getting) weaker|weaker (?:and weaker|since|every|each)|increas(?:ing|ed|es|ingly)|deteriorat\w*|gradual(?:ly)?"
            r"|more and more|spread\w*|ascend\w*|creeping|insidious(?:ly)?|become worse|slowly developing|later in the course|affected (?:first|later)|over (?:several |many |a few |the )?(?:days|weeks|months|years|\d+ \w+))\b"
        ),
    ),
    (
        "stable",
        lazy_pattern(
            r"\b(stable|static|unchanged|persist\w*|no change|constant(?:ly)?|same since|not progress\w*|non-progressive|plateau\w*|lifelong|since childhood)\b"
        ),
    ),
)
_PACK_YEARS = lazy_pattern(r"\bpack[- ]years?\b")
_SLASHED = lazy_pattern(
    r"(?<![\d/.])(?<!mrc )(?<!power )(?<!strength )(?<!grade )(?<!score )(?<!scored )(?<!on )(?<!since )(?<!from )(?<!until )"
    r"(?:x )?([1-9]\d?)\s?/\s?(7|52|12)\b(?!\s?/|[\d.])"
)
""" "3/52" is how British letters write three weeks, "2/7" two days, "6/12" six months."""
_SLASH_UNITS = {"7": "days", "52": "weeks", "12": "months"}
_OFTEN = lazy_pattern(
    r"\b(?:once|twice|(?:"
    + _NUMBER
    + r"(?:\s*(?:-|to|or)\s*"
    + _NUMBER
    + r")?|a few|several|most)\s+(?:times|nights?|days?|hours?|minutes?|miles?|km|units))"
    r"\s*(?:(?:a|per|each|every|in a)\s+|/\s*)(?:day|night|week|month|year|hour)\b(?!\s+ago)"
    r"|\bevery\s+(?:" + _NUMBER + r"\s+)?(?:day|night|week|month|year|hour|minute)s?\b"
)
"""How often something comes says nothing of when it began: "three times a week", "every two days", "15 units/week"."""
_RELIEVED = lazy_pattern(
    r"\b(?:go|goes|gone|eases?|pass|passes|stops?|settles?|disappears?|vanishes|subsides?|relieved|better)(?:\s+(?:away|off|down))?\s+"
    r"(?:(?:when|if|after|on|as|with|by|once)\b[^.;,]{0,60}?\b)?(?:in|within|after|for|of)\s+(?:about |around |just |only |less than )?"
    r"(?:" + _NUMBER + r"(?:\s*(?:-|to|or)\s*" + _NUMBER + r")?\s+)?(?:few\s+|couple of\s+)?(?:seconds?|minutes?)\b"
)
"""Nor does how soon it eases: "goes when I stand still for a minute", "stops within a few minutes"."""
_NOT = lazy_pattern(r"\b(no|not|without|never|non)\b[\s-]*$")


@dataclass(frozen=True)
class Tempo:
    """Likelihoods over `ONSETS` and `COURSES`, None where the words say nothing."""

    onset: tuple[float, ...] | None
    course: tuple[float, ...] | None
    days: float | None = None

    @property
    def says_something(self) -> bool:
        return self.onset is not None or self.course is not None


def read_tempo(text: str) -> Tempo:
    """Tempo told by a phrase. Linear in its length."""
    lowered = _SLASHED.sub(_spelt_out, _PACK_YEARS.sub(" ", text.lower().replace("–", "-")))
    lowered = _RELIEVED.sub(" ", _OFTEN.sub(" ", lowered))
    days = longest_days(lowered)
    return Tempo(_onset(lowered, days), _course(lowered), days)


def _spelt_out(match: re.Match[str]) -> str:
    return f"{match.group(1)} {_SLASH_UNITS[match.group(2)]}"


def longest_days(text: str) -> float | None:
    """The longest duration named in a lower-case text. [d]"""
    found = [_days(m) for m in _DURATION.finditer(text)]
    found += [_BARE_DAYS[m.group(1)] for m in _BARE.finditer(text)] if not found else []
    return max(found) if found else None


def _days(match: re.Match[str]) -> float:
    first, second, unit = match.groups()
    numbers = [_NUMBERS[x] if x in _NUMBERS else float(x.replace(",", ".")) for x in (first, second) if x]
    return sum(numbers) / len(numbers) * _UNIT_DAYS[unit]


def onset_of_days(days: float) -> int:
    """Index in `ONSETS` of a time course that took this long."""
    return next(i for i, limit in enumerate((1.01, 14.5, 60, 740, float("inf"))) if days <= limit)


def _onset(text: str, days: float | None) -> tuple[float, ...] | None:
    if _SUDDEN.search(text):
        return (1.0, 0.12, 0.02, 0.02, 0.02)
    if _LIFELONG.search(text):
        return (0.02, 0.02, 0.03, 0.25, 1.0)
    if _SUBACUTE.search(text) and days is None:
        return (0.05, 0.4, 1.0, 0.4, 0.05)
    if days is not None:
        return _around(onset_of_days(days), slow=bool(_SLOW.search(text) or _COURSE[3][1].search(text)), acute=bool(_ACUTE.search(text)))
    if _ACUTE.search(text):
        return (0.6, 1.0, 0.25, 0.03, 0.02)
    if _SLOW.search(text):
        return (0.03, 0.05, 0.3, 1.0, 0.9)
    return None


def _around(i: int, slow: bool, acute: bool) -> tuple[float, ...]:
    """A stated duration bounds the time course from above: an onset may have been faster and then stayed."""
    faster = 0.12 if slow else 0.4
    fall = 0.6 if i < ONSETS.index("months") else 0.3  # who tells of years would say so if it had come in a day
    weights = [faster * fall ** (i - k - 1) if k < i else 1.0 if k == i else 0.12 * 0.3 ** (k - i - 1) for k in range(len(ONSETS))]
    if acute:
        weights = [w * f for w, f in zip(weights, (1.0, 1.0, 0.5, 0.15, 0.1), strict=True)]
        top = max(weights)
        weights = [w / top for w in weights]
    return tuple(max(w, 0.008) for w in weights)


def _course(text: str) -> tuple[float, ...] | None:
    weights = [0.0] * len(COURSES)
    for name, pattern in _COURSE:
        for match in pattern.finditer(text):
            if not _NOT.search(text[: match.start()]):
                weights[COURSES.index(name)] = 1.0
    if not any(weights):
        return None
    return tuple(w if w else 0.15 for w in weights)
