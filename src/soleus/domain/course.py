"""How measures usually go in people with one cause, as it was published: what a person's own series is compared with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from soleus.domain.errors import OutOfRange
from soleus.domain.support import STRICT, Review, Support

Shape = Literal["linear", "exponential", "recovery"]


@dataclass(frozen=True)
class PublishedBand:
    """How one measure, or several alike, goes.

    Mean and SD are those of the change in one year, or, of a recovery, of all that comes back, written as the measure runs: heel rises
    that are lost are negative, seconds that are added positive. The SD is that between people.
    """

    __pydantic_config__ = STRICT
    measures: tuple[str, ...]
    """Ids. A relative band may stand for several."""
    mean: float
    sd: float
    support: Support
    relative: bool = False
    """Mean and SD are shares of the value: -0.04 is a loss of 4 %."""
    shape: Shape = "linear"
    time_constant_years: float = 0.0
    """Of a recovery: by then 63 % of it has come. [years]"""
    because: str = ""
    """How mean and SD follow from what the source says."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise OutOfRange("The mean is a number, and the SD between people above 0.")
        if (self.shape == "recovery") != (self.time_constant_years > 0):
            raise OutOfRange("A recovery has a `time_constant_years` above 0, and no other course has one.")
        if self.shape == "exponential" and not (self.relative and self.mean > -1):
            raise OutOfRange("An exponential course is `relative`, with a mean above -1.")
        if not self.measures or len(set(self.measures)) != len(self.measures):
            raise OutOfRange("`measures` names each measure once.")
        if len(self.measures) > 1 and not self.relative:
            raise OutOfRange("A band for several measures is `relative`: their units differ.")


@dataclass(frozen=True)
class Way:
    """One of the ways in which a cause goes."""

    __pydantic_config__ = STRICT
    name: str
    share: float
    """Of the people with this cause who measure themselves. [-]"""
    population: str
    bands: tuple[PublishedBand, ...]

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise OutOfRange(f"The share {self.share:g} of {self.name} is not above 0 and up to 1.")
        named = [m for band in self.bands for m in band.measures]
        if not named or len(set(named)) != len(named):
            raise OutOfRange(f"{self.name}: each measure has one band.")

    def band(self, measure: str) -> PublishedBand | None:
        return next((b for b in self.bands if measure in b.measures), None)


@dataclass(frozen=True)
class PublishedCourse:
    """All the ways in which one cause goes; their shares sum to 1."""

    __pydantic_config__ = STRICT
    id: str
    """Of the condition."""
    lay: str
    """How it usually goes, in a plain sentence."""
    ways: tuple[Way, ...]
    review: Review

    def __post_init__(self) -> None:
        total = sum(w.share for w in self.ways)
        if abs(total - 1) > 1e-6:
            raise OutOfRange(f"The shares of the ways sum to {total:g}, not to 1.")

    def of(self, measure: str) -> tuple[tuple[float, PublishedBand | None], ...]:
        """Each way with its share; None where nobody knows how this measure goes in it."""
        return tuple((w.share, w.band(measure)) for w in self.ways)

    @property
    def measures(self) -> frozenset[str]:
        """Measures of which something is known."""
        return frozenset(m for w in self.ways for b in w.bands for m in b.measures)
