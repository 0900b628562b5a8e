"""The arrow along the way that a point of the body goes from one position to the next."""

from __future__ import annotations

from dataclasses import fields, replace
from math import hypot

from soleus.reports.figures.body import ArmAngles, LegAngles, Posture, body_of
from soleus.reports.figures.scene import Scene
from soleus.reports.figures.shapes import Point, Shape
from soleus.reports.figures.vectors import between

COLOUR = "#0b6b53"
_OFF, _LEAST, _SHORTEST = 0.075, 0.02, 0.13
"""How far beside the body an arrow runs, the shortest way that gets one, and how short it is drawn at least."""
_BESIDE = {"heel": ("ball", 0.06), "toe": ("heel", 0.06), "ball": ("heel", 0.06), "hip": ("ankle", 0.125), "chest": ("pelvis", 0.12),
           "head": ("pelvis", 0.105), "hand": ("shoulder", 0.06)}  # fmt: skip
"""From which point an arrow keeps away, and how far it runs from the joint."""
_FROM_ARM = ("hand", "elbow", "shoulder")


def arrow(before: Scene, after: Scene, name: str) -> list[Shape]:
    """A curved arrow beside the way of a point, drawn in the later picture."""
    side, joint = ("far", name[4:]) if name.startswith("far-") else ("near", name)
    key = joint if joint in ("head", "chest") else "pelvis" if joint == "hip" and side == "near" else f"{side}_{joint}"
    camera = after.camera
    start, end = camera(before.body[key]), camera(after.body[key])
    middle = _half_way(before, after, key)
    if hypot(end[0] - start[0], end[1] - start[1]) < _LEAST:
        return []
    beside, off = _BESIDE.get(joint, ("pelvis", _OFF))
    core = camera(after.body[f"{side}_{beside}" if beside not in ("pelvis", "chest") else beside])
    shift = _aside(start, middle, end, core, off)
    start, middle, end = _lengthened(start, middle, end)
    path_ = [(p[0] + shift[0], p[1] + shift[1]) for p in (start, middle, end)]
    # The control point of a curve that goes through the middle.
    bend = (2 * path_[1][0] - (path_[0][0] + path_[2][0]) / 2, 2 * path_[1][1] - (path_[0][1] + path_[2][1]) / 2)
    tip = path_[2]
    dx, dy = tip[0] - bend[0], tip[1] - bend[1]
    size = hypot(dx, dy) or 1.0
    dx, dy = dx / size, dy / size
    long, wide = 0.052, 0.028
    neck = (tip[0] - dx * long * 0.7, tip[1] - dy * long * 0.7)
    head = (
        tip,
        (tip[0] - dx * long - dy * wide, tip[1] - dy * long + dx * wide),
        (tip[0] - dx * long + dy * wide, tip[1] - dy * long - dx * wide),
    )
    line = Shape((path_[0], bend, neck), stroke="#ffffff", width=0.032, closed=False, smooth=True)
    return [
        line,
        Shape(head, fill="#ffffff", stroke="#ffffff", width=0.014),
        replace(line, stroke=COLOUR, width=0.017),
        Shape(head, fill=COLOUR),
    ]


def _lengthened(start: Point, middle: Point, end: Point) -> tuple[Point, Point, Point]:
    """A short way drawn longer about its middle, so that its arrow can be seen."""
    size = hypot(end[0] - start[0], end[1] - start[1])
    if size >= _SHORTEST:
        return start, middle, end
    centre, grow = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), _SHORTEST / size
    one, two, three = ((centre[0] + (p[0] - centre[0]) * grow, centre[1] + (p[1] - centre[1]) * grow) for p in (start, middle, end))
    return one, two, three


def _aside(start: Point, middle: Point, end: Point, core: Point, off: float) -> Point:
    """Away from the trunk, across the way."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy) or 1.0
    normal = (-dy / size, dx / size)
    outward = (middle[0] - core[0]) * normal[0] + (middle[1] - core[1]) * normal[1]
    sign = off if outward >= 0 else -off
    return (normal[0] * sign, normal[1] * sign)


def _half_way(before: Scene, after: Scene, key: str) -> Point:
    """Where the point is when every angle is half done; hands go by the straight way."""
    a, b = before.body[key], after.body[key]
    if key.split("_")[-1] in _FROM_ARM or before.position.base != after.position.base:
        return after.camera(between(a, b))
    one, other = before.rested.posture, after.rested.posture
    return after.camera(body_of(_mean(one, other))[key])


def _mean(one: Posture, other: Posture) -> Posture:
    def angles(a: LegAngles | ArmAngles, b: LegAngles | ArmAngles) -> dict[str, float]:
        return {f.name: (getattr(a, f.name) + getattr(b, f.name)) / 2 for f in fields(a)}

    return replace(
        one,
        root=between(one.root, other.root),
        lean=(one.lean + other.lean) / 2,
        tilt=(one.tilt + other.tilt) / 2,
        spine=(one.spine + other.spine) / 2,
        neck=(one.neck + other.neck) / 2,
        near_leg=LegAngles(**angles(one.near_leg, other.near_leg)),
        far_leg=LegAngles(**angles(one.far_leg, other.far_leg)),
    )
