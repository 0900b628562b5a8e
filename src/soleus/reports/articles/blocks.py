"""What an article is made of: spans of text, and blocks of them. Plain values that any template can walk.

Every block has a `kind`, so that a template is chosen by its name. No block holds markup, style or script; a picture is drawn when asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from soleus.domain.figure import figure_of
from soleus.reports.articles.grounds import Grounds
from soleus.reports.figures.draw import draw


@dataclass(frozen=True)
class Span:
    """A run of text. With `slug` it leads to an article, with `cite` to a source of this article by its number."""

    text: str
    slug: str = ""
    anchor: str = ""
    """Section of the article that it leads to, or of this one where `slug` is empty."""
    cite: int = 0
    strong: bool = False

    @property
    def kind(self) -> str:
        return "cite" if self.cite else "link" if self.slug or self.anchor else "strong" if self.strong else "text"


Text = tuple[Span, ...]


@dataclass(frozen=True)
class Item:
    """One line of a list, with what it rests on."""

    text: Text
    grounds: Grounds | None = None
    covers: tuple[str, ...] = ()
    """Ids of the red flags that the line tells of, in hand-written texts."""


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: Text
    grounds: Grounds | None = None


@dataclass(frozen=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "list"
    items: tuple[Item, ...]
    ordered: bool = False
    grounds: Grounds | None = None
    """Of all of its lines that have none of their own."""


@dataclass(frozen=True)
class Checklist:
    """Boxes to tick."""

    kind: ClassVar[str] = "checklist"
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Row:
    """One line of a table; the first cell heads it."""

    cells: tuple[Text, ...]
    grounds: Grounds | None = None


@dataclass(frozen=True)
class Table:
    """A table. Where rows have grounds of their own, these are its last column, under `grounds_head`."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    grounds_head: str = ""
    grounds: Grounds | None = None
    """Of all of its rows that have none of their own."""


@dataclass(frozen=True)
class KeyFacts:
    """The article in a few lines: term and what is to be said of it."""

    kind: ClassVar[str] = "key-facts"
    facts: tuple[tuple[str, Text], ...]


@dataclass(frozen=True)
class Alert:
    """What must not be overlooked. `level` is how soon to be seen, or `note`."""

    kind: ClassVar[str] = "alert"
    level: str
    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class ClaimChecked:
    """Something people are told, with a verdict."""

    kind: ClassVar[str] = "claim"
    id: str
    claim: str
    verdict: str
    """`supported`, `partly` or `unsupported`."""
    verdict_words: str
    why: Text
    grounds: Grounds


@dataclass(frozen=True)
class Figure:
    """A drawing, made from joint angles when it is first asked for (some 20 ms), or given as it is."""

    kind: ClassVar[str] = "figure"
    key: str
    """Unique within an article: the ids inside the SVG begin with it."""
    name: str
    caption: str
    angles: Mapping[str, Any] = field(default_factory=dict, hash=False)
    drawn: str = field(default="", repr=False)
    """Not a part of what the article says: a line drawn better is no new version of it."""

    @cached_property
    def svg(self) -> str:
        """The picture with its title and description inside, for screen readers. Presentation attributes alone: no style, no script."""
        if self.drawn:
            return self.drawn
        figure, problems = figure_of(self.angles)
        assert figure is not None, problems
        return draw(figure, name=self.name, prefix=self.key)


Block = Paragraph | Bullets | Checklist | Table | KeyFacts | Alert | ClaimChecked | Figure


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    for_clinicians: bool = False
    """In doctors' words; not held to plain English."""


def plain(text: Text) -> str:
    """A text without links and numbers of sources."""
    return "".join(s.text for s in text if not s.cite)


@dataclass(frozen=True)
class Statement:
    """A sentence or line with what it rests on, wherever it stands."""

    text: str
    grounds: Grounds | None
    cited: bool
    """Whether a source is named within the text or as grounds."""
    is_prose: bool
    """Whole sentences, as against a cell, a name or a key fact."""


def statements(block: Block) -> Iterator[Statement]:
    """Everything that a block says, piece by piece."""
    match block:
        case Paragraph(text, grounds):
            yield _statement((text,), grounds, True)
        case Bullets(items, _, grounds):
            yield from (_statement((i.text,), i.grounds or grounds, True) for i in items)
        case Checklist(_, items):
            yield from (_statement((i.text,), i.grounds, True) for i in items)
        case Alert(_, title, items):
            yield Statement(title, None, False, True)
            yield from (_statement((i.text,), i.grounds, True) for i in items)
        case Table(rows=rows, grounds=grounds):
            yield from (_statement(row.cells, row.grounds or grounds, False) for row in rows)
        case KeyFacts(facts):
            yield from (_statement(((Span(f"{term}: "), *text),), None, False) for term, text in facts)
        case ClaimChecked(claim=claim, verdict_words=words, why=why, grounds=grounds):
            yield Statement(f'"{claim}" {words}.', grounds, bool(grounds.cites), False)
            yield _statement((why,), grounds, True)
        case Figure(caption=caption):
            yield Statement(caption, None, False, False)


def _statement(texts: tuple[Text, ...], grounds: Grounds | None, is_prose: bool) -> Statement:
    cited = any(s.cite for text in texts for s in text) or bool(grounds and grounds.cites)
    return Statement("; ".join(plain(t) for t in texts if t), grounds, cited, is_prose)


def spans(block: Block) -> Iterator[Span]:
    """Every span of a block, those of nested items too."""
    match block:
        case Paragraph(text):
            yield from text
        case Bullets(items) | Checklist(_, items) | Alert(_, _, items):
            for item in items:
                yield from item.text
        case Table(_, _, rows):
            for row in rows:
                for cell in row.cells:
                    yield from cell
        case KeyFacts(facts):
            for _, text in facts:
                yield from text
        case ClaimChecked(why=why):
            yield from why
