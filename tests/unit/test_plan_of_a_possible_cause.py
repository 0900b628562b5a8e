"""What only somebody with a diagnosis is told does not stand in the plan of somebody in whom it is one of many possible causes."""

from __future__ import annotations

import pytest

from soleus.care.regimen import Choice
from soleus.knowledge_store import open_care
from soleus.plan import _regimen

BOOT = "achilles-rupture-boot"


def choice(condition: str, regimen: str, probability: float) -> Choice:
    care = open_care()
    pathway = next(p for p in care.pathways.values() if condition in p.conditions)
    return Choice(condition, probability, pathway, care.regimens[regimen])


@pytest.mark.parametrize(("probability", "told"), [(0.07, False), (0.49, False), (0.5, True), (1.0, True)])
def test_boot_and_clinic_are_for_a_torn_tendon_that_was_found(probability: float, told: bool) -> None:
    care = open_care()
    regimen = _regimen([choice("achilles-tendon-rupture", BOOT, probability)], probability, care)
    assert bool(regimen.supervised) == told
    assert ("Boot on day and night as told." in regimen.advice) == told


def test_its_limits_and_stop_rules_stay() -> None:
    care = open_care()
    regimen = _regimen([choice("achilles-tendon-rupture", BOOT, 0.07)], 0.07, care)
    boot = care.regimens[BOOT]
    assert set(boot.hazards) <= set(regimen.hazards)
    assert set(boot.avoid) <= set(regimen.avoid)
    assert set(boot.hold) <= set(regimen.hold)


def test_advice_to_be_seen_is_never_left_out() -> None:
    care = open_care()
    urgent = next(r for r in care.regimens.values() if "With blood thinners be seen the same day." in r.advice)
    assert urgent.trains
    regimen = _regimen([choice("achilles-tendon-rupture", urgent.id, 0.07)], 0.07, care)
    assert "With blood thinners be seen the same day." in regimen.advice
