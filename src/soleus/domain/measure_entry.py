"""An entry of the catalogue of measures: what `Measure` needs for its numbers, and how a person measures it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Measure, with_unit
from soleus.domain.norm import Norm
from soleus.domain.support import STRICT, Review, Support

Range = tuple[float, float]
Group = Literal["performance", "strength", "size", "symptom", "questionnaire", "scale", "blood-flow", "phone"]
"""What kind of thing is measured. `questionnaire`: the person answers; `scale`: somebody trained rates."""
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+")
GROUPS: tuple[Group, ...] = get_args(Group)
Who = Literal["home", "clinic", "phone"]
"""`home`: oneself or a helper; `clinic`: somebody trained; `phone`: a phone or watch, by itself."""
Sides = Literal["each", "whole", "either"]
"""`each`: left and right apart; `whole`: of the body, no side; `either`: a side may be named."""


@dataclass(frozen=True)
class Threshold:
    """A value that means something when it is crossed for the worse."""

    __pydantic_config__ = STRICT
    value: float
    name: str
    """A few words: needs the hands to rise."""
    lay: str
    """What it means, in a plain sentence."""
    support: Support


@dataclass(frozen=True)
class Sign:
    """A finding of the vocabulary that a value shows: nobody who can do no heel rise is strong in the calf."""

    __pydantic_config__ = STRICT
    finding: str
    """Id. It holds on the side that was measured."""
    support: Support
    at: float | None = None
    """It is there at this value or a worse one; of a measure with MRC grades none, for the grade itself is the finding."""


@dataclass(frozen=True, kw_only=True)
class MeasureEntry(Measure):
    """A measure of the catalogue. The fields of `Measure` are the numbers; these say how it is done, by whom, and what is usual."""

    __pydantic_config__ = STRICT
    lay: str
    """What it tells, in one or two plain sentences."""
    group: Group
    plausible: Range
    """What people are seen to reach; a value outside is more likely a slip of the pen. [unit]"""
    sides: Sides
    who: tuple[Who, ...]
    steps: tuple[str, ...]
    """How it is measured, step by step, in plain words."""
    support: Support
    """Where the way of measuring comes from."""
    review: Review
    keep_the_same: str
    """What must not differ from one time to the next."""
    figure: Mapping[str, Any] | None = field(default=None, hash=False)
    """Poses by joint angles; `domain.figure` reads them."""
    needs: tuple[str, ...] = ()
    """Things one must have: a chair, a stopwatch."""
    aids: str = ""
    """How sticks, braces and rails count."""
    safety: str = ""
    """When not to do it, and when to stop."""
    caveat: str = ""
    """What it does not tell."""
    synonyms: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    signs: tuple[Sign, ...] = ()
    """Findings that a value shows by itself; a value below the norm shows none."""
    norms: tuple[Norm, ...] = field(default=(), hash=False)
    """The first that speaks of a person is used."""
    licence: str = ""
    """Whose form it is, and that only its score is kept here."""
    units: Mapping[str, float] = field(default_factory=dict, hash=False)
    """Other units that may be written: times this is the unit of the measure."""
    decimals: int = 0
    """How many are worth showing."""

    def __post_init__(self) -> None:
        super().__post_init__()
        low, high = self.plausible
        if not self.lowest <= low < high <= self.highest:
            raise OutOfRange(f"plausible {low:g} to {high:g} does not lie within {self.lowest:g} to {self.highest:g}")
        if not 2 <= len(self.steps) <= 10:
            raise OutOfRange("has 2 to 10 steps")
        if not self.who:
            raise OutOfRange("names nobody who can measure it")
        if self.group in ("questionnaire", "scale") and not self.licence:
            raise OutOfRange("a questionnaire or scale says whose it is: `licence`")
        if any(not (math.isfinite(factor) and factor > 0) for factor in self.units.values()):
            raise OutOfRange("`units` hold factors above 0")
        if not 0 <= self.decimals <= 4:
            raise OutOfRange(f"decimals {self.decimals} is outside 0 to 4")

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called."""
        return (self.id, self.name, *self.synonyms)

    def in_unit(self, value: float, unit: str) -> float:
        """A value in another unit, brought to the unit of the measure; an empty unit is that of the measure.

        Raises:
            OutOfRange: If the unit is not known here.

        Examples: see tests/unit/test_measures.py.
        """
        given = unit.strip()
        if not given or given.casefold() == self.unit.casefold():
            return value
        for name, factor in self.units.items():
            if given.casefold() == name.casefold():
                return value * factor
        known = ", ".join(dict.fromkeys((self.unit, *self.units)))
        raise OutOfRange(f'"{given}" is no unit of {self.name}. Known here: {known}.')

    def value_of(self, text: str) -> float:
        """A value as people write it: a number, with a point or a comma for the decimals, or a grade by its name.

        Raises:
            OutOfRange: If it is neither.
        """
        given = text.strip()
        if self.grades:
            # "4/5", "MRC 4-/5": as doctors write strength.
            return self.rank(given.removeprefix("MRC").removesuffix("/5").strip() if self.grades[-1] == "5" else given)
        number = given.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "").replace("'", "").replace(" ", "")
        if _THOUSANDS.fullmatch(number):
            raise OutOfRange(f'"{given}" may be a thousand or a decimal. Write it without the comma, or with a point.')
        if number.count(",") == 1 and "." not in number:
            number = number.replace(",", ".")
        try:
            value = float(number)
        except ValueError:
            raise OutOfRange(f'"{given}" is not a number.') from None
        if not math.isfinite(value):
            raise OutOfRange(f'"{given}" is not a number that can be measured.')
        return value

    def check(self, value: float, side: Side) -> None:
        """Refuse a value or a side that cannot be.

        Raises:
            OutOfRange: With what to say instead.
        """
        self.check_value(value)
        self.check_side(side)

    def check_value(self, value: float) -> None:
        """Refuse what cannot have been measured.

        Raises:
            OutOfRange: With the plausible range, or the grades that there are.
        """
        if self.grades:
            if not float(value).is_integer() or not 0 <= value < len(self.grades):
                raise OutOfRange(f"{value:g} is the rank of no grade of {self.name}. Its grades are {', '.join(self.grades)}.")
            return
        low, high = self.plausible
        if not low <= value <= high:
            given = with_unit(f"{value:g}", self.unit)
            raise OutOfRange(f"{given} is not plausible for {self.name}. Plausible is {low:g} to {high:g} {self.unit}.")

    def check_side(self, side: Side) -> None:
        """Refuse a side where there is none, and none where there are two.

        Raises:
            OutOfRange: With what to say instead.
        """
        if self.sides == "each" and side not in (Side.LEFT, Side.RIGHT):
            raise OutOfRange(f"{self.name} is measured on each side apart. Say left or right.")
        if self.sides == "whole" and side is not Side.UNSTATED:
            raise OutOfRange(f"{self.name} has no side. Leave it out.")
