"""Pictures of trends: places by sums worked by hand, words that say what is drawn, no colour that is needed, sound SVG."""

from __future__ import annotations

import importlib.util
import io
import re
import struct
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from soleus.domain.errors import OutOfRange, SoleusError
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind, Point, Series
from soleus.knowledge_store import open_measures
from soleus.reports.charts import png as png_module
from soleus.reports.charts.axes import date_ticks, day_words, nice_step, precise_words, tick_words, value_axis
from soleus.reports.charts.band import levels
from soleus.reports.charts.build import same_dates, spec_of
from soleus.reports.charts.flags import LANE, flags_of, lanes, letters
from soleus.reports.charts.frame import Frame, apart
from soleus.reports.charts.ink import width_of, wrapped
from soleus.reports.charts.overview import overview, sparkline
from soleus.reports.charts.png import png
from soleus.reports.charts.signs import unicode_on
from soleus.reports.charts.spec import Beyond, DateAxis, Event, EventKind, Threshold, ValueAxis
from soleus.reports.charts.svg import multiples, svg
from soleus.reports.charts.symbols import LOOKS
from soleus.reports.charts.terminal import block
from soleus.trends.course import Course
from soleus.trends.forecast import path
from soleus.trends.trend import trend

ROOT = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2026, 3, 2)
HEEL_RISE = Measure(
    "heel-rise", "single-leg heel rise", "repetitions", MeasureKind.COUNT, Better.MORE, 0, 300, Amount(2.3), floor=0
)  # fmt: skip
TUG = Measure("tug", "timed up and go", "s", MeasureKind.CONTINUOUS, Better.LESS, 1, 300, Amount(0.1, share=True), floor=60, log_scale=True)
GRADES = ("0", "1", "2", "3", "4-", "4", "4+", "5")
MRC = Measure("mrc", "MRC grade", "grades", MeasureKind.ORDINAL, Better.MORE, 0, 7, Amount(0.6), grades=GRADES)


def series(values, every=7, side=Side.LEFT, measure=HEEL_RISE, first=FIRST) -> Series:
    """A value every so many days; None was tried and could not be done."""
    days = (first + timedelta(days=i * every) for i in range(len(values)))
    points = (Point(d, None if v is None else float(v), side, unable=v is None) for d, v in zip(days, values, strict=True))
    return Series(measure, side, tuple(points))


def judged(*all_series, **more):
    return spec_of(all_series[0].measure, all_series, [trend(s) for s in all_series], **more)


def parsed(text):
    return ElementTree.fromstring(text)


def by_id(root, name):
    return next(e for e in root.iter() if e.get("id") == name)


def marks_in(root, side, prefix="chart"):
    """Circles and squares of a side's marks, in order of time."""
    return [e for e in by_id(root, f"{prefix}-{side}") if e.tag in (f"{SVG}circle", f"{SVG}rect")]


FALLING = (25, 24, 22, 23, 20, 21, 18, 17, 16, 14, 13, 11)
LEVEL = (24, 22, 25, 23, 24, 21, 24, 25, 22, 24, 23, 24)


# Where things stand


def test_a_frame_places_days_and_values_by_straight_lines():
    frame = Frame(50, 20, 500, 200, DateAxis(date(2026, 1, 1), date(2026, 4, 11)), ValueAxis(0, 40, ()))
    assert frame.at(date(2026, 1, 1), 40) == (50, 20)
    assert frame.at(date(2026, 4, 11), 0) == (550, 220)
    # 31 of 100 days; 10 of 40 from below.
    assert frame.at(date(2026, 2, 1), 10) == (205, 170)


def test_points_stand_at_the_right_pixel():
    # 10 days between them, one day of air at each end: 12 days. Axis from 0 to 40, as 4.5 above 30 needs the tick at 40.
    root = parsed(svg(spec_of(HEEL_RISE, [series((10, 30), every=10)])))
    plot = {k: float(by_id(root, "chart-plot").get(k)) for k in ("x", "y", "width", "height")}
    first, second = marks_in(root, "left")
    assert float(first.get("cx")) == pytest.approx(plot["x"] + plot["width"] / 12, abs=0.1)
    assert float(second.get("cx")) == pytest.approx(plot["x"] + plot["width"] * 11 / 12, abs=0.1)
    assert float(first.get("cy")) == pytest.approx(plot["y"] + plot["height"] * 0.75, abs=0.1)
    assert float(second.get("cy")) == pytest.approx(plot["y"] + plot["height"] * 0.25, abs=0.1)


@pytest.mark.parametrize(
    "change_of_clocks", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 29)]
)
def test_days_are_equally_long_when_clocks_change(change_of_clocks):
    spec = spec_of(HEEL_RISE, [series((20, 20, 20), every=1, first=change_of_clocks - timedelta(days=1))])
    xs = [float(e.get("cx")) for e in marks_in(parsed(svg(spec)), "left")]
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.11)


def test_error_bars_are_1_96_sem():
    spec = spec_of(HEEL_RISE, [series((20, 3))])
    twenty, three = spec.lines[0].marks
    assert (twenty.low, twenty.high) == pytest.approx((20 - 4.508, 20 + 4.508))
    assert (three.low, three.high) == pytest.approx((0, 7.508))  # nobody does fewer than none


def test_error_bars_of_a_share_are_longer_upwards():
    # 20 x e^(+-1.96 x 0.1)
    mark = spec_of(TUG, [series((20,), measure=TUG)]).lines[0].marks[0]
    assert (mark.low, mark.high) == pytest.approx((16.44, 24.33), abs=0.01)


def test_labels_are_moved_apart_and_no_further():
    assert apart([50, 52], 10, 0, 100) == [46, 56]
    assert apart([98, 99], 10, 0, 100) == [90, 100]
    assert apart([10, 60], 10, 0, 100) == [10, 60]


# Axes


def test_ticks_are_round():
    assert [nice_step(x) for x in (0.9, 1.0, 1.1, 2.1, 5.1, 0.03, 3400)] == [1, 1, 2, 5, 10, 0.05, 5000]
    assert (tick_words(0.8, 0.2), tick_words(12000, 2000), tick_words(5, 1)) == ("0.8", "12,000", "5")


def test_mere_error_does_not_fill_the_picture():
    # Four detectable changes of 1.96 x sqrt(2) x 2.3 = 6.4 make 25.5 repetitions, though the values differ by 2.
    axis, _ = value_axis(HEEL_RISE, [30, 32], [])
    assert axis.high - axis.low >= 25.5


def test_an_axis_stays_within_what_can_be_written_down():
    axis, _ = value_axis(HEEL_RISE, [0, 1], [])
    assert axis.low == 0
    axis, _ = value_axis(HEEL_RISE, [299, 300], [])
    assert axis.high == 300


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2025, 11, 20), date(2026, 3, 2), ["Dec 2025", "Jan 2026", "Feb", "Mar"]),
        (date(2026, 3, 2), date(2026, 3, 5), ["2 Mar 2026", "3 Mar", "4 Mar", "5 Mar"]),
        (date(2026, 3, 1), date(2026, 3, 30), ["2 Mar 2026", "9 Mar", "16 Mar", "23 Mar", "30 Mar"]),
        (date(2020, 5, 1), date(2026, 3, 1), ["2021", "2022", "2023", "2024", "2025", "2026"]),
        (date(2025, 1, 15), date(2026, 7, 2), ["Apr 2025", "Jul", "Oct", "Jan 2026", "Apr", "Jul"]),
    ],
)
def test_dates_have_round_ticks(first, last, labels):
    assert [f"{t.label} {t.year}".strip() for t in date_ticks(first, last, 6)] == labels


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(1, 40000), st.integers(2, 15))
def test_date_ticks_are_never_too_many_and_stand_within(first, days, most):
    last = min(first + timedelta(days=days), date(2199, 12, 31))
    ticks = date_ticks(first, last, most)
    assert 1 <= len(ticks) <= most
    assert all(first <= t.on <= last for t in ticks)


def test_digits_follow_the_interval():
    assert (precise_words(22.37, 14), precise_words(22.37, 1.8), precise_words(0.8213, 0.09)) == ("22", "22.4", "0.821")


# What the specification holds


def test_one_value_has_no_course_and_no_future():
    line = judged(series((20,))).lines[0]
    assert line.levels == ()
    assert line.forecast == ()


def test_where_nobody_can_tell_no_future_is_drawn():
    few = series((22, 19, 21), every=14)
    assert trend(few).course is Course.TOO_FEW
    line = judged(few, years_ahead=1).lines[0]
    assert line.levels
    assert line.forecast == ()
    assert "If things go on" not in judged(few).text


def test_levels_agree_with_the_path_of_the_forecast():
    judgement = trend(series(FALLING, every=30))
    within, ahead = levels(judgement, 0.5)
    told = path(judgement, 0.5, steps=1).levels
    for level, estimate in ((ahead[-1], told[-1]), (within[-1], judgement.level_now)):
        assert level.value == pytest.approx(estimate.value, abs=0.01)
        assert (level.low95, level.high95) == pytest.approx((estimate.low, estimate.high), abs=0.02)
    assert ahead[0] == within[-1]


def test_an_error_as_large_as_the_values_does_not_squeeze_them():
    steps = replace(HEEL_RISE, id="steps", name="steps", sem=Amount(2600), highest=100_000, floor=None, ageing_per_year=None)
    few = series([7000, 6500, 7400, 6900], every=7, measure=steps)
    many = series([7000 + 900 * (-1) ** i - 2 * i for i in range(400)], every=1, measure=steps)
    assert spec_of(steps, [few]).values.high <= 30_000
    assert spec_of(steps, [many]).values.high <= 10_000


@pytest.mark.parametrize("measure", [HEEL_RISE, TUG])
def test_eighty_lies_within_ninety_five(measure):
    judgement = trend(series((14, 15, 13, 17, 18, 19, 22, 21), every=30, measure=measure))
    for level in (found for part in levels(judgement, 0.5) for found in part):
        assert level.low95 <= level.low80 <= level.value <= level.high80 <= level.high95


def test_what_is_usual_runs_straight_between_the_rows():
    rows = [(date(2026, 3, 31), 16, 26, 36), (date(2026, 3, 1), 10, 20, 30)]
    spec = spec_of(HEEL_RISE, [series((20, 20), every=10, first=date(2026, 3, 12))], norms=rows)
    # The axis runs from 11 to 23 March: a third of the way up, and 22 of 30 days.
    first, last = spec.norm[0], spec.norm[-1]
    assert (first.on, first.low, first.expected, first.high) == (date(2026, 3, 11), 12, 22, 32)
    assert last.on == date(2026, 3, 23)
    assert last.low == pytest.approx(14.4)


def test_what_is_usual_may_be_a_function_of_the_day():
    spec = spec_of(HEEL_RISE, [series(LEVEL)], norms=lambda day: (15.0, 25.0 - (day - FIRST).days / 100, 35.0))
    assert spec.dates is not None
    assert (spec.norm[0].on, spec.norm[-1].on) == (spec.dates.first, spec.dates.last)
    assert spec.norm[-1].expected == pytest.approx(25 - (spec.dates.last - FIRST).days / 100)


def test_what_is_usual_may_be_unknown_for_some_days():
    turning_50 = FIRST + timedelta(days=30)
    spec = spec_of(HEEL_RISE, [series(LEVEL)], norms=lambda day: (15.0, 25.0, 35.0) if day >= turning_50 else None)
    assert spec.norm[0].on >= turning_50
    assert spec_of(HEEL_RISE, [series(LEVEL)], norms=lambda _: None).norm == ()


def test_what_is_far_away_is_told_and_not_drawn():
    spec = spec_of(
        HEEL_RISE, [series((20, 21))], thresholds=[Threshold(250, "a record"), Threshold(15, "the goal")], events=[Event(date(2010, 5, 1), "polio vaccine")]
    )  # fmt: skip
    assert [t.name for t in spec.thresholds] == ["the goal"]
    assert spec.events == ()
    assert "250, a record" in spec.text
    assert "1 May 2010: polio vaccine" in spec.text
    assert spec.values.high < 100


def test_events_shortly_before_the_first_value_are_drawn():
    operation = Event(FIRST - timedelta(days=20), "operation", EventKind.OPERATION)
    spec = spec_of(HEEL_RISE, [series(LEVEL)], events=[operation])
    assert spec.events == (operation,)
    assert spec.dates is not None
    assert spec.dates.first <= operation.on


def test_two_thousand_values_become_sixty_marks_that_hide_none():
    values = [10 + i % 5 for i in range(2000)]
    spec = spec_of(HEEL_RISE, [series(values, every=1)])
    marks = spec.lines[0].marks
    assert len(marks) == 60
    assert sum(m.values for m in marks) == 2000
    # 2000 days make stretches of 33 or 34 days, each with all of 10, 11, 12, 13 and 14.
    assert {(m.low, m.high) for m in marks} == {(10, 14)}
    assert {m.value for m in marks} <= {11.5, 12, 12.5}
    assert "2000 values" in spec.text
    assert len(svg(spec)) < 40_000


def test_grades_stay_grades_where_many_are_drawn_together():
    spec = spec_of(MRC, [series([3 + i % 2 for i in range(200)], every=1, measure=MRC)])
    assert {m.value for m in spec.lines[0].marks} <= {3, 4}


def test_failed_attempts_stand_at_the_floor():
    spec = spec_of(HEEL_RISE, [series((3, None, None))])
    assert [(m.value, m.unable) for m in spec.lines[0].marks] == [(3, False), (0, True), (0, True)]
    assert "Tried and not possible twice." in spec.text


def test_the_end_of_a_test_points_on():
    # A timed test that ends at 60 s: 60 means longer, and longer stands higher.
    spec = spec_of(TUG, [series((30, 60), measure=TUG)])
    assert [m.beyond for m in spec.lines[0].marks] == [Beyond.NO, Beyond.WORSE]
    assert "At the end of what the test can show once." in spec.text


def test_nothing_heel_rises_is_nothing_and_not_less():
    assert spec_of(HEEL_RISE, [series((0,))]).lines[0].marks[0].beyond is Beyond.NO


def test_a_chart_shows_one_measure_and_each_side_once():
    with pytest.raises(OutOfRange, match="one measure"):
        spec_of(HEEL_RISE, [series((20,), measure=TUG)])
    with pytest.raises(OutOfRange, match="left comes twice"):
        spec_of(HEEL_RISE, [series((20,)), series((21,))])
    with pytest.raises(OutOfRange, match="no series"):
        spec_of(HEEL_RISE, [series((20,))], [trend(series((20,), side=Side.RIGHT))])


def test_same_dates_for_charts_to_be_compared():
    early, late = spec_of(HEEL_RISE, [series((20, 21))]), spec_of(HEEL_RISE, [series((20, 21), first=date(2026, 8, 1))])
    both = same_dates([early, late, spec_of(HEEL_RISE, [])])
    assert both[0].dates == both[1].dates == DateAxis(date(2026, 3, 1), date(2026, 8, 9))
    assert both[2].dates is None


# Words


def test_the_description_says_the_numbers_of_the_picture():
    spec = judged(
        series(FALLING, every=30), thresholds=[Threshold(10, "the goal")], events=[Event(date(2026, 6, 1), "relapse", EventKind.RELAPSE)]
    )
    line = spec.lines[0]
    assert "12 values, left, from 2 Mar 2026 to 26 Jan 2027: first 25, last 11, lowest 11, highest 25." in spec.text
    assert "One value can be off by about 4.5 repetitions." in spec.text
    now = line.levels[-1]
    assert f"{now.value:.1f} (8 in 10: {now.low80:.1f} to {now.high80:.1f}; 95 in 100: {now.low95:.1f} to {now.high95:.1f})" in spec.text
    assert f"If things go on as they did: on {day_words(line.forecast[-1].on)}: {line.forecast[-1].value:.1f}" in spec.text
    assert "Line at 10: the goal." in spec.text
    assert "1 Jun 2026: relapse." in spec.text
    assert spec.text.endswith(spec.plain)
    assert "getting worse" in spec.plain


def test_each_side_has_its_sentence():
    spec = judged(series(FALLING, every=30), series(LEVEL, every=30, side=Side.RIGHT))
    assert "Left: it is" in spec.plain
    assert "Right: it is" in spec.plain


def test_a_threshold_is_told_as_it_is():
    spec = spec_of(TUG, [series((12, 14), measure=TUG)], thresholds=[Threshold(13.5, "falls")])
    assert "Line at 13.5: falls." in spec.text
    assert ">13.5<" in svg(spec)


def test_grades_are_named():
    spec = judged(series((6, 5, 5, 4, 4, 3, 2), every=30, measure=MRC))
    assert "first 4+, last 2, lowest 2, highest 4+" in spec.text
    assert [label for _, label in spec.values.ticks][-1] in ("4+", "5")


# SVG


def everything():
    return judged(
        series(FALLING, every=30), series((24, 25, 23, None, 24, 22, 25, 23, 24, 26, 24, 25), every=30, side=Side.RIGHT),
        norms=lambda _: (15.0, 25.0, 35.0), thresholds=[Threshold(10, "the <goal> & more")],
        events=[Event(date(2026, 6, 1), 'sprain "twist"', EventKind.INJURY), Event(date(2026, 6, 2), "brace"), Event(date(2026, 6, 3), "rest")],
    )  # fmt: skip


ALLOWED = {"svg", "g", "title", "desc", "defs", "pattern", "rect", "circle", "path", "line", "text"}


@pytest.mark.parametrize("width", [240, 320, 640, 900])
def test_pictures_are_sound_and_pass_a_strict_policy(width):
    for text in (svg(everything(), width=width), multiples([everything(), judged(series(LEVEL))], width=max(width, 300))):
        root = parsed(text)
        assert {e.tag.removeprefix(SVG) for e in root.iter()} <= ALLOWED
        names = {a for e in root.iter() for a in e.attrib}
        assert not [a for a in names if a in ("style", "class", "href") or a.startswith("on")]
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
        assert (root.get("role"), root.get("aria-labelledby").split()) == ("img", ids[:2])
        assert root[0].tag == f"{SVG}title"
        assert root[1].tag == f"{SVG}desc"
        assert "nan" not in text
        assert "inf" not in re.findall(r'="([^"]*)"', text)


def test_the_description_stands_in_the_picture():
    spec = everything()
    root = parsed(svg(spec))
    assert root[0].text == "Single-leg heel rise"
    assert root[1].text == spec.text


def test_prefixes_keep_the_ids_of_two_pictures_apart():
    texts = [svg(everything(), prefix=p) for p in ("left-leg", "right-leg")]
    ids = [set(re.findall(r' id="([^"]+)"', t)) for t in texts]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("width", [320, 640, 900])
def test_no_word_leaves_the_picture(width):
    root = parsed(svg(everything(), width=width))
    for text in root.iter(f"{SVG}text"):
        x, size = float(text.get("x")), float(text.get("font-size"))
        wide = width_of(text.text or "", size, text.get("font-weight") == "bold")
        start = x - {"middle": wide / 2, "end": wide}.get(text.get("text-anchor", ""), 0)
        assert start >= 0, text.text
        assert start + wide <= width, text.text
        assert 0 < float(text.get("y")) < float(root.get("height"))
        assert size >= 11


def test_sides_differ_by_shape_and_filling_not_by_colour_alone():
    looks = [(look.shape, look.hollow) for look in LOOKS.values()]
    assert len({shape for shape, _ in looks}) == len(Side)
    root = parsed(svg(everything()))
    left, right = marks_in(root, "left"), marks_in(root, "right")
    assert {e.tag for e in left} == {f"{SVG}circle"}
    assert {e.tag for e in right} == {f"{SVG}rect"}
    assert {e.get("fill") for e in right} == {"#ffffff"}
    assert "#ffffff" not in {e.get("fill") for e in left}
    # The line of the hollow side has a white core, and each line ends at its name.
    cores = [e for e in by_id(root, "chart-right") if e.tag == f"{SVG}path" and e.get("stroke") == "#ffffff"]
    assert len(cores) == 2
    assert {"left", "right"} <= {t.text for t in root.iter(f"{SVG}text")}


def test_the_future_is_dashed_and_the_past_is_not():
    root = parsed(svg(judged(series(FALLING, every=30))))
    lines = [e for e in by_id(root, "chart-left") if e.tag == f"{SVG}path"]
    assert [e.get("stroke-dasharray") for e in lines] == [None, "7 5"]


def test_the_likely_grade_goes_in_steps():
    root = parsed(svg(judged(series((6, 5, 5, 4, 4, 3, 2), every=30, measure=MRC))))
    line = next(e for e in by_id(root, "chart-left") if e.tag == f"{SVG}path")
    assert "L" not in line.get("d")
    assert "V" in line.get("d")


def test_signs_of_days_close_together_do_not_cover_each_other():
    spec = everything()
    assert spec.dates is not None
    frame = Frame(40, 60, 300, 200, spec.dates, spec.values)
    flags = flags_of(spec, letters(spec.events))
    places = list(zip((frame.x(f.on) for f in flags), lanes(flags, frame), strict=True))
    for i, (x, row) in enumerate(places):
        assert all(abs(x - other) >= LANE or row != lane for other, lane in places[i + 1 :])


def test_letters_go_on_after_z():
    events = [Event(FIRST + timedelta(days=i), "e") for i in range(28)]
    assert list(letters(events).values())[24:] == ["Y", "Z", "AA", "AB"]


def test_nothing_measured_is_said():
    for spec in (
        spec_of(HEEL_RISE, []),
        spec_of(HEEL_RISE, [Series(HEEL_RISE, Side.LEFT, ())]),
        spec_of(HEEL_RISE, [], norms=lambda _: (1, 2, 3)),
    ):
        assert "Nothing was measured yet." in spec.text
        assert "Nothing was measured yet." in svg(spec)
        assert "Nothing was measured yet." in block(spec).plain
    assert parsed(multiples([])).get("role") == "img"


def test_nothing_measured_but_an_operation_planned():
    spec = spec_of(HEEL_RISE, [], events=[Event(date(2026, 5, 1), "operation")])
    assert "operation" in svg(spec)


@pytest.mark.parametrize(
    ("low", "high", "values"), [(0, 1e9, (2.5e8, 9e8)), (0, 0.001, (0.0002, 0.0009)), (-50, 50, (-20, 31.5)), (0, 1e9, (0, 1e9))]
)
def test_extreme_values_are_drawn(low, high, values):
    measure = Measure("m", "m", "u", MeasureKind.CONTINUOUS, Better.MORE, low, high, Amount((high - low) / 100))
    root = parsed(svg(spec_of(measure, [series(values, measure=measure)])))
    plot = by_id(root, "chart-plot")
    for e in marks_in(root, "left"):
        assert float(plot.get("y")) - 0.1 <= float(e.get("cy")) <= float(plot.get("y")) + float(plot.get("height")) + 0.1


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.one_of(st.none(), st.integers(0, 300))), min_size=1, max_size=30),
    st.sampled_from([240, 320, 641, 1200]),
)
def test_every_mark_stands_within_the_plot(values, width):
    points = tuple(Point(FIRST + timedelta(days=d), None if v is None else float(v), Side.LEFT, unable=v is None) for d, v in values)
    spec = spec_of(HEEL_RISE, [Series(HEEL_RISE, Side.LEFT, points)])
    root = parsed(svg(spec, width=width))
    x, wide = (float(by_id(root, "chart-plot").get(k)) for k in ("x", "width"))
    found = marks_in(root, "left")
    assert len(found) == len(values)
    assert all(x <= float(e.get("cx")) <= x + wide for e in found)
    assert x + wide <= width
    assert all(line.cell_len <= 60 for line in block(spec, width=60).split())


def test_too_narrow_is_refused():
    with pytest.raises(OutOfRange, match="too narrow"):
        svg(everything(), width=100)
    with pytest.raises(OutOfRange, match="40 columns"):
        block(everything(), width=20)


def test_words_are_wrapped_and_numbers_keep_their_unit():
    assert wrapped("a chance of 97 % today", 10, width_of("a chance of 97", 10) + 1) == ["a chance of", "97\u00a0% today"]
    assert all(width_of(t, 10) <= 60 for t in wrapped("Unterschenkelvorderseitenmuskulatur is long", 10, 60))


def test_what_steers_a_terminal_or_breaks_xml_is_left_out():
    spec = spec_of(HEEL_RISE, [series((20, 21))], events=[Event(FIRST, "\x1b[31mred\x00\u202e\nnext")])
    assert spec.events[0].text == "[31mred next"
    assert "[31mred next" in svg(spec)
    assert "\x1b" not in block(spec).plain
    # A name that comes past the specification is cleaned as well.
    parsed(svg(replace(spec, title="a\x00b")))


# PNG


def size_of(picture):
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", picture[16:24])


def test_png_has_the_size_that_was_asked_for():
    text = svg(everything(), width=320)
    height = int(parsed(text).get("height"))
    assert size_of(png(text, scale=1)) == (320, height)
    assert size_of(png(text, scale=2)) == (640, 2 * height)


def test_png_has_its_words():
    text = svg(everything(), width=320)
    assert png(text, scale=1) != png(re.sub(r"<text[^>]*>[^<]*</text>", "", text), scale=1)


def test_png_without_any_font_is_refused(monkeypatch):
    monkeypatch.setattr(png_module, "FAMILIES", ("No Such Font",))
    png_module._family.cache_clear()
    try:
        with pytest.raises(SoleusError, match="No font"):
            png(svg(everything()))
    finally:
        png_module._family.cache_clear()


def test_png_says_which_extra_it_needs(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(SoleusError, match="track"):
        png(svg(everything()))


def test_png_refuses_what_it_cannot_draw():
    with pytest.raises(SoleusError, match="no SVG"):
        png("<p>hello</p>")
    with pytest.raises(OutOfRange, match="scale"):
        png(svg(everything()), scale=100)
    with pytest.raises(SoleusError, match="cannot be drawn"):
        png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><broken')


# Terminal


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("unicode", [True, False])
def test_blocks_fit_the_terminal(width, unicode):
    for spec in (everything(), judged(series((6, 5, 5, 4, 4, 3, 2), every=30, measure=MRC))):
        text = block(spec, width=width, unicode=unicode)
        assert all(line.cell_len <= width for line in text.split())
        assert unicode or text.plain.isascii()


def test_a_block_tells_the_judgement_the_error_and_both_sides():
    text = block(everything()).plain
    flat = " ".join(text.split())
    assert everything().plain in flat
    assert "One value can be off by about 4.5 repetitions." in text
    assert {"●", "□", "⊠", "░", "·", "╌"} <= set(text)
    assert "A 1 Jun 2026: sprain" in text
    plain = block(everything(), unicode=False).plain
    assert re.search(r"^\S* *\|.*L", plain, re.MULTILINE)
    assert re.search(r"^\S* *\|.*R", plain, re.MULTILINE)


def test_marks_of_a_block_stand_in_the_right_row():
    # Axis 0 to 40 over 8 rows of 5: 10 is in the sixth row from the top (10 up to 15 counts from below), 30 in the second.
    rows = [t.plain for t in block(spec_of(HEEL_RISE, [series((11, 32), every=10)]), height=8).split()]
    plot = [row.split("┤", 1)[1] for row in rows if "┤" in row]
    assert [i for i, row in enumerate(plot) if "●" in row] == [1, 5]
    assert plot[5].index("●") < plot[1].index("●")


def test_sparklines_rise_with_the_values():
    rising = spec_of(HEEL_RISE, [series((2, 6, 10, 14, 18, 22, 26, 30))])
    line = sparkline(rising, rising.lines[0], width=8)
    assert list(line) == sorted(line)
    assert line[0] != line[-1]
    gap = spec_of(HEEL_RISE, [series((20, None), every=10)])
    assert sparkline(gap, gap.lines[0], width=4)[1:] == "  ×"
    assert sparkline(gap, gap.lines[0], width=4, unicode=False).isascii()
    nothing = spec_of(HEEL_RISE, [series(())])
    assert sparkline(nothing, nothing.lines[0], width=4) == "    "


def test_the_overview_has_a_row_for_each_side():
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(overview([everything(), judged(series(LEVEL, side=Side.UNSTATED))]))
    text = console.export_text()
    assert "left" in text
    assert "right" in text
    assert text.count("Single-leg") == 3


def test_terminals_without_unicode_are_known():
    class Old(Console):
        encoding = "cp1252"

    assert not unicode_on(Old())


# The pictures of the documentation


def pictures_module():
    place = importlib.util.spec_from_file_location("chart_pictures", ROOT / "benchmarks" / "chart_pictures.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def test_the_pictures_of_the_documentation_are_true():
    module = pictures_module()
    page = (ROOT / "docs" / "reference" / "charts.md").read_text(encoding="utf-8")
    drawn = module.pictures()
    assert {p.name for p in module.FOLDER.glob("*.svg")} == set(drawn)
    for name, text in drawn.items():
        assert f"../images/charts/{name}" in page
        kept = (module.FOLDER / name).read_text(encoding="utf-8")
        # Other versions of the libraries may move a line by a tenth of a pixel, and no more.
        number = r"-?\d+(?:\.\d+)?"
        assert re.sub(number, "#", kept) == re.sub(number, "#", text), f"{name}: run benchmarks/chart_pictures.py, and look"
        pairs = zip(re.findall(number, kept), re.findall(number, text), strict=True)
        assert all(abs(float(a) - float(b)) <= 1 for a, b in pairs), f"{name}: run benchmarks/chart_pictures.py, and look"


def test_the_pictures_are_of_measures_as_the_catalogue_states_them():
    module = pictures_module()
    assert [open_measures()[m.id] for m in (module.HEEL_RISE, module.MRC)] == [module.HEEL_RISE, module.MRC]


def test_the_block_of_the_documentation_is_true():
    module = pictures_module()
    page = module.PAGE.read_text(encoding="utf-8")

    def without_dots(text):
        # A dot of a line may move by one; the rest may not.
        return re.sub("[\u2800-\u28ff░ ·]", " ", text)

    assert without_dots(module.in_terminal()) in without_dots(page), "run benchmarks/chart_pictures.py, and look"


def test_the_pictures_show_what_their_names_say():
    found = {name: spec.plain for name, spec in pictures_module().charts().items()}
    assert "staying about the same" in found["stable"]
    assert "getting worse" in found["declining"]
    assert "getting better" in found["recovering-after-surgery"]
    assert "Nobody can tell yet" in found["too-few"]
