"""An article about something that can be measured again and again."""

from __future__ import annotations

from collections.abc import Iterator

from soleus.domain.measure import Amount, with_unit
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.norm import Norm, NormRow
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Figure, Item, KeyFacts, Paragraph, Row, Section, Span, Table, Text
from soleus.reports.articles.desk import Desk, guessed, item, slug_of, text
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.articles.words import capital, ended, joined, span

WHO = {"home": "you, at home", "clinic": "somebody trained", "phone": "a phone or watch"}
SEX = {"male": "men", "female": "women", None: "everybody"}


def articles(desk: Desk) -> Articles:
    for m in desk.measures.values():
        yield article(desk, m)


def article(desk: Desk, m: MeasureEntry) -> Article:
    """The article about one measure."""
    cites = desk.new()
    grounds = cites.support(m.support)
    claims = desk.claims_about([m.id])
    sections = (
        Section("What it tells", "what-it-tells", tuple(_what(m, grounds))),
        *((Section("How it looks", "figure", (Figure(f"m-{m.id}", m.name, m.name, m.figure),)),) if m.figure else ()),
        Section("How to measure it", "how-to", tuple(_how(m, grounds))),
        Section("What change is real", "change", tuple(_change(m, cites))),
        Section("What is usual", "usual", tuple(_usual(m, cites))),
        Section("Values that mean something", "thresholds", tuple(_thresholds(m, cites))),
        *desk.claims_section(claims, cites),
    )
    return Article(
        slug_of("measure", m.id),
        "measure",
        m.id,
        m.name,
        ended(m.lay),
        tuple(s for s in sections if s.blocks),
        desk.dates(m.review),
        cites.notes(),
        (m.id.replace("-", " "), *m.synonyms),
        "",
        frozenset([f"measure:{m.id}", f"measures:{m.group}", *(f"works:{w}" for w in (m.figure or {}).get("work", ()))]),
        tuple(c.id for c in claims),
    )


def _what(m: MeasureEntry, grounds: Grounds) -> Iterator[Block]:
    yield Paragraph(text(ended(m.lay)), guessed(m.lay) and grounds)
    facts: list[tuple[str, Text]] = [
        ("Measured by", text(f"{capital(joined((WHO[w] for w in m.who), 'or'))}.")),
        ("Unit", text(f"{m.unit}." if m.unit else "None.")),
        ("Better is", text(f"{'more' if m.sign > 0 else 'less'}.")),
    ]
    if m.needs:
        facts.append(("You need", text(f"{capital(joined(m.needs))}.")))
    if m.licence:
        facts.append(("Whose it is", text(ended(m.licence))))
    yield KeyFacts(tuple(facts))


def _how(m: MeasureEntry, grounds: Grounds) -> Iterator[Block]:
    yield Bullets(tuple(Item(text(ended(s))) for s in m.steps), ordered=True, grounds=grounds)
    for title, words in (("Keep the same each time: ", m.keep_the_same), ("Aids: ", m.aids), ("What it does not tell: ", m.caveat)):
        if words:
            yield Paragraph(text(Span(title, strong=True), ended(words)), guessed(words) and grounds)
    if m.safety:
        yield Alert("note", "Safety", (item(m.safety),))


def _change(m: MeasureEntry, cites: Citations) -> Iterator[Block]:
    rows = []
    amounts = (
        ("Two single values must differ by this much to be more than chance", m.mdc95),
        ("The smallest change that people notice", m.mcid),
        ("Usual error from one day to the next", m.sem),
        ("What healthy people lose in a year", m.ageing_per_year),
    )
    for name, amount in amounts:
        if amount is not None:
            rows.append(Row((text(capital(name)), text(_size(m, amount))), cites.amount(amount)))
    yield Paragraph(text("One worse value is often chance. Soleus looks at all of your values together before it says that you change."))
    yield Table("Chance and real change", ("What", "How much"), tuple(rows), "What this rests on")


def _size(m: MeasureEntry, a: Amount) -> str:
    if a.share:
        return f"{100 * a.value:.3g} % of the value"
    return with_unit(f"{a.value:g}", "grades" if m.grades else m.unit)


def _usual(m: MeasureEntry, cites: Citations) -> Iterator[Block]:
    for norm in m.norms:
        grounds = cites.support(norm.support)
        if norm.rows:
            rows = tuple(Row((text(_whom(r)), text(_value(r, m)))) for r in norm.rows)
            yield Table(f"Usual values: {norm.population}", ("Who", _column(norm)), rows, grounds=grounds)
        else:
            yield Paragraph(text(f"Soleus works out your usual value from a published equation ({norm.population})."), grounds)


def _column(norm: Norm) -> str:
    return "Middle value" if any(50 in r.percentiles for r in norm.rows) else "Average"


def _whom(r: NormRow) -> str:
    return f"{SEX[r.sex]}, {span(*r.ages)} years"


def _value(r: NormRow, m: MeasureEntry) -> str:
    if r.mean is not None:
        return with_unit(f"{r.mean:g}", m.unit)
    p = 50 if 50 in r.percentiles else min(r.percentiles, key=lambda x: abs(x - 50))
    mark = "" if p == 50 else f" ({p:g} of 100 people lie below)"
    return with_unit(f"{r.percentiles[p]:g}", m.unit) + mark


def _thresholds(m: MeasureEntry, cites: Citations) -> Iterator[Block]:
    items = tuple(
        Item(text(Span(f"{with_unit(f'{t.value:g}', m.unit)}, {t.name}: ", strong=True), ended(t.lay)), cites.support(t.support))
        for t in m.thresholds
    )
    if items:
        yield Bullets(items)
