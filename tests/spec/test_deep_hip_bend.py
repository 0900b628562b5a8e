"""An exercise that bends the hip deeply says so, for everybody whose hip or hamstring must not be bent that far.

Source: Eannucci 2019 (no hip flexion beyond 90 degrees for 6 to 12 weeks after hip replacement is the usual precaution).
"""

from __future__ import annotations

import pytest

from soleus.domain.figure import figure_of
from soleus.knowledge_store import open_care
from soleus.reports.figures.draw import scenes_of

UPRIGHT_SITTING = 97.0
"""Plain sitting is drawn at up to 90 degrees, with up to 7 more where the body leans a little; what is bent further is deep. [degrees]"""


def deepest_hip_bend(exercise: str) -> float:
    """The largest hip flexion of either leg in any position of the drawn figure. [degrees]"""
    figure, problems = figure_of(open_care().exercises[exercise].figure)
    assert figure is not None, problems
    return max(max(s.rested.posture.near_leg.hip, s.rested.posture.far_leg.hip) for s in scenes_of(figure))


@pytest.mark.parametrize("exercise", sorted(open_care().exercises))
def test_a_figure_bent_deeply_at_the_hip_is_marked(exercise):
    if deepest_hip_bend(exercise) > UPRIGHT_SITTING:
        assert "hip-flexion-deep" in open_care().exercises[exercise].stress


def test_the_angle_is_that_of_the_hip():
    assert deepest_hip_bend("hamstring-stretch-seated") > 110
    assert deepest_hip_bend("single-leg-stance") < 30
