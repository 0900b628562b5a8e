"""What a statement rests on, in words and dots, and the numbered sources of one article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from soleus.domain.knowledge_base import Quantity, Source
from soleus.domain.measure import Amount
from soleus.domain.support import Support
from soleus.reports.book.shelf import READ, full_citation, short_citation

Origin = Literal["source", "derived", "estimate", "computed"]
DOTS: Mapping[str, str] = {"high": "●●●●", "moderate": "●●●○", "low": "●●○○", "very-low": "●○○○"}
"""One more dot for each level of certainty; an estimate has none of four."""
NO_DOTS = "○○○○"
CONSENSUS = "consensus"
"""The `ref` of an amount that nobody published."""


@dataclass(frozen=True)
class Grounds:
    """Where a statement comes from and how sure it is. `computed`: from the anatomy or the network, so no surer than an estimate."""

    origin: Origin
    certainty: str = ""
    """`high`, `moderate`, `low`, `very-low`, or empty where nobody graded it."""
    strength: str = ""
    """In the words of the body that graded it: strong, Level B, do not offer."""
    body: str = ""
    cites: tuple[int, ...] = ()
    why: str = ""
    """Where in the source, how it was derived, or why an expert would say so."""

    @property
    def dots(self) -> str:
        """Certainty as filled dots of four; empty where a source gives no grade."""
        return DOTS.get(self.certainty, NO_DOTS if self.origin == "estimate" else "")

    @property
    def words(self) -> str:
        """The mark in words, so that nothing hangs on the dots alone."""
        if self.origin == "estimate":
            return "expert estimate"
        if self.origin == "computed":
            return "worked out by Soleus: an estimate"
        certainty = f"{self.certainty.replace('-', ' ')} certainty" if self.certainty else ""
        graded = f"{self.body + ': ' if self.body else ''}{self.strength}" if self.strength else self.body
        worked = "worked out from a source" if self.origin == "derived" else ""
        return "; ".join(p for p in (graded, worked, certainty) if p) or "published"

    @property
    def is_guess(self) -> bool:
        """Whether nobody published it."""
        return self.origin in ("estimate", "computed")


@dataclass(frozen=True)
class SourceNote:
    """A source of an article, by the number under which it is cited."""

    number: int
    id: str
    short: str
    """First author and year."""
    citation: str
    how_read: str
    """How far it was read."""
    was_read: bool
    address: str
    """Where to find it, or empty."""
    places: tuple[str, ...]
    """Where in it, as the entries say."""

    @property
    def anchor(self) -> str:
        return f"source-{self.number}"


@dataclass
class Citations:
    """Numbers the sources of one article in the order in which they are first cited."""

    sources: Mapping[str, Source]
    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, dict[str, None]] = field(default_factory=dict)

    def cite(self, ref: str, at: str = "") -> int:
        """The number of a source.

        Raises:
            KeyError: If there is no such source.
        """
        if ref not in self.sources:
            raise KeyError(ref)
        number = self.numbers.setdefault(ref, len(self.numbers) + 1)
        places = self.places.setdefault(ref, {})
        if at:
            places[at] = None
        return number

    def support(self, s: Support) -> Grounds:
        """The grounds of a piece of advice."""
        if s.estimate:
            return Grounds("estimate", why=s.estimate)
        return Grounds("source", s.certainty or "", s.strength, s.body, (self.cite(s.ref, s.at),), s.at)

    def quantity(self, q: Quantity) -> Grounds:
        """The grounds of a number of a condition."""
        if q.origin == "estimate" or not q.ref:
            return Grounds("estimate", why=q.because)
        return Grounds("derived" if q.origin == "derived" else "source", cites=(self.cite(q.ref),), why=q.because)

    def amount(self, a: Amount) -> Grounds:
        """The grounds of a number of a measure."""
        if a.ref == CONSENSUS:
            return Grounds("estimate", why=a.because)
        return Grounds("derived" if a.because else "source", cites=(self.cite(a.ref, a.at),), why=a.because)

    def notes(self) -> tuple[SourceNote, ...]:
        """The list of sources, in the order of their numbers."""
        return tuple(self._note(ref, number) for ref, number in self.numbers.items())

    def _note(self, ref: str, number: int) -> SourceNote:
        s = self.sources[ref]
        return SourceNote(
            number,
            ref,
            short_citation(s.authors, s.year, s.title),
            full_citation(s).removesuffix(" (recalled from memory)"),
            READ[s.read],
            s.read != "recalled",
            f"https://doi.org/{s.doi}" if s.doi else f"https://pubmed.ncbi.nlm.nih.gov/{s.pmid}/" if s.pmid else s.url,
            tuple(self.places.get(ref, {})),
        )
