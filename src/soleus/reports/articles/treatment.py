"""Articles about treatments, and about techniques of physical therapy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from soleus.domain.care import Option, Pathway, Technique, Treatment
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Checklist, Item, KeyFacts, Paragraph, Row, Section, Table, Text
from soleus.reports.articles.desk import Desk, guessed, item, slug_of, text
from soleus.reports.articles.grounds import Citations
from soleus.reports.articles.words import capital, ended, joined
from soleus.reports.careplan.words import LINE

KIND = {
    "medicine": "A medicine",
    "surgery": "An operation",
    "procedure": "A procedure",
    "physical-therapy": "Physical therapy",
    "aid": "An aid",
    "underlying": "Treating the cause",
    "lifestyle": "Something you do yourself",
    "supportive": "Support",
    "monitoring": "Regular checks",
}
Use = tuple[Pathway, Option]


def articles(desk: Desk) -> Articles:
    uses: dict[str, list[Use]] = {}
    for pathway in desk.care.pathways.values():
        for option in pathway.options:
            uses.setdefault(option.treatment, []).append((pathway, option))
    for t in desk.care.treatments.values():
        yield treatment(desk, t, uses.get(t.id, []))
    for technique_ in desk.care.techniques.values():
        yield technique(desk, technique_)


def treatment(desk: Desk, t: Treatment, uses: Sequence[Use]) -> Article:
    """The article about one treatment."""
    cites = desk.new()
    conditions = list(dict.fromkeys(c for pathway, _ in uses for c in pathway.conditions))
    claims = desk.claims_about([t.id])
    cautions = tuple(desk.cautions(t.cautions, cites))
    sections = (
        Section("What it is", "what-it-is", tuple(_what(t, cites))),
        Section("For whom", "for-whom", tuple(_uses(desk, uses, cites))),
        Section("When it is not right, or needs care", "cautions", tuple(_cautions(cautions))),
        Section("Before and while you have it", "before-and-during", tuple(_watch(t))),
        *desk.claims_section(claims, cites),
        Section("Deciding", "deciding", tuple(_deciding(desk, t))),
    )
    return Article(
        slug_of("treatment", t.id),
        "treatment",
        t.id,
        t.name,
        ended(t.lay),
        tuple(s for s in sections if s.blocks),
        desk.dates(t.review),
        cites.notes(),
        (*t.examples, t.id.replace("-", " ")),
        "",
        frozenset([f"treatment:{t.id}", *(f"condition:{c}" for c in conditions), f"kind:{t.kind}"]),
        tuple(c.id for c in claims),
    )


def _what(t: Treatment, cites: Citations) -> Iterator[Block]:
    yield Paragraph(text(ended(t.lay)), cites.support(t.support))
    facts: list[tuple[str, Text]] = [("Kind", text(f"{KIND[t.kind]}."))]
    if t.examples:
        facts.append(("Examples", text(f"{', '.join(t.examples)}.")))
    if t.kind == "medicine":
        facts.append(("Where you get it", text("On prescription." if t.prescription else "Without prescription; still ask a pharmacist.")))
    yield KeyFacts(tuple(facts))
    if t.label_limit:
        yield Paragraph(text("Limit on the label: ", ended(t.label_limit)), cites.support(t.support))


def _uses(desk: Desk, uses: Sequence[Use], cites: Citations) -> Iterator[Block]:
    if not uses:
        return
    rows = []
    for pathway, option in sorted(uses, key=lambda u: (list(LINE).index(u[1].line), u[0].name)):
        links: list[str] = []
        cell: Text = ()
        for c in pathway.conditions:
            cell = (*cell, *text("; " if links else "", desk.link("condition", c)))
            links.append(c)
        when = ". ".join(capital(p.rstrip(".")) for p in (option.when, option.note) if p)
        rows.append(Row((cell, text(capital(LINE[option.line])), text(when)), cites.support(option.support)))
    yield Table("Conditions in which it is an option", ("Condition", "In what order", "When"), tuple(rows), "How sure")


def _cautions(items: tuple[Item, ...]) -> Iterator[Block]:
    if items:
        yield Bullets(items)


def _watch(t: Treatment) -> Iterator[Block]:
    if t.always:
        yield Checklist("Ask or tell before it starts", tuple(item(a) for a in t.always))
    if t.watch:
        yield Paragraph(text("While it goes on: ", ended(t.watch)), guessed(t.watch))


def _deciding(desk: Desk, t: Treatment) -> Iterator[Block]:
    if t.kind == "medicine":
        yield Alert(
            "note",
            "Never start, stop or change a medicine on the strength of a page",
            (item("Some must not be stopped from one day to the next. Talk to the doctor or pharmacist who knows your list"),),
        )
    yield Paragraph(
        text(
            "Good questions to ask: What can I gain, and how likely is that? What can go wrong? What else is there? "
            "What happens if we wait? If things get worse meanwhile, see ",
            desk.link("help", "", "when to seek help"),
            ".",
        )
    )


def technique(desk: Desk, t: Technique) -> Article:
    """The article about one technique of physical therapy."""
    cites = desk.new()
    grounds = cites.support(t.support)
    conditions = sorted({c for f in t.facts for c in desk.conditions_with.get(f, ())})
    cautions = tuple(desk.cautions(t.cautions, cites))
    claims = desk.claims_about([t.id])
    facts: tuple[tuple[str, Text], ...] = (
        ("What it is worth", text(capital(f"{t.grade}."))),
        ("Used for", text(ended(t.use))),
        *((("Of interest if you", text(f"{joined(desk.who(t.facts), 'or')}.")),) if t.facts else ()),
    )
    sections = (
        Section("What it is", "what-it-is", (Paragraph(text(ended(t.lay)), grounds), KeyFacts(facts))),
        Section("What studies say", "evidence", (Paragraph(text(ended(t.evidence)), grounds),)),
        *((Section("How much", "how-much", (Paragraph(text(ended(t.dose)), grounds),)),) if t.dose else ()),
        Section("When it is not right, or needs care", "cautions", tuple(_cautions(cautions))),
        Section("Before it starts", "before", (Checklist("Ask or tell", tuple(item(a) for a in t.always)),) if t.always else ()),
        *desk.claims_section(claims, cites),
    )
    return Article(
        slug_of("technique", t.id),
        "treatment",
        t.id,
        t.name,
        ended(t.lay),
        tuple(s for s in sections if s.blocks),
        desk.dates(t.review),
        cites.notes(),
        (t.id.replace("-", " "),),
        "",
        frozenset([f"technique:{t.id}", *(f"condition:{c}" for c in conditions), "kind:physical-therapy"]),
        tuple(c.id for c in claims),
    )
