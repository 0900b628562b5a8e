"""The anatomy data and its loader."""

from __future__ import annotations

import re
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

import soleus
from soleus.domain.anatomy import LESION_LEVELS, Anatomy
from soleus.domain.errors import KnowledgeError, OutOfRange
from soleus.knowledge.anatomy_loader import load_anatomy
from soleus.reasoning.deficits import by_nerve, by_root, deficits, degree_factor, either
from soleus.reasoning.footprint import footprint, saturating, weak_probability
from soleus.reasoning.footprint_general import any_of

DATA = Path(soleus.__file__).parent / "knowledge" / "data" / "anatomy"
CONTRACT = Path(__file__).parents[2] / "docs" / "reference" / "knowledge-authoring.md"


@lru_cache(maxsize=1)
def anatomy() -> Anatomy:
    return load_anatomy(DATA)


def section(number: int) -> str:
    text = CONTRACT.read_text(encoding="utf-8")
    return text.split(f"## {number}. ", 1)[1].split("\n## ", 1)[0]


def promised_ids(number: int) -> set[str]:
    """Ids in backticks of a section."""
    return {word.split("(")[0] for group in re.findall(r"`([^`]+)`", section(number)) for word in group.split()}


def test_every_site_of_the_contract_exists() -> None:
    assert promised_ids(10) <= set(anatomy().sites)


def test_every_footprint_finding_of_the_contract_exists() -> None:
    assert promised_ids(5) == set(anatomy().sided)


def test_unsided_findings_are_those_of_the_contract() -> None:
    unsided = {i for i, sided in anatomy().sided.items() if not sided}
    assert unsided == {
        "weak-neck",
        "weak-generalised",
        "difficulty-rising",
        "numb-stocking",
        "numb-saddle",
        "sensory-loss-any",
        "sensory-level",
        "vibration-loss-feet",
        "dissociated-sensory-loss",
        "sensory-ataxia",
        "fasciculations-elsewhere",
        "tongue-wasting",
        "hand-clumsiness",
        "flaccid-tone",
        "bladder-dysfunction",
        "urinary-retention",
        "urinary-incontinence",
        "bowel-dysfunction",
        "anal-tone-reduced",
        "sexual-dysfunction",
        "dysphagia",
        "dysarthria",
        "ptosis",
        "diplopia",
        "respiratory-weakness",
    }


def test_all_levels_have_a_site() -> None:
    assert {site.level for site in anatomy().sites.values()} == set(LESION_LEVELS)


def test_every_cited_source_exists() -> None:
    known = set()
    for path in (DATA.parent / "sources").glob("*.yaml"):
        known |= set(re.findall(r"^([\w-]+):", path.read_text(encoding="utf-8"), re.MULTILINE))
    assert set(anatomy().references) <= known


def test_path_of_the_tibial_nerve_runs_through_the_sciatic_to_the_plexus() -> None:
    path = anatomy().paths["tibial-knee"]
    assert path == ("tibial-knee", "sciatic-tibial-thigh", "sciatic-tibial-division", "sciatic", "plexus-sacral")


def test_movers_of_each_movement_sum_to_one() -> None:
    for movement, movers in anatomy().movers.items():
        assert sum(share for _, share in movers) == pytest.approx(1.0, abs=0.005), movement


def test_each_patterned_site_says_what_it_does() -> None:
    for site in anatomy().sites.values():
        assert site.roots or site.nerves or site.muscles or site.pattern or site.corticospinal, site.id


# Deficits, by hand: tibialis anterior is half L4; an L4 lesion of moderate degree (0.7) takes 0.35 of it.
def test_root_deficit_is_share_times_fraction() -> None:
    site = anatomy().sites["root-L4"]
    assert by_root(site, anatomy().muscles["tibialis-anterior"].roots) == pytest.approx(0.5)
    assert deficits(anatomy(), site, degree_factor("moderate")).muscles["tibialis-anterior"] == pytest.approx(0.35)


def test_nerve_deficit_needs_the_path_to_pass_the_lesion() -> None:
    site = anatomy().sites["fibular-knee"]
    muscles = anatomy().muscles
    assert by_nerve(anatomy(), site, muscles["tibialis-anterior"].nerves) == 1.0
    assert by_nerve(anatomy(), site, muscles["biceps-femoris-short"].nerves) == 0.0
    assert by_nerve(anatomy(), site, muscles["tibialis-posterior"].nerves) == 0.0


def test_either_combines_independent_losses() -> None:
    assert either(0.5, 0.5) == pytest.approx(0.75)
    assert either() == 0.0


def test_a_complete_corticospinal_lesion_paralyses_what_a_partial_one_spares() -> None:
    site = anatomy().sites["brain-leg-area"]
    half = deficits(anatomy(), site, 0.5).movements
    whole = deficits(anatomy(), site, 1.0).movements
    assert half["weak-ankle-plantarflexion"] < 0.2 < half["weak-ankle-dorsiflexion"]
    assert whole["weak-ankle-plantarflexion"] > 0.7


@pytest.mark.parametrize(("degree", "factor"), [("mild", 0.4), ("moderate", 0.7), ("severe", 1.0)])
def test_degrees(degree: str, factor: float) -> None:
    assert degree_factor(degree) == factor


def test_saturating_is_zero_without_loss_and_rises() -> None:
    values = [saturating(x / 10, 0.4, 2.5) for x in range(11)]
    assert values[0] == 0.0
    assert values == sorted(values)
    assert weak_probability(1.0) == pytest.approx(0.97, abs=0.005)


def test_any_of_counts_the_clearest_part_nearly_whole() -> None:
    assert any_of([], 0.05) == pytest.approx(0.05)
    assert any_of([0.8, 0.0], 0.0) == pytest.approx(0.776)


@pytest.mark.parametrize(
    ("site", "side", "degree"), [("root-S9", "left", "mild"), ("root-S1", "middle", "mild"), ("root-S1", "left", "awful")]
)
def test_footprint_refuses_what_does_not_exist(site: str, side: str, degree: str) -> None:
    with pytest.raises(OutOfRange):
        footprint(anatomy(), site, side, degree)


def spoilt(tmp_path: Path, name: str, old: str, new: str) -> str:
    """Message of the loader after one change in one file."""
    folder = tmp_path / "anatomy"
    shutil.copytree(DATA, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_anatomy(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("sites.yaml", "  roots: {S1: 0.40, S2: 0.95", "  rots: {S1: 0.40, S2: 0.95", 'Did you mean "roots"'),
        ("sites.yaml", "{tibial-knee: 1.0}", "{tibial-kne: 1.0}", 'Did you mean "tibial-knee"'),
        ("sites.yaml", "weak-ankle-plantarflexion: 1.0", "weak-ankle-plantarflexion: 1.4", "is not a number from 0 to 1"),
        ("sites.yaml", "numb-saddle: 0.82", "numb-sadle: 0.82", 'Did you mean "numb-saddle"'),
        ("sites.yaml", "{value: 0.92, ref: oneill-1988,", "{value: 0.92,", "needs `ref`"),
        ("muscles.yaml", "{L4: 0.50, L5: 0.50}", "{L4: 0.50, L5: 0.30}", "sums to 0.800, not to 1"),
        ("muscles.yaml", "major: L2", "major: L1", "has not the largest share"),
        (
            "muscles.yaml",
            "serves: {weak-hip-extension: 0.85}",
            "serves: {weak-hip-extention: 0.85}",
            'Did you mean "weak-hip-extension"',
        ),
        ("nerves.yaml", "motor: [gluteus-maximus]", "motor: []", "Name it in both"),
        ("nerves.yaml", "parent: tibial-knee, roots: [S1, S2]", "parent: tibial-hip, roots: [S1, S2]", "does not exist"),
        (
            "nerves.yaml",
            "name: Sciatic nerve at the notch, parent: plexus-sacral",
            "name: Sciatic nerve at the notch, parent: tibial-knee",
            "own ancestor",
        ),
        ("skin.yaml", "numb-sole: {name: Sole,", "numb-sole: {nam: Sole,", "is not a key here"),
        ("reflexes.yaml", "tract: arm", "tract: wing", "reflexes.yaml"),
        ("movements.yaml", "_file:", "_notes:", "estimates_because"),
        ("signs.yaml", "weak-leg: {sided: true", "weak-leg: {sided: [", "not valid YAML"),
    ],
)
def test_a_fault_names_file_and_cure(tmp_path: Path, name: str, old: str, new: str, expected: str) -> None:
    message = spoilt(tmp_path, name, old, new)
    assert name in message
    assert expected in message


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"movements\.yaml"):
        load_anatomy(tmp_path)
