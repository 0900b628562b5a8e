"""Medicines that a free text names, in its own words: for lists and warnings, never for or against a cause."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soleus.care.facts import says
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.evidence import Observation
from soleus.domain.finding import Finding
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.medicines import names_in_care
from soleus.interchange.narrative.clauses import Assertion, clauses
from soleus.interchange.narrative.person import read_person
from soleus.interchange.narrative.sentences import sentences
from soleus.interchange.phrases.lexicon import Lexicon

SHORTEST = 3
NOT_BY_NAME_ALONE = frozenset("calcium magnesium phosphate zinc thiamine hct tca arb mst".split())
"""A blood test, or a word of another kind, as often as a medicine."""
NO_MEDICINE = frozenset(
    (
        "nitrous oxide",
        "laughing gas",
        "whippets",
        "grapefruit",
        "grapefruit juice",
        "mdma",
        "iodinated contrast",
        "denture cream",
        "salt substitute",
        "methylene blue",
    )
)
_DOSE = (
    r"(?:\s+\d[\d.,/]*\s*(?:mg|mcg|µg|micrograms?|g|ml|units?|iu|%)\b)?(?:\s+(?:once|twice|(?:\w+ )?times) (?:a day|daily)\b|\s+daily\b)?"
)
_NOT_TAKEN = lazy_pattern(
    r"(?:\b(?:allerg\w+ to|intoleran\w+ (?:to|of)|stopped|stopping|came off|come off|used to (?:take|have|be on)|"
    r"no longer (?:take|taking|on)|"
    r"refused|declined|instead of|previously|formerly|should i (?:take|try)|can i take)\b|"
    r"(?:\b(?:not|never)|n['’]?t) (?:\w+ ){0,2}"
    r"(?:take|taking|taken|use|using|have|had|on)\b)[^.;!?:]{0,60}$|"
    r"\b(?:no|not|without)\b[^.,;!?:]{0,40}$",
    re.I,
)
_ENDS = lazy_pattern(r"\b(?:but|and (?:now )?(?:i |he |she )?(?:take|takes|am|is)\b|now (?:on|take))", re.I)
_WAS_STOPPED = lazy_pattern(
    r"^(?:\s+(?:was|were|has been|have been|is|now))*\s+(?:stopped|discontinued|withdrawn|ceased)\b|^\s+(?:allergy|intolerance)\b", re.I
)
_RELATIVE = lazy_pattern(
    r"\b(?:my|our|his|her|the patient's) (?:\w+ )?(?:mother|father|mum|mom|dad|husband|wife|partner|brother|sister|son|daughter|"
    r"grandmother|grandfather|uncle|aunt|friend)(?:'s)?\b[^.;!?]{0,60}$",
    re.I,
)
_I_TAKE = lazy_pattern(r"\bi(?:['’]m| am| take| have| use| was)\b", re.I)
_ELSEWHERE = (Assertion.ABSENT, Assertion.RELATIVE, Assertion.THOUGHT, Assertion.BEFORE)
_NARRATIVE = lazy_pattern(r"narrative\[(\d+):(\d+)\]")


def medicine_names(care: CareKnowledge) -> frozenset[str]:
    """Names by which a text can be said to name a medicine, in lower case."""
    return frozenset(
        n for n in names_in_care(care, kinds=("medicine",)) - NO_MEDICINE - NOT_BY_NAME_ALONE if len(n) >= SHORTEST and not n.isdigit()
    )


def medicines_told(text: str, names: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Medicines that the person of a text takes, as it writes them, a dose included; each once.

    What is denied, was stopped, or is a relative's is left out.
    """
    names = [n for n in names if n in text.lower()]
    if not names:
        return ()
    pattern = re.compile(
        rf"(?<![\w-])({'|'.join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n)))})(?:s)?(?![\w-]){_DOSE}", re.I
    )
    relative = "" if _I_TAKE.search(text) else read_person(text).relative
    found: dict[str, str] = {}
    for span in sentences(text):
        said = text[span.start : span.end]
        if not pattern.search(said):
            continue
        elsewhere = [c.span for c in clauses(said, lexicon, relative) if c.assertion in _ELSEWHERE]
        for match in pattern.finditer(said):
            if not any(s.start <= match.start() < s.end for s in elsewhere) and _is_taken(said, match, relative):
                found.setdefault(match.group(1).lower(), " ".join(match.group().split()))
    return tuple(found.values())


def _is_taken(said: str, match: re.Match[str], relative: str) -> bool:
    before, after = said[: match.start()], said[match.end() :]
    turn = max((m.end() for m in _ENDS.finditer(before)), default=0)
    if _NOT_TAKEN.search(before[turn:]) or _WAS_STOPPED.match(after) or after.lstrip().startswith("?"):
        return False
    return bool(relative) or not _RELATIVE.search(before)


def from_a_medicine(o: Observation, finding: Finding, case: Case, medicines: Iterable[str]) -> bool:
    """Whether a risk was read from nothing but the name of a medicine: who takes ramipril has not said "high blood pressure".

    Args:
        o: Of a risk.
        finding: Its entry in the vocabulary.
        case: As told.
        medicines: As told in its narrative.
    """
    match = _NARRATIVE.fullmatch(o.place)
    if match is None:
        return False
    words = [m.lower() for m in medicines]
    if not any(w in case.narrative[int(match[1]) : int(match[2])].lower() for w in words):
        return False
    rest = case.narrative.lower()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ; ")
    return not any(says(rest, phrase.lower()) for phrase in (finding.name, *finding.synonyms))
