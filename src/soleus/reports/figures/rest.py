"""Sets a position on what it rests on: fills in the angles that were left out, and finds the height of the body.

Nobody types where the hips are. A standing body is lowered until its lowest foot touches the floor; a sitting one has its hips on the
seat; a bridge hangs between shoulders and feet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from soleus.domain.figure import Position
from soleus.reports.figures import kneeling, lying, on_machines, upright
from soleus.reports.figures.body import ArmAngles, Body, Posture, body_of
from soleus.reports.figures.setting import HIP_DEPTH, Settled, Stage, leg_bottom, lowered, typed


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
        near_leg=typed(position.near_leg),
        far_leg=typed(position.far_leg),
    )
    settled, feet = _BASES[position.base](position, posture, stage)
    settled = _arms(position, settled)
    sunk = _lowest(body_of(settled))
    if sunk < 0:
        settled = lowered(settled, sunk)
    return Rested(settled, body_of(settled), feet)


def _lowest(body: Body) -> float:
    """Height of the lowest point of legs, pelvis, chest and head, with their flesh."""
    flesh = (("pelvis", HIP_DEPTH), ("spine1", 0.05), ("spine2", 0.05), ("chest", 0.055), ("head", 0.06))
    return min(*(leg_bottom(body, side) for side in ("near", "far")), *(body[point][1] - depth for point, depth in flesh))


_BASES: dict[str, Callable[[Position, Posture, Stage], Settled]] = {
    "standing": upright.standing,
    "walking": upright.walking,
    "sitting": upright.sitting,
    "long-sitting": lying.long_sitting,
    "half-lying": lying.half_lying,
    "supine": lying.supine,
    "hook-lying": lying.hook_lying,
    "bridge": lying.bridge,
    "prone": lying.prone,
    "side-lying": lying.side_lying,
    "four-point": kneeling.four_point,
    "hands-and-feet": kneeling.hands_and_feet,
    "kneeling": kneeling.kneeling_up,
    "half-kneeling": kneeling.half_kneeling,
    "heel-sitting": kneeling.heel_sitting,
    "cycling": on_machines.cycling,
    "recumbent": on_machines.recumbent,
    "leg-press": on_machines.leg_press,
    "rowing": on_machines.rowing,
    "back-extension": on_machines.back_extension,
    "swimming": lying.swimming,
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
    for given, own in zip((position.near_arm, position.far_arm), usual, strict=True):
        arms.append(
            ArmAngles(
                own.shoulder if given.shoulder is None else given.shoulder,
                (own.elbow if given.shoulder is None else 0.0) if given.elbow is None else given.elbow,
                own.arm_abduction if given.arm_abduction is None else given.arm_abduction,
            )
        )
    return replace(p, near_arm=arms[0], far_arm=arms[1])
