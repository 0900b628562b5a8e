"""Which warnings apply to a person, and which treatments they rule out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, get_args

from soleus.domain.care import Caution, CautionLevel, Kind, Treatment

LEVELS: tuple[CautionLevel, ...] = get_args(CautionLevel)
"""Gravest first."""
DONE_TO_THE_PERSON: frozenset[Kind] = frozenset({"medicine", "surgery", "procedure", "physical-therapy", "aid"})
"""Kinds that a contraindication rules out. A review of medicines, the care of a cause, a habit, watching and support stay right:
there a grave warning is about what goes with it, such as a medicine that is taken already."""


class Cautious(Protocol):
    """Anything with warnings: a treatment, an aid, a technique."""

    @property
    def cautions(self) -> tuple[Caution, ...]: ...


def warnings_for(entry: Cautious, facts: Collection[str]) -> tuple[Caution, ...]:
    """The warnings of an entry that apply, gravest first: any of its facts holds, and all that it names `together`."""
    held = (c for c in entry.cautions if any(f in facts for f in c.facts) and all(f in facts for f in c.together))
    return tuple(sorted(held, key=lambda c: LEVELS.index(c.level)))


def is_ruled_out(treatment: Treatment, warnings: Iterable[Caution]) -> bool:
    """Whether a treatment is not for the person to whom these warnings apply."""
    return treatment.kind in DONE_TO_THE_PERSON and any(w.level == "contraindicated" for w in warnings)
