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
SWING = 0.3
"""A rise or a fall within a course counts if it is as large as this share of the largest. [-]"""
LEAST_KEPT, KEPT_OF_RISE = 1.0, 0.25
"""A rise was not for a while only if so much of it, and such a share of it, is there at the end. [SEM, -]"""
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
    RECOVERING = "recovering"
    """One fall that was made good, all of it or most."""
    STEPWISE = "stepwise"
    SLOW = "slow-loss"
    """Enough was lost to matter, but no faster than by ageing and as people differ: a judgement of the whole time, not a shape."""
    TOO_FEW = "too-few"


UNDECIDED = (Course.TOO_FEW, Course.SLOW)
"""Judgements that are no evidence for or against the course of a disease."""


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
    """Probability of each shape of a course (all but too-few and slow-loss); they sum to 1."""
    frame, weights = posterior.frame, posterior.weights
    changed = posterior.changes > 0
    result: dict[Course, float] = {c: 0.0 for c in Course if c not in (Course.TOO_FEW, Course.SLOW)}
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
    for path, f, r, s in zip(paths, fall, rise, lost, strict=True):
        if min(f, r) >= max(NOTICEABLE, SWING * max(f, r)):
            result.append(Course.RECOVERING if _made_good(path, max(NOTICEABLE, SWING * max(f, r))) else Course.RELAPSING)
        elif max(f, r) < NOTICEABLE:
            result.append(Course.STABLE)
        elif r > f:
            result.append(Course.IMPROVING)
        else:
            result.append(Course.STEPWISE if s > 0.5 * f else Course.PROGRESSIVE)
    return result


def _made_good(path: Array, swing: float) -> bool:
    """Whether a path falls once and comes back, to no more than a swing below where it began."""
    lowest = int(path.argmin())
    before, after = path[: lowest + 1], path[lowest:]
    rises_before = float((before - np.minimum.accumulate(before)).max())
    falls_after = float((np.maximum.accumulate(after) - after).max())
    return rises_before < swing and falls_after < swing and float(path[0] - path[-1]) < swing <= float(path[0] - path[lowest])


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
    if occasions < FEWEST:
        return Course.TOO_FEW
    if worse >= LIKELY:
        name = name_of_decline(share)
        return Course.RELAPSING if name is Course.RECOVERING and important >= LIKELY else name
    if up_and_down(share) >= 0.5:
        return Course.SLOW if important >= LIKELY else up_and_down_name(share)
    if better >= LIKELY:
        return Course.IMPROVING
    if important >= LIKELY:
        return Course.SLOW
    if max(important, important_rate) <= UNLIKELY and worse < 0.5:
        return Course.STABLE
    return Course.TOO_FEW


def up_and_down(share: dict[Course, float]) -> float:
    """Probability that it fell and rose, or rose and fell."""
    return share[Course.RELAPSING] + share[Course.RECOVERING]


def up_and_down_name(share: dict[Course, float]) -> Course:
    """The word for falls and rises: one fall made good, or any others."""
    return Course.RECOVERING if share[Course.RECOVERING] > share[Course.RELAPSING] else Course.RELAPSING


def name_of_decline(share: dict[Course, float]) -> Course:
    """The word for a decline that is likely: that of its likeliest shape."""
    shapes = {
        Course.PROGRESSIVE: share[Course.PROGRESSIVE],
        Course.STEPWISE: share[Course.STEPWISE],
        up_and_down_name(share): up_and_down(share),
    }
    return max(shapes, key=lambda c: shapes[c])


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
    if up and _stays_up(posterior, hypothesis, k):
        return "step-up"
    return "rise-and-fall" if up else "dip"


def _stays_up(posterior: Posterior, hypothesis: int, k: int) -> bool:
    """Whether a part of a rise was there on the last day: such a rise was not for a while."""
    occasions = posterior.seen.occasions
    before = occasions[max(int(np.searchsorted(occasions, posterior.shapes.at[hypothesis, k])) - 1, 0)]
    columns = posterior.shapes.picked(np.array([hypothesis])).columns(posterior.frame, np.array([before, occasions[-1]]))[0]
    levels = columns @ posterior.mean[hypothesis, : columns.shape[1]]
    rise = float(posterior.mean[hypothesis, 2 + k])
    return float(levels[1] - levels[0]) >= max(LEAST_KEPT, KEPT_OF_RISE * rise)


def _quantiles(values: Array, weights: Array, at: tuple[float, ...]) -> list[float]:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return [float(values[order][min(int(np.searchsorted(sums, q * sums[-1])), len(values) - 1)]) for q in at]
