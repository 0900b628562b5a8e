"""Whether one person may do one exercise at all: the first half of the independent checker.

Written from the data and the rules in words, without a look at how the programme is made: two readings that agree are worth more
than one. Nothing here is shared with `care.solver`, `care.programme` or `care.eligible`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from soleus.care.person import SIDES, Person
from soleus.care.week import Week
from soleus.domain.care import CareKnowledge, Endurance, Hazard, Regimen, Regular, Strength
from soleus.domain.exercise import Exercise, MuscleGroup
from soleus.domain.finding import Side
from soleus.domain.strength import MrcGrade

ARMS_LEAST = MrcGrade("4-")
"""Arms at least this strong carry an exercise that leans on them. (expert estimate)"""
NO_LIMIT_RPE = 10


@dataclass(frozen=True)
class Fit:
    """One person at one stage of training, and everything that rules an exercise out for them."""

    person: Person
    regimen: Regimen
    care: CareKnowledge
    usual: Week | None = None
    """Of an easy week: the week that it is a part of. What guidelines ask for at least then gives way."""

    @cached_property
    def share(self) -> float:
        """Part of the usual work that a week may hold. [-]"""
        cut = self.care.rules["deload-share"].value if self.usual is not None else 0
        assert cut is not None, "rule deload-share has no number"
        return 1 - cut / 100

    def least(self, days: float) -> float:
        """Days of a week that are asked for at least; none in an easy week."""
        return days if self.usual is None else 0

    @cached_property
    def hazards(self) -> tuple[Hazard, ...]:
        """Hazards that hold: named by the regimen or brought by a fact, and lifted by none."""
        held = self.person.facts
        return tuple(
            h
            for h in self.care.hazards.values()
            if (h.id in self.regimen.hazards or any(f in held for f in h.facts)) and not any(f in held for f in h.unless)
        )

    @cached_property
    def effort_rpe_most(self) -> int:
        """The lowest of the caps of all hazards that hold. [0-10]"""
        return min((h.effort_rpe_most for h in self.hazards if h.effort_rpe_most is not None), default=NO_LIMIT_RPE)

    def sides(self, exercise: Exercise) -> tuple[Side, ...]:
        """The sides on which nothing speaks against an exercise; `BOTH` alone where the legs work together."""
        ways = SIDES if exercise.sides == "each" else (Side.BOTH,)
        return tuple(s for s in ways if next(self.objections(exercise, s), None) is None)

    @cached_property
    def allowed(self) -> tuple[tuple[Exercise, tuple[Side, ...]], ...]:
        """Exercises of the catalogue that are open to this person from the first phase on, with their sides."""
        first, *later = ({*phase.exercises} for phase in self.regimen.progress.phases) if self.regimen.progress.phases else (set(),)
        to_come = set().union(*later) - first
        return tuple((e, sides) for e in self.care.exercises.values() if e.id not in to_come and (sides := self.sides(e)))

    def objections(self, exercise: Exercise, side: Side) -> Iterator[tuple[str, str]]:
        """What speaks against an exercise on a side: name of the rule, and why."""
        if exercise.id in self.person.wishes.avoid:
            yield "wish-to-avoid", "the person does not want it"
        if exercise.id in self.regimen.avoid:
            yield "avoided-at-this-stage", f"the regimen {self.regimen.id} leaves it out"
        if not has_part(exercise, self.regimen):
            yield "part-of-regimen", f"the regimen {self.regimen.id} has no part for {exercise.category} of this kind"
        for hazard in self.hazards:
            if why := _ruled_out(exercise, hazard):
                yield "hazard", f"{hazard.id}: {why}"
        missing = sorted(set(exercise.equipment) - self.person.wishes.equipment)
        if missing:
            yield "equipment", f"needs {', '.join(missing)}, which is not at hand"
        yield from self._unmet(exercise, side)

    def _unmet(self, exercise: Exercise, side: Side) -> Iterator[tuple[str, str]]:
        needs, person = exercise.needs, self.person
        for group, least in needs.mrc.items():
            if (grade := self.grade(group, side)) < MrcGrade(least):
                yield "strength-needed", f"{group} is {grade.grade} on the {side} side and has to be {least}"
        if person.balance < needs.balance:
            yield "balance-needed", f"balance is {person.balance} and has to be {needs.balance}"
        if needs.walks and not person.walks:
            yield "walking-needed", "the person does not walk"
        if needs.arms and person.weakest("arms") < ARMS_LEAST:
            yield "arms-needed", f"the arms are weaker than {ARMS_LEAST.grade}"
        main = exercise.groups[0]
        if exercise.is_loading and (grade := self.grade(main, side)) < MrcGrade(self.regimen.least_mrc):
            yield "too-weak-to-load", f"{main} is {grade.grade} on the {side} side; loading starts at {self.regimen.least_mrc}"

    def grade(self, group: MuscleGroup, side: Side) -> MrcGrade:
        """Strength of a group on a side; of the weaker side where both work."""
        return self.person.grade(group, side) if side in SIDES else self.person.weakest(group)


def part_of(exercise: Exercise, regimen: Regimen) -> Strength | Endurance | Regular | None:
    """The part of a regimen that an exercise falls under; gentle resistance that loads nothing goes with strength, else with mobility."""
    match exercise.category:
        case "resistance":
            return regimen.strength or (None if exercise.is_loading else regimen.mobility)
        case "aerobic":
            return regimen.aerobic
        case "balance":
            return regimen.balance
        case "stretching":
            return regimen.stretching
        case "mobility":
            return regimen.mobility
        case "neural":
            return regimen.neural


def has_part(exercise: Exercise, regimen: Regimen) -> bool:
    """Whether the regimen has room for an exercise on any day."""
    part = part_of(exercise, regimen)
    return part is not None and part.days[1] > 0


def _ruled_out(exercise: Exercise, hazard: Hazard) -> str:
    """How a hazard rules an exercise out; empty if it does not."""
    if hazard.id in exercise.not_for:
        return "the exercise itself names it"
    if hazard.groups and not set(hazard.groups) & set(exercise.groups):
        return ""
    if exercise.id in hazard.exercises:
        return "it names the exercise"
    if shared := [s for s in exercise.stress if s in hazard.stress]:
        return f"it forbids {', '.join(shared)}"
    if exercise.category in hazard.categories:
        return f"it forbids {exercise.category}"
    if hazard.level_above is not None and exercise.level > hazard.level_above:
        return f"level {exercise.level} is above {hazard.level_above}"
    return ""
