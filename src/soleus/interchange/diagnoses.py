"""Diagnoses that a case names: the causes Soleus knows, by any of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soleus.domain.knowledge_base import KnowledgeBase

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Lower case, one blank between words, without a plural's end."""
    return _NOT_A_WORD.sub(" ", text.lower()).strip().removesuffix("s")


def diagnoses(texts: Iterable[str], kb: KnowledgeBase) -> dict[str, str]:
    """Ids of the conditions that are named as a whole, by the text that names them."""
    texts = list(texts)
    if not texts:
        return {}
    names = {plain(n): c.id for c in kb.conditions.values() for n in c.names}
    return {text: names[plain(text)] for text in texts if plain(text) in names}
