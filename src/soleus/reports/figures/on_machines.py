"""On bicycles, in the leg press, on the rowing machine and the sloping bench."""

from __future__ import annotations

from dataclasses import replace
from math import atan2, cos, degrees, radians, sin

from soleus.domain.figure import Position
from soleus.reports.figures.body import ANKLE_HEIGHT, BALL, SHANK, SIDES, THIGH, Posture, body_of
from soleus.reports.figures.setting import Settled, Stage, leg_of, leg_to
from soleus.reports.figures.vectors import Vec, zero_of


def cycling(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, lean=22.0 if position.trunk is None else position.trunk, root=(-0.12, 0.575, 0.0))
    return _on_pedals(position, p, replace(stage, pedals=(0.0, 0.16, 0.0)), pitch=12)


def recumbent(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, lean=-28.0 if position.trunk is None else position.trunk, root=(-0.46, 0.29, 0.0))
    return _on_pedals(position, p, replace(stage, pedals=(0.0, 0.27, 0.0)), pitch=-50)


_CRANK = {"pedal-up": (0.0, 1.0), "pedal-front": (1.0, 0.0), "pedal-down": (0.0, -1.0), "pedal-back": (-1.0, 0.0)}


def _on_pedals(position: Position, p: Posture, stage: Stage, pitch: float) -> Settled:
    for side, usual in (("near", "pedal-front"), ("far", "pedal-back")):
        leg = leg_of(position, side)
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


def leg_press(position: Position, p: Posture, stage: Stage) -> Settled:
    p = replace(p, lean=-38.0 if position.trunk is None else position.trunk, root=(0.0, 0.25, 0.0))
    rise = 22.0
    for side in SIDES:
        leg = leg_of(position, side)
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


def rowing(position: Position, p: Posture, stage: Stage) -> Settled:
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


def back_extension(position: Position, p: Posture, stage: Stage) -> Settled:
    hip = position.near_leg.hip or 0.0
    p = replace(p, lean=48 + hip, root=(0.0, 0.46, 0.0))
    for side in SIDES:
        p = p.with_leg(side, hip=hip, knee=leg_of(position, side).knee or 0.0, ankle=leg_of(position, side).ankle or 0.0)
    return p, ()
