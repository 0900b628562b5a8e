"""An article about a test: what it shows, what it asks of you, when it is worth having."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.domain.knowledge_base import Test
from soleus.reasoning.network import LEAST_OUTCOME
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Item, KeyFacts, Paragraph, Row, Section, Table, Text
from soleus.reports.articles.condition import JUDGED
from soleus.reports.articles.desk import Desk, guessed, slug_of, text
from soleus.reports.articles.grounds import Grounds
from soleus.reports.articles.words import capital, ended, low
from soleus.reports.book.shelf import STRENGTHS
from soleus.reports.words import URGENCY

MOST_CONDITIONS = 15
SPEAKS_FROM = 2.0
"""A condition is listed where an outcome is this many times as frequent as elsewhere. [-]"""
SEEN_FROM = 0.1
"""... and at least this share of people with it show the outcome. [-]"""
CATEGORIES = {
    "blood": "blood test",
    "csf": "test of the spinal fluid",
    "imaging": "scan or picture",
    "electrodiagnosis": "test of nerves and muscles by electricity",
    "examination": "examination",
    "genetic": "test of the genes",
    "biopsy": "sample of tissue",
    "urine": "urine test",
    "vascular": "test of the blood flow",
    "cardiac-respiratory": "test of heart or breathing",
}
BURDEN = ("nothing but the time", "a small discomfort", "some discomfort", "an intervention with some risk")
"""By `invasiveness`, 0 to 3."""


def articles(desk: Desk) -> Articles:
    for t in desk.kb.tests.values():
        yield article(desk, t)


def article(desk: Desk, t: Test) -> Article:
    """The article about one test."""
    cites = desk.new()
    grounds = Grounds("source", cites=(cites.cite(t.source),))
    told = _conditions(desk, t)
    claims = desk.claims_about([t.id])
    sections = (
        Section("At a glance", "at-a-glance", tuple(_glance(t, grounds))),
        Section("What it can show", "what-it-shows", tuple(_shows(desk, t, told, grounds))),
        Section("When it is worth having", "when", tuple(_when(t, grounds))),
        Section("How to prepare, and what it is like", "prepare", tuple(_prepare(t, grounds))),
        *desk.claims_section(claims, cites),
        Section("What it does not do", "limits", tuple(_limits(desk))),
    )
    return Article(
        slug_of("test", t.id),
        "test",
        t.id,
        capital(t.lay),
        f"{capital(ended(t.name))} {ended(t.why) if t.why else ''}".strip(),
        tuple(s for s in sections if s.blocks),
        desk.dates_of([desk.kb.conditions[c] for c, _, _ in told]),
        cites.notes(),
        (t.name, *t.synonyms),
        "",
        frozenset([f"test:{t.id}", *(f"condition:{c}" for c, _, _ in told), f"tests:{t.category}"]),
        tuple(c.id for c in claims),
    )


def _glance(t: Test, grounds: Grounds) -> Iterator[Block]:
    facts: list[tuple[str, Text]] = [
        ("Doctors call it", text(ended(t.name))),
        ("Kind", text(capital(ended(CATEGORIES.get(t.category, t.category.replace("-", " ")))))),
        ("What it asks of you", text(capital(ended(t.burden_text or BURDEN[min(t.invasiveness, 3)])))),
        ("How soon it is done", text(capital(f"{URGENCY[t.when][0].lower()}."))),
    ]
    yield KeyFacts(tuple(facts))
    if t.why:
        yield Paragraph(text(ended(t.why)), grounds)


def _conditions(desk: Desk, t: Test) -> list[tuple[str, str, float]]:
    """(condition, outcome that speaks for it, how many times as frequent), commonest conditions first among equals."""
    found = []
    for id_, shares in t.probabilities.items():
        if id_ == "*" or t.implies:
            continue
        ratio, best = max(
            (here / max(there, LEAST_OUTCOME), i) for i, (here, there) in enumerate(zip(shares, t.probabilities["*"], strict=True))
        )
        if ratio >= SPEAKS_FROM and shares[best] >= SEEN_FROM and best:
            found.append((id_, t.outcome_names[best], ratio))
    weight = {c.id: c.yield_per_100k for c in desk.kb.conditions.values()}
    return sorted(found, key=lambda x: (-weight[x[0]], x[0]))[:MOST_CONDITIONS]


def _shows(desk: Desk, t: Test, told: list[tuple[str, str, float]], grounds: Grounds) -> Iterator[Block]:
    results = []
    for name, limit in zip(t.outcome_names, t.limits, strict=True):
        words = name if limit is None else f"{name}: from {limit:g} {t.unit}".strip()
        results.append(Item(text(words), grounds if guessed(words) else None))
    yield Paragraph(text("The results it can have:"))
    yield Bullets(tuple(results))
    if told:
        rows = [
            Row((text(desk.link("condition", c)), text(outcome), text(capital(next(w for least, w in STRENGTHS if r >= least)))))
            for c, outcome, r in told
        ]
        yield Table(
            "Conditions for which a result speaks, commoner ones first",
            ("Condition", "Result", "Speaks"),
            tuple(rows),
            grounds=Grounds("estimate", cites=grounds.cites, why=JUDGED),
        )
    for outcome, risk in t.implies.items():
        yield Paragraph(text(f"{t.outcome_name(outcome)}: shows that this holds: {low(desk.kb.findings[risk].lay)}."))


def _when(t: Test, grounds: Grounds) -> Iterator[Block]:
    if t.earliest_useful:
        yield Paragraph(text("From when it tells something: ", low(ended(t.earliest_useful))), grounds)
    if t.wait_days:
        yield Paragraph(
            text(f"The result often takes about {t.wait_days} day{'' if t.wait_days == 1 else 's'} or more, by where you live."),
            Grounds("estimate", why="Waiting times differ between countries and clinics."),
        )
    if t.contraindications:
        yield Alert(
            "note", "Say so before the test if this holds for you", tuple(Item(text(capital(ended(c)))) for c in t.contraindications)
        )


def _prepare(t: Test, grounds: Grounds) -> Iterator[Block]:
    if t.preparation:
        yield Paragraph(text(ended(t.preparation)), grounds)


def _limits(desk: Desk) -> Iterator[Block]:
    yield Paragraph(
        text(
            "No test stands alone. A normal result early on may change later, and an odd result may mean nothing. "
            "What counts is the result together with what you tell and what the examination shows."
        )
    )
    yield Paragraph(text("If you get worse while you wait for it, do not wait: ", desk.link("help", "", "when to seek help"), "."))
