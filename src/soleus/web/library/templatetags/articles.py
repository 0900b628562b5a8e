"""Pieces of articles in templates: `{% load articles %}`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from soleus.reports.articles.blocks import Block, Span, Table, Text
from soleus.reports.articles.grounds import Grounds
from soleus.reports.articles.html import grounds_html, text_html
from soleus.reports.words import URGENCY

register = template.Library()
VERDICTS = {"supported": "success", "partly": "warning", "unsupported": "error"}


@lru_cache(maxsize=1)
def _library() -> str:
    return reverse("library:home")


@register.filter
def article_address(slug: str) -> str:
    """Address of an article. Made by hand: a page may hold hundreds, and `reverse` is slow."""
    return f"{_library()}{slug}/"


@register.filter
def partial(block: Block) -> str:
    """Template of a block, by its kind."""
    return f"library/blocks/{block.kind}.html"


@register.simple_tag
def words(text: Text) -> SafeString:
    """A text with its links and the numbers of its sources."""
    return mark_safe(text_html(text, article_address))  # escapes all words itself


@register.simple_tag
def grounds(mark: Grounds | None) -> SafeString:
    """What a statement rests on, or nothing."""
    if mark and mark.is_guess and mark.why and mark.cites:  # links stand beside what opens, not within it
        numbers = tuple(Span(str(n), cite=n) for n in mark.cites)
        return mark_safe(grounds_html(replace(mark, cites=())) + text_html(numbers, article_address))
    return mark_safe(grounds_html(mark))  # escapes all words itself


@register.filter
def drawn(svg: str) -> SafeString:
    """A picture of ours as it is."""
    return mark_safe(svg)  # made by this program, with all words escaped


@register.filter
def verdict_tone(verdict: str) -> str:
    """Colour and shape of a verdict on a claim."""
    return VERDICTS[verdict]


@register.filter
def alert_tone(level: str) -> str:
    """Colour and shape of an alert: those of its urgency, or of a notice."""
    return "info" if level == "note" else level


@register.filter
def rows_have_grounds(table: Table) -> bool:
    """Whether a table needs a column for what its rows rest on."""
    return any(row.grounds for row in table.rows)


@register.filter
def level_words(level: str) -> str:
    """How soon to be seen, in words."""
    return URGENCY[level][0].capitalize()
