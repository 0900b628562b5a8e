"""What an examination for weakness at the back of a leg looks at, and which of it nobody has told."""

from __future__ import annotations

from collections.abc import Mapping

from soleus.domain.evidence import Evidence
from soleus.domain.finding import Presence
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reports.careplan.text import lowered

CORE = (
    "reflex-ankle",
    "reflex-knee",
    "plantar-extensor",
    "numb-saddle",
    "straight-leg-raise",
    "absent-foot-pulses",
    "weak-ankle-plantarflexion",
    "weak-knee-flexion",
    "weak-ankle-dorsiflexion",
    "weak-great-toe-extension",
    "weak-hip-extension",
    "weak-hip-abduction",
    "wasting-calf",
    "fasciculations-leg",
    "numb-lateral-foot",
    "numb-sole",
    "vibration-loss-feet",
    "anal-tone-reduced",
)
"""In the order in which it is missed most (expert estimate)."""
LOOKED_AT: Mapping[str, str] = {
    "plantar-extensor": "plantar response",
    "straight-leg-raise": "straight leg raise",
    "absent-foot-pulses": "foot pulses",
    "wasting-calf": "calf size",
    "fasciculations-leg": "fasciculations",
    "vibration-loss-feet": "vibration sense",
    "anal-tone-reduced": "anal tone",
    "numb-saddle": "saddle sensation",
}


def not_examined(evidence: Evidence, kb: KnowledgeBase) -> list[str]:
    """What of it is not known, in words."""
    return [looked_at_words(f, kb) for f in CORE if evidence.presence(f) is Presence.UNKNOWN]


def looked_at_words(id_: str, kb: KnowledgeBase) -> str:
    """What is looked at, without saying how it would be if it were bad."""
    if id_ in kb.anatomy.movements:
        return lowered(kb.anatomy.movements[id_].name)
    if id_ in kb.anatomy.skin:
        return f"sensation: {lowered(kb.anatomy.skin[id_].name)}"
    return LOOKED_AT.get(id_, lowered(kb.findings[id_].name))
