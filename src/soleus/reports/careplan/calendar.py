"""The sessions as an iCalendar file, so that a phone reminds of them (icalendar writes it, RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from icalendar import Alarm, Calendar, Event

from soleus.care.person import DAYS
from soleus.care.progression import WeekAhead
from soleus.care.week import Planned, Session
from soleus.plan import CarePlan
from soleus.reports.careplan.words import doses_words, side_words

WEEKS = 12
REMIND_MINUTES = 30


def calendar_bytes(plan: CarePlan, name: str, start: datetime.date, at: datetime.time, made: datetime.datetime) -> bytes:
    """All sessions of twelve weeks, each weekly from its first day on or after `start`, at local time; and the dates to be seen again.

    Args:
        made: When the file is made, in UTC; the same input gives the same file.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Soleus//training week//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Soleus training")
    if p := plan.programme:
        weeks = _weeks(p.ahead, start)
        repeated = p.week.usual if p.easy and p.feedback.volume == 1 else None  # the words tell which of the weeks are easy
        for session in (repeated or p.week).sessions:
            calendar.add_component(_session(session, name, start, at, made, weeks))
    for i, (follow_up, condition) in enumerate(() if plan.blocked else plan.advice.follow_up):
        if follow_up.weeks is not None:
            event = Event()
            event.add("uid", f"{name}-follow-up-{i}-{condition}@soleus")
            event.add("dtstamp", made)
            event.add("summary", f"To be seen again: {follow_up.when}")
            event.add("description", follow_up.what)
            event.add("dtstart", start + datetime.timedelta(weeks=follow_up.weeks))
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _session(session: Session, name: str, start: datetime.date, at: datetime.time, made: datetime.datetime, weeks: Sequence[str]) -> Event:
    first = start + datetime.timedelta(days=(DAYS.index(session.day) - start.weekday()) % 7)
    event = Event()
    event.add("uid", f"{name}-{session.day}@soleus")
    event.add("dtstamp", made)
    event.add("summary", f"Training, {session.minutes} min")
    event.add("description", "\n".join([f"Warm-up {session.warm_up_s // 60} min", *(_line(i) for i in session.items), *weeks]))
    event.add("dtstart", datetime.datetime.combine(first, at))
    event.add("dtend", datetime.datetime.combine(first, at) + datetime.timedelta(minutes=session.minutes))
    event.add("rrule", {"freq": "weekly", "count": WEEKS})
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "Training")
    alarm.add("trigger", datetime.timedelta(minutes=-REMIND_MINUTES))
    event.add_component(alarm)
    return event


def _weeks(ahead: Sequence[WeekAhead], start: datetime.date) -> list[str]:
    """How the sessions change from week to week: an event that repeats has one description for all of its days."""
    lines = ["", "What changes from week to week:"] if ahead else []
    for k, w in enumerate(ahead):
        parts = [f"sets {w.volume:.0%}"]
        parts += [f"+{w.repetitions_more} repetitions"] if w.repetitions_more else []
        parts += [f"load {w.load_percent} %"] if w.load_percent != 100 else []
        parts += [f"endurance {w.aerobic_minutes} min"] if w.aerobic_minutes else []
        lines.append(f"Week {w.week}, from {start + datetime.timedelta(weeks=k)}: {', '.join(parts)}. {w.focus}")
    return lines


def _line(item: Planned) -> str:
    order = side_words(item.doses)
    return f"{item.exercise.name}: {doses_words(item)}" + (f" ({order})" if order else "")
