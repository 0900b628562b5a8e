"""What can be measured again and again, and what somebody measured: heel rises, gait speed, MRC grades.

Plain values. Measures are written as data elsewhere; `soleus.trends` judges the series.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.support import STRICT

DAYS_PER_YEAR = 365.25
DIFFERENCE_OF_TWO = 1.96 * math.sqrt(2)
"""MDC95 = 1.96 x sqrt(2) x SEM: two values each carry one error of measurement. J. P. Weir, J Strength Cond Res, 2005 (recalled)."""


class MeasureKind(StrEnum):
    """How its values come: on a line, counted, or as ordered grades that have no distances."""

    CONTINUOUS = "continuous"
    COUNT = "count"
    ORDINAL = "ordinal"


class Better(StrEnum):
    """Whether a larger value is the better or the worse one."""

    MORE = "more"
    LESS = "less"


def with_unit(shown: str, unit: str) -> str:
    """A number as it is shown, and its unit: 1 repetition, 2 repetitions, 1 m/s. Signs of units have no plural."""
    one = shown.lstrip("+-\N{MINUS SIGN}") == "1" and len(unit) > 3
    return f"{shown} {unit.removesuffix('s') if one else unit}".rstrip()


@dataclass(frozen=True)
class Amount:
    """A size in the unit of its measure, or as a share of the value, and where the number was found."""

    __pydantic_config__ = STRICT
    value: float
    """0 or more. In the measure's unit, or with `share` as a part of the value: 0.1 is 10 %."""
    share: bool = False
    ref: str = "consensus"
    """Id of the source; `consensus` is an estimate."""
    at: str = ""
    """Page, table or sentence."""
    because: str = ""
    """Why, if it was derived or guessed."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.value) and self.value >= 0):
            raise OutOfRange(f"{self.value} is no size. Give 0 or more.")

    def at_level(self, level: float) -> float:
        """The size in the measure's unit for somebody at this level."""
        return self.value * abs(level) if self.share else self.value


@dataclass(frozen=True)
class Measure:
    """One thing that can be measured repeatedly, with the error that comes with it.

    `floor` is the worst score there is and `ceiling` the best, whichever way the numbers run: somebody who needs longer than
    60 s scores a floor of 60. A value at either end means "this or beyond".
    An ordinal measure names its `grades` from worst to best; a value is then the rank, 0 for the worst, and `sem` is in ranks.
    """

    id: str
    name: str
    unit: str
    kind: MeasureKind
    better: Better
    lowest: float
    highest: float
    """What can be written down at all. [unit]"""
    sem: Amount
    """Standard error of measurement from one test day to the next."""
    sem_spread: float = 0.2
    """How far a person's own error may lie from the published one: SD of its natural logarithm. [-]"""
    mdc95: Amount | None = None
    """Minimal detectable change between two single values; follows from the SEM if nobody published it."""
    mcid: Amount | None = None
    """Smallest change that people notice."""
    practice: Amount | None = None
    """How much better the third test day is than the first from learning the test alone; the second is half-way."""
    ageing_per_year: Amount | None = None
    """What a healthy person of this age loses in a year."""
    floor: float | None = None
    ceiling: float | None = None
    log_scale: bool = False
    """Change is a matter of per cent: the model works on logarithms. Needs a floor above 0 if values can be 0 or less."""
    grades: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.lowest < self.highest:
            raise OutOfRange(f"{self.id}: the lowest value {self.lowest} is not below the highest {self.highest}.")
        if self.sem.value <= 0:
            raise OutOfRange(f"{self.id}: a measure without error of measurement does not exist; give its SEM.")
        if (self.kind is MeasureKind.ORDINAL) != bool(self.grades):
            raise OutOfRange(f"{self.id}: grades belong to an ordinal measure, and to no other.")
        for end in (self.floor, self.ceiling):
            if end is not None and not self.lowest <= end <= self.highest:
                raise OutOfRange(f"{self.id}: floor or ceiling {end} is outside {self.lowest} to {self.highest} {self.unit}.")
        if self.log_scale and self.lowest <= 0 and not (self.better is Better.MORE and self.floor is not None and self.floor > 0):
            raise OutOfRange(f"{self.id}: logarithms need a floor above 0, the smallest value that can be told from nothing.")

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.better is Better.MORE else -1

    def mdc95_at(self, level: float) -> float:
        """Minimal detectable change between two single values of somebody at this level. [unit]"""
        return (self.mdc95 or self._derived_mdc95).at_level(level)

    def important_at(self, level: float) -> float:
        """Smallest change that matters: the MCID, or else what two single values can show. [unit]"""
        return self.mcid.at_level(level) if self.mcid else self.mdc95_at(level)

    @cached_property
    def _derived_mdc95(self) -> Amount:
        return Amount(DIFFERENCE_OF_TWO * self.sem.value, self.sem.share, self.sem.ref, self.sem.at, "1.96 x sqrt(2) x SEM")

    def rank(self, grade: str) -> float:
        """The value of a grade by its name.

        Raises:
            OutOfRange: If the measure has no such grade.
        """
        if grade not in self.grades:
            raise OutOfRange(f'"{grade}" is no grade of {self.name}. Its grades are {", ".join(self.grades)}.')
        return float(self.grades.index(grade))


@dataclass(frozen=True)
class Point:
    """One measurement on one day. `unable`: it was tried and could not be done, which is a result and not a gap."""

    on: date
    value: float | None
    side: Side = Side.UNSTATED
    unable: bool = False
    aid: str = ""
    """Stick, brace, rail: values with different aids are not compared without allowance."""
    note: str = ""

    def __post_init__(self) -> None:
        if self.unable == (self.value is not None):
            raise OutOfRange("A measurement has either a value, or `unable` and no value.")
        if self.value is not None and not math.isfinite(self.value):
            raise OutOfRange(f"{self.value} is not a number that can be measured.")


@dataclass(frozen=True)
class Series:
    """What was measured of one person with one measure on one side; the order of the points is nothing."""

    measure: Measure
    side: Side
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        measure = self.measure
        for point in self.points:
            if point.value is not None and not measure.lowest <= point.value <= measure.highest:
                raise OutOfRange(
                    f"{measure.name} on {point.on}: {point.value:g} is outside {measure.lowest:g} to {measure.highest:g} {measure.unit}."
                )
            if measure.grades and point.value is not None and point.value not in range(len(measure.grades)):
                raise OutOfRange(f"{measure.name} on {point.on}: {point.value:g} is the rank of no grade.")
            if point.unable and measure.floor is None:
                raise OutOfRange(f"{measure.name} on {point.on}: `unable` says nothing where the measure has no floor.")

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which something was measured, in order, each once."""
        return tuple(sorted({point.on for point in self.points}))


def series_of(measure: Measure, points: Iterable[Point]) -> tuple[Series, ...]:
    """One series for each side that occurs, in the order left, right, both, unstated."""
    kept = tuple(points)
    return tuple(
        Series(measure, side, own) for side in Side if (own := tuple(sorted((p for p in kept if p.side is side), key=lambda p: p.on)))
    )
