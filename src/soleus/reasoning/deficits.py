"""What a lesion takes from one side of the body: fractions of muscle, movement, sensation and reflex arc that are lost."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from soleus.domain.anatomy import Anatomy, LesionSite, Muscle, ReflexLimb
from soleus.domain.errors import OutOfRange

DEGREE_FACTOR: Mapping[str, float] = {"mild": 0.4, "moderate": 0.7, "severe": 1.0, "complete": 1.0}
"""Fraction of the loss that the site states for a severe lesion. [-]"""
_NOT_THE_LEG = ("weak-arm-proximal", "weak-arm-distal", "weak-finger-flexion", "weak-neck", "weak-face", "arm", "face")
COMPLETE_SPREAD = 3.0
"""A complete lesion takes what a severe one takes in part: 1 - (1 - fraction)^3 of it (expert estimate). [-]"""


@dataclass(frozen=True)
class Deficits:
    """Losses on one side, 0 (none) to 1 (complete). [-]"""

    movements: Mapping[str, float]
    muscles: Mapping[str, float]
    """Loss of lower motor neurone or muscle fibre, which wastes; corticospinal loss is not in it."""
    skin: Mapping[str, float]
    reflex_arcs: Mapping[str, float]
    corticospinal: Mapping[str, float]


def degree_factor(degree: str) -> float:
    """Fraction of a severe lesion for `mild`, `moderate`, `severe` or `complete`: 0.4, 0.7, 1, 1. [-]

    Raises:
        OutOfRange: If the degree is none of these.
    """
    try:
        return DEGREE_FACTOR[degree]
    except KeyError:
        raise OutOfRange(f'"{degree}" is not a degree: mild, moderate, severe or complete.') from None


def completed(site: LesionSite) -> LesionSite:
    """The same site hit completely: fractions that a severe lesion leaves are mostly taken too. The arms, neck and face stay as
    they are in a severe one: this is about the leg."""

    def spread(fractions: Mapping[str, float]) -> dict[str, float]:
        return {key: f if key in _NOT_THE_LEG else 1.0 - (1.0 - min(f, 1.0)) ** COMPLETE_SPREAD for key, f in fractions.items()}

    return replace(
        site,
        roots=spread(site.roots),
        nerves=spread(site.nerves),
        muscles=spread(site.muscles),
        pattern=spread(site.pattern),
        corticospinal=spread(site.corticospinal),
    )


def deficits(anatomy: Anatomy, site: LesionSite, intensity: float) -> Deficits:
    """Losses on one side.

    Args:
        anatomy: Muscles, nerves and skin.
        site: Where the lesion is.
        intensity: Fraction of a complete lesion on this side, 0 to 1: degree, times `other_side` on the other one. [-]

    Returns:
        Deficits, none of which falls when `intensity` rises.
    """
    direct = {id_: _muscle(anatomy, site, muscle, intensity) for id_, muscle in anatomy.muscles.items()}
    cord = {limb: fraction * intensity for limb, fraction in site.corticospinal.items()}
    return Deficits(
        movements={m: _movement(anatomy, site, m, direct, cord, intensity) for m in anatomy.movements},
        muscles={id_: either(direct[id_], _patterned(site, muscle) * intensity) for id_, muscle in anatomy.muscles.items()},
        skin={
            id_: intensity * site.sensory * either(by_root(site, area.roots), by_nerve(anatomy, site, area.nerves))
            for id_, area in anatomy.skin.items()
        },
        reflex_arcs={
            id_: intensity * max(site.sensory * _arc(anatomy, site, r.afferent), site.motor * _arc(anatomy, site, r.efferent))
            for id_, r in anatomy.reflexes.items()
        },
        corticospinal=cord,
    )


def by_root(site: LesionSite, shares: Mapping[str, float]) -> float:
    """Loss of a structure that draws `shares` of its fibres from each root. [-]"""
    return min(1.0, sum(share * site.roots.get(root, 0.0) for root, share in shares.items()))


def by_nerve(anatomy: Anatomy, site: LesionSite, shares: Mapping[str, float]) -> float:
    """Loss of a structure whose fibres leave at these nodes: those at or beyond the lesion are lost. [-]"""
    if not site.nerves:
        return 0.0
    return min(
        1.0,
        sum(
            share * max((site.nerves.get(stretch, 0.0) for stretch in anatomy.paths[nerve]), default=0.0) for nerve, share in shares.items()
        ),
    )


def either(*losses: float) -> float:
    """Loss left by several independent losses of the same structure. [-]"""
    return 1.0 - math.prod(1.0 - loss for loss in losses)


def _muscle(anatomy: Anatomy, site: LesionSite, muscle: Muscle, intensity: float) -> float:
    supply = site.motor * either(by_root(site, muscle.roots), by_nerve(anatomy, site, muscle.nerves))
    return intensity * either(supply, site.muscles.get(muscle.id, 0.0))


def _patterned(site: LesionSite, muscle: Muscle) -> float:
    """The loss that a stated pattern of weak movements means for a muscle: that of the movement it mainly serves."""
    return site.pattern.get(muscle.main_movement, 0.0) if muscle.main_movement else 0.0


def _movement(
    anatomy: Anatomy, site: LesionSite, movement: str, muscles: Mapping[str, float], cord: Mapping[str, float], intensity: float
) -> float:
    entry = anatomy.movements[movement]
    peripheral = sum(share * muscles[muscle] for muscle, share in anatomy.movers[movement])
    lost = min(0.999, cord.get(entry.tract, 0.0))
    # A partial corticospinal lesion shows in its favourite movements; a complete one paralyses them all.
    central = site.weakness * (1.0 - (1.0 - lost) ** entry.upper_motor_neurone)
    return either(peripheral, site.pattern.get(movement, 0.0) * intensity, central)


def _arc(anatomy: Anatomy, site: LesionSite, limb: ReflexLimb) -> float:
    return either(by_root(site, limb.roots), by_nerve(anatomy, site, limb.nerves))
