"""A last value far below the others: told first, never smoothed away, and never a reason to be less in a hurry.

Source: the project's own safety rule (docs/explanation/safety.md): nothing that is added lowers an urgency. When a single value is beyond
error is the MDC95 of the measure (J. P. Weir, J Strength Cond Res 2005; recalled); that a loss of half within weeks is seen the same day is an
expert estimate. The error of heel rises, 6.3 repetitions between two values, is that of the catalogue (Hebert-Losier 2017).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soleus.cli import main
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import LEVELS, level_rank
from soleus.domain.measure import Point, Series
from soleus.interchange.casefile.read import case_of_text
from soleus.interchange.evidence import understand
from soleus.interchange.measurements.evidence import Catalogue, with_measurements
from soleus.knowledge.course_loader import load_courses
from soleus.knowledge.measure_loader import load_measures
from soleus.trends.evidence import onset_weights
from soleus.trends.sudden import sudden_fall

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def catalogue(compiled) -> Catalogue:
    measures = load_measures(compiled.kb)
    return Catalogue(measures, load_courses(compiled.kb, measures, today=TODAY))


def series(catalogue: Catalogue, measure: str, *values: tuple[int, float | None]) -> Series:
    """Values with the days before today on which they were measured."""
    points = (Point(TODAY - timedelta(days=d), v, Side.LEFT, unable=v is None) for d, v in values)
    return Series(catalogue.measures[measure], Side.LEFT, tuple(points))


def written(measure: str, side: str, values: Sequence[tuple[int, object]]) -> str:
    return "".join(f"  - {{measure: {measure}, side: {side}, value: {v}, on: {TODAY - timedelta(days=d)}}}\n" for d, v in values)


def understood(compiled, catalogue, entries: str, head: str = "age: 60\nsex: male\n"):
    case = case_of_text(f"{head}measurements:\n{entries}", TODAY)
    before = understand(case, compiled.kb, compiled.lexicon, TODAY)
    after, problems = with_measurements(case, before, compiled.kb, catalogue, TODAY)
    assert problems == []
    return after.evidence


LEVEL = [(50, 22), (40, 21), (28, 22), (12, 23)]


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("heel-rise", [*LEVEL, (0, 0)]),
        ("heel-rise", [*LEVEL, (0, None)]),
        ("heel-rise", [(4, 22), (0, 0)]),  # one value before is enough
        ("heel-rise", [*LEVEL, (0, 8)]),  # below 22 - 1.96 x 2.3 x sqrt(1 + 1/4) - 6.3 = 10.7, and less than half
        ("mrc-plantar-flexion", [(60, 12), (30, 12), (12, 12), (0, 0)]),
    ],
)
def test_a_last_value_far_below_the_others_is_a_fall(catalogue, measure, values):
    if measure.startswith("mrc"):
        best = float(len(catalogue.measures[measure].grades) - 1)
        values = [(d, best if v else 0.0) for d, v in values]
    found = sudden_fall(series(catalogue, measure, *values))
    assert found is not None
    assert (found.last, found.repeated, found.more_than_half) == (TODAY, False, True)


@pytest.mark.parametrize(
    "values",
    [
        [(30 * i, 8 + 2 * i) for i in range(8)],  # goes down steadily
        [*LEVEL, (0, 17)],  # within error
        [*LEVEL, (1, 0), (0, 22)],  # the value after a slip
        [(30 * i, 0) for i in range(11)],  # nothing for months
        [(0, 0)],
        [(20, 2), (10, 3), (0, 0)],  # from little to nothing
    ],
)
def test_what_is_usual_or_within_error_is_none(catalogue, values):
    assert sudden_fall(series(catalogue, "heel-rise", *values), 25.0) is None


def test_values_of_a_fortnight_are_one_picture(catalogue):
    found = sudden_fall(series(catalogue, "heel-rise", *LEVEL, (1, 0), (0, None)))
    assert found is not None
    assert (found.usual, found.within_days, found.repeated) == (22, 11, True)


def test_a_time_that_doubles_is_a_fall(catalogue):
    found = sudden_fall(series(catalogue, "five-times-sit-to-stand", (20, 11.0), (10, 11.5), (5, 11.2), (0, 40.0)))
    assert found is not None
    assert found.more_than_half


def test_what_fell_within_days_began_within_days(catalogue):
    found = sudden_fall(series(catalogue, "heel-rise", (4, 22), (0, 0)))
    assert found is not None
    weights = onset_weights(found)
    assert sum(weights[:2]) > sum(weights[2:])


# -- in the assessment ----------------------------------------------------------------------------------------------------


def test_values_before_a_collapse_do_not_calm(compiled, catalogue, weigh):
    """Both legs do no heel rise today. That they did 22 a few days ago makes it more urgent, not less."""
    alone = "".join(written("heel-rise", side, [(0, 0)]) for side in ("left", "right"))
    before = "".join(written("heel-rise", side, [(21, 22), (4, 21), (0, 0)]) for side in ("left", "right"))
    twice = written("heel-rise", "left", [(21, 22), (12, 21), (4, 22), (1, 0), (0, "unable")]) + written(
        "heel-rise", "right", [(21, 22), (4, 21), (0, 0)]
    )
    wanted = level_rank(weigh(understood(compiled, catalogue, alone)).triage.level)
    for entries in (before, twice):
        evidence = understood(compiled, catalogue, entries)
        assert level_rank(weigh(evidence).triage.level) >= wanted
        assert evidence.course is None, "a fall within days is no progressive course"
        assert evidence.onset is not None
        assert "measured" in evidence.onset_text


def test_a_sudden_drop_speaks_not_against_sudden_causes(compiled, catalogue):
    evidence = understood(compiled, catalogue, written("heel-rise", "left", [*LEVEL, (0, 0)]))
    assert dict(evidence.fits).get("achilles-tendon-rupture", 0.0) >= 0


def test_a_course_of_which_nobody_can_tell_is_no_evidence(compiled, catalogue):
    evidence = understood(compiled, catalogue, written("heel-rise", "left", [(30, 18), (20, 22), (0, 19)]))
    assert (evidence.course, evidence.fits, evidence.told) == (None, (), None)


TOLD = ("", "findings: [numb sole]\n", "findings: [{finding: calf weakness, since: 2025-12-01, course: progressive}]\n")
VALUES = st.lists(st.one_of(st.integers(0, 30), st.just("unable")), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VALUES, VALUES, st.lists(st.integers(1, 90), min_size=6, max_size=6), st.sampled_from(TOLD))
def test_earlier_values_never_lower_the_urgency(compiled, catalogue, weigh, left, right, steps, findings):
    entries, last = "", ""
    for side, values in (("left", left), ("right", right)):
        days = [sum(steps[: len(values) - 1 - i]) for i in range(len(values))]
        pairs = list(zip(days, values, strict=True))
        entries += written("heel-rise", side, pairs)
        last += written("heel-rise", side, pairs[-1:])
    head = f"age: 60\nsex: male\n{findings}"
    alone, with_all = (weigh(understood(compiled, catalogue, e, head)).triage.level for e in (last, entries))
    assert level_rank(with_all) >= level_rank(alone), f"{with_all} instead of {alone}"
    assert with_all in LEVELS


# -- as it is told --------------------------------------------------------------------------------------------------------


def shown(capsys, path, *options: str) -> str:
    assert main(["track", "show", str(path), *options]) == 0
    return " ".join(capsys.readouterr().out.replace("│", " ").split())


def file(tmp_path, entries: str):
    path = tmp_path / "case.yaml"
    days = (date.today() - TODAY).days
    for d in range(400):  # the command reads the clock
        entries = entries.replace(f"on: {TODAY - timedelta(days=d)}", f"@{d}@")
    for d in range(400):
        entries = entries.replace(f"@{d}@", f"on: {TODAY + timedelta(days=days - d)}")
    path.write_text(f"age: 60\nsex: male\nmeasurements:\n{entries}", encoding="utf-8")
    return path


@pytest.mark.usefixtures("opened_once")
def test_a_fall_is_told_first_and_with_what_to_do(tmp_path, capsys):
    path = file(tmp_path, written("heel-rise", "left", [*LEVEL, (0, 0)]))
    text = shown(capsys, path, "--forecast")
    assert text.index("FAR BELOW") < text.index("Measured on")
    assert "The last value, 0, is far below the others" in text
    assert "repeat it today or tomorrow" in text
    assert "the same day" in text
    assert "urine" in text
    assert "Now about" not in text
    assert "settled" not in text
    document = json.loads(shown(capsys, path, "--json"))
    assert "repeat it today" in document["alert"]
    assert document["measures"][0]["alert"] == document["alert"]
    assert document["measures"][0]["measure_again"] is None
    assert document["measures"][0]["plain"].startswith(document["alert"])


@pytest.mark.usefixtures("opened_once")
def test_a_fall_seen_twice_is_seen_today(tmp_path, capsys):
    path = file(tmp_path, written("heel-rise", "left", [(21, 22), (12, 21), (4, 22), (1, 0), (0, "unable")]))
    text = shown(capsys, path)
    assert "Be seen by a doctor today" in text
    assert "Tell a doctor soon" not in text


@pytest.mark.usefixtures("opened_once")
def test_both_legs_that_fall_at_once_are_an_emergency(tmp_path, capsys):
    """As the assessment has it: acute weakness of both legs (red flag `acute-weakness-both-legs`)."""
    entries = "".join(written("heel-rise", side, [(21, 22), (4, 21), (0, 0)]) for side in ("left", "right"))
    text = shown(capsys, file(tmp_path, entries))
    assert "go to an emergency department now" in text
    assert "side is weaker" not in text


@pytest.mark.usefixtures("opened_once")
def test_no_fall_has_no_alert(tmp_path, capsys):
    document = json.loads(shown(capsys, file(tmp_path, written("heel-rise", "left", LEVEL)), "--json"))
    assert document["alert"] is None
    assert document["measures"][0]["alert"] is None


@pytest.mark.usefixtures("opened_once")
def test_at_the_floor_no_numbers_are_told_that_nobody_can_know(tmp_path, capsys):
    nothing = [(30 * i, 0) for i in range(11)]
    text = shown(capsys, file(tmp_path, written("heel-rise", "left", nothing) + written("heel-rise", "right", nothing)))
    assert "only another test can tell" in text
    assert "A loss of up to" not in text
    assert "were lost" not in text
    assert "(0 to" not in text
    assert "may be weaker" not in text
    assert "no difference between the sides is shown" in text


@pytest.mark.usefixtures("opened_once")
def test_grades_are_named_and_their_error_is_in_thirds(tmp_path, capsys):
    """SEM of 1.1 steps: 1.96 x 1.1 = 2.2 steps of the scale, thirds of a grade: 0.7 of a grade."""
    text = shown(capsys, file(tmp_path, written("mrc-plantar-flexion", "left", [(60, 3), (30, 3), (0, 3)])), "--forecast")
    assert "2.2 grades" not in text
    assert "2.2 steps of the scale, 0.7 of a whole grade" in text
    assert "7 steps" not in text
    assert "at or below grade 3 already" in text


@pytest.mark.usefixtures("opened_once")
def test_a_level_crossed_to_the_worse_reads_as_a_loss(tmp_path, capsys):
    path = file(tmp_path, written("heel-rise", "left", [(60, 21), (45, 20), (30, 19), (15, 18), (0, 18)]))
    text = shown(capsys, path, "--forecast")
    assert "at or below 25 repetitions already" in text
    assert "reached already" not in text
