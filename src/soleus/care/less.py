"""A week of less work, as the log asks for: every kind of exercise, and the whole week, within a part of the week that would have been.

What brought pain is left out, and what is harder than that; after a fall balance work goes down a level.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from soleus.care.eligible import Ruled
from soleus.care.solver import Model
from soleus.care.week import Brief
from soleus.domain.care import CareKnowledge
from soleus.domain.exercise import CATEGORIES, Exercise
from soleus.domain.finding import Side
from soleus.domain.training_log import TrainingLog

Solution = Mapping[tuple[int, str], int]
"""Sets by exercise (its place in `Model.choices`) and day."""
LEAST_LEVEL = 2
"""The easiest level of balance work in the catalogue; below it balance is trained sitting."""


def hold_to_part(cut: Model, usual: Solution, full: Model) -> None:
    """Limit a week to a part (`volume` of its brief) of another: strength sets, time of each kind, and time of all with warm-up."""
    part = cut.b.volume
    cut.m.add(cut.strength_sets() <= int(part * strength_sets(usual, full)))
    for category in CATEGORIES:
        chosen = cut.of(category)
        if chosen:
            most = int(part * sum(_work_s(full, i, n) for (i, _), n in usual.items() if full.choices[i].e.category == category))
            cut.m.add(sum(cut.x[i, d, n] * _work_s(cut, i, n) for i in chosen for d in cut.days for n in cut.choices[i].sets) <= most)
    minutes = sum(
        -(-(full.b.warm_up_s + sum(full.choices[i].seconds(n) for (i, d), n in usual.items() if d == day)) // 60) for day in trained(usual)
    )
    work = sum(cut.x[i, d, n] * c.seconds(n) for i, c in enumerate(cut.choices) for d in cut.days for n in c.sets)
    rounded_up = cut.b.warm_up_s + 59  # minutes of a session are rounded up
    cut.m.add(work + rounded_up * sum(cut.training.values()) <= int(60 * part * minutes))


def trained(solution: Solution) -> set[str]:
    """Days with training."""
    return {d for _, d in solution}


def _work_s(model: Model, choice: int, sets: int) -> int:
    """Time of the work itself; of endurance work the minutes alone. [s]"""
    c = model.choices[choice]
    return sets * 300 if c.e.category == "aerobic" else c.seconds(sets)


def strength_sets(solution: Solution, model: Model) -> int:
    """Sets of strength work in a week, of each side."""
    return sum(
        min(n, model.choices[i].most) * len(model.choices[i].sides)
        for (i, _), n in solution.items()
        if model.choices[i].e.category == "resistance"
    )


def steadier(brief: Brief, usual: Solution, full: Model) -> Brief:
    """After a fall: balance exercises at least one level below those that were done, or that would have been."""
    if brief.fell_at is None:
        return brief
    planned = max((full.choices[i].e.level for i, _ in usual if full.choices[i].e.category == "balance"), default=0)
    most = (brief.fell_at or planned) - 1
    return replace(brief, allowed=tuple(r for r in brief.allowed if r.exercise.category != "balance" or _as_easy_as(r.exercise, most)))


def _as_easy_as(e: Exercise, level: int) -> bool:
    return e.level <= level or (level < LEAST_LEVEL and e.level <= LEAST_LEVEL and e.position == "sitting")


def balance_level_done(log: TrainingLog, care: CareKnowledge) -> int:
    """The highest level of the balance exercises in the log; 0 if there is none."""
    done = (care.exercises[d.exercise] for s in log.sessions for d in s.done if d.exercise in care.exercises)
    return max((e.level for e in done if e.category == "balance"), default=0)


def without_pain(allowed: tuple[Ruled, ...], hurt: Collection[tuple[str, Side]], care: CareKnowledge) -> tuple[Ruled, ...]:
    """The exercises without those that brought too much pain, on the side where they did; and without their harder forms."""
    sides: dict[str, set[Side]] = {}
    for exercise, side in hurt:
        for id_ in _and_harder(exercise, care):
            sides.setdefault(id_, set()).add(side)
    kept = []
    for r in allowed:
        told = sides.get(r.exercise.id, set())
        both = bool(told & {Side.BOTH, Side.UNSTATED}) or (bool(told) and r.exercise.sides != "each")
        kept.append(replace(r, sides=()) if both else replace(r, sides=tuple(s for s in r.sides if s not in told)))
    return tuple(r for r in kept if r.sides)


def _and_harder(exercise: str, care: CareKnowledge) -> list[str]:
    """An exercise and all that it grows into."""
    found: list[str] = []
    while exercise in care.exercises and exercise not in found:
        found.append(exercise)
        exercise = care.exercises[exercise].harder.to
    return found
