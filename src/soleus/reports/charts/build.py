"""From series, trends and what is usual to the specification of a chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from soleus.domain.errors import OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Measure, Series
from soleus.reports.charts.axes import day_words, number_words, value_axis
from soleus.reports.charts.band import levels
from soleus.reports.charts.marks import MOST_MARKS, marks_of
from soleus.reports.charts.spec import ChartSpec, DateAxis, Event, Line, Norm, Threshold, Turning
from soleus.reports.charts.words import NOTHING, describe, exact_words, plain_of, short_of, tidy, turn_words, value_words
from soleus.trends.course import FEWEST, Course
from soleus.trends.trend import Trend

NORM_NAME = "usual for this age (5th to 95th percentile)"
AHEAD_SHARE, MOST_YEARS_AHEAD = 0.3, 1.0
"""The forecast is drawn over this part of the time measured, and over no more than so many years."""
AIR = 0.02
"""Part of the days shown that stays empty before the first and after the last. [-]"""
ALONE_DAYS = 60
"""Length of an axis that shows one day. [days]"""
NORM_DAYS = 12
Usual = Callable[[date], tuple[float, float, float] | None] | Iterable[tuple[date, float, float, float]]
"""What is usual on a day as (low, expected, high) or None where nobody knows, or rows of (date, low, expected, high)."""


def spec_of(
    measure: Measure,
    series: Sequence[Series],
    trends: Sequence[Trend] = (),
    *,
    norms: Usual | None = None,
    norm_name: str = NORM_NAME,
    events: Sequence[Event] = (),
    thresholds: Sequence[Threshold] = (),
    years_ahead: float | None = None,
    title: str = "",
    plain: str = "",
) -> ChartSpec:
    """One chart of one measure.

    Args:
        measure: What was measured; also says what stands on the axis if nothing was.
        series: One for each side; may be empty, and so may each of them.
        trends: Judgements of those sides that have one.
        norms: What is usual for the person on a day: as a function of the day, or as rows in any order. [unit]
        norm_name: What the band is called in the key.
        events: What happened. One long before or after the measurements is told in words and not drawn.
        thresholds: Values that mean something. One far from all values is told in words and not drawn.
        years_ahead: How far the forecast goes, 0 for none; about a third of the time measured if not given. [years]
        title: Instead of the name of the measure.
        plain: Instead of the sentences of the trends.

    Raises:
        OutOfRange: If series or trends are of another measure, a side comes twice, or a trend has no series.
    """
    events = [replace(e, text=tidy(e.text)) for e in events]
    thresholds = [replace(t, name=tidy(t.name)) for t in thresholds]
    order = list(Side)
    series = sorted(series, key=lambda s: order.index(s.side))
    by_side = {t.side: t for t in trends}
    _check(measure, series, trends)
    windows = any(len(s.points) > MOST_MARKS for s in series)
    lines = tuple(_line(s, by_side.get(s.side), windows, len(series) > 1, years_ahead) for s in series)
    usual = _norms(norms, _days(lines, events))
    dates, outside_dates = _dates(lines, events, usual)
    norm = _cut(usual, dates)
    needed = [
        *(x for line in lines for m in line.marks for x in (m.low, m.high)),
        *(x for line in lines for e in line.levels for x in (e.low95, e.high95)),
        *(x for line in lines for e in line.forecast for x in (e.low80, e.high80)),
    ]
    wished = [*(t.value for t in thresholds), *(x for n in norm for x in (n.low, n.high))]
    values, left_out = value_axis(measure, needed, wished, several=windows)
    spec = ChartSpec(
        title=tidy(title) or measure.name[:1].upper() + measure.name[1:],
        unit=measure.unit,
        better=measure.better,
        values=values,
        dates=dates,
        lines=lines,
        grades=measure.grades,
        norm=norm if not any(n.high < values.low or n.low > values.high for n in norm) else (),
        norm_name=tidy(norm_name),
        events=tuple(sorted((e for e in events if _within(e.on, dates)), key=lambda e: e.on)),
        thresholds=tuple(sorted((t for t in thresholds if t.value not in left_out), key=lambda t: t.value)),
        several=windows,
    )
    spec = replace(spec, outside=(*outside_dates, *_far(spec, norm, thresholds)))
    if not any(line.marks for line in lines):
        said = NOTHING
    else:
        said = tidy(plain) or " ".join(line.plain for line in lines if line.plain)
    spec = replace(spec, plain=said)
    return replace(spec, text=describe(spec))


def same_dates(specs: Sequence[ChartSpec]) -> tuple[ChartSpec, ...]:
    """The same charts over the same days, so that they can be compared at a glance."""
    axes = [s.dates for s in specs if s.dates is not None]
    if not axes:
        return tuple(specs)
    dates = DateAxis(min(a.first for a in axes), max(a.last for a in axes))
    wide = (replace(s, dates=dates) if s.dates is not None else s for s in specs)
    return tuple(replace(s, text=describe(s)) for s in wide)


def _check(measure: Measure, series: Sequence[Series], trends: Sequence[Trend]) -> None:
    for other in {s.measure.id for s in series} | {t.measure.id for t in trends}:
        if other != measure.id:
            raise OutOfRange(f"A chart shows one measure: {other} does not belong to {measure.id}.")
    sides = [s.side for s in series]
    for side in Side:
        if sides.count(side) > 1 or [t.side for t in trends].count(side) > 1:
            raise OutOfRange(f"{measure.name}: the side {side.value} comes twice.")
    for trend in trends:
        if trend.side not in sides:
            raise OutOfRange(f"{measure.name}: there is a trend of the side {trend.side.value} and no series.")


def _line(series: Series, trend: Trend | None, windows: bool, sided: bool, years_ahead: float | None) -> Line:
    measure = series.measure
    values = [p.value for p in sorted(series.points, key=lambda p: p.on) if p.value is not None]

    def told(value: float) -> str:
        return measure.grades[int(value)] if measure.grades else f"{value:.6g}" if abs(value) < 1e6 else number_words(value)

    first, last, lowest, highest = (told(v) for v in (values[0], values[-1], min(values), max(values))) if values else [""] * 4
    line = Line(series.side, marks_of(series, windows), len(series.points), first, last, lowest, highest)
    if trend is None:
        return line
    # One day says nothing of a course, and where nobody can tell, a drawn future would tell.
    if years_ahead is None:
        years_ahead = min(AHEAD_SHARE * (trend.end - trend.start), MOST_YEARS_AHEAD)
    known = trend.occasions >= FEWEST and trend.course is not Course.TOO_FEW
    within, ahead = levels(trend, years_ahead if known else 0.0) if trend.occasions > 1 else ((), ())
    turnings = tuple(Turning(t.on, t.earliest, t.latest, t.probability, turn_words(t)) for t in trend.turns)
    return replace(line, levels=within, forecast=ahead, turnings=turnings, short=short_of(trend), plain=plain_of(trend, sided))


def _days(lines: Sequence[Line], events: Sequence[Event]) -> tuple[date, date] | None:
    days = [m.on for line in lines for m in line.marks] + [e.on for line in lines for e in line.forecast]
    days = days or [e.on for e in events]
    return (min(days), max(days)) if days else None


def _norms(norms: Usual | None, days: tuple[date, date] | None) -> tuple[Norm, ...]:
    if norms is None:
        return ()
    if not callable(norms):
        return tuple(Norm(*row) for row in sorted(norms))
    if days is None:
        return ()
    # A little beyond both ends: the axis may begin earlier, with an operation.
    span = max((days[1] - days[0]).days, ALONE_DAYS)
    first, length = days[0] - timedelta(days=span), 3 * span
    step = max(length // (3 * NORM_DAYS), 1)
    days_asked = (first + timedelta(days=i) for i in range(0, length + step, step))
    return tuple(Norm(day, *row) for day in days_asked if (row := norms(day)) is not None)


def _dates(lines: Sequence[Line], events: Sequence[Event], norm: Sequence[Norm]) -> tuple[DateAxis | None, list[str]]:
    days = _days(lines, events) or ((norm[0].on, norm[-1].on) if norm else None)
    if days is None:
        return None, []
    first, last = days
    reach = timedelta(days=max((last - first).days // 2, ALONE_DAYS))
    shown = [e.on for e in events if first - reach <= e.on <= last + reach]
    outside = [f"Not drawn: {day_words(e.on)}: {e.text}." for e in events if e.on not in shown]
    first, last = min([first, *shown]), max([last, *shown])
    if (last - first).days < 2:
        first, last = first - timedelta(days=ALONE_DAYS // 2), last + timedelta(days=ALONE_DAYS // 2)
    # A little air, so that no mark stands on the frame.
    air = timedelta(days=math.ceil((last - first).days * AIR))
    return DateAxis(first - air, last + air), outside


def _within(day: date, dates: DateAxis | None) -> bool:
    return dates is not None and dates.first <= day <= dates.last


def _cut(norm: Sequence[Norm], dates: DateAxis | None) -> tuple[Norm, ...]:
    """Cut off at the ends of the axis, with straight lines between the rows."""
    if dates is None or not norm:
        return ()
    first, last = max(dates.first, norm[0].on), min(dates.last, norm[-1].on)
    if last < first:
        return ()
    inner = [n for n in norm if first < n.on < last]
    ends = [_between(norm, day) for day in dict.fromkeys((first, last))]
    return (ends[0], *inner, *ends[1:])


def _between(norm: Sequence[Norm], day: date) -> Norm:
    after = next(i for i, n in enumerate(norm) if n.on >= day)
    b = norm[after]
    a = norm[max(after - 1, 0)]
    share = (day - a.on).days / ((b.on - a.on).days or 1)
    return Norm(day, *(x + share * (y - x) for x, y in ((a.low, b.low), (a.expected, b.expected), (a.high, b.high))))


def _far(spec: ChartSpec, norm: Sequence[Norm], thresholds: Sequence[Threshold]) -> list[str]:
    told = []
    if norm and not spec.norm:
        last = norm[-1]
        usual = f"{value_words(spec, last.expected)} ({value_words(spec, last.low)} to {value_words(spec, last.high)})"
        told.append(f"Not drawn, as it is far away: {spec.norm_name}, {usual} on {day_words(last.on)}.")
    shown = set(spec.thresholds)
    told += [f"Not drawn, as it is far away: {exact_words(spec, t.value)}, {t.name}." for t in thresholds if t not in shown]
    return told
