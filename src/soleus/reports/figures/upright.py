"""Standing, walking and sitting."""

from __future__ import annotations

from dataclasses import replace

from soleus.domain.figure import Leg, Position
from soleus.reports.figures.body import ANKLE_HEIGHT, BALL, SIDES, Posture, body_of, centre_of_mass
from soleus.reports.figures.setting import (
    SEAT_HIP,
    Settled,
    Stage,
    above,
    flat_foot,
    foot_gap,
    left_open,
    leg_of,
    leg_to,
    leg_to_floor,
    lowered,
    shifted,
    shortness,
    sole_bottom,
    support_of,
    typed,
)
from soleus.reports.figures.vectors import zero_of


def standing(position: Position, p: Posture, stage: Stage) -> Settled:
    legs = {side: leg_of(position, side) for side in SIDES}
    same = legs["near"] == legs["far"]
    if same:
        carrying: list[str] = list(SIDES)
    else:
        carrying = [s for s in SIDES if legs[s].foot in ("floor", "step") or (stage.heels_hang and legs[s].foot != "free")]
        may = [s for s in SIDES if legs[s].foot == ""]
        if not carrying or (may and all(legs[s].hip is None and legs[s].knee is None for s in carrying)):
            # The longer leg carries: hip and knee bent least.
            carrying += sorted(may or list(SIDES), key=lambda s: shortness(p, s))[:1]
    anchor = carrying[0] if same else min(carrying, key=lambda s: (left_open(legs[s]), legs[s].foot == "step", shortness(p, s)))
    on = legs[anchor]
    height = support_of(stage, on)

    def planted(trial: Posture) -> Posture:
        for side in carrying if same else [anchor]:
            trial = flat_foot(trial, side, legs[side])
        return trial

    def overhang(trial: Posture) -> float:
        body = body_of(planted(trial))
        raised = body[f"{anchor}_heel"][1] > body[f"{anchor}_ball"][1] + 0.01
        foot = body[f"{anchor}_ball"][0] if raised or stage.heels_hang else body[f"{anchor}_ankle"][0] + 0.02
        return centre_of_mass(body)[0] - foot

    def with_hip(angle: float) -> Posture:
        trial = p.with_leg(anchor, hip=angle)
        return trial.with_leg("far", hip=angle) if same else trial

    if same or len(carrying) == 1:
        if on.hip is None:
            if position.trunk is None:
                climbing = any(leg.foot == "step" for leg in legs.values()) and not same
                p = replace(p, lean=8.0 if climbing else max(0.0, ((on.knee or 0.0) - 30) * 0.5))
            p = with_hip(zero_of(lambda h: overhang(with_hip(h)), -30, 150, p.lean + (on.knee or 0.0) / 2))
        elif position.trunk is None:
            base = p
            p = replace(p, lean=zero_of(lambda t: overhang(replace(base, lean=t)), -30, 100, 0))
    p = planted(p)
    body = body_of(p)
    hang = stage.heels_hang
    p = lowered(p, min(sole_bottom(body, s, heels_hang=hang) for s in (carrying if same else [anchor])) - height)
    at = stage.step_x if on.foot == "step" else 0.0
    p = shifted(p, at + BALL - body_of(p)[f"{anchor}_ball"][0])
    for side in SIDES:
        if side == anchor or same:
            continue
        leg = legs[side]
        if leg.foot == "step":
            p = leg_to(p, side, (stage.step_x, stage.step_height + ANKLE_HEIGHT, 0.0))
            p = flat_foot(p, side, leg)
        elif side in carrying:
            p = leg_to_floor(p, side, leg, 0.0 if on.foot == "step" else height)
        elif leg.foot == "chair":
            p = leg_to(p, side, (0.36, 0.25 + ANKLE_HEIGHT, 0.0))
        lifted = above(p, side, 0.0)
        if lifted is not p and side in carrying and leg.foot != "step" and leg.knee is None:
            # The knee would be in the floor: the hip gives way, and the foot comes down again.
            lifted = leg_to_floor(lifted, side, replace(leg, hip=lifted.leg(side).hip), height)
            lifted = above(lifted, side, 0.0)
        p = lifted
    return p, tuple(carrying)


def walking(position: Position, p: Posture, stage: Stage) -> Settled:
    near, far = position.near_leg, position.far_leg
    if near == far == Leg():
        near = Leg(hip=26, knee=6, ankle=8, foot="floor")
        far = Leg(hip=-16, ankle=-12, foot="floor")
    lean = 4.0 if position.trunk is None else position.trunk
    return standing(
        replace(position, trunk=lean, near_leg=near, far_leg=far), replace(p, lean=lean, near_leg=typed(near), far_leg=typed(far)), stage
    )


def sitting(position: Position, p: Posture, stage: Stage, hip_height: float = SEAT_HIP) -> Settled:
    p = replace(p, root=(0.0, hip_height + stage.seat_rise, 0.0))
    feet = []
    for side in SIDES:
        leg = leg_of(position, side)
        p = p.with_leg(side, hip=90 + p.lean if leg.hip is None else leg.hip, knee=90 if leg.knee is None else leg.knee)
        down = leg.foot == "floor" or (leg.foot == "" and leg.hip is None and (leg.knee is None or leg.knee >= 70))
        if leg.foot == "chair":
            p = leg_to(p, side, (0.475, 0.25 + ANKLE_HEIGHT, 0.0))
        elif leg.foot == "step":
            p = flat_foot(leg_to(p, side, (0.28, stage.step_height + ANKLE_HEIGHT, 0.0)), side, leg)
            feet.append(side)
        elif down:
            feet.append(side)
            p = flat_foot(p, side, leg)
            if leg.knee is not None and leg.hip is None and leg.foot == "floor":
                p = leg_to_floor(p, side, leg, stage.foot_rise)
            elif leg.hip is None:
                start = p.leg(side).hip
                p = flat_foot(
                    p.with_leg(side, hip=zero_of(foot_gap(p, side, leg, stage.foot_rise), start - 30, start + 50, start)), side, leg
                )
        p = above(p, side, 0.0)
    return p, tuple(feet)
