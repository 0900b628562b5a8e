"""The knowledge of Soleus, once a process, for all threads; read while the server starts."""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from soleus import knowledge_store

if TYPE_CHECKING:
    from soleus.domain.care import CareKnowledge
    from soleus.domain.ledger import Ledger
    from soleus.domain.measure_entry import MeasureEntry
    from soleus.knowledge_store import Compiled

_lock = threading.RLock()


def knowledge() -> Compiled:
    """Conditions, findings, tests, network and phrases."""
    with _lock:
        return knowledge_store.open_knowledge()


def care() -> CareKnowledge:
    """Treatments, exercises, regimens, prevention, safety net."""
    with _lock:
        return knowledge_store.open_care()


def measures() -> Mapping[str, MeasureEntry]:
    """The catalogue of measures by id."""
    with _lock:
        return knowledge_store.open_measures()


def ledger() -> Ledger:
    """Claims checked and published likelihood ratios."""
    with _lock:
        return knowledge_store.open_ledger()


def warm() -> threading.Thread:
    """Read it all beside the start of the server; who asks earlier waits for it."""

    def read() -> None:
        knowledge(), care(), measures(), ledger()
        gc.freeze()  # it all stays: the collector need not look at it again

    thread = threading.Thread(target=read, name="knowledge", daemon=True)
    thread.start()
    return thread
