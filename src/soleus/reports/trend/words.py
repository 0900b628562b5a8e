"""Numbers, grades and schedules of measurements in words."""

from __future__ import annotations

from collections.abc import Sequence

from soleus.domain.measure import with_unit
from soleus.domain.measure_entry import MeasureEntry
from soleus.reports.trend.as_json import side_word
from soleus.track import Judged
from soleus.trends.norms import Join
from soleus.trends.planning import Settling

WANTED = 0.9
"""In how many people a loss should be recognised. [-]"""


def shown_exact(measure: MeasureEntry, value: float) -> str:
    """A value as it was measured, with its unit."""
    return measure.grades[int(value)] if measure.grades else with_unit(f"{round(value, 3):.6g}", measure.unit)


def settling_words(settling: Settling) -> str:
    """When to measure again."""
    if settling.settled:
        return "It can be told already; go on at the usual rhythm."
    if not settling.ways:
        return "Even weekly measurements for two years would probably not settle it."
    ways = []
    for w in settling.ways:
        rhythm = f"{w.measurements} times, every {w.every_days} days," if w.every_days else "once more"
        ways.append(f"{rhythm} by {w.on:%d %B %Y} (chance {percent(w.chance)})")
    return "What would settle whether it gets worse: measure " + "; or ".join(ways) + "."


def schedule_words(measure: MeasureEntry, judged: Judged, loss: float, months: float, tried: Sequence[tuple[int, float]]) -> str:
    """How often to measure."""
    side = f", {side_word(judged.side)} side" if side_word(judged.side) else ""
    head = f"{measure.name}{side}: a loss of {with_unit(number(loss), measure.unit)} within {with_unit(f'{months:g}', 'months')}"
    if not tried:
        return f"{head} cannot be told from error in so short a time."
    every, found = tried[-1]
    if found >= WANTED:
        return f"{head} is recognised in {100 * found:.0f} of 100 people who measure once every {every} days."
    best, reached = max(tried, key=lambda t: t[1])
    return (
        f"{head} would be missed too often: measured once every {best} days it is recognised in {100 * reached:.0f} of 100 people. "
        "Watch for longer, several measures, or a larger loss."
    )


def join_words(measure: MeasureEntry, join: Join) -> str:
    """Which study holds up to which age, and that the step between them is nobody's change."""
    before, after = (f"{alike.expected:.{measure.decimals}f}" for alike in (join.before, join.after))
    return (
        f"At {join.age} years another study takes over, and the usual value goes from about {before} to about "
        f"{with_unit(after, measure.unit)}. That is a difference between the studies, and no change in you. "
        f"Before {join.age}: {_lowered(join.before.norm.population)}. From {join.age} on: {_lowered(join.after.norm.population)}."
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def percent(p: float) -> str:
    """A chance in words."""
    return "less than 1 %" if p < 0.01 else "more than 99 %" if p > 0.99 else f"{100 * p:.0f} %"


def short_percent(p: float) -> str:
    """A chance for a table."""
    return "<1 %" if p < 0.01 else ">99 %" if p > 0.99 else f"{100 * p:.0f} %"


def number(x: float, signed: bool = False) -> str:
    """As many digits as are worth reading."""
    text = f"{abs(x):.0f}" if abs(x) >= 10 or x == round(x) else f"{abs(x):.1f}" if abs(x) >= 1 else f"{abs(x):.2g}"
    sign = ("−" if x < 0 else "+") if signed else ("−" if x < 0 else "")
    return f"{sign}{text}"
