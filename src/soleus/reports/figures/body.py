"""A body from joint angles: where each joint is in space. Lengths are fractions of body height.

References:
    R. Drillis and R. Contini, Body Segment Parameters, 1966, and D. A. Winter, Biomechanics and Motor Control of Human Movement
    (both cited from memory), for segment lengths, masses and centres of mass. Where the heel and the ball of the foot lie along the
    foot, and the half widths between the joints of both sides, are estimates from the same drawings.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from soleus.reports.figures.vectors import Vec, about, along, between, minus, plus, times, turned, unit

THIGH, SHANK, ANKLE_HEIGHT = 0.245, 0.246, 0.039
TRUNK, NECK, HEAD_RADIUS = 0.288, 0.117, 0.065
UPPER_ARM, FOREARM, PALM = 0.186, 0.146, 0.045
HEEL, BALL, TOE = 0.038, 0.072, 0.042
"""Heel behind the ankle, ball of the foot before the ankle, length of the toes."""
HIP_WIDTH, SHOULDER_WIDTH = 0.050, 0.105
"""Half the distance of the joints of both sides."""

SIDES = ("near", "far")


@dataclass(frozen=True)
class LegAngles:
    """Angles of a leg, every one known. [degrees]"""

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    toes: float = 0.0
    abduction: float = 0.0
    rotation: float = 0.0


@dataclass(frozen=True)
class ArmAngles:
    """Angles of an arm, every one known. [degrees]"""

    shoulder: float = 5.0
    elbow: float = 10.0
    arm_abduction: float = 0.0


@dataclass(frozen=True)
class Posture:
    """The whole body in numbers: the middle between the hips, and every angle."""

    root: Vec = (0.0, 0.0, 0.0)
    lean: float = 0.0
    """Of the pelvis forward from upright. [degrees]"""
    tilt: float = 0.0
    """Of the chest against the pelvis, towards the near side. [degrees]"""
    spine: float = 0.0
    neck: float = 0.0
    on_side: bool = False
    """Lying on the far side, face to the viewer; `lean` then does not count."""
    near_leg: LegAngles = field(default_factory=LegAngles)
    far_leg: LegAngles = field(default_factory=LegAngles)
    near_arm: ArmAngles = field(default_factory=ArmAngles)
    far_arm: ArmAngles = field(default_factory=ArmAngles)
    swing: float = 0.0
    """How far the near knee is swung outward while hip and foot stay where they are. [degrees]"""

    def leg(self, side: str) -> LegAngles:
        return self.near_leg if side == "near" else self.far_leg

    def with_leg(self, side: str, **angles: float) -> Posture:
        if side == "near":
            return replace(self, near_leg=replace(self.near_leg, **angles))
        return replace(self, far_leg=replace(self.far_leg, **angles))


@dataclass(frozen=True)
class Frame:
    """Directions of a segment: along it away from the trunk, to its front, to the person's right."""

    down: Vec
    front: Vec
    right: Vec


@dataclass(frozen=True)
class Body:
    """Joints by name (`near_knee`, `head`) and the frames of the segments (`near_thigh`)."""

    points: dict[str, Vec]
    frames: dict[str, Frame]

    def __getitem__(self, point: str) -> Vec:
        return self.points[point]

    def moved(self, by: Vec) -> Body:
        return Body({name: plus(point, by) for name, point in self.points.items()}, self.frames)


def body_of(p: Posture) -> Body:
    """Where every joint is.

    Examples:
        >>> body = body_of(Posture(root=(0, 0.53, 0)))
        >>> round(body["near_heel"][1], 3), round(body["top"][1], 2)
        (0.0, 1.0)
    """
    up, front, right = _pelvis(p)
    points: dict[str, Vec] = {"pelvis": p.root}
    frames: dict[str, Frame] = {"pelvis": Frame(times(up, -1), front, right)}
    for side in SIDES:
        hip = along(p.root, right, HIP_WIDTH if side == "near" else -HIP_WIDTH)
        _add_leg(points, frames, side, hip, p.leg(side), (up, front, right))
    if p.swing:
        _swing_knee(points, frames, p.swing)
    place = p.root
    for part, bend in enumerate((0.0, 0.5, 0.5), start=1):
        up, front = turned(up, front, p.spine * bend)
        up, right = turned(up, right, p.tilt * bend)
        place = along(place, up, TRUNK / 3)
        points[f"spine{part}"] = place
        frames[f"spine{part}"] = Frame(times(up, -1), front, right)
    points["chest"] = points.pop("spine3")
    frames["chest"] = frames.pop("spine3")
    for side in SIDES:
        shoulder = along(points["chest"], right, SHOULDER_WIDTH if side == "near" else -SHOULDER_WIDTH)
        _add_arm(points, frames, side, shoulder, p.near_arm if side == "near" else p.far_arm, (up, front, right))
    head_up, head_front = turned(up, front, p.neck)
    points["head"] = along(points["chest"], head_up, NECK)
    points["top"] = along(points["head"], head_up, HEAD_RADIUS)
    points["mouth"] = along(along(points["head"], head_front, 0.055), head_up, -0.035)
    frames["head"] = Frame(times(head_up, -1), head_front, right)
    return Body(points, frames)


def _pelvis(p: Posture) -> tuple[Vec, Vec, Vec]:
    up: Vec
    front: Vec
    right: Vec
    if p.on_side:
        up, front, right = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)
    else:
        right = (0.0, 0.0, 1.0)
        up, front = turned((0.0, 1.0, 0.0), (1.0, 0.0, 0.0), p.lean)
    return up, front, right


def _add_leg(points: dict[str, Vec], frames: dict[str, Frame], side: str, hip: Vec, leg: LegAngles, trunk: tuple[Vec, Vec, Vec]) -> None:
    up, front, right = trunk
    outward = 1 if side == "near" else -1
    down, front = turned(times(up, -1), front, leg.hip)
    down, right = turned(down, right, outward * leg.abduction)
    front, right = turned(front, right, outward * leg.rotation)
    points[f"{side}_hip"] = hip
    frames[f"{side}_thigh"] = Frame(down, front, right)
    knee = along(hip, down, THIGH)
    down, back = turned(down, times(front, -1), leg.knee)
    front = times(back, -1)
    points[f"{side}_knee"] = knee
    frames[f"{side}_shank"] = Frame(down, front, right)
    ankle = along(knee, down, SHANK)
    points[f"{side}_ankle"] = ankle
    toward, upward = turned(front, times(down, -1), leg.ankle)
    sole = times(upward, -1)
    frames[f"{side}_foot"] = Frame(toward, upward, right)
    points[f"{side}_heel"] = along(along(ankle, toward, -HEEL), sole, ANKLE_HEIGHT)
    points[f"{side}_ball"] = along(along(ankle, toward, BALL), sole, ANKLE_HEIGHT)
    toes, toes_up = turned(toward, upward, leg.toes)
    frames[f"{side}_toes"] = Frame(toes, toes_up, right)
    points[f"{side}_toe"] = along(points[f"{side}_ball"], toes, TOE)


def _swing_knee(points: dict[str, Vec], frames: dict[str, Frame], degrees: float) -> None:
    """Turn the near thigh and shank round the line from hip to ankle, as a clam opens."""
    hip, ankle = points["near_hip"], points["near_ankle"]
    axis = unit(minus(ankle, hip))
    points["near_knee"] = plus(hip, about(minus(points["near_knee"], hip), axis, degrees))
    for segment in ("near_thigh", "near_shank"):
        f = frames[segment]
        frames[segment] = Frame(about(f.down, axis, degrees), about(f.front, axis, degrees), about(f.right, axis, degrees))


def _add_arm(
    points: dict[str, Vec], frames: dict[str, Frame], side: str, shoulder: Vec, arm: ArmAngles, trunk: tuple[Vec, Vec, Vec]
) -> None:
    up, front, right = trunk
    outward = 1 if side == "near" else -1
    down, front = turned(times(up, -1), front, arm.shoulder)
    down, right = turned(down, right, outward * arm.arm_abduction)
    elbow = along(shoulder, down, UPPER_ARM)
    points[f"{side}_shoulder"] = shoulder
    points[f"{side}_elbow"] = elbow
    frames[f"{side}_upper_arm"] = Frame(down, front, right)
    down, front = turned(down, front, arm.elbow)
    points[f"{side}_wrist"] = along(elbow, down, FOREARM)
    points[f"{side}_hand"] = along(elbow, down, FOREARM + PALM)
    frames[f"{side}_forearm"] = Frame(down, front, right)


_MASSES = (("thigh", 0.100, "hip", "knee", 0.433), ("shank", 0.0465, "knee", "ankle", 0.433), ("foot", 0.0145, "heel", "ball", 0.5),
           ("upper_arm", 0.028, "shoulder", "elbow", 0.436), ("forearm", 0.022, "elbow", "hand", 0.5))  # fmt: skip


def centre_of_mass(body: Body) -> Vec:
    """Centre of mass of the whole body, in body heights."""
    total = plus(times(between(body["pelvis"], body["chest"]), 0.497), times(body["head"], 0.081))
    for side in SIDES:
        for _, mass, start, end, share in _MASSES:
            total = plus(total, times(between(body[f"{side}_{start}"], body[f"{side}_{end}"], share), mass))
    return total
