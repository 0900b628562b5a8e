"""What the property tests share."""

from __future__ import annotations

import pytest

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.phrases.lexicon import Lexicon
from soleus.knowledge_store import Compiled
from soleus.reasoning.network import Network


class World:
    """The compiled knowledge base. No dataclass: Hypothesis would print megabytes of it beside a failing example."""

    def __init__(self, kb: KnowledgeBase, network: Network, lexicon: Lexicon) -> None:
        self.kb = kb
        self.network = network
        self.lexicon = lexicon

    def __repr__(self) -> str:
        return "World"


@pytest.fixture(scope="session")
def world(compiled: Compiled) -> World:
    return World(compiled.kb, compiled.network, compiled.lexicon)
