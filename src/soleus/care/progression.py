"""Twelve weeks: how the first week grows, by the rule of the regimen; and when to go back.

The steps are targets, not orders: the traffic lights after each session decide (see `care.feedback`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from soleus.care.eligible import phase_of
from soleus.care.person import Wishes
from soleus.care.week import Planned, Week
from soleus.care.weeks import DELOAD, is_easy
from soleus.domain.care import Phase, Regimen

WEEKS = 12
LEARNING_WEEKS = 2
"""First weeks at the first dose: the tendon and the technique come before the load (expert estimate)."""
MOST_AEROBIC_STEP = 0.10
"""Endurance minutes grow by at most this part a week. [-/week]"""

MOST_REPETITIONS_MORE = 4
LESS = "Less this week, as your log asks; the weeks below hold if it goes well."
BY_TIME = "Your time is full: harder from now on, not longer."


@dataclass(frozen=True)
class WeekAhead:
    """The targets of one week."""

    week: int
    focus: str
    volume: float
    """Part of the sets of the coming week. [-]"""
    repetitions_more: int
    """Added to the repetitions of the coming week."""
    load_percent: int
    """Load against the coming week, in percent, where two-for-two was reached."""
    effort_rpe: tuple[int, int] | None
    aerobic_minutes: int | None
    """Of endurance work in the week."""
    phase: str = ""


@dataclass(frozen=True)
class Room:
    """What the sessions of a week can still take up."""

    repetitions: int
    """More repetitions of each set, within the person's time and the regimen."""
    repetitions_by_time: bool
    aerobic_minutes: int
    """The most endurance work of a week within both."""
    aerobic_by_regimen: int
    """The same within the regimen alone."""


def twelve_weeks(
    week: Week, regimen: Regimen, effort_most: int, wishes: Wishes | None = None, first: int = 1, volume: float = 1.0
) -> tuple[WeekAhead, ...]:
    """The targets of each week. Loads rise by the lower step of the regimen, so that the table promises nothing bold.

    Args:
        week: The coming one; where it is one of less work, the table grows from the `usual` week that it is a part of.
        wishes: The minutes a day within which everything has to fit; None: no limit.
        first: Which week of the programme the coming one is; growth is counted from it.
        volume: Part of its usual work that the coming week holds. [-]
    """
    coming, week = week, week.usual or week
    room = _room(week, regimen, wishes)
    weeks, told = [], False
    for n in range(first, first + WEEKS):
        ahead, limited = _ahead(n, first, week, regimen, effort_most, room)
        weeks.append(replace(ahead, focus=f"{ahead.focus.rstrip('.')}. {BY_TIME}") if limited and not told else ahead)
        told = told or limited
    now = weeks[0]  # the week that is printed: what is left of its usual one
    focus = LESS if volume < 1 and not is_easy(regimen, first) else now.focus
    minutes = now.aerobic_minutes and _minutes(coming)
    return (replace(now, volume=volume, repetitions_more=0, focus=focus, aerobic_minutes=minutes), *weeks[1:])


def _minutes(week: Week) -> int:
    """Endurance work of a week. [min]"""
    return sum(d.minutes or 0 for s in week.sessions for i in s.items if i.exercise.category == "aerobic" for d in i.doses)


def _room(week: Week, regimen: Regimen, wishes: Wishes | None) -> Room:
    limit_s = 60 * min(wishes.minutes_per_day, regimen.session_minutes_most) if wishes else 10**6
    most = regimen.strength.repetitions[1] if regimen.strength else 0
    doses = [
        d.repetitions for s in week.sessions for i in s.items if i.exercise.is_loading for d in i.doses if d.repetitions and not d.hold_s
    ]
    by_regimen = max((int(most) - r for r in doses), default=MOST_REPETITIONS_MORE)
    spare = {s.day: limit_s - s.warm_up_s - sum(i.seconds for i in s.items) for s in week.sessions}
    each = {s.day: sum(_repetition_s(i) for i in s.items) for s in week.sessions}
    by_time = min((max(int(spare[d] // s), 0) for d, s in each.items() if s), default=MOST_REPETITIONS_MORE)
    repetitions = max(min(by_regimen, by_time, MOST_REPETITIONS_MORE), 0)
    minutes = [(s.day, d.minutes) for s in week.sessions for i in s.items if i.exercise.category == "aerobic" for d in i.doses if d.minutes]
    if regimen.aerobic is None or not minutes:
        return Room(repetitions, by_time < min(by_regimen, MOST_REPETITIONS_MORE), 0, 0)
    now, longest = sum(m for _, m in minutes), int(regimen.aerobic.minutes[1])
    ceiling = max(min(sum(max(m, longest) for _, m in minutes), int(regimen.aerobic.weekly_minutes[1])), now)
    fits = sum(min(max(m, longest), m + max(int(spare[day] - repetitions * each[day]), 0) // 60) for day, m in minutes)
    return Room(repetitions, by_time < min(by_regimen, MOST_REPETITIONS_MORE), max(min(fits, ceiling), now), ceiling)


def _repetition_s(item: Planned) -> float:
    """Time that one repetition more of each set takes. [s]"""
    if not item.exercise.is_loading:
        return 0
    return sum(d.sets for d in item.doses if d.repetitions and not d.hold_s) * item.exercise.dose.seconds_per_repetition


def _ahead(n: int, first: int, week: Week, regimen: Regimen, effort_most: int, room: Room) -> tuple[WeekAhead, bool]:
    """The targets of a week, and whether the person's time holds them back."""
    p = regimen.progress
    easy = is_easy(regimen, n)
    grown = _grown(n, regimen) - _grown(first, regimen)
    phase = phase_of(regimen, n)
    wanted, load = _repetitions_then_load(grown, p.step_percent[0]) if p.rule == "two-for-two" else (0, 100)
    if p.rule in ("time", "symptoms"):
        wanted = min(grown, MOST_REPETITIONS_MORE)
    repetitions = 0 if easy else min(wanted, room.repetitions)
    minutes = _aerobic(week, regimen, n, first)
    ahead = WeekAhead(
        week=n,
        focus=_focus(n, easy, phase, regimen),
        volume=DELOAD if easy else 1.0,
        repetitions_more=repetitions,
        load_percent=load,
        effort_rpe=_effort(regimen, n, easy, effort_most),
        aerobic_minutes=None if minutes is None else int(min(minutes, room.aerobic_minutes) * (DELOAD if easy else 1) // 5 * 5),
        phase=phase.name if phase else "",
    )
    late = minutes is not None and int(min(minutes, room.aerobic_by_regimen) // 5) > room.aerobic_minutes // 5
    return ahead, not easy and (late or (room.repetitions_by_time and repetitions < wanted))


def _grown(n: int, regimen: Regimen) -> int:
    """Steps of growth up to a week: none while learning, none in easy weeks."""
    p = regimen.progress
    if p.rule == "none":
        return 0
    return sum(1 for k in range(LEARNING_WEEKS + 1, n + 1) if k % p.deload_every_weeks) // p.every_weeks


def _repetitions_then_load(steps: int, percent: float) -> tuple[int, int]:
    """Two-for-two: two more repetitions twice, then a heavier load and back to the first number."""
    rounds, within = divmod(steps, 3)
    return min(within, 2), round(100 * (1 + percent / 100) ** rounds)


def _effort(regimen: Regimen, n: int, easy: bool, effort_most: int) -> tuple[int, int] | None:
    if regimen.strength is None:
        return None
    low, high = (int(e) for e in regimen.strength.effort_rpe)
    if n <= LEARNING_WEEKS or easy:
        high = min(high, low + 1)
    return min(low, effort_most), min(high, effort_most)


def _aerobic(week: Week, regimen: Regimen, n: int, first: int) -> float | None:
    """Minutes of endurance work in a week if nothing but the step from week to week holds it back."""
    minutes: float = _minutes(week)
    if regimen.aerobic is None or not minutes:
        return None
    for k in range(first + 1, n + 1):
        if k % regimen.progress.deload_every_weeks and regimen.progress.rule != "none":
            minutes *= 1 + MOST_AEROBIC_STEP
    return minutes


def _focus(n: int, easy: bool, phase: Phase | None, regimen: Regimen) -> str:
    if phase is not None:
        return f"{phase.name}: {phase.dose}" + (f" Go on if: {phase.go_on_if}" if phase.go_on_if and n == int(phase.weeks[1]) else "")
    if regimen.progress.rule == "none":
        return "Hold what you have; more is not the aim." if n > 1 else "Find doses that leave you fresh next day."
    if n <= LEARNING_WEEKS:
        return "Learn the movements; stay easy."
    if easy:
        return "Easy week: fewer sets."
    if regimen.progress.rule == "two-for-two":
        return "2 spare repetitions twice? More load."
    return "A small step more, if all was green."
