"""Laws of the footprint: mirror symmetry, distributions, more lesion is never less deficit."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soleus
from soleus.domain.anatomy import Anatomy
from soleus.knowledge.anatomy_loader import load_anatomy
from soleus.reasoning.deficits import deficits
from soleus.reasoning.footprint import footprint

DATA = Path(soleus.__file__).parent / "knowledge" / "data" / "anatomy"
MIRROR = {"left": "right", "right": "left", "none": "none", "both": "both"}
DEGREES = ("mild", "moderate", "severe")


@lru_cache(maxsize=1)
def anatomy() -> Anatomy:
    return load_anatomy(DATA)


sites = st.sampled_from(sorted(anatomy().sites))
sides = st.sampled_from(["left", "right", "both"])
degrees = st.sampled_from(DEGREES)
fractions = st.floats(min_value=0.0, max_value=1.0)


@given(sites, sides, degrees)
def test_mirrored_lesion_gives_mirrored_signs(site: str, side: str, degree: str) -> None:
    here = footprint(anatomy(), site, side, degree)
    there = footprint(anatomy(), site, MIRROR[side], degree)
    assert {(id_, MIRROR[s]): d for (id_, s), d in here.items()} == there


@given(sites, degrees)
def test_both_sides_are_alike_in_a_bilateral_lesion(site: str, degree: str) -> None:
    found = footprint(anatomy(), site, "both", degree)
    for (id_, side), distribution in found.items():
        if side == "left":
            assert distribution == found[id_, "right"]


@given(sites, sides, degrees)
def test_each_distribution_sums_to_one(site: str, side: str, degree: str) -> None:
    for key, distribution in footprint(anatomy(), site, side, degree).items():
        assert sum(distribution.values()) == pytest.approx(1.0, abs=1e-12), key
        assert all(0.0 < p < 1.0 for p in distribution.values()), key


@given(sites, sides, degrees)
def test_every_finding_has_its_sides_and_states(site: str, side: str, degree: str) -> None:
    found = footprint(anatomy(), site, side, degree)
    expected = {(id_, s) for id_, sided in anatomy().sided.items() for s in (("left", "right") if sided else ("none",))}
    assert set(found) == expected
    for (id_, _), distribution in found.items():
        states = {"absent", "present"}
        if id_ in anatomy().movements:
            states = {"normal", "mild", "severe"}
        elif id_ in anatomy().reflexes:
            states = {"absent", "reduced", "normal", "brisk"}
        assert set(distribution) == states


@given(sites, fractions, fractions)
def test_a_larger_lesion_never_spares_more(site: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    small = deficits(anatomy(), anatomy().sites[site], less)
    large = deficits(anatomy(), anatomy().sites[site], more)
    for name in ("movements", "muscles", "skin", "reflex_arcs", "corticospinal"):
        for key, loss in getattr(small, name).items():
            assert 0.0 <= loss <= getattr(large, name)[key] + 1e-12 <= 1.0 + 1e-9


@given(sites, sides)
def test_weakness_and_numbness_do_not_fall_with_the_degree(site: str, side: str) -> None:
    mild, moderate, severe = (footprint(anatomy(), site, side, degree) for degree in DEGREES)
    for key, distribution in mild.items():
        if "present" in distribution:
            assert distribution["present"] <= moderate[key]["present"] + 1e-9 <= severe[key]["present"] + 2e-9, key
        elif "severe" in distribution:
            weak = [1 - found[key]["normal"] for found in (mild, moderate, severe)]
            assert weak == sorted(weak), key


@given(sites, sides)
def test_reflexes_are_lost_more_by_a_worse_lesion_below_the_tracts(site: str, side: str) -> None:
    if any(anatomy().sites[site].corticospinal.values()):
        return
    lost = [
        {i: found[i, "left"]["absent"] + found[i, "left"]["reduced"] for i in anatomy().reflexes}
        for found in (footprint(anatomy(), site, side, degree) for degree in DEGREES)
    ]
    for reflex in anatomy().reflexes:
        assert lost[0][reflex] <= lost[1][reflex] + 1e-9 <= lost[2][reflex] + 2e-9


@given(sites, degrees)
def test_the_other_side_of_a_one_sided_lesion_is_at_its_error_rate(site: str, degree: str) -> None:
    if anatomy().sites[site].other_side > 0.0:
        return
    found = footprint(anatomy(), site, "left", degree)
    for id_, movement in anatomy().movements.items():
        if movement.sided:
            assert 1 - found[id_, "right"]["normal"] == pytest.approx(movement.error)
    for id_, area in anatomy().skin.items():
        if area.sided:
            assert found[id_, "right"]["present"] == pytest.approx(area.background)


@given(sites, degrees)
def test_no_site_hits_the_other_side_harder(site: str, degree: str) -> None:
    found = footprint(anatomy(), site, "left", degree)
    for id_ in anatomy().movements:
        if (id_, "left") in found:
            assert found[id_, "right"]["normal"] >= found[id_, "left"]["normal"] - 1e-12
