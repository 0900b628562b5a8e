"""Shapes on paper: a camera that puts space on a plane, and outlines, lines, discs and boxes that become SVG elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin

from soleus.reports.figures.vectors import Vec, dot

Point = tuple[float, float]


@dataclass(frozen=True)
class Camera:
    """An oblique view: lengths in the picture plane are true, depth is drawn short and slanting so that the far leg can be seen."""

    across: Vec
    upward: Vec
    toward: Vec
    """The direction in which the viewer is."""

    def __call__(self, v: Vec) -> Point:
        return (dot(self.across, v), dot(self.upward, v))


SIDE = Camera((1.0, 0.0, -0.30), (0.0, 1.0, -0.20), (0.0, 0.0, 1.0))
FRONT = Camera((0.0, 0.0, -1.0), (-0.30, 1.0, 0.0), (1.0, 0.0, 0.0))
LYING_ON_SIDE = Camera((1.0, 0.0, -0.10), (0.0, 1.0, -0.60), (0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Shape:
    """One outline, line or disc, in body heights with y up."""

    points: tuple[Point, ...]
    fill: str = "none"
    stroke: str = ""
    width: float = 0.0
    """Of the stroke, in body heights."""
    closed: bool = True
    smooth: bool = False
    dash: str = ""
    opacity: float = 1.0
    radius: float = 0.0
    """Of a disc round the only point."""


@dataclass(frozen=True)
class Limb:
    """Outlines that are drawn as one, with a common edge, and the clothes over them."""

    parts: tuple[tuple[Point, ...], ...]
    """Rounded outlines."""
    fill: str
    edge: str
    angular: tuple[tuple[Point, ...], ...] = ()
    """Outlines with corners."""
    dressed: tuple[Shape, ...] = field(default=())


def ellipse(centre: Point, one: Point, other: Point, corners: int = 8) -> tuple[Point, ...]:
    """Corners round an ellipse given by its two half axes; smoothed, they make the curve."""
    grow = 1.0 / cos(pi / corners) ** 1.6
    turns = [2 * pi * i / corners for i in range(corners)]
    return tuple(
        (centre[0] + grow * (one[0] * cos(t) + other[0] * sin(t)), centre[1] + grow * (one[1] * cos(t) + other[1] * sin(t))) for t in turns
    )


def hull(points: Sequence[Point]) -> tuple[Point, ...]:
    """The convex hull, anticlockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)

    def half(seq: Sequence[Point]) -> list[Point]:
        chain: list[Point] = []
        for p in seq:
            while len(chain) > 1 and _cross(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain[:-1]

    return tuple(half(ordered) + half(ordered[::-1]))


def _cross(o: Point, a: Point, b: Point) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)
