"""Where articles are written: all that is known, the links between articles, and what every article shares."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soleus.domain.care import CareKnowledge, Caution, Pathway, Prevention
from soleus.domain.finding import Finding, Kind
from soleus.domain.knowledge_base import Condition, KnowledgeBase, level_rank
from soleus.domain.ledger import Claim, Ledger
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.support import Review
from soleus.knowledge.loader import Library
from soleus.reasoning.network import Network
from soleus.reports.articles.article import Dates
from soleus.reports.articles.blocks import Alert, Block, ClaimChecked, Item, Paragraph, Section, Span, Text
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.articles.words import CAUTION, VERDICT, capital, ended, low
from soleus.reports.book.shelf import Shelf
from soleus.reports.words import URGENCY

HELP = "when-to-seek-help"
ENTRY = "weakness-at-the-back-of-the-leg"
PREFIXES: Mapping[str, str] = {
    "condition": "condition",
    "finding": "symptom",
    "test": "test",
    "treatment": "treatment",
    "technique": "technique",
    "exercise": "exercise",
    "prevention": "prevention",
    "device": "aid",
    "measure": "measure",
    "help": HELP,
}
"""How the slug of each kind of entry begins. It is made of kind and id alone, so that it stays as long as the entry does."""
_DIGIT = re.compile(r"\d")
UNSOURCED = "Written from clinical descriptions; the figure has not been tied to one source."
NOT_A_DIAGNOSIS = "This page informs. It cannot tell whether you have it; that takes somebody who listens to you and examines you."


def slug_of(kind: str, id_: str) -> str:
    """The address of the article about an entry.

    Examples:
        >>> slug_of("finding", "numb-sole"), slug_of("help", "")
        ('symptom-numb-sole', 'when-to-seek-help')
    """
    if kind == "entry":
        return ENTRY
    return f"{PREFIXES[kind]}-{id_}" if id_ else PREFIXES[kind]


def text(*parts: str | Span | Text) -> Text:
    """Spans in a row."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans += [Span(part)] if part else []
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans += part
    return tuple(spans)


def guessed(words: str) -> Grounds | None:
    """A text without a source of its own: where it holds figures, they are marked as an estimate."""
    return Grounds("estimate", why=UNSOURCED) if _DIGIT.search(words) else None


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(ended(words)), guessed(words))


def item(words: str) -> Item:
    return Item(text(ended(words)), guessed(words))


@dataclass(frozen=True)
class Desk:
    """The knowledge, and the looks into it that several kinds of articles need."""

    kb: KnowledgeBase
    care: CareKnowledge
    ledger: Ledger
    measures: Mapping[str, MeasureEntry]
    network: Network
    checked: Mapping[str, datetime.date] = field(default_factory=dict)
    """Day on which each condition was last checked against its sources, by id."""

    @cached_property
    def shelf(self) -> Shelf:
        """The book's view of how strongly findings speak; it needs the compiled network and no more of the entries."""
        return Shelf(Library(self.kb, {}), self.network, self.ledger)

    @cached_property
    def telling(self) -> tuple[Finding, ...]:
        """The symptoms that move a probability; the rows of `present` and `ratios`."""
        return tuple(f for f in self.symptoms.values() if f.parent != "neutral")

    @cached_property
    def present(self) -> NDArray[np.float64]:
        """P(symptom | condition) before anything is known; (S, C + 1), the last column is any other cause. [-]"""
        return np.stack([self.shelf.present_in(f) for f in self.telling])

    @cached_property
    def ratios(self) -> NDArray[np.float64]:
        """P(symptom | condition) / P(symptom | any other cause); (S, C + 1). [-]"""
        prior = self.shelf.prior
        elsewhere = ((self.present @ prior)[:, None] - prior * self.present) / (1 - prior)
        return self.present / elsewhere

    # -- links -------------------------------------------------------------------------------------------------------

    @cached_property
    def symptoms(self) -> Mapping[str, Finding]:
        """The findings that a person can notice and tell; risks are no symptoms."""
        return {f.id: f for f in self.kb.findings.values() if "person" in f.who and f.kind is not Kind.RISK}

    @cached_property
    def tables(self) -> Mapping[str, tuple[Mapping[str, Any], str]]:
        """Entries that have an article, by kind, and the field with the name people read."""
        care = self.care
        return {
            "condition": (self.kb.conditions, "lay_name"),
            "finding": (self.symptoms, "lay"),
            "test": (self.kb.tests, "lay"),
            "treatment": (care.treatments, "name"),
            "technique": (care.techniques, "name"),
            "exercise": (care.exercises, "name"),
            "prevention": (care.prevention, "name"),
            "device": (care.devices, "name"),
            "measure": (self.measures, "name"),
        }

    def name(self, kind: str, id_: str) -> str:
        table, field_ = self.tables[kind]
        return str(getattr(table[id_], field_))

    def link(self, kind: str, id_: str, words: str = "") -> Span:
        """A span that leads to the article of an entry; plain text where it has none.

        Raises:
            KeyError: If there is no such entry.
        """
        if kind == "help":
            return Span(words or {"": "When to seek help"}.get(id_) or URGENCY[id_][0].capitalize(), slug_of(kind, id_))
        if kind == "finding" and id_ not in self.symptoms:
            return Span(words or self.kb.findings[id_].lay)
        name = self.name(kind, id_)
        return Span(words or name, slug_of(kind, id_))

    # -- care --------------------------------------------------------------------------------------------------------

    def pathway(self, condition: str) -> Pathway:
        return self._pathways[condition]

    @cached_property
    def _pathways(self) -> Mapping[str, Pathway]:
        return {c: p for p in self.care.pathways.values() for c in p.conditions}

    @cached_property
    def facts_of(self) -> Mapping[str, frozenset[str]]:
        """The facts of care that each condition brings, wider ones included."""
        wider: dict[str, set[str]] = {}
        for fact in self.care.facts.values():
            for narrower in fact.facts:
                wider.setdefault(narrower, set()).add(fact.id)

        def closed(direct: set[str]) -> frozenset[str]:
            held, stack = set(direct), list(direct)
            while stack:
                for fact in wider.get(stack.pop(), set()) - held:
                    held.add(fact)
                    stack.append(fact)
            return frozenset(held)

        return {
            c.id: closed({f.id for f in self.care.facts.values() if c.id in f.conditions or set(c.groups) & set(f.groups)})
            for c in self.kb.conditions.values()
        }

    @cached_property
    def conditions_with(self) -> Mapping[str, tuple[str, ...]]:
        """The conditions that bring each fact."""
        found: dict[str, list[str]] = {}
        for condition, facts in self.facts_of.items():
            for fact in facts:
                found.setdefault(fact, []).append(condition)
        return {fact: tuple(sorted(conditions)) for fact, conditions in found.items()}

    def prevention_for(self, condition: str) -> list[Prevention]:
        """The steps of prevention that are meant for a condition, those for fewer conditions first."""
        held = self.facts_of[condition]
        fitting = [p for p in self.care.prevention.values() if set(p.facts) & held and not set(p.not_facts) & held]
        return sorted(fitting, key=lambda p: (min(len(self.conditions_with[f]) for f in p.facts if f in held), p.id))

    def who(self, facts: Iterable[str]) -> list[str]:
        """For whom, in plain words: "smoke", "take a blood thinner"."""
        return [self.care.facts[f].lay for f in facts]

    def cautions(self, cautions: Iterable[Caution], cites: Citations) -> Iterator[Item]:
        """Warnings, the gravest first: for whom, how grave, why."""
        order = list(CAUTION)
        for c in sorted(cautions, key=lambda c: order.index(c.level)):
            whom = " or ".join(self.who(c.facts)) + (f", and {' or '.join(self.who(c.together))}" if c.together else "")
            yield Item(text(Span(f"{CAUTION[c.level]} if you {whom}: ", strong=True), ended(c.warning)), cites.support(c.support))

    # -- parts that articles share -----------------------------------------------------------------------------------

    def claims_about(self, ids: Iterable[str]) -> list[Claim]:
        wanted = set(ids)
        return [c for c in self.ledger.claims.values() if wanted & set(c.about)]

    def claims_section(self, claims: Iterable[Claim], cites: Citations) -> tuple[Section, ...]:
        """Claims checked, or nothing."""
        blocks: tuple[Block, ...] = tuple(self._claim(c, cites) for c in claims)
        return (Section("Claims checked", "claims", blocks),) if blocks else ()

    def _claim(self, c: Claim, cites: Citations) -> ClaimChecked:
        numbers = tuple(cites.cite(ref, at) for ref, at in c.sources)
        grounds = Grounds("source", c.certainty, cites=numbers, why="; ".join(at for _, at in c.sources))
        return ClaimChecked(c.id, c.claim, c.verdict, VERDICT[c.verdict], text(ended(c.why)), grounds)

    def alarms(self, rules: Iterable[str], cites: Citations, most: int) -> Alert | None:
        """The red flags of the highest level among those named, in their order, as one alert; None where nothing hurries."""
        flags = [self.kb.rules[r] for r in rules]
        urgent = [r for r in sorted(flags, key=lambda r: -level_rank(r.level)) if r.level in ("emergency", "same_day")]
        if not urgent:
            return None
        level = urgent[0].level
        items = [
            Item(text(ended(capital(r.lay.strip()))), Grounds("source", cites=(cites.cite(r.ref, r.at),), why=r.at))
            for r in urgent
            if r.level == level
        ]
        more = (Item(text("All of them: ", self.link("help", level, f"{URGENCY[level][0].capitalize()}"))),)
        return Alert(level, f"If one of these is true: {low(URGENCY[level][1])}", tuple(items[:most]) + more)

    def flags_of(self, finding: str) -> list[str]:
        """The red flags in which a finding has a part: those that turn on it first, then those that name few others."""
        rules = self.shelf.flags_of.get(f"findings/{finding}.html", [])
        return sorted(rules, key=lambda r: (finding not in self.kb.rules[r].essential, self._breadth[r], r))

    @cached_property
    def _breadth(self) -> Counter[str]:
        """How many findings and tests each red flag mentions."""
        return Counter(rule for rules in self.shelf.flags_of.values() for rule in rules)

    def dates(self, review: Review) -> Dates:
        return Dates(review.checked_against_source, review.checked_against_source, review.next, review.clinician)

    def dates_of(self, conditions: Iterable[Condition]) -> Dates:
        """Of an article that is built from conditions: it is as old as the one that was checked longest ago."""
        found = [(self.checked[c.id], datetime.date.fromisoformat(c.review_next)) for c in conditions]
        if not found:
            found = [(self.checked[c.id], datetime.date.fromisoformat(c.review_next)) for c in self.kb.conditions.values()]
        return Dates(min(d for d, _ in found), min(d for d, _ in found), min(n for _, n in found))

    def new(self) -> Citations:
        return Citations(self.kb.sources)
