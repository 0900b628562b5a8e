"""How well findings are read from the narratives of the development cases (definitions: soleus.evaluation.extraction).

Source: the cases of `cases/`, each of which names its own; what their narratives say beyond the entries was judged sentence by sentence
in tests/data/narrative_also.yaml. The limits, precision 0.92 and recall 0.80, are promises of this project, from no publication.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from soleus.evaluation.extraction import Beyond, Extraction, Statement, extraction, figures, read_beyond
from soleus.evaluation.gold import read_gold

ROOT = Path(__file__).parent.parent.parent
DAY = datetime.date(2026, 3, 2)
BEYOND = read_beyond(yaml.safe_load((ROOT / "tests/data/narrative_also.yaml").read_text("utf-8")))


@pytest.fixture(scope="module")
def extractions(compiled) -> list[Extraction]:
    return [extraction(gold, compiled, DAY, BEYOND.get(gold.id, Beyond())) for gold in read_gold(ROOT / "cases", DAY)]


def test_precision_and_recall_on_the_development_cases(extractions):
    measured = figures(extractions)
    assert measured.n_told > 400
    assert measured.precision >= 0.92
    assert measured.recall >= 0.80


def test_hardly_anything_is_read_the_other_way_round(extractions):
    assert figures(extractions).n_opposite <= 3


def test_what_was_judged_names_findings_and_cases_that_exist(extractions, compiled):
    known = {e.case for e in extractions}
    assert set(BEYOND) <= known
    assert {s.finding for b in BEYOND.values() for s in b.also | b.untold} <= set(compiled.kb.findings)


def test_a_narrower_presence_and_a_broader_absence_cover(compiled):
    findings = compiled.kb.findings
    calf, leg = "weak-ankle-plantarflexion", "weak-leg"
    assert Statement(calf, True).covers(Statement(leg, True), findings)
    assert not Statement(leg, True).covers(Statement(calf, True), findings)
    assert Statement(leg, False).covers(Statement(calf, False), findings)
    assert not Statement(calf, True).covers(Statement(leg, False), findings)


def test_figures_are_shares_of_what_is_read_and_told():
    one, other = Statement("fever", True), Statement("falls", False)
    nothing: frozenset[Statement] = frozenset()
    right = Extraction("a", frozenset({one}), nothing, frozenset({one}), nothing, nothing)
    wrong = Extraction("b", nothing, frozenset({one}), nothing, frozenset({other}), frozenset({other}))
    measured = figures([right, wrong])
    assert (measured.precision, measured.recall, measured.n_opposite) == (0.5, 0.5, 1)
