"""Laws of the drawn figures, over any angles and over any nonsense."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soleus.domain.figure import Figure, figure_of
from soleus.domain.figure_parts import ARM_RANGES, BASES, FEET, HANDS, LEG_RANGES, TRUNK_RANGES
from soleus.reports.figures.body import ArmAngles, LegAngles, Posture, body_of
from soleus.reports.figures.draw import draw, scenes_of
from soleus.reports.figures.vectors import length, minus

LENGTHS = (("hip", "knee", 0.245), ("knee", "ankle", 0.246), ("shoulder", "elbow", 0.186), ("elbow", "wrist", 0.146))


def _within(ranges):
    return {name: st.integers(int(low), int(high)) for name, (low, high) in ranges.items()}


legs = st.builds(LegAngles, **_within(LEG_RANGES))
arms = st.builds(ArmAngles, **_within(ARM_RANGES))
postures = st.builds(
    Posture,
    lean=st.integers(-180, 180),
    tilt=st.integers(-60, 60),
    spine=st.integers(-90, 110),
    neck=st.integers(-80, 80),
    on_side=st.booleans(),
    near_leg=legs,
    far_leg=legs,
    near_arm=arms,
    far_arm=arms,
    swing=st.integers(0, 70),
)
limbs = st.fixed_dictionaries(
    {},
    optional={**_within(LEG_RANGES), **_within(ARM_RANGES), "foot": st.sampled_from(sorted(FEET)), "hand": st.sampled_from(sorted(HANDS))},
)
positions = st.fixed_dictionaries(
    {},
    optional={
        **_within(TRUNK_RANGES),
        **_within(LEG_RANGES),
        **_within(ARM_RANGES),
        "near": limbs,
        "far": limbs,
        "hands": st.sampled_from(sorted(HANDS)),
    },
)


def read(data) -> Figure:
    figure, problems = figure_of(data)
    assert problems == []
    assert figure is not None
    return figure


@given(postures)
def test_segments_keep_their_length_whatever_the_angles(posture):
    body = body_of(posture)
    for side in ("near", "far"):
        for start, end, expected in LENGTHS:
            assert length(minus(body[f"{side}_{start}"], body[f"{side}_{end}"])) == pytest.approx(expected, abs=1e-9)
    assert length(minus(body["near_hip"], body["far_hip"])) == pytest.approx(0.1, abs=1e-9)
    spine = [body["pelvis"], body["spine1"], body["spine2"], body["chest"]]
    assert sum(length(minus(a, b)) for a, b in pairwise(spine)) == pytest.approx(0.288, abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(BASES)), positions)
def test_no_part_of_the_body_is_ever_under_the_floor(base, position):
    for scene in scenes_of(read({"base": base, "start": position})):
        for joint, (_, y, _) in scene.body.points.items():
            assert y >= -1e-6, joint


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(BASES)), positions)
def test_arms_that_hold_something_keep_their_length(base, position):
    for scene in scenes_of(read({"base": base, "start": position})):
        for side in ("near", "far"):
            for start, end, expected in LENGTHS[2:]:
                assert length(minus(scene.body[f"{side}_{start}"], scene.body[f"{side}_{end}"])) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(BASES)), positions, positions)
def test_whatever_can_be_read_can_be_drawn(base, start, end):
    text = draw(read({"base": base, "start": start, "end": end, "arrow": ["heel", "hand"], "work": ["soleus", "gluteus-maximus"]}))
    ElementTree.fromstring(text)
    assert "nan" not in text


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["knee", "near", "base", "hand"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["view", "base", "start", "middle", "end", "props", "arrow", "work", "stretch", "odd"]), anything)
    | anything
)
def test_problems_are_told_and_never_raised(data):
    figure, problems = figure_of(data)
    assert (figure is None) == bool(problems)
    assert all(problems)


@given(positions)
def test_near_and_far_are_mirror_images_in_the_body(position):
    given_ = read({"base": "prone", "start": position}).positions[0]
    one = Posture(
        near_leg=LegAngles(given_.near_leg.hip or 0, given_.near_leg.knee or 0),
        far_leg=LegAngles(given_.far_leg.hip or 0, given_.far_leg.knee or 0),
    )
    other = Posture(near_leg=one.far_leg, far_leg=one.near_leg)
    a, b = body_of(one), body_of(other)
    for joint in ("knee", "ankle", "toe"):
        x, y, z = a[f"near_{joint}"]
        assert b[f"far_{joint}"] == pytest.approx((x, y, -z), abs=1e-9)
