"""On the knees, on hands and knees, on hands and feet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from soleus.domain.figure import Position
from soleus.reports.figures.body import SIDES, ArmAngles, Posture, body_of
from soleus.reports.figures.setting import (
    KNEE_DEPTH,
    Settled,
    Stage,
    above,
    flat_foot,
    knee_to,
    leg_bottom,
    leg_of,
    leg_to_floor,
    lowered,
    shifted,
    sole_bottom,
)
from soleus.reports.figures.vectors import zero_of


def on_knees(position: Position, p: Posture, stage: Stage, hips: Callable[[float], float], kneeling: tuple[str, ...]) -> Settled:
    """Knees of some sides on the floor with the shin along it; the root is lowered so that they touch."""
    feet = []
    for side in kneeling:
        leg = leg_of(position, side)
        p = p.with_leg(side, hip=hips(p.lean) if leg.hip is None else leg.hip)
        thigh = 180 + p.lean - p.leg(side).hip
        p = p.with_leg(
            side, knee=min(max(270 - thigh, 0), 165) if leg.knee is None else leg.knee, ankle=-55 if leg.ankle is None else leg.ankle
        )
    body = body_of(p)
    p = lowered(p, min(body[f"{side}_knee"][1] for side in kneeling) - KNEE_DEPTH)
    for side in kneeling:
        leg = leg_of(position, side)
        if leg.knee is None and leg_bottom(body_of(p), side) < 0:
            # The shin lies on the floor, the pointed foot a little lower than the knee: bend until it fits.
            p = knee_to(p, side, 0.0, 0, 165, p.leg(side).knee)
    p = shifted(p, -body_of(p)[f"{kneeling[-1]}_knee"][0])
    for side in SIDES:
        if side in kneeling:
            continue
        leg = leg_of(position, side)
        p = p.with_leg(side, hip=leg.hip or 0.0, knee=leg.knee or 0.0, ankle=leg.ankle or 0.0)
        if leg.foot == "floor":
            p = leg_to_floor(p, side, leg, 0.0)
            feet.append(side)
        p = above(p, side, 0.0)
    return replace(p, root=(p.root[0], p.root[1] + stage.surface, 0.0)), tuple(feet)


def _resting_knees(position: Position) -> tuple[str, ...]:
    return tuple(s for s in SIDES if (leg := leg_of(position, s)).foot != "free" and leg.knee is None) or SIDES


def four_point(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, lean=76.0 if position.trunk is None else position.trunk)
    return on_knees(position, p, stage, lambda lean: lean, _resting_knees(position))


def kneeling_up(position: Position, p: Posture, stage: Stage) -> Settled:
    return on_knees(position, p, stage, lambda lean: 0.0, _resting_knees(position))


def half_kneeling(position: Position, p: Posture, stage: Stage) -> Settled:
    far = position.far_leg if position.far_leg.foot else replace(position.far_leg, foot="floor")
    return on_knees(replace(position, far_leg=far), p, stage, lambda lean: lean, ("near",))


def heel_sitting(position: Position, p: Posture, stage: Stage) -> Settled:
    return on_knees(position, p, stage, lambda lean: 67 + lean, SIDES)


def hands_and_feet(position: Position, p: Posture, stage: Stage) -> Settled:
    legs = {side: leg_of(position, side) for side in SIDES}
    carrying = [s for s in SIDES if legs[s].foot != "free"] or list(SIDES)
    arm = 0.186 + 0.146 + 0.02

    def turned_by(lean: float) -> Posture:
        trial = replace(p, lean=lean)
        for side in SIDES:
            trial = flat_foot(trial, side, legs[side])
        return trial

    def gap(lean: float) -> float:
        body = body_of(turned_by(lean))
        shoulder = position.near_arm.shoulder
        hand = body["chest"][1] - arm
        if shoulder is not None:
            straight = body_of(replace(turned_by(lean), near_arm=ArmAngles(shoulder, 0)))
            hand = straight["near_wrist"][1] - 0.02
        return min(sole_bottom(body, s) for s in carrying) - hand

    p = turned_by(zero_of(gap, 40, 160, 75 + max(0.0, (legs["near"].hip or 0.0) * 0.5)))
    body = body_of(p)
    p = lowered(p, min(sole_bottom(body, s) for s in carrying) - stage.foot_rise)
    return shifted(p, -body["near_ball"][0]), tuple(carrying)
