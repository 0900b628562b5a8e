"""Vectors in three dimensions as plain tuples, and a search for the zero of a function. x forward, y up, z towards the viewer."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]


def plus(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def minus(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, factor: float) -> Vec:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def along(start: Vec, direction: Vec, length: float) -> Vec:
    return plus(start, times(direction, length))


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def length(a: Vec) -> float:
    return sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else (0.0, -1.0, 0.0)


def between(a: Vec, b: Vec, share: float = 0.5) -> Vec:
    return plus(times(a, 1 - share), times(b, share))


def turned(a: Vec, towards: Vec, degrees: float) -> tuple[Vec, Vec]:
    """Two perpendicular directions turned in their plane: `a` goes towards `towards`, and that goes away from `a`."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return plus(times(a, c), times(towards, s)), plus(times(towards, c), times(a, -s))


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def about(a: Vec, axis: Vec, degrees: float) -> Vec:
    """A vector turned about an axis of length one (Rodrigues)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return plus(plus(times(a, c), times(cross(axis, a), s)), times(axis, dot(axis, a) * (1 - c)))


def zero_of(function: Callable[[float], float], low: float, high: float, near: float) -> float:
    """The place where a function is zero that is closest to `near`; where it never is, the place where it is smallest.

    Args:
        function: Continuous over the range.
        low: Lower end of the range.
        high: Upper end.
        near: First guess.

    Examples:
        >>> round(zero_of(lambda x: x * x - 2, -5, 5, 1), 6)
        1.414214
    """
    steps = 72
    grid = [low + (high - low) * i / steps for i in range(steps + 1)]
    values = [function(x) for x in grid]
    crossings = [i for i in range(steps) if (values[i] <= 0) != (values[i + 1] <= 0)]
    if not crossings:
        return min(zip(values, grid, strict=True), key=lambda pair: (round(abs(pair[0]), 9), abs(pair[1] - near)))[1]
    i = min(crossings, key=lambda i: abs((grid[i] + grid[i + 1]) / 2 - near))
    a, b = grid[i], grid[i + 1]
    rising = values[i] <= 0
    for _ in range(40):
        middle = (a + b) / 2
        if (function(middle) <= 0) == rising:
            a = middle
        else:
            b = middle
    return (a + b) / 2
