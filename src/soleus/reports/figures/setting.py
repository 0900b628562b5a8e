"""What every base needs: the stage, feet on the floor, legs to a place. All lengths are in body heights, the floor is y = 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import acos, atan2, degrees, hypot

from soleus.domain.figure import Leg, Position
from soleus.reports.figures.body import ANKLE_HEIGHT, SHANK, THIGH, Body, LegAngles, Posture, body_of
from soleus.reports.figures.vectors import Vec, zero_of

HIP_DEPTH, KNEE_DEPTH, SHOULDER_DEPTH = 0.062, 0.042, 0.060
"""Flesh between the joint and what it rests on."""
SEAT_HIP = 0.290
"""Height of the hips on an ordinary chair: the knees are at a right angle when the feet are flat."""
_LOWEST_ANKLE, _HIGHEST_ANKLE, _TOE_BEND = -40.0, 36.0, 75.0
"""How far ankles and toes go by themselves to keep the sole on the floor. [degrees]"""

Settled = tuple[Posture, tuple[str, ...]]
"""A posture set down, and the sides whose foot carries or touches something."""


@dataclass(frozen=True)
class Stage:
    """What a body may rest on."""

    foot_rise: float = 0.0
    """Of foam, a board or a ball under the feet."""
    step_height: float = 0.10
    step_x: float = 0.27
    heels_hang: bool = False
    seat_rise: float = 0.0
    surface: float = 0.0
    """Height of the bed under a lying body."""
    shoulder_height: float = 0.0
    """Of the bench under the shoulders."""
    pedals: Vec = (0.0, 0.16, 0.0)
    """Centre of the cranks."""
    crank: float = 0.097


def typed(leg: Leg) -> LegAngles:
    return LegAngles(leg.hip or 0.0, leg.knee or 0.0, leg.ankle or 0.0, leg.toes or 0.0, leg.abduction or 0.0, leg.rotation or 0.0)


def leg_of(position: Position, side: str) -> Leg:
    return position.near_leg if side == "near" else position.far_leg


def flat_foot(p: Posture, side: str, leg: Leg) -> Posture:
    """Turn ankle and toes so that the sole lies flat, as far as joints go; an ankle that was typed stays as it is."""
    if leg.ankle is None:
        frame = body_of(p).frames[f"{side}_shank"]
        flat = degrees(atan2(-frame.front[1], -frame.down[1]))
        p = p.with_leg(side, ankle=min(max(flat, _LOWEST_ANKLE), _HIGHEST_ANKLE))
    if leg.toes is None:
        foot = body_of(p).frames[f"{side}_foot"]
        slope = degrees(atan2(-foot.down[1], hypot(foot.down[0], foot.down[2])))
        p = p.with_leg(side, toes=min(max(slope, 0.0), _TOE_BEND))
    return p


def sole_bottom(body: Body, side: str, *, heels_hang: bool = False) -> float:
    """Height of the lowest point of a foot; of its ball alone where the heel may hang over an edge."""
    points = ("ball", "toe") if heels_hang else ("heel", "ball", "toe")
    return min(body[f"{side}_{point}"][1] for point in points)


def leg_bottom(body: Body, side: str) -> float:
    """Height of the lowest point of a leg with its flesh."""
    return min(sole_bottom(body, side), body[f"{side}_knee"][1] - KNEE_DEPTH, body[f"{side}_ankle"][1] - 0.025)


def support_of(stage: Stage, leg: Leg) -> float:
    if stage.heels_hang or leg.foot == "step":
        return stage.step_height
    return stage.foot_rise


def lowered(p: Posture, gap: float) -> Posture:
    return replace(p, root=(p.root[0], p.root[1] - gap, p.root[2]))


def shifted(p: Posture, by: float) -> Posture:
    return replace(p, root=(p.root[0] + by, p.root[1], p.root[2]))


def leg_to(p: Posture, side: str, ankle: Vec) -> Posture:
    """Bend hip and knee so that the ankle comes to a place, the knee pointing forward."""
    body = body_of(p)
    hip = body[f"{side}_hip"]
    dx, dy = ankle[0] - hip[0], ankle[1] - hip[1]
    distance = min(max(hypot(dx, dy), 0.09), THIGH + SHANK - 1e-6)
    knee = 180 - degrees(acos((THIGH**2 + SHANK**2 - distance**2) / (2 * THIGH * SHANK)))
    lift = degrees(acos((THIGH**2 + distance**2 - SHANK**2) / (2 * THIGH * distance)))
    return p.with_leg(side, hip=p.lean + degrees(atan2(dx, -dy)) + lift, knee=knee)


def leg_to_floor(p: Posture, side: str, leg: Leg, height: float) -> Posture:
    """Put a foot on the floor: by the knee where the hip was typed, by the hip where the knee was typed, else with an upright shin."""

    def trial(**angles: float) -> Posture:
        return flat_foot(p.with_leg(side, **angles), side, leg)

    def gap(**angles: float) -> float:
        return sole_bottom(body_of(trial(**angles)), side) - height

    if leg.hip is not None and leg.knee is not None:
        return flat_foot(p, side, leg)
    if leg.hip is not None:
        return trial(knee=zero_of(lambda k: gap(knee=k), 0, 150, 60))
    if leg.knee is not None:
        return trial(hip=zero_of(lambda h: gap(hip=h), -30, 140, 60))
    drop = body_of(p)[f"{side}_hip"][1] - height - ANKLE_HEIGHT - SHANK
    forward = degrees(acos(min(max(drop / THIGH, -1.0), 1.0)))
    return trial(hip=p.lean + forward, knee=forward)


def shortness(p: Posture, side: str) -> float:
    body = body_of(p)
    return sole_bottom(body, side) - body["pelvis"][1]


def left_open(leg: Leg) -> int:
    return (leg.hip is None) + (leg.knee is None)


def above(p: Posture, side: str, height: float) -> Posture:
    """Lift a hanging leg at the hip, or bend its knee, until nothing of it is under the floor."""
    if leg_bottom(body_of(p), side) >= height - 1e-9:
        return p
    start, knee = p.leg(side).hip, p.leg(side).knee
    lifted = hip_to(p, side, height, max(start - 70, -60.0), start + 100, start)
    if leg_bottom(body_of(lifted), side) >= height - 1e-6:
        return lifted
    return knee_to(p, side, height, knee, 150, knee)


def foot_gap(p: Posture, side: str, leg: Leg, height: float) -> Callable[[float], float]:
    return lambda hip: sole_bottom(body_of(flat_foot(p.with_leg(side, hip=hip), side, leg)), side) - height


def knee_to(p: Posture, side: str, height: float, low: float, high: float, near: float) -> Posture:
    """Bend a knee until the lowest point of the leg is at a height."""
    return p.with_leg(side, knee=zero_of(lambda k: leg_bottom(body_of(p.with_leg(side, knee=k)), side) - height, low, high, near))


def hip_to(p: Posture, side: str, height: float, low: float, high: float, near: float) -> Posture:
    """Turn a leg at the hip until its lowest point is at a height."""
    return p.with_leg(side, hip=zero_of(lambda h: leg_bottom(body_of(p.with_leg(side, hip=h)), side) - height, low, high, near))
