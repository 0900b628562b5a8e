"""Several measures and both sides in one judgement.

Every series gives an estimate of its slope with an error. Slopes are brought to one unit, smallest changes that matter per year, so
that heel rises and gait speed can share one: the person's. Around it the sides and the measures differ. What is measured on one day in
one leg goes wrong together, so errors are correlated, and five tests of a leg are not five witnesses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.trends.course import FEWEST, LIKELY, UNLIKELY, Course, name_of_decline, up_and_down, up_and_down_name
from soleus.trends.mixture import Mixture
from soleus.trends.observations import Array, Flags
from soleus.trends.prior import DEFAULT, Prior
from soleus.trends.trend import Trend

SAME_LIMB, OTHER_LIMB = 0.3, 0.15
"""Correlation of the errors of two measures of one limb and of two limbs. Expert estimate. [-]"""
BETWEEN_SIDES, BETWEEN_MEASURES = 0.4, 0.4
"""SD of the slopes of sides and of measures about the person's, as a share of the size of the change. Expert estimate. [-]"""
ONE_SIDED = 0.5
"""Of people who change and were measured on both sides, the share in whom only one side does. Expert estimate. [-]"""

LEGS: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True)
class Overall:
    """One judgement from several series."""

    course: Course
    probability_of_real_decline: float
    """That the person, or one leg, declines faster than by ageing. [-]"""
    probability_of_real_improvement: float
    of_side: dict[Side, float] = field(compare=False)
    """Probability of real decline of each leg that was measured by itself. [-]"""
    leading: tuple[Trend, ...]
    """The series with the most evidence of decline first; those that tell of none are left out."""
    over_time: bool = True
    """Whether anything was measured on more than one day; else all probabilities are those of anybody."""


@dataclass(frozen=True)
class Slope:
    """What one series says about its mean slope, before any prior. [smallest important changes a year]"""

    value: float
    error: float
    ageing: float
    stable_sd: float
    unit: float
    """SEMs in one important change."""
    side: Side


def slope_of(trend: Trend) -> Slope | None:
    """The slope of a series as a normal likelihood; none from one day.

    Of a steady course: the posterior of the widest line, its prior taken out again. Of a course with changes: the mean change a year.
    """
    known = trend.posterior
    span = trend.end - trend.start
    if span <= 0:
        return None
    scale = known.seen.scale
    at_start = float(scale.shown(known.level(trend.start).mean))
    unit = max(scale.loss(trend.important, at_start), 1e-6)
    changed = known.changes > 0
    if float(known.weights[changed].sum()) > 0.5:
        mean = known.change(trend.start, trend.end).among(changed)
        value, error = mean.mean / span, mean.sd / span
    else:
        widest = known.lines & (known.shapes.slope_sd == known.shapes.slope_sd[known.lines].max())
        prior_sd = known.shapes.slope_sd[widest]
        prior_mean = -known.frame.ageing - known.frame.prior.worse * prior_sd
        posterior_mean, variance = known.mean[widest, 1], known.covariance[widest, 1, 1]
        told = np.maximum(1 / variance - prior_sd**-2, 1e-9)
        of_data = (posterior_mean / variance - prior_mean / prior_sd**2) / told
        whole = Mixture(known.weights[widest] / known.weights[widest].sum(), of_data, np.sqrt(1 / told))
        value, error = whole.mean, whole.sd
    frame = known.frame
    return Slope(value / unit, error / unit, frame.ageing / unit, frame.stable_sd / unit, unit, trend.side)


def overall(trends: Sequence[Trend], prior: Prior = DEFAULT) -> Overall:
    """Weigh "nobody changes but by ageing", "all changes" and "one leg changes" against each other.

    Args:
        trends: Of one person, one for each measure and side.
        prior: The same that the trends were made with.

    Raises:
        OutOfRange: If there is no trend.
    """
    if not trends:
        raise OutOfRange("No trend was given.")
    told = [(t, s) for t in trends if (s := slope_of(t)) is not None]
    if len(told) <= 1:
        only = told[0][0] if told else trends[0]
        sides: dict[Side, float] = {only.side: only.probability_of_real_decline} if only.side in LEGS else {}
        leading = (only,) if only.probability_of_real_decline >= 0.5 else ()
        return Overall(only.course, only.probability_of_real_decline, only.probability_of_real_improvement, sides, leading, bool(told))
    slopes = [s for _, s in told]
    cases = list(_cases(slopes, prior))
    weights = np.exp(np.array([c.log_weight for c in cases]))
    weights /= weights.sum()
    margin = float(np.mean([s.ageing + 2 * s.stable_sd for s in slopes]))
    declines = np.array([c.below(-margin) for c in cases])
    improves = np.array([1 - c.below(float(np.mean([2 * s.stable_sd for s in slopes]))) for c in cases])
    worse, better = float(weights @ declines), float(weights @ improves)
    legs: dict[Side, float] = {
        side: float(sum(w * (d if side in c.sides else 0.0) for w, d, c in zip(weights, declines, cases, strict=True)))
        for side in LEGS
        if any(s.side is side for s in slopes)
    }
    by_evidence = sorted((t for t, s in told if s.value < -s.ageing), key=lambda t: -t.probability_of_real_decline)
    return Overall(_course([t for t, _ in told], worse, better), worse, better, legs, tuple(by_evidence))


@dataclass(frozen=True)
class _Case:
    """One hypothesis about the person: which legs change, and how large changes are."""

    sides: frozenset[Side]
    log_weight: float
    mean: float
    sd: float
    """Posterior of the mean slope of what changes. [important changes a year]"""

    def below(self, x: float) -> float:
        return Mixture(np.ones(1), np.array([self.mean]), np.array([self.sd])).below(x)


def _cases(slopes: Sequence[Slope], prior: Prior) -> list[_Case]:
    both = frozenset({Side.LEFT, Side.RIGHT})
    measured = {s.side for s in slopes} & both
    legs = [(both, 1 - ONE_SIDED), *((frozenset({side}), ONE_SIDED / 2) for side in sorted(measured))]
    if len(measured) < 2:
        legs = [(both, 1.0)]
    everything = np.ones(len(slopes), dtype=np.bool_)
    cases = [_case(slopes, ~everything, 0.0, prior, frozenset(), prior.stable)]
    unit = float(np.mean([s.unit for s in slopes]))
    for sides, share in legs:
        moving = np.array([s.side in sides or s.side not in both for s in slopes])
        for size, portion in prior.slopes:
            cases.append(_case(slopes, moving, size / unit, prior, sides, (1 - prior.stable) * share * portion))
    return cases


def _case(slopes: Sequence[Slope], moving: Flags, size: float, prior: Prior, sides: frozenset[Side], share: float) -> _Case:
    """Evidence for one hypothesis: all slopes are jointly normal."""
    n = len(slopes)
    values = np.array([s.value + s.ageing for s in slopes])
    side = np.array([s.side for s in slopes])
    alike = (side[:, None] == side[None, :]) * 1.0
    m = moving * 1.0
    covariance = _errors(slopes, alike) + np.diag([s.stable_sd**2 for s in slopes])
    covariance += np.outer(m, m) * (size**2 * (1 + BETWEEN_SIDES**2 * alike) + np.eye(n) * (BETWEEN_MEASURES * size) ** 2)
    rest = values + prior.worse * size * m
    solved = np.linalg.solve(covariance, rest)
    log_p = -0.5 * float(rest @ solved) - 0.5 * float(np.linalg.slogdet(covariance)[1]) - 0.5 * n * math.log(2 * math.pi)
    ageing = float(np.mean([s.ageing for s in slopes]))
    if not moving.any():
        sd = float(np.mean([s.stable_sd for s in slopes])) / math.sqrt(n)
        return _Case(sides, math.log(share) + log_p, -ageing, sd)
    # The mean of the moving slopes: prior mean and variance, and how it goes with every estimate.
    of_moving = m / m.sum()
    truth = covariance - _errors(slopes, alike)
    with_estimates = truth @ of_moving
    mean = -prior.worse * size + float(with_estimates @ solved)
    variance = float(of_moving @ truth @ of_moving - with_estimates @ np.linalg.solve(covariance, with_estimates))
    return _Case(sides, math.log(share) + log_p, mean - ageing, math.sqrt(max(variance, 1e-12)))


def _errors(slopes: Sequence[Slope], alike: Array) -> Array:
    sds = np.array([s.error for s in slopes])
    correlation = np.where(alike > 0, SAME_LIMB, OTHER_LIMB)
    np.fill_diagonal(correlation, 1.0)
    return np.asarray(np.outer(sds, sds) * correlation)


def _course(trends: Sequence[Trend], worse: float, better: float) -> Course:
    """The word for all together: that of the series which tell most."""
    telling = [max(t.probability_of_real_decline, t.probability_of_real_improvement) for t in trends]
    share = {c: sum(w * t.courses[c] for w, t in zip(telling, trends, strict=True)) / sum(telling) for c in trends[0].courses}
    named = [t.course for t in trends]
    lost = [t for t in trends if t.course is Course.SLOW or (t.probability_of_important_decline >= LIKELY and t.occasions >= FEWEST)]
    name = name_of_decline(share) if worse >= LIKELY else up_and_down_name(share) if up_and_down(share) >= 0.5 else None
    if name is Course.RECOVERING and (lost or {Course.PROGRESSIVE, Course.STEPWISE, Course.RELAPSING} & set(named)):
        name = Course.RELAPSING  # made good in one measure, and not in another
    if name is not None:
        return name
    if Course.SLOW in named:
        return Course.SLOW
    if better >= LIKELY:
        return Course.IMPROVING
    settled = [t for t in trends if t.course is Course.STABLE]
    falls_and_rises = {Course.RELAPSING, Course.RECOVERING}
    if settled and worse < 0.5 and all(t.probability_of_important_decline <= UNLIKELY for t in trends) and not falls_and_rises & set(named):
        return Course.STABLE
    return Course.TOO_FEW
