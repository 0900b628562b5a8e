"""Where the lesion may lie: the posterior over footprints, told by level, with the signs that speak for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.domain.knowledge_base import KnowledgeBase
from soleus.reasoning.inference import Posterior
from soleus.reasoning.network import LESION_SIDES, Array

REASONS = 6


@dataclass(frozen=True)
class Place:
    """One lesion site on one side."""

    site: str
    name: str
    side: str
    probability: float


@dataclass(frozen=True)
class Localisation:
    """One level of the nervous system, muscle, tendon or vessel with its probability and its likeliest sites."""

    level: str
    detail: str
    side: str
    probability: float
    places: tuple[Place, ...]
    because: tuple[int, ...]
    """Indices of the evidence items that speak for this level, strongest first."""


def localisation(posterior: Posterior, kb: KnowledgeBase) -> tuple[Localisation, ...]:
    """Levels with probability above 1 %, most probable first. `other` has no place of its own and counts in none."""
    network = posterior.network
    known = network.place_row < (len(network.conditions) - 1) * len(LESION_SIDES)  # all but `other`
    mass = np.bincount(network.place_footprint[known], posterior.places[known], minlength=len(network.footprints))
    places: dict[tuple[str, str], float] = {}
    for (site, side, _), p in zip(network.footprints, mass, strict=True):
        places[site, side] = places.get((site, side), 0.0) + float(p)
    levels: dict[str, list[Place]] = {}
    for (site_id, side), p in places.items():
        entry = kb.anatomy.sites[site_id]
        levels.setdefault(entry.level, []).append(Place(site_id, entry.name, side, p))
    weights = _item_weights(posterior, kb)
    found = []
    for level, members in levels.items():
        members.sort(key=lambda place: -place.probability)
        total = sum(place.probability for place in members)
        if total >= 0.01:
            best = members[0]
            found.append(
                Localisation(level, kb.anatomy.sites[best.site].detail, best.side, total, tuple(members[:4]), weights.get(level, ()))
            )
    return tuple(sorted(found, key=lambda x: -x.probability))


def _item_weights(posterior: Posterior, kb: KnowledgeBase) -> dict[str, tuple[int, ...]]:
    """For each level, the items whose absence would lower it, by how much more likely they are there than elsewhere."""
    network = posterior.network
    levels = np.array([kb.anatomy.sites[site].level for site, _, _ in network.footprints])
    base = posterior.footprints
    result = {}
    for level in sorted(set(levels)):
        here = levels == level
        scores = []
        for i, item in enumerate(posterior.items):
            ratio = _ratio(item.likelihood.footprint, here, base) if item.likelihood.footprint is not None else None
            if ratio is not None and ratio > 1.15:
                scores.append((ratio, i))
        result[str(level)] = tuple(i for _, i in sorted(scores, reverse=True)[:REASONS])
    return result


def _ratio(likelihood: Array, here: NDArray[np.bool_], base: Array) -> float | None:
    """P(item | this level) / P(item | elsewhere), given what else is known."""
    inside, outside = base[here].sum(), base[~here].sum()
    if inside <= 1e-9 or outside <= 1e-9:
        return None
    # take the item itself out of the weights before asking how likely it was
    without = base / likelihood
    p_in = (without[here] * likelihood[here]).sum() / without[here].sum()
    p_out = (without[~here] * likelihood[~here]).sum() / without[~here].sum()
    return float(p_in / p_out)
