"""An article about something a person can notice and tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from soleus.domain.finding import Finding
from soleus.domain.knowledge_base import Condition
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Block, Bullets, Item, KeyFacts, Paragraph, Section, Table, Text
from soleus.reports.articles.blocks import Row as TableRow
from soleus.reports.articles.desk import Desk, item, paragraph, slug_of, text
from soleus.reports.articles.grounds import Grounds
from soleus.reports.articles.words import capital, ended, joined, low
from soleus.reports.book.shelf import STRENGTHS
from soleus.reports.words import URGENCY

MOST_COMMON, MOST_POINTED, MOST_URGENT, MOST_ALARMS, MOST_PHRASES = 8, 6, 6, 5, 8
POINTS_FROM = 4.0
"""A rarer cause is named where the symptom is this many times as frequent in it as elsewhere. [-]"""
RELEVANT_FROM = 1.3
"""... and an urgent or common one from here on. [-]"""
HAS_IT_FROM = 0.1
"""No cause is named in which fewer than this share have the symptom. [-]"""
COMPUTED = Grounds("computed", why="Ranked from how common each cause is and how often it shows this; see the page of the cause.")


@dataclass(frozen=True)
class Causes:
    """Conditions to think of with one finding."""

    common: tuple[tuple[Condition, float], ...]
    """With the likelihood ratio of the finding. [-]"""
    pointed: tuple[tuple[Condition, float], ...]
    urgent: tuple[tuple[Condition, float], ...]

    @property
    def all(self) -> list[Condition]:
        return [c for part in (self.common, self.pointed, self.urgent) for c, _ in part]


def articles(desk: Desk) -> Articles:
    for f in desk.symptoms.values():
        yield article(desk, f)


def causes_of(desk: Desk, f: Finding) -> Causes:
    """The commonest causes with it, the rarer ones it points to, and those that cannot wait."""
    if f.parent == "neutral":
        return Causes((), (), ())
    row = desk.telling.index(f)
    present, ratios = desk.present[row], desk.ratios[row]
    fitting = np.flatnonzero((ratios >= RELEVANT_FROM) & (present >= HAS_IT_FROM))
    fitting = fitting[np.argsort(-(desk.shelf.prior * present)[fitting], kind="stable")]
    names = desk.network.conditions
    ranked = [(desk.kb.conditions[names[i]], float(ratios[i])) for i in fitting if names[i] in desk.kb.conditions]
    common = ranked[:MOST_COMMON]
    rest = ranked[MOST_COMMON:]
    urgent = [x for x in rest if x[0].urgency in ("emergency", "same_day")][:MOST_URGENT]
    pointed = sorted((x for x in rest if x[1] >= POINTS_FROM and x not in urgent), key=lambda x: (-x[1], x[0].id))[:MOST_POINTED]
    return Causes(tuple(common), tuple(pointed), tuple(urgent))


def article(desk: Desk, f: Finding) -> Article:
    """The article about one symptom."""
    cites = desk.new()
    causes = causes_of(desk, f)
    alert = desk.alarms(desk.flags_of(f.id), cites, MOST_ALARMS)
    claims = desk.claims_about([f.id])
    neighbours = [*f.is_a, *(n.id for n in desk.symptoms.values() if f.id in n.is_a)]
    sections = (
        *((Section("When it is urgent", "urgent", (alert,)),) if alert else ()),
        Section("What it is", "what-it-is", tuple(_what(desk, f))),
        Section("What it can come from", "causes", tuple(_causes(desk, causes))),
        Section("How it is checked", "check", tuple(_check(f))),
        *((Section("Close to it", "close", (Bullets(tuple(_neighbours(desk, neighbours))),)),) if neighbours else ()),
        *desk.claims_section(claims, cites),
        Section("What to do", "what-to-do", tuple(_what_to_do(desk, f, causes))),
    )
    for ref in f.sources:
        cites.cite(ref)
    return Article(
        slug_of("finding", f.id),
        "symptom",
        f.id,
        capital(f.lay),
        _lead(f),
        tuple(s for s in sections if s.blocks),
        desk.dates_of(causes.all),
        cites.notes(),
        tuple(dict.fromkeys(n for n in (f.name, f.id.replace("-", " "), *f.synonyms) if n.lower() != f.lay.lower())),
        "",
        frozenset(
            [f"finding:{f.id}", *(f"finding:{n}" for n in neighbours)]
            + [f"condition:{c.id}" for c in causes.all]
            + [f"syndrome:{f.syndrome}"]
        ),
        tuple(c.id for c in claims),
    )


def _lead(f: Finding) -> str:
    if f.name.lower() == f.lay.lower():
        return f"{capital(ended(f.lay))} What it can come from, what makes it urgent, and what to do."
    return f"Doctors call it: {low(f.name)}. What it can come from, what makes it urgent, and what to do."


def _what(desk: Desk, f: Finding) -> Iterator[Block]:
    facts: list[tuple[str, Text]] = [("In plain words", text(capital(ended(f.lay)))), ("Doctors call it", text(ended(f.name)))]
    if f.question:
        facts.append(("Ask yourself", text(f.question)))
    phrases = [p for p in f.synonyms if len(p) < 50][:MOST_PHRASES]
    if phrases:
        facts.append(("People say", text(f"{'; '.join(phrases)}.")))
    yield KeyFacts(tuple(facts))
    if f.syndrome:
        yield Paragraph(text(f"It often comes as part of a group of signs: {low(desk.kb.syndromes[f.syndrome].lay)}."))


def _causes(desk: Desk, causes: Causes) -> Iterator[Block]:
    if not causes.all:
        yield Paragraph(text("On its own it points to no cause. It counts together with the other things you notice."))
        return
    yield Paragraph(
        text("One symptom never names the cause. These lists show what a doctor thinks of; other signs and tests tell them apart.")
    )
    groups = (
        ("More common causes", causes.common),
        ("Rarer causes that it points to", causes.pointed),
        ("Less common, but must not be missed", causes.urgent),
    )
    for title, part in groups:
        if part:
            rows = tuple(
                TableRow((text(desk.link("condition", c.id)), text(_speaks(ratio)), text(URGENCY[c.urgency][0].capitalize())))
                for c, ratio in part
            )
            yield Table(title, ("Cause", "This symptom speaks", "How soon to be seen"), rows, grounds=COMPUTED)


def _speaks(ratio: float) -> str:
    return next(words for least, words in STRENGTHS if ratio >= least) if ratio >= 2 else "a little for"


def _check(f: Finding) -> Iterator[Block]:
    if f.examine:
        yield paragraph(f"At the doctor's: {low(f.examine)}")


def _neighbours(desk: Desk, ids: list[str]) -> Iterator[Item]:
    for id_ in dict.fromkeys(ids):
        if id_ in desk.symptoms:
            yield Item(text(desk.link("finding", id_, capital(desk.name("finding", id_)))))


def _what_to_do(desk: Desk, f: Finding, causes: Causes) -> Iterator[Block]:
    pair = "which side, " if f.sided else ""
    yield Bullets(
        (
            item(f"Write down when it began, {pair}and whether it grows"),
            item("Look for the signs that make it urgent, and act on them first"),
            Item(text("Read ", desk.link("help", "", "when to seek help"), ", and take this page to your visit.")),
        )
    )
    soonest = [u for u in ("emergency", "same_day", "within_2_weeks") if any(c.urgency == u for c, _ in causes.common)]
    if soonest:
        words = joined(URGENCY[u][0].lower() for u in soonest)
        yield Paragraph(text(f"Among the more common causes are some that should be seen: {words}."))
