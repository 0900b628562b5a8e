"""Twelve weeks: how the first week grows, by the rule of the regimen; and when to go back.

The steps are targets, not orders: the traffic lights after each session decide (see `care.feedback`).
"""

from __future__ import annotations

from dataclasses import dataclass

from soleus.care.week import Week
from soleus.domain.care import Phase, Regimen

WEEKS = 12
LEARNING_WEEKS = 2
"""First weeks at the first dose: the tendon and the technique come before the load (expert estimate)."""
DELOAD = 0.67
"""Part of the sets that is left in an easy week (rule `deload-share`, expert estimate)."""
MOST_AEROBIC_STEP = 0.10
"""Endurance minutes grow by at most this part a week. [-/week]"""


@dataclass(frozen=True)
class WeekAhead:
    """The targets of one week."""

    week: int
    focus: str
    volume: float
    """Part of the sets of the first week. [-]"""
    repetitions_more: int
    """Added to the repetitions of the first week."""
    load_percent: int
    """Load against the first week, in percent, where two-for-two was reached."""
    effort_rpe: tuple[int, int] | None
    aerobic_minutes: int | None
    """Of endurance work in the week."""
    phase: str = ""


def twelve_weeks(week: Week, regimen: Regimen, effort_most: int) -> tuple[WeekAhead, ...]:
    """The targets of each week. Loads rise by the lower step of the regimen, so that the table promises nothing bold."""
    return tuple(_ahead(n, week, regimen, effort_most) for n in range(1, WEEKS + 1))


def _ahead(n: int, week: Week, regimen: Regimen, effort_most: int) -> WeekAhead:
    p = regimen.progress
    easy = n % p.deload_every_weeks == 0 and p.rule not in ("none", "symptoms")
    grown = sum(1 for k in range(LEARNING_WEEKS + 1, n + 1) if k % p.deload_every_weeks) // p.every_weeks if p.rule != "none" else 0
    phase = next((f for f in p.phases if f.weeks[0] <= n <= f.weeks[1]), None)
    repetitions, load = _repetitions_then_load(grown, p.step_percent[0]) if p.rule == "two-for-two" else (0, 100)
    if p.rule in ("time", "symptoms"):
        repetitions = min(grown, 4)
    return WeekAhead(
        week=n,
        focus=_focus(n, easy, phase, regimen),
        volume=DELOAD if easy else 1.0,
        repetitions_more=0 if easy else repetitions,
        load_percent=load,
        effort_rpe=_effort(regimen, n, easy, effort_most),
        aerobic_minutes=_aerobic(week, regimen, n, easy),
        phase=phase.name if phase else "",
    )


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


def _aerobic(week: Week, regimen: Regimen, n: int, easy: bool) -> int | None:
    first = sum(d.minutes or 0 for s in week.sessions for i in s.items if i.exercise.category == "aerobic" for d in i.doses)
    if regimen.aerobic is None or not first:
        return None
    minutes: float = first
    for k in range(2, n + 1):
        if k % regimen.progress.deload_every_weeks and regimen.progress.rule != "none":
            minutes *= 1 + MOST_AEROBIC_STEP
    minutes = min(minutes, max(regimen.aerobic.weekly_minutes[1], first))
    return int((minutes * (0.8 if easy else 1)) // 5 * 5)


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
