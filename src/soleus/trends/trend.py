"""Is it really getting worse? One measure on one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Measure, Series
from soleus.trends.course import Course, Turn, decline, name_of, shares, turns
from soleus.trends.mixture import Mixture
from soleus.trends.observations import observe
from soleus.trends.posterior import Posterior, posterior
from soleus.trends.prior import DEFAULT, Prior


@dataclass(frozen=True)
class Estimate:
    """A number with the interval that holds it with 95 % probability."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Trend:
    """What a series says. Levels and changes in the unit of the measure (grades: ranks); a loss of seconds is a gain in seconds."""

    measure: Measure
    side: Side
    first: date
    last: date
    points: int
    occasions: int
    """Different days."""
    level_now: Estimate
    """The true level on the last day."""
    change: Estimate
    """Level on the last day less level on the first."""
    slope_per_year: Estimate | None
    """Mean change a year over the series; none from one day alone."""
    probability_of_real_decline: float
    """That the level fell faster than by ageing. [-]"""
    probability_of_real_improvement: float
    probability_of_important_decline: float
    """That since the first day at least `important` was lost. [-]"""
    important: float
    """Smallest change that matters, from the level at the start. [unit]"""
    not_excluded: float
    """A loss since the first day that is larger than this has a probability of at most 2.5 %: "no decline shown" means no more. [unit]"""
    course: Course
    courses: dict[Course, float] = field(compare=False)
    """Probability of each course."""
    turns: tuple[Turn, ...]
    own_error: float
    """The person's own error of measurement over the published one. [-]"""
    posterior: Posterior = field(repr=False, compare=False)
    at_floor: bool = False
    """Whether every value is the lowest that the test can show: what happens below it is not seen."""

    @property
    def start(self) -> float:
        """Of the first observation. [years since the first day]"""
        return float(self.posterior.seen.years.min())

    @property
    def end(self) -> float:
        return float(self.posterior.seen.years.max())


def trend(series: Series, prior: Prior = DEFAULT) -> Trend:
    """Judge one series.

    Args:
        series: Measurements of one person, one measure, one side; any number from one on, in any order.
        prior: What is thought about courses before anything is measured.

    Raises:
        OutOfRange: If the series is empty.

    References:
        The parts are usual ones: R. E. Kass and A. E. Raftery, "Bayes factors," J Am Stat Assoc, vol. 90, p. 773, 1995 (recalled),
        for weighing courses; docs/explanation/how-it-judges-trends.md has the model.
    """
    if not series.points:
        raise OutOfRange(f"Nothing was measured with {series.measure.name}.")
    measure, seen = series.measure, observe(series)
    known = posterior(measure, seen, prior)
    start, end = float(seen.years.min()), float(seen.years.max())
    span = end - start
    worse, better = decline(known, start, end)
    changed = known.change(start, end)
    at_start = float(seen.scale.shown(known.level(start).mean))
    important = _important(measure, at_start)
    loss = seen.scale.loss(important, at_start)
    important_decline = changed.below(-loss) if span else 0.0
    estimate = known.by_data()
    # What would be an important loss within a year must be excluded too: a fortnight without a loss is no stability.
    rate = estimate.change(start, end).below(-loss * span) if span else 1.0
    share = shares(known, start, end)
    change = _change(estimate, estimate.change(start, end), float(seen.scale.shown(estimate.level(start).mean)))
    return Trend(
        measure=measure,
        side=series.side,
        first=seen.first,
        last=max(p.on for p in series.points),
        points=len(series.points),
        occasions=len(series.days),
        level_now=_level(estimate, estimate.level(end)),
        change=change,
        slope_per_year=Estimate(*(x / span for x in (change.value, change.low, change.high))) if span else None,
        probability_of_real_decline=worse,
        probability_of_real_improvement=better,
        probability_of_important_decline=important_decline,
        important=important,
        not_excluded=max(0.0, -measure.sign * float(change.low if measure.sign > 0 else change.high)),
        course=name_of(share, occasions=len(series.days), worse=worse, better=better, important=important_decline, important_rate=rate),
        courses=share,
        turns=turns(known),
        own_error=float(np.exp(known.weights @ known.log_scale)),
        posterior=known,
        at_floor=_at_floor(series),
    )


def _at_floor(series: Series) -> bool:
    measure = series.measure
    floor = measure.floor
    return floor is not None and all(p.value is None or measure.sign * (p.value - floor) <= 0 for p in series.points)


def _important(measure: Measure, at_start: float) -> float:
    """Smallest loss that matters: what is left is enough, where that is less."""
    important = measure.important_at(at_start)
    if measure.floor is None:
        return important
    return min(important, max(abs(at_start - measure.floor), measure.sem.at_level(at_start)))


def _level(known: Posterior, level: Mixture) -> Estimate:
    low, high = sorted(float(known.seen.scale.shown(x)) for x in level.lean().interval())
    return Estimate(float(known.seen.scale.shown(level.mean)), low, high)


def _change(known: Posterior, change: Mixture, at_start: float) -> Estimate:
    scale = known.seen.scale
    start = scale.inner(at_start)
    mean, *ends = (float(scale.shown(start + x)) - at_start for x in (change.mean, *change.lean().interval()))
    low, high = sorted(ends)
    return Estimate(mean, low, high)
