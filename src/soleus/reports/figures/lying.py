"""Lying on the back, the front and the side, bridges, and sitting on the floor."""

from __future__ import annotations

from dataclasses import replace
from math import asin, degrees

from soleus.domain.figure import Leg, Position
from soleus.reports.figures.body import SIDES, THIGH, Posture, body_of
from soleus.reports.figures.setting import (
    HIP_DEPTH,
    KNEE_DEPTH,
    SHOULDER_DEPTH,
    Settled,
    Stage,
    above,
    flat_foot,
    hip_to,
    knee_to,
    leg_bottom,
    leg_of,
    leg_to,
    leg_to_floor,
    sole_bottom,
)
from soleus.reports.figures.vectors import zero_of


def lying(position: Position, p: Posture, stage: Stage, lean: float, ankle: float, *, knees_bent: float | None = None) -> Settled:
    lean = lean if position.trunk is None else position.trunk
    p = replace(p, lean=lean, root=(0.0, HIP_DEPTH, 0.0))
    feet = []
    for side in SIDES:
        leg = leg_of(position, side)
        if knees_bent is not None and leg == Leg(
            ankle=leg.ankle, toes=leg.toes, abduction=leg.abduction, rotation=leg.rotation, foot=leg.foot
        ):
            leg = replace(leg, knee=knees_bent, foot=leg.foot or "floor")
            p = p.with_leg(side, knee=knees_bent)
        on_floor = leg.foot == "floor" or (leg.foot == "" and leg.knee is not None and leg.hip is None)
        if leg.foot in ("ball", "chair"):
            top = 0.20 if leg.foot == "ball" else 0.25
            p = leg_to(p, side, (p.root[0] + 0.36, top + 0.03, 0.0))
            p = p.with_leg(side, ankle=leg.ankle or 0.0)
        elif leg.foot == "wall":
            p = leg_to(p, side, (p.root[0] + 0.34, 0.25, 0.0)).with_leg(side, ankle=0.0)
        elif on_floor:
            feet.append(side)
            bent = p.leg(side).hip if leg.hip is not None else 60
            p = leg_to_floor(p.with_leg(side, hip=bent), side, replace(leg, knee=leg.knee or 0.0) if leg.hip is None else leg, 0.0)
        else:
            p = p.with_leg(side, ankle=ankle if leg.ankle is None else leg.ankle)
            if leg.hip is None and leg.foot != "free":
                p = hip_to(p, side, 0.0, -25, 60, 0)
            p = above(p, side, 0.0)
    return replace(p, root=(0.0, p.root[1] + stage.surface, 0.0)), tuple(feet)


def supine(position: Position, p: Posture, stage: Stage) -> Settled:
    return lying(position, p, stage, -90, -12)


def hook_lying(position: Position, p: Posture, stage: Stage) -> Settled:
    return lying(position, p, stage, -90, -12, knees_bent=95)


def half_lying(position: Position, p: Posture, stage: Stage) -> Settled:
    return lying(position, p, stage, -42, -8)


def long_sitting(position: Position, p: Posture, stage: Stage) -> Settled:
    return lying(position, p, stage, 0, -5)


def prone(position: Position, p: Posture, stage: Stage) -> Settled:
    lean = 90.0 if position.trunk is None else position.trunk
    p = replace(p, lean=lean, root=(0.0, HIP_DEPTH, 0.0))
    for side in SIDES:
        leg = leg_of(position, side)
        p = p.with_leg(side, ankle=-50 if leg.ankle is None else leg.ankle)
        if leg.hip is None:
            # The knee rests; what lies beyond it is as it was typed.
            p = p.with_leg(side, hip=degrees(asin((HIP_DEPTH - KNEE_DEPTH) / THIGH)))
        if leg.knee is None and leg.foot != "free":
            p = knee_to(p, side, -0.004, 0, 60, 5)
        if leg_bottom(body_of(p), side) < -1e-9:
            p = hip_to(p, side, 0.0, -40, 40, p.leg(side).hip)
    return replace(p, root=(0.0, p.root[1] + stage.surface, 0.0)), ()


def side_lying(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, on_side=True, lean=0.0, tilt=(position.tilt or 0.0) + 7, root=(0.0, 0.105 + stage.surface, 0.0))
    for side in SIDES:
        leg = leg_of(position, side)
        p = p.with_leg(side, ankle=leg.ankle or 0.0)
    if position.near_leg.foot == "together":
        p = replace(p.with_leg("near", abduction=0.0), swing=position.near_leg.abduction or 0.0)
    return p, ()


def bridge(position: Position, p: Posture, stage: Stage) -> Settled:
    legs = {}
    for side in SIDES:
        leg = leg_of(position, side)
        legs[side] = leg
        p = p.with_leg(side, hip=leg.hip or 0.0, knee=85 if leg.knee is None else leg.knee)
    carrying = [s for s in SIDES if legs[s].foot != "free"] or list(SIDES)
    most = max(p.leg(s).knee for s in carrying)
    if p.near_leg != p.far_leg:
        carrying = [s for s in carrying if p.leg(s).knee >= most - 30 and p.leg(s).hip <= 30] or carrying
    target = stage.foot_rise
    shoulder = SHOULDER_DEPTH + stage.shoulder_height

    def raised(lift: float) -> Posture:
        trial = replace(p, lean=-90 - lift)
        for side in SIDES:
            trial = flat_foot(trial, side, legs[side]) if side in carrying else trial.with_leg(side, ankle=legs[side].ankle or 0.0)
        chest = body_of(trial)["chest"]
        return replace(trial, root=(trial.root[0] - 0.288 - chest[0], trial.root[1] + shoulder - chest[1], 0.0))

    def gap(lift: float) -> float:
        body = body_of(raised(lift))
        return min(sole_bottom(body, s) for s in carrying) - target

    p = raised(zero_of(gap, -25, 75, 20))
    return replace(
        p, root=(p.root[0], p.root[1] + stage.surface, 0.0), neck=p.neck if position.neck is not None else -90 - p.lean - p.spine
    ), tuple(carrying)


def swimming(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, lean=87.0 if position.trunk is None else position.trunk, root=(0.0, 0.34, 0.0))
    for side, hip in (("near", -7.0), ("far", 14.0)):
        leg = leg_of(position, side)
        p = p.with_leg(side, hip=hip if leg.hip is None else leg.hip, knee=15 if leg.knee is None else leg.knee)
        p = p.with_leg(side, ankle=-45 if leg.ankle is None else leg.ankle)
    return p, ()
