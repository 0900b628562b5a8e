"""The six views of the map, with their shapes worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from soleus.domain.finding import Side
from soleus.reports.bodymap import elsewhere, feet, leg_back, leg_front, skin
from soleus.reports.bodymap.curves import Bend, Outline, Point, drawing, line
from soleus.reports.bodymap.regions import REGIONS, Region

VIEWS = ("back", "front", "soles", "tops", "saddle", "upper")
"""In the order of the page: this is about the back of the leg."""
TITLES: Mapping[str, str] = {
    "back": "From behind",
    "front": "From the front",
    "soles": "Soles of the feet",
    "tops": "Feet from above",
    "saddle": "Saddle, from below",
    "upper": "Back, arms and hands",
}
SPOKEN: Mapping[str, str] = {
    "back": "from behind",
    "front": "from the front",
    "soles": "sole",
    "tops": "from above",
    "saddle": "from below",
    "upper": "from behind",
}
TOP = 24.0
"""Room for the title above a view. [px]"""
_ANCHORS: Mapping[str, Point] = {
    "back low-back": (0, 66),
    "back buttock": (52, 150),
    "back soleus": (58, 518),
    "back achilles": (72, 574),
    "back ankle-inner": (59, 584),
    "back ankle-outer": (85, 590),
    "back shin-outer": (97, 434),
    "front groin": (46, 156),
    "front thigh-inner": (27, 226),
    "front thigh-front-middle": (72, 214),
    "front thigh-front-outer": (87, 242),
    "front shin-outer": (95, 450),
    "front soleus": (49, 516),
    "front small-toes": (88, 643),
    "tops small-toes": (76, 58),
    "soles small-toes": (76, 58),
    "upper mid-back": (0, 168),
    "upper fingers": (145, 239),
    "saddle saddle": (0, 92),
}
"""Where the marks of a shape stand, if not in its centre."""


@dataclass(frozen=True)
class Shape:
    """A region as one view shows it, or an area of skin."""

    id: str
    """Of the kind, the nerve or the root."""
    outline: Outline
    anchor: Point
    spanning: bool
    """It crosses the midline: one shape, not one on each side."""


@dataclass(frozen=True)
class View:
    """One side of the body, its shapes and lines in (u, y). [px]"""

    id: str
    height: float
    left: int
    """On which side of the picture the person's left is: 1 right, -1 left."""
    shapes: tuple[Shape, ...]
    context: tuple[Outline, ...]
    detail: tuple[tuple[Bend, ...], ...]
    nerves: tuple[Shape, ...]
    roots: tuple[Shape, ...]

    def sign(self, side: Side) -> int:
        return self.left if side is not Side.RIGHT else -self.left

    def regions(self) -> tuple[tuple[Region, Shape], ...]:
        """What can be marked here: the person's left side and then the right, each from top to bottom."""
        found = []
        for side in (Side.UNSTATED, Side.LEFT, Side.RIGHT):
            for shape in self.shapes:
                if shape.spanning == (side is Side.UNSTATED):
                    found.append((REGIONS[shape.id if shape.spanning else f"{shape.id}-{side.value}"], shape))
        return tuple(found)


@cache
def view(id_: str) -> View:
    """A view by its id.

    Raises:
        KeyError: If there is none.
    """
    u, f, b = elsewhere, leg_front, leg_back
    curves, shapes, context, detail, height, extra = {
        "front": (f.CURVES, f.SHAPES, f.CONTEXT, f.DETAIL, f.HEIGHT, skin.FRONT),
        "back": (b.CURVES, b.SHAPES, b.CONTEXT, b.DETAIL, b.HEIGHT, skin.BACK),
        "tops": (feet.TOP_CURVES, feet.TOP_SHAPES, feet.TOP_CONTEXT, feet.TOP_DETAIL, feet.HEIGHT, skin.TOP),
        "soles": (feet.SOLE_CURVES, feet.SOLE_SHAPES, {}, feet.SOLE_DETAIL, feet.HEIGHT, skin.SOLE),
        "upper": (u.UPPER_CURVES, u.UPPER_SHAPES, u.UPPER_CONTEXT, u.UPPER_DETAIL, u.UPPER_HEIGHT, {}),
        "saddle": (u.SADDLE_CURVES, u.SADDLE_SHAPES, u.SADDLE_CONTEXT, u.SADDLE_DETAIL, u.SADDLE_HEIGHT, {}),
    }[id_]
    drawn = drawing({**curves, **extra})

    def shaped(name: str, loop: str) -> Shape:
        outline = drawn.outline(loop)
        left, _, right, _ = outline.box
        spanning = left < 0 < right
        middle = (0.0, outline.centre[1]) if spanning else outline.centre
        return Shape(name, outline, _ANCHORS.get(f"{id_} {name}", middle), spanning)

    found = sorted((shaped(name, loop) for name, loop in shapes.items()), key=lambda s: s.anchor[1])
    layers = [
        tuple(shaped(name, loop) for name, loops in table.get(id_, {}).items() for loop in loops) for table in (skin.NERVES, skin.ROOTS)
    ]
    lines = tuple(line(text) for text in detail)
    return View(
        id_, height, 1 if id_ == "front" else -1, tuple(found), tuple(drawn.outline(loop) for loop in context.values()), lines, *layers
    )
