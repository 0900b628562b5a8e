"""`soleus read` and `soleus assess --text` from outside."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from soleus.cli import main

LETTER = """This 67-year-old man has had weakness of the left calf for six months, slowly getting worse. He denies back pain and has
type 2 diabetes. The left ankle jerk is absent. CK 180 U/L."""
Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("opened_once")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, "utf-8")
    return path


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_text_is_assessed_like_its_case_file(run: Run, letter: Path, tmp_path: Path):
    """What `read` writes and `assess` reads is what `assess --text` reads."""
    case = tmp_path / "case.yaml"
    assert run("read", str(letter), "--out", str(case))[0] == 0
    _, from_file, _ = run("assess", str(case), "--json")
    _, from_text, _ = run("assess", "--text", LETTER, "--json")
    file, text = json.loads(from_file), json.loads(from_text)
    for key in ("triage", "localisation", "differential", "ask_next"):
        assert _without_words(file[key]) == _without_words(text[key])


def _without_words(value: object) -> object:
    """An answer without the wordings of the entries, which differ between a text and its case file."""
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if k not in ("from", "because", "evidence")}
    if isinstance(value, list):
        return [_without_words(v) for v in value]
    return round(value, 9) if isinstance(value, float) else value


def test_read_writes_a_case_file_with_age_sex_findings_and_tests(run: Run, letter: Path):
    code, out, _ = run("read", str(letter))
    case = yaml.safe_load(out)
    assert code == 0
    assert (case["age"], case["sex"]) == (67, "male")
    found = {(f["finding"], f.get("side"), f.get("value")) for f in case["findings"]}
    assert {("low-back-pain", None, "absent"), ("diabetes", None, "present"), ("reflex-ankle", "left", "absent")} <= found
    assert case["tests"] == [{"test": "CK", "result": "180 U/L"}]


def test_read_as_json_says_where_in_the_text_it_stands(run: Run, letter: Path):
    _, out, _ = run("read", str(letter), "--json")
    reflex = next(f for f in json.loads(out)["findings"] if f["finding"] == "reflex-ankle")
    start, end = (int(x) for x in reflex["place"].removeprefix("narrative[").removesuffix("]").split(":"))
    assert "ankle jerk" in LETTER[start:end]
    assert (reflex["side"], reflex["state"]) == ("left", "absent")
    assert 0.5 < reflex["certainty"] <= 1


def test_what_looks_medical_and_is_not_understood_is_told(run: Run, tmp_path: Path):
    path = tmp_path / "odd.txt"
    path.write_text("The left calf is weak. Frobnication showed glurbitis of the zonk.", "utf-8")
    code, out, _ = run("read", str(path))
    assert code == 0
    assert "Not understood" in out
    assert "glurbitis" in out.split("The text:")[0]


def test_text_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch):
    stdin(monkeypatch, b"I am 70 and my left calf is weak.")
    code, out, _ = run("assess", "--text", "-", "--json")
    assert code == 0
    assert any(u.get("finding") == "weak-ankle-plantarflexion" for u in json.loads(out)["understood"])


def test_a_narrative_in_a_case_file_is_read_too(run: Run, tmp_path: Path):
    path = tmp_path / "case.yaml"
    path.write_text("schema: soleus/case/1\nage: 50\nnarrative: The left ankle reflex is absent.\n", "utf-8")
    _, out, _ = run("assess", str(path), "--json")
    assert any(u.get("finding") == "reflex-ankle" and u["side"] == "left" for u in json.loads(out)["understood"])


def test_an_existing_file_is_not_replaced_unless_asked(run: Run, letter: Path, tmp_path: Path):
    case = tmp_path / "case.yaml"
    case.write_text("mine", "utf-8")
    code, _, err = run("read", str(letter), "--out", str(case))
    assert (code, case.read_text("utf-8")) == (2, "mine")
    assert "--force" in err
    assert run("read", str(letter), "--out", str(case), "--force")[0] == 0
    assert "schema: soleus/case/1" in case.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("assess", "--text", "   "), 10, "holds no text"),
        (("read", "no-such-file.txt"), 10, "cannot be read"),
        (("read", "."), 10, "folder"),
    ],
)
def test_faults_are_told_in_words(run: Run, arguments: tuple[str, ...], code: int, said: str):
    got, _, err = run(*arguments)
    assert got == code
    assert said in err
    assert "Traceback" not in err


def test_binary_on_standard_input_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch):
    stdin(monkeypatch, b"\x00\xff\xfe" * 10)
    code, _, err = run("assess", "--text", "-")
    assert code == 10
    assert "UTF-8" in err


def test_a_case_and_a_text_at_once_are_refused(run: Run, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["assess", "case.yaml", "--text", "weak calf"])
    assert stop.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_a_case_file_without_a_narrative_has_nothing_to_read(run: Run, tmp_path: Path):
    path = tmp_path / "case.yaml"
    path.write_text("schema: soleus/case/1\nage: 50\nfindings: [{finding: calf weakness}]\n", "utf-8")
    code, _, err = run("read", str(path))
    assert code == 2
    assert "narrative" in err


def test_a_case_file_that_cannot_be_written_is_told_in_words(run: Run, letter: Path, tmp_path: Path):
    code, _, err = run("read", str(letter), "--out", str(tmp_path / "nowhere" / "case.yaml"))
    assert code == 10
    assert "cannot be written" in err
    assert "Traceback" not in err
