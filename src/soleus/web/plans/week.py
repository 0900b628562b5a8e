"""The week as the page shows it: each day with its exercises, doses in words, and whether it is done."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from soleus.care.person import DAYS
from soleus.care.week import Planned, Session
from soleus.domain.case import Case
from soleus.domain.training_log import TrainingLog
from soleus.plan import Programme
from soleus.reports.careplan.sheet import CATEGORY, ended
from soleus.reports.careplan.words import DAY, doses_words, loads_words, side_words


@dataclass(frozen=True)
class Card:
    """One exercise as it is shown."""

    item: Planned
    dose: str
    order: str
    load: str
    category: str
    faults: str
    easier: str
    harder: str


@dataclass(frozen=True)
class Day:
    """One day with training."""

    key: str
    name: str
    session: Session
    cards: tuple[Card, ...]
    on: datetime.date
    """Its date in the week that is shown."""
    done: bool

    @property
    def warm_up_minutes(self) -> int:
        return self.session.warm_up_s // 60


def days_of(programme: Programme, log: TrainingLog, today: datetime.date) -> list[Day]:
    """The days of this week, from Monday to Sunday; of the next one, if nothing of this is left."""
    monday = today - datetime.timedelta(days=today.weekday())
    if all(DAYS.index(s.day) < today.weekday() for s in programme.week.sessions):
        monday += datetime.timedelta(days=7)
    done = {s.on for s in log.sessions}
    return [
        Day(s.day, DAY[s.day], s, tuple(card(i) for i in s.items), on, on in done)
        for s in programme.week.sessions
        for on in (monday + datetime.timedelta(days=DAYS.index(s.day)),)
    ]


def current(days: Sequence[Day], today: datetime.date) -> Day | None:
    """Today's session if there is one, else the next one, else the last."""
    return next((d for d in days if d.on >= today and not d.done), days[-1] if days else None)


def card(item: Planned) -> Card:
    """The words of one exercise."""
    e = item.exercise
    faults = " ".join(ended(f) for f in e.faults)
    return Card(
        item,
        doses_words(item),
        side_words(item.doses),
        loads_words(item.doses),
        CATEGORY[e.category],
        faults,
        ended(e.easier.how),
        ended(e.harder.how),
    )


def last_without_morning(log: TrainingLog, today: datetime.date) -> int | None:
    """The place in the log of the newest session of the last days, if nobody said yet how the morning after was."""
    found = [(s.on, i) for i, s in enumerate(log.sessions) if s.on < today and (today - s.on).days <= 7 and s.pain_next_morning is None]
    newest = max((s.on for s in log.sessions), default=None)
    return max(found)[1] if found and max(found)[0] == newest else None


def is_first_time(case: Case) -> bool:
    """Nobody has said yet what suits them."""
    return not case.preferences and not case.goals
