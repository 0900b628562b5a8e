"""All articles, built from what is known."""

from __future__ import annotations

from collections.abc import Mapping

from soleus.domain.care import CareKnowledge
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.ledger import Ledger
from soleus.domain.measure_entry import MeasureEntry
from soleus.reasoning.network import Network, compile_network
from soleus.reports.articles import aid, condition, examination, exercise, measure, prevention, seek_help, symptom, texts, treatment
from soleus.reports.articles.article import Article
from soleus.reports.articles.dates import checked_dates
from soleus.reports.articles.desk import Desk
from soleus.reports.articles.related import with_related

WRITERS = (seek_help, condition, symptom, examination, treatment, exercise, prevention, aid, measure)
"""One module a kind."""


def all_articles(
    kb: KnowledgeBase,
    care: CareKnowledge,
    ledger: Ledger,
    measures: Mapping[str, MeasureEntry],
    network: Network | None = None,
) -> dict[str, Article]:
    """Every article by its slug, the hand-written ones first. Takes seconds: keep the result.

    Args:
        network: The compiled network of `kb`, where there is one; compiling it here takes another second.

    Raises:
        KnowledgeError: If a hand-written article is at fault.
    """
    desk = Desk(kb, care, ledger, measures, network or compile_network(kb), checked_dates())
    written = [*texts.hand_written(desk), *(a for writer in WRITERS for a in writer.articles(desk))]
    articles = {a.slug: a for a in with_related(written)}
    assert len(articles) == len(written), "two articles share a slug"
    return articles
