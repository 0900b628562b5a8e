"""`soleus track`: recording keeps the file, undo brings it back, faults are told in words, the result keeps its promised shape."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soleus.cli import main
from soleus.domain.errors import CaseError
from soleus.domain.measure import with_unit
from soleus.interchange.measurements.edit import parsed, with_changes, with_entries, without
from soleus.interchange.measurements.file import open_file, save, undo

pytestmark = pytest.mark.usefixtures("opened_once")

CASE = """\
# Ada, since spring
schema:   soleus/case/1
age: 58      # in May
sex: female
findings:
    - {finding:  calf weakness,   side: left}   # tired on stairs
measurements:
  # with the clock in the kitchen
  - {measure: heel-rise, side: left, value: 18, on: 2026-01-10}   # first
  - measure: heel-rise
    side: right
    value: 22     # as ever
    on: 2026-01-10

  - {measure: heel-rise, side: left, value: 16, on: 2026-02-10}
goals: [climb stairs without the rail]   # soon
"""
BY_MONTH = ((1, 18), (2, 16), (3, 14), (4, 12), (5, 10), (6, 8))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


@pytest.fixture
def run(capsys):
    def command(*arguments: object) -> tuple[int, str, str]:
        code = main(["track", *map(str, arguments)])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return command


def falling(path: Path, side: str = "left") -> Path:
    lines = "".join(f"  - {{measure: heel-rise, side: {side}, value: {v}, on: 2026-0{m}-10}}\n" for m, v in BY_MONTH)
    path.write_text(f"age: 58\nsex: female\nfindings: [calf weakness]\nmeasurements:\n{lines}", encoding="utf-8")
    return path


# -- recording ------------------------------------------------------------------------------------------------------------


def test_add_adds_one_line_and_touches_no_other(case, run):
    code, out, _ = run("add", case, "heel rises", "9", "--side", "left", "--on", "2026-09-01", "--by", "Eve", "--note", "it's: cold, # wet")
    assert code == 0
    assert "Single-leg heel rise, left: 9 repetitions on 2026-09-01" in out
    new = case.read_text(encoding="utf-8").splitlines()
    added = "  - {measure: heel-rise, side: left, value: 9, on: 2026-09-01, by: Eve, note: 'it''s: cold, # wet'}"
    assert added in new
    new.remove(added)
    assert new == CASE.splitlines()


def test_undo_brings_back_every_byte_and_can_itself_be_undone(tmp_path, run):
    path = tmp_path / "case.yaml"
    for data in (CASE.encode(), CASE.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + CASE.encode(), b"age: 58"):
        path.write_bytes(data)
        assert run("add", path, "heel-rise", "9", "--side", "left", "--on", "2026-09-01")[0] == 0
        changed = path.read_bytes()
        assert changed != data
        assert run("undo", path)[0] == 0
        assert path.read_bytes() == data
        assert run("undo", path)[0] == 0
        assert path.read_bytes() == changed


def test_undo_takes_nothing_back_from_a_file_that_was_changed_by_hand(case, run):
    run("add", case, "heel-rise", "9", "--side", "left", "--on", "2026-09-01")
    by_hand = case.read_text(encoding="utf-8") + "narrative: written since\n"
    case.write_text(by_hand, encoding="utf-8")
    code, _, err = run("undo", case)
    assert code == 10
    assert "changed by other means" in err
    assert case.read_text(encoding="utf-8") == by_hand


def test_undo_without_a_change_says_so(case, run):
    code, _, err = run("undo", case)
    assert code == 10
    assert "no change" in err


def test_what_undo_keeps_holds_no_more_than_the_change(case, run, monkeypatch, tmp_path):
    monkeypatch.setenv("SOLEUS_CACHE", str(tmp_path / "own"))
    file = open_file(str(case))
    assert save(file, with_entries(file.text, [{"measure": "heel-rise", "value": 9, "on": date(2026, 9, 1)}]), "add")
    (kept,) = (tmp_path / "own" / "undo").iterdir()
    text = kept.read_text(encoding="utf-8")
    assert "heel-rise" in text
    assert "Ada" not in text
    assert "calf weakness" not in text
    assert kept.stat().st_mode & 0o077 == 0
    assert undo(str(case)) == "add"
    assert case.read_text(encoding="utf-8") == CASE


def test_a_cache_that_cannot_be_written_costs_the_undo_and_not_the_measurement(case, run, monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    run("measures")
    monkeypatch.setenv("SOLEUS_CACHE", str(blocked / "below"))
    file = open_file(str(case))
    assert save(file, with_entries(file.text, [{"measure": "grip", "value": 30, "on": date(2026, 9, 1)}]), "add") is False
    assert "grip" in case.read_text(encoding="utf-8")


def test_a_file_that_somebody_else_changes_meanwhile_is_left_alone(case):
    file = open_file(str(case))
    case.write_text(CASE + "narrative: new\n", encoding="utf-8")
    with pytest.raises(CaseError, match="changed by somebody else"):
        save(file, CASE, "add")
    assert case.read_text(encoding="utf-8").endswith("narrative: new\n")


def test_the_file_keeps_its_permissions_and_a_link_its_target(case, tmp_path, run):
    case.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(case)
    assert run("add", link, "grip", "30", "--side", "left", "--on", "2026-09-01")[0] == 0
    assert link.is_symlink()
    assert case.stat().st_mode & 0o777 == 0o640
    assert "grip" in case.read_text(encoding="utf-8")


def test_edit_changes_one_value_and_keeps_its_comment(case, run):
    code, out, _ = run("edit", case, "2", "--value", "21")
    assert code == 0
    assert "right: 21 repetitions" in out
    assert case.read_text(encoding="utf-8") == CASE.replace("value: 22     # as ever", "value: 21     # as ever")
    assert run("edit", case, "1", "--on", "2026-01-11", "--note", "after lunch")[0] == 0
    line = "  - {measure: heel-rise, side: left, value: 18, on: 2026-01-11, note: after lunch}   # first"
    assert line in case.read_text(encoding="utf-8").splitlines()


def test_edit_to_unable_and_back(case, run):
    assert run("edit", case, "1", "--unable")[0] == 0
    assert "value: unable" in case.read_text(encoding="utf-8")
    assert run("edit", case, "1", "--value", "18")[0] == 0
    assert case.read_text(encoding="utf-8") == CASE


def test_remove_takes_one_entry_and_keeps_comments_of_their_own(case, run):
    assert run("remove", case, "2")[0] == 0
    text = case.read_text(encoding="utf-8")
    assert "right" not in text
    assert "# with the clock in the kitchen" in text
    assert run("remove", case, "2")[0] == 0
    assert run("remove", case, "1")[0] == 0
    assert parsed(case.read_text(encoding="utf-8")).value["measurements"] is None
    assert "# with the clock in the kitchen" in case.read_text(encoding="utf-8")


def test_a_value_in_another_unit_is_kept_as_typed_and_read_in_metres_a_second(case, run):
    assert run("add", case, "gait-speed-10m", "3,6", "--unit", "km/h", "--on", "2026-09-01")[0] == 0
    assert "{measure: gait-speed-10m, value: 3.6, unit: km/h, on: 2026-09-01}" in case.read_text(encoding="utf-8")
    listed = json.loads(run("list", case, "--json")[1])["measurements"]
    assert listed[-1]["value"] == pytest.approx(1.0)
    assert listed[-1]["unit"] == "m/s"


def test_grades_are_written_as_grades(case, run):
    assert run("add", case, "mrc-plantar-flexion", "4-", "--side", "left", "--on", "2026-09-01")[0] == 0
    assert "value: 4-, on: 2026-09-01}" in case.read_text(encoding="utf-8")
    assert json.loads(run("list", case, "--json")[1])["measurements"][-1]["grade"] == "4-"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("heel-ris", "9", "--side", "left"), "Did you mean heel-rise"),
        (("blood sugar", "9"), "is not a measure that Soleus knows"),
        (("heel-rise", "nine", "--side", "left"), "is not a number"),
        (("heel-rise", "150", "--side", "left"), "Plausible is 0 to 120"),
        (("heel-rise", "999", "--side", "left", "--force"), "outside 0 to 300"),
        (("heel-rise", "-1", "--side", "left", "--force"), "outside 0 to 300"),
        (("heel-rise", "9"), "Say left or right"),
        (("heel-rise", "9,5", "--side", "left"), "is no count"),
        (("heel-rise", "12.5", "--side", "left"), "is no count"),
        (("six-minute-walk", "400", "--side", "left"), "has no side"),
        (("heel-rise", "9", "--side", "left", "--on", "2999-01-01"), "lies in the future"),
        (("heel-rise", "9", "--side", "left", "--on", "1700-01-01"), "too long ago"),
        (("heel-rise", "9", "--side", "left", "--on", "2026-02-30"), "is not a date"),
        (("heel-rise", "9", "--side", "left", "--on", "last week"), "is not a date"),
        (("heel-rise", "9", "--side", "left", "--unit", "kg"), "is no unit of"),
        (("mrc-plantar-flexion", "6", "--side", "left"), "is no grade of"),
        (("mrc-plantar-flexion", "4", "--side", "left", "--unit", "kg"), "without a unit"),
        (("heel-rise", "--side", "left"), "give a value"),
        (("heel-rise", "9", "--unable", "--side", "left"), "give a value"),
        (("heel-rise", "18", "--side", "left", "--on", "2026-01-10"), "stands in the file already, as entry 1"),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_words(case, run, arguments, said):
    before = case.read_bytes()
    code, out, err = run("add", case, *arguments)
    assert code == 2
    assert said in err
    assert out == ""
    assert case.read_bytes() == before


def test_force_takes_an_unusual_value(case, run):
    assert run("add", case, "heel-rise", "150", "--side", "left", "--on", "2026-09-01", "--force")[0] == 0
    assert run("list", case)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("edit", "9", "--value", "3"), 2, "There is no entry 9"),
        (("edit", "0", "--value", "3"), 2, "There is no entry 0"),
        (("edit", "1"), 2, "nothing to change"),
        (("edit", "1", "--value", "16", "--on", "2026-02-10"), 2, "stands in the file already, as entry 3"),
        (("edit", "1", "--value", "999"), 2, "outside 0 to 300"),
        (("edit", "1", "--unit", "kg"), 2, "belongs to a new value"),
        (("edit", "1", "--value", "3", "--unable"), 2, "stands beside"),
        (("remove", "9"), 2, "has no entry 9"),
        (("remove", "0"), 2, "has no entry 0"),
    ],
)
def test_entries_that_do_not_exist_and_changes_that_cannot_be(case, run, arguments, code, said):
    before = case.read_bytes()
    command, number, *rest = arguments
    got, _, err = run(command, case, number, *rest)
    assert got == code
    assert said in err
    assert case.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read"),
        ("age: [", "not valid YAML"),
        ("- a\n- b\n", "not a case"),
        ("age: 58\nmeasurements: 7\n", "list is needed"),
        ("age: 58\nmeasurements:\n  - {measure: heel-rise, side: left, value: 900, on: 2026-01-01}\n", "outside 0 to 300"),
        ("age: 58\nmeasurements:\n  - {measure: heel-rise, side: left, value: many, on: 2026-01-01}\n", "is not a number"),
        ("age: 58\nmeasurements:\n  - {measure: heel-rise, sid: left, value: 9, on: 2026-01-01}\n", "not a key"),
        ("age: 58\nmeasurements:\n  - {measure: heel-rise, side: left, value: 9, on: 2999-01-01}\n", "future"),
        ("age: 581\n", "not a possible age"),
        ("age: 58\nheight_cm: 17\n", "height in centimetres"),
    ],
)
@pytest.mark.parametrize("command", [("add", "heel-rise", "9", "--side", "left"), ("show",), ("list",), ("next", "heel-rise")])
def test_a_case_at_fault_is_told_with_exit_code_10(tmp_path, run, text, said, command):
    path = tmp_path / "case.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    name, *rest = command
    code, _, err = run(name, path, *rest)
    assert code == 10
    assert said in err
    assert not path.exists() or path.read_text(encoding="utf-8") == text


def test_standard_input_can_be_shown_and_not_changed(run):
    code, _, err = run("add", "-", "heel-rise", "9", "--side", "left")
    assert code == 10
    assert "standard input" in err


# -- any layout of the file -----------------------------------------------------------------------------------------------

LAYOUTS = {
    "none": "age: 58 # y\nfindings: [calf weakness]\n",
    "no line end": "age: 58 # y\nfindings: [calf weakness]",
    "empty": "age: 58 # y\nmeasurements:   # mine\n\n# c\ngoals: [x]\n",
    "empty at the end": "age: 58 # y\nmeasurements:",
    "null": "age: 58 # y\nmeasurements: null # n\ngoals: [x]\n",
    "brackets": "age: 58 # y\nmeasurements: [] # n\n",
    "brackets in a line": "age: 58 # y\nmeasurements: [{measure: a, value: 1}, {measure: b, value: 2},] # n\ngoals: [x]\n",
    "brackets in lines": "measurements: [\n  {measure: a, value: 1}, # one, 1\n  {measure: b,\n   value: 2} # two\n  # end\n]\nage: 58 # y\n",
    "lines": "# top\nmeasurements:\n# zero\n- {measure: a, value: 1}   # one\n\n# between\n- measure: b\n  # inner\n  value: 4-\n"
    "  note: |\n    several\n    # lines\n\n# after\n- {measure: c, value: 3}\nage: 58 # z\n",
    "windows": "measurements:\r\n    - {measure: a, value: 1}   # one\r\n    -   measure: b\r\n        value: 2\r\nage: 58 # y\r\n",
    "json": '{"age": 58,\n "measurements": [\n  {"measure": "a", "value": 1},\n  {\n   "measure": "b",\n   "value": 2\n  }\n ],\n "id": "x"\n}\n',
    "json in a line": '{"age": 58, "measurements": [{"measure": "a", "value": 1}]}',
    "json without": '{\n  "age": 58\n}\n',
    "end of document": "age: 58 # y\n...\n",
    "indented": "  age: 58 # y\n  findings: [x]\n",
    "unicode": "age: 58 # 😀 é\nid: 😀\nmeasurements:\n- {measure: a, value: 1, note: 'ü 😀'} # 😀\n# é\n",
}
ENTRY = st.fixed_dictionaries(
    {
        "measure": st.sampled_from(["heel-rise", "grip"]),
        "value": st.sampled_from([9, 9.5, "4-", "unable", "4"]),
        "on": st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        "note": st.text(
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\x85"), max_size=12
        ),
    }
)
CHANGE = st.one_of(
    st.tuples(st.just("add"), ENTRY),
    st.tuples(
        st.just("edit"), st.tuples(st.integers(0, 9), st.sampled_from(["value", "note", "by"]), st.sampled_from([3, "x: y", "4-", "#"]))
    ),
    st.tuples(st.just("remove"), st.integers(0, 9)),
)


def entries_of(text: str) -> list[dict[str, object]]:
    return parsed(text).value.get("measurements") or []


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(changes=st.lists(CHANGE, max_size=8))
def test_any_sequence_of_changes_keeps_every_other_line(layout, changes):
    text = LAYOUTS[layout]
    expected = [dict(e) for e in entries_of(text)]
    past: list[tuple[str, str]] = []
    for kind, what in changes:
        before = text
        if kind == "add":
            text = with_entries(text, [what])
            expected.append(what)
        elif not expected:
            continue
        elif kind == "edit":
            number, key, value = what
            text = with_changes(text, number % len(expected), {key: value})
            expected[number % len(expected)] = {**expected[number % len(expected)], key: value}
        else:
            text = without(text, what % len(expected))
            del expected[what % len(expected)]
        past.append((before, text))
    in_json = layout.startswith("json")
    assert entries_of(text) == [{k: v.isoformat() if in_json and isinstance(v, date) else v for k, v in e.items()} for e in expected]
    others = {k: v for k, v in parsed(LAYOUTS[layout]).value.items() if k != "measurements"}
    assert {k: v for k, v in parsed(text).value.items() if k != "measurements"} == others
    kept = [line.strip().rstrip(",") for line in text.splitlines()]
    for line in LAYOUTS[layout].splitlines():
        plain = line.strip().rstrip(",")
        if plain.startswith(("#", "age", '"age', "goals", "findings", "id")) and plain != "# lines" and "measurements" not in plain:
            assert plain in kept
    if in_json:
        json.loads(text)


def test_a_layout_that_cannot_be_changed_in_place_is_refused_and_not_spoilt():
    text = "age: 58\nmeasurements:\n  - measure: a\n    value: 1\n    note: |\n      no line end"
    with pytest.raises(CaseError, match="cannot change without touching the rest"):
        with_entries(text, [{"measure": "b", "value": 2}])


# -- showing --------------------------------------------------------------------------------------------------------------


def test_show_json_keeps_the_promised_shape(tmp_path, run):
    code, out, _ = run("show", falling(tmp_path / "c.yaml"), "--json", "--forecast")
    assert code == 0
    document = json.loads(out)
    assert document["schema"] == "soleus/trend/1"
    (measure,) = document["measures"]
    assert {
        "measure", "side", "unit", "points", "norm", "mdc95", "mcid", "slope_per_year", "probability_of_real_decline",
        "probability_of_important_decline", "course", "plain",
    } <= measure.keys()  # fmt: skip
    assert (measure["measure"], measure["side"], measure["unit"]) == ("heel-rise", "left", "repetitions")
    assert [(p["on"], p["value"]) for p in measure["points"]] == [(f"2026-0{m}-10", v) for m, v in BY_MONTH]
    # Published: 95 % limits of -6.2 to 6.5, so two single values differ by 6.3 beyond error; 21 rises are usual at 58 for a woman.
    assert measure["mdc95"] == pytest.approx(6.3)
    assert measure["norm"]["expected"] == pytest.approx(21)
    assert measure["norm"]["percentile"] < 5
    assert "Hébert-Losier" in measure["norm"]["source"] + measure["sources"]["sem"]
    # Ten rises in five months are 24 a year.
    low, high = measure["slope_per_year"]["ci95"]
    assert low < -24 < high < 0
    assert measure["course"] == "progressive"
    assert measure["probability_of_real_decline"] > 0.9
    assert [f["threshold"] for f in measure["forecast"]] == [25, 1]
    assert {"course", "probability_of_real_decline"} <= document["overall"].keys()


def test_every_key_is_in_the_reference(tmp_path, run):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "trend-json.md").read_text(encoding="utf-8")
    document = json.loads(run("show", falling(tmp_path / "c.yaml"), "--json", "--forecast")[1])
    (measure,) = document["measures"]
    parts = [document, measure, document["overall"], measure["norm"], *measure["points"], *measure["forecast"], *measure["turns"]]
    for key in {key for part in parts for key in part}:
        assert f"`{key}`" in page or f"`{key}." in page, key


def test_the_shown_measures_are_a_subset_if_one_is_asked_for(case, run):
    run("add", case, "grip", "30", "--side", "left", "--on", "2026-02-01")
    assert {m["measure"] for m in json.loads(run("show", case, "--json")[1])["measures"]} == {"heel-rise", "grip"}
    assert {m["measure"] for m in json.loads(run("show", case, "--json", "--measure", "grip strength")[1])["measures"]} == {"grip"}
    code, _, err = run("show", case, "--measure", "tug")
    assert code == 2
    assert "Measured: heel-rise, grip" in err


def test_two_points_cannot_tell_yet_and_say_when_to_measure_again(case, run):
    code, out, _ = run("show", case)
    assert code == 0
    assert "CANNOT TELL YET" in out
    assert "settled" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_fall_is_called_one_and_asks_to_be_seen(tmp_path, run):
    out = run("show", falling(tmp_path / "c.yaml"))[1]
    assert "GETTING WORSE" in out
    assert "Tell a doctor soon" in out
    assert max(map(len, out.splitlines())) <= 80


def test_both_sides_are_compared(tmp_path, run):
    path = falling(tmp_path / "c.yaml")
    for month, _ in BY_MONTH:
        assert run("add", path, "heel-rise", 22, "--side", "right", "--on", f"2026-0{month}-10")[0] == 0
    (sides,) = json.loads(run("show", path, "--json")[1])["sides"]
    assert sides["weaker"] == "left"
    assert "the left side is weaker" in sides["plain"]


def test_pictures_are_written_and_never_over_others(tmp_path, run):
    path = falling(tmp_path / "c.yaml")
    picture = tmp_path / "a.svg"
    assert run("show", path, "--svg", picture)[0] == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    code, _, err = run("show", path, "--svg", picture)
    assert (code, "exists already" in err) == (2, True)
    assert run("show", path, "--svg", picture, "--force")[0] == 0
    assert run("show", path, "--svg", tmp_path / "a.png")[0] == 2
    assert run("show", path, "--svg", tmp_path / "none" / "a.svg")[0] == 2


def test_entries_that_are_not_known_are_told_and_never_dropped(tmp_path, run):
    path = falling(tmp_path / "c.yaml")
    path.write_text(
        path.read_text(encoding="utf-8") + "  - {measure: heel-rize, value: 3, on: 2026-07-01}\n  - {measure: grip, value: 30}\n", "utf-8"
    )
    document = json.loads(run("show", path, "--json")[1])
    assert document["not_understood"] == [
        'measurement 7: "heel-rize" is not a measure that Soleus knows. Did you mean heel-rise?',
        "measurement 8: grip has no date.",
    ]
    assert "heel-rize" in run("list", path)[1]


def test_nothing_measured_is_said_with_a_way_on(tmp_path, run):
    path = tmp_path / "c.yaml"
    path.write_text("age: 58\nfindings: [calf weakness]\n", encoding="utf-8")
    code, _, err = run("show", path)
    assert code == 10
    assert "soleus track add" in err
    assert "Nothing was recorded yet" in run("list", path)[1]


def test_a_diary_needs_no_more_than_an_age(tmp_path, run):
    path = tmp_path / "diary.yaml"
    path.write_text("age: 58\n", encoding="utf-8")
    assert run("add", path, "heel-rise", "9", "--side", "left", "--on", "2026-09-01")[0] == 0
    assert run("show", path)[0] == 0


def test_protocols_are_told_step_by_step(run):
    code, out, _ = run("measures", "heel raise on one leg".replace("heel raise on one leg", "one-leg heel raise"))
    assert code == 0
    assert "1. Stand on one leg" in out
    assert "heel-rise" in run("measures")[1]
    assert run("measures", "heel-rys")[0] == 2


@pytest.mark.slow
def test_next_says_how_often_to_measure(tmp_path, run):
    code, out, _ = run("next", falling(tmp_path / "c.yaml"), "heel-rise", "--loss", "15")
    assert code == 0
    assert "of 100 people who measure once every" in out
    assert run("next", tmp_path / "c.yaml", "grip")[0] == 2
    assert run("next", tmp_path / "c.yaml", "heel-rise", "--within", "0")[0] == 2
    assert run("next", tmp_path / "c.yaml", "heel-rise", "--loss", "-3")[0] == 2


# -- importing ------------------------------------------------------------------------------------------------------------


def test_a_table_is_imported_once(case, tmp_path, run):
    table = tmp_path / "m.csv"
    table.write_text("measure;value;side;on;who\nheel-rise;7;left;2026-07-10;me\nTUG;9,5;;2026-07-10;me\n", encoding="utf-8")
    before = case.read_bytes()
    assert run("import", case, table)[1] == "2 measurements imported.\n"
    assert "by: me" in case.read_text(encoding="utf-8")
    assert run("import", case, table)[1] == "0 measurements imported, 2 were there already.\n"
    assert run("undo", case)[0] == 0
    assert case.read_bytes() == before


def test_a_faulty_table_changes_nothing_unless_asked(case, tmp_path, run):
    table = tmp_path / "m.csv"
    table.write_text("measure,value,side,on\nheel-rise,7,left,2026-07-10\nheel-rise,999,left,2026-07-11\n", encoding="utf-8")
    before = case.read_bytes()
    code, _, err = run("import", case, table)
    assert code == 10
    assert "line 3" in err
    assert case.read_bytes() == before
    code, out, err = run("import", case, table, "--skip-faulty")
    assert (code, out) == (0, "1 measurement imported.\n")
    assert "line 3" in err


EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<HealthData locale="en_GB"><ExportDate value="2026-06-20 10:00:00 +0100"/>
{records}</HealthData>
"""


def test_a_phone_gives_means_of_whole_weeks(case, tmp_path, run):
    # Monday 1 June to Sunday 7 June 2026 at 1.0 to 1.6 m/s, mean 1.3; the second week holds two days, too few.
    days = [(1 + i, 3.6 * (1 + i / 10)) for i in range(7)] + [(8, 3.6), (9, 3.6), (15, 3.6)]
    records = "".join(
        f'<Record type="HKQuantityTypeIdentifierWalkingSpeed" sourceName="Phone" unit="km/hr" '
        f'startDate="2026-06-{d:02} 09:00:00 +0100" endDate="2026-06-{d:02} 09:01:00 +0100" value="{v:.4f}"/>\n'
        for d, v in days
    )
    export = tmp_path / "export.xml"
    export.write_text(EXPORT.format(records=records), encoding="utf-8")
    code, out, _ = run("import", case, export)
    assert (code, out) == (0, "1 measurement imported.\n")
    line = "  - {measure: phone-walking-speed, value: 1.3, on: 2026-06-07, by: phone, note: mean of 7 days}"
    assert line in case.read_text(encoding="utf-8").splitlines()
    assert run("import", case, export, "--every", "day", "--since", "2026-06-08")[1].startswith("3 measurements imported, 7 were left out")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.pdf", None),
        ("none.csv", None),
        ("none.xml", None),
        ("letters.csv", b"\xff\xfe"),
        ("cut.xml", b"<HealthData><Record"),
        ("cut.zip", b"PK\x03\x04 the rest is missing"),
        ("other.xml", b"<foo/>"),
        ("empty.xml", b"<HealthData></HealthData>"),
    ],
)
def test_what_cannot_be_imported_is_said_and_the_file_named_once(case, tmp_path, run, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, _, err = run("import", case, tmp_path / name)
    assert code in (2, 10)
    assert err.count(name) == 1
    assert "archive that is not whole" in err or name != "cut.zip"


def test_one_is_no_plural(tmp_path, run):
    lines = "".join(
        f"  - {{measure: {m}, value: 1, on: 2026-0{i}-10{side}}}\n"
        for i in (1, 2, 3)
        for m, side in (("heel-rise", ", side: left"), ("chair-stand-30s", ""), ("falls-weekly", ""), ("gait-speed-10m", ""))
    )
    path, picture = tmp_path / "one.yaml", tmp_path / "one.svg"
    path.write_text(f"age: 58\nsex: female\nmeasurements:\n{lines}", encoding="utf-8")
    _, shown, _ = run("show", path, "--forecast", "--svg", picture)
    said = " ".join([shown, run("show", path, "--forecast", "--json")[1], run("list", path)[1], picture.read_text(encoding="utf-8")])
    assert re.findall(r"(?<![\d.,])1 (?:repetition|stand|fall|point|step|month)s\b", said) == []
    assert "1 repetition " in said
    assert "1 stand " in said
    assert "1 m/s" in said


@pytest.mark.parametrize(
    ("shown", "unit", "words"),
    [
        ("1", "repetitions", "1 repetition"),
        ("+1", "points", "+1 point"),
        ("\N{MINUS SIGN}1", "grades", "\N{MINUS SIGN}1 grade"),
        ("0", "falls", "0 falls"),
        ("1.0", "stands", "1.0 stands"),
        ("11", "steps", "11 steps"),
        ("1", "s", "1 s"),
        ("1", "m/s", "1 m/s"),
        ("1", "", "1"),
    ],
)
def test_units_of_one(shown, unit, words):
    assert with_unit(shown, unit) == words


def test_what_happened_stands_in_every_picture(tmp_path, run):
    path = falling(tmp_path / "ada.yaml")
    path.write_text(path.read_text() + "events:\n  - {on: 2026-03-20, what: operation on the disc, kind: operation}\n")
    picture = tmp_path / "ada.svg"
    code, out, _ = run("show", path, "--svg", picture)
    assert code == 0
    assert "20 Mar 2026: operation on the disc" in out
    assert "operation on the disc" in picture.read_text()


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("{on: 2999-01-01, what: operation}", "lies in the future"),
        ("{what: operation}", "has no date"),
        ("{on: 2026-03-20}", "does not say what happened"),
        ("{on: 2026-03-20, what: fall, kind: party}", "is not one of operation, injury, relapse, medicine"),
        ("operation", "not an event"),
    ],
)
def test_an_event_that_cannot_be_is_a_fault_of_the_case(tmp_path, run, event, said):
    path = falling(tmp_path / "ada.yaml")
    path.write_text(path.read_text() + f"events:\n  - {event}\n")
    code, _, err = run("show", path)
    assert code == 10
    assert said in err


def test_strength_out_of_five_is_a_grade(case, run):
    assert run("add", case, "mrc-plantar-flexion", "4/5", "--side", "left", "--on", "2026-03-10")[0] == 0
    _, out, _ = run("list", case, "--json")
    assert json.loads(out)["measurements"][-1]["grade"] == "4"


def test_what_is_usual_asks_for_the_sex_and_says_whom_it_compares_with(tmp_path, run):
    path = falling(tmp_path / "ada.yaml")
    assert "compared with" in " ".join(run("show", path)[1].split())
    path.write_text(path.read_text().replace("sex: female\n", ""))
    assert "add the sex to compare" in " ".join(run("show", path, "--json")[1].split())


def test_one_value_stands_as_it_was_measured(tmp_path, run):
    """Nobody knows yet whether somebody will learn the test: 11.4 s is 11.4 s, at 65 the middle of those alike."""
    path = tmp_path / "once.yaml"
    path.write_text("age: 65\nmeasurements:\n  - {measure: five-times-sit-to-stand, value: 11.4, on: 2026-01-10}\n")
    measure = json.loads(run("show", path, "--json")[1])["measures"][0]
    assert measure["level_now"]["estimate"] == pytest.approx(11.4, abs=0.05)
    assert measure["norm"]["percentile"] == pytest.approx(50, abs=2)
    assert "chance" not in measure["plain"].split("Usual")[0].split("settled")[0]


@pytest.mark.parametrize(("age", "told"), [(40, False), (60, True), (75, False)])
def test_the_step_between_two_studies_is_told_where_it_is_near(tmp_path, run, age, told):
    path, picture = tmp_path / "case.yaml", tmp_path / "case.svg"
    days = [date.today() - timedelta(days=d) for d in (300, 200, 100)]
    lines = "".join(f"  - {{measure: five-times-sit-to-stand, value: 11.5, on: {d}}}\n" for d in days)
    path.write_text(f"age: {age}\nmeasurements:\n{lines}", encoding="utf-8")
    code, shown, _ = run("show", path, "--svg", picture)
    assert code == 0
    description = re.search("<desc[^>]*>(.*?)</desc>", picture.read_text(encoding="utf-8"), re.DOTALL)
    assert description is not None
    assert ".. " not in shown  # behind "et al." in a citation
    for text in (" ".join(shown.replace("│", " ").split()), description[1]):
        assert ("At 60 years another study takes over, and the usual value goes from about 6.2 to about 11.4 s." in text) is told
        assert ("no change in you. Before 60: 172 healthy adults" in text) is told


def test_every_fault_of_a_table_is_told_at_once_with_its_line(case, tmp_path, run):
    table = tmp_path / "table.csv"
    lines = (
        "measure,value,side,on,unit",
        "Heel rises,9,left,2026-03-01,",  # any of its names, as on the command line
        "heel rise,nine,left,2026-03-02,",
        "heel-rise,9,links,2026-03-02,",
        "gait-speed-10m,1,,2026-02-30,stones",
    )
    table.write_text("\n".join(lines), encoding="utf-8")
    code, _, err = run("import", case, table)
    assert code == 10
    head, *faults = [line for line in err.splitlines() if not line.startswith("    ")]
    assert head == f"{table}: Nothing was imported; mend the table, or add --skip-faulty to leave these lines out: 4 problems."
    assert [f.partition(":")[0] for f in faults] == ["line 3, value", "line 4, side", "line 5, on", "line 5, value"]
    assert run("import", case, table, "--skip-faulty")[1] == "1 measurement imported.\n"
    assert run("import", case, table, "--skip-faulty")[1] == "0 measurements imported, 1 was there already.\n"
    table.write_text("\n".join(lines[:2]), encoding="utf-8")
    said = run("import", case, table, "--since", "2026-03-02")[1]
    assert said == "0 measurements imported, 1 was left out as older than 2026-03-02.\n"


def test_after_one_day_no_chance_is_told_and_a_date_only_with_a_warning(tmp_path, run):
    path = tmp_path / "few.yaml"
    path.write_text("age: 58\n", encoding="utf-8")
    run("add", path, "heel-rise", "1", "--side", "left", "--on", "2026-05-01")
    assert not re.search(r"\d %", run("show", path)[1].partition("real loss")[2].partition("Two single")[0])
    run("add", path, "heel-rise", "2", "--side", "left", "--on", "2026-07-01")
    told = json.loads(run("show", path, "--forecast", "--json")[1])["measures"][0]
    reached = [f["plain"] for f in told["forecast"] if "reached about" in f["plain"]]
    assert told["course"] == "too-few"
    assert reached
    assert all("Nobody can tell yet; if things went on as the values so far suggest" in plain for plain in reached)


def test_next_tells_of_a_collapse_before_any_schedule(tmp_path, run):
    path = tmp_path / "fell.yaml"
    days = [date.today() - timedelta(days=d) for d in (60, 45, 2, 1)]
    entries = zip((20, 21, 0, 0), days, strict=True)
    lines = "".join(f"  - {{measure: heel-rise, side: left, value: {v}, on: {d}}}\n" for v, d in entries)
    path.write_text(f"age: 54\nmeasurements:\n{lines}", encoding="utf-8")
    code, said, _ = run("next", path, "heel-rise", "--within", "1")
    assert code == 0
    assert "far below the others" in said.splitlines()[0]
    assert "emergency department at once" in said.splitlines()[0]
