"""The command line from outside: what it prints where, and with which code it ends."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from soleus import __version__, knowledge_store
from soleus.cli import COMMANDS, main
from soleus.interchange.casefile.read import case_of_text
from soleus.knowledge_store import Compiled
from soleus.reasoning.pairs import Pair
from soleus.reports.as_json import assessment_json
from soleus.reports.words import ADVICE, URGENCY

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
CASES = ("cauda-disc-002", "tendon-achilles-002")
PROMISED = json.loads(
    re.search(r"```json\n(.*?)```", (ROOT / "docs" / "reference" / "assessment-json.md").read_text("utf-8"), re.S)[1]  # type: ignore[index]
)
"""The object that the reference page shows."""

pytestmark = pytest.mark.usefixtures("opened_once")


@pytest.fixture
def run(capsys):
    """Arguments to (exit code, standard output, standard error)."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out, said.err

    return call


@pytest.fixture(scope="module")
def two_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two")
    for name in CASES:
        shutil.copy(ROOT / "cases" / f"{name}.yaml", folder)
    return folder


# -- usage -------------------------------------------------------------------------------------------------------------


def test_without_arguments_it_explains_itself_and_exits_2(run):
    code, out, err = run()
    assert code == 2
    assert "usage: soleus COMMAND" in out + err
    assert all(name in out + err for name in COMMANDS)


def test_help_names_every_command(run):
    code, out, err = run("--help")
    assert code == 0
    assert err == ""
    assert all(name in out for name in COMMANDS)


def test_version(run):
    assert run("--version") == (0, f"soleus {__version__}\n", "")


def test_an_unknown_command_exits_2_and_names_those_there_are(run):
    code, out, err = run("asess", "case.yaml")
    assert code == 2
    assert out == ""
    assert '"asess" is not a command' in err
    assert all(name in err for name in COMMANDS)


@pytest.mark.parametrize(
    "command", [*([name] for name in COMMANDS), *(["knowledge", name] for name in ("check", "show", "list", "stats"))], ids=" ".join
)
def test_help_of_each_command(run, command):
    code, out, err = run(*command, "--help")
    assert code == 0
    assert err == ""
    assert f"usage: soleus {' '.join(command)}" in out


@pytest.mark.parametrize(
    "arguments", [["assess"], ["assess", "x.yaml", "--jsn"], ["evaluate"], ["knowledge"], ["knowledge", "list", "cures"]], ids=" ".join
)
def test_wrong_usage_exits_2(run, arguments):
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert "usage:" in err


# -- assess ------------------------------------------------------------------------------------------------------------


def test_there_are_examples():
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_report_of_an_example_says_how_soon_first(run, example):
    level = json.loads(run("assess", example, "--json")[1])["triage"]["level"]
    code, out, err = run("assess", example)
    assert code == 0
    assert err == ""
    head, advice = URGENCY[level]
    plain = " ".join(out.replace("│", " ").split())
    assert head in plain
    assert advice in plain
    assert plain.index(head) < 100
    assert ADVICE in plain
    assert not any(other in plain.split("How soon")[1][:60] for key, (other, _) in URGENCY.items() if key != level)


def test_the_cauda_equina_example_is_an_emergency(run):
    assert "EMERGENCY" in run("assess", ROOT / "examples" / "cauda-equina.yaml")[1]


def test_why_adds_sources_and_weights(run):
    example = ROOT / "examples" / "s1-radiculopathy.yaml"
    plain, why = run("assess", example)[1], run("assess", example, "--why")[1]
    assert len(why) > len(plain)


def lacking(promised: Any, given: Any, where: str = "") -> list[str]:
    """Promised keys that are not there; the first element of a list stands for all of it."""
    if isinstance(promised, dict):
        missing = [f"{where}.{key}" for key in promised if key not in given]
        return missing + [m for key in promised if key in given for m in lacking(promised[key], given[key], f"{where}.{key}")]
    if isinstance(promised, list) and promised and given:
        assert isinstance(given, list)
        return lacking(promised[0], given[0], f"{where}[0]")
    return []


@pytest.fixture(scope="module")
def in_json(opened_once: None, compiled: Compiled) -> dict[str, Any]:
    """The JSON of every example, as a program gets it."""
    results = {}
    for example in EXAMPLES:
        with pytest.MonkeyPatch.context() as patch:
            out = io.StringIO()
            patch.setattr(sys, "stdout", out)
            assert main(["assess", str(example), "--json"]) == 0
        results[example.stem] = json.loads(out.getvalue())
    return results


def test_json_has_every_promised_key(in_json):
    for name, result in in_json.items():
        assert lacking(PROMISED, result, name) == []
        assert "contradictions" in result


def test_every_promised_list_has_members_in_some_example(in_json):
    """Else the check of their keys would be empty."""
    for key in ("localisation", "differential", "workup", "ask_next", "understood"):
        assert any(result[key] for result in in_json.values()), key
    assert any(result["triage"]["reasons"] for result in in_json.values())
    assert any(result["triage"]["unasked_red_flags"] for result in in_json.values())


def test_a_pair_has_the_promised_keys(compiled, assessed, understood, today):
    """None of the examples has a pair, so one is put in."""
    text = EXAMPLES[0].read_text(encoding="utf-8")
    result = replace(assessed(text), pairs=(Pair(("achilles-tendon-rupture", "myasthenia-gravis"), 12.0),))
    told = json.loads(json.dumps(assessment_json(case_of_text(text, today), understood(text), result, compiled.kb)))
    assert lacking(PROMISED["pairs"], told["pairs"], "pairs") == []
    assert told["pairs"][0]["bayes_factor"] == 12.0


def test_probabilities_in_json_sum_to_one(in_json):
    for name, result in in_json.items():
        assert sum(c["probability"] for c in result["differential"]) + result["other"] == pytest.approx(1.0, abs=1e-9), name
        assert sum(place["probability"] for place in result["localisation"]) <= 1 - result["other"] + 1e-9, name


def test_json_names_program_knowledge_and_case(in_json):
    for name, result in in_json.items():
        assert result["schema"] == "soleus/assessment/1"
        assert result["soleus"]["version"] == __version__
        assert result["soleus"]["knowledge"]
        assert result["case"].startswith("example-"), name
        assert result["not_understood"] == [], name


def test_the_result_goes_to_standard_output_and_talk_to_standard_error(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SOLEUS_CACHE", str(tmp_path))
    knowledge_store.open_knowledge.cache_clear()
    code, out, err = run("assess", EXAMPLES[0], "--json")
    assert code == 0
    assert json.loads(out)["schema"] == "soleus/assessment/1"
    assert "Compiling the knowledge base" in err
    knowledge_store.open_knowledge.cache_clear()
    again = run("assess", EXAMPLES[0], "--json")
    assert again == (0, out, "")  # from the cache: the same, without talk


def given_on_standard_input(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_case_on_standard_input(run, monkeypatch):
    text = EXAMPLES[0].read_text(encoding="utf-8")
    from_file = run("assess", EXAMPLES[0], "--json")
    given_on_standard_input(monkeypatch, text)
    assert run("assess", "-", "--json") == from_file


def test_a_fault_on_standard_input_names_it(run, monkeypatch):
    given_on_standard_input(monkeypatch, "age: 200\nfindings:\n  - {finding: calf weakness}\n")
    code, out, err = run("assess", "-")
    assert code == 10
    assert out == ""
    assert "standard input" in err
    assert "age" in err


def test_a_case_that_is_not_there_exits_10(run, tmp_path):
    code, out, err = run("assess", tmp_path / "nowhere.yaml")
    assert code == 10
    assert out == ""
    assert "nowhere.yaml" in err


# -- knowledge ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id_", "says"),
    [
        ("lumbar-disc-radiculopathy", "disc herniation"),
        ("thompson-test", "Thompson"),
        ("radicular-pain", "Radicular pain"),
        ("creatine-kinase", "Creatine kinase"),
        ("cauda-equina-hard-signs", "cauda equina"),
        ("nice-ng127", "Suspected neurological conditions"),
        ("root-S1", "S1"),
    ],
)
def test_show_an_entry_of_each_kind(run, id_, says):
    code, out, err = run("knowledge", "show", id_)
    assert code == 0
    assert err == ""
    assert says in " ".join(out.split())
    code, out, err = run("knowledge", "show", id_, "--json")
    assert code == 0
    assert err == ""
    assert json.loads(out)["id"] == id_


def test_an_unknown_id_exits_2_and_suggests(run):
    code, out, err = run("knowledge", "show", "lumbar-disc-radiculopaty")
    assert code == 2
    assert out == ""
    assert "lumbar-disc-radiculopaty" in err
    assert "Did you mean lumbar-disc-radiculopathy" in err


@pytest.mark.parametrize("kind", ["conditions", "findings", "syndromes", "tests", "rules", "sources", "sites"])
def test_list_names_every_id(run, compiled, kind):
    table = compiled.kb.anatomy.sites if kind == "sites" else getattr(compiled.kb, kind)
    code, out, _ = run("knowledge", "list", kind)
    assert code == 0
    assert [line.split(" ")[0] for line in out.splitlines()] == list(table)  # one line each
    code, out, _ = run("knowledge", "list", kind, "--json")
    assert code == 0
    assert set(json.loads(out)) == set(table)
    assert all(json.loads(out).values())


def test_list_without_a_kind_lists_conditions(run):
    assert run("knowledge", "list") == run("knowledge", "list", "conditions")


def test_stats(run, compiled):
    code, out, err = run("knowledge", "stats")
    assert code == 0
    assert err == ""
    for word in ("entries", "published", "estimate", "review overdue"):
        assert word in out
    code, out, _ = run("knowledge", "stats", "--json")
    assert code == 0
    told = json.loads(out)
    assert told["entries"]["conditions"] == len(compiled.kb.conditions)
    assert {"published", "derived", "estimate"} >= set(told["numbers"])
    assert "overdue" in told
    for kind in ("conditions", "40 commonest", "findings", "syndromes", "tests", "lesion sites"):
        assert "published, recalled" in told["evidence"][kind]
    assert max(map(len, run("knowledge", "stats")[1].splitlines())) <= 80


# -- evaluate ----------------------------------------------------------------------------------------------------------


def test_evaluate_two_cases(run, two_cases):
    code, out, err = run("evaluate", two_cases)
    assert code == 0
    assert err == ""
    assert "2 cases" in out
    assert "exact cause first" in out
    assert "emergencies given a lower level" in out


def test_evaluate_two_cases_in_json(run, two_cases):
    code, out, err = run("evaluate", two_cases, "--json")
    assert code == 0
    assert err == ""
    told = json.loads(out)
    assert told["schema"] == "soleus/evaluation/1"
    assert told["figures"]["n"] == 2
    assert [case["id"] for case in told["cases"]] == list(CASES)
    assert set(told["by_family"]) == {"cauda", "tendon"}


def test_evaluate_lists_the_cases_when_asked(run, two_cases):
    plain, listed = run("evaluate", two_cases)[1], run("evaluate", two_cases, "--cases")[1]
    assert "not understood" in listed
    assert "not understood" not in plain


def test_evaluate_of_a_wrong_folder_exits_10(run, tmp_path):
    for folder, says in ((tmp_path / "nowhere", "is not a folder"), (tmp_path, "holds no case files")):
        code, out, err = run("evaluate", folder)
        assert code == 10
        assert out == ""
        assert says in err


def test_evaluate_of_cases_without_answers_exits_10(run):
    code, out, err = run("evaluate", ROOT / "examples")
    assert code == 10
    assert out == ""
    assert "has no answer" in err
    assert "diagnosis" in err
