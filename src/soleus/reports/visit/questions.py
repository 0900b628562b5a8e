"""Questions worth asking at the visit: made from the assessment, for the person to edit, leave out and add to."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.assess import Assessment
from soleus.domain.case import Case
from soleus.domain.finding import Presence
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reports.careplan.text import lowered
from soleus.reports.visit.looked_at import looked_at_words, not_examined

MOST = 8
LIKELY, POSSIBLE, NAMED = 0.5, 0.05, 0.2
"""A first cause above the first is asked about alone, another from the second on; below the third none is named. [-]"""
MOST_TESTS = 2
MOST_SIGNS = 4
IN_QUESTION = 3
"""Causes in which a medicine must speak for one, to be asked about."""


def suggested(case: Case, result: Assessment, kb: KnowledgeBase) -> tuple[str, ...]:
    """Up to eight questions, the most useful first."""
    return tuple(dict.fromkeys(_all(case, result, kb)))[:MOST]


def _all(case: Case, result: Assessment, kb: KnowledgeBase) -> Iterator[str]:
    yield from _causes(result, kb)
    asked = [kb.findings[q.finding] for q in result.questions if q.finding in kb.findings]
    of_case = [looked_at_words(f.id, kb) for f in asked if f.burden > 0 or f.who == ("clinician",)]
    to_see = list(dict.fromkeys([*of_case[:2], *not_examined(result.evidence, kb)]))[:MOST_SIGNS]
    if to_see:
        yield f"Could you look at these, which nobody has told of yet: {'; '.join(to_see)}?"
    tests = [lowered(kb.tests[s.test].name) for s in result.tests if not s.too_early][:MOST_TESTS]
    if tests:
        yield f"Would this help to find the cause: {'; or '.join(tests)}?"
    for name in _medicines(case, result):
        yield f"Could {name} play a part, and should it be changed? (I shall not stop it by myself.)"
    for goal in case.goals[:1]:
        yield f"What has to happen so that I can do this again: {goal}?"
    yield "What can I do myself until it is clear, and what should I leave alone?"
    if result.triage.level != "emergency":
        yield "Which changes mean that I should come back at once?"
        yield "How will we know whether it is getting worse, and when should I be seen again?"


def _causes(result: Assessment, kb: KnowledgeBase) -> Iterator[str]:
    found = [c for c in result.differential.candidates[:2] if c.probability >= POSSIBLE]
    if found and found[0].probability < NAMED:
        yield "What do you think is the likeliest cause, and how can it be told from the others?"
        return
    names = [lowered(kb.conditions[c.condition].lay_name) for c in found]
    if len(names) == 2 and found[0].probability < LIKELY:
        yield f"Could it be {names[0]} or {names[1]}, and how can they be told apart?"
    elif names:
        yield f"Could it be {names[0]}, and what speaks against it?"


def _medicines(case: Case, result: Assessment) -> Iterator[str]:
    """Medicines that speak for one of the first causes."""
    items = result.posterior.items
    told = {o.place: o.finding for o in result.evidence.observations if o.place.startswith("medicines[") and o.presence is Presence.PRESENT}
    telling = {
        o.finding
        for c in result.differential.candidates[:IN_QUESTION]
        for w in c.contributions
        if w.decibans > 0 and (o := items[w.item].observation) is not None
    }
    for i, name in enumerate(case.medicines):
        if told.get(f"medicines[{i}]") in telling:
            yield name
