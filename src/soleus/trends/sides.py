"""Left against right: is one side really weaker, and by how much?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.trends.special import normal_cdf
from soleus.trends.trend import Estimate, Trend

USUAL_PASS = 90.0
"""A limb symmetry index from here on counts as even; from the literature on return to sport (recalled). [%]"""
_Z95 = 1.959964


@dataclass(frozen=True)
class Symmetry:
    """Weaker over stronger, in per cent. Even weakness of both legs is 100 %: read it with the levels."""

    index: float
    low: float | None
    high: float | None
    """95 % interval; none where the stronger side may be nothing."""
    probability_uneven: float
    """That the true index is below `USUAL_PASS`."""


@dataclass(frozen=True)
class SideDifference:
    difference: Estimate
    """Left less right. [unit]"""
    probability_left_weaker: float
    symmetry: Symmetry | None
    """None for grades, which cannot be divided."""

    @property
    def weaker(self) -> Side | None:
        """The side that is weaker with at least 95 % probability."""
        p = self.probability_left_weaker
        return Side.LEFT if p >= 0.95 else Side.RIGHT if p <= 0.05 else None


def symmetry_index(weaker: float, weaker_sd: float, stronger: float, stronger_sd: float) -> Symmetry:
    """Limb symmetry index with its error, both values normal and independent (Fieller's interval).

    Args:
        weaker: Level of the weaker side, 0 or more. [unit]
        weaker_sd: Its standard error. [unit]
        stronger: Level of the stronger side, above 0. [unit]
        stronger_sd: Its standard error. [unit]

    Raises:
        OutOfRange: If the stronger side is not above 0.

    References:
        E. C. Fieller, "Some problems in interval estimation," J R Stat Soc B, 1954 (recalled).

    Examples:
        >>> round(symmetry_index(15, 1, 20, 1).index)
        75
    """
    if stronger <= 0:
        raise OutOfRange("The stronger side has no strength: there is nothing to divide by.")
    ratio = weaker / stronger
    g = (_Z95 * stronger_sd / stronger) ** 2
    limit = USUAL_PASS / 100
    uneven = float(normal_cdf((limit * stronger - weaker) / math.hypot(weaker_sd, limit * stronger_sd)))
    if g >= 1:
        return Symmetry(100 * ratio, None, None, uneven)
    half = _Z95 / stronger * math.sqrt(max(weaker_sd**2 * (1 - g) + ratio**2 * stronger_sd**2, 0.0))
    low, high = ((ratio - half) / (1 - g), (ratio + half) / (1 - g))
    return Symmetry(100 * ratio, 100 * max(low, 0.0), 100 * high, uneven)


def compare_sides(left: Trend, right: Trend) -> SideDifference:
    """The two sides of one measure, each at its last day.

    Raises:
        OutOfRange: If the measures differ.
    """
    if left.measure.id != right.measure.id:
        raise OutOfRange(f"{left.measure.name} of one side cannot be compared with {right.measure.name} of the other.")
    measure = left.measure
    levels = [t.level_now.value for t in (left, right)]
    sds = [(t.level_now.high - t.level_now.low) / (2 * _Z95) for t in (left, right)]
    apart, error = levels[0] - levels[1], math.hypot(*sds)
    # Whose inner level is the lower one: higher is better there, whatever the unit.
    inner = [t.posterior.level(t.end) for t in (left, right)]
    unit = [t.posterior.seen.scale.error for t in (left, right)]
    away = inner[0].mean * unit[0] - inner[1].mean * unit[1]
    left_weaker = float(normal_cdf(-away / max(math.hypot(inner[0].sd * unit[0], inner[1].sd * unit[1]), 1e-12)))
    symmetry = None
    if not measure.grades and max(levels) > 0:
        # Of seconds the shorter is the stronger; its share of the longer is the index.
        small, large = (0, 1) if levels[0] <= levels[1] else (1, 0)
        symmetry = symmetry_index(levels[small], sds[small], levels[large], sds[large])
    return SideDifference(Estimate(apart, apart - _Z95 * error, apart + _Z95 * error), left_weaker, symmetry)


def index_beyond_error(stronger: float, mdc95: float) -> float:
    """Symmetry index below which two single values differ by more than their error. [%]

    Args:
        stronger: Value of the stronger side, above 0. [unit]
        mdc95: Minimal detectable change of the measure. [unit]

    Examples:
        >>> round(index_beyond_error(25, 6.3)), round(index_beyond_error(15, 6.3))
        (75, 58)
    """
    if stronger <= 0:
        raise OutOfRange("The stronger side has no strength: there is nothing to divide by.")
    return 100 * max(1 - mdc95 / stronger, 0.0)
