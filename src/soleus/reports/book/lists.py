"""The pages that lead to the entries: contents, lists, the alphabetical index, and how to read it all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from soleus.domain.anatomy import LESION_LEVELS
from soleus.domain.knowledge_base import LEVELS
from soleus.knowledge.numbers import EVIDENCE, count_evidence, every_number
from soleus.reports.book.entries import Page, level_of, topic_of, topic_title
from soleus.reports.book.shelf import READ, STRENGTHS, Link, Shelf, percent
from soleus.reports.words import LEVEL, URGENCY

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OTHER_SIGNS = "0-9"
"""Where phrases stand that begin with no letter from a to z."""


def pages(shelf: Shelf) -> Iterator[Page]:
    """All of them."""
    yield contents(shelf)
    yield from (findings(shelf), tests(shelf), flags(shelf), terms(shelf), syndromes(shelf), places(shelf), sources(shelf), settings(shelf))
    yield from (claims(shelf), ratios(shelf), how_to_read(shelf))
    yield from alphabet(shelf)


def contents(shelf: Shelf) -> Page:
    """Every condition by the level of its likeliest place, by group and by urgency."""
    kb = shelf.library.kb
    conditions = sorted(kb.conditions.values(), key=lambda c: c.name.casefold())
    levels = [
        (level, LEVEL[level], [(shelf.link("condition", c.id), c.lay_name) for c in conditions if level_of(shelf, c.id) == level])
        for level in LESION_LEVELS
    ]
    groups = [(g, name, lay, [shelf.link("condition", c.id) for c in conditions if g in c.groups]) for g, (name, lay) in kb.groups.items()]
    groups.sort(key=lambda g: g[1].casefold())
    urgencies = [(u, URGENCY[u], [shelf.link("condition", c.id) for c in conditions if c.urgency == u]) for u in reversed(LEVELS)]
    return Page(
        "index.html",
        "contents.html",
        "What Soleus knows",
        (),
        {
            "levels": [x for x in levels if x[2]],
            "groups": [x for x in groups if x[3]],
            "urgencies": [x for x in urgencies if x[2]],
            "counts": [
                (len(kb.conditions), "conditions", "#by-place"),
                (len(kb.findings), "findings and risks", "findings/index.html"),
                (len(kb.tests), "tests", "tests/index.html"),
                (len(kb.rules), "red flags", "red-flags/index.html"),
                (len(kb.syndromes), "syndromes", "syndromes/index.html"),
                (len(kb.anatomy.sites), "places of lesions", "places/index.html"),
                (len(kb.sources), "sources", "sources/index.html"),
                (len(shelf.ledger.claims), "claims examined", "claims.html"),
                (len(shelf.ledger.ratios), "likelihood ratios compared", "likelihood-ratios.html"),
            ],
        },
    )


def _list(path: str, title: str, intro: str, sections: list[tuple[str, str, list[tuple[Link, str]]]]) -> Page:
    return Page(path, "list.html", title, (), {"intro": intro, "sections": [s for s in sections if s[2]]})


def findings(shelf: Shelf) -> Page:
    by_topic: dict[str, list[tuple[Link, str]]] = {}
    for f in sorted(shelf.library.kb.findings.values(), key=lambda f: f.name.casefold()):
        by_topic.setdefault(topic_of(shelf, f.id), []).append((shelf.link("finding", f.id), f.lay))
    sections = sorted(((t, topic_title(t), links) for t, links in by_topic.items()), key=lambda s: s[1])
    intro = "Symptoms, signs and risks, in doctors' and in plain words. Each page says for which conditions it speaks, and how strongly."
    return _list("findings/index.html", "Findings and risks", intro, sections)


def tests(shelf: Shelf) -> Page:
    by_category: dict[str, list[tuple[Link, str]]] = {}
    for t in sorted(shelf.library.kb.tests.values(), key=lambda t: t.name.casefold()):
        by_category.setdefault(t.category, []).append((shelf.link("test", t.id), t.lay))
    names = {"csf": "Cerebrospinal fluid"}
    sections = [(c, names.get(c, c.replace("-", " and ").capitalize()), links) for c, links in by_category.items()]
    intro = "What each test can show, how often it shows that in which condition, and what it costs the person."
    return _list("tests/index.html", "Tests", intro, sorted(sections, key=lambda s: s[1]))


def flags(shelf: Shelf) -> Page:
    rules = shelf.library.kb.rules.values()
    sections = [
        (u, URGENCY[u][0].capitalize(), [(shelf.link("flag", r.id), r.lay.strip()) for r in rules if r.level == u])
        for u in reversed(LEVELS)
    ]
    intro = "Combinations that set how soon to be seen, whatever the cause. They read no probability, and nothing ever lowers their level."
    return _list("red-flags/index.html", "Red flags", intro, sections)


def terms(shelf: Shelf) -> Page:
    """The named combinations that several rules share."""
    named = [(id_, id_.replace("-", " ").capitalize(), shelf.expression(node)) for id_, node in shelf.library.kb.terms.items()]
    return Page(
        "red-flags/terms.html", "terms.html", "Terms of the red flags", (Link("red-flags/index.html", "Red flags"),), {"terms": named}
    )


def syndromes(shelf: Shelf) -> Page:
    links = [(shelf.link("syndrome", s.id), s.lay) for s in sorted(shelf.library.kb.syndromes.values(), key=lambda s: s.name.casefold())]
    intro = "What goes on at a lesion or with it. Several findings hang on one syndrome, and so count as one thing."
    return _list("syndromes/index.html", "Syndromes", intro, [("all", "All", links)])


def places(shelf: Shelf) -> Page:
    sites = shelf.library.kb.anatomy.sites.values()
    sections = [
        (level, LEVEL[level], [(shelf.link("site", s.id), s.lay_name) for s in sites if s.level == level]) for level in LESION_LEVELS
    ]
    intro = "Where a lesion may be. Weak movements, lost reflexes and numb skin follow from the place, by anatomy."
    return _list("places/index.html", "Places of lesions", intro, sections)


def sources(shelf: Shelf) -> Page:
    """By first author; how far each was read and how many numbers rest on it."""
    kb = shelf.library.kb
    by_letter: dict[str, list[tuple[Link, str]]] = {}
    for s in sorted(kb.sources.values(), key=lambda s: (_key(shelf.name("source", s.id)), s.id)):
        resting = len(shelf.cited.get(s.id, []))
        title = " ".join(part if part[-1] in ".?!" else f"{part}." for part in (s.title, s.where) if part)
        said = f"{title} {READ[s.read].capitalize()}; {resting or 'no'} number{'' if resting == 1 else 's'}"
        by_letter.setdefault(_letter(shelf.name("source", s.id)), []).append((shelf.link("source", s.id), said))
    intro = "Every publication that is cited, how far it was read, and on its own page every number that rests on it."
    return _list("sources/index.html", "Sources", intro, [(f"letter-{x}", x.upper(), links) for x, links in sorted(by_letter.items())])


def settings(shelf: Shelf) -> Page:
    """How much likelier each group is where people ask."""
    shown = []
    for id_, entry in shelf.library.entries["settings"].items():
        groups = sorted(entry.model.multipliers.items(), key=lambda x: -float(x[1].content))
        rows = [(Link(f"index.html#group-{g}", shelf.library.kb.groups[g][0]), f"{float(n.content):g}", shelf.mark(n)) for g, n in groups]
        shown.append((id_, entry.model.name, rows, (entry.reason or "").strip()))
    return Page("settings.html", "settings.html", "Who asks", (), {"settings": shown})


def claims(shelf: Shelf) -> Page:
    """What people are told, and how far it is true."""
    by_topic: dict[str, list[dict[str, Any]]] = {}
    for claim in shelf.ledger.claims.values():
        shown = {
            "claim": claim,
            "about": [link for id_ in claim.about for link in _about(shelf, id_)],
            "sources": [(shelf.link("source", ref), at) for ref, at in claim.sources],
        }
        by_topic.setdefault(claim.topic, []).append(shown)
    topics = [(topic, topic.replace("-", " ").capitalize(), shown) for topic, shown in by_topic.items()]
    return Page("claims.html", "claims.html", "Claims examined", (), {"topics": sorted(topics)})


def _about(shelf: Shelf, id_: str) -> list[Link]:
    kb = shelf.library.kb
    if id_ in kb.groups:
        return [Link(f"index.html#group-{id_}", kb.groups[id_][0])]
    tables: dict[str, Any] = {"condition": kb.conditions, "finding": kb.findings, "test": kb.tests, "syndrome": kb.syndromes}
    return [shelf.link(kind, id_) for kind, table in tables.items() if id_ in table]


def ratios(shelf: Shelf) -> Page:
    """What studies measured, beside what the network implies."""
    shown = []
    for c in shelf.comparisons:
        r = c.published
        pairs = (("positive", r.positive, c.positive), ("negative", r.negative, c.negative))
        shown.append(
            {
                "ratio": r,
                "what": shelf.link("finding", r.finding) if r.finding else shelf.link("test", r.test),
                "states": ", ".join(s.replace("-", " ") for s in r.states),
                "conditions": [shelf.link("condition", x) for x in r.conditions],
                "figures": [(name, f"{stated:.2g}", f"{implied:.2g}") for name, stated, implied in pairs if stated is not None],
                "source": shelf.link("source", r.ref),
            }
        )
    return Page("likelihood-ratios.html", "likelihood-ratios.html", "Published likelihood ratios", (), {"ratios": shown})


def how_to_read(shelf: Shelf) -> Page:
    """What the marks mean, and how many numbers bear which."""
    counted = count_evidence(every_number(shelf.library), shelf.library.kb.sources)
    total = sum(counted.values())
    limits = [f"{least:g} or more" for least, _ in STRENGTHS[:-1]] + ["less"]
    return Page(
        "how-to-read.html",
        "how-to-read.html",
        "How to read this book",
        (),
        {
            "evidence": [(ground, counted[ground], percent(counted[ground] / total)) for ground in EVIDENCE],
            "strengths": list(zip((words for _, words in STRENGTHS), limits, strict=True)),
        },
    )


# -- A to Z ------------------------------------------------------------------------------------------------------------


def alphabet(shelf: Shelf) -> Iterator[Page]:
    """Every name, plain name and synonym of conditions, findings, syndromes, tests and places, a page a letter."""
    by_letter: dict[str, list[tuple[str, Link, str]]] = {letter: [] for letter in [*LETTERS, OTHER_SIGNS]}
    for phrase, link, kind in sorted(set(_phrases(shelf)), key=lambda x: (_key(x[0]), x[0], x[1].href)):
        by_letter[_letter(phrase)].append((phrase, link, kind))
    letters = [(letter, Link(f"a-z/{letter}.html", letter.upper())) for letter, phrases in by_letter.items() if phrases]
    for letter, link in letters:
        content = {"letter": letter, "letters": letters, "phrases": by_letter[letter]}
        yield Page(link.href, "a-z.html", f"Index: {link.text}", (), content)


def _phrases(shelf: Shelf) -> Iterator[tuple[str, Link, str]]:
    kb = shelf.library.kb
    tables: list[tuple[str, str, Any, str]] = [
        ("condition", "condition", kb.conditions, "lay_name"),
        ("finding", "finding", kb.findings, "lay"),
        ("syndrome", "syndrome", kb.syndromes, "lay"),
        ("test", "test", kb.tests, "lay"),
        ("site", "place", kb.anatomy.sites, "lay_name"),
    ]
    for kind, word, table, lay in tables:
        for id_, entry in table.items():
            named = {p.casefold(): p for p in reversed([entry.name, getattr(entry, lay), *getattr(entry, "synonyms", ())])}
            for phrase in named.values():
                yield phrase, shelf.link(kind, id_), word


def _key(phrase: str) -> str:
    plain = unicodedata.normalize("NFKD", phrase).encode("ascii", "ignore").decode().casefold()
    return plain.lstrip(" '\"([-")


def _letter(phrase: str) -> str:
    first = _key(phrase)[:1]
    return first if first and first in LETTERS else OTHER_SIGNS
