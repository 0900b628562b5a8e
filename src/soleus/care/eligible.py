"""Which exercises a person may do, on which side, and what rules out the others. Safety first; wishes come later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from soleus.care.person import SIDES, Person
from soleus.domain.care import CareKnowledge, Endurance, Hazard, Phase, Regimen, Regular, Strength
from soleus.domain.exercise import Exercise
from soleus.domain.finding import Side
from soleus.domain.strength import MrcGrade


@dataclass(frozen=True)
class Ruled:
    """The outcome for one exercise."""

    exercise: Exercise
    sides: tuple[Side, ...]
    """Sides on which it may be done; `(BOTH,)` for exercises of both legs or of the whole body; empty: not at all."""
    because: str = ""
    """Why not, in plain words."""
    hazard: str = ""
    """Id of the hazard that rules it out, if one does."""


def hazards_of(person: Person, regimen: Regimen, hazards: Mapping[str, Hazard]) -> dict[str, Hazard]:
    """The hazards that hold: those of the regimen, and those whose facts hold, save where a fact lifts them."""
    return {
        h.id: h
        for h in hazards.values()
        if (h.id in regimen.hazards or any(f in person.facts for f in h.facts)) and not any(f in person.facts for f in h.unless)
    }


def forbidden(exercise: Exercise, hazard: Hazard) -> bool:
    """Whether a hazard rules an exercise out."""
    if hazard.groups and not set(hazard.groups) & set(exercise.groups):
        return False
    return (
        hazard.id in exercise.not_for
        or bool(set(hazard.stress) & set(exercise.stress))
        or exercise.category in hazard.categories
        or exercise.id in hazard.exercises
        or (hazard.level_above is not None and exercise.level > hazard.level_above)
    )


def effort_limit(hazards: Iterable[Hazard]) -> int:
    """The most effort that all hazards allow. [0-10]"""
    return min((h.effort_rpe_most for h in hazards if h.effort_rpe_most is not None), default=10)


def phase_of(regimen: Regimen, week: int) -> Phase | None:
    """The phase of a staged programme in a week of it, counted from 1; after its end the last one."""
    phases = regimen.progress.phases
    return next((p for p in phases if week <= p.weeks[1]), phases[-1] if phases else None)


def later(regimen: Regimen, phase: Phase | None) -> frozenset[str]:
    """Exercises of later phases only."""
    if phase is None:
        return frozenset()
    n = regimen.progress.phases.index(phase)
    now, then = ({e for p in part for e in p.exercises} for part in (regimen.progress.phases[: n + 1], regimen.progress.phases[n + 1 :]))
    return frozenset(then - now)


def ruled(person: Person, regimen: Regimen, care: CareKnowledge, phase: Phase | None = None) -> tuple[Ruled, ...]:
    """Every exercise of the catalogue with the sides on which it is allowed."""
    hazards = hazards_of(person, regimen, care.hazards)
    not_yet = later(regimen, phase)
    return tuple(
        Ruled(e, (), "comes later in this programme") if e.id in not_yet else _rule(e, person, regimen, hazards)
        for e in care.exercises.values()
    )


def _rule(e: Exercise, person: Person, regimen: Regimen, hazards: Mapping[str, Hazard]) -> Ruled:
    for hazard in hazards.values():
        if forbidden(e, hazard):
            return Ruled(e, (), hazard.lay, hazard.id)
    if e.id in regimen.avoid:
        return Ruled(e, (), f"not at this stage: {regimen.name}")
    if part_of(regimen, e) is None:
        return Ruled(e, (), f"{e.category} work is not part of this stage")
    missing = [i for i in e.equipment if i not in person.wishes.equipment]
    if missing:
        return Ruled(e, (), f"needs {', '.join(missing)}")
    if e.id in person.wishes.avoid:
        return Ruled(e, (), "not wanted")
    if e.needs.balance > person.balance:
        return Ruled(e, (), "asks for more balance than is safe now")
    if e.needs.walks and not person.walks:
        return Ruled(e, (), "asks for walking")
    if e.needs.arms and person.weakest("arms") < MrcGrade("4-"):
        return Ruled(e, (), "asks for strong arms")
    sides = tuple(_strong_enough(e, person, regimen))
    return Ruled(e, sides, "" if sides else "asks for more strength than there is now")


def part_of(regimen: Regimen, e: Exercise) -> Strength | Endurance | Regular | None:
    """The part of a regimen an exercise belongs to; None if there is none, or if it has no day.

    Gentle range of movement is right wherever mobility is.
    """
    part: Strength | Endurance | Regular | None
    if e.category == "resistance":
        part = regimen.strength or (None if e.is_loading else regimen.mobility)
    else:
        part = {
            "balance": regimen.balance,
            "aerobic": regimen.aerobic,
            "stretching": regimen.stretching,
            "mobility": regimen.mobility,
            "neural": regimen.neural,
        }[e.category]
    return part if part is not None and part.days[1] > 0 else None


def _strong_enough(e: Exercise, person: Person, regimen: Regimen) -> Iterator[Side]:
    """Sides with the strength that the exercise needs; muscles too weak for load are not loaded."""
    fit = [s for s in SIDES if _fits(e, person, regimen, s)]
    if e.sides == "each":
        yield from fit
    elif len(fit) == 2:
        yield Side.BOTH


def _fits(e: Exercise, person: Person, regimen: Regimen, side: Side) -> bool:
    if any(person.grade(g, side) < MrcGrade(least) for g, least in e.needs.mrc.items()):
        return False
    return not e.is_loading or all(person.grade(g, side) >= MrcGrade(regimen.least_mrc) for g in e.groups[:1])
