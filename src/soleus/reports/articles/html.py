"""Blocks as HTML, without a template: headings, lists, tables, marks. No inline style, no script; classes carry the looks.

Everything from the knowledge is escaped. The pictures are SVG drawn by this program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from soleus.reports.articles.article import Article
from soleus.reports.articles.blocks import (
    Alert,
    Block,
    Bullets,
    Checklist,
    ClaimChecked,
    Figure,
    Item,
    KeyFacts,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Text,
)
from soleus.reports.articles.grounds import Grounds, SourceNote

BETWEEN = "<sup>, </sup>"
"""Between the numbers of two sources, so that 2 and 3 are not read as 23."""
Href = Callable[[str], str]
"""Slug of an article to its address."""


def article_html(article: Article, href: Href) -> str:
    """Sections and sources of an article; title, lead, dates and neighbours are left to the page around it."""
    sections = "".join(section_html(s, href) for s in article.sections)
    return sections + sources_html(article.sources)


def section_html(section: Section, href: Href) -> str:
    return f'<section id="{section.anchor}"><h2>{escape(section.heading)}</h2>{blocks_html(section.blocks, href)}</section>'


def blocks_html(blocks: Iterable[Block], href: Href) -> str:
    """Blocks in a row."""
    return "".join(_block(b, href) for b in blocks)


def text_html(text: Text, href: Href) -> str:
    """A text with its links and the numbers of its sources."""
    parts = []
    for i, s in enumerate(text):
        parts += [BETWEEN] if s.cite and i and text[i - 1].cite else []
        parts.append(_span(s, href))
    return "".join(parts)


def _span(s: Span, href: Href) -> str:
    if s.cite:
        return _cite(s.cite)
    words = escape(s.text, quote=False)
    if s.slug or s.anchor:
        address = (href(s.slug) if s.slug else "") + (f"#{s.anchor}" if s.anchor else "")
        return f'<a href="{escape(address)}">{words}</a>'
    return f"<strong>{words}</strong>" if s.strong else words


def _cite(number: int) -> str:
    return f'<sup><a class="cite" href="#source-{number}" aria-label="Source {number}">{number}</a></sup>'


def grounds_html(g: Grounds | None) -> str:
    """The mark of a statement: words, dots, numbers of its sources; the reason of an estimate opens on demand."""
    if g is None:
        return ""
    dots = f' <span class="dots" aria-hidden="true">{g.dots}</span>' if g.dots else ""
    mark = f"{escape(g.words, quote=False)}{dots}{BETWEEN.join(_cite(n) for n in g.cites)}"
    if g.is_guess and g.why:
        return f'<details class="grounds grounds-{g.origin}"><summary>{mark}</summary>{escape(g.why, quote=False)}</details>'
    return f'<small class="grounds grounds-{g.origin}">{mark}</small>'


def _block(block: Block, href: Href) -> str:
    match block:
        case Paragraph(text, grounds):
            return f"<p>{text_html(text, href)}</p>{grounds_html(grounds)}"
        case Bullets(items, ordered, grounds):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>{_items(items, href)}</{tag}>{grounds_html(grounds)}"
        case Checklist(title, items):
            boxes = "".join(f'<li><span class="box" aria-hidden="true">☐</span> {text_html(i.text, href)}</li>' for i in items)
            return f'<div class="checklist">{_title(title)}<ul>{boxes}</ul></div>'
        case Alert(level, title, items):
            lines = f"<ul>{_items(items, href)}</ul>" if items else ""
            return f'<div class="alert alert-{level}">{_title(title)}{lines}</div>'
        case Table():
            return _table(block, href)
        case KeyFacts(facts):
            lines = "".join(f"<dt>{escape(term)}</dt><dd>{text_html(text, href)}</dd>" for term, text in facts)
            return f'<dl class="key-facts">{lines}</dl>'
        case ClaimChecked():
            return (
                f'<div class="claim claim-{block.verdict}" id="claim-{block.id}"><blockquote>{escape(block.claim)}</blockquote>'
                f"<p><strong>{escape(block.verdict_words)}.</strong> {text_html(block.why, href)}</p>{grounds_html(block.grounds)}</div>"
            )
        case Figure():
            return f"<figure>{block.svg}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _title(title: str) -> str:
    return f'<p class="title"><strong>{escape(title)}</strong></p>' if title else ""


def _items(items: Iterable[Item], href: Href) -> str:
    return "".join(f"<li>{text_html(i.text, href)}{grounds_html(i.grounds)}</li>" for i in items)


def _table(table: Table, href: Href) -> str:
    has_own = any(row.grounds for row in table.rows)
    heads = (*table.head, *((table.grounds_head,) if has_own else ()))
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    rows = "".join(_row(row, has_own, href) for row in table.rows)
    inside = f"<caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="scroll"><table>{inside}</table></div>{grounds_html(table.grounds)}'


def _row(row: Row, has_own: bool, href: Href) -> str:
    first, *rest = (text_html(cell, href) for cell in row.cells)
    cells = "".join(f"<td>{cell}</td>" for cell in (*rest, *((grounds_html(row.grounds),) if has_own else ())))
    return f'<tr><th scope="row">{first}</th>{cells}</tr>'


def sources_html(sources: Iterable[SourceNote]) -> str:
    """The numbered sources, each with how far it was read."""
    lines = "".join(_source(s) for s in sources)
    return f'<section id="sources"><h2>Sources</h2><ol class="sources">{lines}</ol></section>' if lines else ""


def _source(s: SourceNote) -> str:
    link = f' <a href="{escape(s.address)}" rel="noreferrer">Find it</a>' if s.address.startswith(("https://", "http://")) else ""
    return f'<li id="{s.anchor}">{escape(s.citation)}{link} <small class="read">{escape(s.how_read)}</small></li>'
