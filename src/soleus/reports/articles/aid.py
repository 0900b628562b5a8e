"""An article about a brace, a walking aid or a change at home."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.domain.care import Device, Weakness
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Block, Bullets, Checklist, Item, Paragraph, Section
from soleus.reports.articles.desk import Desk, item, slug_of, text
from soleus.reports.articles.grounds import Grounds
from soleus.reports.articles.words import GROUPS, ended, joined

LIMITS = Grounds("estimate", why="The grades are a rule of thumb; an orthotist or physiotherapist decides after watching you walk.")
MOST_CONDITIONS = 15


def articles(desk: Desk) -> Articles:
    for d in desk.care.devices.values():
        yield article(desk, d)


def article(desk: Desk, d: Device) -> Article:
    """The article about one aid."""
    cites = desk.new()
    grounds = cites.support(d.support)
    conditions = [c for p in desk.care.pathways.values() if d.id in p.devices for c in p.conditions]
    cautions = tuple(desk.cautions(d.cautions, cites))
    claims = desk.claims_about([d.id])
    sections = (
        Section("What it is", "what-it-is", (Paragraph(text(ended(d.lay)), grounds),)),
        Section("When it is thought of", "when", tuple(_when(desk, d, conditions))),
        *((Section("How it is chosen and used", "how", (Paragraph(text(ended(d.how)), grounds),)),) if d.how else ()),
        *((Section("When it is not right, or needs care", "cautions", (Bullets(cautions),)),) if cautions else ()),
        *((Section("Before you get it", "before", (Checklist("Check or ask", tuple(item(a) for a in d.always)),)),) if d.always else ()),
        *desk.claims_section(claims, cites),
    )
    return Article(
        slug_of("device", d.id),
        "aid",
        d.id,
        d.name,
        ended(d.lay),
        tuple(s for s in sections if s.blocks),
        desk.dates(d.review),
        cites.notes(),
        (d.id.replace("-", " "),),
        "",
        frozenset([f"device:{d.id}", *(f"condition:{c}" for c in conditions), *(f"weak:{g}" for w in d.weakness for g in w.groups)]),
        tuple(c.id for c in claims),
    )


def _when(desk: Desk, d: Device, conditions: list[str]) -> Iterator[Block]:
    if d.weakness:
        lines = tuple(Item(text(_weakness(w)), LIMITS) for w in d.weakness)
        yield Paragraph(text("When these muscles are weak (strength grades run from 0, no twitch, to 5, full strength):"), LIMITS)
        yield Bullets(lines)
    if d.facts:
        yield Paragraph(
            text(f"Or when you {joined(desk.who(d.facts), 'or')}." if d.weakness else f"When you {joined(desk.who(d.facts), 'or')}.")
        )
    if conditions:
        yield Paragraph(text("Often used in:"))
        yield Bullets(tuple(Item(text(desk.link("condition", c))) for c in conditions[:MOST_CONDITIONS]))


def _weakness(w: Weakness) -> str:
    groups = joined((GROUPS[g] for g in w.groups), "or")
    least = f", but at least grade {w.at_least}" if w.at_least != "0" else ""
    return f"{groups}: weaker than grade {w.below}{least}."
