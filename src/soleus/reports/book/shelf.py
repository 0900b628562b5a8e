"""What every page of the book draws on: links to the other pages, the grounds of a number, and how strongly a finding speaks."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from soleus.domain.evidence import Evidence
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import Source
from soleus.domain.ledger import Ledger, PublishedRatio
from soleus.knowledge.loader import Library
from soleus.knowledge.numbers import Told, every_number
from soleus.knowledge.schema import Number
from soleus.reasoning.inference import Posterior, infer, predict
from soleus.reasoning.likelihood_ratios import Comparison, compare
from soleus.reasoning.network import Network

READ = {
    "full": "source read in full",
    "abstract": "source read (abstract)",
    "secondary": "source known from another text",
    "recalled": "source recalled, not re-read",
}
STRENGTHS = (
    (10.0, "strongly for"),
    (5.0, "clearly for"),
    (2.0, "somewhat for"),
    (0.5, "hardly either way"),
    (0.2, "somewhat against"),
    (0.0, "clearly against"),
)
"""Lowest likelihood ratio and what it is called."""
FOLDERS = {
    "condition": "conditions",
    "finding": "findings",
    "syndrome": "syndromes",
    "test": "tests",
    "flag": "red-flags",
    "site": "places",
    "source": "sources",
}
"""Folder of the pages of each kind of entry."""


@dataclass(frozen=True)
class Link:
    """A page of the book, from its root, and the words that lead to it."""

    href: str
    text: str


@dataclass(frozen=True)
class Mark:
    """What a number rests on."""

    origin: str
    """`published`, `derived`, `estimate` or `computed`."""
    reading: str = ""
    certainty: str = ""
    source: Link | None = None
    notes: tuple[str, ...] = ()


COMPUTED = Mark("computed", notes=("from the anatomy, over every place where the lesion of this condition may be",))


@dataclass(frozen=True)
class Node:
    """One line of a red-flag rule in words, with the lines below it."""

    text: str
    link: Link | None = None
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Speaks:
    """How often a finding is there in a condition, and how far it speaks for it."""

    percent: str
    ratio: float
    """P(finding | condition) / P(finding | any other cause). [-]"""

    @property
    def times(self) -> str:
        return f"{self.ratio:.2g}" if self.ratio < 100 else "over 100"

    @property
    def words(self) -> str:
        return next(words for least, words in STRENGTHS if self.ratio >= least)


@dataclass(frozen=True)
class Shelf:
    """The library with the compiled network."""

    library: Library
    network: Network
    ledger: Ledger
    rows: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """P(finding | condition), (C,), of the findings asked about so far."""
    ratios: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """P(finding | condition) / P(finding | any other cause), (C,)."""

    # -- links -------------------------------------------------------------------------------------------------------

    def link(self, kind: str, id_: str) -> Link:
        """The page of an entry.

        Raises:
            KeyError: If there is no such entry.
        """
        return Link(f"{FOLDERS[kind]}/{id_}.html", self.name(kind, id_))

    def sign(self, finding: Finding) -> Link:
        """The page of a finding where its presence is counted: a reflex is named healthily, and what counts is that it is not."""
        link = self.link("finding", finding.id)
        return Link(link.href, f"{link.text}: not normal") if finding.kind is Kind.REFLEX else link

    def name(self, kind: str, id_: str) -> str:
        kb = self.library.kb
        if kind == "source":
            return short_citation(kb.sources[id_].authors, kb.sources[id_].year, kb.sources[id_].title)
        if kind == "flag":
            kb.rules[id_]
            return id_.replace("-", " ").capitalize()
        table: Mapping[str, Any] = {
            "condition": kb.conditions,
            "finding": kb.findings,
            "syndrome": kb.syndromes,
            "test": kb.tests,
            "site": kb.anatomy.sites,
        }[kind]
        return str(table[id_].name)

    # -- grounds -----------------------------------------------------------------------------------------------------

    def mark(self, number: Number) -> Mark:
        """Origin, how far its source was read, certainty, and all that is said of it."""
        notes = [
            f"at: {number.at}" if number.at else "",
            f"n = {number.n}" if number.n else "",
            f"95 % interval {number.ci95[0]:g} to {number.ci95[1]:g}" if number.ci95 else "",
            f"in: {number.population}" if number.population else "",
            f"from: {number.from_}" if number.from_ else "",
            f'published in words: "{number.cls.replace("-", " ")}"' if number.cls else "",
            number.because or "",
        ]
        certainty = f"{number.certainty.replace('-', ' ')} certainty" if number.certainty else ""
        if not number.ref:
            return Mark(number.origin, "", certainty, None, tuple(n for n in notes if n))
        read = self.library.kb.sources[number.ref].read
        return Mark(number.origin, READ[read], certainty, self.link("source", number.ref), tuple(n for n in notes if n))

    @cached_property
    def cited(self) -> Mapping[str, list[Told]]:
        """Every number that rests on each source."""
        cited: dict[str, list[Told]] = {}
        for told in every_number(self.library):
            if told.number.ref:
                cited.setdefault(told.number.ref, []).append(told)
        return cited

    # -- strength ----------------------------------------------------------------------------------------------------

    @cached_property
    def _at_rest(self) -> Posterior:
        return infer(self.network, self.library.kb, Evidence())

    def present_in(self, finding: Finding) -> NDArray[np.float64]:
        """P(finding on any side | condition) before anything is known, as the network has it; (C,)."""
        if finding.id not in self.rows:
            self.rows[finding.id] = 1 - predict(self._at_rest, finding, Side.UNSTATED, None)[:, 0]
        return self.rows[finding.id]

    @cached_property
    def prior(self) -> NDArray[np.float64]:
        """P(condition) of a person of whom nothing is known; (C,)."""
        return self.network.prior(None, "unknown", "self")

    def speaks(self, finding: Finding) -> list[tuple[str, Speaks]]:
        """(condition, how far the finding speaks for it), in the order of the conditions; empty for one that is uninformative."""
        if finding.parent == "neutral":
            return []
        present, ratio = self._ratios(finding)
        return [(c, Speaks(percent(float(present[i])), float(ratio[i]))) for i, c in enumerate(self.network.conditions[:-1])]

    def of_condition(self, row: int) -> dict[str, Speaks]:
        """The same for every finding of one condition."""
        told = {}
        for finding in self.library.kb.findings.values():
            if finding.parent == "neutral":
                continue
            present, ratio = self._ratios(finding)
            told[finding.id] = Speaks(percent(float(present[row])), float(ratio[row]))
        return told

    def _ratios(self, finding: Finding) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        present = self.present_in(finding)
        if finding.id not in self.ratios:
            elsewhere = (float(self.prior @ present) - self.prior * present) / (1 - self.prior)
            self.ratios[finding.id] = present / elsewhere
        return present, self.ratios[finding.id]

    # -- red flags ---------------------------------------------------------------------------------------------------

    def expression(self, node: Any) -> Node:
        """A red-flag rule in words. The grammar stands in docs/reference/red-flag-rules.md."""
        kb = self.library.kb
        if isinstance(node, str):
            if node in kb.terms:
                return Node("", Link(f"red-flags/terms.html#{node}", node.replace("-", " ")))
            return Node("", self.link("finding", node))
        ((key, value),) = node.items()
        if key in ("all", "any", "at_least"):
            parts = value["of"] if key == "at_least" else value
            how_many = {"all": "all of:", "any": "any of:"}.get(key) or f"at least {value['n']} of:"
            return Node(how_many, None, tuple(self.expression(part) for part in parts))
        if key in ("both_sides", "severe", "brisk", "absent"):
            state = {"both_sides": "on both sides:", "severe": "MRC grade 3 or less:", "brisk": "brisk:", "absent": "told to be absent:"}
            return Node(state[key], self.link("finding", str(value)))
        if key == "test":
            ((test, outcomes),) = value.items()
            names = [self.library.kb.tests[test].outcome_name(o) for o in (outcomes if isinstance(outcomes, list) else [outcomes])]
            return Node(f"{' or '.join(names).lower()}:", self.link("test", test))
        if key == "age":
            words = {"min": "or older", "max": "or younger"}
            return Node(" and ".join(f"{value[limit]} years {words[limit]}" for limit in ("min", "max") if limit in value))
        if key == "untold":
            return Node(f"nobody told the {value}")
        told = value if isinstance(value, list) else [value]
        return Node(f"{key}: {' or '.join(map(str, told))}")

    def mentioned(self, node: Node) -> Iterator[Link]:
        """Every page that an expression leads to, through its terms too."""
        if node.link is not None:
            yield node.link
            if node.link.href.startswith("red-flags/terms.html#"):
                yield from self.mentioned(self.expression(self.library.kb.terms[node.link.href.split("#")[1]]))
        for part in node.parts:
            yield from self.mentioned(part)

    @cached_property
    def flags_of(self) -> Mapping[str, list[str]]:
        """The red-flag rules in which each page, by its address, has a part."""
        flags: dict[str, list[str]] = {}
        for rule in self.library.kb.rules.values():
            links = [*self.mentioned(self.expression(rule.when)), *(self.link("finding", f) for f in rule.essential)]
            for href in sorted({link.href for link in links}):
                flags.setdefault(href, []).append(rule.id)
        return flags

    # -- claims and published likelihood ratios ----------------------------------------------------------------------

    def claims_about(self, id_: str) -> list[Link]:
        """The claims that concern an entry."""
        return [Link(f"claims.html#{c.id}", c.claim) for c in self.ledger.claims.values() if id_ in c.about]

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Each published likelihood ratio beside the one that the network implies."""
        return compare(self.network, self.library.kb, self.ledger)

    def measured(self, id_: str) -> list[Link]:
        """The published likelihood ratios of a finding or test, or for a condition."""
        ratios = (c.published for c in self.comparisons)
        return [Link(f"likelihood-ratios.html#{r.id}", self.ratio_name(r)) for r in ratios if id_ in (r.finding, r.test, *r.conditions)]

    def ratio_name(self, ratio: PublishedRatio) -> str:
        what = self.name("finding", ratio.finding) if ratio.finding else self.name("test", ratio.test)
        whom = [self.name("condition", c) for c in ratio.conditions]
        return f"{what}: {', '.join(whom[:2])}{' and others' if len(whom) > 2 else ''}"

    # -- what rests on a source --------------------------------------------------------------------------------------

    def place_of(self, told: Told) -> Link:
        """The page on which a number stands."""
        kinds = {"conditions": "condition", "findings": "finding", "syndromes": "syndrome", "tests": "test", "lesion sites": "site"}
        if told.kind == "settings":
            return Link(f"settings.html#{told.id}", f"Who asks: {told.id.replace('-', ' ')}")
        return self.link(kinds[told.kind], told.id)

    def what_of(self, told: Told) -> str:
        """What a number is about."""
        kb = self.library.kb
        head, _, rest = told.at.partition(".")
        if head in ("findings", "risk_factors"):
            return kb.findings[rest].name
        if head == "syndromes":
            return kb.syndromes[rest].name
        if head.startswith("footprints"):
            site = self.library.entries["conditions"][told.id].model.footprints[int(head[11:-1])].site
            return f"lesion at: {kb.anatomy.sites[site].name}"
        if head.startswith("given["):
            given = self.library.entries["tests"][told.id].model.given[int(head[6:-1])]
            values = [v for v in (given.condition, given.group, given.level) if v]
            named = [n for value in values for n in (value if isinstance(value, list) else [value])]
            return f"outcomes in: {', '.join(named).replace('-', ' ')}"
        words = {
            "prior": "new complaints a year",
            "age": "relative rate by age",
            "male": "share of men",
            "not_to_miss": "may not be left out above",
            "given": "present if its syndrome is",
            "background": "background",
            "default": "outcomes in anybody else",
        }
        return words.get(head, head.replace("_", " ")) + (f": {rest.replace('-', ' ')}" if rest else "")

    def value_of(self, told: Told) -> str:
        """A number with its unit."""
        content = told.number.content
        head = told.at.partition(".")[0]
        if isinstance(content, dict):
            if head == "age":
                return ", ".join(f"{band}: {rate:g}" for band, rate in content.items())
            return ", ".join(f"{name.replace('-', ' ')} {percent(p)}" for name, p in content.items())
        if head == "risk_factors":
            return f"odds ratio {content:g}"
        if head == "prior":
            return f"{content:g} per 100,000 people"
        if told.kind in ("settings", "lesion sites"):
            return f"{content:g}"
        return percent(content)


def percent(p: float) -> str:
    """A probability as people read it, 0 to 1.

    Examples:
        >>> percent(0.63), percent(0.025), percent(0.0004), percent(0.99734)
        ('63 %', '2.5 %', '0.04 %', '99.7 %')
    """
    assert math.isfinite(p)
    x = 100 * p
    digits = 1 if 98 < x < 100 else 0 if x >= 10 else 1 if x >= 1 else 2
    return f"{x:.{digits}f}".rstrip("0").rstrip(".") + " %" if digits else f"{x:.0f} %"


def short_citation(authors: str, year: int | None, title: str) -> str:
    """First author and year, or the title where nobody is named.

    Examples:
        >>> short_citation("Suri P, Rainville J, Katz JN", 2010, "Does this adult ..."), short_citation("Low PA", 2003, "")
        ('Suri and others 2010', 'Low 2003')
    """
    names = [a.strip() for a in authors.replace(";", ",").split(",") if a.strip()]
    if not names or names[0].startswith("not "):
        return f"{textwrap.shorten(title, 70, placeholder=' ...')} {year or ''}".strip()
    first = names[0]
    surname = first.rsplit(" ", 1)[0] if first.rsplit(" ", 1)[-1].isupper() and " " in first else first
    return f"{surname}{' and others' if len(names) > 1 else ''} {year or ''}".strip()


def full_citation(source: Source) -> str:
    """Authors, title, place and year, each ended once; where to find it stands on the page of the source.

    Examples:
        >>> full_citation(Source("a", "Does it?", "Low PA, et al.", 2003, "Brain 1:2", "cohort", "recalled"))
        'Low PA, et al. Does it? Brain 1:2. 2003 (recalled from memory)'
    """
    parts = [source.authors, source.title, source.where, str(source.year or "")]
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part).removesuffix(".")
    return text + (" (recalled from memory)" if source.read == "recalled" else "")
