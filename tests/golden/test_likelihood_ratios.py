"""docs/reference/likelihood-ratios.md holds what `soleus knowledge likelihood-ratios --markdown` really prints."""

from __future__ import annotations

import re

from soleus import knowledge_store
from soleus.cli import main
from soleus.knowledge.ledger_loader import load_ledger

from ..conftest import ROOT

PAGE = ROOT / "docs" / "reference" / "likelihood-ratios.md"
BLOCK = re.compile(r"(<!-- output -->\n)(.*)(<!-- output -->)", re.S)


def test_the_page_shows_real_output(request, compiled, monkeypatch, capsys):
    monkeypatch.setattr(knowledge_store, "open_knowledge", lambda *_: compiled)
    monkeypatch.setattr(knowledge_store, "open_ledger", lambda: load_ledger(compiled.kb))
    assert main(["knowledge", "likelihood-ratios", "--markdown"]) == 0
    expected = capsys.readouterr().out
    if request.config.getoption("--rewrite-golden"):
        page = BLOCK.sub(lambda m: m.group(1) + expected + m.group(3), PAGE.read_text(encoding="utf-8"))
        PAGE.write_text(page, encoding="utf-8")
    shown = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert shown
    assert shown.group(2) == expected, "the page is stale: run `make golden` and read the diff"
