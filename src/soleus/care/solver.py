"""The constraint model of a week (OR-Tools CP-SAT): variables, named limits, named demands, and what makes a week better.

Time is counted in seconds and effort in whole points, because the solver works with integers. One worker and a fixed seed: the same
person gets the same week.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from soleus.care.dose import BETWEEN_SIDES_S, CHANGEOVER_S, SideDose, held_within, seconds
from soleus.care.eligible import Ruled
from soleus.care.person import DAYS, NORMAL, SIDES
from soleus.care.suits import serves, short_list, suits
from soleus.care.week import Brief
from soleus.domain.exercise import BACK_OF_LEG, Dose, Exercise, MuscleGroup
from soleus.domain.finding import Side

MOST_EXERCISES_A_SESSION = 8
MOST_OF_A_GROUP_A_SESSION = 2
"""Loading exercises for one muscle group in one session."""
MOST_DIFFERENT_A_WEEK = 16
WORK_LIMIT = 0.5
"""Deterministic work of the solver, in its own units (about seconds): the week it has by then is the one that is given."""

REGULAR = ("balance", "stretching", "mobility", "neural")
"""Kinds of exercise that a regimen limits alike, each in its part of that name."""
AEROBIC_MINUTE_WORTH, REGULAR_DAY_WORTH, MORE_SETS_WORTH, NEW_EXERCISE_COST, NO_DAY_OFF_COST = 2, 25, 4, 8, 30
"""Points of the objective beside `Model.group_worth` and `suits`: they trade wishes against each other, never against a limit."""


@dataclass(frozen=True)
class Choice:
    """An exercise as the solver sees it."""

    e: Exercise
    sides: tuple[Side, ...]
    dose: Dose
    sets: tuple[int, ...]
    """Numbers of sets (of five-minute blocks, for aerobic work) it may have."""
    timed: tuple[Dose, ...]
    """The dose of each side, with the repetitions and the hold that feedback has set for it: the time has to be enough for them."""
    most: int
    """Sets that the person does by now; of more than these no more are asked."""

    def seconds(self, sets: int) -> int:
        if self.dose.minutes is not None:
            return sets * 300 + 40
        work = sum(seconds(d, sets, 1) - CHANGEOVER_S for d in self.timed)
        return work + (len(self.timed) - 1) * BETWEEN_SIDES_S + CHANGEOVER_S

    def works(self, group: MuscleGroup, side: Side | None = None) -> bool:
        return group in self.e.groups and (side is None or side in self.sides or self.sides == (Side.BOTH,))


class Model:
    """Variables, named constraints and the objective."""

    def __init__(self, brief: Brief, without: Collection[str] = ()) -> None:
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.b = brief
        self.r = brief.regimen
        self.p = brief.person
        self.m = cp_model.CpModel()
        self.days = [d for d in DAYS if d in self.p.wishes.days]
        self.choices = [choice_of(r, brief) for r in short_list(brief)]
        self.x: dict[tuple[int, str, int], Any] = {
            (i, d, n): self.m.new_bool_var(f"{c.e.id}_{d}_{n}") for i, c in enumerate(self.choices) for d in self.days for n in c.sets
        }
        self.on = {(i, d): sum(self.x[i, d, n] for n in c.sets) for i, c in enumerate(self.choices) for d in self.days}
        self._either: dict[tuple[tuple[int, ...], str], Any] = {}
        self._counted: list[Any] = []
        self.training = {d: self.m.new_bool_var(f"train_{d}") for d in self.days}
        self.loading = {d: self.m.new_bool_var(f"load_{d}") for d in self.days}
        self.limits: dict[str, Callable[[], None]] = {
            "session_length": self.session_length,
            "exercises_a_session": self.exercises_a_session,
            "rest_between_strength_sessions": self.rest_between_strength_sessions,
            "strength_days_most": self.strength_days_most,
            "sets_a_session_most": self.sets_a_session_most,
            "aerobic_most": self.aerobic_most,
            "regular_work_most": self.regular_work_most,
            "strong_side_not_more_than_weak": self.strong_side_not_more_than_weak,
            "variety": self.variety,
        }
        self.demands: dict[str, Callable[[], None]] = {
            "strength_days_least": self.strength_days_least,
            "weak_groups_trained": self.weak_groups_trained,
            "balance_days_least": self.balance_days_least,
            "stretching_days_least": self.stretching_days_least,
            "aerobic_days_least": self.aerobic_days_least,
            "goals_covered": self.goals_covered,
        }
        for add in self.limits.values():
            add()
        for name, add in self.demands.items():
            if name not in without:
                add()

    # Limits: safety and the person's own time. Never relaxed.

    def session_length(self) -> None:
        """A session with its warm-up takes no longer than the person has, nor than the regimen allows."""
        limit = 60 * min(self.p.wishes.minutes_per_day, self.r.session_minutes_most)
        for d in self.days:
            work = sum(self.x[i, d, n] * c.seconds(n) for i, c in enumerate(self.choices) for n in c.sets)
            self.m.add(self.b.warm_up_s * self.training[d] + work <= limit)
            for i, _ in enumerate(self.choices):
                self.m.add(self.on[i, d] <= self.training[d])
            self.m.add(self.training[d] <= sum(self.on[i, d] for i in range(len(self.choices))))

    def exercises_a_session(self) -> None:
        """Each exercise once, in one dose; not too many; one kind of endurance work; at most two loads of a muscle group."""
        for d in self.days:
            for i, c in enumerate(self.choices):
                self.m.add_at_most_one(self.x[i, d, n] for n in c.sets)
            self.m.add(sum(self.on[i, d] for i in range(len(self.choices))) <= MOST_EXERCISES_A_SESSION)
            self.m.add(sum(self.on[i, d] for i in self.of("aerobic")) <= 1)
            for group in self.groups_loaded():
                self.m.add(sum(self.on[i, d] for i in self.loaders(group)) <= MOST_OF_A_GROUP_A_SESSION)

    def rest_between_strength_sessions(self) -> None:
        """48 hours (or what the regimen asks) between two sessions that load one muscle group; the week wraps round."""
        if self.r.strength is None:
            return
        for i in self.loaders():
            for d in self.days:
                self.m.add(self.on[i, d] <= self.loading[d])
        for group in self.groups_loaded():
            gap = self.r.strength.rest_days(group)
            loads = {d: self.either(self.loaders(group), d) for d in self.days}
            for k, day in enumerate(DAYS):
                window = [loads[w] for w in (DAYS[(k + j) % 7] for j in range(gap)) if w in loads]
                if day in loads and len(window) > 1:
                    self.m.add(sum(window) <= 1)

    def strength_days_most(self) -> None:
        for d in self.days:
            self.m.add(self.loading[d] <= sum(self.on[i, d] for i in self.loaders()))
        if self.r.strength is not None:
            self.m.add(sum(self.loading.values()) <= int(self.r.strength.days[1]))

    def sets_a_session_most(self) -> None:
        if self.r.strength is not None:
            for d in self.days:
                self.m.add(
                    sum(self.x[i, d, n] * n for i in self.loaders() for n in self.choices[i].sets)
                    <= max(int(self.r.strength.most_sets_a_session * min(self.b.volume, 1)), 3)
                )

    def aerobic_most(self) -> None:
        if self.r.aerobic is not None:
            self.m.add(sum(self.on[i, d] for i in self.of("aerobic") for d in self.days) <= int(self.r.aerobic.days[1]))
            most = self.r.aerobic.weekly_minutes[1]
            self.m.add(sum(self.aerobic_minutes(d) for d in self.days) <= int(most))

    def regular_work_most(self) -> None:
        """Days and minutes a day of balance, stretching, mobility and nerve gliding as the regimen limits them."""
        for category in REGULAR:
            part, chosen = getattr(self.r, category), self.of(category)
            if part is None:
                continue
            self.m.add(sum(self.either(chosen, d) for d in self.days) <= max(int(part.days[1]), 1))
            for d in self.days:
                work = sum(self.x[i, d, n] * self.choices[i].seconds(n) for i in chosen for n in self.choices[i].sets)
                self.m.add(work <= max(int(60 * part.minutes[1]), 240))

    def strong_side_not_more_than_weak(self) -> None:
        """For each main muscle group: the strong side is loaded with no more sets a week than the weak one, if that can work at all."""
        for group in self.groups_loaded():
            weak = self.p.weaker_side(group)
            if weak is Side.BOTH:
                continue
            main = [i for i in self.of("resistance", "mobility") if self.choices[i].e.groups[0] == group]
            loads = [i for i in main if self.choices[i].e.is_loading]
            strong_loads = [i for i in loads if self.choices[i].works(group, weak.mirrored)]
            weak_loads = [i for i in loads if self.choices[i].works(group, weak)]
            weak_works = weak_loads or [i for i in main if self.choices[i].works(group, weak)]
            if weak_works:
                self.m.add(self.weekly_sets(strong_loads) <= self.weekly_sets(weak_works))

    def variety(self) -> None:
        """Not more different exercises than a person can learn, and none every day but gentle ones."""
        used = []
        for i, c in enumerate(self.choices):
            y = self.m.new_bool_var(f"used_{c.e.id}")
            for d in self.days:
                self.m.add(self.on[i, d] <= y)
            used.append(y)
        self.used = used
        self.m.add(sum(used) <= MOST_DIFFERENT_A_WEEK)

    # Demands: guideline minima, weak muscles, goals. If they cannot all be met, the message says which clash.

    def strength_days_least(self) -> None:
        if self.r.strength is not None and self.loaders():
            self.m.add(sum(self.loading.values()) >= int(self.r.strength.days[0]))

    def weak_groups_trained(self) -> None:
        """Each weak group at the back of the leg, on its weakest side that can be trained, as often as strength work is asked for."""
        least = int(self.r.strength.days[0]) if self.r.strength is not None else 2
        for group in BACK_OF_LEG:
            weak = [s for s in SIDES if self.p.grade(group, s) < NORMAL]
            trainers = {s: t for s in weak if (t := self.main_trainers(group, s))}
            lowest = min((self.p.grade(group, s) for s in trainers), default=NORMAL)
            chosen = sorted({i for s, t in trainers.items() if self.p.grade(group, s) == lowest for i in t})
            if chosen:
                self.m.add(sum(self.either(chosen, d) for d in self.days) >= least)

    def balance_days_least(self) -> None:
        if self.of("balance"):
            least = max(self.b.balance_days_least, int(self.r.balance.days[0]) if self.r.balance else 0)
            self.m.add(sum(self.either(self.of("balance"), d) for d in self.days) >= least)

    def stretching_days_least(self) -> None:
        if self.r.stretching is not None and self.of("stretching"):
            self.m.add(sum(self.either(self.of("stretching"), d) for d in self.days) >= int(self.r.stretching.days[0]))

    def aerobic_days_least(self) -> None:
        if self.r.aerobic is not None and self.of("aerobic"):
            self.m.add(sum(self.on[i, d] for i in self.of("aerobic") for d in self.days) >= int(self.r.aerobic.days[0]))

    def goals_covered(self) -> None:
        """For each goal one exercise that serves it, where one is allowed at all."""
        for goal in self.b.goals:
            serving = [i for i, c in enumerate(self.choices) if serves(c.e, goal)]
            if serving:
                self.m.add(sum(self.on[i, d] for i in serving for d in self.days) >= 1)

    # The pieces of both.

    def of(self, *categories: str) -> list[int]:
        return [i for i, c in enumerate(self.choices) if c.e.category in categories]

    def loaders(self, group: MuscleGroup | None = None) -> list[int]:
        """Choices that load a muscle (group)."""
        return [i for i, c in enumerate(self.choices) if c.e.is_loading and (group is None or group in c.e.groups)]

    def trainers(self, group: MuscleGroup, side: Side | None = None) -> list[int]:
        """Choices that train a group (on a side): with load as their main task; failing that with load besides; failing that gently."""
        working = [i for i in self.of("resistance", "mobility") if self.choices[i].works(group, side)]
        loading = [i for i in working if self.choices[i].e.is_loading]
        gentle = [i for i in working if self.choices[i].e.groups[0] == group]
        return [i for i in loading if self.choices[i].e.groups[0] == group] or loading or gentle

    def main_trainers(self, group: MuscleGroup, side: Side) -> list[int]:
        """Choices whose main task is this group on this side: with load where there is any, else gentle ones."""
        main = [i for i in self.of("resistance", "mobility") if self.choices[i].e.groups[0] == group and self.choices[i].works(group, side)]
        return [i for i in main if self.choices[i].e.is_loading] or main

    def groups_loaded(self) -> list[MuscleGroup]:
        return list(dict.fromkeys(g for i in self.loaders() for g in self.choices[i].e.groups))

    def either(self, chosen: Sequence[int], day: str) -> Any:
        """A variable that is 1 exactly if any of these exercises is done on a day."""
        key = (tuple(chosen), day)
        if key not in self._either:
            variable = self.m.new_bool_var(f"any_{len(self._either)}")
            for i in chosen:
                self.m.add(self.on[i, day] <= variable)
            self.m.add(variable <= sum(self.on[i, day] for i in chosen))
            self._either[key] = variable
        return self._either[key]

    def strength_sets(self) -> Any:
        """Sets of strength work in the week, of each side."""
        chosen = self.of("resistance")
        of = self.choices
        return sum(self.x[i, d, n] * min(n, of[i].most) * len(of[i].sides) for i in chosen for d in self.days for n in of[i].sets)

    def weekly_sets(self, chosen: Sequence[int]) -> Any:
        return sum(self.x[i, d, n] * n for i in chosen for d in self.days for n in self.choices[i].sets)

    def aerobic_minutes(self, day: str) -> Any:
        return sum(self.x[i, day, n] * n * 5 for i in self.of("aerobic") for n in self.choices[i].sets)

    def solved(self, only_feasible: bool = False) -> Mapping[tuple[int, str], int] | None:
        """Sets by exercise and day; None if there is no week."""
        if not only_feasible:
            self.m.maximize(self.worth())
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2  # tight bounds: several times nearer to the best week in the same work
        status, limit = self.cp.UNKNOWN, WORK_LIMIT
        while status == self.cp.UNKNOWN:  # neither a week nor a proof that there is none: think on
            solver.parameters.max_deterministic_time = limit
            status = solver.solve(self.m)
            limit *= 4
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return None
        return {(i, d): n for (i, d, n), v in self.x.items() if solver.value(v)}

    def worth(self) -> Any:
        """Wishes: weak muscles often, guideline minutes, exercises that suit, few different ones, even days."""
        terms = []
        days = int(self.r.strength.days[1]) if self.r.strength else 3
        for group in dict.fromkeys(g for c in self.choices for g in c.e.groups):
            weak = self.p.weak_side_of(group)
            if trainers := self.trainers(group, weak if weak in SIDES else None):
                terms.append(self.group_worth(group) * self.up_to(days, trainers))
        if self.r.aerobic is not None and self.of("aerobic"):
            aim = min(self.b.aerobic_minutes_aim, int(self.r.aerobic.weekly_minutes[1]))
            minutes = self.m.new_int_var(0, aim, "aerobic_minutes")
            self.m.add(minutes <= sum(self.aerobic_minutes(d) for d in self.days))
            terms.append(AEROBIC_MINUTE_WORTH * minutes)
        for category in REGULAR:
            chosen, regular = self.of(category), getattr(self.r, category)
            if chosen and regular is not None:
                terms.append(
                    REGULAR_DAY_WORTH * self.up_to(max(int(regular.days[0]), self.b.balance_days_least * (category == "balance")), chosen)
                )
        for i, c in enumerate(self.choices):
            value = suits(c.e, self.b)
            terms += [value * self.on[i, d] for d in self.days]
            terms.append(-NEW_EXERCISE_COST * self.used[i])
            terms += [(n - c.sets[0]) * MORE_SETS_WORTH * self.x[i, d, n] for d in self.days for n in c.sets if c.e.is_loading]
        many = self.m.new_int_var(0, 7, "days_beyond_five")
        self.m.add(many >= sum(self.training.values()) - 5)
        terms.append(-NO_DAY_OFF_COST * many)
        return sum(terms)

    def group_worth(self, group: MuscleGroup) -> int:
        """What a day is worth on which this group is trained."""
        weak, behind = group in self.p.weak_groups, group in BACK_OF_LEG
        if behind and weak:
            return 60
        if behind or weak or any(group in goal.groups for goal in self.b.goals):
            return 40
        return 10

    def up_to(self, most: int, chosen: Sequence[int]) -> Any:
        """Days on which any of these is done, counted up to a number."""
        counted = self.m.new_int_var(0, most, f"days_{len(self._counted)}")
        self._counted.append(counted)
        self.m.add(counted <= sum(self.either(chosen, d) for d in self.days))
        return counted


def choice_of(ruled: Ruled, brief: Brief) -> Choice:
    """An exercise with the sets that the regimen allows, and with those that the person does by now."""
    e = ruled.exercise
    first = brief.person.first_side(e.groups[0])
    sides = (first, first.mirrored) if len(ruled.sides) == 2 else ruled.sides
    dose, sets = _sets(e, brief)
    own = [brief.own_doses.get((e.id, s)) if dose.minutes is None else None for s in sides]
    most = max(d.sets if d else sets[-1] for d in own)
    timed = tuple(_longer(dose, d) if d else dose for d in own)
    return Choice(e, sides, dose, sets, timed, most)


def _longer(dose: Dose, own: SideDose) -> Dose:
    """A dose with the repetitions and the hold of a side where these are more: a day with fewer must not turn the week over."""
    repetitions, hold_s = (max(a or 0, b or 0) or None for a, b in ((dose.repetitions, own.repetitions), (dose.hold_s, own.hold_s)))
    return replace(dose, repetitions=repetitions, hold_s=hold_s)


def _sets(e: Exercise, brief: Brief) -> tuple[Dose, tuple[int, ...]]:
    """The dose of an exercise, and the numbers of sets that its regimen and its phase allow."""
    r = brief.regimen
    phase = brief.phase if brief.volume >= 1 else None
    dose = held_within(e.dose, e, r, brief.effort_most, phase)
    part = min(brief.volume, 1)
    if dose.minutes is not None:
        low, high = r.aerobic.minutes if e.category == "aerobic" and r.aerobic else (dose.minutes, dose.minutes)
        least = max(round(low * part / 5), 1)
        most = max(int(high * brief.volume) // 5, least)
        return dose, tuple(range(least, most + 1)) if e.category == "aerobic" else (max(round(dose.minutes / 5), 1),)
    if phase is not None and e.id in phase.exercises and phase.sets is not None:
        return dose, (phase.sets,)
    if e.is_loading and r.strength is not None:
        fewest = max(int(r.strength.sets[0] * part), 1)
        return dose, tuple(range(fewest, max(int(r.strength.sets[1] * part), fewest) + 1))
    return dose, (max(round(dose.sets * part), 1),)
