"""Published and invented cases with answers: what an assessment of them must reach, and what it must never read."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

from soleus.assess import assess
from soleus.cli import main
from soleus.evaluation import gold
from soleus.evaluation.gold import GoldCase, read_gold
from soleus.evaluation.run import Score, evaluate, figures
from soleus.formats.located_yaml import parse
from soleus.interchange.casefile.read import ANSWER_KEYS, case_of_text
from soleus.interchange.evidence import understand
from soleus.knowledge_store import Compiled
from soleus.reasoning.differential import Differential, differential
from soleus.reasoning.inference import infer
from soleus.reasoning.triage import Triage, triage, with_dangers
from soleus.reports.as_json import assessment_json

PUBLISHED = Path(__file__).parents[2] / "cases"
MORE = Path(__file__).parent / "published"
"""Published cases written to measure what was never seen; see the README there."""
INVENTED = Path(__file__).parent / "cases"
FOLDERS = [PUBLISHED, MORE, INVENTED]
SETTING = "neuromuscular-clinic"
"""What `soleus evaluate` takes where a case does not say who asks."""
NAMES = {PUBLISHED: "published", MORE: "more published", INVENTED: "invented"}


@pytest.fixture(scope="module", autouse=True)
def _names_are_stemmed_once() -> Iterator[None]:
    """The same name has the same stems in every case."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gold, "_key", functools.lru_cache(maxsize=None)(gold._key))
        yield


@pytest.fixture(scope="module")
def golds(today: datetime.date) -> dict[Path, list[GoldCase]]:
    return {folder: read_gold(folder, today) for folder in FOLDERS}


@pytest.fixture(scope="module")
def scores(golds: dict[Path, list[GoldCase]], compiled: Compiled, today: datetime.date) -> list[Score]:
    """The published cases, as `soleus evaluate` runs them."""
    return evaluate(golds[PUBLISHED], compiled, today, setting=SETTING)


@dataclass(frozen=True)
class Outcome:
    """What decides about safety: the level, and the probabilities it rests on."""

    gold: GoldCase
    triage: Triage
    differential: Differential


@pytest.fixture(scope="module")
def invented(golds: dict[Path, list[GoldCase]], compiled: Compiled, today: datetime.date) -> list[Outcome]:
    """The invented cases, the short way."""
    return shortly(golds[INVENTED], compiled, today)


def shortly(golds: list[GoldCase], compiled: Compiled, today: datetime.date) -> list[Outcome]:
    """Level and causes only, without next steps, which would take most of the time."""
    outcomes = []
    for one in golds:
        setting = one.case.setting if one.says_setting else SETTING
        case = replace(one.case, narrative="", tests=(), setting=setting)
        evidence = understand(case, compiled.kb, compiled.lexicon, today, with_tests=False).evidence
        posterior = infer(compiled.network, compiled.kb, evidence)
        level = with_dangers(triage(evidence, compiled.kb), posterior, compiled.kb, evidence)
        outcomes.append(Outcome(one, level, differential(posterior, evidence, compiled.kb)))
    return outcomes


@pytest.fixture(scope="module")
def outcomes(
    scores: list[Score], invented: list[Outcome], golds: dict[Path, list[GoldCase]], compiled: Compiled, today: datetime.date
) -> dict[Path, list[Outcome]]:
    return {
        PUBLISHED: [Outcome(s.gold, s.assessment.triage, s.assessment.differential) for s in scores],
        MORE: shortly(golds[MORE], compiled, today),
        INVENTED: invented,
    }


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES.values())
def test_every_case_is_read_without_a_problem(folder, golds):
    read = {one.case.id for one in golds[folder]}
    assert len(golds[folder]) == len(list(folder.glob("*.yaml"))) == len(read)
    assert read == {path.stem for path in folder.glob("*.yaml")}


def test_the_folders_share_no_case(golds):
    ids = [g.id for folder in FOLDERS for g in golds[folder]]
    assert len(ids) == len(set(ids))


# -- safety ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES.values())
def test_no_emergency_is_given_a_lower_level(folder, outcomes):
    emergencies = [o for o in outcomes[folder] if o.gold.is_emergency]
    assert len(emergencies) >= 10
    assert [o.gold.id for o in emergencies if o.triage.level != "emergency"] == []


@pytest.mark.parametrize("form", ["narrative", "patient_voice"])
@pytest.mark.parametrize("folder", [PUBLISHED, MORE], ids=["published", "more published"])
def test_no_emergency_is_lost_in_words(folder, form, golds, compiled, today):
    """The doctor's text and the person's own words, as `soleus evaluate --input` reads them."""
    emergencies = [one for one in golds[folder] if one.is_emergency]
    read = evaluate(emergencies, compiled, today, form=form, setting=SETTING)
    assert [s.gold.id for s in read if s.assessment.triage.level != "emergency"] == []


def test_the_short_way_to_the_level_is_that_of_an_assessment(invented, compiled, today):
    """What this file runs for the invented cases gives what the whole assessment gives."""
    for one in invented[::40]:
        case = replace(one.gold.case, narrative="", tests=(), setting=one.gold.case.setting if one.gold.says_setting else SETTING)
        result = assess(understand(case, compiled.kb, compiled.lexicon, today, with_tests=False).evidence, compiled.kb, compiled.network)
        assert result.triage == one.triage
        assert result.differential == one.differential


# -- accuracy ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("figure", "least"), [("top1", 0.45), ("top3", 0.65), ("family_top3", 0.80), ("level", 0.75)])
def test_published_cases_reach_the_first_milestone(scores, figure, least):
    reached = getattr(figures(scores), figure)
    assert reached >= least, f"{figure} is {reached:.3f} over {len(scores)} published cases"


def test_the_summary_counts_what_the_scores_say(scores):
    summary = figures(scores)
    assert summary.n == len(scores)
    assert summary.emergencies_missed == 0
    assert summary.emergencies == sum(s.gold.is_emergency for s in scores)
    assert summary.top1 <= summary.top3 <= summary.top5
    assert summary.top3 <= summary.family_top3
    assert sum(n for _, _, n in summary.calibration) == len(scores)


def test_the_setting_assumed_here_is_that_of_the_command(capsys):
    with pytest.raises(SystemExit):
        main(["evaluate", "--help"])
    assert f"default: {SETTING}" in " ".join(capsys.readouterr().out.split())


# -- probabilities -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES.values())
def test_causes_and_the_unknown_cause_sum_to_one(folder, outcomes, compiled):
    for one in outcomes[folder]:
        given = [c.probability for c in one.differential.candidates]
        assert len(given) == len(compiled.kb.conditions), one.gold.id
        assert sum(given) + one.differential.other == pytest.approx(1.0, abs=1e-9), one.gold.id
        assert all(0.0 <= p <= 1.0 for p in given), one.gold.id
        assert given == sorted(given, reverse=True), one.gold.id


# -- the answer stays unread -------------------------------------------------------------------------------------------


def without_answer(path: Path) -> str:
    data = parse(path.read_text(encoding="utf-8")).value
    return yaml.safe_dump({k: v for k, v in data.items() if k not in ANSWER_KEYS}, sort_keys=False, allow_unicode=True)


def with_wrong_answer(path: Path) -> str:
    data = parse(path.read_text(encoding="utf-8")).value
    data |= {
        "diagnosis": {"name": "Foot drop from a spell", "acceptable": ["achilles tendon rupture"], "family": ["tendon rupture"]},
        "lesion_site": {"level": "brain", "detail": "", "side": "left", "levels_ok": ["brain"]},
        "course": "episodic",
        "urgency": "self_care",
        "urgency_ok": ["self_care"],
        "urgency_reason": "numb saddle and retention",
        "notes": "Cauda equina syndrome with saddle numbness.",
        "patient_voice": "I cannot pass water and my saddle is numb.",
        "treatment": "decompressed at once",
    }
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES.values())
def test_a_case_is_the_same_with_its_answer_without_it_and_with_a_wrong_one(folder, today):
    for path in sorted(folder.glob("*.yaml")):
        told = case_of_text(path.read_text(encoding="utf-8"), today, path.name)
        for text in (without_answer(path), with_wrong_answer(path)):
            again = case_of_text(text, today, path.name)
            assert bare(again) == bare(told), path.name


def bare(case):
    """A case without the lines on which things stand."""
    return replace(
        case, findings=tuple(replace(f, line=None) for f in case.findings), tests=tuple(replace(t, line=None) for t in case.tests)
    )


@pytest.mark.parametrize(
    "name", ["cauda-disc-002", "neuropathy-gbs-009", "tendon-achilles-002", "sciatic-lymphoma-002", "functional-parkinson-001"]
)
def test_an_assessment_is_identical_without_the_answer(name, compiled, today):
    path = PUBLISHED / f"{name}.yaml"
    given = []
    for text in (path.read_text(encoding="utf-8"), without_answer(path), with_wrong_answer(path)):
        case = case_of_text(text, today)
        understanding = understand(case, compiled.kb, compiled.lexicon, today)
        result = assess(understanding.evidence, compiled.kb, compiled.network)
        given.append(assessment_json(case, understanding, result, compiled.kb))
    assert given[0] == given[1] == given[2]
