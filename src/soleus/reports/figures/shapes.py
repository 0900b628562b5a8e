"""Shapes on paper: a camera that puts space on a plane, and outlines, lines, discs and boxes that become SVG elements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

from soleus.reports.figures.vectors import Vec, dot

Point = tuple[float, float]
SCALE = 360
"""Units of the picture per body height."""


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
LYING_ON_SIDE = Camera((1.0, 0.0, -0.10), (0.0, 1.0, -0.42), (0.0, 0.0, 1.0))


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
    """Outlines that are drawn as one: first their common edge, then their filling over it."""

    parts: tuple[tuple[Point, ...], ...]
    fill: str
    edge: str
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


# SVG


@dataclass(frozen=True)
class Paper:
    """Where body heights lie on the picture."""

    left: float
    top: float

    def __call__(self, p: Point) -> tuple[int, int]:
        return round(self.left + p[0] * SCALE), round(self.top - p[1] * SCALE)


def path(points: Sequence[Point], paper: Paper, *, closed: bool = True, smooth: bool = False) -> str:
    """The `d` of an SVG path, in whole units and relative steps; a smooth one is a quadratic B-spline round the corners."""
    dots = [paper(p) for p in points]
    if not smooth or len(dots) < 3:
        steps = "".join(f"{_step(a, b)}" for a, b in zip(dots, dots[1:], strict=False))
        return f"M{dots[0][0]} {dots[0][1]}l{steps.strip()}" + ("z" if closed else "")
    if closed:
        ring = [*dots, dots[0]]
        start = _middle(dots[-1], dots[0])
        corners = list(zip(ring, ring[1:], strict=False))
    else:
        start = dots[0]
        corners = list(zip(dots[1:], dots[2:], strict=False))
    here, text = start, f"M{start[0]} {start[1]}q"
    for i, (corner, following) in enumerate(corners):
        there = following if not closed and i == len(corners) - 1 else _middle(corner, following)
        text += _step(here, corner) + _step(here, there)
        here = there
    return text + ("z" if closed else "")


def _middle(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return (a[0] + b[0]) // 2, (a[1] + b[1]) // 2


def _step(a: tuple[int, int], b: tuple[int, int]) -> str:
    dx, dy = b[0] - a[0], b[1] - a[1]
    return f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"


def svg_of(shape: Shape, paper: Paper) -> str:
    """One SVG element with presentation attributes alone: a strict content security policy lets it pass."""
    ink = f' fill="{shape.fill}"'
    if shape.stroke:
        ink += f' stroke="{shape.stroke}" stroke-width="{max(1, round(shape.width * SCALE))}"'
    if shape.dash:
        ink += f' stroke-dasharray="{shape.dash}"'
    if shape.opacity < 1:
        ink += f' opacity="{shape.opacity:g}"'
    if shape.radius:
        x, y = paper(shape.points[0])
        return f'<circle cx="{x}" cy="{y}" r="{round(shape.radius * SCALE)}"{ink}/>'
    return f'<path d="{path(shape.points, paper, closed=shape.closed, smooth=shape.smooth)}"{ink}/>'


def thick_line(start: Point, end: Point, width: float) -> tuple[Point, ...]:
    """The four corners of a straight bar."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy) or 1.0
    nx, ny = -dy / size * width / 2, dx / size * width / 2
    return ((start[0] + nx, start[1] + ny), (end[0] + nx, end[1] + ny), (end[0] - nx, end[1] - ny), (start[0] - nx, start[1] - ny))
