"""The compiled path of `posterior_many`: the loops of `kernel`, turned into machine code by numba.

numba is an extra (`pip install 'soleus[fast]'`) and imported only here and in `kernel`, when many cases are asked for. It
compiles once for each machine, in a few seconds; what it made lies in `numba` in the cache folder (or where
`NUMBA_CACHE_DIR` says).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from soleus.cache import cache_folder
from soleus.cohort.readings import GENERAL, Ints, Slots, Tables, Told, one_sided_of, priors_of
from soleus.reasoning.network import Array, Network

if TYPE_CHECKING:
    from soleus.cohort.kernel import Cases, Fixed

    Posteriors = Callable[[Fixed, Cases, Array, Array], None]


@lru_cache(maxsize=1)
def load(say: Callable[[str], None] = lambda text: print(text, file=sys.stderr)) -> Posteriors | None:
    """`kernel.posteriors`, to be compiled when first called; none if numba is not here or its compiler is switched off."""
    try:
        import numba
    except ImportError:
        return None
    config: Any = numba.config
    if config.DISABLE_JIT:
        return None
    from soleus.cohort import kernel

    before = config.CACHE_DIR
    config.CACHE_DIR = before or str(cache_folder() / "numba")
    try:
        posteriors = numba.njit(cache=can_write(Path(config.CACHE_DIR)), **kernel.OPTIONS)(kernel.posteriors)
    finally:
        config.CACHE_DIR = before
    return _announced(posteriors, say)


def _announced(posteriors: Posteriors, say: Callable[[str], None]) -> Posteriors:
    """The same, saying so when it compiles."""
    from numba.core import event

    class Announcement(event.Listener):
        told = False

        def on_start(self, event: Any) -> None:
            if not self.told:
                say("Compiling the loops for many cases (once, a few seconds) ...")
            self.told = True

        def on_end(self, event: Any) -> None:
            pass

    announcement = Announcement()

    def call(fixed: Fixed, cases: Cases, posterior: Array, total: Array) -> None:
        with event.install_listener("numba:compile", announcement):
            posteriors(fixed, cases, posterior, total)

    return call


def can_write(folder: Path) -> bool:
    """Whether what was compiled can be kept there. numba would look for another place, even beside the source."""
    try:
        cache_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


@dataclass(frozen=True)
class CompiledModel:
    """A network and the rows of its readings, as the loops want them."""

    network: Network
    fixed: Fixed
    posteriors: Posteriors

    @classmethod
    def of(cls, network: Network, slots: Slots, tables: Tables, posteriors: Posteriors) -> CompiledModel:
        from soleus.cohort.kernel import FOOTPRINT, NEUTRAL, OWN, SYNDROME, Fixed

        layers = {"footprint": FOOTPRINT, "syndrome": SYNDROME, "own": OWN, "neutral": NEUTRAL}
        fixed = Fixed(
            layer=np.array([layers[layer] for layer in slots.layer]),
            syndrome=slots.syndrome,
            row=tables.row,
            footprint=tables.footprint,
            by_state=tables.syndrome,
            own=np.ascontiguousarray(np.moveaxis(tables.own, 2, 1)),
            own_sided=(tables.own != tables.own[:, :, :1]).any(axis=(1, 2)),
            given=np.ascontiguousarray(network.syndrome_given_condition.T),
            **_places(network),
        )
        return cls(network, fixed, posteriors)

    def infer(self, told: Told, setting: str, posterior: Array) -> Array:
        """P(condition | evidence) of each case into (N, C); returns P(evidence) up to a factor, (N,)."""
        from soleus.cohort.kernel import Cases

        priors, whose = priors_of(self.network, told, setting)
        cases = Cases(
            start=np.searchsorted(told.case, np.arange(told.n_cases + 1)),
            slot=told.slot,
            reading=told.reading,
            general=np.array([told.general[slot] for slot in GENERAL]),
            priors=priors,
            whose=whose,
            one_sided=one_sided_of(told),
        )
        total = np.empty(told.n_cases)
        self.posteriors(self.fixed, cases, posterior, total)
        return total


def _places(network: Network) -> dict[str, Any]:
    """The weights of footprints by lesion side and condition, each filled up to whole steps; see `kernel.Fixed`."""
    from soleus.cohort.kernel import N_SIDES, PACE

    condition, side = np.divmod(network.place_row, N_SIDES)
    of_place = side * len(network.conditions) + condition
    order = np.lexsort([network.place_footprint, of_place])
    row, first, count = np.unique(of_place[order], return_index=True, return_counts=True)
    start = np.concatenate([[0], np.cumsum(-(-count // PACE) * PACE)])
    filled = np.arange(len(order)) + np.repeat(start[:-1] - first, count)
    footprint: Ints = np.zeros(start[-1], dtype=np.int64)
    weight = np.zeros(start[-1])
    footprint[filled] = network.place_footprint[order]
    weight[filled] = network.place_weight[order]
    return {"place_row": row, "place_start": start, "place_footprint": footprint, "place_weight": weight}
