"""Which articles go together: those that share rare topics, such as a condition, a finding or an exercise."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from soleus.reports.articles.article import Article, Related

MOST = 8
MOST_OF_A_KIND = 3
"""So that a condition leads not to eight treatments, but also to exercises, tests and look-alikes."""
COMMON = 150
"""A topic that more articles share tells nothing about which of them are close."""


def with_related(articles: Sequence[Article]) -> list[Article]:
    """The same articles, each with its neighbours, closest first."""
    sharing: dict[str, list[int]] = {}
    for i, article in enumerate(articles):
        for topic in sorted(article.topics):
            sharing.setdefault(topic, []).append(i)
    weights = {topic: math.log(1 + COMMON / len(who)) for topic, who in sharing.items() if 1 < len(who) <= COMMON}
    return [replace(a, related=_neighbours(i, articles, sharing, weights)) for i, a in enumerate(articles)]


def _neighbours(here: int, articles: Sequence[Article], sharing: dict[str, list[int]], weights: dict[str, float]) -> tuple[Related, ...]:
    score: dict[int, float] = {}
    for topic in sorted(articles[here].topics):  # in one order, so that sums are the same to the last digit
        if topic in weights:
            for other in sharing[topic]:
                score[other] = score.get(other, 0.0) + weights[topic]
    score.pop(here, None)
    size = len(articles[here].topics)
    ranked = sorted(score, key=lambda i: (-score[i] / math.sqrt(size * len(articles[i].topics)), articles[i].slug))
    found: list[Related] = []
    kinds: Counter[str] = Counter()
    for i in ranked:
        neighbour = articles[i]
        if kinds[neighbour.kind] < MOST_OF_A_KIND:
            kinds[neighbour.kind] += 1
            found.append(Related(neighbour.slug, neighbour.kind, neighbour.title))
            if len(found) == MOST:
                break
    return tuple(found)
