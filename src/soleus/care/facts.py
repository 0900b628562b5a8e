"""Which facts hold for a person, and how each came to be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from soleus.domain.care import Fact
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence
from soleus.domain.knowledge_base import KnowledgeBase

LIKELY = 0.05
"""A candidate cause of at least this probability brings its hazards and warnings along (expert estimate: care errs to the safe side)."""
SETTLED = 0.5
"""From here on a candidate also brings what is good for it: aids, check-ups, prognosis. A person is not told of a rare cause's needs."""
_DENIED = re.compile(r"\b(?:no|not|never|without|denies|stopped|off|former|previously|ruled out|excluded)\b[\w\s]{0,20}$")


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
    }
    held: dict[str, str] = {}
    for fact in facts.values():
        reason = _reason(fact, case, evidence, known, likely, told, kb)
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
                if says(text, phrase.lower()):
                    return phrase
    if fact.age_from is not None or fact.age_below is not None:
        age = case.age_years
        if age is not None and (fact.age_from or 0) <= age < (fact.age_below or 200) and fact.sex in (None, case.sex):
            return f"age {age:g}"
    elif fact.sex is not None and case.sex == fact.sex:
        return case.sex
    return ""


def says(text: str, phrase: str) -> bool:
    """Whether a text names a phrase as whole words (a plural counts) and does not deny it just before."""
    if phrase not in text:  # thousands of phrases are asked for, and to compile a pattern for each takes half a second
        return False
    for match in re.finditer(rf"(?<![\w-]){re.escape(phrase)}(?:e?s)?(?![\w-])", text):
        if not _DENIED.search(text[max(0, match.start() - 40) : match.start()]):
            return True
    return False
