"""Facts lost, doubted or flipped: what is done to a case, and when a missed emergency has an excuse."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Presence, Side
from soleus.evaluation.gold import GoldCase, read_gold
from soleus.evaluation.noise import HALF_SURE, harmed, missed_without_excuse, noise_levels
from soleus.evaluation.run import evaluate
from soleus.interchange.evidence import Understanding
from soleus.knowledge_store import Compiled

CASES = Path(__file__).parents[2] / "cases"
TODAY = datetime.date(2026, 3, 2)
WHOLE = Understanding(
    Evidence(
        observations=(
            Observation("weak-leg", Side.LEFT, (0.0, 1.0), place="findings[0]"),
            Observation("weak-leg", Side.RIGHT, (0.0, 1.0), place="findings[0]"),
            Observation("low-back-pain", Side.UNSTATED, (1.0, 0.0), place="findings[1]"),
        ),
        onset=(1.0, 0.1, 0.1, 0.1, 0.1),
    ),
    (),
    (),
)


@pytest.fixture(scope="module")
def golds() -> list[GoldCase]:
    return read_gold(CASES, TODAY)


def test_no_noise_changes_nothing():
    assert harmed(WHOLE, 0.0, random.Random(1)).understanding == WHOLE


def test_all_lost_leaves_nothing():
    result = harmed(WHOLE, 1.0, random.Random(1), ["lost"])
    assert result.understanding.evidence.observations == ()
    assert result.understanding.evidence.onset is None
    assert set(result.harms.values()) == {"lost"}


def test_flipped_is_the_opposite_and_an_entry_suffers_as_a_whole():
    observations = harmed(WHOLE, 1.0, random.Random(1), ["flipped"]).understanding.evidence.observations
    assert [o.presence for o in observations] == [Presence.ABSENT, Presence.ABSENT, Presence.PRESENT]


def test_unsure_is_seventy_per_cent_sure():
    observations = harmed(WHOLE, 1.0, random.Random(1), ["unsure"]).understanding.evidence.observations
    assert observations[0].weights == pytest.approx((1 - HALF_SURE, HALF_SURE))
    assert observations[2].weights == pytest.approx((HALF_SURE, 1 - HALF_SURE))


def test_the_same_seed_does_the_same_harm():
    assert harmed(WHOLE, 0.5, random.Random(7)) == harmed(WHOLE, 0.5, random.Random(7))


def test_about_the_share_asked_for_is_harmed():
    chance = random.Random(3)
    harms = [len(harmed(WHOLE, 0.3, chance).harms) for _ in range(2000)]
    assert sum(harms) / (3 * len(harms)) == pytest.approx(0.3, abs=0.02)  # two entries and the onset


def test_an_emergency_missed_with_all_its_red_flags_told_has_no_excuse(golds: list[GoldCase], compiled: Compiled):
    from dataclasses import replace

    gold = next(g for g in golds if g.id == "cauda-disc-002")
    (whole,) = evaluate([gold], compiled, TODAY)
    missed = replace(whole, triage="routine")
    assert not missed_without_excuse(whole, whole, {})
    assert missed_without_excuse(missed, whole, {})


def test_no_emergency_is_missed_for_a_third_of_the_facts_lost_unless_its_flags_were_among_them(golds: list[GoldCase], compiled: Compiled):
    """The promise of the how-to page: then they are asked for."""
    emergencies = [g for g in golds if g.is_emergency]
    (level,) = noise_levels(emergencies, compiled, TODAY, [0.3], kinds=["lost", "unsure"], repeats=10, setting="neuromuscular-clinic")
    assert level.without_excuse == 0.0
    assert level.emergencies_missed < 0.15
