"""The words of the result page."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from soleus.domain.finding import Kind, Presence, Side
from soleus.domain.knowledge_base import TEMPO_LAY, TEMPO_QUESTIONS, KnowledgeBase
from soleus.interchange.narrative.language import Unread
from soleus.reasoning.differential import Candidate, Contribution
from soleus.reasoning.inference import Item
from soleus.reasoning.triage import TriageReason
from soleus.reasoning.workup import NextStep
from soleus.reports.articles.desk import slug_of
from soleus.reports.as_json import told
from soleus.reports.words import LEVEL, SIDE, URGENCY
from soleus.web.assess.working import Known

CAUSES = 5
LEAST_CAUSE = 0.02
"""Rarer causes are not named, but for the first. [-]"""
LEAST_PLACE = 0.05
STRONG_DECIBANS, CLEAR_DECIBANS = 10.0, 4.0
"""Ten times likelier; two and a half times."""
MOST_REASONS = 4
MOST_FLAGS = 5
GENERAL = ("together:", "not-self-care")
"""Reasons that rest on probabilities alone."""


@dataclass(frozen=True)
class Reason:
    """Why it is so urgent."""

    text: str
    source: str


@dataclass(frozen=True)
class Weight:
    """Something told that speaks for a cause, or against it."""

    text: str
    strength: str
    source: str


@dataclass(frozen=True)
class Cause:
    """A cause with its reasons."""

    id: str
    article: str
    """Slug of its article in the library."""
    name: str
    clinical: str
    description: str
    percent: str
    share: int
    """For the bar, 0 to 100. [%]"""
    chance: str
    urgency: str
    speaks_for: tuple[Weight, ...]
    speaks_against: tuple[Weight, ...]
    missing: tuple[str, ...]
    not_known: tuple[str, ...]


@dataclass(frozen=True)
class NextTest:
    """A test to discuss."""

    article: str
    """Slug of its article in the library."""
    name: str
    lay: str
    why: str
    when: str
    preparation: str
    not_if: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    """An outcome, and the cause that would then lead."""


@dataclass(frozen=True)
class PlaceShown:
    """Where the trouble may lie."""

    level: str
    name: str
    side: str
    percent: str


@dataclass(frozen=True)
class Result:
    """Everything that the page says."""

    level: str
    reasons: tuple[Reason, ...]
    by_chance: bool
    """Whether the level rests on probabilities, not on a red flag."""
    may_ask: bool
    """Whether the questions may go on: a red flag of an emergency ends them."""
    unasked: tuple[str, ...]
    """Red flags that nobody asked about."""
    did_not_know: tuple[str, ...]
    """Red flags that were asked about and are not known."""
    places: tuple[PlaceShown, ...]
    because: tuple[str, ...]
    causes: tuple[Cause, ...]
    other: str
    pairs: tuple[str, ...]
    tests: tuple[NextTest, ...]
    questions: tuple[str, ...]
    count: int
    not_understood: tuple[str, ...]
    contradictions: tuple[str, ...]
    unread: Unread | None
    """Words that could not be read, and what to tell of them."""


def shown(known: Known, kb: KnowledgeBase, asked: Container[str] = ()) -> Result:
    """The assessment in words.

    Args:
        known: The case and its assessment.
        kb: The vocabulary.
        asked: Findings and personal facts that the interview asked about, whatever the answer.
    """
    r = known.result
    of_level = [reason for reason in r.triage.reasons if reason.level == r.triage.level]
    by_rule = [reason for reason in of_level if not reason.rule.startswith(GENERAL)]
    flagged = any(x.rule in kb.rules for x in of_level)
    open_questions = [q.finding for q in r.questions if q.finding not in asked]
    return Result(
        level=r.triage.level,
        reasons=tuple(_reason(x, kb) for x in (by_rule or of_level)[:3]),
        by_chance=not flagged,
        may_ask=not (flagged and r.triage.level == "emergency"),
        unasked=_lay((f for f in r.triage.unasked_red_flags if f not in asked), kb),
        did_not_know=_lay((f for f in r.triage.unasked_red_flags if f in asked), kb),
        places=tuple(
            PlaceShown(LEVEL[p.level], p.places[0].name, SIDE[p.side], percent(p.probability))
            for p in r.localisation[:4]
            if p.probability >= LEAST_PLACE
        ),
        because=tuple(in_words(r.posterior.items[i], kb) for i in r.localisation[0].because[:5]) if r.localisation else (),
        causes=tuple(
            _cause(c, known, kb) for i, c in enumerate(r.differential.candidates[:CAUSES]) if i == 0 or c.probability >= LEAST_CAUSE
        ),
        other=percent(r.differential.other),
        pairs=tuple(" and ".join(_lower(kb.conditions[c].lay_name) for c in p.conditions) for p in r.pairs[:2]),
        tests=tuple(_test(s, kb) for s in r.tests[:4]),
        questions=tuple(TEMPO_QUESTIONS.get(q) or kb.findings[q].question for q in open_questions[:3]),
        count=len(r.evidence.observations) + len(r.evidence.tests),
        not_understood=known.understanding.not_understood,
        contradictions=known.understanding.contradictions,
        unread=known.understanding.unread,
    )


def _lay(flags: Iterable[str], kb: KnowledgeBase) -> tuple[str, ...]:
    """The first red flags in plain words."""
    return tuple(TEMPO_LAY[f] if f in TEMPO_LAY else _lower(kb.findings[f].lay) for f in islice(flags, MOST_FLAGS))


def in_words(item: Item, kb: KnowledgeBase) -> str:
    """An item of the evidence in plain words: `Weak calf, left`; `Not there: pain in the calf`."""
    o = item.observation
    if o is None:
        label, _, words = item.label.partition(" (")
        return f"{_TEMPO[label]}: “{words.removesuffix(')')}”" if label in _TEMPO else _upper(told(item, kb))
    finding = kb.findings[o.finding]
    states = {o.state(finding)} if item.other_side is None else {o.state(finding), item.other_side.state(finding)}
    if finding.kind is Kind.REFLEX or len(states) > 1:
        return _upper(told(item, kb))
    side = "both" if item.other_side is not None else "" if o.side is Side.UNSTATED else o.side.value
    where = f", {SIDE[side]}" if side else ""
    return f"{finding.lay}{where}" if o.presence is Presence.PRESENT else f"Not there: {_lower(finding.lay)}{where}"


_TEMPO = {"onset": "How it began", "course": "How it goes on"}


def how_soon(was: str, now: str) -> str:
    """What a change did to the urgency, in a sentence."""
    return f"How soon is still: {_word(now)}." if was == now else f"How soon was: {_word(was)}. Now it is: {_word(now)}."


def _word(level: str) -> str:
    return URGENCY[level][0].lower()


def percent(p: float) -> str:
    """`37 %`, and nothing more exact than the numbers are."""
    return f"{round(100 * p)} %" if p >= 0.01 else "less than 1 %"


def chance(p: float) -> str:
    """The probability in a word."""
    return "likely" if p >= 0.5 else "quite possible" if p >= 0.2 else "possible" if p >= 0.05 else "less likely"


def _reason(reason: TriageReason, kb: KnowledgeBase) -> Reason:
    source = kb.sources.get(reason.ref)
    return Reason(reason.lay or reason.text, source.citation if source else "")


def _cause(c: Candidate, known: Known, kb: KnowledgeBase) -> Cause:
    condition = kb.conditions[c.condition]
    return Cause(
        id=condition.id,
        article=slug_of("condition", condition.id),
        name=condition.lay_name,
        clinical=condition.name,
        description=condition.description,
        percent=percent(c.probability),
        share=round(100 * c.probability),
        chance=chance(c.probability),
        urgency=c.urgency,
        speaks_for=_weights((w for w in c.contributions if w.decibans > 0), known, kb),
        speaks_against=_weights((w for w in c.contributions if w.decibans < 0), known, kb),
        missing=tuple(kb.findings[f].lay for f in c.expected_but_not_found[:4]),
        not_known=tuple(TEMPO_LAY[f] if f in TEMPO_LAY else kb.findings[f].lay for f in c.not_yet_known[:4]),
    )


def _weights(contributions: Iterable[Contribution], known: Known, kb: KnowledgeBase) -> tuple[Weight, ...]:
    items = known.result.posterior.items
    return tuple(_weight(c, in_words(items[c.item], kb), kb) for c in list(contributions)[:MOST_REASONS])


def _weight(c: Contribution, text: str, kb: KnowledgeBase) -> Weight:
    size = abs(c.decibans)
    strength = "strongly" if size >= STRONG_DECIBANS else "clearly" if size >= CLEAR_DECIBANS else "a little"
    source = kb.sources.get(c.source)
    return Weight(text, strength, source.citation if source else c.source)


def _test(step: NextStep, kb: KnowledgeBase) -> NextTest:
    test = kb.tests[step.test]
    outcomes: list[tuple[Any, str]] = [
        (test.outcome_name(e.outcome), kb.conditions[e.leading[0][0]].lay_name)
        for e in step.effects
        if e.leading and e.leading[0][0] in kb.conditions
    ]
    return NextTest(
        article=slug_of("test", test.id),
        name=test.name,
        lay=test.lay,
        why=test.why,
        when=f"Too early yet: {test.earliest_useful}" if step.too_early else "",
        preparation=test.preparation,
        not_if=tuple(test.contraindications),
        outcomes=tuple(outcomes),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
