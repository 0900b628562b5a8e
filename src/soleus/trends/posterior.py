"""All courses weighed against each other for one series: every hypothesis fitted, none chosen."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from soleus.domain.measure import Measure
from soleus.trends.errors import Errors, errors_tried, fit_with
from soleus.trends.fit import Fit
from soleus.trends.mixture import Mixture
from soleus.trends.observations import Array, Observations
from soleus.trends.prior import Prior
from soleus.trends.screen import LOOKED_AT, Base, chosen, gain
from soleus.trends.shapes import (
    CHANGES,
    DIPS,
    MOST_AIDS,
    Change,
    Frame,
    Outline,
    Shapes,
    nuisance,
    plain_shapes,
    spell_waves,
    together,
    without_one,
)
from soleus.trends.special import log_sum_exp

FEWEST_BESIDE = 2
"""Occasions before and after a change, at least: one odd value is no change."""
PATIENCE = 3.0
"""Two changes may look like a line until both are there: one change alone may be less probable by this. [natural logarithm of odds]"""
MOST_CHANGES = 8
ERRORS, ERRORS_OF_CHANGES = 5, 3
"""Values of the person's own error that are tried, for courses without and with changes."""
FEWEST_FOR_SPELLS = 8
"""With fewer occasions nobody can tell spells from error."""
SPELLS = ((0.5, 0.1), (1.0, 0.05))
"""Size of spells and share of people who have them; the others have none. Expert estimate. [SEM, -]"""
KEPT = 1e-6
"""A hypothesis with less of the probability is forgotten."""


@dataclass(frozen=True)
class Posterior:
    """H hypotheses with their probabilities, and under each a normal posterior of the coefficients."""

    seen: Observations
    frame: Frame
    weights: Array
    """(H,) sum 1."""
    shapes: Shapes
    log_scale: Array
    """(H,) natural logarithm of the person's own SEM over the published one."""
    mean: Array
    covariance: Array
    log_evidence: float
    """Of the data under all hypotheses together."""

    def combination(self, of_columns: Array) -> Mixture:
        """Any linear combination of level, slope and changes; `of_columns` is (H, 2 + K)."""
        p = of_columns.shape[1]
        means = (of_columns * self.mean[:, :p]).sum(axis=1)
        variances = np.einsum("hp,hpq,hq->h", of_columns, self.covariance[:, :p, :p], of_columns)
        return Mixture(self.weights, means, np.sqrt(np.maximum(variances, 0.0)))

    def level(self, years: float) -> Mixture:
        """The true level at a time. [SEM]"""
        return self.combination(self.shapes.columns(self.frame, np.array([years]))[:, 0])

    def change(self, start: float, end: float) -> Mixture:
        """Level at `end` less level at `start`. [SEM]"""
        ends = self.shapes.columns(self.frame, np.array([start, end]))
        return self.combination(ends[:, 1] - ends[:, 0])

    def slope(self, years: float, over: float = 0.02) -> Mixture:
        """How fast the level changes just after a time. [SEM/year]"""
        ends = self.shapes.columns(self.frame, np.array([years, years + over]))
        return self.combination((ends[:, 1] - ends[:, 0]) / over)

    def by_data(self) -> Posterior:
        """The same as an estimate: what was thought of sizes beforehand weighs as little as it can.

        Steady slopes keep only their widest prior, and nobody is taken for stable; else an interval would shrink towards what most
        people do, and hold the truth of a person with an unusual course too rarely.
        """
        widest = self.lines & (self.shapes.slope_sd == max(size for size, _ in self.frame.prior.slopes))
        steady = self.changes == 0
        if not widest.any():
            return self
        kept = widest | ~steady
        weights = np.where(widest, self.weights * self.weights[steady].sum() / self.weights[widest].sum(), self.weights)[kept]
        return replace(
            self,
            weights=weights / weights.sum(),
            shapes=self.shapes.picked(kept),
            log_scale=self.log_scale[kept],
            mean=self.mean[kept],
            covariance=self.covariance[kept],
        )

    @property
    def changes(self) -> NDArray[np.int_]:
        """(H,) how many changes each hypothesis has."""
        return np.asarray((self.shapes.kinds != Change.NONE).sum(axis=1))

    @property
    def lines(self) -> NDArray[np.bool_]:
        """(H,) whether it is a steady change."""
        return np.asarray((self.changes == 0) & (self.shapes.slope_sd > 0))


def frame_of(measure: Measure, seen: Observations, prior: Prior) -> Frame:
    """The sizes that follow from the measure, brought to errors of measurement."""
    low = np.where(np.isfinite(seen.low), seen.low, seen.high)
    high = np.where(np.isfinite(seen.high), seen.high, seen.low)
    level = float(np.median(0.5 * (low + high)))
    outer = float(seen.scale.outer(level))
    ageing = seen.scale.loss(measure.ageing_per_year.at_level(outer), outer) if measure.ageing_per_year else 0.0
    practice = seen.scale.loss(measure.practice.at_level(outer), outer) if measure.practice else 0.0
    return Frame(prior, float(seen.occasions.mean()), level, ageing, practice, min(int(seen.aid.max()), MOST_AIDS))


def posterior(measure: Measure, seen: Observations, prior: Prior) -> Posterior:
    """Weigh stable, line, step, turn, dips and their combinations.

    Changes are placed by enumeration. A course with several is found by adding the best change to the best course so far, as long as
    that makes it more probable; the sum over all pairs and triples is not taken, so that courses with several changes come out a
    little less probable than they are.
    """
    frame = frame_of(measure, seen, prior)
    parts = [_fitted(plain_shapes(prior), frame, seen, errors_tried(seen, measure.sem_spread, ERRORS))]
    spells = _with_spells(plain_shapes(prior), frame, seen, errors_tried(seen, measure.sem_spread, ERRORS_OF_CHANGES))
    occasions = seen.occasions
    places = (0.5 * (occasions[:-1] + occasions[1:]))[FEWEST_BESIDE - 1 : max(len(occasions) - FEWEST_BESIDE, 0)]
    errors = errors_tried(seen, measure.sem_spread, ERRORS_OF_CHANGES)
    best = _total(parts[0])
    course, top = Outline(), _best(parts[0], ~(parts[0].shapes.slope_sd > 0))
    while places.size and len(course.kinds) < MOST_CHANGES:
        more = _with_one_more(course, parts[-1], top, places, frame, seen, errors)
        if more is None:
            break
        parts.append(more)
        total = _total(parts[-1])
        if total < best - (0.0 if course.kinds else PATIENCE):
            break
        best = max(best, total)
        course, top = _course_of(parts[-1])
        if len(course.kinds) > 1:
            # What came first may be superfluous now: a dip that was really a step down and, later, a step up.
            fewer = _fitted(without_one(course, prior, 1 / (len(occasions) - 1)), frame, seen, errors)
            if fewer.log_weight.max() > parts[-1].log_weight.max():
                parts.append(fewer)
                course, top = _course_of(fewer)
    return _joined(seen, frame, [*parts, *spells])


@dataclass(frozen=True)
class _Part:
    """Hypotheses of one stage of the search, fitted."""

    shapes: Shapes
    log_scale: Array
    error: Array
    fit: Fit
    log_weight: Array


def _total(part: _Part) -> float:
    return log_sum_exp(part.log_weight)


def _best(part: _Part, among: NDArray[np.bool_] | bool = True) -> int:
    return int(np.where(among, part.log_weight, -np.inf).argmax())


def _course_of(part: _Part) -> tuple[Outline, int]:
    """The most probable course of a stage, and which hypothesis it is."""
    top, shapes = _best(part), part.shapes
    return Outline(tuple(shapes.kinds[top].tolist()), tuple(shapes.at[top].tolist()), float(shapes.slope_sd[top])), top


def _fitted(shapes: Shapes, frame: Frame, seen: Observations, errors: Errors) -> _Part:
    """Every shape with every error."""
    h, m = len(shapes.slope_sd), len(errors.log_scale)
    beside = nuisance(frame, seen)
    design = np.concatenate([shapes.columns(frame, seen.years), np.broadcast_to(beside, (h, *beside.shape))], axis=2)
    many = shapes.picked(np.repeat(np.arange(h), m))
    without_spells = math.log(1 - sum(share for _, share in SPELLS)) if _may_have_spells(seen) else 0.0
    parts = []
    for share, mean, sd in frame.learning:
        done = fit_with(errors, design, *shapes.priors(frame, (mean, sd)), seen)
        log_weight = done.log_evidence + many.log_prior + without_spells + math.log(share)
        parts.append(_Part(many, np.tile(errors.log_scale, h), np.tile(errors.sd, (h, 1)), done, log_weight))
    return parts[0] if len(parts) == 1 else _side_by_side(parts)


def _side_by_side(parts: list[_Part]) -> _Part:
    """The same shapes under several priors, as one stage."""
    fits = [p.fit for p in parts]
    return _Part(
        together([p.shapes for p in parts]),
        np.concatenate([p.log_scale for p in parts]),
        np.concatenate([p.error for p in parts]),
        Fit(*(np.concatenate([getattr(f, name.name) for f in fits]) for name in fields(Fit))),
        np.concatenate([p.log_weight for p in parts]),
    )


def _may_have_spells(seen: Observations) -> bool:
    return len(seen.occasions) >= FEWEST_FOR_SPELLS


def _with_spells(shapes: Shapes, frame: Frame, seen: Observations, errors: Errors) -> list[_Part]:
    """Steady courses of somebody who also has spells of better and worse weeks."""
    if not _may_have_spells(seen):
        return []
    slow = spell_waves(seen)
    h, m = len(shapes.slope_sd), len(errors.log_scale)
    beside = np.concatenate([nuisance(frame, seen), slow], axis=1)
    design = np.concatenate([shapes.columns(frame, seen.years), np.broadcast_to(beside, (h, *beside.shape))], axis=2)
    parts = []
    for (size, of_spells), (of_learning, mean, sd) in product(SPELLS, frame.learning):
        share = of_spells * of_learning
        means, sds = shapes.priors(frame, (mean, sd))
        prior_mean = np.pad(means, ((0, 0), (0, slow.shape[1])))
        prior_sd = np.pad(sds, ((0, 0), (0, slow.shape[1])), constant_values=size)
        done = fit_with(errors, design, prior_mean, prior_sd, seen)
        many = shapes.picked(np.repeat(np.arange(h), m))
        many = Shapes(many.slope_sd, many.kinds, many.at, many.log_prior + np.log(share))
        parts.append(_Part(many, np.tile(errors.log_scale, h), np.tile(errors.sd, (h, 1)), done, done.log_evidence + many.log_prior))
    return parts


def _with_one_more(course: Outline, last: _Part, top: int, places: Array, frame: Frame, seen: Observations, errors: Errors) -> _Part | None:
    """One more change of each kind, at the places that promise most; none if every place is taken."""
    # A change may come between any two occasions, also where too few stand beside it to tell: that share goes to no hypothesis.
    share = 1 / (len(seen.occasions) - 1)
    parts = []
    for kind in CHANGES:
        free = places[_apart(course, kind, places, seen.occasions)]
        if not free.size:
            continue
        there = course.with_changes(frame.prior, kind, free, np.full(len(free), share))
        if len(free) > LOOKED_AT:
            means, sds = there.priors(frame)
            own = len(course.kinds) + 2
            before = [*range(own), *range(own + 1, means.shape[1])]
            columns = there.columns(frame, seen.years)
            design = np.concatenate([columns[0][:, :own], nuisance(frame, seen)], axis=1)
            so_far = last.fit.mean[top]
            coefficients = np.concatenate([so_far[:own], so_far[len(so_far) - 1 - frame.aids :]])
            base = Base(design, coefficients, means[0][before], sds[0][before], last.error[top])
            at, stands_for = chosen(gain(base, columns[:, :, own], float(means[0, own]), float(sds[0, own]), seen))
            there = course.with_changes(frame.prior, kind, free[at], share * stands_for)
        parts.append(there)
    return _fitted(together(parts), frame, seen, errors) if parts else None


def _apart(course: Outline, kind: Change, places: Array, occasions: Array) -> NDArray[np.bool_]:
    """Places that are not beside a change of the same sort: two dips at once would be one of an odd shape."""
    alike = [c for k, c in zip(course.kinds, course.at, strict=True) if k == kind or {k, kind} == set(DIPS)]
    steps = np.searchsorted(occasions, places)[:, None] - np.searchsorted(occasions, np.array(alike, dtype=float))[None, :]
    return np.asarray((np.abs(steps) >= FEWEST_BESIDE).all(axis=1))


def _joined(seen: Observations, frame: Frame, parts: list[_Part]) -> Posterior:
    """One posterior of all, without what weighs next to nothing."""
    total = log_sum_exp(np.concatenate([p.log_weight for p in parts]))
    changes = max(p.shapes.kinds.shape[1] for p in parts)
    weights, shapes, log_scales, means, covariances = [], [], [], [], []
    for part in parts:
        weight = np.exp(part.log_weight - total)
        kept = weight > KEPT
        own = part.shapes.kinds.shape[1]
        missing = changes - own
        weights.append(weight[kept])
        shapes.append(part.shapes.picked(kept).widened(changes))
        log_scales.append(part.log_scale[kept])
        means.append(np.pad(part.fit.mean[kept][:, : 2 + own], ((0, 0), (0, missing))))
        covariances.append(np.pad(part.fit.covariance[kept][:, : 2 + own, : 2 + own], ((0, 0), (0, missing), (0, missing))))
    weight = np.concatenate(weights)
    return Posterior(
        seen=seen,
        frame=frame,
        weights=weight / weight.sum(),
        shapes=together(shapes),
        log_scale=np.concatenate(log_scales),
        mean=np.concatenate(means),
        covariance=np.concatenate(covariances),
        log_evidence=total,
    )
