"""What a person sits, lies, stands or leans on."""

from __future__ import annotations

from collections.abc import Callable

from soleus.reports.figures.hands import rail_beside
from soleus.reports.figures.scene import END, FACE, SOFT, TOP, Layers, Scene
from soleus.reports.figures.shapes import Shape
from soleus.reports.figures.vectors import along, between, plus, times

_CUSHION = ("#d9e2ea", "#e9eff4", "#c3cfda")
_SITTING = ("sitting",)


def chair(s: Scene, place: str) -> Layers:
    """A seat with four legs and a back. To hold, its back is towards the person."""
    if place == "auto":
        place = "seat" if any(p.base in _SITTING for p in s.figure.positions) else "front"
    if place == "seat":
        seated = next((b for b, p in zip(s.bodies, s.figure.positions, strict=True) if p.base in _SITTING), s.first)
        x, top = seated["pelvis"][0], seated["pelvis"][1] - 0.050
        return Layers(back=_chair(s, x - 0.115, x + 0.135, top, back_left=True))
    if place == "behind":
        x = s.first["pelvis"][0] - 0.16
        return Layers(back=_chair(s, x - 0.25, x, 0.235, back_left=True))
    x = s.places.chair_x
    return Layers(back=_chair(s, x - 0.012, x + 0.235, 0.245, back_left=True, back_top=s.places.chair_y))


def _chair(s: Scene, left: float, right: float, top: float, *, back_left: bool, back_top: float | None = None) -> list[Shape]:
    z = (-0.115, 0.115)
    shapes = []
    for zz in (-0.10, 0.10):
        shapes += s.bar((left + 0.015, 0, zz), (left + 0.015, top, zz), width=0.014, colour=END)
        shapes += s.bar((right - 0.015, 0, zz), (right - 0.015, top, zz), width=0.014, colour=END)
    height = back_top or top + 0.27
    shapes += s.box((left - 0.004, left + 0.018), (top + 0.07, height), z)
    for zz in (-0.10, 0.10):
        shapes += s.bar((left + 0.008, top, zz), (left + 0.008, top + 0.08, zz), width=0.012, colour=END)
    return shapes + s.box((left, right), (top - 0.025, top), z)


def stool(s: Scene, place: str) -> Layers:
    seated = any(p.base in _SITTING for p in s.figure.positions)
    if seated and (place == "seat" or (place == "auto" and not s.figure.has("chair"))):
        at = next(b for b, p in zip(s.bodies, s.figure.positions, strict=True) if p.base in _SITTING)
        x, top = at["pelvis"][0] + 0.01, at["pelvis"][1] - 0.050
    else:
        x, top = (0.36 if s.position.base in ("standing", "sitting") else s.first["near_ankle"][0]), 0.25
        if s.position.base == "sitting":
            x = s.first["pelvis"][0] + 0.45
        if place == "behind":
            x = -0.34
    shapes = []
    for dx, zz in ((-0.08, -0.08), (0.08, -0.08), (-0.08, 0.08), (0.08, 0.08)):
        shapes += s.bar((x + dx * 1.15, 0, zz), (x + dx * 0.8, top, zz), width=0.014, colour=END)
    return Layers(back=shapes + s.box((x - 0.105, x + 0.105), (top - 0.026, top), (-0.105, 0.105)))


def bench(s: Scene, place: str) -> Layers:
    """A flat padded bench; under the shoulders for a hip thrust."""
    if place == "shoulders":
        x = s.first["chest"][0] + 0.01
        return Layers(back=_padded(s, x - 0.10, x + 0.075, s.stage.shoulder_height))
    if place == "front":
        return stool(s, "front")
    if s.position.base in ("supine", "prone", "hook-lying"):
        return bed(s, "lying")
    x = s.first["pelvis"][0]
    return Layers(back=_padded(s, x - 0.16, x + 0.12, s.seat_top))


def _padded(s: Scene, left: float, right: float, top: float) -> list[Shape]:
    shapes = []
    for x in (left + 0.03, right - 0.03):
        for z in (-0.09, 0.09):
            shapes += s.bar((x, 0, z), (x, top - 0.03, z), width=0.014, colour=END)
    return shapes + s.box((left, right), (top - 0.045, top), (-0.13, 0.13), _CUSHION)


def bed(s: Scene, place: str) -> Layers:
    lying = s.stage.surface > 0
    if not lying:
        x, top = s.first["pelvis"][0], s.seat_top
        return Layers(back=_bed(s, x - 0.42, x + 0.10, top, whole=False))
    xs = [p[0] for b in s.bodies for name, p in b.points.items() if p[1] < s.stage.surface + 0.25 or name == "head"]
    return Layers(back=_bed(s, min(xs) - 0.06, max(xs) + 0.06, s.stage.surface, whole=True))


def _bed(s: Scene, left: float, right: float, top: float, *, whole: bool) -> list[Shape]:
    z = (-0.19, 0.19) if s.camera.upward[2] > -0.3 else (-0.15, 0.15)
    shapes = []
    for x in (left + 0.03, right - 0.03):
        for zz in z:
            shapes += s.bar((x, 0, zz * 0.9), (x, top - 0.08, zz * 0.9), width=0.020, colour=END)
    shapes += s.box((left, right), (top - 0.115, top - 0.07), z)
    return shapes + s.box((left, right), (top - 0.07, top), z, _CUSHION)


def mat(s: Scene, place: str) -> Layers:
    xs = [p[0] for b in s.bodies for p in b.points.values() if p[1] < 0.30]
    z = (-0.17, 0.17) if s.camera.upward[2] > -0.3 else (-0.13, 0.19)
    return Layers(still=s.box((min(xs) - 0.05, max(xs) + 0.05), (-0.016, 0.0), z, ("#b9cdbb", SOFT, "#a4b9a6")))


def pillow(s: Scene, place: str) -> Layers:
    b, floor = s.body, s.stage.surface
    if place == "head":
        x, y = b["head"][0], b["head"][1] - 0.058
        return Layers(back=_cushion(s, x, (floor + y) / 2 if y > floor + 0.01 else floor + 0.012, 0.10, max((y - floor) / 2, 0.022)))
    if place == "belly":
        return Layers(back=_cushion(s, b["spine1"][0] - 0.02, floor + 0.012, 0.10, 0.020))
    if place == "between-knees":
        middle = between(b["near_knee"], b["far_knee"])
        return Layers(back=_cushion(s, middle[0], middle[1], 0.08, 0.035))
    if place in ("knees", "ankles"):
        joint = "knee" if place == "knees" else "ankle"
        x, y = b[f"near_{joint}"][0], b[f"near_{joint}"][1] - (0.036 if joint == "knee" else 0.026)
        return Layers(back=_cushion(s, x, (floor + y) / 2, 0.075, max((y - floor) / 2, 0.02)))
    if place == "seat":
        return Layers(back=_cushion(s, b["pelvis"][0], s.seat_top - 0.005, 0.11, 0.02))
    x = b["near_knee"][0] if place == "knee-floor" else b["near_ankle"][0] + 0.02
    return Layers(back=_cushion(s, x, 0.004, 0.085, 0.014))


def _cushion(s: Scene, x: float, y: float, half: float, thick: float) -> list[Shape]:
    return [
        s.polygon(
            (x - half, y - thick, 0.05), (x - half * 1.1, y, 0.05), (x - half, y + thick, 0.05), (x, y + thick * 1.12, 0.05),
            (x + half, y + thick, 0.05), (x + half * 1.1, y, 0.05), (x + half, y - thick, 0.05), (x, y - thick * 1.12, 0.05),
            fill="#ffffff", edge="#7f93a6", smooth=True,
        )
    ]  # fmt: skip


def step(s: Scene, place: str) -> Layers:
    top = s.stage.step_height
    edges = {"front": (0.185, 0.42), "balls": (0.052, 0.24), "feet": (-0.065, 0.150), "behind": (-0.42, -0.20)}
    left, right = edges[place]
    if place == "front" and s.position.base == "sitting":
        left, right = s.first["pelvis"][0] + 0.20, s.first["pelvis"][0] + 0.44
    return Layers(back=s.box((left, right), (0, top), (-0.14, 0.14)))


def stairs(s: Scene, place: str) -> Layers:
    shapes = []
    for i in (2, 1, 0):
        left = 0.195 + 0.16 * i
        shapes += s.box((left, 0.195 + 0.48), (s.stage.step_height * i, s.stage.step_height * (i + 1)), (-0.15, 0.15))
    order = [shapes[k : k + 3] for k in range(0, len(shapes), 3)]
    return Layers(back=[shape for group in reversed(order) for shape in group])


def foam(s: Scene, place: str) -> Layers:
    return Layers(back=s.box((-0.085, 0.150), (0, s.stage.foot_rise), (-0.12, 0.12), ("#a8c6d8", "#c9dfeb", "#8fb2c6")))


def wobble_board(s: Scene, place: str) -> Layers:
    y = s.stage.foot_rise
    dome = s.oval((0.035, y - 0.018, 0), (0.075, 0, 0), (0, 0.030, 0), fill=END)
    plate = s.oval((0.035, y - 0.006, 0), (0.16, 0, 0), (0, 0, -0.13), fill=FACE)
    return Layers(back=[dome, plate])


def slope(s: Scene, place: str) -> Layers:
    heel, toe = s.body["near_heel"], s.body["near_toe"]
    low, high = (heel, toe) if heel[1] < toe[1] else (toe, heel)
    out = 0.02 if high[0] > low[0] else -0.02
    a, b = (low[0] - out, 0.0), (high[0] + out, high[1] + (high[1] - low[1]) * 0.02 / max(abs(high[0] - low[0]), 0.02))
    face = [s.polygon((a[0], 0, z), (b[0], 0, z), (b[0], b[1], z), fill=c) for z, c in ((-0.10, TOP), (0.10, FACE))]
    face.insert(1, s.polygon((a[0], 0, -0.10), (b[0], b[1], -0.10), (b[0], b[1], 0.10), (a[0], 0, 0.10), fill=TOP))
    return Layers(back=face)


def rail(s: Scene, place: str) -> Layers:
    x, y = s.places.rail_x, s.places.rail_y
    if rail_beside(s.figure):
        xs = [b["chest"][0] for b in s.bodies]
        left, right = min(xs) - 0.16, max(xs) + 0.30
        posts = [bar for x in (left + 0.04, right - 0.04) for bar in s.bar((x, 0, -0.18), (x, y, -0.18), width=0.016)]
        return Layers(still=posts + s.bar((left, y, -0.18), (right, y, -0.18), width=0.022))
    if place == "behind":
        x = s.first["pelvis"][0] - 0.20
    shapes = []
    for z in (-0.15, 0.15):
        shapes += s.bar((x - 0.06, 0.006, z), (x + 0.06, 0.006, z), width=0.014)
        shapes += s.bar((x, 0, z), (x, y, z), width=0.016)
    return Layers(back=shapes + s.bar((x, y, -0.17), (x, y, 0.17), width=0.022))


def wall(s: Scene, place: str) -> Layers:
    if place == "behind":
        x = min(min(b["pelvis"][0], b["chest"][0]) for b in s.bodies) - 0.085
        return Layers(back=s.box((x - 0.035, x), (0, 1.02), (-0.17, 0.17)))
    x = s.places.wall_x
    return Layers(back=s.box((x, x + 0.035), (0, 1.02), (-0.17, 0.17)))


def table(s: Scene, place: str) -> Layers:
    x, y = s.places.table_x, s.places.table_y
    if place == "behind":
        x = s.first["pelvis"][0] - 0.40
    shapes = []
    for dx in (0.03, 0.27):
        for z in (-0.13, 0.13):
            shapes += s.bar((x + dx, 0, z), (x + dx, y - 0.02, z), width=0.016, colour=END)
    return Layers(back=shapes + s.box((x, x + 0.30), (y - 0.026, y), (-0.16, 0.16)))


def back_rest(s: Scene) -> list[Shape]:
    """The raised end of a bed behind somebody half lying."""
    b, floor = s.body, s.stage.surface
    frame = b.frames["pelvis"]
    low = along(b["pelvis"], frame.front, -0.066)
    high = along(along(low, frame.down, -0.47), frame.front, 0.0)
    foot = (high[0] - 0.02, floor, 0.0)
    return [
        s.polygon(*(plus(p, (0, 0, z)) for p in (low, high, foot, (low[0], floor, 0.0))), fill=c) for z, c in ((-0.12, TOP), (0.12, FACE))
    ]


def ball(s: Scene, place: str) -> Layers:
    """A large gymnastic ball, or a soft one between the knees."""
    b = s.body
    colours = ("#b8d8c8", "#3f7a63")
    if place == "auto":
        place = "seat" if s.position.base == "sitting" else "feet"
    if place == "seat":
        radius = s.seat_top / 2
        return Layers(back=[s.disc((b["pelvis"][0], radius, 0), radius + 0.006, *colours)])
    if place == "feet":
        radius = 0.15
        x = b["near_ankle"][0] - (0.03 if s.position.base != "bridge" else 0.0)
        return Layers(back=[s.disc((x, radius, 0), radius, *colours)])
    if place == "back":
        x, y = b["spine2"][0] - 0.20, b["spine1"][1]
        return Layers(back=[s.disc((x, y, 0), 0.14, *colours)])
    if place == "hands":
        middle = between(b["near_hand"], b["far_hand"])
        return Layers(back=[s.disc(middle, 0.085, *colours)])
    return small_ball(s, place)


def small_ball(s: Scene, place: str) -> Layers:
    b, colours = s.body, ("#b8d8c8", "#3f7a63")
    if place.startswith("between-"):
        joint = "knee" if place.endswith("knees") else "ankle"
        return Layers(front=[s.disc(between(b[f"near_{joint}"], b[f"far_{joint}"]), 0.046, *colours)])
    if place == "knee":
        knee = plus(b["near_knee"], times(b.frames["near_thigh"].front, -0.07))
        return Layers(back=[s.disc(knee, 0.045, *colours)])
    sole = between(b["near_ball"], b["near_heel"], 0.35)
    down = b.frames["near_foot"].front
    return Layers(back=[s.disc(plus(sole, times(down, -0.026)), 0.026, *colours)])


def line(s: Scene, place: str) -> Layers:
    if s.camera.toward[0]:
        return Layers(back=s.bar((-0.12, 0, 0), (0.30, 0, 0), width=0.012, colour="#e0a800", edge=False))
    return Layers(back=s.bar((-0.40, 0, 0), (0.55, 0, 0), width=0.012, colour="#e0a800", edge=False))


def clock(s: Scene, place: str) -> Layers:
    spots = [(0.34, 0.0), (0.25, 0.22), (0.0, 0.30), (-0.25, 0.22), (-0.34, 0.0), (-0.25, -0.22), (0.0, -0.30), (0.25, -0.22)]
    return Layers(back=[s.oval((0.04 + x, 0, z), (0.026, 0, 0), (0, 0, 0.045), fill="#f2c94c") for x, z in spots])


def cones(s: Scene, place: str) -> Layers:
    found = []
    for x in (-0.32, 0.40):
        found.append(s.polygon((x - 0.045, 0, 0), (x + 0.045, 0, 0), (x + 0.008, 0.11, 0), (x - 0.008, 0.11, 0), fill="#f2a65a"))
    return Layers(back=found)


FURNITURE: dict[str, Callable[[Scene, str], Layers]] = {
    "chair": chair, "stool": stool, "bench": bench, "bed": bed, "mat": mat, "pillow": pillow, "step": step, "stairs": stairs, "foam": foam,
    "wobble-board": wobble_board, "slope": slope, "rail": rail, "wall": wall, "table": table, "ball": ball, "small-ball": small_ball,
    "line": line, "clock": clock, "cones": cones,
}  # fmt: skip
