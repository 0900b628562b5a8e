"""The terminal report of `soleus track`: the whole first, then each measure with its picture, what it says and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from soleus.domain.measure import with_unit
from soleus.domain.measure_entry import MeasureEntry
from soleus.interchange.measurements.casefile import Recorded
from soleus.reports.charts.overview import overview
from soleus.reports.charts.signs import unicode_on
from soleus.reports.charts.spec import ChartSpec
from soleus.reports.charts.terminal import block
from soleus.reports.trend.as_json import Sources, side_word, support_words
from soleus.reports.trend.words import number, percent, short_percent, shown_exact
from soleus.reports.words import ADVICE
from soleus.track import Judged, Track
from soleus.trends.course import Course
from soleus.trends.overall import Overall

COURSES = {
    Course.STABLE: ("ABOUT THE SAME", "bold green"),
    Course.IMPROVING: ("GETTING BETTER", "bold green"),
    Course.PROGRESSIVE: ("GETTING WORSE", "bold black on yellow"),
    Course.STEPWISE: ("GETTING WORSE IN STEPS", "bold black on yellow"),
    Course.RELAPSING: ("COMING AND GOING", "bold black on bright_cyan"),
    Course.RECOVERING: ("FELL AND RECOVERED", "bold black on bright_cyan"),
    Course.SLOW: ("LOST ENOUGH TO MATTER, SLOWLY", "bold black on yellow"),
    Course.TOO_FEW: ("CANNOT TELL YET", "bold"),
}
FALLEN = "THE LAST VALUE IS FAR BELOW THE OTHERS"
WIDTH = 80
SEEN = "Tell a doctor soon that it is getting weaker, and show these measurements; at once if bladder, breathing or swallowing change."

NEXT_VISIT = "Show these measurements to your doctor at your next visit."


def print_track(console: Console, track: Track, charts: Sequence[ChartSpec], not_understood: Iterable[str], sources: Sources) -> None:
    """Write the whole report."""
    width = min(console.width, WIDTH)
    console.print(_whole(track, charts, unicode_on(console)), width=width)
    for chart, judged in zip(charts, _by_measure(track), strict=True):
        console.print(_measure(chart, judged, track, sources, width - 4, unicode_on(console)), width=width)
    for text in not_understood:
        console.print(Text.assemble(("left out  ", "yellow"), text))
    console.print(Text(ADVICE, style="italic dim"))


def _whole(track: Track, charts: Sequence[ChartSpec], unicode: bool) -> RenderableType:
    assert track.overall is not None
    name, style = COURSES[track.overall.course]
    chance = _chance(track.overall)
    lines: list[RenderableType] = [Text.assemble((f" {name} ", style), f"  {chance}" if chance else "", _series(track.counted))]
    if len(charts) > 1 or len(track.judged) > 1:
        lines.append(overview(charts, spark=16, unicode=unicode))
    if track.alerts:  # instead of the course
        lines[:1] = [Text(f" {FALLEN} ", style="bold white on red"), *(Text(alert, style="bold") for alert in track.alerts)]
    lines += [Text(s.plain) for s in track.sides]
    if track.alerts:
        pass  # what to do stands above
    elif track.overall.course in (Course.PROGRESSIVE, Course.STEPWISE):
        lines.append(Text(SEEN, style="bold"))
    elif track.overall.course in (Course.SLOW, Course.RECOVERING):
        lines.append(Text(NEXT_VISIT, style="bold"))
    return Panel(Group(*lines), title="Is it really getting worse?", title_align="left", padding=(0, 1))


def _chance(overall: Overall) -> str:
    """The chance beside the name of the course; none that would contradict it, and none after one day, where it is that of anybody."""
    p = percent(overall.probability_of_real_decline)
    if not overall.over_time or overall.course is Course.RECOVERING:
        return ""
    if overall.course is Course.SLOW:
        return f"no faster than by ageing: chance of a faster loss {p}"
    return f"chance of a real loss, more than ageing: {p}"


def _series(count: int) -> str:
    return "" if count == 1 else f"  ({count} series together)"


def _by_measure(track: Track) -> list[list[Judged]]:
    ids = dict.fromkeys(j.measure.id for j in track.judged)
    return [[j for j in track.judged if j.measure.id == id_] for id_ in ids]


def _measure(chart: ChartSpec, judged: Sequence[Judged], track: Track, sources: Sources, width: int, unicode: bool) -> RenderableType:
    parts: list[RenderableType] = [_without_words(chart, width, unicode)]
    for j in judged:
        name, style = COURSES[j.trend.course] if j.fall is None else (FALLEN, "bold white on red")
        head = f" {side_word(j.side)}: {name.lower()} " if side_word(j.side) else f" {name.lower()} "
        parts.append(Text(head, style=style))
        parts += [Text(sentence) for sentence in j.plain]
    parts.append(_numbers(judged))
    parts.append(_rests_on(judged[0], sources))
    return Panel(Group(*parts), title=judged[0].measure.name, title_align="left", padding=(0, 1))


def _without_words(chart: ChartSpec, width: int, unicode: bool) -> Text:
    """The picture alone: its sentences stand below."""
    from dataclasses import replace

    return block(replace(chart, plain=""), width=width, unicode=unicode)


def _numbers(judged: Sequence[Judged]) -> RenderableType:
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    for name in ("", "now", "a year (95 %)", "real loss", "that matters", "usual", "do worse"):
        table.add_column(name, justify="left" if not name else "right")
    for j in judged:
        t, measure = j.trend, j.measure
        if j.fall is not None or t.at_floor:  # a trend that says nothing of today
            usual = (_bare(measure, j.standing.expected), _worse(j.standing.percentile)) if j.standing else ("–", "–")
            table.add_row(side_word(j.side), "unable" if j.last is None else _bare(measure, j.last), "–", "–", "–", *usual)
            continue
        slope, chances = t.slope_per_year, (t.probability_of_real_decline, t.probability_of_important_decline)
        table.add_row(
            side_word(j.side),
            _bare(measure, t.level_now.value),
            "–" if slope is None else f"{number(slope.value, True)} ({number(slope.low, True)} to {number(slope.high, True)})",
            *(short_percent(p) if t.occasions > 1 else "–" for p in chances),  # after one day they are those of anybody
            _bare(measure, j.standing.expected) if j.standing else "–",
            _worse(j.standing.percentile) if j.standing else "–",
        )
    return table


def _rests_on(j: Judged, sources: Sources) -> Text:
    """Error of measurement and norm, with where they come from. Numbers above are in the unit of the measure."""
    measure = j.measure
    level = j.trend.level_now.value
    sem = measure.sem
    change = with_unit(number(measure.mdc95_at(level)), measure.unit)
    said = [f"Two single values must differ by {change} to be a change beyond error (MDC95)."]
    if measure.mcid is not None:
        least = with_unit(number(measure.mcid.at_level(level)), measure.unit)
        said.append(f"{least} is the smallest change that matters to people (MCID).")
    at = (sem.at or sem.because).rstrip(".")
    said.append(f"Error: {_short(sources, sem.ref)}{f', {at}' if at else ''}.")
    if j.standing is not None:
        said.append(f"Usual values: {support_words(j.standing.norm.support, sources)} ({j.standing.norm.population}).")
    return Text(" ".join(said), style="dim")


def _short(sources: Sources, ref: str) -> str:
    source = sources.get(ref)
    return source.citation if source is not None else "expert estimate"


def _bare(measure: MeasureEntry, value: float) -> str:
    """A level without its unit, or the name of the grade nearest to it."""
    if measure.grades:
        return measure.grades[round(min(max(value, 0), len(measure.grades) - 1))]
    return f"{value:.{measure.decimals}f}"


def _worse(percentile: float) -> str:
    return "<1 in 100" if percentile < 1 else ">99 in 100" if percentile > 99 else f"{percentile:.0f} in 100"


def print_list(console: Console, recorded: Sequence[Recorded], not_understood: Iterable[str]) -> None:
    """Every entry with its number, in the order of the file."""
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    for name in ("no.", "day", "measure", "side", "value", "notes"):
        table.add_column(name, justify="right" if name == "no." else "left", no_wrap=name in ("day", "measure"), overflow="fold")
    for r in recorded:
        p = r.point
        value = "unable" if p.unable or p.value is None else shown_exact(r.measure, p.value)
        notes = "; ".join(x for x in (p.aid and f"with {p.aid}", r.by and f"by {r.by}", p.note) if x)
        table.add_row(str(r.number), p.on.isoformat(), r.measure.id, side_word(p.side), value, notes)
    console.print(table)
    for text in not_understood:
        console.print(Text.assemble(("left out  ", "yellow"), text))


def print_protocol(console: Console, measure: MeasureEntry, sources: Sources) -> None:
    """How something is measured, in plain words."""
    lines: list[RenderableType] = [Text(measure.lay)]
    if measure.needs:
        lines.append(Text.assemble(("You need  ", "bold"), ", ".join(measure.needs), "."))
    lines += [Text.assemble((f"{i}. ", "bold"), step) for i, step in enumerate(measure.steps, 1)]
    for name, text in (
        ("Keep the same  ", measure.keep_the_same),
        ("Aids  ", measure.aids),
        ("Safety  ", measure.safety),
        ("It does not tell  ", measure.caveat),
        ("Licence  ", measure.licence),
    ):
        if text:
            lines.append(Text.assemble((name, "bold"), text))
    low, high = measure.plausible
    ends = f"{shown_exact(measure, low)} to {shown_exact(measure, high)}"
    side = {"each": "each leg or side apart", "whole": "no side", "either": "a side may be named"}[measure.sides]
    lines.append(
        Text.assemble(("Recorded as  ", "bold"), f"{ends}; {side}; {measure.better.value} is better; by: {', '.join(measure.who)}.")
    )
    for t in measure.thresholds:
        lines.append(Text.assemble((f"{shown_exact(measure, t.value)}  ", "bold"), t.lay))
    error = f"Two single values must differ by about {number(measure.mdc95_at((low + high) / 2))} to be a change beyond error."
    lines.append(Text(f"{error} Source of the test: {support_words(measure.support, sources)}.", style="dim"))
    console.print(
        Panel(Group(*lines), title=f"{measure.name} ({measure.id})", title_align="left", padding=(0, 1)), width=min(console.width, 100)
    )


def print_measures(console: Console, measures: Iterable[MeasureEntry]) -> None:
    """What can be measured."""
    table = Table(box=None, padding=(0, 1), show_edge=False, header_style="dim")
    for name in ("id", "measure", "unit", "by"):
        table.add_column(name, no_wrap=name == "id", overflow="fold")
    for m in measures:
        table.add_row(m.id, m.name, "grade" if m.grades else m.unit, ", ".join(m.who))
    console.print(table)
