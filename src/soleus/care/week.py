"""A week of training as plain values: what the solver is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from soleus.care.dose import SideDose
from soleus.care.eligible import Ruled
from soleus.care.person import Person
from soleus.domain.care import Goal, Phase, Regimen
from soleus.domain.exercise import Exercise
from soleus.domain.finding import Side

WARM_UP_S = 180
"""Shortest warm-up, for sessions of less than `LONG_MINUTES`; the first set of each exercise is easy, too. [s]"""
LONG_MINUTES, LONG_WARM_UP_S = 30, 300
"""Who has this long warms up for 5 minutes, as rule `warm-up` says."""


@dataclass(frozen=True)
class Planned:
    """One exercise in one session."""

    exercise: Exercise
    doses: tuple[SideDose, ...]
    """The weak side first; one entry for `both` where the legs work together."""
    effort_rpe: int
    rest_s: int
    seconds: int


@dataclass(frozen=True)
class Session:
    """The work of one day."""

    day: str
    items: tuple[Planned, ...]
    warm_up_s: int = WARM_UP_S

    @property
    def minutes(self) -> int:
        """Time it takes, warm-up included, rounded up. [min]"""
        return -(-(self.warm_up_s + sum(i.seconds for i in self.items)) // 60)


@dataclass(frozen=True)
class Week:
    """One week of training."""

    sessions: tuple[Session, ...]
    shortfalls: tuple[str, ...] = ()
    """What the guidelines ask for and this week does not reach, in plain words."""
    usual: Week | None = None
    """Of a week of less work: the week that it is a part of."""


@dataclass(frozen=True)
class Brief:
    """What the solver is asked."""

    person: Person
    regimen: Regimen
    allowed: tuple[Ruled, ...]
    """Exercises with at least one side."""
    goals: tuple[Goal, ...] = ()
    phase: Phase | None = None
    """The phase of a staged programme that the person is in."""
    effort_most: int = 10
    balance_days_least: int = 0
    aerobic_minutes_aim: int = 150
    volume: float = 1.0
    """Part of the usual number of sets and minutes, from feedback; 0 < volume <= 1.5."""
    easy: bool = False
    """Whether less is asked because it is an easy week of the programme, not because of the log."""
    usual: tuple[Ruled, ...] = ()
    """What would be allowed without the log, where that is more; a week of less work is a part of the week with these."""
    fell_at: int | None = None
    """After a fall: the highest level of balance work done, 0 if none was logged; None without a fall."""
    own_doses: Mapping[tuple[str, Side], SideDose] = field(default_factory=dict)
    """Doses that feedback has set, by exercise and side."""

    @property
    def warm_up_s(self) -> int:
        return LONG_WARM_UP_S if self.person.wishes.minutes_per_day >= LONG_MINUTES else WARM_UP_S
