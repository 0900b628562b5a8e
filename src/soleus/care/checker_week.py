"""The rules of a whole week for the independent checker: rest, sides, days and minutes of each part, and what has to be there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from soleus.care.checker_fit import Fit
from soleus.care.dose import BETWEEN_SIDES_S, CHANGEOVER_S, SideDose
from soleus.care.person import DAYS, NORMAL, SIDES, Person
from soleus.care.week import Planned, Session, Week
from soleus.domain.care import Range
from soleus.domain.exercise import BACK_OF_LEG, CATEGORIES, MUSCLE_GROUPS, Category, Exercise, MuscleGroup
from soleus.domain.finding import Side

ROUNDING = 1e-9
"""By so much a number of sets may pass its limit: shares are no whole numbers."""
ROUNDING_MIN = 1
"""And so much a time, which is told in whole minutes. [min]"""
FLOOR_MIN = 4
"""A part of the regimen may always take this long on its days, since hardly an exercise is shorter. [min]"""
SETTLE_S = 2
"""Between two holds. [s] (expert estimate)"""
OLDER_YEARS = 65
BALANCE_DAYS = 3
"""Days of balance work a week from 65 years (WHO 2020, cited from memory)."""
DAYS_WITHOUT_STRENGTH_PART = 2
"""Days on which a weak group moves at least where the regimen has no strength part. (expert estimate)"""
USUAL_REST_H = 48
"""Between two loads of one group, unless the regimen means it for daily loading. [h] (ACSM 2009, cited from memory)"""
TRAINS: tuple[Category, ...] = ("resistance", "mobility")
"""What trains a weak group: strength work where the group may be loaded, else movement as well."""
REGULAR: tuple[Category, ...] = ("balance", "stretching", "mobility", "neural")
Fault = tuple[str, str]
"""Name of the rule, and what is wrong."""


def week_faults(week: Week, fit: Fit) -> Iterator[Fault]:
    """Every rule that the week as a whole breaks."""
    for rules in (_strength, _sides, _aerobic, _regular, _covered, _easy):
        yield from rules(week, fit)


# --- the week: strength


def _loading(week: Week) -> Iterator[tuple[Session, Planned]]:
    return ((s, i) for s in week.sessions for i in s.items if i.exercise.is_loading)


def _strength(week: Week, fit: Fit) -> Iterator[Fault]:
    strength = fit.regimen.strength
    if strength is None:
        return  # each loading exercise was objected to already
    days = {s.day for s, _ in _loading(week)}
    least = fit.least(strength.days[0]) if any(e.is_loading for e, _ in fit.allowed) else 0
    if not least <= len(days) <= strength.days[1]:
        yield "strength-days", f"{len(days)} days of loading, {span(strength.days)} allowed"
    for group in MUSCLE_GROUPS:
        rest_h = strength.rest_h if group in strength.daily_groups else max(strength.rest_h, USUAL_REST_H)
        at = sorted({DAYS.index(s.day) for s, i in _loading(week) if group in i.exercise.groups})
        for a, b in combinations(at, 2):
            if min(b - a, 7 - (b - a)) * 24 < rest_h:
                yield "rest-between-loading", f"{group} loaded on {DAYS[a]} and {DAYS[b]}, less than {rest_h} h apart"


def _sides(week: Week, fit: Fit) -> Iterator[Fault]:
    """The strong side of a group never gets more loading sets a week than the weak one, where the weak one can be loaded.

    Sets count for the main group of an exercise: for the others it is a matter of course that they work along.
    """
    for group in MUSCLE_GROUPS:
        weak = weaker(group, fit.person)
        loads = [s for e, s in fit.allowed if e.is_loading and e.groups[0] == group]
        if weak is Side.BOTH or not any({weak, Side.BOTH} & set(s) for s in loads):
            continue
        doses = [d for _, i in _loading(week) if i.exercise.groups[0] == group for d in i.doses]
        weak_sets, strong_sets = (sum(d.sets for d in doses if d.side in (s, Side.BOTH)) for s in (weak, weak.mirrored))
        if strong_sets > weak_sets:
            yield "strong-side-no-more", f"{group}: {strong_sets} sets on the strong side, {weak_sets} on the weak {weak} side"


# --- the week: aerobic work, and balance, stretching, mobility, nerve gliding


def _aerobic(week: Week, fit: Fit) -> Iterator[Fault]:
    part = fit.regimen.aerobic
    if part is None:
        return
    minutes = _minutes(week, "aerobic")
    open_to = any(e.category == "aerobic" for e, _ in fit.allowed)
    if len(minutes) > part.days[1] or (len(minutes) < fit.least(part.days[0]) and open_to):
        yield "aerobic-days", f"{len(minutes)} days, {span(part.days)} allowed"
    shortest = 5 * round(part.minutes[0] * fit.share / 5) if fit.usual is not None else part.minutes[0]  # steps of five minutes
    for day, told in minutes.items():
        if not within(told, (shortest, part.minutes[1])):
            yield "aerobic-minutes", f"{told:g} min on {day}, {span((shortest, part.minutes[1]))} allowed"
    total = sum(minutes.values())
    if total > part.weekly_minutes[1] or (total < part.weekly_minutes[0] and open_to and not week.shortfalls):
        yield "aerobic-weekly-minutes", f"{total:g} min, {span(part.weekly_minutes)} allowed"


def _regular(week: Week, fit: Fit) -> Iterator[Fault]:
    regimen = fit.regimen
    for category, part in zip(REGULAR, (regimen.balance, regimen.stretching, regimen.mobility, regimen.neural), strict=True):
        minutes = _minutes(week, category)
        if part is None:
            continue
        if len(minutes) > part.days[1]:
            yield f"{category}-days", f"{len(minutes)} days, {part.days[1]:g} at most"
        for day, told in minutes.items():
            if told > max(part.minutes[1], FLOOR_MIN):
                yield f"{category}-minutes", f"{told:.1f} min on {day}, {max(part.minutes[1], FLOOR_MIN):g} at most"


def _minutes(week: Week, category: Category) -> dict[str, float]:
    """Minutes of a category by day, without changeovers; days without it are left out."""
    minutes: dict[str, float] = {}
    for session in week.sessions:
        for item in session.items:
            if item.exercise.category == category:
                minutes[session.day] = minutes.get(session.day, 0) + (seconds_of(item) - CHANGEOVER_S) / 60
    return minutes


# --- the week: what has to be there


def _covered(week: Week, fit: Fit) -> Iterator[Fault]:
    person, regimen = fit.person, fit.regimen
    if (person.age_years or 0) >= OLDER_YEARS or "faller" in person.facts:
        days = sum(any(i.exercise.category == "balance" for i in s.items) for s in week.sessions)
        if days < fit.least(BALANCE_DAYS) and any(e.category == "balance" for e, _ in fit.allowed):
            yield "balance-days-older", f"{days} days of balance work, {BALANCE_DAYS} at least"
    least = fit.least(regimen.strength.days[0] if regimen.strength is not None else DAYS_WITHOUT_STRENGTH_PART)
    for group in BACK_OF_LEG:
        open_to = {
            side: [e for e, s in fit.allowed if e.groups[0] == group and e.category in TRAINS and {side, Side.BOTH} & set(s)]
            for side in SIDES
            if person.grade(group, side) < NORMAL
        }
        lowest = min((person.grade(group, side) for side, exercises in open_to.items() if exercises), default=NORMAL)
        weakest = {side: e for side, e in open_to.items() if e and person.grade(group, side) == lowest}
        trained = {side: _days_of(week, group, side, any(e.is_loading for e in weakest[side])) for side in weakest}
        if trained and max(trained.values()) < least:
            side, days = max(trained.items(), key=lambda told: told[1])
            yield "back-of-leg", f"{group} is weak on the {side} side and trained there on {days} days, {least:g} at least"


def _days_of(week: Week, group: MuscleGroup, side: Side, loaded: bool) -> int:
    """Days on which a side of a group is trained: with strength work if it may be loaded, else with movement as well."""
    counts = TRAINS[:1] if loaded else TRAINS
    return sum(any(i.exercise.category in counts and _reaches(i, group, side) for i in s.items) for s in week.sessions)


def _reaches(item: Planned, group: MuscleGroup, side: Side) -> bool:
    return group in item.exercise.groups and any(d.side in (side, Side.BOTH) for d in item.doses)


# --- an easy week


def _easy(week: Week, fit: Fit) -> Iterator[Fault]:
    """An easy week holds its share of the usual sets of strength work and of the usual time of each kind of work, not more."""
    if fit.usual is None:
        return
    sets, usual_sets = _sets(week), _sets(fit.usual)
    if sets > fit.share * usual_sets + ROUNDING:
        yield "easy-week-sets", f"{sets} sets of strength work, {fit.share:.0%} of {usual_sets} at most"
    for category in CATEGORIES:
        minutes, usual_minutes = (sum(_minutes(w, category).values()) for w in (week, fit.usual))
        if minutes > fit.share * usual_minutes + ROUNDING_MIN:
            yield "easy-week-minutes", f"{minutes:.0f} min of {category} work, {fit.share:.0%} of {usual_minutes:.0f} at most"


def _sets(week: Week) -> int:
    """Sets of strength work, of each side."""
    return sum(d.sets for s in week.sessions for i in s.items if i.exercise.category == "resistance" for d in i.doses)


# --- sides, times and words


def weaker(group: MuscleGroup, person: Person) -> Side:
    """The weaker side of a group; where it is alike on both, the weaker side of the person, `BOTH` if there is none."""
    left, right = (person.grade(group, s) for s in SIDES)
    return person.weak_side if left == right else Side.LEFT if left < right else Side.RIGHT


def seconds_of(item: Planned) -> float:
    """Time of one exercise from its doses: sets x repetitions x time, rests between sets, change of side, changeover. [s]"""
    work = sum(_work_s(dose, item.exercise) + (dose.sets - 1) * item.rest_s for dose in item.doses)
    return work + (len(item.doses) - 1) * BETWEEN_SIDES_S + CHANGEOVER_S


def _work_s(dose: SideDose, exercise: Exercise) -> float:
    if dose.minutes is not None:
        return dose.sets * dose.minutes * 60
    each = exercise.dose.seconds_per_repetition if dose.hold_s is None else dose.hold_s + SETTLE_S
    return dose.sets * (dose.repetitions or 1) * each


def within(value: float, limits: Range) -> bool:
    return limits[0] <= value <= limits[1]


def span(limits: Range) -> str:
    return f"{limits[0]:g} to {limits[1]:g}"
