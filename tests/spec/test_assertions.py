"""Denied, doubted, feared, somebody else's or over: not the person's. And the other way round: what IS so, is read as present.

The sentences stand in tests/data/assertions.yaml. A missed emergency is the worst that can happen here; a false one the next worst.

Source: no case; each sentence was made up for this test. What is told apart, denied, doubted, of another, of another time, is that of
ConText (Harkema, Dowling, Thornblade, Chapman. J Biomed Inform 2009;42:839-851).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from soleus.domain.case import Case
from soleus.domain.evidence import Evidence, ancestors
from soleus.domain.finding import Presence
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.evidence import understand
from soleus.knowledge_store import Compiled

SENTENCES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent.parent / "data/assertions.yaml").read_text("utf-8"))
DAY = datetime.date(2026, 3, 2)


def sentences(*groups: str) -> list[Any]:
    return [pytest.param(s, id=s["says"]) for g in groups for s in SENTENCES[g]]


def heard(sentence: dict[str, Any], compiled: Compiled) -> Evidence:
    return understand(Case(narrative=sentence["says"]), compiled.kb, compiled.lexicon, DAY).evidence


def with_narrower(finding: str, kb: KnowledgeBase) -> set[str]:
    return {f for f in kb.findings if f == finding or finding in ancestors(f, kb.findings)}


def present(evidence: Evidence, finding: str, kb: KnowledgeBase) -> list[tuple[float, ...]]:
    """Likelihoods of every report of the finding, or of a narrower one, as present."""
    narrower = with_narrower(finding, kb)
    return [o.weights for o in evidence.observations if o.finding in narrower and o.presence is Presence.PRESENT]


def absent(evidence: Evidence, finding: str, kb: KnowledgeBase) -> bool:
    """Whether the finding, or a broader one, is told as absent."""
    broader = {finding, *ancestors(finding, kb.findings)}
    return any(o.finding in broader and o.presence is Presence.ABSENT for o in evidence.observations)


def test_there_are_at_least_150_sentences_each_way():
    assert sum(len(SENTENCES[g]) for g in ("denied", "unsaid", "doubtful")) >= 150
    assert len(SENTENCES["told"]) >= 150


@pytest.mark.parametrize("sentence", sentences("denied"))
def test_a_denied_finding_is_absent(sentence, compiled):
    evidence = heard(sentence, compiled)
    for finding in sentence["absent"]:
        assert not present(evidence, finding, compiled.kb)
        assert absent(evidence, finding, compiled.kb)


@pytest.mark.parametrize("sentence", sentences("unsaid"))
def test_what_nobody_says_of_the_person_now_is_not_present(sentence, compiled):
    evidence = heard(sentence, compiled)
    assert not [f for f in sentence["not"] if present(evidence, f, compiled.kb)]


@pytest.mark.parametrize("sentence", sentences("doubtful"))
def test_a_doubtful_finding_is_never_a_sure_one(sentence, compiled):
    evidence = heard(sentence, compiled)
    assert all(weights[0] > 0 for finding in sentence["of"] for weights in present(evidence, finding, compiled.kb))


@pytest.mark.parametrize("sentence", sentences("told"))
def test_what_is_so_is_present_whatever_else_is_denied(sentence, compiled):
    evidence = heard(sentence, compiled)
    assert [f for f in sentence["present"] if not any(present(evidence, one, compiled.kb) for one in f.split("/"))] == []
