"""How much of an exercise: the catalogue's dose held within the limits of the regimen; and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from soleus.domain.care import Phase, Range, Regimen
from soleus.domain.exercise import Dose, Exercise
from soleus.domain.finding import Side

CHANGEOVER_S = 40
"""From one exercise to the next: set up, read, breathe. [s] (expert estimate)"""
BETWEEN_SIDES_S = 10


@dataclass(frozen=True)
class SideDose:
    """What one side (or both together) does."""

    side: Side
    sets: int
    repetitions: int | None = None
    hold_s: int | None = None
    minutes: int | None = None
    load: str = ""


def held_within(dose: Dose, exercise: Exercise, regimen: Regimen, effort_most: int, phase: Phase | None = None) -> Dose:
    """The catalogue's dose within the limits of the regimen; work that loads a muscle follows the regimen's strength part.

    Args:
        phase: Of a staged programme; its sets and repetitions stand for its exercises.
    """
    if exercise.category == "aerobic" and regimen.aerobic is not None:
        effort = _within(dose.effort_rpe, regimen.aerobic.effort_rpe)
    elif regimen.strength is not None and exercise.is_loading:
        s = regimen.strength
        dose = replace(dose, sets=_within(dose.sets, s.sets), rest_s=max(dose.rest_s, s.rest_s))
        if dose.hold_s is None and dose.repetitions is not None:
            dose = replace(dose, repetitions=_within(dose.repetitions, s.repetitions))
        effort = _within(dose.effort_rpe, s.effort_rpe)
    else:
        highest = regimen.strength.effort_rpe[1] if regimen.strength else 3
        effort = min(dose.effort_rpe, int(highest))
    if phase is not None and exercise.id in phase.exercises and dose.minutes is None:
        dose = replace(dose, sets=phase.sets or dose.sets, repetitions=phase.repetitions or dose.repetitions)
    return replace(dose, effort_rpe=min(effort, effort_most))


def _within(value: float, limits: Range) -> int:
    return round(min(max(value, limits[0]), limits[1]))


def seconds(dose: Dose, sets: int, sides: int) -> int:
    """Time one exercise takes in a session, changeover included. [s]"""
    if dose.minutes is not None:
        return dose.minutes * 60 + CHANGEOVER_S
    each = (dose.repetitions or 1) * ((dose.hold_s or 0) + (dose.seconds_per_repetition if dose.hold_s is None else 2))
    one_side = sets * each + (sets - 1) * dose.rest_s
    return round(sides * one_side + (sides - 1) * BETWEEN_SIDES_S + CHANGEOVER_S)


def load_words(exercise: Exercise, effort_rpe: int) -> str:
    """How heavy, in words: the load is chosen by the effort that is felt, so that nobody needs a test of the most they can lift."""
    left = max(10 - effort_rpe, 1)
    spare = f"stop while {left} more would still go"
    return {
        "assisted": "with help, as far as it goes",
        "gravity-reduced": "the weight of the limb, supported",
        "active-range": "no load",
        "isometric": f"press at {_percent(effort_rpe)} % of your strength, breathe on",
        "gravity": "the weight of the leg",
        "elastic": f"a band with which you could do {left} more",
        "body-weight": f"your own weight; {spare}",
        "free-weight": f"a weight with which you could do {left} more",
        "machine": f"a weight with which you could do {left} more",
        "impact": "your own weight, light and quick",
        "stretch": "a pull, no pain",
        "balance": "a stance you can just hold, hands over a rail",
        "aerobic": "talking is possible" if effort_rpe <= 4 else "short sentences are possible",
        "glide": "to where tension begins, and back",
        "breathing": "calm and slow",
    }[exercise.load]


def _percent(effort_rpe: int) -> int:
    return min(effort_rpe, 8) * 10
