"""Reads the published courses (`data/courses`, one file a condition, its name the id) and checks them.

The dataclass `PublishedCourse` is the schema: pydantic checks the data against it and builds it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import TypeAdapter

from soleus.domain.course import PublishedBand, PublishedCourse, Way
from soleus.domain.errors import KnowledgeError
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.measure import Measure
from soleus.knowledge.loader import DATA, Entry, Reading, _nearest

FOLDER = "courses"
CLEAR = 0.5
"""A mean below so many SDs says nothing of a direction. [-]"""
MOST_RELATIVE = 3.0
"""Nothing grows to more than four times in a year or a recovery. [-]"""


def load_courses(
    kb: KnowledgeBase, measures: Mapping[str, Measure], folder: Path = DATA, today: datetime.date | None = None
) -> Mapping[str, PublishedCourse]:
    """Read and check the courses of a data folder. With `today`, an overdue review is a problem.

    Raises:
        KnowledgeError: With every problem found, each with file, line and cure.
    """
    reading = Reading(folder)
    table = reading.unique(_entries(reading))
    check = _Check(reading, kb, measures, today)
    for entry in table.values():
        check.course(entry)
    if reading.problems:
        raise KnowledgeError(reading.problems, source=str(folder))
    return {id_: entry.model for id_, entry in table.items()}


def _entries(reading: Reading) -> Iterator[Entry]:
    adapter = TypeAdapter(PublishedCourse)
    for path in sorted((reading.folder / FOLDER).glob("*.yaml")):
        located, name = reading.document(path), reading.name(path)
        if not isinstance(located.value, dict):
            reading.report(name, None, "", "holds no mapping.", "Write the keys of the course.")
            continue
        model = reading.checked(adapter, {**located.value, "id": path.stem}, located, name, ())
        if model is not None:
            yield Entry(path.stem, model, name, located.line(()))


class _Check:
    """Cross-checks: conditions, measures and sources exist; bands are possible, and those of one way point the same way."""

    def __init__(self, reading: Reading, kb: KnowledgeBase, measures: Mapping[str, Measure], today: datetime.date | None) -> None:
        self.r = reading
        self.kb = kb
        self.measures = measures
        self.today = today

    def course(self, entry: Entry) -> None:
        course: PublishedCourse = entry.model
        if course.id not in self.kb.conditions:
            self.report(entry, "", f'the condition "{course.id}" does not exist.', _nearest(course.id, self.kb.conditions))
        if self.today and course.review.next < self.today:
            self.report(
                entry, "review.next", f"was due on {course.review.next}.", "Check the entry against its sources and set both dates."
            )
        for i, way in enumerate(course.ways):
            for k, band in enumerate(way.bands):
                self._band(entry, f"ways[{i}].bands[{k}]", band)
            self._one_direction(entry, f"ways[{i}]", way)

    def report(self, entry: Entry, where: str, what: str, cure: str = "") -> None:
        self.r.report(entry.file, entry.line, f"{entry.id}.{where}".rstrip("."), what, cure)

    def _band(self, entry: Entry, where: str, band: PublishedBand) -> None:
        ref = band.support.ref
        if ref and ref not in self.kb.sources:
            self.report(entry, f"{where}.support", f'source "{ref}" is not in sources/.', _nearest(ref, self.kb.sources))
        for id_ in band.measures:
            measure = self.measures.get(id_)
            if measure is None:
                self.report(entry, f"{where}.measures", f'measure "{id_}" does not exist.', _nearest(id_, self.measures))
                continue
            if measure.grades and band.relative:
                self.report(entry, where, f"{id_} has grades, of which no share can be taken.", "Give mean and SD in steps of the grades.")
            most = MOST_RELATIVE if band.relative else measure.highest - measure.lowest
            if abs(band.mean) > most or band.sd > most:
                self.report(entry, where, f"{band.mean:g} (SD {band.sd:g}) is more than {id_} can change.", "Is the unit right?")

    def _one_direction(self, entry: Entry, where: str, way: Way) -> None:
        """A loss in one measure and a gain in another is a slip of the sign, most likely where less is better."""
        signs = {
            self.measures[m].sign * (1 if band.mean > 0 else -1)
            for band in way.bands
            for m in band.measures
            if m in self.measures and abs(band.mean) > CLEAR * band.sd
        }
        if len(signs) > 1:
            self.report(entry, where, "gets better by one measure and worse by another.", "Where less is better, a loss is positive.")
