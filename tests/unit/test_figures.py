"""Drawn figures: kinematics by sums worked by hand, bodies that stand on what they rest on, and pictures that are sound SVG."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from math import cos, isclose, radians, sin

import pytest

from soleus.domain.figure import Figure, figure_of
from soleus.domain.figure_parts import BASES, HANDS, LEG_RANGES, MUSCLES, PROPS
from soleus.reports.figures.body import Posture, body_of, centre_of_mass
from soleus.reports.figures.draw import draw, scenes_of
from soleus.reports.figures.vectors import length, minus, zero_of
from soleus.reports.figures.words import description_of

SVG = "{http://www.w3.org/2000/svg}"


def figure(**data) -> Figure:
    found, problems = figure_of(data)
    assert not problems
    assert found is not None
    return found


def bodies(**data):
    return [scene.body for scene in scenes_of(figure(**data))]


def near(a, b, tolerance=0.003):
    return isclose(a, b, abs_tol=tolerance)


# Reading


def test_a_position_carries_over_what_the_one_before_it_said():
    f = figure(base="standing", start={"knee": 20, "hands": "rail"}, end={"ankle": -35})
    assert f.positions[1].near_leg.knee == 20
    assert f.positions[1].far_leg.ankle == -35
    assert f.positions[1].near_arm.hand == "rail"


def test_a_new_base_forgets_the_angles_of_the_old_one():
    f = figure(base="sitting", start={"trunk": 35, "knee": 100}, end={"base": "standing"})
    assert f.positions[1].trunk is None
    assert f.positions[1].near_leg.knee is None


def test_one_side_goes_before_both():
    p = figure(start={"knee": 10, "near": {"knee": 60}}).positions[0]
    assert (p.near_leg.knee, p.far_leg.knee) == (60, 10)


def test_angles_of_an_arm_let_go_of_the_rail():
    f = figure(start={"hands": "rail"}, end={"near": {"shoulder": 90}})
    assert (f.positions[1].near_arm.hand, f.positions[1].far_arm.hand) == ("free", "rail")


def test_every_problem_is_told_at_once_with_a_cure():
    found, problems = figure_of(
        {
            "view": "above",
            "start": {"kneee": 3, "knee": 750, "hip": "bent", "near": {"foot": "flor"}},
            "end": [],
            "props": ["rial", {"band": "foot"}],
            "arrow": "nose",
            "work": ["calf"],
            "strech": [],
        }
    )
    assert found is None
    told = "\n".join(problems)
    for words in (
        "Did you mean knee?",
        "outside the human range, -10 to 165 degrees",
        "'bent' is no angle",
        "Did you mean floor?",
        "Did you mean rail?",
        "needs its two ends",
        "'nose' is not known",
        "'calf' is not known",
        "Did you mean stretch?",
        "'above' is not known",
        "end: must be a mapping",
    ):
        assert words in told, words


def test_a_problem_is_told_once_though_it_holds_for_both_legs():
    assert len(figure_of({"start": {"knee": 750}})[1]) == 1


def test_an_arrow_needs_an_end_and_a_front_view_a_base_that_has_one():
    assert "there is no end" in figure_of({"start": {}, "arrow": "heel"})[1][0]
    assert "does not suit the base supine" in figure_of({"view": "front", "base": "supine", "start": {}})[1][0]


@pytest.mark.parametrize("joint", sorted(LEG_RANGES))
def test_the_ends_of_a_range_are_inside_and_a_degree_more_is_not(joint):
    low, high = LEG_RANGES[joint]
    assert figure_of({"start": {joint: low}})[0]
    assert figure_of({"start": {joint: high}})[0]
    assert figure_of({"start": {joint: low - 1}})[0] is None
    assert figure_of({"start": {joint: high + 1}})[0] is None


# Kinematics. Lengths by Winter: ankle 0.039, knee 0.285, hip 0.530, shoulder 0.818, top of the head 1.000 of body height.


def test_an_upright_body_is_as_tall_as_the_tables_say():
    b = body_of(Posture(root=(0, 0.530, 0)))
    assert near(b["near_knee"][1], 0.285, 1e-9)
    assert near(b["near_ankle"][1], 0.039, 1e-9)
    assert near(b["near_heel"][1], 0.0, 1e-9)
    assert near(b["chest"][1], 0.818, 1e-9)
    assert near(b["top"][1], 1.0, 1e-9)


def test_signs_are_those_of_the_clinic():
    straight = body_of(Posture())
    bent = body_of(Posture().with_leg("near", hip=90))
    assert near(bent["near_knee"][0], 0.245, 1e-9), "hip flexion brings the thigh forward"
    assert body_of(Posture().with_leg("near", knee=90))["near_ankle"][0] < -0.2, "knee flexion brings the shank backward"
    assert body_of(Posture().with_leg("near", ankle=20))["near_ball"][1] > straight["near_ball"][1], "dorsiflexion lifts the forefoot"
    assert body_of(Posture().with_leg("near", abduction=30))["near_knee"][2] > straight["near_knee"][2]
    assert body_of(Posture().with_leg("far", abduction=30))["far_knee"][2] < straight["far_knee"][2]
    assert body_of(Posture(lean=30))["chest"][0] > 0, "trunk lean is forward"


def test_standing_is_upright_on_the_floor():
    (b,) = bodies(base="standing", start={})
    assert near(b["top"][1], 1.0)
    assert near(b["near_heel"][1], 0.0)
    assert near(b["near_ball"][1], 0.0)


def test_a_heel_raise_lifts_the_body_by_what_the_foot_gives():
    low, high = bodies(base="standing", start={}, end={"ankle": -35})
    # The ankle turns round the ball of the foot: 0.072 behind it and 0.039 above it. The shank leans by as much as balance over the
    # ball asks, 4 degrees, so that the sole stands at 35 + 4 = 39 degrees: 0.072 sin 39 + 0.039 cos 39 = 0.0756; before, 0.039.
    assert near(high["near_ankle"][1], 0.072 * sin(radians(39)) + 0.039 * cos(radians(39)), 0.002)
    assert near(high["pelvis"][1] - low["pelvis"][1], 0.0756 - 0.039, 0.003)
    assert near(high["near_ball"][1], 0.0)
    assert near(high["near_ball"][0], low["near_ball"][0], 1e-6), "the ball of the foot stays where it was"


def test_sitting_with_knees_at_a_right_angle_has_upright_shins_and_flat_feet():
    (b,) = bodies(base="sitting", start={})
    assert near(b["near_knee"][0], b["near_ankle"][0], 0.006)
    assert near(b["near_heel"][1], 0.0)
    assert near(b["near_toe"][1], 0.0)


def test_a_seated_heel_raise_lifts_the_knee():
    low, high = bodies(base="sitting", start={}, end={"ankle": -30})
    assert high["near_knee"][1] > low["near_knee"][1] + 0.015
    assert near(high["near_ball"][1], 0.0)
    assert near(length(minus(high["pelvis"], low["pelvis"])), 0.0, 1e-9)


def test_a_heel_drop_hangs_under_the_edge_of_the_step():
    low = bodies(base="standing", start={"ankle": -20}, end={"ankle": 20}, props=[{"step": "balls"}])[1]
    assert near(low["near_ball"][1], 0.10)
    # To stay over the edge the body leans 10 degrees forward, so that 10 of the 20 degrees are left for the sole, 0.11 long from heel
    # to ball: 0.11 sin 10 = 0.019.
    assert near(0.10 - low["near_heel"][1], 0.11 * sin(radians(10)), 0.003)


@pytest.mark.parametrize("data", [{"knee": 60}, {"trunk": 60, "knee": 15}, {"ankle": -35}, {"hip": 40, "knee": 50}])
def test_who_stands_without_support_is_balanced(data):
    (b,) = bodies(base="standing", start=data)
    assert b["near_heel"][0] - 0.01 <= centre_of_mass(b)[0] <= b["near_toe"][0]


def test_a_bridge_rests_on_shoulders_and_feet_with_a_straight_hip():
    (b,) = bodies(base="bridge", start={"hip": 0})
    assert near(b["near_heel"][1], 0.0)
    assert near(b["chest"][1], 0.06)
    # Straight from shoulder over hip to knee.
    up, on = minus(b["pelvis"], b["chest"]), minus(b["near_knee"], b["near_hip"])
    assert near(up[1] / length(up), on[1] / length(on), 1e-6)


def test_a_lunge_stands_on_both_feet_with_an_upright_front_shin():
    (b,) = bodies(
        base="standing", start={"near": {"hip": 90, "knee": 90, "foot": "floor"}, "far": {"hip": -5, "foot": "floor"}, "trunk": 0}
    )
    assert near(b["near_knee"][0], b["near_ankle"][0], 0.002)
    assert near(b["near_heel"][1], 0.0)
    assert near(min(b["far_ball"][1], b["far_toe"][1]), 0.0)
    assert b["far_toe"][0] < b["pelvis"][0]


def test_a_knee_curl_when_lying_on_the_front_brings_the_shin_upright():
    _, b = bodies(base="prone", start={}, end={"near": {"knee": 90}})
    assert near(b["near_ankle"][0], b["near_knee"][0], 0.025)
    assert b["near_ankle"][1] > 0.25


def test_a_clam_opens_at_the_knee_and_not_at_the_foot():
    shut, open_ = bodies(base="side-lying", start={"hip": 50, "knee": 95}, end={"near": {"abduction": 45, "foot": "together"}})
    assert open_["near_knee"][1] > shut["near_knee"][1] + 0.05
    assert near(length(minus(open_["near_ankle"], shut["near_ankle"])), 0.0, 1e-6)
    assert near(length(minus(open_["near_knee"], open_["near_ankle"])), 0.246, 1e-9)


@pytest.mark.parametrize(("thing", "target"), [("rail", (None, 0.58)), ("table", (None, None)), ("wall", (None, None))])
def test_hands_reach_what_they_hold(thing, target):
    scene = scenes_of(figure(base="standing", start={"hands": thing}, props=[thing]))[0]
    x = {"rail": scene.places.rail_x, "table": scene.places.table_x + 0.06, "wall": scene.places.wall_x - 0.012}[thing]
    grip = scene.body["near_hand"]
    assert grip[0] == pytest.approx(x, abs=0.05)
    if target[1]:
        assert grip[1] == pytest.approx(target[1], abs=0.03)


def test_nobody_stands_in_the_wall():
    scene = scenes_of(
        figure(base="standing", start={"trunk": 14, "near": {"hip": -22, "knee": 0}, "far": {"foot": "floor"}}, props=["wall"])
    )[0]
    assert all(point[0] < scene.places.wall_x + 0.035 for point in scene.body.points.values())


def test_pedals_are_half_a_turn_apart():
    (b,) = bodies(base="cycling", start={"near": {"foot": "pedal-up"}, "far": {"foot": "pedal-down"}})
    assert near(b["near_ball"][1] - b["far_ball"][1], 2 * 0.097, 0.004)


def test_a_zero_is_found_where_the_function_changes_its_sign():
    assert zero_of(lambda x: x - 0.3, -1, 1, 0) == pytest.approx(0.3)
    assert zero_of(lambda x: x * x + 1, -1, 1, 0.5) == pytest.approx(0.0, abs=0.03)


# Every base and every thing


@pytest.mark.parametrize("base", sorted(BASES))
def test_every_base_has_every_joint_above_the_floor(base):
    (b,) = bodies(base=base, start={})
    for point, (_, y, _) in b.points.items():
        assert y >= -0.02, (base, point, y)


@pytest.mark.parametrize("prop", sorted(PROPS))
def test_every_thing_can_be_drawn_at_every_place(prop):
    bare = len(draw(figure(base="standing", start={})))
    for place in PROPS[prop]:
        props = [{"band": [place, "hand" if place != "hand" else "foot"]}] if prop == "band" else [{prop: place}]
        text = draw(figure(base="standing", start={}, props=props))
        ElementTree.fromstring(text)
        assert len(text) > bare + 60, (prop, place)


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_every_muscle_can_be_marked_as_working_and_as_stretched(muscle):
    plain = draw(figure(base="standing", start={})).count("<path")
    for key in ("work", "stretch"):
        text = draw(figure(base="standing", start={}, **{key: [muscle]}))
        assert text.count("<path") > plain
        assert MUSCLES[muscle].split(" (")[0] in re.sub(r"\s+", " ", " ".join(ElementTree.fromstring(text).itertext()))


@pytest.mark.parametrize("hands", sorted(HANDS))
def test_hands_can_be_put_everywhere_from_standing_and_lying(hands):
    for base in ("standing", "supine"):
        (b,) = bodies(base=base, start={"hands": hands})
        assert near(length(minus(b["near_elbow"], b["near_shoulder"])), 0.186, 1e-6)
        assert near(length(minus(b["near_wrist"], b["near_elbow"])), 0.146, 1e-6)


# The picture

EXERCISES = {
    "heel raise": {"base": "standing", "start": {}, "end": {"ankle": -35}, "props": ["rail"], "arrow": "heel", "work": ["gastrocnemius"]},
    "sit to stand": {
        "base": "sitting",
        "start": {"trunk": 35, "knee": 100},
        "end": {"base": "standing"},
        "props": ["chair"],
        "work": ["quadriceps"],
    },
    "strap": {"base": "supine", "start": {"near": {"hip": 75, "hand": "strap"}}, "props": ["mat", "strap"], "stretch": ["hamstrings"]},
    "side step": {"view": "front", "base": "standing", "start": {}, "end": {"near": {"abduction": 28}}, "arrow": "heel"},
}


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_a_picture_is_xml_with_title_and_description_and_obeys_a_strict_policy(name):
    text = draw(figure(**EXERCISES[name]), name=f"{name} <1>", prefix="x9")
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == f"{name} <1>"
    assert desc is not None
    assert len(desc.text or "") > 20
    assert (root.get("aria-labelledby") or "").split() == [title.get("id"), desc.get("id")]
    for element in root.iter():
        assert element.tag not in (f"{SVG}script", f"{SVG}style", f"{SVG}image", f"{SVG}foreignObject")
        assert not {"style", "class"} & element.attrib.keys()
        assert not any(key.startswith("on") for key in element.attrib)
    outside = [v for e in root.iter() for v in e.attrib.values() if "://" in v]
    assert outside == []


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_ids_begin_with_the_prefix_stand_once_and_every_reference_resolves(name):
    text = draw(figure(**EXERCISES[name]), prefix="x9")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert all(i.startswith("x9-") for i in ids)
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', text)) <= set(ids)


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_one_or_two_positions_take_less_than_8_kilobytes(name):
    assert len(draw(figure(**EXERCISES[name]), prefix="x9").encode()) < 8000


def test_marks_are_told_by_a_pattern_and_not_by_colour_alone():
    text = draw(figure(base="standing", start={}, work=["soleus"], stretch=["hamstrings"]), prefix="x9")
    assert 'fill="url(#x9-w)"' in text
    assert 'fill="url(#x9-s)"' in text
    assert text.count("<pattern") == 2


def test_a_mirrored_picture_is_the_same_picture_turned_round_and_start_still_comes_first():
    f = figure(**EXERCISES["heel raise"])
    right, left = draw(f, prefix="x9"), draw(f, prefix="x9", left=True)
    moves = re.findall(r'"translate\((-?\d+) (-?\d+)\)"', right)
    turned = re.findall(r'"matrix\(-1 0 0 1 (-?\d+) (-?\d+)\)"', left)
    assert len(moves) == len(turned) == 2
    assert [y for _, y in moves] == [y for _, y in turned]
    plain = re.sub(r'transform="(?:translate|matrix)[^"]*"', "", right)
    assert plain == re.sub(r'transform="(?:translate|matrix)[^"]*"', "", left), "all else is the same, words included"
    # A point as far right of the middle of its picture is as far left of it in the mirrored one: both ways add up to twice the middle.
    middles = [int(e.get("x") or 0) for e in ElementTree.fromstring(right).iter(f"{SVG}text")][:2]
    for (x, _), (x_turned, _), middle in zip(moves, turned, middles, strict=True):
        assert abs(int(x) + int(x_turned) - 2 * middle) <= 1


def test_everything_lies_inside_the_frame():
    for data in EXERCISES.values():
        root = ElementTree.fromstring(draw(figure(**data)))
        width, height = int(root.get("width") or 0), int(root.get("height") or 0)
        for group in root.iter(f"{SVG}g"):
            found = re.fullmatch(r"translate\((-?\d+) (-?\d+)\)", group.get("transform") or "")
            if not found:
                continue
            for x, y in _first_points(group):
                assert 0 <= x + int(found[1]) <= width
                assert 0 <= y + int(found[2]) <= height


def _first_points(group):
    for path in group.iter(f"{SVG}path"):
        for x, y in re.findall(r"M(-?\d+) (-?\d+)", path.get("d") or ""):
            yield int(x), int(y)


def test_the_description_tells_what_moves_and_what_works():
    told = description_of(figure(**EXERCISES["heel raise"]))
    assert told == "Start: standing. End: both legs: foot pointed down 35°. With: rail. Working: calf (gastrocnemius)."


def test_the_same_figure_is_drawn_the_same_way_every_time():
    f = figure(**EXERCISES["sit to stand"])
    assert draw(f) == draw(f)
