"""A chart in words: for those who cannot see it, and the short ones that stand in it."""

from __future__ import annotations

from soleus.domain.finding import Side
from soleus.domain.measure import with_unit
from soleus.reports.charts.axes import day_words, direction_words, number_words, precise_words
from soleus.reports.charts.spec import Beyond, ChartSpec, Level, Line
from soleus.trends.course import LIKELY, Course, Turn
from soleus.trends.plain import sentences
from soleus.trends.trend import Trend

SIDES = {Side.LEFT: "left", Side.RIGHT: "right", Side.BOTH: "both together", Side.UNSTATED: "no side"}
STEPS_A_GRADE = 3
"""From 4- over 4 to 4+ there are thirds of a grade."""
NOTHING = "Nothing was measured yet."
_TURNS = {
    "step-down": "fell at once",
    "step-up": "rose at once",
    "dip": "fell, then began to recover",
    "rise-and-fall": "rose for a while",
    "turn-down": "began to go down",
    "turn-up": "began to go up",
}
_SHORT = {
    Course.STABLE: "about the same",
    Course.IMPROVING: "getting better",
    Course.PROGRESSIVE: "getting worse",
    Course.RELAPSING: "coming and going",
    Course.RECOVERING: "fell and recovered",
    Course.STEPWISE: "worse in steps",
    Course.SLOW: "lost slowly, enough to matter",
    Course.TOO_FEW: "cannot tell yet",
}


def tidy(text: str) -> str:
    """Words that somebody typed, without line breaks and without characters that steer a terminal or a page."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def percent(p: float) -> str:
    """A chance that is never quite nothing and never quite certain."""
    return "under 1 %" if p < 0.01 else "over 99 %" if p > 0.99 else f"{100 * p:.0f} %"


def short_of(trend: Trend) -> str:
    """The judgement in a few words, with its chance where one was found."""
    word = _SHORT[trend.course]
    if trend.course is Course.IMPROVING:
        return f"{word} ({percent(trend.probability_of_real_improvement)})"
    if trend.course in (Course.PROGRESSIVE, Course.STEPWISE) and trend.probability_of_real_decline >= LIKELY:
        return f"{word} ({percent(trend.probability_of_real_decline)})"
    return word


def plain_of(trend: Trend, sided: bool) -> str:
    """The sentence of the trend that holds the judgement; the first one only says when it was measured."""
    said = sentences(trend)[1]
    return f"{SIDES[trend.side].capitalize()}: {said[0].lower()}{said[1:]}" if sided else said


def error_words(spec: ChartSpec, half: float) -> str:
    """By how much one value can be off. Grades with plus and minus are thirds of a grade."""
    if not spec.grades:
        return with_unit(number_words(half), spec.unit)
    steps = f"{with_unit(number_words(half), 'steps')} of the scale"
    thirds = any(g.endswith(("+", "-")) for g in spec.grades)
    return f"{steps}, {half / STEPS_A_GRADE:.1f} of a whole grade" if thirds else steps


def turn_words(turn: Turn) -> str:
    return _TURNS[turn.kind]


def value_words(spec: ChartSpec, value: float) -> str:
    """An estimate; of grades the nearest one."""
    if spec.grades:
        return spec.grades[min(max(round(value), 0), len(spec.grades) - 1)]
    return number_words(value)


def exact_words(spec: ChartSpec, value: float) -> str:
    """A value that somebody chose: told as it is."""
    return spec.grades[min(max(round(value), 0), len(spec.grades) - 1)] if spec.grades else f"{value:,.6g}"


def describe(spec: ChartSpec) -> str:
    """Everything that the picture shows."""
    unit = "grade" if spec.grades else spec.unit
    told = [f"{spec.title}, in {unit}s" if spec.grades else f"{spec.title}, in {unit}"]
    told[0] += f"; {direction_words(spec.better, bool(spec.grades))}."
    if spec.dates is not None:
        told.append(f"Dates from {day_words(spec.dates.first)} to {day_words(spec.dates.last)}.")
    if not any(line.marks for line in spec.lines):
        told.append(NOTHING)
    for line in spec.lines:
        told += _line(spec, line)
    if spec.norm:
        last = spec.norm[-1]
        usual = f"{value_words(spec, last.expected)} ({value_words(spec, last.low)} to {value_words(spec, last.high)})"
        told.append(f"{spec.norm_name.capitalize()}: {usual} on {day_words(last.on)}.")
    told += [f"Line at {exact_words(spec, t.value)}: {t.name}." for t in spec.thresholds]
    told += [f"{day_words(e.on)}: {e.text}." for e in spec.events]
    told += spec.outside
    if spec.plain and spec.plain != NOTHING:
        told.append(spec.plain)
    return " ".join(told)


def _line(spec: ChartSpec, line: Line) -> list[str]:
    if not line.marks:
        return []
    side = f", {SIDES[line.side]}" if line.side is not Side.UNSTATED or spec.sided else ""
    days = f"on {day_words(line.marks[0].on)}"
    if line.marks[0].on != line.marks[-1].on:
        days = f"from {day_words(line.marks[0].on)} to {day_words(line.marks[-1].on)}"
    values = f"{line.measured} value{'' if line.measured == 1 else 's'}{side}, {days}"
    if line.measured == 1 and line.first:
        told = [f"{values}: {line.first}."]
    elif line.first:
        told = [f"{values}: first {line.first}, last {line.last}, lowest {line.lowest}, highest {line.highest}."]
    else:
        told = [f"{values}."]
    unable = sum(m.values for m in line.marks if m.unable)
    if unable:
        told.append(f"Tried and not possible {_times(unable)}.")
    beyond = sum(m.values for m in line.marks if m.beyond is not Beyond.NO and not m.unable)
    if beyond:
        told.append(f"At the end of what the test can show {_times(beyond)}.")
    bars = [m for m in line.marks if m.high > m.low]
    if bars and spec.several:
        told.append(f"Drawn as {len(line.marks)} middles of stretches of time, with the lowest and the highest value of each.")
    elif bars:
        half = max(m.high - m.value for m in bars), max(m.value - m.low for m in bars)
        told.append(f"One value can be off by about {error_words(spec, max(half))}.")
    if line.levels:
        told.append(f"Likely true level {_level(spec, line.levels[-1])}.")
    if line.forecast:
        told.append(f"If things go on as they did: {_level(spec, line.forecast[-1])}.")
    for turning in line.turnings:
        between = f"between {day_words(turning.earliest)} and {day_words(turning.latest)}"
        told.append(f"It {turning.text} about {day_words(turning.on)} ({between}; chance {percent(turning.probability)}).")
    return told


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def _level(spec: ChartSpec, level: Level) -> str:
    # The interval says how many decimals, unless the floor has squeezed it: then the ticks of the axis do.
    ticks = spec.values.ticks
    step = ticks[1][0] - ticks[0][0] if len(ticks) > 1 else 0.0
    wide = max(level.high95 - level.low95, step / 5)
    middle, a, b, c, d = (
        value_words(spec, x) if spec.grades else precise_words(x, wide)
        for x in (level.value, level.low80, level.high80, level.low95, level.high95)
    )
    return f"on {day_words(level.on)}: {middle} (8 in 10: {a} to {b}; 95 in 100: {c} to {d})"
