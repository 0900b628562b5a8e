"""The independent checker of training weeks: every hard rule worked out again from the data, blind to how the week was made.

It knows a `Week`, the person, the regimen and the care data, and says what is wrong. A programme is right if it says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from soleus.care.checker_fit import Fit
from soleus.care.checker_week import Fault, seconds_of, span, weaker, week_faults, within
from soleus.care.person import SIDES, Person
from soleus.care.week import LONG_MINUTES, LONG_WARM_UP_S, WARM_UP_S, Planned, Session, Week
from soleus.domain.care import CareKnowledge, Range, Regimen
from soleus.domain.finding import Side

TOLERANCE_S = 60
"""Rounding of times that passes. [s]"""


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


def violations(week: Week, person: Person, regimen: Regimen, care: CareKnowledge, usual: Week | None = None) -> tuple[Violation, ...]:
    """Every hard rule that a week of training breaks; empty if it is right.

    Args:
        usual: Of an easy week: the week that it has to be a part of, by rule `deload-share`.
    """
    fit = Fit(person, regimen, care, usual)
    found = [*_days(week, person)]
    for session in week.sessions:
        found += _session(session, fit)
        found += (Violation(rule, session.day, i.exercise.id, words) for i in session.items for rule, words in _item(i, fit))
    found += (Violation(rule, "", "", why) for rule, why in week_faults(week, fit))
    return tuple(found)


# --- days and sessions


def _days(week: Week, person: Person) -> Iterator[Violation]:
    for day, times in Counter(s.day for s in week.sessions).items():
        if day not in person.wishes.days:
            yield Violation("day-offered", day, "", f"the person offered {', '.join(person.wishes.days)}")
        if times > 1:
            yield Violation("day-once", day, "", f"has {times} sessions")


def _session(session: Session, fit: Fit) -> Iterator[Violation]:
    warm_up_s = LONG_WARM_UP_S if fit.person.wishes.minutes_per_day >= LONG_MINUTES else WARM_UP_S
    if session.warm_up_s < warm_up_s:
        yield Violation("warm-up", session.day, "", f"{session.warm_up_s} s instead of {warm_up_s} s")
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


# --- one exercise


def _item(item: Planned, fit: Fit) -> Iterator[Fault]:
    exercise = item.exercise
    if fit.care.exercises.get(exercise.id) != exercise:
        yield "in-catalogue", "is not in the catalogue as it stands here"
    told = [d.side for d in item.doses]
    if sorted(told) != sorted(set(told)) or not told or not set(told) <= set(SIDES if exercise.sides == "each" else (Side.BOTH,)):
        yield "sides-dosed", f"sides {', '.join(told) or 'none'} do not suit an exercise for {exercise.sides}"
    yield from dict.fromkeys(f for side in told for f in fit.objections(exercise, side))
    if len(told) == 2 and told[0] != (first := weaker(exercise.groups[0], fit.person)) and first is not Side.BOTH:
        yield "weak-side-first", f"the {first} side is weaker and comes second"
    if item.effort_rpe > fit.effort_rpe_most:
        yield "effort-cap", f"effort {item.effort_rpe}, {fit.effort_rpe_most} at most"
    strength, aerobic = fit.regimen.strength, fit.regimen.aerobic
    if exercise.is_loading and strength is not None:
        yield from _effort(item, strength.effort_rpe, fit)
        if item.rest_s < strength.rest_s:
            yield "rest-between-sets", f"{item.rest_s} s, {strength.rest_s} s at least"
        for dose in item.doses:
            allowed = (max(int(strength.sets[0] * fit.share), 1), strength.sets[1])
            if not within(dose.sets, allowed):
                yield "sets", f"{dose.sets} sets, {span(allowed)} allowed"
            if dose.hold_s is None and dose.repetitions is not None and not within(dose.repetitions, strength.repetitions):
                yield "repetitions", f"{dose.repetitions} repetitions, {span(strength.repetitions)} allowed"
    elif exercise.category == "aerobic" and aerobic is not None:
        yield from _effort(item, aerobic.effort_rpe, fit)


def _effort(item: Planned, limits: Range, fit: Fit) -> Iterator[Fault]:
    """Effort within its range; a hazard's cap may push it below."""
    if item.effort_rpe > limits[1] or item.effort_rpe < min(limits[0], fit.effort_rpe_most):
        yield "effort", f"effort {item.effort_rpe}, {span(limits)} allowed"
