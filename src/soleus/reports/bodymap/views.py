"""The six views of the map, with their shapes worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from soleus.domain.finding import Side
from soleus.reports.bodymap import elsewhere, feet, leg_back, leg_front, skin
from soleus.reports.bodymap.curves import Bend, Outline, Point, drawing, inside, line
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
LEAST_TARGET = 28.0
"""What a finger hits, and a little more: width and height of a target in a panel 320 wide. [px]"""
_ANCHORS: Mapping[str, Point] = {
    "back low-back": (0, 66),
    "back buttock": (52, 150),
    "back soleus": (58, 518),
    "back ankle-inner": (59, 577),
    "back ankle-outer": (85, 579),
    "back achilles": (72, 581),
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
    "back L2": (114, 212),
    "back L3": (111, 304),
    "back L3 1": (14, 322),
    "back L4": (23, 470),
    "back L5": (114, 432),
    "front S1": (112, 612),
    "front L4": (54, 470),
    "front L5": (82, 520),
    "back S1": (76, 396),
    "tops L4": (17, 140),
    "tops S1": (113, 144),
    "soles S1": (86, 146),
    "saddle S2": (74, 76),
    "saddle S3": (0, 82),
    "saddle S4": (0, 122),
    "back lateral-femoral-cutaneous": (114, 250),
    "back obturator": (14, 288),
    "back saphenous": (26, 470),
    "back fibular-superficial": (107, 508),
    "back groin-nerves": (88, 112),
    "back sural 1": (98, 628),
    "front sural": (112, 612),
    "front saphenous": (54, 470),
    "front fibular-superficial": (82, 520),
    "front fibular-deep": (73, 624),
    "front lateral-femoral-cutaneous": (89, 190),
    "front groin-nerves": (38, 160),
    "tops saphenous": (17, 140),
    "tops sural": (113, 144),
    "soles sural": (112, 140),
    "soles plantar-lateral": (88, 132),
    "saddle posterior-femoral-cutaneous": (74, 76),
}
"""Where the marks or the label of a shape stand, if not in its centre; a number: the shape that is the first after its namesake."""


@dataclass(frozen=True)
class Shape:
    """A region as one view shows it, or an area of skin."""

    id: str
    """Of the kind, the nerve or the root."""
    outline: Outline
    anchor: Point
    spanning: bool
    """It crosses the midline: one shape, not one on each side."""
    target: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom of what also counts as hitting it, where it is too thin for a finger. [px]"""


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


def _with_target(shape: Shape, others: Iterable[Shape]) -> Shape:
    """Thin shapes can be hit beside them too: where nothing else lies, if there is such a side."""
    left, top, right, bottom = shape.outline.box
    wide, high = max(0.0, LEAST_TARGET - (right - left)), max(0.0, LEAST_TARGET - (bottom - top))
    if not wide and not high:
        return shape
    y = shape.anchor[1]
    taken = [any(inside((u, y), o.outline.polygon) for o in others if o is not shape) for u in (left - 5, right + 5)]
    share = 0.5 if taken[0] == taken[1] else float(taken[1])
    middle = max(high, min(bottom - top, 2 * LEAST_TARGET) + high) / 2
    return replace(shape, target=(left - wide * share, y - middle, right + wide * (1 - share), y + middle))


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

    def shaped(name: str, loop: str, number: int = 0) -> Shape:
        outline = drawn.outline(loop)
        left, _, right, _ = outline.box
        spanning = left < 0 < right
        middle = (0.0, outline.centre[1]) if spanning else outline.centre
        place = f"{id_} {name} {number}" if number else f"{id_} {name}"
        return Shape(name, outline, _ANCHORS.get(place, middle), spanning)

    found = sorted((shaped(name, loop) for name, loop in shapes.items()), key=lambda s: s.anchor[1])
    found = [_with_target(shape, found) for shape in found]
    layers = [
        tuple(shaped(name, loop, i) for name, loops in table.get(id_, {}).items() for i, loop in enumerate(loops))
        for table in (skin.NERVES, skin.ROOTS)
    ]
    lines = tuple(line(text) for text in detail)
    return View(
        id_, height, 1 if id_ == "front" else -1, tuple(found), tuple(drawn.outline(loop) for loop in context.values()), lines, *layers
    )
