"""A person's measurements as evidence for causes: which course they took, and how well each published course foretells them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from soleus.domain.course import PublishedBand, PublishedCourse
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import COURSES, ONSETS
from soleus.domain.measure import Point, Series
from soleus.trends.bands import CAP_DECIBANS, BandShape, CourseBand, weigh_bands
from soleus.trends.course import FEWEST, Course, up_and_down
from soleus.trends.overall import Overall
from soleus.trends.prior import DEFAULT, Prior
from soleus.trends.sudden import Fall
from soleus.trends.trend import Trend, trend

ESTIMATE_DECIBANS = 5.0
"""No course that nobody published counts for or against a cause by more. Expert estimate. [decibans]"""
LEAST_WEIGHT = 0.15
"""Measurements exclude no course more firmly than words do. Expert estimate. [-]"""
RELAPSING_BEFORE = 0.1
"""Share of courses that come and go, or fall in steps, before anything is measured. Expert estimate. [-]"""
LATER_DAYS = 0.4
"""That what fell from one day to the next goes on for days, against at once. Expert estimate. [-]"""
DECIBAN = 10 / math.log(10)


@dataclass(frozen=True)
class Fit:
    """How well the published course of a cause foretells what was measured."""

    condition: str
    decibans: float
    """Against what would be thought of anybody; bounded. [decibans]"""
    measures: tuple[str, ...]
    """Ids of the measures that were compared."""
    refs: tuple[str, ...]
    """Ids of the sources; empty if all is estimated."""


def course_weights(overall: Overall, trends: Sequence[Trend], prior: Prior = DEFAULT) -> tuple[float, ...] | None:
    """P(measurements | course) over `COURSES`, up to a constant; None while too little is known.

    What is thought after measuring is divided by what was thought before, so that the prior of the trend model does not count twice.

    Args:
        overall: All series together.
        trends: The series in it.
        prior: The same that they were made with.
    """
    told = [t for t in trends if t.occasions >= FEWEST]
    if not told:
        return None
    worse0, better0 = _before(max(told, key=lambda t: t.occasions), prior)
    worse, better = overall.probability_of_real_decline, overall.probability_of_real_improvement
    level = max(1 - worse - better, 1e-3)
    steady = {"progressive": worse / worse0, "improving": better / better0, "stable": level / max(1 - worse0 - better0, 1e-3)}
    # Coming and going is seen where a course may have changed; before that it is neither for nor against.
    seen = [t for t in told if bool((t.posterior.changes > 0).any())]
    share = max((up_and_down(t.courses) + t.courses[Course.STEPWISE] for t in seen), default=RELAPSING_BEFORE)
    relapsing = share / RELAPSING_BEFORE
    rest = (1 - share) / (1 - RELAPSING_BEFORE)
    weights = {name: weight * rest for name, weight in steady.items()} | {"relapsing": relapsing}
    weights["episodic"] = max(weights["stable"], weights["relapsing"])  # attacks between the measurements are not seen
    top = max(weights.values())
    return tuple(max(weights[c] / top, LEAST_WEIGHT) for c in COURSES)


def _before(judged: Trend, prior: Prior) -> tuple[float, float]:
    """P(real decline) and P(real improvement) of somebody measured on one day only."""
    measure = judged.measure
    value = min(max(judged.level_now.value, measure.lowest), measure.highest)
    point = Point(judged.first, float(round(value)) if measure.grades else value, judged.side)
    before = trend(Series(measure, judged.side, (point,)), prior)
    return max(before.probability_of_real_decline, 1e-3), max(before.probability_of_real_improvement, 1e-3)


def onset_weights(fall: Fall) -> tuple[float, ...]:
    """P(a fall between these two days | onset) over `ONSETS`, up to a constant: it took at most as long as the days between."""
    days = LATER_DAYS if fall.within_days <= 1 else 1.0
    weights = {"sudden": 1.0, "days": days}
    return tuple(weights.get(o, LEAST_WEIGHT) for o in ONSETS)


def combined(told: tuple[float, ...] | None, measured: tuple[float, ...]) -> tuple[float, ...]:
    """What the person says of the course, and what was measured.

    Both speak of one course, so they are multiplied. What the person says stands where the measurements would make a worsening less
    likely: measuring adds to the urgency, and never takes from it.
    """
    if told is None:
        return measured
    both = [a * b for a, b in zip(told, measured, strict=True)]
    top = max(both)
    weights = tuple(max(w / top, LEAST_WEIGHT * min(told) / max(told)) for w in both)
    worse = COURSES.index("progressive")
    return told if weights[worse] / sum(weights) < told[worse] / sum(told) else weights


def fits(
    judged: Sequence[tuple[Series, Trend]], courses: Mapping[str, PublishedCourse], since: date | None = None, prior: Prior = DEFAULT
) -> tuple[Fit, ...]:
    """How well each published course fits, by condition.

    Of two legs the weaker one is compared; several measures count as one witness, by their mean.

    Args:
        judged: Series with their trends.
        courses: By condition.
        since: When it all began, for recoveries; the first measurement if nobody said.
        prior: The courses of anybody.
    """
    found: dict[str, list[tuple[float, str, tuple[str, ...]]]] = {}
    for series, _ in _weaker([(s, t) for s, t in judged if t.occasions >= FEWEST]):
        measure = series.measure.id
        wanted = {id_: course.of(measure) for id_, course in courses.items() if measure in course.measures}
        bands = {band: None for ways in wanted.values() for _, band in ways if band is not None}
        first = min(p.on for p in series.points)
        began = since if since is not None and since <= first else first - timedelta(days=1)
        weighed = dict(zip(bands, weigh_bands(series, [_band(b, measure) for b in bands], since=began, prior=prior), strict=True))
        for id_, ways in wanted.items():
            likelihood = sum(share * (10 ** (weighed[band].decibans / 10) if band is not None else 1.0) for share, band in ways)
            refs = tuple(band.support.ref for _, band in ways if band is not None and band.support.ref)
            cap = CAP_DECIBANS if refs else ESTIMATE_DECIBANS
            found.setdefault(id_, []).append((float(np.clip(DECIBAN * math.log(likelihood), -cap, cap)), measure, refs))
    return tuple(
        Fit(
            id_,
            float(np.mean([d for d, _, _ in parts])),
            tuple(m for _, m, _ in parts),
            tuple(dict.fromkeys(r for _, _, rs in parts for r in rs)),
        )
        for id_, parts in found.items()
    )


def beyond_course(fit: Fit, course: Sequence[float], weights: Sequence[float]) -> float:
    """What a fit says beyond the words for the course, which have counted already. [decibans]

    Args:
        fit: Of one condition.
        course: P(course | condition) over `COURSES`.
        weights: What was measured, as `course_weights` has it.
    """
    told = sum(p * w for p, w in zip(course, weights, strict=True)) / (sum(weights) / len(weights))
    return float(np.clip(fit.decibans - DECIBAN * math.log(max(told, 1e-6)), -CAP_DECIBANS, CAP_DECIBANS))


def _weaker(judged: Sequence[tuple[Series, Trend]]) -> list[tuple[Series, Trend]]:
    """One series a measure: of left and right the weaker."""
    result: dict[str, tuple[Series, Trend]] = {}
    for series, told in judged:
        other = result.get(series.measure.id)
        if other is None or (
            series.side in (Side.LEFT, Side.RIGHT) and series.measure.sign * (told.level_now.value - other[1].level_now.value) < 0
        ):
            result[series.measure.id] = (series, told)
    return list(result.values())


def _band(band: PublishedBand, measure: str) -> CourseBand:
    return CourseBand(
        id=measure,
        mean=band.mean,
        sd=band.sd,
        share=band.relative,
        shape=BandShape(band.shape),
        time_constant_years=band.time_constant_years,
        ref=band.support.ref or "consensus",
        at=band.support.at,
    )
