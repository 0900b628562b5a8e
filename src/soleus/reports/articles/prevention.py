"""An article about a step of prevention."""

from __future__ import annotations

from soleus.domain.care import Prevention
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Bullets, Checklist, Item, KeyFacts, Paragraph, Section, Text
from soleus.reports.articles.desk import Desk, item, slug_of, text
from soleus.reports.articles.words import capital, ended

KIND = {"habit": "A habit", "check-up": "A check-up", "home": "A change at home", "sport": "For sport", "medical": "A medical step"}
MOST_CONDITIONS = 12


def articles(desk: Desk) -> Articles:
    for p in desk.care.prevention.values():
        yield article(desk, p)


def article(desk: Desk, p: Prevention) -> Article:
    """The article about one step of prevention."""
    cites = desk.new()
    grounds = cites.support(p.support)
    conditions = _conditions(desk, p)
    cautions = tuple(desk.cautions(p.cautions, cites))
    claims = desk.claims_about([p.id])
    whom: Text = text(f"You, if you {' or '.join(desk.who(p.facts))}." if p.facts else "Everybody with a weak leg, and most others too.")
    facts: tuple[tuple[str, Text], ...] = (
        ("Kind", text(f"{KIND[p.kind]}.")),
        ("For whom", whom),
        *((("Not for you if you", text(f"{' or '.join(desk.who(p.not_facts))}.")),) if p.not_facts else ()),
    )
    sections = (
        Section("What to do", "what-to-do", (Paragraph(text(ended(p.action)), grounds), KeyFacts(facts))),
        Section("What it is worth", "effect", (Paragraph(text(ended(p.effect)), grounds),)),
        *((Section("Tick off", "checklist", (Checklist(p.name, tuple(item(c) for c in p.checklist)),)),) if p.checklist else ()),
        *((Section("When it needs care", "cautions", (Bullets(cautions),)),) if cautions else ()),
        *desk.claims_section(claims, cites),
        *(
            (
                Section(
                    "Conditions it goes with", "conditions", (Bullets(tuple(Item(text(desk.link("condition", c))) for c in conditions)),)
                ),
            )
            if conditions
            else ()
        ),
    )
    return Article(
        slug_of("prevention", p.id),
        "prevention",
        p.id,
        p.name,
        ended(p.action),
        sections,
        desk.dates(p.review),
        cites.notes(),
        (p.id.replace("-", " "), capital(KIND[p.kind])),
        "",
        frozenset([f"prevention:{p.id}", *(f"condition:{c}" for c in conditions), f"fact:{','.join(p.facts)}"]),
        tuple(c.id for c in claims),
    )


def _conditions(desk: Desk, p: Prevention) -> list[str]:
    found = {c for f in p.facts for c in desk.conditions_with.get(f, ())}
    weight = {c.id: c.yield_per_100k for c in desk.kb.conditions.values()}
    return sorted(found, key=lambda c: (-weight[c], c))[:MOST_CONDITIONS]
