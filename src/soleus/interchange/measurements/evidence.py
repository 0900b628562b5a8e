"""What the measurements of a case say of its causes: findings that a value shows, the course, and how well published courses fit.

Imported only for a case that has measurements: the statistics take a moment to load.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from numpy.random import default_rng

from soleus.domain.case import Case
from soleus.domain.course import PublishedCourse
from soleus.domain.errors import Problem
from soleus.domain.evidence import Evidence, Observation, TimeCourse, settle
from soleus.domain.finding import Finding, Kind, Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.measure_entry import MeasureEntry, Sign
from soleus.domain.strength import MrcGrade
from soleus.interchange.evidence import Understanding
from soleus.interchange.measurements.casefile import Measurements, Recorded, physique_of, read_measurements
from soleus.track import OF_WEAKNESS, Track, falling, track
from soleus.trends.course import UNDECIDED
from soleus.trends.evidence import beyond_course, combined, course_weights, fits, onset_weights
from soleus.trends.sudden import TOGETHER_DAYS, WEEKS_DAYS, Fall

RECENT_DAYS = 365
"""An older value shows no finding of today. [days]"""
LEAST_DECIBANS = 0.5
"""A fit below this is left out: it would only lengthen the reasons. [decibans]"""


@dataclass(frozen=True)
class Catalogue:
    """What measurements are compared with."""

    measures: Mapping[str, MeasureEntry]
    courses: Mapping[str, PublishedCourse]


def with_measurements(
    case: Case, understanding: Understanding, kb: KnowledgeBase, catalogue: Catalogue, today: datetime.date
) -> tuple[Understanding, list[Problem]]:
    """The understanding of a case with its measurements in it, and every impossible value.

    Args:
        case: With measurements.
        understanding: Of everything else.
        kb: The vocabulary.
        catalogue: Measures and published courses.
        today: Nothing is measured later.
    """
    found = read_measurements(case.measurements, catalogue.measures, today)
    if found.problems:
        return understanding, list(found.problems)
    observations, contradictions = settle([*understanding.evidence.observations, *_shown(found, kb, today)], kb.findings)
    evidence = replace(understanding.evidence, observations=observations)
    if any(len(s.days) > 1 for s in found.series()):
        evidence = _with_course(evidence, case, found, kb, catalogue, today)
    return (
        replace(
            understanding,
            evidence=evidence,
            not_understood=(*understanding.not_understood, *found.not_understood),
            contradictions=(*understanding.contradictions, *contradictions),
        ),
        [],
    )


def falling_measures(case: Case, catalogue: Mapping[str, MeasureEntry], today: datetime.date) -> tuple[str, ...]:
    """Names of measures whose decline is real (see `soleus.track.FALLING`); what cannot be read is left out."""
    return falling(read_measurements(case.measurements, catalogue, today).series(), catalogue, physique_of(case))


def _with_course(
    evidence: Evidence, case: Case, found: Measurements, kb: KnowledgeBase, catalogue: Catalogue, today: datetime.date
) -> Evidence:
    series = found.series()
    judged = track(series, catalogue.measures, physique_of(case), today, default_rng(0), with_settling=False)
    before = evidence
    fell = [j.fall for j in judged.judged if j.fall is not None]
    acute = [f for f in fell if f.within_days <= TOGETHER_DAYS and (today - f.last).days <= WEEKS_DAYS]
    if acute and evidence.onset is None:
        first = min(acute, key=lambda f: f.within_days)
        evidence = replace(evidence, onset=onset_weights(first), onset_text=_fall_words(first))
    # Of somebody who fell at once the time before tells no course, and one that nobody can tell yet is no evidence.
    told = judged.overall is not None and judged.overall.course not in UNDECIDED and not fell
    weak = [j.trend for j in judged.judged if j.measure.group in OF_WEAKNESS]
    measured = course_weights(judged.overall, weak) if weak and told and judged.overall is not None else None
    going = [(j.series, j.trend) for j in judged.judged if j.trend.course not in UNDECIDED and j.fall is None]
    fitting = fits(going, catalogue.courses, _began(case)) if not fell else ()
    beyond = [(f, beyond_course(f, kb.conditions[f.condition].course, measured) if measured else f.decibans) for f in fitting]
    kept = tuple((f.condition, decibans) for f, decibans in beyond if abs(decibans) >= LEAST_DECIBANS)
    if measured is not None:
        course = combined(evidence.course, measured)
        text = evidence.course_text if course == evidence.course else _joined(evidence.course_text, _measured_words(judged))
        evidence = replace(evidence, course=course, course_text=text)
    if kept:
        names = dict.fromkeys(m for f in fitting for m in f.measures)
        words = ", ".join(catalogue.measures[m].name for m in names)
        evidence = replace(evidence, fits=kept, fits_text=f"{words} beside published courses")
    if evidence == before:
        return before
    return replace(evidence, told=TimeCourse(before.onset, before.course, before.onset_text, before.course_text))


def _fall_words(fall: Fall) -> str:
    return f"measured: a fall at once, between {fall.before} and {fall.since}"


def _joined(told: str, measured: str) -> str:
    return f"{told}; {measured}" if told else measured


def _measured_words(judged: Track) -> str:
    assert judged.overall is not None
    p = judged.overall.probability_of_real_decline
    return f"measured: {judged.overall.course.value}, chance of a real loss {100 * p:.0f} %"


def _began(case: Case) -> datetime.date | None:
    """The first day on which anything began."""
    return min((f.since for f in case.findings if f.since is not None), default=None)


def _shown(found: Measurements, kb: KnowledgeBase, today: datetime.date) -> Iterator[Observation]:
    """Findings that the last value of each measure and side shows by itself."""
    last: dict[tuple[str, Side], Recorded] = {}
    for r in sorted(found.recorded, key=lambda r: (r.point.on, r.number)):
        last[r.measure.id, r.point.side] = r
    for r in last.values():
        if (today - r.point.on).days <= RECENT_DAYS:
            for sign in r.measure.signs:
                yield from _observed(r, sign, kb.findings[sign.finding])


def _observed(r: Recorded, sign: Sign, finding: Finding) -> Iterator[Observation]:
    weights = _weights(r, sign, finding)
    if weights is None:
        return
    side = r.point.side
    sides = [Side.UNSTATED] if not finding.sided else [Side.LEFT, Side.RIGHT] if side is Side.BOTH else [side]
    text = f"{r.measure.name}: {r.given} on {r.point.on}"
    for each in sides:
        yield Observation(finding.id, each, weights, text, f"measurements[{r.number - 1}]")


def _weights(r: Recorded, sign: Sign, finding: Finding) -> tuple[float, ...] | None:
    value = r.point.value
    if sign.at is None:
        return MrcGrade(r.measure.grades[int(value)]).state_weights if value is not None and finding.kind is Kind.STRENGTH else None
    if value is not None and r.measure.sign * (value - sign.at) > 0:
        return None
    return (0.0, 0.15, 1.0) if finding.kind is Kind.STRENGTH else (0.0, 1.0)
