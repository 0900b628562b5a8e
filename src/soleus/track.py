"""The third use case: measurements in; for each measure and side whether it is really getting worse, what is usual, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from soleus.domain.finding import Side
from soleus.domain.measure import DAYS_PER_YEAR, Measure, Series, with_unit
from soleus.domain.measure_entry import MeasureEntry, Threshold
from soleus.domain.norm import Physique, Sex
from soleus.trends.course import Course
from soleus.trends.forecast import Forecast, forecast
from soleus.trends.norms import Standing, ageing_per_year, peers, standing
from soleus.trends.overall import Overall, overall
from soleus.trends.plain import of_fall, of_forecast, of_overall, sentences, sentences_before
from soleus.trends.planning import INTERVALS_DAYS, Settling, next_measurement, power
from soleus.trends.sides import SideDifference, compare_sides
from soleus.trends.sudden import TOGETHER_DAYS, Fall, sudden_fall
from soleus.trends.trend import Trend, trend

OF_WEAKNESS = ("performance", "strength", "size", "scale", "questionnaire")
"""Groups of measures that speak of weakness; pain, blood flow and what a phone counts have other reasons as well."""
MOST_FORESEEN = 8
"""Series for which it is worked out when to measure again, the least certain first: it takes a third of a second each."""
SUDDEN = ("performance", "strength", "scale")
"""Groups of measures of which a sudden fall asks for a doctor."""
SEXES: tuple[Sex, ...] = ("male", "female")
FALLING = 0.9
"""From this probability of real decline on a measure counts as falling where training is planned. Expert estimate. [-]"""


@dataclass(frozen=True)
class Crossing:
    """When a value that means something would be reached."""

    threshold: Threshold
    forecast: Forecast
    plain: str


@dataclass(frozen=True)
class Judged:
    """One measure on one side."""

    measure: MeasureEntry
    series: Series
    trend: Trend
    standing: Standing | None
    """The level now among healthy people alike; none if no norm speaks of the person."""
    settling: Settling | None
    """When to measure again; none where it was not worked out."""
    crossings: tuple[Crossing, ...]
    plain: tuple[str, ...]
    fall: Fall | None = None
    """The last values, where they are far below the others; the trend then says nothing of today."""
    alert: str = ""
    """What to do about the fall, in a plain sentence; empty if there is none."""

    @property
    def last(self) -> float | None:
        """What was measured last; none if it could not be done. [unit]"""
        return max(self.series.points, key=lambda p: p.on).value

    @property
    def side(self) -> Side:
        return self.series.side


@dataclass(frozen=True)
class Sides:
    """Left against right in one measure."""

    measure: MeasureEntry
    difference: SideDifference
    plain: str


@dataclass(frozen=True)
class Track:
    """Everything that is said about the measurements of one person."""

    judged: tuple[Judged, ...]
    sides: tuple[Sides, ...]
    overall: Overall | None
    """None if nothing was measured."""
    counted: int
    """Series in the overall judgement."""
    plain: str

    @property
    def alerts(self) -> tuple[str, ...]:
        """What is to be done about values that fell at once, each sentence once."""
        return tuple(dict.fromkeys(j.alert for j in self.judged if j.alert))


def track(
    series: Sequence[Series],
    measures: Mapping[str, MeasureEntry],
    person: Physique,
    today: date,
    rng: np.random.Generator,
    *,
    with_forecast: bool = False,
    with_settling: bool = True,
) -> Track:
    """Judge the measurements of one person.

    Args:
        series: One for each measure and side.
        measures: The catalogue, by id.
        person: Age today, sex and build, as far as they are known.
        today: The day on which the person has that age.
        rng: The dice, for what might be measured next.
        with_forecast: Whether to work out when thresholds are crossed.
        with_settling: Whether to work out when to measure again where nobody can tell yet.
    """
    trends = [trend(replace(s, measure=_aged(measures[s.measure.id], person))) for s in series]
    fell = [_fall(measures[s.measure.id], s, person, today) for s in series]
    unsure = sorted(
        (t for t, f in zip(trends, fell, strict=True) if t.course is Course.TOO_FEW and f is None),
        key=lambda t: abs(t.probability_of_real_decline - 0.5),
    )
    asked = {id(t) for t in unsure[:MOST_FORESEEN]} if with_settling else set()

    def again(t: Trend) -> Settling | None:
        return next_measurement(t, rng, max((today - t.last).days, 0)) if id(t) in asked else None

    judged = tuple(
        _judged(measures[s.measure.id], s, t, person, today, again(t), with_forecast)
        if f is None
        else _fallen(measures[s.measure.id], s, t, f, today, [o for o, g in zip(series, fell, strict=True) if _together(f, g)])
        for s, t, f in zip(series, trends, fell, strict=True)
    )
    counted = [j.trend for j in judged if j.measure.group in OF_WEAKNESS] or trends
    whole = overall(counted) if counted else None
    plain = of_overall(whole, len(counted)) if whole is not None and len(counted) > 1 else ""
    plain = " ".join(dict.fromkeys(j.alert for j in judged if j.alert)) or plain
    return Track(judged, _sides(judged), whole, len(counted), plain)


def falling(series: Sequence[Series], measures: Mapping[str, MeasureEntry], person: Physique) -> tuple[str, ...]:
    """Names of measures, with the side, whose decline is real."""
    return tuple(
        _named(measures[s.measure.id], s.side)
        for s in series
        if trend(replace(s, measure=_aged(measures[s.measure.id], person))).probability_of_real_decline >= FALLING
    )


def aged(person: Physique, today: date, on: date) -> Physique:
    """The person on another day."""
    if person.age is None:
        return person
    return replace(person, age=max(person.age - (today - on).days / DAYS_PER_YEAR, 0.0))


def how_often(
    measure: Measure,
    level: float,
    loss: float,
    within_days: int,
    rng: np.random.Generator,
    *,
    wanted: float = 0.9,
    simulations: int = 120,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[tuple[int, float], ...]:
    """The power of sparser and denser schedules to recognise a loss, until one is enough.

    Args:
        measure: What is measured.
        level: Where the person is. [unit]
        loss: That should not be missed. [unit]
        within_days: By when it has happened, steadily. [days]
        rng: The dice.
        wanted: The power that is enough. [-]
        simulations: People simulated for each schedule; 120 give the power to within 6 %.
        tell: Called with the schedules done and all there are.

    Returns:
        (days from one measurement to the next, power), sparsest first; the last one is enough if any is.
    """
    intervals = [d for d in INTERVALS_DAYS if 2 * d <= within_days]
    tried: list[tuple[int, float]] = []
    for every in intervals:
        tell(len(tried), len(intervals))
        found = power(
            measure,
            level=level,
            loss_per_year=loss / within_days * DAYS_PER_YEAR,
            every_days=every,
            for_days=within_days,
            rng=rng,
            simulations=simulations,
        )
        tried.append((every, found))
        if found >= wanted:
            break
    return tuple(tried)


def _aged(measure: MeasureEntry, person: Physique) -> MeasureEntry:
    """With the ageing of people like this one, where the measure itself says nothing of ageing."""
    if measure.ageing_per_year is not None:
        return measure
    return replace(measure, ageing_per_year=ageing_per_year(measure, measure.norms, person))


def _judged(
    measure: MeasureEntry, series: Series, judged: Trend, person: Physique, today: date, settling: Settling | None, with_forecast: bool
) -> Judged:
    level = judged.level_now.value
    level = min(max(level, measure.lowest), measure.highest)
    where = standing(measure, measure.norms, aged(person, today, judged.last), level)
    crossings = tuple(_crossing(judged, t) for t in measure.thresholds) if with_forecast and judged.occasions > 1 else ()
    said = [*sentences(judged, settling), *([_standing_words(where, measure)] if where is not None else _norm_needs(measure, person))]
    return Judged(measure, series, judged, where, settling, crossings, (*said, *(c.plain for c in crossings)))


def _fall(measure: MeasureEntry, series: Series, person: Physique, today: date) -> Fall | None:
    if measure.group not in SUDDEN or len(series.days) < 2:
        return None
    where = standing(measure, measure.norms, aged(person, today, series.days[-1]), measure.highest)
    return sudden_fall(series, where.expected if where is not None else None)


def _together(fall: Fall, other: Fall | None) -> bool:
    """Whether two measures or legs fell at about the same time, so that neither is a slip."""
    return other is not None and abs((fall.since - other.since).days) <= TOGETHER_DAYS


def _fallen(measure: MeasureEntry, series: Series, judged: Trend, fall: Fall, today: date, alike: Sequence[Series]) -> Judged:
    """A series that ends far below the others. Its trend would explain the fall away, so nothing is said of it.

    `alike`: every series that fell at about the same time, this one too.
    """
    both_legs = {Side.LEFT, Side.RIGHT} <= {s.side for s in alike}
    alert = of_fall(measure, series.side, fall, today, len(alike) > 1, both_legs)
    return Judged(measure, series, judged, None, None, (), (alert, *sentences_before(judged, fall)), fall, alert)


def _crossing(judged: Trend, threshold: Threshold) -> Crossing:
    found = forecast(judged, threshold.value)
    return Crossing(threshold, found, f"{threshold.name}: {of_forecast(judged, found)}")


def _standing_words(where: Standing, measure: MeasureEntry) -> str:
    worse = round(where.percentile)
    share = "fewer than 1 do" if worse < 1 else "about 1 does" if worse == 1 else "more than 99 do" if worse > 99 else f"about {worse} do"
    usual = f"{where.expected:.{measure.decimals}f}"
    usual = usual if measure.grades else with_unit(usual, measure.unit)
    of = where.norm.population
    return (
        f"Usual at this age is about {usual}; of 100 healthy people alike, {share} worse"
        f"{f' (compared with: {of[:1].lower()}{of[1:]})' if of else ''}."
    )


def _norm_needs(measure: MeasureEntry, person: Physique) -> list[str]:
    """What would have to be known before anything can be said of what is usual."""
    if person.sex is not None or person.age is None:
        return []
    known = any(peers(measure.norms, replace(person, sex=sex)) is not None for sex in SEXES)
    return ["What is usual here differs between men and women: add the sex to compare."] if known else []


def _sides(judged: Sequence[Judged]) -> tuple[Sides, ...]:
    found = []
    for measure in dict.fromkeys(j.measure.id for j in judged):
        by_side = {j.side: j for j in judged if j.measure.id == measure}
        if Side.LEFT in by_side and Side.RIGHT in by_side:
            left, right = by_side[Side.LEFT], by_side[Side.RIGHT]
            if left.fall is not None or right.fall is not None:
                continue  # the levels before a fall say nothing of the sides today
            difference = compare_sides(left.trend, right.trend)
            found.append(Sides(left.measure, difference, _difference_words(left.measure, difference)))
    return tuple(found)


def _difference_words(measure: MeasureEntry, difference: SideDifference) -> str:
    apart, p = difference.difference, difference.probability_left_weaker
    if difference.weaker is None:
        if 0.2 < p < 0.8:
            return f"{measure.name}: no difference between the sides is shown."
        return f"{measure.name}: the {'left' if p > 0.5 else 'right'} side may be weaker (chance {_sure(max(p, 1 - p))})."
    words = f"{measure.name}: the {difference.weaker.value} side is weaker (chance {_sure(max(p, 1 - p))})"
    if measure.grades:
        return f"{words}."
    d = measure.decimals
    low, high = sorted((abs(apart.low), abs(apart.high)))
    by = with_unit(f"{abs(apart.value):.{d}f}", measure.unit)
    return f"{words}, by {by} ({low:.{d}f} to {high:.{d}f})."


def _sure(p: float) -> str:
    return "more than 99 %" if p > 0.99 else f"{100 * p:.0f} %"


def _named(measure: MeasureEntry, side: Side) -> str:
    return f"{measure.name} ({side.value})" if side in (Side.LEFT, Side.RIGHT) else measure.name
