"""The exercise catalogue as open data: each exercise with what it needs, what it does to the body, its dose and its source."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from soleus.domain.care import CareKnowledge
from soleus.domain.exercise import Exercise
from soleus.domain.knowledge_base import KnowledgeBase

SCHEMA = "soleus/exercises/1"
LICENCE = "Apache-2.0"


def exercises_json(kb: KnowledgeBase, care: CareKnowledge) -> dict[str, Any]:
    """All exercises, the hazards that rule some of them out, and the sources they name."""
    entries = [_entry(e) for e in care.exercises.values()]
    refs = {e.support.ref for e in care.exercises.values()} | {h.support.ref for h in care.hazards.values()}
    return {
        "schema": SCHEMA,
        "licence": LICENCE,
        "knowledge": kb.version,
        "exercises": entries,
        "hazards": [asdict(h) for h in care.hazards.values()],
        "sources": {r: kb.sources[r].citation for r in sorted(refs) if r},
    }


def _entry(e: Exercise) -> dict[str, Any]:
    data = asdict(e)
    data["review"] = {k: str(v) for k, v in data["review"].items()}
    return {**data, "muscle_groups": list(e.groups), "figure_file": f"figures/{e.id}.svg"}
