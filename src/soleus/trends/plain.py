"""What a trend says, in plain sentences: numbers and what they mean, no advice."""

from __future__ import annotations

from datetime import date

from soleus.domain.finding import Side
from soleus.domain.measure import Measure, with_unit
from soleus.trends.course import LIKELY, Course
from soleus.trends.forecast import Forecast
from soleus.trends.overall import Overall
from soleus.trends.planning import Settling, Way
from soleus.trends.sudden import TOGETHER_DAYS, WEEKS_DAYS, Fall
from soleus.trends.trend import Estimate, Trend

_TURNS = {
    "step-down": "It fell at once",
    "step-up": "It rose at once",
    "dip": "It fell, and began to recover,",
    "rise-and-fall": "It rose for a while",
    "turn-down": "It began to go down",
    "turn-up": "It began to go up",
}
_COURSES = {
    Course.STABLE: "staying about the same",
    Course.IMPROVING: "getting better",
    Course.PROGRESSIVE: "getting worse",
    Course.RELAPSING: "coming and going",
    Course.RECOVERING: "a fall that was made good, all of it or most",
    Course.STEPWISE: "getting worse in steps",
    Course.SLOW: "enough was lost to matter, slowly; no faster than ageing and the differences between people explain",
}


AT_ONCE = (
    "go to an emergency department at once with trouble passing urine or stool, numbness between the legs, "
    "or trouble breathing or swallowing"
)
"""Written after a semicolon."""


def sentences(trend: Trend, settling: Settling | None = None) -> tuple[str, ...]:
    """A trend for somebody who has never heard of a standard error."""
    measure = trend.measure
    side = f", {trend.side.value} side" if trend.side in (Side.LEFT, Side.RIGHT) else ""
    result = [f"{measure.name}{side}: {_times(trend)}. {_level(trend)}"]
    if trend.at_floor:
        every = "Every value is" if trend.points > 1 else "That is"
        return (*result, f"{every} the lowest that this test can show: whether more is lost, only another test can tell.")
    p, better = trend.probability_of_real_decline, trend.probability_of_real_improvement
    if trend.course is Course.TOO_FEW:
        # After one day the chance is what was thought of anybody: it says nothing of this person.
        so_far = f" (chance so far {_percent(p)})" if trend.occasions > 1 else ""
        result.append(f"Nobody can tell yet whether it is really getting worse{so_far}.")
        if settling is not None and settling.ways:
            result.append("It would probably be settled " + ", or ".join(_way(w) for w in settling.ways) + ".")
        elif settling is not None and not settling.settled:
            result.append("Even weekly measurements for two years would probably not settle it.")
    elif trend.course is Course.STABLE:
        result.append("It is staying about the same, apart from day-to-day ups and downs.")
    elif trend.course is Course.SLOW:
        result.append(
            "Enough was lost to matter, slowly; no faster than ageing and the differences between people explain "
            f"(chance of a faster loss {_percent(p)})."
        )
    elif trend.course is Course.RECOVERING:
        result.append("It fell once and was made good, all of it or most.")
    elif p >= LIKELY or trend.course is not Course.IMPROVING:
        word = _COURSES[trend.course]
        result.append(f"It is {_surely(max(p, better))} {word}: the chance that this is a real loss, more than ageing, is {_percent(p)}.")
    else:
        result.append(f"It is {_surely(better)} getting better: the chance that this is real is {_percent(better)}.")
    if trend.slope_per_year is not None and trend.course not in (Course.TOO_FEW, Course.STABLE):
        result.append(f"On average it changed by {_between(trend.slope_per_year, measure)} a year.")
    if trend.course in (Course.STABLE, Course.TOO_FEW) and trend.occasions > 1:
        result.append(f"A loss of up to {_amount(trend.not_excluded, measure)} since the first day could have gone unseen.")
    if trend.occasions > 1 and trend.course is not Course.STABLE:
        chance = _percent(trend.probability_of_important_decline)
        result.append(f"The chance that {_amount(trend.important, measure)} or more were lost, enough to matter, is {chance}.")
    result += [f"{_TURNS[t.kind]} about {t.on:%d %B %Y} (chance {_percent(t.probability)})." for t in trend.turns]
    return tuple(result)


def of_fall(measure: Measure, side: Side, fall: Fall, today: date, together: bool, both_legs: bool = False) -> str:
    """What to do about last values that are far below the others.

    Args:
        measure: What was measured.
        side: On which side.
        fall: The last values.
        today: Whoever measured long ago measures again first.
        together: Whether another leg or measure fell at the same time.
        both_legs: Whether both legs did, which may be the spine.
    """
    on = f", {side.value} side" if side in (Side.LEFT, Side.RIGHT) else ""
    values = [_value(measure, p.value) for p in fall.low]
    shown = f"The last value, {values[-1]}, is" if len(values) == 1 else f"The last values, {' and '.join(values[-2:])}, are"
    what = f"{measure.name}{on}: {shown} far below the others (usual before: about {_value(measure, fall.usual)})"
    soon = fall.within_days <= WEEKS_DAYS
    if soon and fall.more_than_half and (fall.repeated or together) and (today - fall.last).days <= TOGETHER_DAYS:
        if both_legs:
            return f"{what}. Both legs fell at about the same time: go to an emergency department now."
        return f"{what}. Be seen by a doctor today; {AT_ONCE}."
    stays = "be seen by a doctor the same day" if soon else "be seen within days, and the same day if it came on within days or weeks"
    return f"{what}: repeat it today or tomorrow. If it stays, {stays}; {AT_ONCE}."


def sentences_before(trend: Trend, fall: Fall) -> tuple[str, ...]:
    """When it was measured, and when it fell; of a level now nothing can be said."""
    fell = f"It fell between {fall.before:%d %B %Y} and {fall.since:%d %B %Y}; the values before say nothing of today."
    return (f"{_times(trend).replace('measured', 'Measured', 1)}.", fell)


def _value(measure: Measure, value: float | None) -> str:
    if value is None:
        return "unable"
    return f"grade {measure.grades[_rank(measure, value)]}" if measure.grades else _number(value)


def of_forecast(trend: Trend, forecast: Forecast) -> str:
    """When a threshold would be reached, if things go on as they did."""
    measure = trend.measure
    what = _value(measure, forecast.threshold) if measure.grades else _amount(forecast.threshold, measure)
    if forecast.probability_now >= 0.5:
        return f"Probably at or {'below' if measure.sign > 0 else 'above'} {what} already."
    if forecast.likeliest is None:
        chance = _percent(forecast.probability_within_horizon)
        way = "fall" if measure.sign > 0 else "rise"
        return f"A {way} to {what} is not expected within {forecast.horizon_years:g} years (chance {chance}), if things go on as they did."
    early, late = forecast.between80
    until = f"{late:%B %Y}" if late else f"more than {forecast.horizon_years:g} years from now"
    known = trend.course is not Course.TOO_FEW
    go_on = "If things go on as they did" if known else "Nobody can tell yet; if things went on as the values so far suggest"
    return f"{go_on}, {what} would be reached about {forecast.likeliest:%B %Y} (8 in 10: {early:%B %Y} to {until})."


def of_overall(overall: Overall, measures: int) -> str:
    """The judgement of all measures together."""
    p = _percent(overall.probability_of_real_decline)
    if overall.course is Course.TOO_FEW:
        so_far = f" (chance of a real loss so far {p})" if overall.over_time else ""
        return f"All {measures} series together: nobody can tell yet{so_far}."
    if overall.course is Course.RECOVERING:
        return f"All {measures} series together: {_COURSES[overall.course]}."
    return f"All {measures} series together: {_COURSES[overall.course]} (chance of a real loss, more than ageing, {p})."


def _way(way: Way) -> str:
    if way.measurements == 1:
        return f"by one more measurement about {way.on:%d %B %Y}"
    rhythm = {7: "a week", 28: "every four weeks"}.get(way.every_days, f"every {way.every_days} days")
    return f"by {way.on:%d %B %Y} if measured once {rhythm}"


def _times(trend: Trend) -> str:
    if trend.occasions == 1:
        return f"measured on one day ({trend.first:%d %B %Y})"
    return f"measured on {trend.occasions} days from {trend.first:%d %B %Y} to {trend.last:%d %B %Y}"


def _level(trend: Trend) -> str:
    if trend.at_floor:
        return "Not possible, or as low as the test goes."
    now = trend.level_now
    grades = trend.measure.grades
    if grades:
        names = [grades[_rank(trend.measure, x)] for x in (now.value, now.low, now.high)]
        return (
            f"Now most likely grade {names[0]}."
            if names[1] == names[2]
            else f"Now most likely grade {names[0]} ({names[1]} to {names[2]})."
        )
    return f"Now about {_amount(now.value, trend.measure)} ({_number(now.low)} to {_number(now.high)})."


def _rank(measure: Measure, value: float) -> int:
    """Of the grade nearest to a level."""
    return round(min(max(value, 0), len(measure.grades) - 1))


def _between(e: Estimate, measure: Measure) -> str:
    return f"{with_unit(_signed(e.value), measure.unit)} ({_signed(e.low)} to {_signed(e.high)})"


def _surely(p: float) -> str:
    return "almost certainly" if p >= 0.99 else "very likely" if p >= 0.9 else "likely"


def _percent(p: float) -> str:
    return "less than 1 %" if p < 0.01 else "more than 99 %" if p > 0.99 else f"{100 * p:.0f} %"


def _signed(x: float) -> str:
    return f"{'−' if x < 0 else '+'}{_number(abs(x))}"


def _amount(x: float, measure: Measure) -> str:
    return with_unit(_number(x), measure.unit)


def _number(x: float) -> str:
    return f"{x:.0f}" if abs(x) >= 10 or x == round(x) else f"{x:.1f}" if abs(x) >= 1 else f"{x:.2g}"
