"""What people say in their own words is understood, and everyday uses of the same words are not taken for it.

`tests/data/wordings.yaml` and `tests/data/not_wordings.yaml` hold the sentences. Source: no case; each was made up for this test
from everyday and clinical speech.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from soleus.domain.case import Case
from soleus.domain.evidence import ancestors
from soleus.domain.finding import Presence
from soleus.interchange.evidence import understand
from soleus.knowledge_store import Compiled

DATA = Path(__file__).parent.parent / "data"


def sentences(name: str) -> list[tuple[str, str]]:
    """(finding, sentence) of a file of wordings."""
    by_finding: dict[str, list[str]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return [(finding, sentence) for finding, said in by_finding.items() for sentence in said]


def told(sentence: str, compiled: Compiled, today: datetime.date) -> set[str]:
    """Findings that a text tells as present, with the broader ones that they imply."""
    evidence = understand(Case(narrative=sentence), compiled.kb, compiled.lexicon, today).evidence
    found = {o.finding for o in evidence.observations if o.presence is Presence.PRESENT}
    return found | {broader for id_ in found for broader in ancestors(id_, compiled.kb.findings)}


@pytest.mark.parametrize(("finding", "sentence"), sentences("wordings.yaml"))
def test_a_wording_is_understood(finding: str, sentence: str, compiled: Compiled, today: datetime.date) -> None:
    assert finding in told(sentence, compiled, today)


@pytest.mark.parametrize(("finding", "sentence"), sentences("not_wordings.yaml"))
def test_an_everyday_use_of_the_same_words_is_not(finding: str, sentence: str, compiled: Compiled, today: datetime.date) -> None:
    assert finding in compiled.kb.findings
    assert finding not in told(sentence, compiled, today)
