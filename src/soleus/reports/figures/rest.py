"""Sets a position on what it rests on: fills in the angles that were left out, and finds the height of the body.

Nobody types where the hips are. A standing body is lowered until its lowest foot touches the floor; a sitting one has its hips on the
seat; a bridge hangs between shoulders and feet. All lengths are in body heights, the floor is y = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import acos, asin, atan2, cos, degrees, hypot, radians, sin

from soleus.domain.figure import Leg, Position
from soleus.reports.figures.body import (
    ANKLE_HEIGHT,
    BALL,
    SHANK,
    SIDES,
    THIGH,
    ArmAngles,
    Body,
    LegAngles,
    Posture,
    body_of,
    centre_of_mass,
)
from soleus.reports.figures.vectors import Vec, zero_of

HIP_DEPTH, KNEE_DEPTH, SHOULDER_DEPTH = 0.062, 0.042, 0.060
"""Flesh between the joint and what it rests on."""
SEAT_HIP = 0.290
"""Height of the hips on an ordinary chair: the knees are at a right angle when the feet are flat."""
_LOWEST_ANKLE, _HIGHEST_ANKLE, _TOE_BEND = -40.0, 36.0, 75.0
"""How far ankles and toes go by themselves to keep the sole on the floor. [degrees]"""


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


@dataclass(frozen=True)
class Rested:
    """A body at rest, and its posture in numbers."""

    posture: Posture
    body: Body
    standing_on: tuple[str, ...]
    """The sides whose foot carries or touches something."""


def rest(position: Position, stage: Stage) -> Rested:
    """Fill in what was left out and set the body down.

    Args:
        position: Angles in degrees; None is filled in.
        stage: Heights of what it may rest on, in body heights.
    """
    posture = Posture(
        lean=position.trunk or 0.0,
        tilt=position.tilt or 0.0,
        spine=position.spine or 0.0,
        neck=position.neck or 0.0,
        near_leg=_typed(position.near_leg),
        far_leg=_typed(position.far_leg),
    )
    settled, feet = _BASES[position.base](position, posture, stage)
    settled = _arms(position, settled)
    return Rested(settled, body_of(settled), feet)


def _typed(leg: Leg) -> LegAngles:
    return LegAngles(leg.hip or 0.0, leg.knee or 0.0, leg.ankle or 0.0, leg.toes or 0.0, leg.abduction or 0.0, leg.rotation or 0.0)


def _leg(position: Position, side: str) -> Leg:
    return position.near_leg if side == "near" else position.far_leg


# Feet


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


def _support(stage: Stage, leg: Leg) -> float:
    if stage.heels_hang or leg.foot == "step":
        return stage.step_height
    return stage.foot_rise


def _lowered(p: Posture, gap: float) -> Posture:
    return replace(p, root=(p.root[0], p.root[1] - gap, p.root[2]))


def _shifted(p: Posture, by: float) -> Posture:
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


def _leg_to_floor(p: Posture, side: str, leg: Leg, height: float) -> Posture:
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


# Bases

_Settled = tuple[Posture, tuple[str, ...]]


def _standing(position: Position, p: Posture, stage: Stage) -> _Settled:
    legs = {side: _leg(position, side) for side in SIDES}
    same = legs["near"] == legs["far"]
    if same:
        carrying: list[str] = list(SIDES)
    else:
        carrying = [s for s in SIDES if legs[s].foot in ("floor", "step") or stage.heels_hang and legs[s].foot != "free"]
        may = [s for s in SIDES if legs[s].foot == ""]
        if not carrying or (may and all(legs[s].hip is None and legs[s].knee is None for s in carrying)):
            # The longer leg carries: hip and knee bent least.
            carrying += sorted(may or list(SIDES), key=lambda s: _shortness(p, s))[:1]
    anchor = (
        carrying[0]
        if same
        else min(carrying, key=lambda s: (legs[s].hip is None and legs[s].knee is None, legs[s].foot == "step", _shortness(p, s)))
    )
    on = legs[anchor]
    height = _support(stage, on)

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
                p = replace(p, lean=max(0.0, ((on.knee or 0.0) - 30) * 0.5))
            p = with_hip(zero_of(lambda h: overhang(with_hip(h)), -30, 150, p.lean + (on.knee or 0.0) / 2))
        elif position.trunk is None:
            base = p
            p = replace(p, lean=zero_of(lambda t: overhang(replace(base, lean=t)), -30, 100, 0))
    p = planted(p)
    body = body_of(p)
    hang = stage.heels_hang
    p = _lowered(p, min(sole_bottom(body, s, heels_hang=hang) for s in (carrying if same else [anchor])) - height)
    at = stage.step_x if on.foot == "step" else 0.0
    p = _shifted(p, at + BALL - body_of(p)[f"{anchor}_ball"][0])
    for side in SIDES:
        if side == anchor or same:
            continue
        leg = legs[side]
        if leg.foot == "step":
            p = leg_to(p, side, (stage.step_x, stage.step_height + ANKLE_HEIGHT, 0.0))
            p = flat_foot(p, side, leg)
        elif side in carrying:
            p = _leg_to_floor(p, side, leg, 0.0 if on.foot == "step" else height)
        elif leg.foot == "chair":
            p = leg_to(p, side, (0.36, 0.25 + ANKLE_HEIGHT, 0.0))
        p = _above(p, side, 0.0)
    return p, tuple(carrying)


def _shortness(p: Posture, side: str) -> float:
    body = body_of(p)
    return sole_bottom(body, side) - body["pelvis"][1]


def _above(p: Posture, side: str, height: float) -> Posture:
    """Lift a hanging leg at the hip, or bend its knee, until nothing of it is under the floor."""
    if leg_bottom(body_of(p), side) >= height - 1e-9:
        return p
    start, knee = p.leg(side).hip, p.leg(side).knee
    lifted = p.with_leg(side, hip=zero_of(lambda h: leg_bottom(body_of(p.with_leg(side, hip=h)), side) - height, start, start + 100, start))
    if leg_bottom(body_of(lifted), side) >= height - 1e-6:
        return lifted
    return p.with_leg(side, knee=zero_of(lambda k: leg_bottom(body_of(p.with_leg(side, knee=k)), side) - height, knee, 150, knee))


def _walking(position: Position, p: Posture, stage: Stage) -> _Settled:
    near, far = position.near_leg, position.far_leg
    if near == far == Leg():
        near = Leg(hip=26, knee=6, ankle=8, foot="floor")
        far = Leg(hip=-16, ankle=-12, foot="floor")
    lean = 4.0 if position.trunk is None else position.trunk
    return _standing(
        replace(position, trunk=lean, near_leg=near, far_leg=far), replace(p, lean=lean, near_leg=_typed(near), far_leg=_typed(far)), stage
    )


def _sitting(position: Position, p: Posture, stage: Stage, hip_height: float = SEAT_HIP) -> _Settled:
    p = replace(p, root=(0.0, hip_height + stage.seat_rise, 0.0))
    feet = []
    for side in SIDES:
        leg = _leg(position, side)
        p = p.with_leg(side, hip=90 + p.lean if leg.hip is None else leg.hip, knee=90 if leg.knee is None else leg.knee)
        down = leg.foot == "floor" or (leg.foot == "" and leg.hip is None and (leg.knee is None or leg.knee >= 70))
        if leg.foot == "chair":
            p = leg_to(p, side, (0.40, 0.25 + ANKLE_HEIGHT, 0.0))
        elif leg.foot == "step":
            p = flat_foot(leg_to(p, side, (0.28, stage.step_height + ANKLE_HEIGHT, 0.0)), side, leg)
            feet.append(side)
        elif down:
            feet.append(side)
            p = flat_foot(p, side, leg)
            if leg.knee is not None and leg.hip is None and leg.foot == "floor":
                p = _leg_to_floor(p, side, leg, stage.foot_rise)
            elif leg.hip is None:
                start = p.leg(side).hip
                p = flat_foot(p.with_leg(side, hip=zero_of(_gap(p, side, leg, stage.foot_rise), start - 30, start + 50, start)), side, leg)
        p = _above(p, side, 0.0)
    return p, tuple(feet)


def _gap(p: Posture, side: str, leg: Leg, height: float) -> Callable[[float], float]:
    return lambda hip: sole_bottom(body_of(flat_foot(p.with_leg(side, hip=hip), side, leg)), side) - height


def _lying(position: Position, p: Posture, stage: Stage, lean: float, ankle: float, *, knees_bent: float | None = None) -> _Settled:
    lean = lean if position.trunk is None else position.trunk
    p = replace(p, lean=lean, root=(0.0, HIP_DEPTH, 0.0))
    feet = []
    for side in SIDES:
        leg = _leg(position, side)
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
            p = _leg_to_floor(p.with_leg(side, hip=bent), side, replace(leg, knee=leg.knee or 0.0) if leg.hip is None else leg, 0.0)
        else:
            p = p.with_leg(side, ankle=ankle if leg.ankle is None else leg.ankle)
            if leg.hip is None and leg.foot != "free":
                p = p.with_leg(side, hip=zero_of(_low(p, side), -25, 60, 0))
            p = _above(p, side, 0.0)
    return replace(p, root=(0.0, p.root[1] + stage.surface, 0.0)), tuple(feet)


def _low(p: Posture, side: str) -> Callable[[float], float]:
    return lambda hip: leg_bottom(body_of(p.with_leg(side, hip=hip)), side)


def _supine(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _lying(position, p, stage, -90, -12)


def _hook_lying(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _lying(position, p, stage, -90, -12, knees_bent=95)


def _half_lying(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _lying(position, p, stage, -42, -8)


def _long_sitting(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _lying(position, p, stage, 0, -5)


def _prone(position: Position, p: Posture, stage: Stage) -> _Settled:
    lean = 90.0 if position.trunk is None else position.trunk
    p = replace(p, lean=lean, root=(0.0, HIP_DEPTH, 0.0))
    for side in SIDES:
        leg = _leg(position, side)
        p = p.with_leg(side, ankle=-50 if leg.ankle is None else leg.ankle)
        if leg.hip is None:
            # The knee rests; what lies beyond it is as it was typed.
            p = p.with_leg(side, hip=degrees(asin((HIP_DEPTH - KNEE_DEPTH) / THIGH)))
        if leg.knee is None and leg.foot != "free":
            trial = p
            p = p.with_leg(side, knee=zero_of(lambda k, t=trial, s=side: leg_bottom(body_of(t.with_leg(s, knee=k)), s) + 0.004, 0, 60, 5))  # type: ignore[misc]
        if leg_bottom(body_of(p), side) < -1e-9:
            trial = p
            p = p.with_leg(
                side, hip=zero_of(lambda h, t=trial, s=side: leg_bottom(body_of(t.with_leg(s, hip=h)), s), -40, 40, p.leg(side).hip)
            )  # type: ignore[misc]
    return replace(p, root=(0.0, p.root[1] + stage.surface, 0.0)), ()


def _side_lying(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, on_side=True, lean=0.0, tilt=(position.tilt or 0.0) + 7, root=(0.0, 0.105 + stage.surface, 0.0))
    for side in SIDES:
        leg = _leg(position, side)
        p = p.with_leg(side, ankle=leg.ankle or 0.0)
    return p, ()


def _bridge(position: Position, p: Posture, stage: Stage) -> _Settled:
    legs = {}
    for side in SIDES:
        leg = _leg(position, side)
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


def _on_knees(position: Position, p: Posture, stage: Stage, hips: Callable[[float], float], kneeling: tuple[str, ...]) -> _Settled:
    """Knees of some sides on the floor with the shin along it; the root is lowered so that they touch."""
    feet = []
    for side in kneeling:
        leg = _leg(position, side)
        p = p.with_leg(side, hip=hips(p.lean) if leg.hip is None else leg.hip)
        thigh = 180 + p.lean - p.leg(side).hip
        p = p.with_leg(
            side, knee=min(max(270 - thigh, 0), 165) if leg.knee is None else leg.knee, ankle=-55 if leg.ankle is None else leg.ankle
        )
    body = body_of(p)
    p = _lowered(p, min(body[f"{side}_knee"][1] for side in kneeling) - KNEE_DEPTH)
    for side in kneeling:
        leg = _leg(position, side)
        if leg.knee is None and leg_bottom(body_of(p), side) < 0:
            # The shin lies on the floor, the pointed foot a little lower than the knee: bend until it fits.
            p = p.with_leg(
                side, knee=zero_of(lambda k, t=p, s=side: leg_bottom(body_of(t.with_leg(s, knee=k)), s), 0, 165, p.leg(side).knee)
            )  # type: ignore[misc]
    p = _shifted(p, -body_of(p)[f"{kneeling[-1]}_knee"][0])
    for side in SIDES:
        if side in kneeling:
            continue
        leg = _leg(position, side)
        p = p.with_leg(side, hip=leg.hip or 0.0, knee=leg.knee or 0.0, ankle=leg.ankle or 0.0)
        if leg.foot == "floor":
            p = _leg_to_floor(p, side, leg, 0.0)
            feet.append(side)
        p = _above(p, side, 0.0)
    return replace(p, root=(p.root[0], p.root[1] + stage.surface, 0.0)), tuple(feet)


def _resting_knees(position: Position) -> tuple[str, ...]:
    return tuple(s for s in SIDES if (leg := _leg(position, s)).foot != "free" and leg.knee is None) or SIDES


def _four_point(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, lean=76.0 if position.trunk is None else position.trunk)
    return _on_knees(position, p, stage, lambda lean: lean, _resting_knees(position))


def _kneeling(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _on_knees(position, p, stage, lambda lean: 0.0, _resting_knees(position))


def _half_kneeling(position: Position, p: Posture, stage: Stage) -> _Settled:
    far = position.far_leg if position.far_leg.foot else replace(position.far_leg, foot="floor")
    return _on_knees(replace(position, far_leg=far), p, stage, lambda lean: lean, ("near",))


def _heel_sitting(position: Position, p: Posture, stage: Stage) -> _Settled:
    return _on_knees(position, p, stage, lambda lean: 67 + lean, SIDES)


def _hands_and_feet(position: Position, p: Posture, stage: Stage) -> _Settled:
    legs = {side: _leg(position, side) for side in SIDES}
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
    p = _lowered(p, min(sole_bottom(body, s) for s in carrying) - stage.foot_rise)
    return _shifted(p, -body["near_ball"][0]), tuple(carrying)


def _cycling(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, lean=22.0 if position.trunk is None else position.trunk, root=(-0.12, 0.575, 0.0))
    return _on_pedals(position, p, replace(stage, pedals=(0.0, 0.16, 0.0)), pitch=12)


def _recumbent(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, lean=-28.0 if position.trunk is None else position.trunk, root=(-0.46, 0.29, 0.0))
    return _on_pedals(position, p, replace(stage, pedals=(0.0, 0.27, 0.0)), pitch=-50)


_CRANK = {"pedal-up": (0.0, 1.0), "pedal-front": (1.0, 0.0), "pedal-down": (0.0, -1.0), "pedal-back": (-1.0, 0.0)}


def _on_pedals(position: Position, p: Posture, stage: Stage, pitch: float) -> _Settled:
    for side, usual in (("near", "pedal-front"), ("far", "pedal-back")):
        leg = _leg(position, side)
        dx, dy = _CRANK[leg.foot if leg.foot in _CRANK else usual]
        pedal = (stage.pedals[0] + dx * stage.crank, stage.pedals[1] + dy * stage.crank, 0.0)

        def gap(angle: float, p: Posture = p, side: str = side, pedal: Vec = pedal) -> Posture:
            """The leg with its foot at an angle to the floor, the ball on the pedal."""
            along_x, along_y = cos(radians(angle)), -sin(radians(angle))
            ankle = (pedal[0] - BALL * along_x - ANKLE_HEIGHT * along_y, pedal[1] - BALL * along_y + ANKLE_HEIGHT * along_x, 0.0)
            return leg_to(p, side, ankle)

        p = gap(pitch)
        shank = body_of(p).frames[f"{side}_shank"]
        level = degrees(atan2(-shank.front[1], -shank.down[1]))
        p = p.with_leg(side, ankle=max(level - pitch, -60.0))
    return p, SIDES


def _leg_press(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, lean=-38.0 if position.trunk is None else position.trunk, root=(0.0, 0.25, 0.0))
    rise = 22.0
    for side in SIDES:
        leg = _leg(position, side)
        knee = 90.0 if leg.knee is None else leg.knee
        p = p.with_leg(side, knee=knee, ankle=0.0 if leg.ankle is None else leg.ankle)

        def off(hip: float, p: Posture = p, side: str = side) -> float:
            body = body_of(p.with_leg(side, hip=hip))
            dx, dy = body[f"{side}_ankle"][0] - p.root[0], body[f"{side}_ankle"][1] - p.root[1]
            return degrees(atan2(dy, dx)) - rise

        p = p.with_leg(side, hip=zero_of(off, 20, 150, 100) if leg.hip is None else leg.hip)
        if leg.ankle is None:
            shank = body_of(p).frames[f"{side}_shank"]
            p = p.with_leg(side, ankle=min(max(degrees(atan2(-shank.front[1], -shank.down[1])) + 68 - rise + 22, -40.0), 25.0))
    return p, SIDES


def _rowing(position: Position, p: Posture, stage: Stage) -> _Settled:
    knee = 110.0 if position.near_leg.knee is None else position.near_leg.knee
    p = replace(p, lean=(25.0 if knee > 60 else -15.0) if position.trunk is None else position.trunk)
    reach = (THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * cos(radians(knee))) ** 0.5
    rise = 0.02
    p = replace(p, root=(-((reach**2 - rise**2) ** 0.5), 0.20, 0.0))
    for side in SIDES:
        p = leg_to(p, side, (0.0, 0.20 - rise, 0.0))
        shank = body_of(p).frames[f"{side}_shank"]
        level = degrees(atan2(-shank.front[1], -shank.down[1]))
        p = p.with_leg(side, ankle=max(min(level + 50, 25.0), -35.0))
    return p, SIDES


def _back_extension(position: Position, p: Posture, stage: Stage) -> _Settled:
    hip = position.near_leg.hip or 0.0
    p = replace(p, lean=48 + hip, root=(0.0, 0.46, 0.0))
    for side in SIDES:
        p = p.with_leg(side, hip=hip, knee=_leg(position, side).knee or 0.0, ankle=_leg(position, side).ankle or 0.0)
    return p, ()


def _swimming(position: Position, p: Posture, stage: Stage) -> _Settled:
    p = replace(p, lean=84.0 if position.trunk is None else position.trunk, root=(0.0, 0.34, 0.0))
    for side, hip in (("near", -14.0), ("far", 14.0)):
        leg = _leg(position, side)
        p = p.with_leg(side, hip=hip if leg.hip is None else leg.hip, knee=15 if leg.knee is None else leg.knee)
        p = p.with_leg(side, ankle=-45 if leg.ankle is None else leg.ankle)
    return p, ()


_BASES: dict[str, Callable[[Position, Posture, Stage], _Settled]] = {
    "standing": _standing,
    "walking": _walking,
    "sitting": _sitting,
    "long-sitting": _long_sitting,
    "half-lying": _half_lying,
    "supine": _supine,
    "hook-lying": _hook_lying,
    "bridge": _bridge,
    "prone": _prone,
    "side-lying": _side_lying,
    "four-point": _four_point,
    "hands-and-feet": _hands_and_feet,
    "kneeling": _kneeling,
    "half-kneeling": _half_kneeling,
    "heel-sitting": _heel_sitting,
    "cycling": _cycling,
    "recumbent": _recumbent,
    "leg-press": _leg_press,
    "rowing": _rowing,
    "back-extension": _back_extension,
    "swimming": _swimming,
}

# Arms

_HANGING = ArmAngles(6, 12)
_ARMS: dict[str, tuple[ArmAngles, ArmAngles]] = {
    "walking": (ArmAngles(-18, 15), ArmAngles(26, 20)),
    "supine": (ArmAngles(-4, 4), ArmAngles(-4, 4)),
    "hook-lying": (ArmAngles(-4, 4), ArmAngles(-4, 4)),
    "bridge": (ArmAngles(-20, 0), ArmAngles(-20, 0)),
    "prone": (ArmAngles(0, 5), ArmAngles(0, 5)),
    "side-lying": (ArmAngles(20, 40), ArmAngles(160, 10)),
    "hands-and-feet": (ArmAngles(80, 0), ArmAngles(80, 0)),
    "four-point": (ArmAngles(76, 0), ArmAngles(76, 0)),
    "swimming": (ArmAngles(178, 0), ArmAngles(30, 5)),
    "back-extension": (ArmAngles(50, 120), ArmAngles(50, 120)),
}


def _arms(position: Position, p: Posture) -> Posture:
    """Arms as typed, else as they hang in this base; those that hold something are bent later."""
    usual = _ARMS.get(position.base, (_HANGING, _HANGING))
    arms = []
    for typed, own in zip((position.near_arm, position.far_arm), usual, strict=True):
        arms.append(
            ArmAngles(
                own.shoulder if typed.shoulder is None else typed.shoulder,
                (own.elbow if typed.shoulder is None else 0.0) if typed.elbow is None else typed.elbow,
                own.arm_abduction if typed.arm_abduction is None else typed.arm_abduction,
            )
        )
    return replace(p, near_arm=arms[0], far_arm=arms[1])
