"""Smooth curves through points, joints where they meet, and shapes that share their borders exactly.

A view is written down for one side only, in pixels of a panel 320 wide: `u` is the distance from the midline of the body,
`y` runs down. The other side is its mirror image, so that left and right can never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

WIDTH = 320
"""Width of every panel: what a small telephone shows. [px]"""
FINE = 2
"""Units of the picture per pixel, so that whole numbers are fine enough."""

Point = tuple[float, float]
Bend = tuple[Point, Point, Point, Point]
"""One cubic Bézier: start, two handles, end."""


def bends(points: Sequence[Point]) -> tuple[Bend, ...]:
    """A Catmull-Rom curve through the points: smooth, and the same read backwards."""
    found = []
    last = len(points) - 1
    for i in range(last):
        before, a, b, after = points[max(i - 1, 0)], points[i], points[i + 1], points[min(i + 2, last)]
        one = (a[0] + (b[0] - before[0]) / 6, a[1] + (b[1] - before[1]) / 6)
        two = (b[0] - (after[0] - a[0]) / 6, b[1] - (after[1] - a[1]) / 6)
        found.append((a, one, two, b))
    return tuple(found)


def backwards(way: Sequence[Bend]) -> tuple[Bend, ...]:
    return tuple((d, c, b, a) for a, b, c, d in reversed(way))


def sampled(way: Iterable[Bend], steps: int = 6) -> tuple[Point, ...]:
    """Points along the curve, without its last one."""
    found = []
    for a, b, c, d in way:
        for i in range(steps):
            t = i / steps
            s = 1 - t
            w = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
            found.append(tuple(w[0] * a[k] + w[1] * b[k] + w[2] * c[k] + w[3] * d[k] for k in (0, 1)))
    return tuple((x, y) for x, y in found)


def inside(p: Point, polygon: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon, by counting crossings."""
    found = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > p[1]) != (y2 > p[1]) and p[0] < (x2 - x1) * (p[1] - y1) / (y2 - y1) + x1:
            found = not found
    return found


def centre(polygon: Sequence[Point]) -> Point:
    """The centre of gravity of a polygon."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        area += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return x / (3 * area), y / (3 * area)


@dataclass(frozen=True)
class Outline:
    """A closed shape, on the side where `u` grows to the right of the middle."""

    way: tuple[Bend, ...]

    @cached_property
    def polygon(self) -> tuple[Point, ...]:
        return sampled(self.way)

    @cached_property
    def centre(self) -> Point:
        return centre(self.polygon)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in (u, y). [px]"""
        us, ys = [p[0] for p in self.polygon], [p[1] for p in self.polygon]
        return min(us), min(ys), max(us), max(ys)


@dataclass(frozen=True)
class Drawing:
    """Named curves of one side of a view. `joints` are named points that several curves pass."""

    curves: Mapping[str, tuple[Bend, ...]]
    joints: Mapping[str, Point]

    def outline(self, loop: str) -> Outline:
        """Follow curves from joint to joint: `outer hip knee, -, shin knee hip`; `-` closes a gap with a straight line.

        Raises:
            KeyError: If a curve or joint does not exist, or the joint is not on the curve.
        """
        way: list[Bend] = []
        for part in loop.split(","):
            name, start, end = part.split()
            stretch = (straight(self.joints[start], self.joints[end]),) if name == "-" else self._stretch(name, start, end)
            if way and _apart(way[-1][3], stretch[0][0]):
                way.append(straight(way[-1][3], stretch[0][0]))
            way += stretch
        if way[0][0][0] == way[-1][3][0] == 0:  # from midline to midline: half of a shape that spans both sides
            return Outline(whole(way))
        if _apart(way[-1][3], way[0][0]):
            way.append(straight(way[-1][3], way[0][0]))
        return Outline(tuple(way))

    def _stretch(self, name: str, start: str, end: str) -> tuple[Bend, ...]:
        curve = self.curves[name]
        knots = [curve[0][0], *(bend[3] for bend in curve)]
        first, last = (knots.index(self.joints[j]) if self.joints[j] in knots else self._missing(name, j) for j in (start, end))
        return curve[first:last] if first < last else backwards(curve[last:first])

    @staticmethod
    def _missing(name: str, joint: str) -> int:
        raise KeyError(f'The joint "{joint}" is not on the curve "{name}".')


def straight(a: Point, b: Point) -> Bend:
    return a, ((2 * a[0] + b[0]) / 3, (2 * a[1] + b[1]) / 3), ((a[0] + 2 * b[0]) / 3, (a[1] + 2 * b[1]) / 3), b


def _apart(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) > 1e-6


def drawing(curves: Mapping[str, str], others: Drawing | None = None) -> Drawing:
    """Read curves written as `84,66 crest=94,100 102,145 knee`: points, new joints, and joints named before."""
    joints: dict[str, Point] = dict(others.joints) if others else {}
    read: dict[str, tuple[Bend, ...]] = dict(others.curves) if others else {}
    for name, text in curves.items():
        points = []
        for word in text.split():
            joint, _, numbers = word.rpartition("=")
            point = joints[word] if "," not in word else _point(numbers)
            if joint:
                joints[joint] = point
            points.append(point)
        read[name] = bends(points)
    return Drawing(read, joints)


def _point(text: str) -> Point:
    u, y = text.split(",")
    return float(u), float(y)


def line(text: str) -> tuple[Bend, ...]:
    """An open curve through `u,y` points."""
    return bends([_point(word) for word in text.split()])


def path(way: Sequence[Bend], side: int = 1, *, closed: bool = True) -> str:
    """The `d` of an SVG path in whole numbers and relative steps.

    Args:
        way: Curve in (u, y). [px]
        side: 1: right of the middle, where x is 0; -1: left of it (mirrored).
        closed: Whether it ends where it began.
    """

    def grid(p: Point) -> tuple[int, int]:
        return side * round(p[0] * FINE), round(p[1] * FINE)

    here = grid(way[0][0])
    text = f"M{here[0]} {here[1]}"
    letter, before = "", None
    for bend in way:
        a, b, c, d = bend
        there = grid(d)
        points: tuple[tuple[int, int], ...] = (there,)
        used = "l"
        if not _is_straight(bend):
            flows = before is not None and all(abs(before[3][k] - before[2][k] - b[k] + a[k]) < 1e-6 for k in (0, 1))
            used, points = ("s", (grid(c), there)) if flows else ("c", (grid(b), grid(c), there))
        text += ("" if used == letter else used) + _steps(here, *points, more=used == letter)
        letter, before, here = used, None if used == "l" else bend, there
    return text + ("z" if closed else "")


def _is_straight(bend: Bend) -> bool:
    flat = straight(bend[0], bend[3])
    return all(abs(bend[i][k] - flat[i][k]) < 1e-6 for i in (1, 2) for k in (0, 1))


def _steps(start: tuple[int, int], *points: tuple[int, int], more: bool = False) -> str:
    text = ""
    for x, y in points:
        for step in (x - start[0], y - start[1]):
            text += f" {step}" if step >= 0 and (text or more) else str(step)
    return text


def whole(half: Sequence[Bend]) -> tuple[Bend, ...]:
    """A shape across the midline, from its half, which begins and ends on the midline."""
    mirrored = tuple(tuple((-u, y) for u, y in bend) for bend in half)
    return (*half, *backwards(mirrored))  # type: ignore[arg-type]
