"""The library as the pages need it: every article and the search index, made once a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from soleus.knowledge_store import opened_with
from soleus.reports.articles.article import KINDS, Article, Kind
from soleus.reports.articles.blocks import Figure
from soleus.reports.articles.library import all_articles
from soleus.reports.articles.search import SearchIndex
from soleus.web import knowledge

ENTRY = "weakness-at-the-back-of-the-leg"
HELP: Literal["when-to-seek-help"] = "when-to-seek-help"
"""The two articles that other pages lead to."""
CODE = ("reports", "care", "interchange", "interview", "web/library")
"""Folders of the code that writes articles."""
REST_S = 0.05
"""Between two pictures that are drawn in advance: who asks for a page meanwhile goes first. [s]"""


@dataclass(frozen=True)
class Shelf:
    """All articles by slug. Never changed, so that all threads share it."""

    articles: Mapping[str, Article]
    index: SearchIndex

    @cached_property
    def by_kind(self) -> Mapping[Kind, tuple[Article, ...]]:
        """Kinds that have articles, in the order of a table of contents, each with its articles by title."""
        ordered = sorted(self.articles.values(), key=lambda a: a.title.casefold())
        found = {kind: tuple(a for a in ordered if a.kind == kind) for kind in KINDS}
        # The page of when to seek help comes before its levels, and these stay as they were written: the most urgent first.
        found[HELP] = tuple(a for a in self.articles.values() if a.kind == HELP)
        return {kind: articles for kind, articles in found.items() if articles}


_lock = threading.Lock()
_made: list[Shelf] = []


def shelf() -> Shelf:
    """The library; the first who asks waits some seconds, others with them."""
    with _lock:
        if not _made:
            _made.append(opened_with("library", Shelf, _make, CODE))
        return _made[0]


def _make() -> Shelf:
    compiled = knowledge.knowledge()
    articles = all_articles(compiled.kb, knowledge.care(), knowledge.ledger(), knowledge.measures(), compiled.network)
    return Shelf(articles, SearchIndex(articles))


def warm() -> threading.Thread:
    """Make it beside the start of the server, pictures last."""

    def make() -> None:
        for article in shelf().articles.values():
            for block in article.blocks:
                if isinstance(block, Figure):
                    _ = block.svg  # drawn once, then kept in the block
                    time.sleep(REST_S)

    thread = threading.Thread(target=make, name="library", daemon=True)
    thread.start()
    return thread
