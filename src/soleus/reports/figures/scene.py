"""One picture in the making: the body where it is, and what the things around it are drawn with."""

from __future__ import annotations

from dataclasses import dataclass, field

from soleus.domain.figure import Figure, Position
from soleus.reports.figures.body import Body
from soleus.reports.figures.hands import Places
from soleus.reports.figures.rest import Rested
from soleus.reports.figures.setting import Stage
from soleus.reports.figures.shapes import Camera, Shape, ellipse
from soleus.reports.figures.vectors import Vec, minus, plus

FACE, TOP, END, LINE = "#e6e0d4", "#f3efe7", "#d3cbbb", "#857b69"
"""Things are drawn in warm greys, the body in cool ones."""
SOFT, STEEL, RUBBER, HELPER, HELPER_EDGE = "#dfe7d8", "#7b8794", "#2b8a6e", "#f0dcc4", "#8a6d4f"
WATER = "#bfe0f2"


@dataclass
class Layers:
    """What stays where it is, what else lies behind the body, and what lies before it."""

    still: list[Shape] = field(default_factory=list)
    back: list[Shape] = field(default_factory=list)
    front: list[Shape] = field(default_factory=list)


@dataclass(frozen=True)
class Scene:
    figure: Figure
    position: Position
    rested: Rested
    body: Body
    """With its hands where they belong."""
    first: Body
    """The body of the first position: what does not move stands where it stood then."""
    bodies: tuple[Body, ...]
    stage: Stage
    places: Places
    camera: Camera

    def box(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        z: tuple[float, float] = (-0.12, 0.12),
        colours: tuple[str, str, str] = (FACE, TOP, END),
    ) -> list[Shape]:
        """A block: its top, its far end and its face."""

        def face(*corners: Vec) -> tuple[tuple[float, float], ...]:
            return tuple(self.camera(c) for c in corners)

        (x0, x1), (y0, y1), (z0, z1) = x, y, z
        sides = [
            (face((x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)), colours[1]),
            (face((x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)), colours[2] if self.camera.toward[2] else colours[0]),
        ]
        if self.camera.toward[2]:
            sides.append((face((x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)), colours[0]))
        return [Shape(points, fill=colour, stroke=LINE, width=0.005) for points, colour in sides]

    def bar(self, *ends: Vec, width: float = 0.018, colour: str = STEEL, edge: bool = True, smooth: bool = False) -> list[Shape]:
        """A rod through some points, with a dark edge."""
        points = tuple(self.camera(e) for e in ends)
        rod = Shape(points, stroke=colour, width=width, closed=False, smooth=smooth)
        if not edge:
            return [rod]
        return [Shape(points, stroke="#4a4437" if colour != RUBBER else "#174f3f", width=width + 0.009, closed=False, smooth=smooth), rod]

    def disc(self, centre: Vec, radius: float, fill: str = FACE, edge: str = LINE, opacity: float = 1.0) -> Shape:
        return Shape((self.camera(centre),), fill=fill, stroke=edge, width=0.006, radius=radius, opacity=opacity)

    def oval(self, centre: Vec, one: Vec, other: Vec, fill: str, edge: str = LINE) -> Shape:
        c = self.camera(centre)
        a, b = self.camera(plus(centre, one)), self.camera(plus(centre, other))
        return Shape(ellipse(c, (a[0] - c[0], a[1] - c[1]), (b[0] - c[0], b[1] - c[1])), fill=fill, stroke=edge, width=0.006, smooth=True)

    def polygon(self, *corners: Vec, fill: str = FACE, edge: str = LINE, smooth: bool = False) -> Shape:
        return Shape(tuple(self.camera(c) for c in corners), fill=fill, stroke=edge, width=0.006, smooth=smooth)

    def point(self, name: str) -> Vec:
        """A point of the near side, or of the other side by `other-`."""
        if name.startswith("other-"):
            return self.body[f"far_{_JOINT.get(name[6:], name[6:])}"]
        return self.body[f"near_{_JOINT.get(name, name)}"] if name not in ("pelvis", "chest", "head", "mouth") else self.body[name]

    @property
    def seat_top(self) -> float:
        return self.first["pelvis"][1] - 0.052


_JOINT = {"foot": "ball", "thigh": "knee"}


def away(a: Vec, b: Vec) -> Vec:
    """From b to a."""
    return minus(a, b)
