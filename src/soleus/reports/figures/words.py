"""A figure told in words, for those who cannot see it."""

from __future__ import annotations

from soleus.domain.figure import Arm, Figure, Leg, Position
from soleus.domain.figure_parts import ARM_RANGES, BASES, FEET, HANDS, JOINT_WORDS, LEG_RANGES, MUSCLES, TRUNK_RANGES

_LEAST = 4.0
"""Smaller angles are not told. [degrees]"""
_NEUTRAL = {
    "hip": "hip straight",
    "knee": "knee straight",
    "ankle": "foot at a right angle",
    "trunk": "trunk upright",
    "spine": "back straight",
}


def title_of(figure: Figure, name: str = "") -> str:
    """A short title: the name of the exercise, else what the body does."""
    return name or f"Exercise figure: {BASES[figure.positions[0].base]}"


def description_of(figure: Figure) -> str:
    """Every position, the things around and the marked muscles, in plain sentences."""
    told = []
    before: Position | None = None
    for position, label in zip(figure.positions, labels_of(figure), strict=True):
        told.append(f"{label.capitalize()}: {_position(position, before)}.")
        before = position
    things = ", ".join(p.name.replace("-", " ") for p in figure.props)
    if things:
        told.append(f"With: {things}.")
    for verb, muscles in (("Working", figure.work), ("Stretched or gliding", figure.stretch)):
        if muscles:
            told.append(f"{verb}: {', '.join(MUSCLES[m] for m in muscles)}.")
    return " ".join(told)


def labels_of(figure: Figure) -> tuple[str, ...]:
    """The words under the pictures."""
    usual = {1: ("hold",), 2: ("start", "end"), 3: ("start", "then", "end")}[len(figure.positions)]
    return tuple(p.label or u for p, u in zip(figure.positions, usual, strict=True))


def _position(position: Position, before: Position | None) -> str:
    parts = [] if before and before.base == position.base else [BASES[position.base]]
    for joint in TRUNK_RANGES:
        parts += _angle(joint, getattr(position, joint), getattr(before, joint) if before else None)
    near, far = position.near_leg, position.far_leg
    was = before if before and before.base == position.base else None
    if near == far:
        parts += _limb("both legs", near, was.near_leg if was and was.near_leg == was.far_leg else None)
    else:
        parts += _limb("near leg", near, was.near_leg if was else None)
        parts += _limb("far leg", far, was.far_leg if was else None)
    if position.near_arm == position.far_arm:
        parts += _limb("both arms", position.near_arm, was.near_arm if was and was.near_arm == was.far_arm else None)
    else:
        parts += _limb("near arm", position.near_arm, was.near_arm if was else None)
        parts += _limb("far arm", position.far_arm, was.far_arm if was else None)
    return ", ".join(parts) if parts else "the same position"


def _limb(which: str, limb: Leg | Arm, before: Leg | Arm | None) -> list[str]:
    told: list[str] = []
    ranges = LEG_RANGES if isinstance(limb, Leg) else ARM_RANGES
    for joint in ranges:
        told += _angle(joint, getattr(limb, joint), getattr(before, joint) if before else None)
    if isinstance(limb, Arm):
        if limb.hand and (before is None or limb.hand != getattr(before, "hand", "")) and HANDS[limb.hand]:
            told.append(HANDS[limb.hand])
    elif limb.foot and (before is None or limb.foot != getattr(before, "foot", "")):
        told.append(f"foot {FEET[limb.foot]}")
    return [f"{which}: {', '.join(told)}"] if told else []


def _angle(joint: str, value: float | None, before: float | None) -> list[str]:
    if value is None or value == before:
        return []
    if abs(value) < _LEAST:
        return [_NEUTRAL[joint]] if joint in _NEUTRAL else []
    return [f"{JOINT_WORDS[joint][value < 0]} {abs(value):.0f}°"]
