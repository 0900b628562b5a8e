"""One person against healthy people of the same age, sex and build: the expected value, and how many of them do no better."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist

from soleus.domain.measure import Amount, Better, Measure
from soleus.domain.norm import OLDEST, Norm, NormEquation, NormRow, Physique

_NORMAL = NormalDist()
_Z95 = 1.6448536269514722
"""Below it lie 95 % of a standard normal; one of twenty healthy people lies beyond the lower limit of normal."""
_LEAST, _MOST = 0.1, 99.9
"""No table reaches further: a percentile beyond is told as this. [%]"""
_SHORTLY = 0.01
"""Before a birthday. [years]"""
_YEARS_APART = 10.0
"""Ageing is read from the norm over this span: shorter ones see the steps between its bands. [years]"""


@dataclass(frozen=True)
class Peers:
    """How the values of healthy people alike are spread: z-scores and values that belong together, joined by straight lines."""

    z: tuple[float, ...]
    values: tuple[float, ...]
    """As many, rising. [unit, or its logarithm]"""
    log_normal: bool
    norm: Norm

    @property
    def expected(self) -> float:
        """The median. [unit]"""
        return self.at(0.0)

    def at(self, z: float) -> float:
        """The value that lies z standard deviations above the median, whichever way is better. [unit]"""
        value = _on_line(z, self.z, self.values)
        return math.exp(value) if self.log_normal else value

    def share_below(self, value: float) -> float:
        """Per cent of people whose value is below this one. [%]"""
        if self.log_normal:
            value = math.log(max(value, 1e-9))
        share = 100 * _NORMAL.cdf(_on_line(value, self.values, self.z))
        return min(max(share, _LEAST), _MOST)


@dataclass(frozen=True)
class Standing:
    """Where a value lies among healthy people alike."""

    expected: float
    """Median of people alike. [unit]"""
    percentile: float
    """Per cent of them who do worse: 3 is weak, whether more or less of the unit is better. [%]"""
    lower_limit: float
    """Limit of normal on the worse side: only one of twenty does worse. Where less is better it is the larger number. [unit]"""
    upper_limit: float
    """Only one of twenty does better. [unit]"""
    norm: Norm


def peers(norms: Iterable[Norm], person: Physique) -> Peers | None:
    """The first norm that speaks of this person, as the spread of people alike.

    Args:
        norms: In the order in which they are preferred.
        person: What is known of age, sex and build.

    Returns:
        None if no norm fits the age, needs something that is not known, or says nothing of how people spread.
    """
    if person.age is None:
        return None
    for norm in norms:
        for part in norm.parts:
            if part.holds(person.age, person.sex):
                found = _of_row(part, norm) if isinstance(part, NormRow) else _of_line(part.expected(person), _sd(part), norm)
                if found is not None:
                    return found
    return None


@dataclass(frozen=True)
class Join:
    """Where another norm takes over, so that what is usual may jump though nobody's strength does."""

    age: int
    """The first year of the later norm. [years]"""
    before: Peers
    after: Peers


def joins(norms: Iterable[Norm], person: Physique, until: float) -> tuple[Join, ...]:
    """The ages at which another norm begins to speak of a person.

    Args:
        norms: In the order in which they are preferred.
        person: At the earlier age.
        until: The later age. [years]
    """
    if person.age is None:
        return ()
    kept, found = tuple(norms), []
    for age in range(math.floor(person.age) + 1, math.floor(until) + 1):
        before, after = (peers(kept, replace(person, age=a)) for a in (age - _SHORTLY, float(age)))
        if before is not None and after is not None and before.norm is not after.norm:
            found.append(Join(age, before, after))
    return tuple(found)


def standing(measure: Measure, norms: Iterable[Norm], person: Physique, value: float) -> Standing | None:
    """Where one value of a person lies among healthy people alike, or None if no norm speaks of the person.

    Args:
        measure: Says which way is better and how far values can go.
        norms: In the order in which they are preferred.
        person: What is known of age, sex and build.
        value: What was measured. [unit]
    """
    alike = peers(norms, person)
    if alike is None:
        return None
    below = alike.share_below(value)
    worse, better = alike.at(-_Z95 * measure.sign), alike.at(_Z95 * measure.sign)
    return Standing(
        expected=_within(alike.expected, measure),
        percentile=below if measure.better is Better.MORE else 100 - below,
        lower_limit=_within(worse, measure),
        upper_limit=_within(better, measure),
        norm=alike.norm,
    )


def ageing_per_year(measure: Measure, norms: Iterable[Norm], person: Physique) -> Amount | None:
    """What healthy people of this age and sex lose in a year, read from the norm: a difference between people, not within one.

    Returns:
        None if no norm tells people `_YEARS_APART` / 2 years younger from those as much older; 0 where older people do no worse.
    """
    kept = tuple(norms)
    if person.age is None:
        return None
    ends = []
    for years in (-_YEARS_APART / 2, _YEARS_APART / 2):
        age = person.age + years
        ends.append(peers(kept, replace(person, age=age)) if 0 <= age <= OLDEST else None)
    younger, older = ends
    if younger is None or older is None or younger.norm is not older.norm or younger.values == older.values:
        return None
    loss = measure.sign * (younger.expected - older.expected) / _YEARS_APART
    return Amount(max(loss, 0.0), ref=older.norm.support.ref or "consensus", because="difference between ages in the norm")


def _of_row(row: NormRow, norm: Norm) -> Peers | None:
    if row.mean is not None:
        return _of_line(row.mean, row.sd, norm)
    if len(row.percentiles) == 1:
        ((percent, value),) = row.percentiles.items()
        return _of_line(_middle(value, percent, norm), None, norm)
    return _of_percentiles(row.percentiles, norm)


def _middle(value: float, percent: float, norm: Norm) -> float | None:
    """The median, from one percentile and the spread."""
    z = _NORMAL.inv_cdf(percent / 100)
    if norm.spread is None or z == 0:
        return value
    if norm.spread.sd is not None:
        return value - z * norm.spread.sd
    cv = norm.spread.cv or 0.0
    below = math.exp(z * math.sqrt(math.log1p(cv**2))) if norm.log_normal else 1 + z * cv
    return value / below if below > 0 else None


def _of_line(expected: float | None, sd: float | None, norm: Norm) -> Peers | None:
    """A normal spread, or a log-normal one about the same middle: that a mean lies 1 or 2 % above the median is let be."""
    if expected is None:
        return None
    if sd is None and norm.spread is not None:
        sd = norm.spread.at(expected)
    if sd is None or sd <= 0:
        return None
    if not norm.log_normal:
        return Peers((-1.0, 1.0), (expected - sd, expected + sd), False, norm)
    if expected <= 0:
        return None
    middle, spread = math.log(expected), math.sqrt(math.log1p((sd / expected) ** 2))
    return Peers((-1.0, 1.0), (middle - spread, middle + spread), True, norm)


def _of_percentiles(percentiles: Mapping[float, float], norm: Norm) -> Peers | None:
    """Straight lines between the percentiles on the scale of z; beyond the outermost the line goes on."""
    points: list[tuple[float, float]] = []
    for percent in sorted(percentiles):
        value = math.log(max(percentiles[percent], 1e-9)) if norm.log_normal else percentiles[percent]
        if points and value <= points[-1][1]:
            continue  # a tie (a ceiling): the lower percentile stands for both
        points.append((_NORMAL.inv_cdf(percent / 100), value))
    if len(points) < 2:
        return None
    return Peers(tuple(z for z, _ in points), tuple(v for _, v in points), norm.log_normal, norm)


def _sd(equation: NormEquation) -> float | None:
    """SD about an equation: given, or from the limit that one of twenty misses."""
    return equation.sd if equation.fifth_percentile_less is None else equation.fifth_percentile_less / _Z95


def _on_line(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    """y at x on the lines that join the points; xs rise."""
    i = next((i for i in range(1, len(xs) - 1) if x <= xs[i]), len(xs) - 1)
    part = (x - xs[i - 1]) / (xs[i] - xs[i - 1])
    return ys[i - 1] + part * (ys[i] - ys[i - 1])


def _within(value: float, measure: Measure) -> float:
    return min(max(value, measure.lowest), measure.highest)
