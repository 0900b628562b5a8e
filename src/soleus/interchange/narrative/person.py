"""Who a text is about: age, sex, and whether the writer speaks of a relative."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soleus.formats.patterns import lazy_pattern

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_WORD = r"(?:" + "|".join(_TENS) + r")(?:[- ](?:" + "|".join(_ONES[1:10]) + r"))?|" + "|".join(sorted(_ONES[1:], key=len, reverse=True))
_NUMBER = rf"(\d{{1,3}}|{_WORD})"
_OF_NOW = r"(?<!the age of )(?<!when i was )(?<!when he was )(?<!when she was )(?<!since )"
_OLD = lazy_pattern(rf"\b{_NUMBER}[- ]?(?:years?|yrs?|y)[- /]?(?:of age|olds?|o)\b", re.I)
_MONTHS_OLD = lazy_pattern(rf"\b{_NUMBER}[- ](months?|weeks?)[- ]old\b", re.I)
_LETTERS = lazy_pattern(r"^\W*(?:\w+\W+){0,6}?(?:\b(\d{1,2})\s?(?:y/?o\s*)?([MF])\b|\b([MF])\s?/?\s?(\d{1,2})\b)")
_AGED = lazy_pattern(
    rf"\b(?:aged?:?|i am|i'm|i’m|(?:he|she|mother|father|mum|dad|husband|wife|partner|brother|sister|son|daughter|child|boy|"
    rf"girl) is|he's|she's)\s+(?:now |nearly |almost |about |just )?{_NUMBER}\b"
    r"(?!\s*(?:%|kg|cm|mm|feet|foot|days?|weeks?|months?|hours?|times|/|\.\d|of|in|on the))",
    re.I,
)
_BEFORE_AGE = lazy_pattern(
    r"(?:since|at|from|until|when|was|before|after|by)\s+(?:the\s+|he\s+|she\s+|i\s+|an?\s+)*(?:age\s+of\s+|was\s+)*$", re.I
)
_DECADE = lazy_pattern(r"\bin (?:his|her|my|their|the) (early |mid-? ?|middle |late )?(" + "|".join(_DECADES) + r"|[2-9]0s)\b", re.I)
_MALE = lazy_pattern(r"\b(man|boy|male|gentleman|schoolboy|grandfather|father|husband|brother|son|mr|prostate)\b", re.I)
_FEMALE = lazy_pattern(
    r"\b(woman|girl|female|lady|schoolgirl|housewife|grandmother|mother|wife|sister|daughter|mrs|ms|pregnan\w*|menopause|my periods?)\b",
    re.I,
)
_HE = lazy_pattern(r"\b(he|him|his)\b", re.I)
_SHE = lazy_pattern(r"\b(she|her|hers)\b", re.I)
_RELATIVE_SUBJECT = lazy_pattern(
    r"\b(?:my|our) (?:\d{1,3}[- ]years?[- ]old |[a-z]+-year-old |little |young |old |elderly |late )*"
    r"(mother|father|mum|mom|dad|husband|wife|partner|brother|sister|son|daughter|child|boy|girl|grandmother|grandfather|gran|"
    r"grandad|uncle|aunt|friend)\b"
    r"(?!'s (?:side|family))",
    re.I,
)
_ABOUT_ME = lazy_pattern(
    r"\b(?:(?:i am|i'm) (?:\d|well|fine|healthy|fit|weak|numb|in pain|un\w+|tired|pregnant)|"
    r"i have (?!a (?:son|daughter|child|boy|girl))|i've|i had|i feel|i can't|i cannot|i could|my (?:left |"
    r"right |own )?(?:legs?|foot|feet|calf|calves|knees?|back|hips?|thighs?|muscles|toes|arms?|hands?|ankles?|buttocks?))\b",
    re.I,
)
_OPENING = 220
"""Who a text is about is said in its first lines."""


@dataclass(frozen=True)
class Person:
    """What a text says of the person it is about. `relative`: how the writer calls them, empty where it is the writer or a patient."""

    age_years: float | None
    sex: str
    relative: str = ""


def read_person(text: str) -> Person:
    """Age [years] and sex of the person a text is about; unknown where it does not say."""
    match = _RELATIVE_SUBJECT.search(text[:_OPENING])
    relative = match.group(1).lower() if match and not _ABOUT_ME.search(text) else ""
    return Person(_age(text), _sex(text, relative), relative)


def _age(text: str) -> float | None:
    head = text[:4000]
    if match := _MONTHS_OLD.search(head):
        return round(_value(match.group(1)) / (12 if match.group(2).lower().startswith("m") else 52), 1)
    found = [
        m for pattern in (_OLD, _AGED) for m in pattern.finditer(head) if not _BEFORE_AGE.search(head[max(0, m.start() - 30) : m.start()])
    ]
    ages = [(m.start(), _value(m.group(1))) for m in found]
    if match := _LETTERS.search(head[:80]):
        ages.append((match.start(), float(match.group(1) or match.group(4))))
    plausible = [age for _, age in sorted(ages) if 0 < age <= 110]
    if plausible:
        return plausible[0]
    if match := _DECADE.search(head):
        word = match.group(2).lower()
        start = _DECADES.get(word) or int(word[:2])
        part = (match.group(1) or "").strip().lower()
        return float(start + (2 if part == "early" else 8 if part == "late" else 5))
    return None


def _value(word: str) -> float:
    word = word.lower()
    if word.isdigit():
        return float(word)
    if word in _ONES:
        return float(_ONES.index(word))
    tens, _, ones = word.replace("-", " ").partition(" ")
    return float(_TENS[tens] + (_ONES.index(ones) if ones else 0))


def _sex(text: str, relative: str) -> str:
    if relative in ("mother", "mum", "mom", "wife", "sister", "daughter", "girl", "grandmother", "gran", "aunt"):
        return "female"
    if relative in ("father", "dad", "husband", "brother", "son", "boy", "grandfather", "grandad", "uncle"):
        return "male"
    if match := _LETTERS.search(text[:80]):
        return "male" if (match.group(2) or match.group(3)) == "M" else "female"
    own = _RELATIVE_SUBJECT.sub(" ", text[:4000])
    first = {sex: m.start() for sex, pattern in (("male", _MALE), ("female", _FEMALE)) if (m := _nobody_else(pattern, own))}
    if first:
        return min(first, key=lambda s: first[s])
    if re.search(r"\b(i|i'm|my)\b", own, re.I):
        return "unknown"
    he, she = len(_HE.findall(own)), len(_SHE.findall(own))
    return "male" if he > she else "female" if she > he else "unknown"


def _nobody_else(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is not somebody's relative ("his mother")."""
    return next(
        (
            m
            for m in pattern.finditer(text)
            if not re.search(r"\b(his|her|my|their|whose)\s+(\w+\s+)?$", text[max(0, m.start() - 20) : m.start()], re.I)
        ),
        None,
    )
