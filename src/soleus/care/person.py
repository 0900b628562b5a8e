"""What a plan has to know of a person: strength by muscle group and side, balance, facts, wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from soleus.domain.evidence import Evidence
from soleus.domain.exercise import BACK_OF_LEG, MUSCLE_GROUPS, MuscleGroup
from soleus.domain.finding import Presence, Side
from soleus.domain.strength import MrcGrade

DAYS: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SIDES: tuple[Side, Side] = (Side.LEFT, Side.RIGHT)
NORMAL = MrcGrade("5")
FINDING_OF: Mapping[MuscleGroup, str] = {
    "plantar-flexors": "weak-ankle-plantarflexion",
    "foot-intrinsics": "weak-foot-intrinsics",
    "toe-flexors": "weak-toe-flexion",
    "ankle-invertors": "weak-ankle-inversion",
    "ankle-evertors": "weak-ankle-eversion",
    "dorsiflexors": "weak-ankle-dorsiflexion",
    "knee-flexors": "weak-knee-flexion",
    "knee-extensors": "weak-knee-extension",
    "hip-extensors": "weak-hip-extension",
    "hip-abductors": "weak-hip-abduction",
    "hip-adductors": "weak-hip-adduction",
    "hip-flexors": "weak-hip-flexion",
}
BROADER: Mapping[str, tuple[MuscleGroup, ...]] = {
    "weak-leg": tuple(FINDING_OF),
    "weak-generalised": MUSCLE_GROUPS,
    "weak-leg-proximal": ("hip-extensors", "hip-abductors", "hip-flexors", "knee-extensors", "knee-flexors"),
    "weak-leg-distal": ("plantar-flexors", "dorsiflexors", "toe-flexors", "foot-intrinsics", "ankle-invertors", "ankle-evertors"),
    "weak-arm-proximal": ("arms",),
    "weak-arm-distal": ("arms",),
    "respiratory-weakness": ("breathing",),
    "difficulty-rising": ("hip-extensors", "knee-extensors"),
}
"""Findings that say only roughly which muscles are weak; they count where the group itself was not told of."""
BY_STATE = {"mild": MrcGrade("4"), "severe": MrcGrade("2+"), "weak": MrcGrade("4-")}
"""Grade taken where only words were given; the lower one of what the words may mean (expert estimate)."""
BROAD_GRADE = MrcGrade("4-")


@dataclass(frozen=True)
class Wishes:
    """What the person can and wants to give to it."""

    minutes_per_day: int = 30
    days: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat")
    equipment: frozenset[str] = frozenset()
    """Ids of equipment at hand, household things included."""
    goals: tuple[str, ...] = ()
    """Ids of goals."""
    avoid: frozenset[str] = frozenset()
    """Exercises not wanted."""
    like: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Person:
    """One person as a programme sees them."""

    age_years: float | None
    sex: str
    facts: Mapping[str, str]
    """Facts that hold, with the reason."""
    mrc: Mapping[tuple[MuscleGroup, Side], MrcGrade]
    """Strength where it was told; what is missing is taken as normal."""
    balance: int
    """0 none, 1 sits alone, 2 stands with hands, 3 stands free 30 s, 4 one leg 10 s, 5 one leg 30 s."""
    walks: bool
    weeks_since_onset: float | None
    """Since the first of what is told began; what a stage counts from where nothing is told of its own condition."""
    wishes: Wishes = field(default_factory=Wishes)
    settled: frozenset[str] = frozenset()
    """Facts that hold without counting causes that are merely possible."""
    weeks_since: Mapping[str, float] = field(default_factory=dict)
    """Weeks since a condition began or was operated on, by its id, where that was told of it."""

    def grade(self, group: MuscleGroup, side: Side) -> MrcGrade:
        return self.mrc.get((group, side), NORMAL)

    def weakest(self, group: MuscleGroup) -> MrcGrade:
        return min(self.grade(group, s) for s in SIDES)

    @property
    def weak_groups(self) -> tuple[MuscleGroup, ...]:
        """Groups below grade 5 on either side: those at the back of the leg first, then the weakest first."""
        weak = [g for g in MUSCLE_GROUPS if self.weakest(g) < NORMAL]
        return tuple(sorted(weak, key=lambda g: (g not in BACK_OF_LEG, self.weakest(g), MUSCLE_GROUPS.index(g))))

    @property
    def weak_side(self) -> Side:
        """The side with the lower grades at the back of the leg, then anywhere; `BOTH` if they are alike."""
        for groups in (BACK_OF_LEG, MUSCLE_GROUPS):
            lower = [sum(self.grade(g, s) < self.grade(g, s.mirrored) for g in groups) for s in SIDES]
            if lower[0] != lower[1]:
                return SIDES[lower[1] > lower[0]]
        return Side.BOTH

    def weak_side_of(self, group: MuscleGroup) -> Side:
        """The weaker side of one group; `BOTH` if they are alike."""
        left, right = (self.grade(group, s) for s in SIDES)
        return Side.BOTH if left == right else Side.LEFT if left < right else Side.RIGHT

    def weaker_side(self, group: MuscleGroup) -> Side:
        """The weaker side of a group; where they are alike, that of the weaker leg; `BOTH` if the legs are alike."""
        return next((s for s in (self.weak_side_of(group), self.weak_side) if s in SIDES), Side.BOTH)

    def first_side(self, group: MuscleGroup) -> Side:
        """The side that begins in an exercise of this group: the weaker one, else the left."""
        weaker = self.weaker_side(group)
        return weaker if weaker in SIDES else Side.LEFT

    @property
    def back_of_leg(self) -> MrcGrade:
        return min(self.weakest(g) for g in BACK_OF_LEG)


def strengths(evidence: Evidence, grades: Mapping[tuple[str, Side], MrcGrade]) -> dict[tuple[MuscleGroup, Side], MrcGrade]:
    """MRC grade by muscle group and side.

    Args:
        grades: Grades that were told as such, by finding and side (`Side.UNSTATED` where no side was told).
    """
    result: dict[tuple[MuscleGroup, Side], MrcGrade] = {}
    for group, finding in FINDING_OF.items():
        for o in evidence.of(finding):
            if o.presence is Presence.UNKNOWN:
                continue
            _, mild, severe = o.weights
            worded = (
                NORMAL if o.presence is Presence.ABSENT else BY_STATE["weak" if mild == severe else "mild" if mild > severe else "severe"]
            )
            _lower(result, [group], o.side, grades.get((finding, o.side), worded))
    for finding, groups in BROADER.items():
        for o in evidence.of(finding):
            if o.presence is Presence.PRESENT:
                untold = [g for g in groups if not any((g, s) in result for s in SIDES)]
                _lower(result, untold, o.side, grades.get((finding, o.side), BROAD_GRADE))
    return result


def _lower(result: dict[tuple[MuscleGroup, Side], MrcGrade], groups: list[MuscleGroup], side: Side, grade: MrcGrade) -> None:
    for group in groups:
        for s in (side,) if side in SIDES else SIDES:
            result[group, s] = min(grade, result.get((group, s), grade))


UNSTEADY = ("faller", "ataxia", "walking-aid", "numb-feet")
"""Facts with which nobody is asked to stand without hands."""


def balance_of(
    age_years: float | None, facts: Mapping[str, str], mrc: Mapping[tuple[MuscleGroup, Side], MrcGrade], stance_s: float | None
) -> int:
    """The hardest stance that is safe to ask for, 0 to 5; the careful end of what is known.

    Args:
        stance_s: Measured single-leg stance of the worse leg. [s]

    Healthy adults stand on one leg 30 s or longer up to about 60, and 10 s up to about 75 years (expert estimate after the
    norms of Bohannon and of Springer, cited from memory).
    """
    if "not-walking" in facts:
        return 1
    age = age_years if age_years is not None else 60
    level = 5 if age < 60 else 4 if age < 75 else 3
    if stance_s is not None:
        level = 5 if stance_s >= 30 else 4 if stance_s >= 10 else 3 if stance_s >= 3 else 2
    if any(f in facts for f in UNSTEADY):
        level = min(level, 2)
    legs = [
        grade
        for (group, _), grade in mrc.items()
        if group in ("plantar-flexors", "dorsiflexors", "knee-extensors", "hip-extensors", "hip-abductors")
    ]
    if any(grade < MrcGrade("3") for grade in legs):
        level = min(level, 2)
    elif any(grade < MrcGrade("4") for grade in legs):
        level = min(level, 3)
    return level
