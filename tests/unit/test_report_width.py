"""The report fits a terminal of 80 columns: nothing that a person needs is cut off at its edge."""

import re
from pathlib import Path

import pytest

from soleus.cli import main

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_place_shows_its_whole_probability_at_80_columns(path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["assess", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    start, end = (next(i for i, line in enumerate(lines) if title in line) for title in ("Where the lesion may lie", "What it may be"))
    bars = [line for line in lines[start:end] if re.search("[█░]{10}", line)]
    assert bars
    for line in bars:
        assert re.search(r"[█░]{10} +(\d+%|<1%)", line), line
