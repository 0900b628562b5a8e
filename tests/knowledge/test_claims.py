"""Popular claims and published likelihood ratios as data: what they must hold, and that a fault in them stops the load."""

from __future__ import annotations

import dataclasses
import datetime
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from soleus import knowledge_store
from soleus.cli import main
from soleus.domain.errors import KnowledgeError
from soleus.domain.ledger import VERDICTS, Ledger, PublishedRatio
from soleus.knowledge.ledger_loader import RATIOS, load_ledger
from soleus.knowledge.loader import DATA
from soleus.knowledge.stats import stats
from soleus.knowledge_store import compile_all, open_ledger

from ..conftest import ROOT, TODAY

CLAIMS = "claims/seeded.yaml"
CLAIM = "sitting-is-fine"
RATIO = "squeeze"
SEED = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def ledger(compiled) -> Ledger:
    return load_ledger(compiled.kb)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one claim and one published ratio, both without fault."""
    (tmp_path / "claims").mkdir()
    claim = {
        "claim": "Sitting is fine.",
        "verdict": "partly",
        "why": "Seeded. It is not meant.",
        "certainty": "low",
        "sources": [{"ref": "suri-2010", "at": "abstract"}],
        "about": ["lumbar-spinal-stenosis", "weak-leg", "creatine-kinase", "tendon"],
        "review": {"clinician": "none yet", "checked_against_source": "2026-01-01", "next": "2027-01-01"},
    }
    ratio = {
        "finding": "thompson-test",
        "of": {"condition": "achilles-tendon-rupture"},
        "against": {"condition": ["calf-strain"], "group": "venous"},
        "comparison": "others",
        "sensitivity": 0.96,
        "specificity": 0.93,
        "source": {"ref": "maffulli-1998", "at": "abstract"},
        "population": "seeded",
    }
    (tmp_path / CLAIMS).write_text(yaml.safe_dump({CLAIM: claim}), encoding="utf-8")
    (tmp_path / RATIOS).write_text(yaml.safe_dump({RATIO: ratio}), encoding="utf-8")
    return tmp_path


def change(folder: Path, file: str, **to: Any) -> None:
    """Set keys of the one entry of a file; None takes a key out."""
    ((id_, entry),) = yaml.safe_load((folder / file).read_text(encoding="utf-8")).items()
    changed = {k: v for k, v in (entry | to).items() if v is not None}
    (folder / file).write_text(yaml.safe_dump({id_: changed}), encoding="utf-8")


# -- what they hold ----------------------------------------------------------------------------------------------------


def test_there_are_claims_of_every_verdict(ledger):
    assert len(ledger.claims) >= 40
    assert {c.verdict for c in ledger.claims.values()} == set(VERDICTS)


def test_a_claim_is_explained_in_a_few_short_sentences(ledger):
    """Plain words for a reader of 13: two to five sentences, none of more than 28 words."""
    for claim in ledger.claims.values():
        sentences = re.split(r"(?<=[.!?])\s+", claim.why)
        assert 2 <= len(sentences) <= 5, claim.id
        assert max(len(s.split()) for s in sentences) <= 28, claim.id


def test_most_ratios_rest_on_a_source_that_was_seen(ledger, compiled):
    seen = [r for r in ledger.ratios.values() if compiled.kb.sources[r.ref].read != "recalled"]
    assert len(seen) >= 25


# -- faults ------------------------------------------------------------------------------------------------------------

CLAIM_FAULTS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"verdct": "partly"}, "verdct", "is not a key here", "verdict"),
    ({"why": None}, "why", "is missing", "knowledge-authoring"),
    ({"why": ""}, "why", "at least 1 character", ""),
    ({"verdict": "maybe"}, "verdict", "supported", ""),
    ({"certainty": "sure"}, "certainty", "moderate", ""),
    ({"sources": []}, "sources", "at least 1 item", ""),
    ({"sources": None}, "sources", "is missing", "knowledge-authoring"),
    ({"sources": [{"ref": "suri-2010"}]}, "sources[0].at", "is missing", "knowledge-authoring"),
    ({"sources": [{"ref": "suri-2100", "at": "abstract"}]}, "sources[0]", "is not in sources/", "suri-2010"),
    ({"about": ["lumbar-spinal-stenosys"]}, "about", '"lumbar-spinal-stenosys" does not exist', "lumbar-spinal-stenosis"),
    ({"review": None}, "review", "is missing", "knowledge-authoring"),
    (
        {"review": {"clinician": "none yet", "checked_against_source": "2026-01-01", "next": "2025-01-01"}},
        "review",
        "is not after",
        "",
    ),
]
RATIO_FAULTS: list[tuple[dict[str, Any], str, str, str]] = [
    ({"sensitivty": 0.9}, "sensitivty", "is not a key here", "sensitivity"),
    ({"finding": "thomson-test"}, "finding", '"thomson-test" does not exist', "thompson-test"),
    ({"finding": None}, "", "either `finding` or `test`", ""),
    ({"test": "d-dimer"}, "", "either `finding` or `test`", ""),
    ({"finding": None, "test": "d-dimr", "states": ["raised"]}, "test", '"d-dimr" does not exist', "d-dimer"),
    ({"finding": None, "test": "d-dimer"}, "states", "names no outcome", "raised"),
    ({"states": ["raised"]}, "states", '"raised" does not exist', ""),
    ({"of": {}}, "of", "names no condition and no group", ""),
    ({"of": {"condition": "achilles-rupture"}}, "of", '"achilles-rupture" does not exist', "achilles-tendon-rupture"),
    ({"against": {"group": "veinous"}}, "against", '"veinous" does not exist', "venous"),
    ({"against": {"condition": "achilles-tendon-rupture"}}, "against", "on both sides", ""),
    ({"specificity": None}, "", "belong together", ""),
    ({"sensitivity": None, "specificity": None}, "", "has no figure", ""),
    ({"sensitivity": 96}, "sensitivity", "less than or equal to 1", ""),
    ({"positive": float("inf")}, "positive", "finite", ""),
    ({"source": {"ref": "mafulli-1998", "at": "abstract"}}, "source", "is not in sources/", "maffulli-1998"),
    ({"population": None}, "population", "is missing", "knowledge-authoring"),
]


def test_entries_without_fault_load(folder, compiled):
    ledger = load_ledger(compiled.kb, folder)
    assert ledger.claims[CLAIM].topic == "seeded"
    assert set(ledger.ratios[RATIO].against) == {"calf-strain", "chronic-venous-disease", "deep-vein-thrombosis"}
    assert ledger.ratios[RATIO].states == ("present",)


@pytest.mark.parametrize(
    ("file", "id_", "to", "entry", "says", "cure"),
    [*((CLAIMS, CLAIM, *fault) for fault in CLAIM_FAULTS), *((RATIOS, RATIO, *fault) for fault in RATIO_FAULTS)],
    ids=lambda x: str(x)[:40] if isinstance(x, dict) else "",
)
def test_a_seeded_fault_stops_the_load_and_is_named(folder, compiled, file, id_, to, entry, says, cure):
    change(folder, file, **to)
    with pytest.raises(KnowledgeError) as caught:
        load_ledger(compiled.kb, folder)
    problems = caught.value.problems
    fitting = [p for p in problems if p.where.startswith(f"{file}:") and f"{id_}.{entry}".rstrip(".") in p.where and says in p.what]
    assert fitting, "\n".join(map(str, problems))
    assert any(cure in p.cure for p in fitting), fitting


def test_an_id_has_one_meaning(folder, compiled):
    text = (folder / CLAIMS).read_text(encoding="utf-8")
    (folder / CLAIMS).write_text(text.replace(CLAIM, "weak-leg"), encoding="utf-8")
    (folder / "claims" / "twice.yaml").write_text(text.replace(CLAIM, "weak-leg"), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_ledger(compiled.kb, folder)
    said = " ".join(p.what for p in caught.value.problems)
    assert "stands twice" in said
    assert "names something else as well" in said


def test_a_file_that_is_no_mapping_is_a_fault(folder, compiled):
    (folder / RATIOS).write_text("- a\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no mapping of id to entry"):
        load_ledger(compiled.kb, folder)


def test_an_overdue_review_is_a_fault_from_the_day_after(folder, compiled):
    load_ledger(compiled.kb, folder, datetime.date(2027, 1, 1))
    with pytest.raises(KnowledgeError, match="was due on 2027-01-01"):
        load_ledger(compiled.kb, folder, datetime.date(2027, 1, 2))


def test_every_fault_is_told_at_once(folder, compiled):
    change(folder, CLAIMS, about=["nowhere"])
    change(folder, RATIOS, of={"condition": "nothing"})
    with pytest.raises(KnowledgeError) as caught:
        load_ledger(compiled.kb, folder)
    assert len(caught.value.problems) == 2


@pytest.fixture
def rest_is_sound(monkeypatch, compiled) -> None:
    """The other data files take seconds to read and are tested elsewhere."""
    monkeypatch.setattr("soleus.knowledge.loader.load", lambda *_, **__: compiled.kb)


@pytest.mark.usefixtures("rest_is_sound")
def test_a_fault_stops_the_check_and_the_compiler(folder, capsys):
    assert main(["knowledge", "check", "--folder", str(folder), "--today", TODAY.isoformat()]) == 0
    assert "1 claims, 1 published likelihood ratios" in capsys.readouterr().out
    change(folder, CLAIMS, about=["lumbar-spinal-stenosys"])
    assert main(["knowledge", "check", "--folder", str(folder)]) == 11
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{CLAIMS}:1  {CLAIM}.about" in said.err
    assert "Did you mean lumbar-spinal-stenosis" in said.err
    with pytest.raises(KnowledgeError):
        compile_all(folder)


# -- kept apart --------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_cache(monkeypatch, compiled, tmp_path):
    monkeypatch.setenv("SOLEUS_CACHE", str(tmp_path))
    monkeypatch.setattr(knowledge_store, "open_knowledge", lambda *_: compiled)
    open_ledger.cache_clear()
    yield tmp_path
    open_ledger.cache_clear()


def test_the_ledger_has_a_cache_of_its_own(no_cache, ledger, monkeypatch):
    assert open_ledger() == ledger
    assert [p.name.split("-")[0] for p in no_cache.iterdir()] == ["ledger"]
    monkeypatch.setattr("soleus.knowledge.ledger_loader.load_ledger", lambda *_: pytest.fail("read from the data files again"))
    open_ledger.cache_clear()
    assert open_ledger() == ledger


def test_no_assessment_reads_the_ledger(no_cache, compiled, monkeypatch, capsys):
    monkeypatch.setattr(knowledge_store, "open_ledger", lambda: pytest.fail("an assessment needs no claims"))
    assert main(["assess", str(ROOT / "examples" / "s1-radiculopathy.yaml")]) == 0
    assert capsys.readouterr().out
    assert b"soleus.domain.ledger" not in pickle.dumps(compiled)


# -- commands ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_cache")
def test_claims_are_listed_shown_and_counted(capsys, ledger, compiled):
    assert main(["knowledge", "list", "claims"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(ledger.claims)
    claim = ledger.claims["bed-rest-cures-sciatica"]
    assert main(["knowledge", "show", claim.id]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert claim.claim in shown
    assert claim.why in shown
    assert compiled.kb.sources["dahm-2010"].title in shown
    counted = stats(compiled.kb, TODAY.isoformat(), ledger=ledger)
    assert counted.entries["claims"] == len(ledger.claims) == sum(counted.claims.values())


def test_an_overdue_claim_is_counted_with_the_conditions(compiled, ledger):
    claim = dataclasses.replace(ledger.claims["bed-rest-cures-sciatica"], review_next="2026-03-01")
    assert stats(compiled.kb, "2026-03-02", ledger=Ledger({claim.id: claim}, {})).overdue == (claim.id,)


# -- arithmetic of a published ratio -----------------------------------------------------------------------------------


def published(**figures: float | None) -> PublishedRatio:
    none = dict.fromkeys(("sensitivity", "specificity", "stated_positive", "stated_negative"))
    told: dict[str, Any] = {f.name: "" for f in dataclasses.fields(PublishedRatio)}
    return PublishedRatio(**(told | none | figures))


def test_a_ratio_follows_from_sensitivity_and_specificity():
    ratio = published(sensitivity=0.9, specificity=0.8)
    assert ratio.positive == pytest.approx(4.5)
    assert ratio.negative == pytest.approx(0.125)


def test_a_stated_ratio_goes_before_a_computed_one():
    assert published(sensitivity=0.9, specificity=0.8, stated_positive=4.0).positive == 4.0
    assert published(stated_negative=0.2).positive is None


def test_no_sign_is_taken_as_never_wrong():
    """63 % and 100 %, as published for Hoover's sign: 0.63 / 0.01."""
    assert published(sensitivity=0.63, specificity=1.0).positive == pytest.approx(63)


def test_the_data_folder_that_comes_with_soleus_holds_both():
    assert list((DATA / "claims").glob("*.yaml"))
    assert (DATA / RATIOS).exists()
