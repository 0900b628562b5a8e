"""Which warnings apply to a person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from soleus.domain.care import Caution


class Cautious(Protocol):
    """Anything with warnings: a treatment, an aid, a technique."""

    @property
    def cautions(self) -> tuple[Caution, ...]: ...


def warnings_for(entry: Cautious, facts: Collection[str]) -> tuple[Caution, ...]:
    """The warnings of an entry that apply: any of its facts holds, and all that it names `together`."""
    return tuple(c for c in entry.cautions if any(f in facts for f in c.facts) and all(f in facts for f in c.together))
