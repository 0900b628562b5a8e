"""Entries of the catalogue: values and units as people write them, tables of measurements, and the loader's faults."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from soleus import knowledge_store
from soleus.domain.errors import KnowledgeError, OutOfRange
from soleus.domain.finding import Side
from soleus.domain.measure import Amount, Better, Measure, MeasureKind
from soleus.interchange.measurements.table import read_csv
from soleus.knowledge.loader import DATA
from soleus.knowledge.measure_loader import load_measures
from soleus.knowledge_store import CARE, MEASURES, open_knowledge, open_measures

TODAY = datetime.date(2026, 11, 22)


# -- values and units -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "text", "value"),
    [
        ("heel-rise", "9", 9),
        ("gait-speed-10m", "1.05", 1.05),
        ("gait-speed-10m", "1,05", 1.05),
        ("gait-speed-10m", " 1.2 ", 1.2),
        ("daily-steps", "12 345", 12345),
        ("daily-steps", "12'345", 12345),
        ("mrc-plantar-flexion", "4-", 9),
        ("mrc-plantar-flexion", "0", 0),
        ("mrc-plantar-flexion", "5", 12),
    ],
)
def test_values_as_people_write_them(id_, text, value):
    assert open_measures()[id_].value_of(text) == value


@pytest.mark.parametrize(
    ("id_", "text", "words"),
    [
        ("heel-rise", "nine", "not a number"),
        ("heel-rise", "nan", "not a number that can be measured"),
        ("heel-rise", "1e999", "not a number that can be measured"),
        ("daily-steps", "12,345", "thousand or a decimal"),
        ("mrc-plantar-flexion", "6", "no grade of .* 4-, 4, 4\\+, 5"),
        ("mrc-plantar-flexion", "3.7", "no grade"),
    ],
)
def test_values_that_are_none(id_, text, words):
    with pytest.raises(OutOfRange, match=words):
        open_measures()[id_].value_of(text)


@pytest.mark.parametrize(
    ("id_", "value", "unit", "expected"),
    [
        ("gait-speed-10m", 3.6, "km/h", 1.0),
        ("gait-speed-10m", 3, "MPH", 1.34112),  # 1 mile is 1609.344 m
        ("gait-speed-10m", 60, "m/min", 1.0),
        ("six-minute-walk", 1000, "ft", 304.8),
        ("dynamometry-knee-flexion", 20, "kgf", 196.133),  # 1 kgf is 9.80665 N
        ("dynamometry-knee-flexion", 10, "lbf", 44.48222),
        ("calf-circumference", 14, "in", 35.56),
        ("grip", 60, "lb", 27.2155),
        ("calf-circumference", 35.5, "", 35.5),
        ("calf-circumference", 35.5, "cm", 35.5),
    ],
)
def test_units(id_, value, unit, expected):
    assert open_measures()[id_].in_unit(value, unit) == pytest.approx(expected, rel=1e-5)


def test_an_unknown_unit_names_the_known_ones():
    with pytest.raises(OutOfRange, match="Known here: cm, mm, in, inch"):
        open_measures()["calf-circumference"].in_unit(3, "ells")


@pytest.mark.parametrize(
    ("id_", "value", "side", "words"),
    [
        ("heel-rise", 400, Side.LEFT, "Plausible is 0 to 120 repetitions"),
        ("heel-rise", -1, Side.LEFT, "Plausible is 0 to 120"),
        ("heel-rise", 9, Side.UNSTATED, "Say left or right"),
        ("heel-rise", 9, Side.BOTH, "Say left or right"),
        ("timed-up-and-go", 9, Side.LEFT, "has no side"),
        ("mrc-plantar-flexion", 4.5, Side.LEFT, "rank of no grade"),
        ("mrc-plantar-flexion", 13, Side.LEFT, "rank of no grade"),
    ],
)
def test_what_cannot_have_been_measured_is_refused(id_, value, side, words):
    with pytest.raises(OutOfRange, match=words):
        open_measures()[id_].check(value, side)


def test_pain_may_have_a_side_or_none():
    for side in (Side.LEFT, Side.BOTH, Side.UNSTATED):
        open_measures()["pain-nrs"].check(3, side)


# -- published errors of measurement ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sem", "published", "rounding"),
    [
        (14.0, 38.8, 0.05),  # Knak 2017, six-minute walk in neuromuscular disease
        (4.9, 13.7, 0.15),  # the same, two-minute walk
        (15.3, 42.5, 0.15),  # Bohannon 2015, two-minute walk
        (0.9, 2.5, 0.05),  # Goldberg 2012, five-times sit-to-stand
        (8.7, 24.1, 0.05),  # Goldberg 2011, single-leg stance
    ],
)
def test_minimal_detectable_change_from_the_sem_as_published(sem, published, rounding):
    """MDC95 = 1.96 x sqrt(2) x SEM."""
    plain = Measure("m", "m", "u", MeasureKind.CONTINUOUS, Better.MORE, 0, 1000, sem=Amount(sem))
    assert plain.mdc95_at(100) == pytest.approx(published, abs=rounding)


def test_sem_of_heel_rises_from_the_limits_of_agreement():
    """Hébert-Losier 2017: -6.2 to 6.5 in 32 people a week apart; half width 6.35 = 1.96 x SD of differences."""
    entry = open_measures()["heel-rise"]
    assert entry.sem.value == pytest.approx(6.35 / 1.96 / 2**0.5, abs=0.05)
    assert entry.mdc95_at(20) == pytest.approx(6.3)


# -- tables -----------------------------------------------------------------------------------------------------------


def table(folder: Path, text: str | bytes):
    path = folder / "values.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path, open_measures(), TODAY)


def test_columns_in_any_order_names_and_units(tmp_path):
    rows, problems = table(
        tmp_path,
        "on,value,unit,measure,side,note,aid,who\n"
        "2026-09-01,9,,heel-rise,left,,,me\n"
        '2026-09-01,4,km/h,Walking speed,,"slow, and tired",stick,physio\n'
        "2026-09-02,4-,,plantar flexion strength,R,,,\n"
        "2026-09-03,unable,,five times sit to stand,,,,\n",
    )
    assert not problems
    heel, speed, grade, chair = rows
    assert (heel.measure, heel.point.value, heel.point.side, heel.who) == ("heel-rise", 9, Side.LEFT, "me")
    assert speed.measure == "gait-speed-10m"
    assert speed.point.value == pytest.approx(1.1111, abs=1e-4)
    assert (speed.point.note, speed.point.aid, speed.point.side) == ("slow, and tired", "stick", Side.UNSTATED)
    assert (grade.measure, grade.point.value, grade.point.side) == ("mrc-plantar-flexion", 9, Side.RIGHT)
    assert (chair.point.unable, chair.point.value, chair.line) == (True, None, 5)


def test_semicolons_with_decimal_commas_as_spreadsheets_of_half_europe_write_them(tmp_path):
    rows, problems = table(tmp_path, "\ufeffMeasure;Value;Side;Date\r\n\r\ncalf-circumference;35,5;left;2026-09-01\r\n;;;\r\n")
    assert not problems
    assert [r.point.value for r in rows] == [35.5]


def test_tabs(tmp_path):
    rows, _ = table(tmp_path, "measure\tvalue\ton\nsix-minute-walk\t420\t2026-09-01\n")
    assert rows[0].point.value == 420


def test_every_fault_with_its_line_and_the_good_rows_stay(tmp_path):
    rows, problems = table(
        tmp_path,
        "measure,value,side,on,unit\n"
        "heel-rize,9,left,2026-09-01,\n"
        "heel-rise,400,left,2026-09-01,\n"
        "heel-rise,9,,2026-09-01,\n"
        "heel-rise,9,middle,2026-09-01,\n"
        "heel-rise,9,left,2026-13-01,\n"
        "heel-rise,9,left,2027-01-01,\n"
        "heel-rise,,left,2026-09-01,\n"
        "heel-rise,9,left,2026-09-01,dozen\n"
        "calf-circumference,unable,left,2026-09-01,\n"
        "heel-rise,9,left,2026-09-01,,extra\n"
        "timed-up-and-go,12,left,2026-09-01,\n"
        "heel-rise,9,left,2026-09-01,\n"
        "heel-rise,9,left,2026-09-01,\n"
        ",x,upwards,soon,\n",
    )
    assert [r.line for r in rows] == [13]
    told = [(p.line, p.where, p.what + " " + p.cure) for p in problems]
    for line, where, words in [
        (2, "measure", "Did you mean heel-rise"),
        (3, "value", "Plausible is 0 to 120 repetitions"),
        (4, "value", "Say left or right"),
        (5, "side", "left, right, both, or nothing"),
        (6, "on", "year-month-day"),
        (7, "on", "lies in the future"),
        (8, "value", "is missing"),
        (9, "value", "Known here: repetitions"),
        (10, "value", "no worst value"),
        (11, "", "6 cells, and there are 5 columns"),
        (12, "value", "has no side"),
        (14, "", "says the same as line 13"),
        (15, "measure", "is missing"),
        (15, "side", "no side"),
        (15, "on", "no date"),
    ]:
        assert any(at == line and place == where and words in text for at, place, text in told), (line, where, words)
    assert len(told) == 15


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("measure,value\nheel-rise,9\n", "does not name on"),
        ("measure,value,on,colour\n", "no column"),
        ("measure,value,valeu,on\n", "Did you mean value"),
        ("measure,value,on,date\n", "stands twice"),
        (b"measure,value,on\n\xff\xfe", "not UTF-8"),
        (b"\x00\x01", "control character"),
        ("measure,value,on\nheel-rise,9,2026-09-01" + "x" * 200_000, "is not a table"),
        ("measure,value,on,note\nheel-rise,9,2026-09-01," + "x" * 600, "longer than 500"),
    ],
)
def test_what_is_no_table_of_measurements(tmp_path, text, words):
    rows, problems = table(tmp_path, text)
    assert not rows
    assert any(words in f"{p.what} {p.cure}" for p in problems), [str(p) for p in problems]


def test_a_file_that_is_not_there(tmp_path):
    rows, problems = read_csv(tmp_path / "none.csv", open_measures(), TODAY)
    assert (rows, problems[0].what) == ([], "cannot be read: No such file or directory.")


# -- the loader -------------------------------------------------------------------------------------------------------


def faults_of(folder: Path, **changes):
    """Problems of a heel rise that was changed; a key with the value None is taken away."""
    data = yaml.safe_load((DATA / "measures" / "heel-rise.yaml").read_text(encoding="utf-8")) | changes
    (folder / "measures").mkdir(exist_ok=True)
    text = yaml.safe_dump({k: v for k, v in data.items() if v is not None}, allow_unicode=True)
    (folder / "measures" / "heel-rise.yaml").write_text(text, encoding="utf-8")
    try:
        load_measures(open_knowledge().kb, folder, datetime.date(2026, 11, 23))
    except KnowledgeError as error:
        return [str(p) for p in error.problems]
    return []


def test_the_heel_rise_unchanged_has_no_fault(tmp_path):
    assert faults_of(tmp_path) == []


ESTIMATE = {"estimate": "for a test"}
NORM = {"population": "somebody", "support": ESTIMATE}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sme": {"value": 2}}, "Did you mean sem"),
        ({"sem": None}, "sem"),
        ({"sem": {"value": 0}}, "error of measurement does not exist"),
        ({"sem": {"value": -1}}, "no size"),
        ({"sem": {"value": 2.3, "ref": "hebert-losier-2107", "at": "x"}, "mdc95": None}, "Did you mean hebert-losier-2017"),
        ({"sem": {"value": 2.3}, "mdc95": None}, "nobody published this number"),
        ({"sem": {"value": 2.3, "ref": "hebert-losier-2017"}}, "sem.at: is missing"),
        ({"sem": {"value": 2.3, "ref": "hebert-losier-2017", "at": "x", "form": 1}}, "form"),
        ({"mdc95": {"value": 12, "ref": "hebert-losier-2017", "at": "x"}}, "does not follow from the SEM"),
        ({"mcid": {"value": 100, "because": "x"}}, "more than half"),
        ({"plausible": [0, 500]}, "does not lie within"),
        ({"kind": "counts"}, "kind"),
        ({"grades": ["0", "1"]}, "grades belong to an ordinal measure"),
        ({"steps": ["one"]}, "2 to 10 steps"),
        ({"who": []}, "names nobody"),
        ({"group": "questionnaire"}, "licence"),
        ({"units": {"dozen": 0}}, "factors above 0"),
        ({"floor": -3}, "floor or ceiling -3"),
        ({"thresholds": [{"value": 900, "name": "x", "lay": "x", "support": ESTIMATE}]}, "900 is outside the measure"),
        ({"thresholds": [{"value": 1, "name": "x", "lay": "x", "support": {"ref": "nobody-1900", "at": "x"}}]}, 'source "nobody-1900"'),
        ({"norms": [{**NORM, "rows": [{"ages": [20, 30], "mean": 500, "sd": 3}]}]}, "500 at 20 to 30 years is not plausible"),
        ({"norms": [{**NORM, "rows": [{"ages": [20, 30], "mean": 30}]}]}, "how far people spread"),
        ({"norms": [{**NORM, "equations": [{"ages": [20, 80], "constant": 900, "factors": {"age": 1}, "sd": 5}]}]}, "not plausible"),
        ({"norms": [{**NORM, "rows": [{"ages": [20, 40], "mean": 3, "sd": 1}, {"ages": [30, 50], "mean": 3, "sd": 1}]}]}, "overlap"),
        ({"norms": [{**NORM, "equations": [{"ages": [20, 80], "constant": 9, "factors": {"shoe_size": 1}, "sd": 5}]}]}, "shoe_size"),
        ({"figure": {"base": "standing", "start": {"kneee": 3}}}, "Did you mean knee"),
        ({"review": {"clinician": "none yet", "checked_against_source": "2025-01-01", "next": "2026-01-01"}}, "was due on 2026-01-01"),
    ],
)
def test_a_fault_in_an_entry_stops_the_load_in_words(tmp_path, changes, words):
    told = faults_of(tmp_path, **changes)
    assert any(words in text for text in told), told
    assert all("measures/heel-rise.yaml" in text for text in told)


def test_an_assessment_does_not_look_at_the_measures():
    """Its cache stays fresh whatever changes there; that of the measures does not."""
    for skipped, seen in (({CARE, MEASURES}, False), ({CARE}, True)):
        folders = {Path(name).parent for name, _, _ in knowledge_store._files(skipped | {"__pycache__"})}
        assert (DATA / "measures" in folders) == seen


def test_a_name_leads_to_one_measure(tmp_path):
    (tmp_path / "measures").mkdir()
    text = (DATA / "measures" / "heel-rise.yaml").read_text(encoding="utf-8")
    (tmp_path / "measures" / "other.yaml").write_text(text.replace("name: Single-leg heel rise", "name: Other"), encoding="utf-8")
    assert any('"calf raises" is a name of heel-rise already' in told for told in faults_of(tmp_path))


def test_a_file_that_is_no_mapping(tmp_path):
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "empty.yaml").write_text("- a list\n", encoding="utf-8")
    assert any("empty.yaml" in told and "holds no mapping" in told for told in faults_of(tmp_path))
