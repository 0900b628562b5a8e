"""What is said of measurements, ready for the page."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.domain.finding import Side
from soleus.domain.measure_entry import MeasureEntry
from soleus.reports.trend.as_json import side_word
from soleus.reports.trend.text import NEXT_VISIT, SEEN
from soleus.reports.trend.words import settling_words, shown_exact
from soleus.track import Judged, Track
from soleus.trends.course import Course
from soleus.web.tracking.actions import version_of
from soleus.web.tracking.reading import OneMeasure, reading


@dataclass(frozen=True)
class CourseWords:
    """A course as a chip or a banner: its look is that of an urgency, its words say it."""

    look: str
    words: str
    advice: str = ""


COURSE: Mapping[Course, CourseWords] = {
    Course.STABLE: CourseWords("success", "About the same", "Ups and downs from day to day, no real loss."),
    Course.IMPROVING: CourseWords("success", "Getting better", "Keep doing what you do."),
    Course.PROGRESSIVE: CourseWords("warning", "Getting worse", SEEN),
    Course.STEPWISE: CourseWords("warning", "Getting worse in steps", SEEN),
    Course.RELAPSING: CourseWords("info", "Coming and going", "Show this to your doctor at your next visit."),
    Course.RECOVERING: CourseWords("info", "Fell and recovered", NEXT_VISIT),
    Course.SLOW: CourseWords("warning", "Lost enough to matter, slowly", NEXT_VISIT),
    Course.TOO_FEW: CourseWords("info", "Cannot tell yet", "A single value says little, because each has an error. Measure again."),
}


FALLEN = "The last value is far below the others"


@dataclass(frozen=True)
class Told:
    """One measure on the page."""

    one: OneMeasure
    sides: tuple[tuple[str, CourseWords, Judged], ...]

    @property
    def measure(self) -> MeasureEntry:
        return self.one.judged[0].measure


def told(one: OneMeasure) -> Told:
    """Each side with its course."""
    return Told(one, tuple((side_word(j.side).capitalize(), course_words(j), j) for j in one.judged))


def course_words(judged: Judged) -> CourseWords:
    """The course; of a last value far below the others, that."""
    return COURSE[judged.trend.course] if judged.fall is None else CourseWords("error", FALLEN)


def overall_words(track: Track) -> CourseWords | None:
    """The banner over everything: what is to be done at once comes before any course."""
    if track.alerts:
        return CourseWords("error", FALLEN, " ".join(track.alerts))
    return COURSE[track.overall.course] if track.overall else None


def next_words(judged: Judged) -> str:
    """When to measure again."""
    return settling_words(judged.settling) if judged.settling else ""


@dataclass(frozen=True)
class EntryRow:
    """One entry of the list, and what a form starts from."""

    number: int
    measure: MeasureEntry
    on: datetime.date
    side: str
    shown: str
    notes: str
    version: str
    initial: Mapping[str, Any]


def recorded_rows(data: Mapping[str, Any], today: datetime.date) -> list[EntryRow]:
    """Every entry that is understood."""
    written = json.loads(json.dumps(data.get("measurements") or [], default=str))
    found = []
    for r in reading(data, today).found.recorded:
        p, entry = r.point, written[r.number - 1]
        side = "" if p.side is Side.UNSTATED else p.side.value
        initial = {
            "value": "" if p.unable else entry.get("value"),
            "unit": entry.get("unit") or r.measure.unit,
            "side": side,
            "unable": p.unable,
            "on": p.on,
            "aid": p.aid,
            "by": r.by,
            "note": p.note,
        }
        shown = "could not be done" if p.value is None else shown_exact(r.measure, p.value)
        notes = "; ".join(x for x in (p.aid and f"with {p.aid}", r.by and f"by {r.by}", p.note) if x)
        found.append(EntryRow(r.number, r.measure, p.on, side, shown, notes, version_of(entry), initial))
    return found
