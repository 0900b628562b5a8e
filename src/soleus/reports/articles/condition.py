"""An article about a condition, for people who may have it or look after somebody who has."""

from __future__ import annotations

import math
from collections.abc import Iterator

from soleus.domain.care import Option, Pathway, Prevention, Regimen, Stage
from soleus.domain.finding import Finding
from soleus.domain.knowledge_base import Condition, Test
from soleus.reasoning.network import LEAST_OUTCOME
from soleus.reports.articles.article import Article, Articles
from soleus.reports.articles.blocks import Alert, Block, Bullets, Item, KeyFacts, Paragraph, Row, Section, Span, Table, Text
from soleus.reports.articles.desk import NOT_A_DIAGNOSIS, Desk, guessed, item, paragraph, slug_of, text
from soleus.reports.articles.grounds import Citations, Grounds
from soleus.reports.articles.training import dose_items
from soleus.reports.articles.words import COURSE, ONSET, RARITY, ages, capital, ended, in_100, joined, likeliest, low, sexes
from soleus.reports.book.entries import SPEAKS_FROM
from soleus.reports.book.shelf import STRENGTHS
from soleus.reports.careplan.words import LINE
from soleus.reports.words import LEVEL, URGENCY

SHOWN_FROM = 0.15
"""A sign is listed from this probability in the condition on. [-]"""
SHOWN_RATIO = 1.3
"""... if it is this many times as frequent as in people with other causes. [-]"""
MOST_SIGNS, MOST_TESTS, MOST_RISKS, MOST_PREVENTION, MOST_EXERCISES = 12, 8, 10, 6, 6
MOST_NAMES = 6
JUDGED = "How far a result speaks is worked out from its shares in this and in other conditions, part published, part estimated."
COMPUTED = Grounds("computed", why="From the nerves and muscles that lie at the place of the damage, over every place where it may be.")


def articles(desk: Desk) -> Articles:
    for c in desk.kb.conditions.values():
        yield article(desk, c)


def article(desk: Desk, c: Condition) -> Article:
    """The article about one condition."""
    cites = desk.new()
    pathway = desk.pathway(c.id)
    signs = _signs(desk, c)
    tests = _tests(desk, c)
    claims = desk.claims_about((c.id, *c.groups))
    prevention = desk.prevention_for(c.id)[:MOST_PREVENTION]
    sections = (
        Section("At a glance", "at-a-glance", tuple(_glance(desk, c, cites))),
        Section("What it is", "what-it-is", tuple(_what(c))),
        Section("How it shows", "how-it-shows", tuple(_shows(desk, c, signs, cites))),
        Section("Who gets it", "who-gets-it", tuple(_who(desk, c, cites))),
        Section("What it may be mistaken for", "look-alikes", tuple(_look_alikes(desk, c))),
        Section("Which tests help", "tests", tuple(_test_blocks(desk, tests, cites))),
        Section("Treatment options", "treatment", tuple(_treatment(desk, pathway, cites))),
        Section("Exercise and training", "training", tuple(_training(desk, pathway, cites))),
        Section("What to expect", "what-to-expect", tuple(_course(pathway, cites))),
        *((Section("Preventing trouble", "prevention", tuple(_prevention(desk, prevention, cites))),) if prevention else ()),
        Section("When to come back", "when-to-come-back", tuple(_come_back(desk, pathway, cites))),
        *desk.claims_section(claims, cites),
        Section("For clinicians", "for-clinicians", tuple(_clinician(desk, c)), for_clinicians=True),
    )
    return Article(
        slug_of("condition", c.id),
        "condition",
        c.id,
        c.lay_name,
        _lead(c),
        tuple(s for s in sections if s.blocks),
        desk.dates_of([c]),
        cites.notes(),
        tuple(n for n in c.names if n != c.lay_name),
        c.urgency,
        frozenset(
            [f"condition:{c.id}", *(f"condition:{other}" for other, _ in c.look_alikes)]
            + [f"finding:{f.id}" for f, _, _ in signs[:8]]
            + [f"test:{t}" for t, _, _ in tests]
            + [f"treatment:{o.treatment}" for o in pathway.options]
            + [f"device:{d}" for d in pathway.devices]
            + [f"exercise:{e}" for s in pathway.stages for e in desk.care.regimens[s.regimen].prefer[:MOST_EXERCISES]]
            + [f"prevention:{p.id}" for p in prevention]
            + [f"group:{g}" for g in c.groups]
        ),
        tuple(claim.id for claim in claims),
    )


def _lead(c: Condition) -> str:
    """The first sentence of the description."""
    first = c.description.strip().split("\n")[0]
    cut = first.find(". ")
    return first if cut < 0 else first[: cut + 1]


def _glance(desk: Desk, c: Condition, cites: Citations) -> Iterator[Block]:
    if c.urgency in ("emergency", "same_day"):
        pathway = desk.pathway(c.id)
        title = f"{URGENCY[c.urgency][1]} This is so if the signs below came on lately or are getting worse."
        yield Alert(c.urgency, title, tuple(item(t) for t in pathway.come_back[:2]))
    sites = sorted(c.footprints, key=lambda f: -f.share)
    level = desk.kb.anatomy.sites[sites[0].site].level
    facts: list[tuple[str, Text]] = [
        ("Doctors call it", text(c.name)),
        ("How soon to be seen", text(URGENCY[c.urgency][1])),
        ("Where the trouble lies", text(LEVEL[level])),
        ("How common", text(next(words for least, words in RARITY if c.yield_per_100k >= least))),
        ("How it begins", text(f"{capital(likeliest(c.onset, ONSET, list(ONSET)))}.")),
        ("When people seek help it is", text(f"{capital(likeliest(c.course, COURSE, list(COURSE)))}.")),
        ("What is done", text(ended(desk.kb.managements[c.management][1]))),
    ]
    names = [n for n in c.synonyms if n.lower() not in (c.name.lower(), c.lay_name.lower())][:MOST_NAMES]
    if names:
        facts.append(("Also called", text(f"{', '.join(names)}.")))
    yield KeyFacts(tuple(facts))
    yield Paragraph(text(NOT_A_DIAGNOSIS))


def _what(c: Condition) -> Iterator[Block]:
    for part in c.description.strip().split("\n"):
        if part.strip():
            yield paragraph(part)


# -- signs -------------------------------------------------------------------------------------------------------------

Sign = tuple[Finding, float, str]
"""A finding, P(finding | condition), and by which route it is known: own, syndrome or place."""


def _signs(desk: Desk, c: Condition) -> list[Sign]:
    """What a person with it notices, the commonest first; a broader sign is left out beside a narrower one that is nearly as common."""
    row = desk.network.conditions.index(c.id)
    found: dict[str, Sign] = {}
    for f, present, ratio in zip(desk.telling, desk.present[:, row].tolist(), desk.ratios[:, row].tolist(), strict=True):
        own = c.findings.get(f.id)
        p = own.value if own else present
        route = "own" if own else "syndrome" if f.syndrome in c.syndromes else "place" if f.parent == "footprint" else ""
        if route and p >= SHOWN_FROM and ratio >= SHOWN_RATIO:
            found[f.id] = (f, p, route)
    broader = {b for f, p, _ in found.values() for b in f.is_a if b in found and p >= 0.7 * found[b][1]}
    kept = [s for id_, s in found.items() if id_ not in broader]
    return sorted(kept, key=lambda s: (-s[1], s[0].id))


def _shows(desk: Desk, c: Condition, signs: list[Sign], cites: Citations) -> Iterator[Block]:
    if not signs:
        yield Paragraph(text("No sign that a person can notice sets it apart; it is found by examination and tests."))
        return
    rows = []
    for f, p, route in signs[:MOST_SIGNS]:
        grounds = _grounds(c, f, route, cites)
        rows.append(Row((text(desk.link("finding", f.id, capital(f.lay))), text(in_100(p, guess=grounds.is_guess))), grounds))
    yield Paragraph(text("These signs are commoner with this condition than with other causes of a weak leg. Nobody has all of them."))
    yield Table("How many people with this condition have each sign", ("Sign", "How many have it"), tuple(rows), "What this rests on")


def _grounds(c: Condition, f: Finding, route: str, cites: Citations) -> Grounds:
    if route == "own":
        return cites.quantity(c.findings[f.id])
    if route == "syndrome":
        quantity = c.syndromes[f.syndrome]
        grounds = cites.quantity(quantity)
        return (
            grounds if grounds.is_guess else Grounds("derived", cites=grounds.cites, why="Worked out from how often its syndrome occurs.")
        )
    return COMPUTED


# -- who gets it -------------------------------------------------------------------------------------------------------


def _who(desk: Desk, c: Condition, cites: Citations) -> Iterator[Block]:
    yield Paragraph(
        text(
            f"Mostly {ages(c.age_rates)}; {sexes(c.male_share)}. Kind of trouble: {'; '.join(low(desk.kb.groups[g][1]) for g in c.groups)}."
        )
    )
    risks = sorted(c.risk_factors.items(), key=lambda x: (-x[1].value, x[0]))
    raising = [(r, q) for r, q in risks if q.value > 1][:MOST_RISKS]
    if raising:
        rows = []
        for risk, quantity in raising:
            grounds = cites.quantity(quantity)
            times = f"about {quantity.value:.2g} times" if quantity.value < 100 else "over 100 times"
            rows.append(Row((text(capital(desk.kb.findings[risk].lay)), text(times)), grounds))
        yield Table(
            "What makes it more likely, and by how much the odds rise", ("What", "The odds rise"), tuple(rows), "What this rests on"
        )


def _look_alikes(desk: Desk, c: Condition) -> Iterator[Block]:
    if c.look_alikes:
        yield Bullets(tuple(Item(text(desk.link("condition", other), ": ", ended(tell)), guessed(tell)) for other, tell in c.look_alikes))


# -- tests -------------------------------------------------------------------------------------------------------------

Telling = tuple[str, str, float]
"""A test, the outcome that speaks for the condition, and how many times as frequent that is here as elsewhere."""


def _tests(desk: Desk, c: Condition) -> list[Telling]:
    found: list[Telling] = []
    for t in desk.kb.tests.values():
        if t.implies or c.id not in t.probabilities:
            continue
        pairs = zip(t.probabilities[c.id], t.probabilities["*"], strict=True)
        ratio, best = max((here / max(there, LEAST_OUTCOME), i) for i, (here, there) in enumerate(pairs))
        if ratio >= SPEAKS_FROM and t.probabilities[c.id][best] >= 0.1:
            found.append((t.id, t.outcome_names[best], ratio))
    named = {t for o in desk.pathway(c.id).options for t in o.after_tests}
    return sorted(found, key=lambda t: (t[0] not in named, -_worth(desk.kb.tests[t[0]], c.id), t[0]))[:MOST_TESTS]


def _worth(t: Test, condition: str) -> float:
    """How much the test tells of the condition on average, in bits, for what it asks of the person."""
    pairs = zip(t.probabilities[condition], t.probabilities["*"], strict=True)
    bits = sum(here * math.log2(here / max(there, LEAST_OUTCOME)) for here, there in pairs if here > 0)
    return bits / (1 + t.invasiveness**2 + 0.25 * t.cost)


def _test_blocks(desk: Desk, tests: list[Telling], cites: Citations) -> Iterator[Block]:
    if not tests:
        yield Paragraph(
            text("No test proves it. It is recognised by what you tell, by the examination, and by tests that exclude other causes.")
        )
        return
    rows = []
    for id_, outcome, ratio in tests:
        words = next(w for least, w in STRENGTHS if ratio >= least)
        rows.append(Row((text(desk.link("test", id_)), text(outcome), text(capital(words)))))
    numbers = dict.fromkeys(cites.cite(desk.kb.tests[id_].source) for id_, _, _ in tests)
    grounds = Grounds("estimate", cites=tuple(numbers), why=JUDGED)
    yield Paragraph(text("Not everybody needs all of these. Which come first depends on how urgent it is and on what else it could be."))
    yield Table("Tests, and the result that speaks for this condition", ("Test", "Result", "Speaks"), tuple(rows), grounds=grounds)


# -- treatment ---------------------------------------------------------------------------------------------------------


def _treatment(desk: Desk, pathway: Pathway, cites: Citations) -> Iterator[Block]:
    yield paragraph(pathway.aim)
    rows = [_option(desk, o, cites) for o in pathway.options]
    yield Table("Options to discuss with your clinician", ("Option", "In what order", "When"), tuple(rows), "How sure")
    if pathway.avoid:
        lines = (Item(text(Span(f"{a.what}: ", strong=True), ended(low(a.why))), cites.support(a.support)) for a in pathway.avoid)
        yield Alert("note", "Better left alone", tuple(lines))
    devices = [desk.link("device", d) for d in pathway.devices]
    if devices:
        yield Paragraph(text("Aids that may help: ", *_listed(devices), "."))


def _option(desk: Desk, o: Option, cites: Citations) -> Row:
    when = ". ".join(capital(p.rstrip(".")) for p in (o.when, o.note) if p)
    return Row((text(desk.link("treatment", o.treatment)), text(capital(LINE[o.line])), text(when)), cites.support(o.support))


def _listed(links: list[Span]) -> Text:
    parts: list[str | Span | Text] = []
    for i, link in enumerate(links):
        parts += [", " if i else "", link]
    return text(*parts)


# -- training ----------------------------------------------------------------------------------------------------------


def _training(desk: Desk, pathway: Pathway, cites: Citations) -> Iterator[Block]:
    if not pathway.stages:
        yield Alert("note", "No exercise before this has been treated.")
        return
    shown: set[str] = set()
    for stage in pathway.stages:
        if stage.regimen in shown:
            continue
        shown.add(stage.regimen)
        yield from _regimen(desk, stage, desk.care.regimens[stage.regimen], len(pathway.stages) > 1, cites)


def _regimen(desk: Desk, stage: Stage, r: Regimen, is_one_of_many: bool, cites: Citations) -> Iterator[Block]:
    grounds = cites.support(r.support)
    when = stage_words(desk, stage) if is_one_of_many else ""
    yield Paragraph(text(Span(f"{r.name}{f' ({when})' if when else ''}. ", strong=True), " ".join(r.lay.split())), grounds)
    items = [Item(text(line)) for line in dose_items(r)]
    if r.prefer:
        items.append(Item(text("Exercises that suit: ", *_listed([desk.link("exercise", e) for e in r.prefer[:MOST_EXERCISES]]), ".")))
    if r.supervised:
        items.append(Item(text(Span("With supervision: ", strong=True), ended(r.supervised))))
    items += [Item(text(Span("Hold or stop: ", strong=True), ended(low(h)))) for h in r.hold]
    if items:
        yield Bullets(tuple(items), grounds=grounds)


def stage_words(desk: Desk, stage: Stage) -> str:
    """Who is at this stage, in plain words; empty for the last one, which is for all that are left."""
    parts = []
    if stage.weeks_from is not None and stage.weeks_below is not None:
        parts.append(f"from week {stage.weeks_from:g} to week {stage.weeks_below:g}")
    elif stage.weeks_below is not None:
        parts.append(f"in the first {stage.weeks_below:g} weeks")
    elif stage.weeks_from is not None:
        parts.append(f"after {stage.weeks_from:g} weeks")
    if stage.back_of_leg_below:
        parts.append(f"when the back of the leg is weaker than grade {stage.back_of_leg_below}")
    if stage.facts:
        parts.append(f"if you {joined(desk.who(stage.facts))}")
    if stage.not_facts:
        parts.append(f"unless you {joined(desk.who(stage.not_facts), 'or')}")
    if stage.walks is not None:
        parts.append("if you can walk" if stage.walks else "if you cannot walk")
    if stage.age_below is not None:
        parts.append(f"before the age of {stage.age_below}")
    return ", ".join(parts)


# -- course, prevention, coming back -----------------------------------------------------------------------------------


def _course(pathway: Pathway, cites: Citations) -> Iterator[Block]:
    yield Bullets(tuple(Item(text(ended(p.text)), cites.support(p.support)) for p in pathway.course))
    for title, signs in (("Speaks for a good course", pathway.good_signs), ("Speaks for a slow or poor course", pathway.bad_signs)):
        if signs:
            words = "; ".join(low(s.rstrip(".")) for s in signs)
            yield Paragraph(text(Span(f"{title}: ", strong=True), f"{words}."), guessed(words))


def _prevention(desk: Desk, steps: list[Prevention], cites: Citations) -> Iterator[Block]:
    yield Bullets(tuple(Item(text(desk.link("prevention", p.id), ": ", ended(p.action)), cites.support(p.support)) for p in steps))


def _come_back(desk: Desk, pathway: Pathway, cites: Citations) -> Iterator[Block]:
    gravest = "emergency" if any(w in t.lower() for t in pathway.come_back for w in ("ambulance", "emergency", " now")) else "same_day"
    yield Alert(gravest, "What must bring you back", tuple(item(t) for t in pathway.come_back))
    yield Bullets(
        tuple(Item(text(Span(f"{capital(f.when)}: ", strong=True), ended(f.what)), cites.support(f.support)) for f in pathway.follow_up)
    )
    yield Paragraph(text("For everybody with a weak leg: ", desk.link("help", "", "when to seek help"), "."))


def _clinician(desk: Desk, c: Condition) -> Iterator[Block]:
    if c.clinician.strip():
        words = " ".join(c.clinician.split())
        yield Paragraph(text(words), guessed(words))
    counts = ", ".join(f"{n} {origin}" for origin, n in sorted(c.origins.items()))
    codes = ", ".join(f"ICD-10 {code}" for code in c.icd10)
    more = ", ".join(f"{system.upper()} {code}" for system, code in c.other_codes.items())
    facts = [("Codes", text("; ".join(x for x in (codes, more) if x)))] if codes or more else []
    facts.append(("Numbers behind this entry, by origin", text(counts)))
    yield KeyFacts(tuple(facts))
