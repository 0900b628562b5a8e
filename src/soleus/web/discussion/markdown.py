"""Comments are written in Markdown. What comes out is made of a few plain elements and nothing else: no HTML of theirs, no
picture, no heading that would stand among those of the page, nothing that a browser fetches by itself.

Two fences, each of which would do: markdown-it with HTML and pictures switched off, then nh3 with a list of what may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

ELEMENTS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}
REL = "nofollow ugc noopener"
_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)(?:(?!https?://)[^\s()\[\]<>,;])*"  # to its end, or its name would be counted again
    r"|\b[\w-]+\.(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|club|io|co)\b",
    re.I,
)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    switched_off = ["image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"]
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(switched_off)


def to_html(text: str) -> SafeString:
    """A comment as HTML that may stand in a page.

    Examples:
        >>> to_html("**Thanks** <script>alert(1)</script>")
        '<p><strong>Thanks</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>\\n'
    """
    html = nh3.clean(_markdown().render(text), tags=ELEMENTS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
    return mark_safe(html)  # by nh3


def to_text(text: str) -> str:
    """The words of a comment without its marks, an empty line between paragraphs: what the triage and the screening read."""
    return "\n\n".join(filter(None, (block.strip() for block in _blocks(_markdown().parse(text)))))


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join("\n" if t.type in ("softbreak", "hardbreak") else t.content for t in token.children or ())
        elif token.content:
            yield token.content


def links_in(text: str) -> int:
    """How many links a comment holds; an address that is not a link is one too.

    Examples:
        >>> links_in("[here](https://a.example) and www.b.example, buy.shop")
        3
    """
    return len(_ADDRESS.findall(text)) + sum(
        t.type == "link_open" and not _ADDRESS.search(str(t.attrs.get("href", "")))
        for token in _markdown().parse(text)
        for t in token.children or ()
    )
