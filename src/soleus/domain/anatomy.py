"""Muscles, nerves, reflexes, skin and lesion sites, as plain frozen values. Read by `knowledge.anatomy_loader`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

LesionLevel = Literal[
    "brain",
    "cord",
    "conus-cauda",
    "anterior-horn",
    "root",
    "plexus",
    "nerve",
    "neuromuscular-junction",
    "muscle",
    "tendon",
    "vessel",
    "systemic",
    "functional",
]
LESION_LEVELS: tuple[str, ...] = get_args(LesionLevel)
"""Where a lesion may be, from the brain outwards."""

Degree = Literal["mild", "moderate", "severe", "complete"]
DEGREES: tuple[str, ...] = get_args(Degree)
"""How much of a site is hit, least first."""

ROOTS: tuple[str, ...] = (
    "VII",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "T1",
    "L1",
    "L2",
    "L3",
    "L4",
    "L5",
    "S1",
    "S2",
    "S3",
    "S4",
)
"""Roots that the data may name; VII stands for the facial nerve's nucleus."""


@dataclass(frozen=True)
class Movement:
    """A movement that is tested, how well its weakness is seen and how hard a corticospinal lesion hits it."""

    id: str
    name: str
    area: str
    """`proximal` or `distal` in the leg, `arm`, `neck` or `face`."""
    tract: str
    """Limb whose corticospinal fibres drive it: `leg`, `arm`, `face` or `none`."""
    upper_motor_neurone: float
    """How much of a partial corticospinal deficit shows here, 0 to 1. [-]"""
    detectability: float
    """Share of a true deficit that a usual examination sees, 0 to 1. [-]"""
    salience: float
    """How readily its loss is called a weak leg, 0 to 1. [-]"""
    error: float
    """P(called weak) when the lesion spares it. [-]"""
    sided: bool


@dataclass(frozen=True)
class Muscle:
    """A muscle or group: its nerve, roots and movements."""

    id: str
    name: str
    nerves: Mapping[str, float]
    """Share of its motor supply that leaves at each node of the nerve tree; sums to 1. [-]"""
    division: str
    """Division of the plexus: `anterior` or `posterior`; or `dorsal-ramus`, `brachial`, `cervical`, `cranial`."""
    roots: Mapping[str, float]
    """Share of its motor supply from each root; sums to 1. [-]"""
    major_root: str
    serves: Mapping[str, float]
    """Share of each movement that it makes; sums to 1 over the muscles of a movement. [-]"""
    region: str
    """Part of the body where its wasting shows, or `none`."""
    bulk: float
    """Share of that part's muscle, 0 to 1. [-]"""
    tested_by: str = ""
    sources: tuple[str, ...] = ()

    @property
    def main_movement(self) -> str | None:
        """The movement to which it gives most, if any."""
        return max(self.serves, key=lambda m: self.serves[m]) if self.serves else None


@dataclass(frozen=True)
class Nerve:
    """A stretch of nerve: a node of a tree in which a lesion hits all that lies beyond."""

    id: str
    name: str
    parent: str | None
    roots: tuple[str, ...]
    major_root: str
    order: int
    """Place among the branches of its parent, nearest first."""
    motor: tuple[str, ...]
    """Muscles supplied from this stretch, nearest first."""
    skin: tuple[str, ...]
    """Skin supplied from this stretch."""


@dataclass(frozen=True)
class ReflexLimb:
    """One limb of a reflex arc: shares by root and by nerve, each summing to 1. [-]"""

    roots: Mapping[str, float]
    nerves: Mapping[str, float]


@dataclass(frozen=True)
class Reflex:
    """A tendon reflex, its arc and what healthy people show."""

    id: str
    name: str
    afferent: ReflexLimb
    efferent: ReflexLimb
    tract: str
    """Limb whose corticospinal tract holds it down: `leg` or `arm`."""
    brisk: float
    """P(brisk) when that tract is lost and the arc is whole. [-]"""
    healthy: Mapping[str, float]
    """P(absent), P(reduced), P(normal), P(brisk) in health before the effect of age; sums to 1. [-]"""


@dataclass(frozen=True)
class SkinTerritory:
    """An area of skin and its supply."""

    id: str
    name: str
    roots: Mapping[str, float]
    nerves: Mapping[str, float]
    region: str
    """`leg`, `foot`, `saddle` or `hand`: which sensory tract reaches it."""
    salience: float
    """How readily its numbness is told as a numb leg or foot, 0 to 1. [-]"""
    background: float
    """P(numb) when the lesion does not reach it. [-]"""
    sided: bool


@dataclass(frozen=True)
class Sign:
    """Any other footprint finding and the rule that gives its probability."""

    id: str
    sided: bool
    rule: str
    """`stated`, `general`, `wasting` or `tract`."""
    background: float
    """P(present) when the lesion does not bring it. [-]"""
    region: str = ""
    limb: str = ""
    complete: float = 0.0
    """P(present) when all is lost; only with the rules `tract` and `flaccid`. [-]"""


@dataclass(frozen=True)
class LesionSite:
    """A place where a lesion may be and what a complete lesion there does.

    `roots`, `nerves`, `muscles`, `pattern` and `corticospinal` are fractions lost when the lesion is severe, 0 to 1.
    `signs`, `reflexes` and `sensory_tract` are probabilities when it is moderate. [-]
    """

    id: str
    level: str
    name: str
    lay_name: str
    detail: str
    laterality: tuple[str, ...]
    """Sides that make sense: of `unilateral`, `bilateral`."""
    roots: Mapping[str, float] = field(default_factory=dict)
    nerves: Mapping[str, float] = field(default_factory=dict)
    """Everything at the node and beyond loses this fraction."""
    muscles: Mapping[str, float] = field(default_factory=dict)
    pattern: Mapping[str, float] = field(default_factory=dict)
    """Deficit by movement, for lesions that do not follow one nerve or root."""
    corticospinal: Mapping[str, float] = field(default_factory=dict)
    """Fraction of the corticospinal tract lost to `leg`, `arm`, `face`."""
    sensory_tract: Mapping[str, float] = field(default_factory=dict)
    """P(numb) for each area of a region (`leg`, `foot`, `saddle`, `hand`)."""
    reflexes: Mapping[str, float] = field(default_factory=dict)
    """P(reduced or absent) where it does not follow from roots and nerves."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """P(present) of findings that are not computed, or that the computation would underrate."""
    motor: float = 1.0
    """Share of the motor fibres hit in the named roots and nerves."""
    sensory: float = 1.0
    """Share of the sensory fibres hit in the named roots and nerves."""
    weakness: float = 1.0
    """Share of the corticospinal deficit that shows as weakness (low where stiffness prevails)."""
    shock: float = 0.0
    """Share of corticospinal lesions here that are flaccid when seen (acute cord)."""
    wasting: float = 0.0
    """P(visible wasting) of a part whose muscles are lost completely."""
    other_side: float = 0.0
    """Intensity on the other side of a unilateral lesion, 0 (none) to 1 (the same)."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Anatomy:
    """All of it, by id."""

    movements: Mapping[str, Movement]
    muscles: Mapping[str, Muscle]
    nerves: Mapping[str, Nerve]
    reflexes: Mapping[str, Reflex]
    skin: Mapping[str, SkinTerritory]
    signs: Mapping[str, Sign]
    sites: Mapping[str, LesionSite]
    references: tuple[str, ...] = ()
    """Ids of all sources cited, sorted."""
    origins: Mapping[str, int] = field(default_factory=dict)
    """How many numbers of the lesion sites are published, derived, estimate."""

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """For each nerve, itself and all stretches between it and the spine."""
        return {nerve: self._path(nerve) for nerve in self.nerves}

    def _path(self, nerve: str) -> tuple[str, ...]:
        path: list[str] = []
        at: str | None = nerve
        while at is not None:
            path.append(at)
            at = self.nerves[at].parent
        return tuple(path)

    @cached_property
    def movers(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """For each movement, its muscles with their shares (they sum to 1)."""
        return {
            movement: tuple((m.id, m.serves[movement]) for m in self.muscles.values() if movement in m.serves)
            for movement in self.movements
        }

    @cached_property
    def sided(self) -> Mapping[str, bool]:
        """Every footprint finding, and whether it has a left and a right."""
        tables: tuple[Mapping[str, Movement | SkinTerritory | Sign], ...] = (self.movements, self.skin, self.signs)
        return {i: entry.sided for table in tables for i, entry in table.items()} | dict.fromkeys(self.reflexes, True)
