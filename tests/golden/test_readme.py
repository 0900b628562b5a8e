"""The README shows what `make run` really prints."""

from __future__ import annotations

import re

import pytest

from soleus.cli import main

from ..conftest import ROOT

SHOWN = 26
"""Lines of the output that the README shows."""
BLOCK = re.compile(r"(<!-- output -->\n)(.*?)(<!-- output -->)", re.S)


@pytest.fixture
def output(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["assess", str(ROOT / "examples" / "s1-radiculopathy.yaml")]) == 0
    return capsys.readouterr().out


def test_readme_shows_real_output(request, output):
    readme = ROOT / "README.md"
    shown = "\n".join(line.rstrip() for line in output.splitlines()[:SHOWN])
    expected = f"```text\n{shown}\n...\n```\n"
    if request.config.getoption("--rewrite-golden"):
        readme.write_text(BLOCK.sub(lambda m: m.group(1) + expected + m.group(3), readme.read_text(encoding="utf-8")), encoding="utf-8")
    match = BLOCK.search(readme.read_text(encoding="utf-8"))
    assert match
    assert match.group(2) == expected, "the README's output is stale: run `make golden` and read the diff"


def test_readme_names_no_command_that_does_not_exist():
    from soleus.cli import COMMANDS

    named = set(re.findall(r"^soleus (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    assert named <= set(COMMANDS)
