"""Arms that hold something: where the hand goes, and how shoulder and elbow bend to bring it there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from soleus.domain.figure import Arm, Figure, Position
from soleus.reports.figures.body import FOREARM, PALM, SIDES, UPPER_ARM, Body, Frame
from soleus.reports.figures.rest import Rested
from soleus.reports.figures.setting import Stage
from soleus.reports.figures.vectors import Vec, about, along, between, dot, length, minus, plus, times, unit

_REACH = UPPER_ARM + FOREARM + PALM * 0.6
_ELBOWS_OUT = 0.12
"""Who lies flat on the front with the shoulders lower than this has the elbows out to the side."""
_HAND_DEPTH = 0.018
"""From the middle of a hand or an elbow to the floor under it."""
_UPRIGHT = ("standing", "walking")


@dataclass(frozen=True)
class Places:
    """Where the things around a person stand; x in body heights, worked out from the first position and kept in the others."""

    rail_x: float
    rail_y: float
    wall_x: float
    table_x: float
    table_y: float
    chair_x: float
    chair_y: float


def places_of(figure: Figure, rested: list[Rested]) -> Places:
    """Set rail, wall, table and chair where the person of the first position can reach them and no foot stands in them."""
    first = rested[0].body
    toes = max(r.body[f"{s}_{p}"][0] for r in rested for s in SIDES for p in ("toe", "ball") if s in r.standing_on or not r.standing_on)
    chest = first["chest"][0]
    farthest = max(r.body["chest"][0] for r in rested)
    front = max(chest + 0.25, toes + 0.03)
    low = rested[0].body["chest"][1] < 0.62
    raised = max(min(min(r.body[f"{s}_ball"][1] for s in SIDES) for r in rested), 0.0)
    return Places(
        rail_x=front,
        rail_y=(0.40 if low else 0.57) + (0.06 if rail_beside(figure) else raised),
        wall_x=max(farthest + 0.31, toes + 0.03, max(r.body["head"][0] for r in rested) + 0.09),
        table_x=max(first["pelvis"][0] + 0.17, 0.0),
        table_y=0.42 if low else 0.53,
        chair_x=front,
        chair_y=0.52,
    )


def hand_name(figure: Figure, position: Position, side: str) -> str:
    """Where a hand goes: as typed, or as the base and the things at hand suggest."""
    arm: Arm = position.near_arm if side == "near" else position.far_arm
    if arm.hand:
        return arm.hand
    if arm.shoulder is not None or arm.elbow is not None or arm.arm_abduction is not None:
        return "free"
    for prop in figure.props:
        name, place = prop.name, prop.places[0]
        if name in ("rail", "table") and place == "front" and position.base in (*_UPRIGHT, "kneeling", "half-kneeling"):
            return name
        if name == "chair" and place in ("auto", "front") and position.base in _UPRIGHT and figure.positions[0].base in _UPRIGHT:
            return "chair"
        if name == "wall" and place == "front" and position.base in _UPRIGHT:
            return "wall"
        if name in ("rollator", "treadmill", "arm-ergometer") and position.base in (*_UPRIGHT, "sitting"):
            return "handles"
        if name in ("dumbbells", "barbell", "kettlebell", "stick") and place in ("hands", "pelvis"):
            return "bar"
        if name in ("strap", "towel") and place != "floor":
            return "strap"
    return {
        "sitting": "thighs",
        "four-point": "floor",
        "hands-and-feet": "floor",
        "heel-sitting": "floor" if (position.trunk or 0) > 40 else "thighs",
        "half-kneeling": "hips",
        "long-sitting": "thighs",
        "half-lying": "floor" if position.trunk is None else "belly",
        "supine": "floor",
        "hook-lying": "floor",
        "bridge": "floor",
        "cycling": "handles",
        "recumbent": "handles",
        "rowing": "handles",
        "leg-press": "handles",
        "back-extension": "chest",
    }.get(position.base, "free")


def with_hands(figure: Figure, position: Position, rested: Rested, stage: Stage, places: Places) -> Body:
    """The body with both hands where they belong; an arm too short stretches towards its target."""
    body = rested.body
    for side in SIDES:
        name = hand_name(figure, position, side)
        target = _target(name, side, figure, position, rested, stage, places)
        if (
            target is None
            and min(body[f"{side}_hand"][1], body[f"{side}_wrist"][1], body[f"{side}_elbow"][1]) < stage.surface + _HAND_DEPTH
        ):
            target = body[f"{side}_hand"]  # an arm that was typed, or just hangs, comes to rest on the floor
        if target is not None:
            target = (target[0], max(target[1], stage.surface + _HAND_DEPTH), target[2])
            flat = position.base == "prone" and body["chest"][1] - stage.surface < _ELBOWS_OUT
            body = _arm_to(body, side, target, stage.surface, outward=flat or name in ("hips", "head", "chest"))
    return body


def _arm_to(body: Body, side: str, target: Vec, floor: float, *, outward: bool) -> Body:
    """Two-link inverse kinematics; the elbow points back and down, or out to the side."""
    shoulder = body[f"{side}_shoulder"]
    frame = body.frames["chest"]
    sign = 1 if side == "near" else -1
    fore = FOREARM + PALM * 0.6
    way = minus(target, shoulder)
    distance = min(max(length(way), 0.07), _REACH - 0.001)
    toward = unit(way)
    back = plus(times(frame.front, -1.0), plus((0.0, -0.5, 0.0), times(frame.right, sign * (2.5 if outward else 0.25))))
    bend = unit(minus(back, times(toward, dot(back, toward))))
    first = (UPPER_ARM**2 - fore**2 + distance**2) / (2 * distance)
    first = min(max(first, -UPPER_ARM), UPPER_ARM)
    out, base = sqrt(max(UPPER_ARM**2 - first**2, 0.0)), along(shoulder, toward, first)
    # No elbow goes through the floor: the bend is turned round the arm until it stays above.
    elbows = [along(base, about(bend, toward, turn), out) for turn in (0, -30, 30, -60, 60, -90, 90, -120, 120, -150, 150, 180)]
    elbow = next((e for e in elbows if e[1] >= floor + 0.025), max(elbows, key=lambda e: e[1]))
    lower = unit(minus(along(shoulder, toward, distance), elbow))
    points = dict(body.points)
    points[f"{side}_elbow"] = elbow
    points[f"{side}_wrist"] = along(elbow, lower, FOREARM)
    points[f"{side}_hand"] = along(elbow, lower, FOREARM + PALM)
    frames = dict(body.frames)
    for segment, down in (("upper_arm", unit(minus(elbow, shoulder))), ("forearm", lower)):
        across = frame.right
        ahead = unit(minus(frame.front, times(down, dot(frame.front, down))))
        frames[f"{side}_{segment}"] = Frame(down, ahead, across)
    return Body(points, frames)


def _target(name: str, side: str, figure: Figure, position: Position, rested: Rested, stage: Stage, places: Places) -> Vec | None:
    body = rested.body
    sign = 1.0 if side == "near" else -1.0
    shoulder, hip, knee = (body[f"{side}_{joint}"] for joint in ("shoulder", "hip", "knee"))
    thigh, shank, chest, pelvis = (body.frames[f] for f in (f"{side}_thigh", f"{side}_shank", "chest", "pelvis"))
    surface = stage.surface
    if name == "rail" and rail_beside(figure):
        return (shoulder[0] + 0.13, places.rail_y + 0.012, -0.17) if side == "far" else None
    if name == "rail":
        return (places.rail_x, places.rail_y + 0.01, sign * 0.09)
    if name == "wall":
        return (places.wall_x - 0.012, max(shoulder[1] - 0.03, 0.05), sign * 0.10)
    if name == "chair":
        return (places.chair_x, places.chair_y + 0.012, sign * 0.075)
    if name == "table":
        return (max(places.table_x + 0.06, shoulder[0] + 0.12), places.table_y + 0.018, sign * 0.10)
    if name == "seat":
        return (body["pelvis"][0] - 0.03, body["pelvis"][1] - 0.035, sign * 0.13)
    if name == "floor":
        return _on_floor(position.base, shoulder, surface, sign)
    if name == "thighs":
        return plus(between(hip, knee, 0.62), times(thigh.front, 0.055))
    if name == "knees":
        return plus(knee, times(thigh.front, 0.05))
    if name == "behind-thigh":
        near_thigh = body.frames["near_thigh"]
        return plus(plus(between(body["near_hip"], body["near_knee"], 0.72), times(near_thigh.front, -0.05)), (0.0, 0.0, sign * 0.05))
    if name == "shin":
        near = body.frames["near_shank"] if position.near_leg != position.far_leg else shank
        from_knee = body["near_knee"] if position.near_leg != position.far_leg else knee
        return plus(along(from_knee, near.down, 0.06), plus(times(near.front, 0.045), (0.0, 0.0, sign * 0.04)))
    if name == "foot":
        return along(body["near_ball"], body.frames["near_foot"].front, 0.03)
    if name == "hips":
        return plus(plus(hip, times(pelvis.down, -0.075)), times(pelvis.right, sign * 0.055))
    if name == "belly":
        return plus(plus(body["spine1"], times(chest.front, 0.075)), (0.0, 0.0, sign * 0.03))
    if name == "chest":
        return plus(plus(body["chest"], times(chest.down, 0.06)), plus(times(chest.front, 0.085), times(chest.right, -sign * 0.05)))
    if name == "head":
        return plus(body["head"], times(chest.right, sign * 0.06))
    if name == "forward":
        ahead: Vec = chest.front if abs(chest.front[1]) > 0.75 else (1.0, 0.0, 0.0)
        return along(shoulder, ahead, _REACH - 0.004)
    if name == "strap":
        foot = body["near_ball"]
        for prop in figure.props:
            if prop.name in ("strap", "towel") and prop.places[0] in ("thigh", "knee", "heel", "ankle"):
                foot = body[f"near_{'knee' if prop.places[0] == 'thigh' else prop.places[0]}"]
        return plus(along(shoulder, unit(minus(foot, shoulder)), min(0.27, length(minus(foot, shoulder)) - 0.03)), (0.0, 0.0, 0.0))
    if name == "bar":
        return _at_bar(figure, body, shoulder, sign)
    if name == "handles":
        return _at_handles(figure, position, rested, places, sign)
    return None


def rail_beside(figure: Figure) -> bool:
    """A handrail runs along the way where one climbs, or where it is asked for."""
    climbing = any(p.name == "stairs" or (p.name == "step" and p.places[0] in ("front", "behind")) for p in figure.props)
    return any(p.name == "rail" and (p.places[0] == "side" or (climbing and p.places[0] == "front")) for p in figure.props)


def _on_floor(base: str, shoulder: Vec, surface: float, sign: float) -> Vec:
    height = shoulder[1] - surface
    if base == "prone":
        ahead = 0.16 if height < 0.24 else 0.02
    elif base in ("supine", "hook-lying", "bridge", "half-lying"):
        return (shoulder[0] + sqrt(max((_REACH - 0.006) ** 2 - (height - 0.022) ** 2, 0.0)), surface + 0.022, sign * 0.135)
    elif base == "long-sitting":
        ahead = -0.16
    elif base == "heel-sitting":
        ahead = 0.32
    elif base == "hands-and-feet":
        ahead = sqrt(max((_REACH - 0.01) ** 2 - (height - 0.02) ** 2, 0.0)) if height < 0.24 else 0.0
    else:
        ahead = 0.02
    return (shoulder[0] + ahead, surface + _HAND_DEPTH, sign * 0.10)


def _at_bar(figure: Figure, body: Body, shoulder: Vec, sign: float) -> Vec:
    place = next((p.places[0] for p in figure.props if p.name in ("barbell", "stick", "dumbbells", "kettlebell")), "hands")
    if place == "pelvis":
        return plus(plus(body["pelvis"], times(body.frames["pelvis"].front, 0.085)), (0.0, 0.0, sign * 0.12))
    if place == "back":
        return plus(plus(body["chest"], times(body.frames["chest"].front, -0.04)), (0.0, 0.0, sign * 0.16))
    inward = 0.03 if figure.has("kettlebell") else 0.10
    return (shoulder[0] + 0.02, shoulder[1] - _REACH + 0.004, sign * inward)


def _at_handles(figure: Figure, position: Position, rested: Rested, places: Places, sign: float) -> Vec:
    body = rested.body
    pelvis = body["pelvis"]
    if position.base == "cycling":
        return (0.21, 0.66, sign * 0.09)
    if position.base in ("recumbent", "leg-press"):
        return (pelvis[0] + 0.03, pelvis[1] - 0.01, sign * 0.14)
    if position.base == "rowing":
        return rower_handle(rested)
    if figure.has("rollator"):
        return (body["chest"][0] + 0.23, 0.52, sign * 0.11)
    if figure.has("arm-ergometer"):
        return plus(arm_crank(rested), (0.045 * sign, 0.0, sign * 0.06))
    return (places.rail_x, 0.58, sign * 0.12)


def arm_crank(rested: Rested) -> Vec:
    """Centre of the cranks of an arm ergometer."""
    return plus(rested.body["chest"], (0.27, -0.04, 0.0))


def rower_handle(rested: Rested) -> Vec:
    """Where the handle of a rowing machine is: far ahead while the knees are bent, at the belly when they are straight."""
    body = rested.body
    if rested.posture.near_leg.knee > 50:
        chest = body["chest"]
        return (chest[0] + _REACH - 0.03, chest[1] - 0.08, 0.0)
    return plus(body["spine2"], times(body.frames["spine2"].front, 0.09))


def aligned(rested: list[Rested], bases: list[str]) -> list[Rested]:
    """Positions of different bases, moved so that the near foot of all is in the same place."""
    if len(set(bases)) == 1:
        return rested
    first = rested[0].body["near_ball"][0]
    return [replace(r, body=r.body.moved((first - r.body["near_ball"][0], 0.0, 0.0))) for r in rested]
