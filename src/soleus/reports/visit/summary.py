"""The summary as a value: what stands on the pages, whatever they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from soleus.reports.charts.spec import ChartSpec

Kind = Literal["text", "list", "ask", "quote"]


@dataclass(frozen=True)
class Line:
    """One line of a part: a word in bold, and what belongs to it, most important first."""

    items: tuple[str, ...]
    label: str = ""
    left_out: int = 0
    """How many items were cut off."""
    between: str = "; "

    @property
    def text(self) -> str:
        """The items as one sentence, with what is missing."""
        more = f"{self.between}and {self.left_out} more" if self.left_out else ""
        said = f"{self.between.join(self.items)}{more}"
        if not self.label:
            said = said[:1].upper() + said[1:]
        return said if said.endswith((".", "?", "!", "”", "…")) else f"{said}."


@dataclass(frozen=True)
class Part:
    """A part of the summary under its heading."""

    id: str
    title: str
    lines: tuple[Line, ...]
    kind: Kind = "text"
    left_out: int = 0
    """How many lines were cut off."""


@dataclass(frozen=True)
class Concern:
    """The first line: how soon, and what it is about."""

    level: str
    word: str
    """`EMERGENCY`, `TODAY` and so on."""
    sentence: str
    because: tuple[str, ...]
    """Why so soon, at most two sentences."""

    @property
    def line(self) -> str:
        """The first line of the page."""
        return f"{self.word}: {self.sentence}"


@dataclass(frozen=True)
class VisitSummary:
    """Everything on the pages."""

    on: date
    who: str
    """Age and sex, as far as they were told; no name."""
    concern: Concern
    parts: tuple[Part, ...]
    charts: tuple[ChartSpec, ...]
    where: str
    """Where all that is left out can be found, to stand behind "in"."""
    charts_left_out: int = 0
    words_left_out: bool = False
    """Whether the quoted words were shortened."""

    @property
    def left_out(self) -> int:
        """Facts that did not fit."""
        return self.charts_left_out + sum(p.left_out + sum(line.left_out for line in p.lines) for p in self.parts)

    @property
    def rest(self) -> str:
        """What did not fit, and where it is; empty if all did."""
        n = self.left_out
        missing = [f"{n} more item{'' if n == 1 else 's'}"] if n else []
        missing += ["the full wording"] if self.words_left_out else []
        if not missing:
            return ""
        return f"Left out here: {' and '.join(missing)}. All of it stands in {self.where}."
