"""Shapes as SVG text: whole numbers, relative steps, presentation attributes alone, and nothing written twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from soleus.reports.figures.shapes import Limb, Point, Shape

SCALE = 230
"""Units of the picture per body height."""
FILL, EDGE, WIDTH = "#a9bccf", "#3d5368", 3
"""The usual ink. It is written once, round everything, with a stroke that is painted before the filling."""
INK = f'fill="{FILL}" stroke="{EDGE}" stroke-width="{WIDTH}" stroke-linejoin="round" paint-order="stroke"'

Unit = list[Shape | Limb]
"""Shapes that belong together: a leg, a chair. A unit that looks the same in the next picture is written once and used twice."""


def grid(p: Point, origin: Point = (0.0, 0.0)) -> tuple[int, int]:
    """Body heights with y up, to units of the picture with y down.

    Rounding starts at the origin: what has the same shape elsewhere is then the same to the last digit.
    """
    x, y = round(origin[0] * SCALE), round(-origin[1] * SCALE)
    return x + round((p[0] - origin[0]) * SCALE), y - round((p[1] - origin[1]) * SCALE)


def path(points: Sequence[Point], origin: Point = (0.0, 0.0), *, closed: bool = True, smooth: bool = False) -> str:
    """The `d` of an SVG path, in relative steps; a smooth one is a quadratic B-spline round the corners."""
    dots = [grid(p, origin) for p in points]
    if not smooth or len(dots) < 3:
        return f"M{dots[0][0]} {dots[0][1]}l{''.join(_step(a, b) for a, b in pairwise(dots)).strip()}" + ("z" if closed else "")
    if closed:
        start = _middle(dots[-1], dots[0])
        corners = list(pairwise([*dots, dots[0]]))
    else:
        start = dots[0]
        corners = list(pairwise(dots[1:]))
    here, text = start, f"M{start[0]} {start[1]}q"
    for i, (corner, following) in enumerate(corners):
        there = following if not closed and i == len(corners) - 1 else _middle(corner, following)
        text += _step(here, corner) + _step(here, there)
        here = there
    return text.replace("q ", "q") + ("z" if closed else "")


def _middle(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return (a[0] + b[0]) // 2, (a[1] + b[1]) // 2


def _step(a: tuple[int, int], b: tuple[int, int]) -> str:
    dx, dy = b[0] - a[0], b[1] - a[1]
    return f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}"


def _ink(s: Shape) -> str:
    """What differs from the usual ink, that of a near limb. Strokes lie under the filling, so that only their outer half shows."""
    width = max(2, round(2 * s.width * SCALE)) if s.fill != "none" else max(1, round(s.width * SCALE))
    usual = (("fill", s.fill, FILL), ("stroke", s.stroke or "none", EDGE), ("stroke-width", str(width) if s.stroke else "", str(WIDTH)))
    ink = "".join(f' {name}="{value}"' for name, value, default in usual if value and value != default)
    if s.dash:
        ink += f' stroke-dasharray="{s.dash}"'
    return ink + (f' opacity="{s.opacity:g}"' if s.opacity < 1 else "")


def _element(s: Shape, origin: Point) -> str:
    if s.radius:
        x, y = grid(s.points[0], origin)
        return f'<circle cx="{x}" cy="{y}" r="{round(s.radius * SCALE)}"{_ink(s)}/>'
    return f'<path d="{path(s.points, origin, closed=s.closed, smooth=s.smooth)}"{_ink(s)}/>'


def _is_bar(s: Shape | Limb) -> bool:
    return isinstance(s, Shape) and not s.closed and not s.radius and not s.dash


def _bars(run: list[Shape], origin: Point) -> str:
    """Rods in as few paths as they have looks: first all their edges, then all their fillings."""
    looks: dict[str, dict[str, str]] = {}
    for s in run:
        ink, width = _ink(replace(s, width=WIDTH / SCALE)), str(max(1, round(s.width * SCALE)))
        widths = looks.setdefault(ink, {})
        widths[width] = widths.get(width, "") + path(s.points, origin, closed=False, smooth=s.smooth)
    text = ""
    for ink, widths in looks.items():
        paths = [f'<path d="{d}" stroke-width="{width}"' for width, d in widths.items()]
        text += f"<g{ink}>{'/>'.join(paths)}/></g>" if len(paths) > 1 else f"{paths[0]}{ink}/>"
    return text


def _faces(run: list[Shape], origin: Point) -> str:
    """Outlines with one edge and several fillings."""
    ink = _ink(replace(run[0], fill=FILL))
    inside = "".join(f'<path d="{path(s.points, origin, closed=s.closed, smooth=s.smooth)}" fill="{s.fill}"/>' for s in run)
    return f"<g{ink}>{inside}</g>"


def _is_face(s: Shape | Limb, other: Shape | Limb | None = None) -> bool:
    """A filled outline; with the same edge as the other."""
    if not isinstance(s, Shape) or s.radius or s.dash or s.opacity < 1 or s.fill in ("none", "W", "S") or not s.stroke:
        return False
    return other is None or (isinstance(other, Shape) and (s.stroke, s.width) == (other.stroke, other.width))


def _limb(limb: Limb, origin: Point) -> str:
    """All parts in one path: its stroke is painted first, so that the joints show no seams."""
    d = "".join(path(_clockwise(part), origin, smooth=True) for part in limb.parts)
    d += "".join(path(_clockwise(part), origin) for part in limb.angular)
    return f'<path d="{d}"{_ink(Shape((), fill=limb.fill, stroke=limb.edge, width=WIDTH / 2 / SCALE))}/>' + "".join(
        _element(s, origin) for s in limb.dressed
    )


def _clockwise(part: Sequence[Point]) -> Sequence[Point]:
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*part, part[0]]))
    return part if area <= 0 else part[::-1]


def _origin(unit: Unit) -> Point:
    first = unit[0]
    return first.parts[0][0] if isinstance(first, Limb) else first.points[0]


def _moved(unit: Unit, origin: Point) -> str:
    """What a unit looks like, wherever it stands: equal texts are equal pictures."""

    def steps(points: Sequence[Point]) -> str:
        return repr([(round((x - origin[0]) * SCALE), round((y - origin[1]) * SCALE)) for x, y in points])

    def look(s: Shape) -> str:
        return steps(s.points) + _ink(s) + f"{s.closed}{s.smooth}{s.radius:.4f}"

    return "".join(
        "".join(map(steps, (*s.parts, *s.angular))) + s.fill + "".join(map(look, s.dressed)) if isinstance(s, Limb) else look(s)
        for s in unit
    )


@dataclass
class Writer:
    """Writes the units of several pictures with ids that begin with a prefix."""

    prefix: str

    def unit(self, unit: Unit, origin: Point) -> str:
        found, i = "", 0
        while i < len(unit):
            s = unit[i]
            if isinstance(s, Limb):
                found += _limb(s, origin)
            elif _is_bar(s):
                run = [s]
                while i + 1 < len(unit) and _is_bar(following := unit[i + 1]) and isinstance(following, Shape):
                    run.append(following)
                    i += 1
                found += _bars(run, origin)
            elif i + 2 < len(unit) and _is_face(s) and _is_face(unit[i + 1], s) and _is_face(unit[i + 2], s):
                faces = [s]
                while i + 1 < len(unit) and _is_face(following := unit[i + 1], s) and isinstance(following, Shape):
                    faces.append(following)
                    i += 1
                found += _faces(faces, origin)
            else:
                shade = {"W": f"url(#{self.prefix}-w)", "S": f"url(#{self.prefix}-s)"}.get(s.fill)
                found += _element(replace(s, fill=shade) if shade else s, origin)
            i += 1
        return found

    def pictures(self, pictures: list[list[Unit]]) -> list[str]:
        """The text of each picture. What stands in several is written in the first and only used, perhaps moved, in the others."""
        origins = [[_origin(unit) for unit in picture] for picture in pictures]
        keys = [[_moved(u, o) for u, o in zip(picture, its, strict=True)] for picture, its in zip(pictures, origins, strict=True)]
        often = Counter(key for picture in keys for key in picture)
        told: dict[str, tuple[str, tuple[int, int]]] = {}
        texts = []
        for picture, its, its_keys in zip(pictures, origins, keys, strict=True):
            text = ""
            for unit, origin, key in zip(picture, its, its_keys, strict=True):
                x, y = grid(origin)
                if key in told:
                    name, (x0, y0) = told[key]
                    text += f'<use href="#{name}"' + (f' x="{x - x0}"' if x != x0 else "") + (f' y="{y - y0}"' if y != y0 else "") + "/>"
                elif often[key] > 1:
                    name = f"{self.prefix}-u{len(told)}"
                    told[key] = (name, (x, y))
                    text += f'<g id="{name}">{self.unit(unit, origin)}</g>'
                else:
                    text += self.unit(unit, origin)
            texts.append(text)
        return texts
