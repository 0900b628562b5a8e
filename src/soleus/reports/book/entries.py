"""One page an entry: what stands on it, as plain values for the templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from soleus.domain.anatomy import DEGREES
from soleus.domain.finding import AGE_BANDS
from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.knowledge import schema
from soleus.knowledge.numbers import numbers_in
from soleus.reasoning.footprint import footprint
from soleus.reasoning.footprint_general import unhealthy
from soleus.reasoning.network import LEAST_OUTCOME
from soleus.reports.book.shelf import COMPUTED, Link, Shelf, full_citation, percent
from soleus.reports.words import LEVEL, URGENCY

SPEAKS_FROM = 2.0
"""A finding is listed as speaking for a condition from this likelihood ratio on. [-]"""
SHOWN_FROM = 0.2
"""A sign of the place is listed with a condition from this probability on, ... [-]"""
SHOWN_RATIO = 1.5
"""... and if it is this many times as frequent as elsewhere. [-]"""
MOST_SIGNS = 30
ONSET_WORDS = dict(zip(ONSETS, ("up to a day", "days (1 to 14)", "weeks (2 to 8)", "months (2 to 24)", "years"), strict=True))
SIDES = {"unilateral": "one side", "bilateral": "both sides", "either": "one side or both"}
PARENTS = {
    "footprint": "follows from the place of the lesion",
    "condition": "is stated by each condition",
    "neutral": "is understood, and moves no probability",
    "risk": "is a risk: it acts on how likely a condition is to begin with",
}
TOPICS = {
    "cranial": "Face, eyes, swallowing, breathing",
    "own-features": "Features of single conditions",
    "own-general": "General features",
    "own-pain": "Pain",
    "reflexes": "Reflexes",
    "risks-diseases": "Risks: diseases",
    "risks-events": "Risks: events",
    "risks-exposures": "Risks: exposures and habits",
    "risks-medicines": "Risks: medicines",
    "sensation": "Sensation",
    "sphincters": "Bladder, bowel, sexual function",
    "strength": "Strength",
    "syndromes-brain-general": "Brain and general syndromes",
    "syndromes-muscle": "Muscle syndromes",
    "syndromes-spine-nerve": "Spine and nerve syndromes",
    "syndromes-vessel-tendon": "Vessel and tendon syndromes",
    "tracts": "Tracts, tone, fasciculations",
    "wasting": "Wasting",
    "extra-focal-nerve": "More: single nerves",
    "extra-limb": "More: limb and skin",
    "extra-muscle": "More: muscle",
    "extra-muscle-history": "More: history of muscle disease",
    "extra-polyneuropathy": "More: polyneuropathy",
    "extra-spine": "More: spine",
    "extra-tendon-vessel-brain": "More: tendon, vessel, brain",
}
"""Heading of each file of findings; a file that is missing here is headed by its name."""


@dataclass(frozen=True)
class Page:
    """One page to write."""

    path: str
    template: str
    title: str
    trail: tuple[Link, ...]
    content: Mapping[str, Any]


def pages(shelf: Shelf) -> Iterator[Page]:
    """Every page of an entry, by kind and id."""
    kb = shelf.library.kb
    for id_ in kb.conditions:
        yield condition(shelf, id_)
    for id_ in kb.findings:
        yield finding(shelf, id_)
    for id_ in kb.syndromes:
        yield syndrome(shelf, id_)
    for id_ in kb.tests:
        yield test(shelf, id_)
    for id_ in kb.rules:
        yield flag(shelf, id_)
    for id_ in kb.anatomy.sites:
        yield place(shelf, id_)
    for id_ in kb.sources:
        yield source(shelf, id_)


def _page(shelf: Shelf, kind: str, id_: str, list_: Link, content: Mapping[str, Any]) -> Page:
    link = shelf.link(kind, id_)
    return Page(link.href, f"{kind}.html", link.text, (list_,), {"id": id_, **content})


def level_of(shelf: Shelf, condition_id: str) -> str:
    """Level of the likeliest place of a condition."""
    best = max(shelf.library.kb.conditions[condition_id].footprints, key=lambda f: f.share)
    return shelf.library.kb.anatomy.sites[best.site].level


# -- conditions --------------------------------------------------------------------------------------------------------


def condition(shelf: Shelf, id_: str) -> Page:
    kb, entry = shelf.library.kb, shelf.library.entries["conditions"][id_]
    c, m = kb.conditions[id_], entry.model
    level = level_of(shelf, id_)
    row = shelf.network.conditions.index(id_)
    speaks = shelf.of_condition(row)
    by_syndrome = [
        {
            "syndrome": shelf.link("syndrome", s),
            "percent": percent(c.syndromes[s].value),
            "mark": shelf.mark(number),
            "findings": [(shelf.link("finding", f.id), speaks[f.id]) for f in kb.findings.values() if f.syndrome == s],
        }
        for s, number in sorted(m.syndromes.items(), key=lambda x: -c.syndromes[x[0]].value)
    ]
    signs = [(shelf.sign(f), speaks[f.id], float(shelf.present_in(f)[row])) for f in kb.findings.values() if f.parent == "footprint"]
    signs = sorted((s for s in signs if s[2] >= SHOWN_FROM and s[1].ratio >= SHOWN_RATIO), key=lambda s: -s[2])
    looked_at_by = sorted(other.id for other in kb.conditions.values() if id_ in dict(other.look_alikes))
    own = sorted(m.findings.items(), key=lambda x: -c.findings[x[0]].value)
    risks = sorted(m.risk_factors.items(), key=lambda x: -c.risk_factors[x[0]].value)
    highest = max(c.age_rates)
    return Page(
        f"conditions/{id_}.html",
        "condition.html",
        c.name,
        (Link(f"index.html#level-{level}", LEVEL[level]),),
        {
            "id": id_,
            "c": c,
            "urgency": URGENCY[c.urgency],
            "codes": [("ICD-10", ", ".join(c.icd10))] * bool(c.icd10) + [(k.upper(), v) for k, v in c.other_codes.items()],
            "groups": [Link(f"index.html#group-{g}", kb.groups[g][0]) for g in c.groups],
            "management": kb.managements[c.management],
            "prior": (f"{c.yield_per_100k:g}", shelf.mark(m.prior)),
            "male": (percent(c.male_share), shelf.mark(m.male)),
            "not_to_miss": (percent(c.not_to_miss), shelf.mark(m.not_to_miss)),
            "age": [(band, round(100 * rate / highest)) for (band, _), rate in zip(AGE_BANDS, c.age_rates, strict=True)],
            "age_mark": shelf.mark(m.age),
            "footprints": [
                (shelf.link("site", f.site), SIDES[f.side], percent(float(f.share.content)), shelf.mark(f.share)) for f in m.footprints
            ],
            "syndromes": by_syndrome,
            "own": [(shelf.link("finding", f), percent(c.findings[f].value), speaks[f], shelf.mark(n)) for f, n in own],
            "signs": signs[:MOST_SIGNS],
            "risks": [(shelf.link("finding", f), f"{c.risk_factors[f].value:g}", shelf.mark(n)) for f, n in risks],
            "onset": [(ONSET_WORDS[o], percent(p)) for o, p in zip(ONSETS, c.onset, strict=True)],
            "onset_mark": shelf.mark(m.onset),
            "course": [(o, percent(p)) for o, p in zip(COURSES, c.course, strict=True)],
            "course_mark": shelf.mark(m.course),
            "tests": _tests_of(shelf, id_),
            "look_alikes": [(shelf.link("condition", other), tell) for other, tell in c.look_alikes],
            "looked_at_by": [shelf.link("condition", other) for other in looked_at_by if other not in dict(c.look_alikes)],
            "claims": shelf.claims_about(id_),
            "measured": shelf.measured(id_),
            "reason": (entry.reason or "").strip(),
            "review": m.review,
            "sources": sources_in(shelf, m),
        },
    )


def _tests_of(shelf: Shelf, id_: str) -> list[dict[str, Any]]:
    """The outcome of each test that speaks most for the condition, against what the test shows by default."""
    found = []
    for t in shelf.library.kb.tests.values():
        if t.implies or id_ not in t.probabilities:
            continue
        pairs = zip(t.probabilities[id_], t.probabilities["*"], strict=True)
        ratio, best = max((here / max(there, LEAST_OUTCOME), i) for i, (here, there) in enumerate(pairs))
        if ratio >= SPEAKS_FROM:
            here, there = t.probabilities[id_][best], t.probabilities["*"][best]
            found.append((ratio, shelf.link("test", t.id), t.outcome_names[best], percent(here), percent(there)))
    return [{"test": t, "outcome": o, "here": h, "there": e} for _, t, o, h, e in sorted(found, key=lambda x: (-x[0], x[1].href))]


def sources_in(shelf: Shelf, model: Any) -> list[tuple[Link, str]]:
    """The sources of the numbers of an entry with their full citation."""
    refs = sorted({number.ref for _, number in numbers_in(model) if number.ref})
    return [(shelf.link("source", ref), full_citation(shelf.library.kb.sources[ref])) for ref in refs]


# -- findings ----------------------------------------------------------------------------------------------------------


def topic_of(shelf: Shelf, finding_id: str) -> str:
    """Name of the file that a finding stands in, without folder and ending."""
    return shelf.library.entries["findings"][finding_id].file.rsplit("/", 1)[-1].removesuffix(".yaml")


def topic_title(topic: str) -> str:
    return TOPICS.get(topic, topic.replace("-", " ").capitalize())


def finding(shelf: Shelf, id_: str) -> Page:
    kb, entry = shelf.library.kb, shelf.library.entries["findings"][id_]
    f, m = kb.findings[id_], entry.model
    topic = topic_of(shelf, id_)
    return _page(
        shelf,
        "finding",
        id_,
        Link(f"findings/index.html#{topic}", topic_title(topic)),
        {
            "f": f,
            "parent": PARENTS.get(f.parent, ""),
            "syndrome": shelf.link("syndrome", f.syndrome) if f.syndrome else "",
            "given": (percent(f.given), shelf.mark(m.given)) if m.given else "",
            "background": [(_band(f.background, i), percent(rate)) for i, (_, rate) in enumerate(f.background)],
            "background_mark": shelf.mark(m.background),
            "broader": [shelf.link("finding", b) for b in f.is_a],
            "narrower": [shelf.link("finding", n.id) for n in kb.findings.values() if id_ in n.is_a],
            "speaks": [
                (shelf.link("condition", c), s, _route(shelf, f, c))
                for c, s in sorted(shelf.speaks(f), key=lambda x: (-x[1].ratio, x[0]))
                if s.ratio >= SPEAKS_FROM
            ],
            "flags": _flags(shelf, f"findings/{id_}.html"),
            "measured": shelf.measured(id_),
            "claims": shelf.claims_about(id_),
            "shown_by": [shelf.link("test", t.id) for t in kb.tests.values() if id_ in t.implies.values()],
            "reason": (entry.reason or "").strip(),
            "sources": sources_in(shelf, m),
        },
    )


def _flags(shelf: Shelf, href: str) -> list[Link]:
    return [shelf.link("flag", rule) for rule in shelf.flags_of.get(href, [])]


def _band(background: tuple[tuple[int, float], ...], i: int) -> str:
    if len(background) == 1:
        return "at any age"
    lowest = background[i][0]
    return f"{lowest} to {background[i + 1][0] - 1} years" if i + 1 < len(background) else f"{lowest} years and over"


def _route(shelf: Shelf, f: Any, condition_id: str) -> tuple[str, Any]:
    """Why the finding speaks for the condition, and the grounds of the number behind it."""
    m = shelf.library.entries["conditions"][condition_id].model
    if f.id in m.findings:
        return "stated", shelf.mark(m.findings[f.id])
    if f.id in m.risk_factors:
        return f"odds ratio {shelf.library.kb.conditions[condition_id].risk_factors[f.id].value:g}", shelf.mark(m.risk_factors[f.id])
    if f.syndrome in m.syndromes:
        return f"through {shelf.name('syndrome', f.syndrome).lower()}", shelf.mark(m.syndromes[f.syndrome])
    return "from the place", COMPUTED


# -- syndromes, tests, red flags, places, sources ----------------------------------------------------------------------


def syndrome(shelf: Shelf, id_: str) -> Page:
    kb, entry = shelf.library.kb, shelf.library.entries["syndromes"][id_]
    m = entry.model
    within = [(c.id, c.syndromes[id_].value) for c in kb.conditions.values() if id_ in c.syndromes]
    numbers, given = shelf.library.entries["conditions"], shelf.library.entries["findings"]
    return _page(
        shelf,
        "syndrome",
        id_,
        Link("syndromes/index.html", "Syndromes"),
        {
            "m": m,
            "background": (percent(kb.syndromes[id_].background), shelf.mark(m.background)),
            "findings": [
                (shelf.link("finding", f.id), percent(f.given), percent(f.background_at(None)), shelf.mark(given[f.id].model.given))
                for f in sorted(kb.findings.values(), key=lambda f: -f.given)
                if f.syndrome == id_
            ],
            "conditions": [
                (shelf.link("condition", c), percent(p), shelf.mark(numbers[c].model.syndromes[id_]))
                for c, p in sorted(within, key=lambda x: (-x[1], x[0]))
            ],
            "reason": (entry.reason or "").strip(),
        },
    )


def test(shelf: Shelf, id_: str) -> Page:
    kb, entry = shelf.library.kb, shelf.library.entries["tests"][id_]
    t, m = kb.tests[id_], entry.model
    rows = [(_selected(shelf, given), _shares(t.outcomes, given.outcomes), shelf.mark(given.outcomes)) for given in m.given]
    return _page(
        shelf,
        "test",
        id_,
        Link("tests/index.html", "Tests"),
        {
            "t": t,
            "unit": t.unit,
            "outcomes": [
                (name, "" if limit is None else f"from {limit:g} {t.unit}".strip(), ", ".join(phrases))
                for name, limit, phrases in zip(t.outcome_names, t.limits, t.phrases, strict=True)
            ],
            "names": t.outcome_names,
            "default": (_shares(t.outcomes, m.default), shelf.mark(m.default)),
            "rows": rows,
            "urgency": URGENCY[t.when],
            "source": (shelf.link("source", t.source), full_citation(kb.sources[t.source])),
            "implies": [(t.outcome_name(o), shelf.link("finding", r)) for o, r in t.implies.items()],
            "flags": _flags(shelf, f"tests/{id_}.html"),
            "measured": shelf.measured(id_),
            "claims": shelf.claims_about(id_),
            "reason": (entry.reason or "").strip(),
        },
    )


def _shares(outcomes: tuple[str, ...], number: schema.Number) -> list[str]:
    content = number.content
    assert isinstance(content, dict)
    total = sum(content.values())
    return [percent(content.get(o, 0.0) / total) for o in outcomes]


def _selected(shelf: Shelf, given: schema.Given) -> list[Link]:
    def listed(value: Any) -> list[str]:
        return [] if value is None else value if isinstance(value, list) else [value]

    return [
        *(shelf.link("condition", c) for c in listed(given.condition)),
        *(Link(f"index.html#group-{g}", shelf.library.kb.groups[g][0]) for g in listed(given.group)),
        *(Link(f"index.html#level-{x}", LEVEL[x]) for x in listed(given.level)),
    ]


def flag(shelf: Shelf, id_: str) -> Page:
    kb = shelf.library.kb
    rule = kb.rules[id_]
    return _page(
        shelf,
        "flag",
        id_,
        Link(f"red-flags/index.html#{rule.level}", URGENCY[rule.level][0].capitalize()),
        {
            "rule": rule,
            "urgency": URGENCY[rule.level],
            "when": shelf.expression(rule.when),
            "essential": [shelf.link("finding", f) for f in rule.essential],
            "source": (shelf.link("source", rule.ref), full_citation(kb.sources[rule.ref])),
        },
    )


def place(shelf: Shelf, id_: str) -> Page:
    kb, entry = shelf.library.kb, shelf.library.entries["lesion sites"][id_]
    site, m = kb.anatomy.sites[id_], entry.model
    side = "both" if "unilateral" not in site.laterality else "left"
    shown = {f: unhealthy(states) for (f, k), states in footprint(kb.anatomy, id_, side, DEGREES[1]).items() if k in ("left", "none")}
    named = ((kb.findings[f], p) for f, p in shown.items() if f in kb.findings)
    signs = [(shelf.sign(f), percent(p), percent(f.background_at(None)), p) for f, p in named]
    here = [(c.id, f) for c in kb.conditions.values() for f in c.footprints if f.site == id_]
    lost = [
        (what.replace("_", " "), [(name, f"{float(n.content):g}", shelf.mark(n)) for name, n in getattr(m, what).items()])
        for what in ("roots", "nerves", "muscles", "corticospinal", "pattern", "reflexes", "sensory_tract", "signs")
    ]
    return _page(
        shelf,
        "site",
        id_,
        Link(f"places/index.html#{site.level}", LEVEL[site.level]),
        {
            "site": site,
            "sides": " or ".join(SIDES[s] for s in site.laterality),
            "signs": sorted((s for s in signs if s[3] >= SHOWN_FROM), key=lambda s: -s[3]),
            "conditions": [
                (shelf.link("condition", c), SIDES[f.side], percent(f.share)) for c, f in sorted(here, key=lambda x: (-x[1].share, x[0]))
            ],
            "lost": [(what, numbers) for what, numbers in lost if numbers],
            "sources": [(shelf.link("source", s), full_citation(kb.sources[s])) for s in site.sources],
            "reason": (entry.reason or "").strip(),
        },
    )


def source(shelf: Shelf, id_: str) -> Page:
    kb = shelf.library.kb
    s = kb.sources[id_]
    address = f"https://doi.org/{s.doi}" if s.doi else f"https://pubmed.ncbi.nlm.nih.gov/{s.pmid}/" if s.pmid else s.url
    return _page(
        shelf,
        "source",
        id_,
        Link("sources/index.html", "Sources"),
        {
            "s": s,
            "address": address,
            "address_text": f"doi:{s.doi}" if s.doi else f"PMID {s.pmid}" if s.pmid else s.url,
            "numbers": [(shelf.place_of(n), shelf.what_of(n), shelf.value_of(n), shelf.mark(n.number)) for n in shelf.cited.get(id_, [])],
            "rules": [shelf.link("flag", r.id) for r in kb.rules.values() if r.ref == id_],
            "tests": [shelf.link("test", t.id) for t in kb.tests.values() if t.source == id_],
            "sites": [shelf.link("site", x.id) for x in kb.anatomy.sites.values() if id_ in x.sources],
            "measured": [Link(f"likelihood-ratios.html#{r.id}", shelf.ratio_name(r)) for r in shelf.ledger.ratios.values() if r.ref == id_],
            "claims": [Link(f"claims.html#{c.id}", c.claim) for c in shelf.ledger.claims.values() if id_ in dict(c.sources)],
            "muscles": sorted(x.name for x in kb.anatomy.muscles.values() if id_ in x.sources),
            "anatomy": id_ in kb.anatomy.references,
        },
    )
