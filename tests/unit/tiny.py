"""A knowledge base small enough to work out by hand: two conditions, a few findings, one test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import soleus
from soleus.domain.anatomy import Anatomy
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import Condition, FootprintShare, KnowledgeBase, Quantity, RedFlagRule, Syndrome, Test
from soleus.knowledge.anatomy_loader import load_anatomy

PRESENT, ABSENT, NOTHING = (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)


@lru_cache(maxsize=1)
def anatomy() -> Anatomy:
    return load_anatomy(Path(soleus.__file__).parent / "knowledge" / "data" / "anatomy")


def finding(id_: str, rate: float = 0.05, **more: Any) -> Finding:
    kind = more.pop("kind", Kind.BINARY)
    parent = more.pop("parent", "condition")
    return Finding(id_, id_, id_, kind, parent, more.pop("sided", False), ((0, rate),), **more)


def condition(
    id_: str, findings: Mapping[str, float] = {}, syndromes: Mapping[str, float] = {}, risks: Mapping[str, float] = {}, **more: Any
) -> Condition:
    settings: dict[str, Any] = {
        "synonyms": (),
        "groups": ("g",),
        "management": id_,
        "urgency": "routine",
        "not_to_miss": 0.5,
        "yield_per_100k": 10.0,
        "age_rates": (1.0,) * 6,
        "male_share": 0.5,
        "footprints": (FootprintShare("functional-leg", "unilateral", 1.0, (1.0, 0.0, 0.0, 0.0)),),
        "onset": (0.2,) * 5,
        "course": (0.2,) * 5,
        **more,
    }
    quantities = [{k: Quantity(v, "estimate") for k, v in table.items()} for table in (risks, syndromes, findings)]
    return Condition(
        id=id_, name=id_, lay_name=id_, risk_factors=quantities[0], syndromes=quantities[1], findings=quantities[2], **settings
    )


def knowledge(
    findings: Sequence[Finding],
    conditions: Sequence[Condition] = (),
    rules: Mapping[str, tuple[str, object]] = {},
    syndromes: Mapping[str, float] = {},
    tests: Sequence[Test] = (),
    terms: Mapping[str, Mapping[str, object]] = {},
    essential: Mapping[str, tuple[str, ...]] = {},
) -> KnowledgeBase:
    """From short descriptions: rules are id to (level, when), syndromes id to background."""
    return KnowledgeBase(
        version="tiny",
        conditions={c.id: c for c in conditions},
        findings={f.id: f for f in findings},
        syndromes={s: Syndrome(s, s, s, rate) for s, rate in syndromes.items()},
        tests={t.id: t for t in tests},
        rules={r: RedFlagRule(r, level, when, r, r, essential.get(r, ()), "", "") for r, (level, when) in rules.items()},  # type: ignore[arg-type]
        sources={},
        groups={},
        managements={},
        settings={s: {} for s in ("self", "primary-care", "neuromuscular-clinic")},
        anatomy=anatomy(),
        terms=terms,
    )


def told(**findings: tuple[float, ...]) -> tuple[Observation, ...]:
    """Observations on no stated side; underscores in a name stand for hyphens."""
    return tuple(Observation(f.replace("_", "-"), Side.UNSTATED, weights, f) for f, weights in findings.items())


def known(*more: Observation, **findings: tuple[float, ...]) -> Evidence:
    return Evidence(observations=(*told(**findings), *more))
