"""The independent checker of training weeks: every hard rule worked out again from the data, blind to how the week was made.

It knows a `Week`, the person, the regimen and the care data, and says what is wrong. A programme is right if it says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from soleus.care.checker_fit import Fit
from soleus.care.dose import BETWEEN_SIDES_S, CHANGEOVER_S, SideDose
from soleus.care.person import DAYS, NORMAL, SIDES, Person
from soleus.care.week import WARM_UP_S, Planned, Session, Week
from soleus.domain.care import CareKnowledge, Range, Regimen
from soleus.domain.exercise import BACK_OF_LEG, MUSCLE_GROUPS, Category, Exercise, MuscleGroup
from soleus.domain.finding import Side

TOLERANCE_S = 60
"""Rounding of times that passes. [s]"""
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


@dataclass(frozen=True)
class Violation:
    """One hard rule that a week breaks."""

    rule: str
    day: str
    """Empty where the whole week is at fault."""
    exercise: str
    """Empty where no single exercise is at fault."""
    words: str

    def __str__(self) -> str:
        return f"{self.rule} [{' '.join(w for w in (self.day, self.exercise) if w) or 'week'}]: {self.words}"


def violations(week: Week, person: Person, regimen: Regimen, care: CareKnowledge) -> tuple[Violation, ...]:
    """Every hard rule that a week of training breaks; empty if it is right."""
    fit = Fit(person, regimen, care)
    found = [*_days(week, person)]
    for session in week.sessions:
        found += _session(session, fit)
        found += (Violation(rule, session.day, i.exercise.id, words) for i in session.items for rule, words in _item(i, fit))
    found += (
        Violation(rule, "", "", words) for rules in (_strength, _aerobic, _regular, _sides, _covered) for rule, words in rules(week, fit)
    )
    return tuple(found)


Fault = tuple[str, str]
"""Name of the rule, and what is wrong."""


# --- days and sessions


def _days(week: Week, person: Person) -> Iterator[Violation]:
    for day, times in Counter(s.day for s in week.sessions).items():
        if day not in person.wishes.days:
            yield Violation("day-offered", day, "", f"the person offered {', '.join(person.wishes.days)}")
        if times > 1:
            yield Violation("day-once", day, "", f"has {times} sessions")


def _session(session: Session, fit: Fit) -> Iterator[Violation]:
    if session.warm_up_s < WARM_UP_S:
        yield Violation("warm-up", session.day, "", f"{session.warm_up_s} s instead of {WARM_UP_S} s")
    if not session.items:
        yield Violation("session-holds-something", session.day, "", "holds no exercise")
    worked_out = session.warm_up_s + sum(seconds_of(i) for i in session.items)
    most = min(fit.person.wishes.minutes_per_day, fit.regimen.session_minutes_most)
    if worked_out > most * 60 + TOLERANCE_S:
        yield Violation("session-length", session.day, "", f"takes {worked_out / 60:.1f} min of {most}")
    if abs(worked_out - session.warm_up_s - sum(i.seconds for i in session.items)) > TOLERANCE_S:
        yield Violation("time-told", session.day, "", f"says {session.minutes} min and takes {worked_out / 60:.1f}")
    for exercise, times in Counter(i.exercise.id for i in session.items).items():
        if times > 1:
            yield Violation("once-a-session", session.day, exercise, f"stands {times} times")
    if (strength := fit.regimen.strength) is not None:
        sets = sum(max((d.sets for d in i.doses), default=0) for i in session.items if i.exercise.is_loading)
        if sets > strength.most_sets_a_session:
            yield Violation("sets-a-session", session.day, "", f"{sets} sets of loading, {strength.most_sets_a_session} at most")


def seconds_of(item: Planned) -> float:
    """Time of one exercise from its doses: sets x repetitions x time, rests between sets, change of side, changeover. [s]"""
    work = sum(_work_s(dose, item.exercise) + (dose.sets - 1) * item.rest_s for dose in item.doses)
    return work + (len(item.doses) - 1) * BETWEEN_SIDES_S + CHANGEOVER_S


def _work_s(dose: SideDose, exercise: Exercise) -> float:
    if dose.minutes is not None:
        return dose.sets * dose.minutes * 60
    each = exercise.dose.seconds_per_repetition if dose.hold_s is None else dose.hold_s + SETTLE_S
    return dose.sets * (dose.repetitions or 1) * each


# --- one exercise


def _item(item: Planned, fit: Fit) -> Iterator[Fault]:
    exercise = item.exercise
    if fit.care.exercises.get(exercise.id) != exercise:
        yield "in-catalogue", "is not in the catalogue as it stands here"
    told = [d.side for d in item.doses]
    if sorted(told) != sorted(set(told)) or not told or not set(told) <= set(SIDES if exercise.sides == "each" else (Side.BOTH,)):
        yield "sides-dosed", f"sides {', '.join(told) or 'none'} do not suit an exercise for {exercise.sides}"
    yield from dict.fromkeys(f for side in told for f in fit.objections(exercise, side))
    if len(told) == 2 and told[0] != (first := _weaker(exercise.groups[0], fit.person)) and first is not Side.BOTH:
        yield "weak-side-first", f"the {first} side is weaker and comes second"
    if item.effort_rpe > fit.effort_rpe_most:
        yield "effort-cap", f"effort {item.effort_rpe}, {fit.effort_rpe_most} at most"
    strength, aerobic = fit.regimen.strength, fit.regimen.aerobic
    if exercise.is_loading and strength is not None:
        yield from _effort(item, strength.effort_rpe, fit)
        if item.rest_s < strength.rest_s:
            yield "rest-between-sets", f"{item.rest_s} s, {strength.rest_s} s at least"
        for dose in item.doses:
            if not _within(dose.sets, strength.sets):
                yield "sets", f"{dose.sets} sets, {_words(strength.sets)} allowed"
            if dose.hold_s is None and dose.repetitions is not None and not _within(dose.repetitions, strength.repetitions):
                yield "repetitions", f"{dose.repetitions} repetitions, {_words(strength.repetitions)} allowed"
    elif exercise.category == "aerobic" and aerobic is not None:
        yield from _effort(item, aerobic.effort_rpe, fit)


def _effort(item: Planned, limits: Range, fit: Fit) -> Iterator[Fault]:
    """Effort within its range; a hazard's cap may push it below."""
    if item.effort_rpe > limits[1] or item.effort_rpe < min(limits[0], fit.effort_rpe_most):
        yield "effort", f"effort {item.effort_rpe}, {_words(limits)} allowed"


def _weaker(group: MuscleGroup, person: Person) -> Side:
    """The weaker side of a group; where it is alike on both, the weaker side of the person, `BOTH` if there is none."""
    left, right = (person.grade(group, s) for s in SIDES)
    return person.weak_side if left == right else Side.LEFT if left < right else Side.RIGHT


# --- the week: strength


def _loading(week: Week) -> Iterator[tuple[Session, Planned]]:
    return ((s, i) for s in week.sessions for i in s.items if i.exercise.is_loading)


def _strength(week: Week, fit: Fit) -> Iterator[Fault]:
    strength = fit.regimen.strength
    if strength is None:
        return  # each loading exercise was objected to already
    days = {s.day for s, _ in _loading(week)}
    least = strength.days[0] if any(e.is_loading for e, _ in fit.allowed) else 0
    if not least <= len(days) <= strength.days[1]:
        yield "strength-days", f"{len(days)} days of loading, {_words(strength.days)} allowed"
    for group in MUSCLE_GROUPS:
        rest_h = strength.rest_h if group in strength.daily_groups else max(strength.rest_h, USUAL_REST_H)
        at = sorted({DAYS.index(s.day) for s, i in _loading(week) if group in i.exercise.groups})
        for a, b in combinations(at, 2):
            if min(b - a, 7 - (b - a)) * 24 < rest_h:
                yield "rest-between-loading", f"{group} loaded on {DAYS[a]} and {DAYS[b]}, less than {rest_h} h apart"


def _sides(week: Week, fit: Fit) -> Iterator[Fault]:
    """The strong side of a group never gets more loading sets a week than the weak one, where the weak one can be loaded."""
    for group in MUSCLE_GROUPS:
        weak = _weaker(group, fit.person)
        if weak is Side.BOTH or not any(e.is_loading and group in e.groups and {weak, Side.BOTH} & set(s) for e, s in fit.allowed):
            continue
        doses = [d for _, i in _loading(week) if group in i.exercise.groups for d in i.doses]
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
    if len(minutes) > part.days[1] or (len(minutes) < part.days[0] and open_to):
        yield "aerobic-days", f"{len(minutes)} days, {_words(part.days)} allowed"
    for day, told in minutes.items():
        if not _within(told, part.minutes):
            yield "aerobic-minutes", f"{told:g} min on {day}, {_words(part.minutes)} allowed"
    total = sum(minutes.values())
    if total > part.weekly_minutes[1] or (total < part.weekly_minutes[0] and open_to and not week.shortfalls):
        yield "aerobic-weekly-minutes", f"{total:g} min, {_words(part.weekly_minutes)} allowed"


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
        if days < BALANCE_DAYS and any(e.category == "balance" for e, _ in fit.allowed):
            yield "balance-days-older", f"{days} days of balance work, {BALANCE_DAYS} at least"
    least = regimen.strength.days[0] if regimen.strength is not None else DAYS_WITHOUT_STRENGTH_PART
    for group in BACK_OF_LEG:
        for side in SIDES:
            open_to = [e for e, s in fit.allowed if e.groups[0] == group and e.category in TRAINS and {side, Side.BOTH} & set(s)]
            if person.grade(group, side) == NORMAL or not open_to:
                continue
            counts = TRAINS[:1] if any(e.is_loading for e in open_to) else TRAINS
            days = sum(any(i.exercise.category in counts and _reaches(i, group, side) for i in s.items) for s in week.sessions)
            if days < least:
                yield "back-of-leg", f"{group} is weak on the {side} side: {' or '.join(counts)} on {days} days, {least:g} at least"


def _reaches(item: Planned, group: MuscleGroup, side: Side) -> bool:
    return group in item.exercise.groups and any(d.side in (side, Side.BOTH) for d in item.doses)


# --- words and numbers


def _within(value: float, limits: Range) -> bool:
    return limits[0] <= value <= limits[1]


def _words(limits: Range) -> str:
    return f"{limits[0]:g} to {limits[1]:g}"
