"""What is usual in health: values by age, sex and build as a source states them, a table or an equation.

Plain values. `soleus.trends.norms` reads an expected value and a percentile from them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from soleus.domain.errors import OutOfRange
from soleus.domain.support import STRICT, Support

Sex = Literal["male", "female"]
Variable = Literal["age", "age_squared", "height_cm", "weight_kg", "bmi", "activity", "male"]
"""What an equation may ask for. `male` is 1 for men and 0 for women; `activity` runs from 1 (hardly any) to 6 (hard training often)."""
OLDEST = 120
"""Nobody is older. [years]"""


@dataclass(frozen=True)
class Physique:
    """What norms depend on; None: not known."""

    age: float | None = None
    """[years]"""
    sex: Sex | None = None
    height_cm: float | None = None
    weight_kg: float | None = None
    activity: float | None = None
    """Physical activity, 1 (hardly any) to 6 (hard training several times a week). [-]"""

    def __post_init__(self) -> None:
        ranges = {"age": (0, OLDEST), "height_cm": (40, 260), "weight_kg": (2, 400), "activity": (1, 6)}
        for name, (low, high) in ranges.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise OutOfRange(f"{name} {value:g} is outside {low} to {high}.")

    @property
    def bmi(self) -> float | None:
        """Body mass index. [kg/m2]"""
        if self.height_cm is None or self.weight_kg is None:
            return None
        return self.weight_kg / (self.height_cm / 100) ** 2

    def value(self, variable: Variable) -> float | None:
        """A variable of an equation, or None if it is not known."""
        if variable == "male":
            return None if self.sex is None else float(self.sex == "male")
        if variable == "age_squared":
            return None if self.age is None else self.age**2
        known: float | None = getattr(self, variable)
        return known


@dataclass(frozen=True)
class NormRow:
    """One line of a table: what people of these ages reach."""

    __pydantic_config__ = STRICT
    ages: tuple[float, float]
    """First and last whole year of the band, both within it. [years]"""
    sex: Sex | None = None
    """None: both together."""
    mean: float | None = None
    sd: float | None = None
    """SD between people. [unit]"""
    percentiles: Mapping[float, float] = field(default_factory=dict, hash=False)
    """Value below which this per cent of people lie; 50 is the median. Whichever way is better."""

    def __post_init__(self) -> None:
        _check_ages(self.ages)
        if (self.mean is None) == (not self.percentiles):
            raise OutOfRange("A row gives either `mean` or `percentiles`.")
        if self.sd is not None and (self.sd <= 0 or self.mean is None):
            raise OutOfRange("`sd` is above 0 and stands beside a `mean`.")
        if any(not 1 <= p <= 99 for p in self.percentiles):
            raise OutOfRange("Percentiles run from 1 to 99.")
        values = [self.percentiles[p] for p in sorted(self.percentiles)]
        if values != sorted(values):
            raise OutOfRange(f"The percentiles {values} do not rise.")

    def holds(self, age: float, sex: Sex | None) -> bool:
        """Whether it speaks of somebody of this age and sex."""
        return self.ages[0] <= age < self.ages[1] + 1 and self.sex in (None, sex)


@dataclass(frozen=True)
class NormEquation:
    """Expected value = constant + sum of factor x variable."""

    __pydantic_config__ = STRICT
    ages: tuple[float, float]
    constant: float
    factors: Mapping[Variable, float] = field(hash=False)
    """By variable. [unit per unit of the variable]"""
    sex: Sex | None = None
    """None: for both."""
    sd: float | None = None
    """SD of people about the equation. [unit]"""
    fifth_percentile_less: float | None = None
    """How far below (above, where less is better) the expected value the lower limit of normal lies, which 5 % miss. [unit]"""

    def __post_init__(self) -> None:
        _check_ages(self.ages)
        if not self.factors:
            raise OutOfRange("An equation has at least one factor.")
        if self.sd is not None and self.fifth_percentile_less is not None:
            raise OutOfRange("Give `sd` or `fifth_percentile_less`: one follows from the other.")
        for size in (self.sd, self.fifth_percentile_less):
            if size is not None and size <= 0:
                raise OutOfRange("The spread of people is above 0.")

    def holds(self, age: float, sex: Sex | None) -> bool:
        return self.ages[0] <= age < self.ages[1] + 1 and self.sex in (None, sex)

    def expected(self, person: Physique) -> float | None:
        """The expected value, or None where a variable is not known. [unit]"""
        total = self.constant
        for variable, factor in self.factors.items():
            value = person.value(variable)
            if value is None:
                return None
            total += factor * value
        return total


@dataclass(frozen=True)
class Spread:
    """How far healthy people of one age and sex lie apart, where the source of the norm does not say."""

    __pydantic_config__ = STRICT
    support: Support
    sd: float | None = None
    """[unit]"""
    cv: float | None = None
    """SD as a share of the expected value. [-]"""

    def __post_init__(self) -> None:
        given = self.sd if self.sd is not None else self.cv
        if (self.sd is None) == (self.cv is None) or given is None or given <= 0:
            raise OutOfRange("Give either `sd` or `cv`, above 0.")

    def at(self, expected: float) -> float:
        """SD about an expected value. [unit]"""
        return self.sd if self.sd is not None else (self.cv or 0.0) * abs(expected)


@dataclass(frozen=True)
class Norm:
    """One published reference: rows or equations, and whom it was measured on."""

    __pydantic_config__ = STRICT
    support: Support
    population: str
    """Whom and how: 566 Swedish volunteers, on a board sloping 10 degrees."""
    rows: tuple[NormRow, ...] = ()
    equations: tuple[NormEquation, ...] = ()
    spread: Spread | None = None
    log_normal: bool = False
    """People lie about the expected value by per cent, not by amount: times and counts far from 0 have such tails."""

    def __post_init__(self) -> None:
        if bool(self.rows) == bool(self.equations):
            raise OutOfRange("A norm gives either `rows` or `equations`.")
        for i, one in enumerate(self.parts):
            for other in self.parts[i + 1 :]:
                same_sex = one.sex == other.sex or None in (one.sex, other.sex)
                if same_sex and one.ages[0] <= other.ages[1] and other.ages[0] <= one.ages[1]:
                    raise OutOfRange(f"Ages {_ages(one)} and {_ages(other)} overlap for one sex.")

    @property
    def parts(self) -> tuple[NormRow | NormEquation, ...]:
        return self.rows or self.equations

    @property
    def ages(self) -> tuple[float, float]:
        """The youngest and the oldest it speaks of. [years]"""
        return min(p.ages[0] for p in self.parts), max(p.ages[1] for p in self.parts)


def _check_ages(ages: tuple[float, float]) -> None:
    if not (math.isfinite(ages[0]) and 0 <= ages[0] <= ages[1] <= OLDEST):
        raise OutOfRange(f"Ages {ages[0]:g} to {ages[1]:g} do not run from young to old.")


def _ages(part: NormRow | NormEquation) -> str:
    return f"{part.ages[0]:g}-{part.ages[1]:g}"
