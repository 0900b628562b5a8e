"""How well an exercise suits a person and a goal: soft points, weighed by the solver after everything hard holds."""

from __future__ import annotations

from soleus.care.eligible import Ruled
from soleus.care.person import SIDES, Person
from soleus.care.week import Brief
from soleus.domain.care import Goal
from soleus.domain.exercise import MUSCLE_GROUPS, Exercise
from soleus.domain.finding import Side
from soleus.domain.strength import MrcGrade


def serves(e: Exercise, goal: Goal) -> bool:
    """Whether an exercise serves a goal: named for it, or of its kind and for one of its muscles."""
    if e.id in goal.prefer:
        return True
    return (not goal.categories or e.category in goal.categories) and bool(not goal.groups or set(goal.groups) & set(e.groups))


def suits(e: Exercise, brief: Brief) -> int:
    """How well an exercise suits, in points: named by the regimen, a goal or the person; as hard as the person can use."""
    points = 0
    preferred = (*brief.regimen.prefer, *(brief.regimen.aerobic.prefer if brief.regimen.aerobic else ()))
    if e.id in preferred:
        points += 24 - min(preferred.index(e.id), 14)
    if brief.phase is not None and e.id in brief.phase.exercises:
        points += 30
    if any(e.id in g.prefer for g in brief.goals):
        points += 8
    if e.id in brief.person.wishes.like:
        points += 15
    if e.category in ("mobility", "neural") and points <= 0:
        points -= 20  # gentle movement is for those whose regimen or goal names it
    points -= 5 * abs(e.level - _fitting_level(e, brief.person))
    return points


def _fitting_level(e: Exercise, person: Person) -> int:
    """The level at which a person of this strength and steadiness is challenged."""
    grade = person.weakest(e.groups[0])
    by_strength = (
        5
        if grade >= MrcGrade("5")
        else 4
        if grade >= MrcGrade("4+")
        else 3
        if grade >= MrcGrade("4-")
        else 2
        if grade >= MrcGrade("3")
        else 1
    )
    if e.position in ("standing", "walking"):
        return min(by_strength, {0: 1, 1: 1, 2: 3, 3: 3, 4: 4, 5: 4}[person.balance])
    age = person.age_years or 60
    return min(by_strength, 4 if age < 70 else 3)


SHORT_LIST = {"resistance": 4, "balance": 5, "aerobic": 4, "stretching": 2, "mobility": 2, "neural": 2}
"""Exercises of a kind, for each main muscle group, that the solver chooses from: those that suit best. More cost time and change little."""


def short_list(brief: Brief) -> tuple[Ruled, ...]:
    """The exercises worth considering: the best of each kind for each muscle group and side, and whatever a goal names."""
    best: dict[str, Ruled] = {}
    taken: dict[tuple[str, ...], int] = {}
    ranked = sorted(brief.allowed, key=lambda r: (-suits(r.exercise, brief), r.exercise.id))
    for ruled in ranked:
        e = ruled.exercise
        key = (
            e.category,
            e.groups[0] if e.category in ("resistance", "stretching", "mobility") else "",
            ",".join(ruled.sides),
            str(e.is_loading),
        )
        if taken.get(key, 0) < SHORT_LIST[e.category]:
            taken[key] = taken.get(key, 0) + 1
            best[e.id] = ruled
    for group in MUSCLE_GROUPS:  # neither side of a group is left out for want of a place on the list
        for side in SIDES:
            works = [r for r in ranked if r.exercise.category in ("resistance", "mobility") and r.exercise.groups[0] == group]
            able = [r for r in works if side in r.sides or Side.BOTH in r.sides]
            if able and not any(r.exercise.id in best for r in able):
                best[able[0].exercise.id] = able[0]
    for goal in brief.goals:
        serving = [r for r in brief.allowed if serves(r.exercise, goal)]
        if serving and not any(r.exercise.id in best for r in serving):
            best[serving[0].exercise.id] = serving[0]
    return tuple(best[id_] for id_ in sorted(best))
