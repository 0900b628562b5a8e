"""What somebody did and how it felt: the log that adapts the coming week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soleus.domain.finding import Side

SYMPTOMS = (
    "new cramps",
    "dark urine",
    "weaker next day",
    "new numbness",
    "chest symptoms",
    "fall",
    "leg swelling",
    "twitching more",
    "bladder or bowel trouble",
)
"""What may follow a session and changes the plan, as they stand in a log."""


@dataclass(frozen=True)
class Done:
    """One exercise on one side (or both) in one session."""

    exercise: str
    side: Side
    repetitions: tuple[int, ...] = ()
    """Of each set."""
    holds_s: tuple[int, ...] = ()
    """Of each set. [s]"""
    minutes: float | None = None
    load_kg: float | None = None
    effort_rpe: float | None = None
    pain: float | None = None
    """Worst during it, 0 to 10."""


@dataclass(frozen=True)
class LoggedSession:
    """One session, and the day after it."""

    on: date
    done: tuple[Done, ...]
    pain_next_morning: float | None = None
    """0 to 10."""
    soreness_hours: float | None = None
    """How long the muscles stayed sore. [h]"""
    symptoms: tuple[str, ...] = ()
    note: str = ""
    seen: date | None = None
    """A clinician has looked at everything up to this day, and lets the person train."""


@dataclass(frozen=True)
class TrainingLog:
    """All sessions, in the order of their days."""

    sessions: tuple[LoggedSession, ...] = ()
