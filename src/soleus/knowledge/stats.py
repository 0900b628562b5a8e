"""How much of the knowledge is published, derived or estimated, and how far its sources were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soleus.domain.knowledge_base import Condition, KnowledgeBase
from soleus.domain.ledger import VERDICTS, Ledger
from soleus.knowledge.numbers import Told, ages, count_evidence


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
    """Conditions and claims whose review date has passed."""
    evidence: dict[str, dict[str, int]] = field(default_factory=dict)
    """Numbers by kind of entry, and of the 40 commonest conditions: published or derived from a source that was read, quoted
    by another text, or recalled from memory; or estimated. A distribution counts as one."""
    age_years: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Youngest, median and oldest source behind the numbers of each kind. [y]"""
    claims: dict[str, int] = field(default_factory=dict)
    """Popular claims by verdict."""


COMMONEST = 40
"""How many of the commonest conditions are counted apart."""


NO_LEDGER = Ledger({}, {})


def stats(kb: KnowledgeBase, today: str, told: Sequence[Told] = (), ledger: Ledger = NO_LEDGER) -> Stats:
    """Count what is sourced; `today` is an ISO date, `told` the numbers of `every_number`, without which nothing is said of readings."""
    conditions = list(kb.conditions.values())
    numbers: Counter[str] = Counter()
    for c in conditions:
        numbers.update(c.origins)
    years = sorted(s.year for s in kb.sources.values() if s.year)
    common = sorted(conditions, key=lambda c: -c.yield_per_100k)[:COMMONEST]
    kinds = _by_kind(told, {c.id for c in common})
    this_year = int(today[:4])
    return Stats(
        entries={
            "conditions": len(conditions),
            "findings": len(kb.findings),
            "syndromes": len(kb.syndromes),
            "tests": len(kb.tests),
            "red-flag rules": len(kb.rules),
            "lesion sites": len(kb.anatomy.sites),
            "muscles": len(kb.anatomy.muscles),
            "claims": len(ledger.claims),
            "published likelihood ratios": len(ledger.ratios),
            "sources": len(kb.sources),
        },
        numbers=dict(numbers.most_common()),
        sources_by_reading=dict(Counter(s.read for s in kb.sources.values()).most_common()),
        sources_by_kind=dict(Counter(s.kind for s in kb.sources.values()).most_common()),
        years=(years[0], years[len(years) // 2], years[-1]) if years else (0, 0, 0),
        mostly_estimated=tuple(sorted(((c.id, _estimated_share([c])) for c in conditions), key=lambda x: -x[1])),
        commonest_published=1 - _estimated_share(common),
        overdue=tuple(id_ for id_, due in _reviews(kb, ledger) if due < today),
        claims={verdict: sum(c.verdict == verdict for c in ledger.claims.values()) for verdict in VERDICTS},
        evidence={kind: count_evidence(n, kb.sources) for kind, n in kinds.items()},
        age_years={kind: found for kind, n in kinds.items() if (found := ages(n, kb.sources, this_year))},
    )


def _reviews(kb: KnowledgeBase, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """(id, day of the next review) of everything that is reviewed."""
    yield from ((c.id, c.review_next) for c in kb.conditions.values())
    yield from ((c.id, c.review_next) for c in ledger.claims.values())


def _by_kind(numbers: Sequence[Told], common: set[str]) -> dict[str, list[Told]]:
    kinds: dict[str, list[Told]] = {}
    for told in numbers:
        kinds.setdefault(told.kind, []).append(told)
        if told.kind == "conditions" and told.id in common:
            kinds.setdefault(f"{COMMONEST} commonest", []).append(told)
    return kinds


def _estimated_share(conditions: list[Condition]) -> float:
    """Share of the conditions' numbers that nobody published. [-]"""
    total = sum(sum(c.origins.values()) for c in conditions)
    return sum(c.origins.get("estimate", 0) for c in conditions) / max(total, 1)
