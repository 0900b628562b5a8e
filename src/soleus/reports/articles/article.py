"""An article of the library: plain, frozen, complete."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from soleus.reports.articles.blocks import Block, Section, Statement, statements
from soleus.reports.articles.grounds import SourceNote

Kind = Literal["entry", "condition", "symptom", "test", "treatment", "exercise", "prevention", "when-to-seek-help", "measure", "aid"]
KINDS: tuple[Kind, ...] = get_args(Kind)
KIND_NAMES: dict[Kind, tuple[str, str]] = {
    "entry": ("Start here", "Start here"),
    "when-to-seek-help": ("When to seek help", "When to seek help"),
    "condition": ("Condition", "Conditions"),
    "symptom": ("Symptom", "Symptoms"),
    "test": ("Test", "Tests"),
    "treatment": ("Treatment", "Treatments"),
    "exercise": ("Exercise", "Exercises"),
    "prevention": ("Prevention", "Prevention"),
    "measure": ("Measure", "Measures"),
    "aid": ("Aid", "Aids"),
}
"""Name of one and of many, in the order of a table of contents."""
WORDS_PER_MINUTE = 200
"""How fast grown-ups read plain text of this kind; M. Brysbaert, J Mem Lang 2019, found 238 for English non-fiction (recalled);
less is taken, as readers may be tired or ill (expert estimate)."""
NO_REVIEWER = "none yet"


@dataclass(frozen=True)
class Dates:
    """When an article was first published and last checked. `by`: the clinician who reviewed it."""

    published: datetime.date
    reviewed: datetime.date
    next: datetime.date
    by: str = NO_REVIEWER

    @property
    def has_reviewer(self) -> bool:
        return self.by != NO_REVIEWER


@dataclass(frozen=True)
class Related:
    """Another article that goes with this one."""

    slug: str
    kind: Kind
    title: str


@dataclass(frozen=True)
class Marks:
    """How many statements of an article rest on what."""

    sourced: int
    estimated: int
    """Guesses of experts, and what follows from anatomy."""


@dataclass(frozen=True)
class Article:
    """One article. `about` is the id of the entry it was built from; `topics` what it shares with others."""

    slug: str
    kind: Kind
    about: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    dates: Dates
    sources: tuple[SourceNote, ...] = ()
    synonyms: tuple[str, ...] = ()
    """Other names, for the search."""
    level: str = ""
    """How soon to be seen, where the article is about something that sets it."""
    topics: frozenset[str] = frozenset()
    """`condition:x`, `finding:y`, `exercise:z` and so on: what it speaks of."""
    claims: tuple[str, ...] = ()
    """Ids of the claims that are checked in it."""
    related: tuple[Related, ...] = ()

    @property
    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    def statements(self, for_clinicians: bool = True) -> Iterator[Statement]:
        """All that it says, in order."""
        for section in self.sections:
            if for_clinicians or not section.for_clinicians:
                for block in section.blocks:
                    yield from statements(block)

    @cached_property
    def body(self) -> str:
        """All of its text below the lead, a statement a line."""
        return "\n".join(s.text for s in self.statements())

    @cached_property
    def words(self) -> int:
        return len(f"{self.lead} {self.body}".split())

    @property
    def reading_minutes(self) -> int:
        """At 200 words a minute, at least 1. [min]"""
        return max(1, round(self.words / WORDS_PER_MINUTE))

    @cached_property
    def marks(self) -> Marks:
        graded = [s for s in self.statements() if s.cited or s.grounds]
        sourced = sum(s.cited and not (s.grounds and s.grounds.is_guess) for s in graded)
        return Marks(sourced, len(graded) - sourced)

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change with what the article says, and with nothing else: not with dates or neighbours."""
        said = (self.title, self.lead, self.sections, tuple((s.id, s.citation) for s in self.sources))
        return hashlib.blake2b(repr(said).encode(), digest_size=6).hexdigest()

    @property
    def standfirst(self) -> str:
        """The lead, unless the article begins with the same words anyway."""
        return "" if self.body.startswith(self.lead) else self.lead

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """(anchor, heading) of each section."""
        return tuple((s.anchor, s.heading) for s in self.sections)


Articles = Iterator[Article]
