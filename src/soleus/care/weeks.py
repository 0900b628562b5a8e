"""Which week of a programme it is: weeks of training count, a break takes some of them back; and which weeks are easy ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soleus.domain.care import Regimen
from soleus.domain.training_log import LoggedSession

WEEK = timedelta(days=7)
DELOAD = 0.67
"""Part of the work that is left in an easy week (rule `deload-share`, expert estimate)."""


@dataclass(frozen=True)
class Pause:
    """A break, and how training begins again after it (rule `missed-week`, expert estimate: strength lasts about three weeks)."""

    days: int
    """From so many days without training on. [d]"""
    volume: float
    """Part of the work in the first week after it. [-]"""
    weeks_back: int | None
    """Weeks of the programme that are done again; None: all of them."""
    words: str

    def week_after(self, week: int) -> int:
        """Where the programme goes on that had come to a week, counted from 1."""
        return 1 if self.weeks_back is None else max(week - self.weeks_back, 1)


PAUSES = (
    Pause(28, 0.5, None, "After a break of four weeks or more: start again, with half of the work in the first week."),
    Pause(14, 0.8, 2, "After a break of two weeks or more: go back two weeks, with 20 % less work in the first week."),
    Pause(9, 1.0, 0, "After a break of a week: repeat the last week."),
)
"""Longest first."""


@dataclass(frozen=True)
class Counted:
    """One day in the course of a programme."""

    on: date
    week: int
    """Of the programme, from 1."""
    pause: Pause | None
    """The break that lasts until this day, or that ended less than a week before."""


def counted(sessions: Sequence[LoggedSession], today: date) -> list[Counted]:
    """Each day with training, and today as the last one, with its week of the programme."""
    days = sorted({s.on for s in sessions if (s.done or s.seen is None) and s.on <= today})  # a visit alone is no training
    found: list[Counted] = []
    start, first, pause = (days or [today])[0], 1, None
    for before, day in zip((start, *days), (*days, today), strict=True):
        if new := next((p for p in PAUSES if (day - before).days >= p.days), None):
            short = pause if before - start < WEEK else None  # hardly begun again, and away again: the longer break counts
            first, pause = new.week_after(first + (before - start) // WEEK), min((p for p in (new, short) if p), key=lambda p: p.volume)
            start = day
        found.append(Counted(day, first + (day - start) // WEEK, pause if day - start < WEEK else None))
    return found


def is_easy(regimen: Regimen, week: int) -> bool:
    """Whether a week of the programme is one of less work. By symptoms, or where nothing grows, no week is."""
    return week % regimen.progress.deload_every_weeks == 0 and regimen.progress.rule not in ("none", "symptoms")


def less_asked(days: Sequence[Counted], regimen: Regimen) -> frozenset[date]:
    """Days on which the programme itself asked for less: easy weeks, and the first week after a break."""
    return frozenset(d.on for d in days if is_easy(regimen, d.week) or (d.pause is not None and d.pause.volume < 1))
