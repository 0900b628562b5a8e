"""The sessions as a calendar that may lie on foreign servers: times and minutes alone, no word about health."""

from __future__ import annotations

import datetime

from icalendar import Calendar, Event
from icalendar.cal import Component

from soleus.plan import CarePlan
from soleus.reports.careplan.calendar import calendar_bytes


def neutral_calendar(plan: CarePlan | None, name: str, start: datetime.date, at: datetime.time, made: datetime.datetime) -> bytes:
    """Twelve weeks from `start`, without names of exercises, reasons and follow-up.

    Args:
        plan: None gives an empty calendar.
        name: Begins the ids of the events; says nothing of the case.
    """
    if plan is None:
        empty = Calendar()
        empty.add("prodid", "-//Soleus//training week//EN")
        empty.add("version", "2.0")
        return bytes(empty.to_ical())
    calendar = Calendar.from_ical(calendar_bytes(plan, name, start, at, made))
    kept: list[Component] = []
    for part in calendar.subcomponents:
        if isinstance(part, Event) and "RRULE" in part:
            part.pop("DESCRIPTION", None)
            kept.append(part)
    calendar.subcomponents = kept
    return bytes(calendar.to_ical())
