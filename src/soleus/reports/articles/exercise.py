"""An article about an exercise, with its drawing."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.care.eligible import forbidden
from soleus.domain.exercise import Exercise
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Figure, Item, KeyFacts, Paragraph, Section, Text
from soleus.reports.articles.desk import Desk, guessed, item, paragraph, slug_of, text
from soleus.reports.articles.grounds import Citations
from soleus.reports.articles.training import dose_words
from soleus.reports.articles.words import GROUPS, MUSCLES, capital, ended, joined, low
from soleus.reports.careplan.sheet import CATEGORY

LEVELS = {
    1: "1 of 5: lying, or with help",
    2: "2 of 5: sitting, or well supported",
    3: "3 of 5: standing with your own weight",
    4: "4 of 5: on one leg, or with a load",
    5: "5 of 5: heavy loads or jumps",
}
SIDES = {"both": "both legs at once", "each": "one leg after the other", "whole": "the whole body"}
MOST_HAZARDS, MOST_CONDITIONS = 12, 12


def articles(desk: Desk) -> Articles:
    for e in desk.care.exercises.values():
        yield article(desk, e)


def article(desk: Desk, e: Exercise) -> Article:
    """The article about one exercise."""
    cites = desk.new()
    conditions = _conditions(desk, e)
    claims = desk.claims_about([e.id])
    sections = (
        Section("How it looks", "figure", (Figure(e.id, e.name, f"{e.name}. {ended(e.lay)}", e.figure),)),
        Section("How to do it", "how-to", tuple(_how(e))),
        Section("How much", "how-much", tuple(_dose(desk, e, cites))),
        Section("At a glance", "at-a-glance", tuple(_glance(desk, e))),
        Section("Easier and harder", "easier-and-harder", tuple(_steps(desk, e))),
        Section("Safety", "safety", tuple(_safety(desk, e))),
        Section("Where it is used", "used-for", tuple(_used(desk, conditions))),
        *desk.claims_section(claims, cites),
    )
    return Article(
        slug_of("exercise", e.id),
        "exercise",
        e.id,
        e.name,
        ended(e.lay),
        tuple(s for s in sections if s.blocks),
        desk.dates(e.review),
        cites.notes(),
        tuple(dict.fromkeys((e.id.replace("-", " "), e.action, *(t.replace("-", " ") for t in e.tags)))),
        "",
        frozenset(
            [f"exercise:{e.id}", *(f"exercise:{s.to}" for s in (e.easier, e.harder) if s.to)]
            + [f"condition:{c}" for c in conditions]
            + [f"muscles:{e.category}:{g}" for g in e.groups]
            + [f"works:{m}" for m in e.muscles]
        ),
        tuple(c.id for c in claims),
    )


def _how(e: Exercise) -> Iterator[Block]:
    yield Bullets(tuple(item(c) for c in e.cues), ordered=True)
    yield Alert("note", "Common slips", tuple(item(f) for f in e.faults))


def _dose(desk: Desk, e: Exercise, cites: Citations) -> Iterator[Block]:
    scale = desk.care.rules["omni-scale"]
    yield Paragraph(text(f"A usual start: {dose_words(e.dose)}."), cites.support(e.support))
    yield Paragraph(text(f"How effort is counted: {ended(scale.text)}"), cites.support(scale.support))
    yield Paragraph(text("Your plan may ask for less or more, by your strength and the cause."))


def _glance(desk: Desk, e: Exercise) -> Iterator[Block]:
    groups = [GROUPS[g] for g in e.groups]
    facts: list[tuple[str, Text]] = [
        ("Kind", text(f"{CATEGORY[e.category]}.")),
        ("Trains", text(f"{capital(joined(MUSCLES[m] for m in e.muscles))}.")),
        *([("Works along", text(f"{capital(joined(MUSCLES[m] for m in e.also))}."))] if e.also else []),
        ("Muscle groups", text(f"{capital(joined(groups))}.")),
        ("Sides", text(f"{capital(SIDES[e.sides])}.")),
        ("Level", text(f"{LEVELS[e.level]}.")),
        ("You need", text(f"{capital(joined(low(desk.care.equipment[i].name) for i in e.equipment))}." if e.equipment else "Nothing.")),
    ]
    yield KeyFacts(tuple(facts))


def _steps(desk: Desk, e: Exercise) -> Iterator[Block]:
    items = []
    for name, step in (("Easier: ", e.easier), ("Harder: ", e.harder)):
        becomes = (" This becomes: ", desk.link("exercise", step.to), ".") if step.to else ()
        items.append(Item(text(name, ended(step.how), *becomes), guessed(step.how)))
    yield Bullets(tuple(items))


def _safety(desk: Desk, e: Exercise) -> Iterator[Block]:
    yield paragraph(e.safety)
    hazards = [h for h in desk.care.hazards.values() if h.facts and forbidden(e, h)]
    hazards.sort(key=lambda h: not (h.groups or e.id in h.exercises or h.id in e.not_for))  # those about this muscle or exercise first
    if hazards:
        items = []
        for h in hazards[:MOST_HAZARDS]:
            whom = joined(dict.fromkeys(desk.who(h.facts)), "or")
            items.append(item(f"If you {whom}: {low(h.lay)}"))
        more = len(hazards) - len(items)
        if more:
            items.append(Item(text("There are more reasons; a plan made by Soleus looks at all of them for you.")))
        yield Alert("note", "Leave it out", tuple(items))
    yield Alert(
        "note", "Stop", (Item(text(ended(desk.care.rules["stop-now"].text))), Item(text(desk.link("help", "", "When to seek help"))))
    )


def _conditions(desk: Desk, e: Exercise) -> list[str]:
    """The conditions whose training prefers it."""
    regimens = {r.id for r in desk.care.regimens.values() if e.id in r.prefer}
    found = (c for p in desk.care.pathways.values() if any(s.regimen in regimens for s in p.stages) for c in p.conditions)
    weight = {c.id: c.yield_per_100k for c in desk.kb.conditions.values()}
    return sorted(dict.fromkeys(found), key=lambda c: (-weight[c], c))[:MOST_CONDITIONS]


def _used(desk: Desk, conditions: list[str]) -> Iterator[Block]:
    if conditions:
        yield Paragraph(text("Often part of the training in these conditions, commoner ones first:"))
        yield Bullets(tuple(Item(text(desk.link("condition", c))) for c in conditions))
