"""Names for courses, and when they changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from soleus.trends.observations import Array, Flags
from soleus.trends.posterior import Posterior
from soleus.trends.shapes import Change

LIKELY = 0.7
"""From this probability on something is said to be so. At this level no more than one stable person in twenty is called declining."""
UNLIKELY = 0.1
"""A person is called stable if an important loss is less probable than this."""
NOTICEABLE = 1.5
"""A rise or a fall within a course counts from this size on. [SEM]"""
FEWEST = 3
"""Fewer occasions are too few to speak of a course."""
_TIMES = 61
_NEAR = 2
"""Places of one and the same change differ by no more than so many occasions."""


class Course(StrEnum):
    STABLE = "stable"
    IMPROVING = "improving"
    PROGRESSIVE = "progressive"
    RELAPSING = "relapsing"
    STEPWISE = "stepwise"
    TOO_FEW = "too-few"


@dataclass(frozen=True)
class Turn:
    """A day on which the course changed, probably."""

    kind: str
    """`step-down`, `step-up`, `dip` (a loss that is made good), `rise-and-fall`, `turn-down`, `turn-up`."""
    on: date
    earliest: date
    latest: date
    """Ends of the interval that holds 95 % of the probability."""
    probability: float
    """That the course changed about then, in whatever way."""


def decline(posterior: Posterior, start: float, end: float) -> tuple[float, float]:
    """P(real decline) and P(real improvement) from one time to another.

    A decline is real if it is faster than ageing by more than people of one age differ; an improvement if it is one at all by as much.
    For one day alone both are what was thought before.
    """
    frame = posterior.frame
    span = end - start
    mean = posterior.change(start, end) if span > 0 else posterior.slope(end)
    span = span or 1.0
    worse = mean.below(-(frame.ageing + frame.margin) * span)
    better = max(1 - mean.below(frame.margin * span), 0.0)
    return worse, better


def shares(posterior: Posterior, start: float, end: float) -> dict[Course, float]:
    """Probability of each course (all but too-few); they sum to 1."""
    frame, weights = posterior.frame, posterior.weights
    changed = posterior.changes > 0
    result: dict[Course, float] = {c: 0.0 for c in Course if c is not Course.TOO_FEW}
    steady = float(weights[~changed].sum())
    if steady > 0:
        span = end - start
        only = (posterior.change(start, end) if span else posterior.slope(end)).among(~changed)
        worse = only.below(-(frame.ageing + frame.margin) * (span or 1.0))
        better = max(1 - only.below(frame.margin * (span or 1.0)), 0.0)
        result[Course.PROGRESSIVE] += steady * worse
        result[Course.IMPROVING] += steady * better
        result[Course.STABLE] += steady * (1 - worse - better)
    for course, weight in zip(_of_changes(posterior, changed, start, end), weights[changed], strict=True):
        result[course] += float(weight)
    return result


def _of_changes(posterior: Posterior, changed: Flags, start: float, end: float) -> list[Course]:
    """The course of each hypothesis with a change, by its most probable path without ageing."""
    times = np.linspace(start, end, _TIMES)
    columns = posterior.shapes.columns(posterior.frame, times)[changed]
    mean = posterior.mean[changed][:, : columns.shape[2]]
    paths = (columns @ mean[:, :, None])[:, :, 0] + posterior.frame.ageing * (times - start)
    fall = (np.maximum.accumulate(paths, axis=1) - paths).max(axis=1)
    rise = (paths - np.minimum.accumulate(paths, axis=1)).max(axis=1)
    kinds = posterior.shapes.kinds[changed]
    steps = np.where(kinds == Change.STEP, mean[:, 2:], 0.0)
    lost = -np.minimum(steps, 0.0).sum(axis=1)
    result = []
    for f, r, s in zip(fall, rise, lost, strict=True):
        if min(f, r) >= max(NOTICEABLE, 0.3 * max(f, r)):
            result.append(Course.RELAPSING)
        elif max(f, r) < NOTICEABLE:
            result.append(Course.STABLE)
        elif r > f:
            result.append(Course.IMPROVING)
        else:
            result.append(Course.STEPWISE if s > 0.5 * f else Course.PROGRESSIVE)
    return result


def name_of(share: dict[Course, float], *, occasions: int, worse: float, better: float, important: float, important_rate: float) -> Course:
    """One word for the course.

    Args:
        share: Probability of each course.
        occasions: Number of different times.
        worse: P(real decline).
        better: P(real improvement).
        important: P(important loss since the start).
        important_rate: P(a loss that would be important within a year).
    """
    declines = (Course.PROGRESSIVE, Course.STEPWISE, Course.RELAPSING)
    if occasions < FEWEST:
        return Course.TOO_FEW
    if worse >= LIKELY:
        return max(declines, key=lambda c: share[c])
    if share[Course.RELAPSING] >= 0.5:
        return Course.RELAPSING
    if better >= LIKELY:
        return Course.IMPROVING
    if max(important, important_rate) <= UNLIKELY and worse < 0.5:
        return Course.STABLE
    return Course.TOO_FEW


def turns(posterior: Posterior, least: float = 0.5) -> tuple[Turn, ...]:
    """The days on which the course changed with at least this probability, in order.

    The most probable course with a change says which days; what happened beside one another is one event, named after its largest part.
    """
    kinds, at, weights = posterior.shapes.kinds, posterior.shapes.at, posterior.weights
    there = kinds != Change.NONE
    if not there.any():
        return ()
    occasions = posterior.seen.occasions
    place = np.searchsorted(occasions, at)
    best = int(np.where(there.any(axis=1), weights, 0.0).argmax())
    found: list[Turn] = []
    told: set[int] = set()
    for k in sorted(np.flatnonzero(there[best]), key=lambda i: -_size(posterior, best, int(i))):
        holds = there & (np.abs(place - place[best, k]) <= _NEAR)
        probability = float(weights[holds.any(axis=1)].sum())
        if probability < least or any(abs(int(place[best, k]) - p) <= _NEAR for p in told):
            continue
        told.add(int(place[best, k]))
        middles = np.where(holds, at, 0).sum(axis=1) / np.maximum(holds.sum(axis=1), 1)
        earliest, middle, latest = (posterior.seen.day(y) for y in _quantiles(middles, weights * holds.any(axis=1), (0.025, 0.5, 0.975)))
        found.append(Turn(_kind(posterior, best, int(k)), middle, earliest, latest, min(probability, 1.0)))
    return tuple(sorted(found, key=lambda t: t.on))


def _size(posterior: Posterior, hypothesis: int, k: int) -> float:
    """How large a change is; a turn by what it comes to until the end. [SEM]"""
    since = posterior.seen.years.max() - posterior.shapes.at[hypothesis, k]
    factor = since if posterior.shapes.kinds[hypothesis, k] == Change.TURN else 1.0
    return abs(float(posterior.mean[hypothesis, 2 + k] * factor))


def _kind(posterior: Posterior, hypothesis: int, k: int) -> str:
    up = posterior.mean[hypothesis, 2 + k] > 0
    kind = Change(int(posterior.shapes.kinds[hypothesis, k]))
    if kind is Change.STEP:
        return "step-up" if up else "step-down"
    if kind is Change.TURN:
        return "turn-up" if up else "turn-down"
    return "rise-and-fall" if up else "dip"


def _quantiles(values: Array, weights: Array, at: tuple[float, ...]) -> list[float]:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return [float(values[order][min(int(np.searchsorted(sums, q * sums[-1])), len(values) - 1)]) for q in at]
