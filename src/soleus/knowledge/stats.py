"""How much of the knowledge is published, derived or estimated, and how far its sources were read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from soleus.domain.knowledge_base import Condition, KnowledgeBase


@dataclass(frozen=True)
class Stats:
    """Counts over the whole knowledge base."""

    entries: dict[str, int]
    numbers: dict[str, int]
    """Numbers of the conditions by origin: published, derived, estimate."""
    sources_by_reading: dict[str, int]
    sources_by_kind: dict[str, int]
    years: tuple[int, int, int]
    """Oldest, median and newest year of the sources."""
    mostly_estimated: tuple[tuple[str, float], ...]
    """Conditions by the share of their numbers that is estimated, highest first."""
    commonest_published: float
    """Share of the numbers of the 40 commonest conditions that is published or derived."""
    overdue: tuple[str, ...]
    """Conditions whose review date has passed."""


def stats(kb: KnowledgeBase, today: str) -> Stats:
    """Count what is sourced; `today` is an ISO date."""
    conditions = list(kb.conditions.values())
    numbers: Counter[str] = Counter()
    for c in conditions:
        numbers.update(c.origins)
    years = sorted(s.year for s in kb.sources.values() if s.year)
    common = sorted(conditions, key=lambda c: -c.yield_per_100k)[:40]
    return Stats(
        entries={
            "conditions": len(conditions),
            "findings": len(kb.findings),
            "syndromes": len(kb.syndromes),
            "tests": len(kb.tests),
            "red-flag rules": len(kb.rules),
            "lesion sites": len(kb.anatomy.sites),
            "muscles": len(kb.anatomy.muscles),
            "sources": len(kb.sources),
        },
        numbers=dict(numbers.most_common()),
        sources_by_reading=dict(Counter(s.read for s in kb.sources.values()).most_common()),
        sources_by_kind=dict(Counter(s.kind for s in kb.sources.values()).most_common()),
        years=(years[0], years[len(years) // 2], years[-1]) if years else (0, 0, 0),
        mostly_estimated=tuple(sorted(((c.id, _estimated_share([c])) for c in conditions), key=lambda x: -x[1])),
        commonest_published=1 - _estimated_share(common),
        overdue=tuple(c.id for c in conditions if c.review_next < today),
    )


def _estimated_share(conditions: list[Condition]) -> float:
    """Share of the conditions' numbers that nobody published. [-]"""
    total = sum(sum(c.origins.values()) for c in conditions)
    return sum(c.origins.get("estimate", 0) for c in conditions) / max(total, 1)
