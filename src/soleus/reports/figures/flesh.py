"""The outlines of a body: how thick it is round its joints, and where its muscles lie. Thicknesses are drawn from life, not measured."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt

from soleus.reports.figures.body import HEAD_RADIUS, Body, Frame
from soleus.reports.figures.shapes import Camera, Limb, Point, Shape, ellipse, hull
from soleus.reports.figures.svg import FILL
from soleus.reports.figures.vectors import Vec, along, between, dot, minus, plus, times, unit

NEAR, FAR, EDGE, FAR_EDGE = FILL, "#d5dfe9", "#3d5368", "#8195a8"
SHIRT, SHORTS, FAR_SHORTS, FAR_SHIRT, HAIR = "#5b83a8", "#41607d", "#8fa7bd", "#a3bccf", "#33475b"
WORK_EDGE, STRETCH_EDGE = "#8a2c0a", "#3b2a8c"

Section = tuple[float, float, float, float]
"""Share of the way along a segment; half widths to the front, to the back and to the side."""

_THIGH: tuple[Section, ...] = (
    (0.0, 0.056, 0.066, 0.054),
    (0.28, 0.054, 0.060, 0.054),
    (0.62, 0.046, 0.046, 0.044),
    (1.0, 0.037, 0.034, 0.036),
)
_SHANK: tuple[Section, ...] = (
    (0.0, 0.036, 0.035, 0.036),
    (0.14, 0.034, 0.045, 0.038),
    (0.32, 0.032, 0.056, 0.042),
    (0.52, 0.029, 0.047, 0.036),
    (0.76, 0.024, 0.027, 0.026),
    (1.0, 0.022, 0.024, 0.023),
)
_UPPER_ARM: tuple[Section, ...] = ((0.0, 0.036, 0.036, 0.036), (1.0, 0.024, 0.025, 0.024))
_FOREARM: tuple[Section, ...] = ((0.0, 0.024, 0.025, 0.024), (0.25, 0.026, 0.026, 0.025), (1.0, 0.016, 0.016, 0.017))
_HAND: tuple[Section, ...] = ((0.1, 0.019, 0.018, 0.022), (1.25, 0.014, 0.013, 0.020))
_TRUNK: tuple[tuple[str, Section], ...] = (
    ("pelvis", (-0.05, 0.046, 0.062, 0.082)),
    ("pelvis", (0.02, 0.058, 0.076, 0.092)),
    ("spine1", (0.0, 0.058, 0.054, 0.080)),
    ("spine2", (0.0, 0.066, 0.052, 0.088)),
    ("chest", (-0.035, 0.062, 0.060, 0.108)),
    ("chest", (0.012, 0.036, 0.042, 0.075)),
)
"""Centre, and its place along the spine from there in body heights with half widths."""


@dataclass(frozen=True)
class _Cut:
    """A cross-section of a limb: an ellipse in space."""

    centre: Vec
    front: Vec
    side: Vec

    def reach(self, camera: Camera, normal: Point) -> float:
        f, s = camera(self.front), camera(self.side)
        return sqrt((f[0] * normal[0] + f[1] * normal[1]) ** 2 + (s[0] * normal[0] + s[1] * normal[1]) ** 2)


def _cuts(start: Vec, end: Vec, frame: Frame, sections: tuple[Section, ...], grow: float = 1.0) -> list[_Cut]:
    found = []
    for share, front, back, side in sections:
        centre = along(between(start, end, share), frame.front, (front - back) / 2)
        found.append(_Cut(centre, times(frame.front, (front + back) / 2 * grow), times(frame.right, side * grow)))
    return found


def _outline(cuts: list[_Cut], camera: Camera, caps: tuple[float, float] = (0.9, 0.9)) -> tuple[Point, ...]:
    """The silhouette of a row of cross-sections with rounded ends."""
    middles = [camera(cut.centre) for cut in cuts]
    ways = []
    for i in range(len(cuts)):
        a, b = middles[max(i - 1, 0)], middles[min(i + 1, len(cuts) - 1)]
        size = hypot(b[0] - a[0], b[1] - a[1])
        ways.append(((b[0] - a[0]) / size, (b[1] - a[1]) / size) if size > 1e-6 else (0.0, -1.0))
    one, other = [], []
    for cut, m, w in zip(cuts, middles, ways, strict=True):
        normal = (-w[1], w[0])
        reach = cut.reach(camera, normal)
        one.append((m[0] + normal[0] * reach, m[1] + normal[1] * reach))
        other.append((m[0] - normal[0] * reach, m[1] - normal[1] * reach))
    ends = []
    for i, sign, cap in ((-1, 1.0, caps[1]), (0, -1.0, caps[0])):
        w, m = ways[i], middles[i]
        reach = cuts[i].reach(camera, (-w[1], w[0])) * cap
        for bow in (0.55, -0.55):
            turned = bow if sign > 0 else -bow
            ends.append((m[0] + w[0] * sign * reach - w[1] * turned * reach, m[1] + w[1] * sign * reach + w[0] * turned * reach))
    return (*one, ends[0], ends[1], *reversed(other), ends[2], ends[3])


def leg(body: Body, side: str, camera: Camera) -> Limb:
    """Thigh with the leg of the shorts, shank, foot and toes."""
    near = side == "near"
    hip, knee, ankle = (body[f"{side}_{j}"] for j in ("hip", "knee", "ankle"))
    thigh, shank = body.frames[f"{side}_thigh"], body.frames[f"{side}_shank"]
    parts = (
        _outline(_cuts(hip, knee, thigh, _THIGH), camera, (0.7, 0.8)),
        _outline(_cuts(knee, ankle, shank, _SHANK), camera, (0.8, 0.9)),
    )
    shorts = _outline(_cuts(hip, between(hip, knee, 0.46), thigh, (*_THIGH[:2], (1.0, 0.054, 0.056, 0.052)), 1.04), camera, (0.7, 0.1))
    edge = EDGE if near else FAR_EDGE
    dressed = Shape(shorts, fill=SHORTS if near else FAR_SHORTS, stroke=edge, width=0.006, smooth=True)
    return Limb(parts, NEAR if near else FAR, edge, foot(body, side, camera), (dressed,))


def foot(body: Body, side: str, camera: Camera) -> tuple[tuple[Point, ...], ...]:
    frame, toes = body.frames[f"{side}_foot"], body.frames[f"{side}_toes"]
    ankle, ball = body[f"{side}_ankle"], body[f"{side}_ball"]

    def at(origin: Vec, f: Frame, ahead: float, up: float, aside: float) -> Point:
        return camera(plus(along(origin, f.down, ahead), plus(times(f.front, up), times(f.right, aside))))

    sole = -0.039
    back = [(-0.041, sole, 0.018), (-0.046, -0.018, 0.018), (-0.026, 0.018, 0.020), (0.022, 0.018, 0.020), (0.050, -0.008, 0.026),
            (0.076, -0.016, 0.030), (0.078, sole, 0.032)]  # fmt: skip
    main = hull([at(ankle, frame, a, u, s * w) for a, u, w in back for s in (1, -1)])
    front = [(-0.012, 0.0, 0.032), (-0.010, 0.025, 0.030), (0.046, 0.0, 0.024), (0.040, 0.017, 0.022)]
    tip = hull([at(ball, toes, a, u, s * w) for a, u, w in front for s in (1, -1)])
    return main, tip


def arm(body: Body, side: str, camera: Camera) -> Limb:
    """Upper arm with its sleeve, forearm and hand."""
    near = side == "near"
    shoulder, elbow, wrist, hand = (body[f"{side}_{j}"] for j in ("shoulder", "elbow", "wrist", "hand"))
    upper, fore = body.frames[f"{side}_upper_arm"], body.frames[f"{side}_forearm"]
    parts = (
        _outline(_cuts(shoulder, elbow, upper, _UPPER_ARM), camera),
        _outline(_cuts(elbow, wrist, fore, _FOREARM), camera),
        _outline(_cuts(wrist, hand, fore, _HAND), camera, (0.5, 0.7)),
    )
    sleeve = _outline(
        _cuts(shoulder, between(shoulder, elbow, 0.5), upper, ((0.0, 0.037, 0.037, 0.037), (1.0, 0.035, 0.035, 0.035)), 1.05),
        camera,
        (0.9, 0.1),
    )
    edge = EDGE if near else FAR_EDGE
    return Limb(
        parts, NEAR if near else FAR, edge, (), (Shape(sleeve, fill=SHIRT if near else FAR_SHIRT, stroke=edge, width=0.006, smooth=True),)
    )


def trunk(body: Body, camera: Camera) -> tuple[Shape, ...]:
    """Neck, shirt and the seat of the shorts."""
    cuts = []
    for name, (shift, front, back, side) in _TRUNK:
        frame = body.frames[name]
        centre = along(along(body[name], frame.down, -shift), frame.front, (front - back) / 2)
        cuts.append(_Cut(centre, times(frame.front, (front + back) / 2), times(frame.right, side)))
    neck = [_Cut(body["chest"], times(body.frames["chest"].front, 0.030), times(body.frames["chest"].right, 0.030)),
            _Cut(body["head"], times(body.frames["head"].front, 0.026), times(body.frames["head"].right, 0.028))]  # fmt: skip
    seat = _outline([*cuts[:2], _scaled(cuts[2], 0.995)], camera, (0.35, 0.0))
    return (
        Shape(_outline(neck, camera), fill=NEAR, stroke=EDGE, width=0.006, smooth=True),
        Shape(_outline(cuts, camera, (0.35, 0.45)), fill=SHIRT, stroke=EDGE, width=0.006, smooth=True),
        Shape(seat, fill=SHORTS, stroke=EDGE, width=0.006, smooth=True),
    )


def _scaled(cut: _Cut, by: float) -> _Cut:
    return _Cut(cut.centre, times(cut.front, by), times(cut.side, by))


_PROFILE = ((0.000, 0.070), (0.034, 0.058), (0.052, 0.028), (0.054, 0.006), (0.070, -0.014), (0.055, -0.020), (0.056, -0.040),
            (0.046, -0.066), (0.020, -0.064), (-0.020, -0.044), (-0.052, -0.026), (-0.064, 0.010), (-0.044, 0.056))  # fmt: skip
_HAIR = ((0.000, 0.072), (0.038, 0.062), (0.052, 0.034), (0.026, 0.034), (0.006, 0.014), (-0.010, -0.018), (-0.030, -0.048),
         (-0.056, -0.028), (-0.067, 0.010), (-0.046, 0.060))  # fmt: skip
_HAIR_FROM_FRONT = ((-0.056, 0.004), (-0.058, 0.046), (-0.030, 0.080), (0.030, 0.080), (0.058, 0.046), (0.056, 0.004), (0.036, 0.034),
                    (-0.036, 0.034))  # fmt: skip


def head(body: Body, camera: Camera) -> tuple[Shape, ...]:
    """A profile with a nose when seen from the side, else an oval with hair and eyes."""
    frame, centre = body.frames["head"], body["head"]
    up = times(frame.down, -1)

    def at(ahead: float, above: float, aside: float = 0.0) -> Point:
        return camera(plus(along(centre, frame.front, ahead), plus(times(up, above), times(frame.right, aside))))

    if abs(dot(frame.front, camera.toward)) < 0.5:
        face = tuple(at(a, u) for a, u in _PROFILE)
        return (
            Shape(face, fill=NEAR, stroke=EDGE, width=0.006, smooth=True),
            Shape(tuple(at(a, u) for a, u in _HAIR), fill=HAIR, smooth=True),
        )
    origin = at(0.0, 0.0)
    one, other = (_less(at(0.0, 0.0, 0.050), origin)), (_less(at(0.0, HEAD_RADIUS), origin))
    shapes = [Shape(ellipse(origin, one, other), fill=NEAR, stroke=EDGE, width=0.006, smooth=True)]
    cap = tuple(at(0.0, above, aside) for aside, above in _HAIR_FROM_FRONT)
    shapes.append(Shape(cap, fill=HAIR, smooth=True))
    shapes += [Shape((at(0.0, -0.006, s),), fill=HAIR, radius=0.006) for s in (-0.019, 0.019)]
    return tuple(shapes)


def _less(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1])


# Muscles

_STRIPS: dict[str, tuple[str, float, float, float, float]] = {
    "soleus": ("shank", 0.34, 0.90, 180, 75),
    "gastrocnemius": ("shank", 0.03, 0.56, 180, 85),
    "tibialis-posterior": ("shank", 0.22, 0.96, 215, 35),
    "toe-flexors": ("shank", 0.45, 0.98, 180, 40),
    "tibialis-anterior": ("shank", 0.08, 0.86, 10, 70),
    "fibularis": ("shank", 0.10, 0.90, 90, 32),
    "hamstrings": ("thigh", 0.10, 0.97, 180, 86),
    "quadriceps": ("thigh", 0.14, 0.96, 0, 86),
    "adductors": ("thigh", 0.05, 0.62, 270, 40),
    "arms": ("upper_arm", 0.15, 0.85, 180, 70),
}
"""Segment, its part, the direction round it (0 front, 90 outer side, 180 back, 270 inner side) and how far round it goes."""

_SPOTS: dict[str, tuple[str, str, tuple[float, float, float], tuple[float, float], float]] = {
    "gluteus-maximus": ("near_hip", "pelvis", (-0.034, 0.012, 0.02), (0.044, 0.066), 180),
    "gluteus-medius": ("near_hip", "pelvis", (-0.004, 0.050, 0.032), (0.046, 0.044), 90),
    "hip-rotators": ("near_hip", "pelvis", (-0.042, 0.012, 0.0), (0.038, 0.024), 180),
    "hip-flexors": ("near_hip", "pelvis", (0.034, 0.030, 0.0), (0.022, 0.066), 0),
    "back-muscles": ("spine2", "spine2", (-0.036, -0.030, 0.0), (0.020, 0.110), 180),
    "abdominals": ("spine1", "spine1", (0.040, 0.030, 0.0), (0.022, 0.085), 0),
    "diaphragm": ("spine2", "spine2", (0.008, -0.005, 0.0), (0.058, 0.016), 0),
    "shoulders": ("near_shoulder", "near_upper_arm", (0.0, -0.02, 0.01), (0.036, 0.046), 90),
}
"""Joint, frame, shift (front, up, right), half axes (front, up) and the direction in which it looks."""

_ACROSS = {"gluteus-maximus": 0.055, "gluteus-medius": 0.040, "hip-rotators": 0.045, "hip-flexors": 0.028, "back-muscles": 0.030,
           "abdominals": 0.036, "diaphragm": 0.070, "shoulders": 0.036}  # fmt: skip


def muscle(body: Body, name: str, camera: Camera, fill: str, edge: str) -> Shape:
    """A marked muscle of the near side. One that is hidden behind the limb is drawn by its dashed edge."""
    if name.endswith("-nerve"):
        return _nerve(body, name, camera, edge)
    if name == "foot-muscles":
        frame, ankle = body.frames["near_foot"], body["near_ankle"]
        spots = ((-0.030, -0.040), (0.020, -0.022), (0.066, -0.026), (0.080, -0.041))
        outline = [camera(plus(along(ankle, frame.down, a), plus(times(frame.front, u), times(frame.right, 0.02)))) for a, u in spots]
        return Shape(tuple(outline), fill=fill, stroke=edge, width=0.005)
    if name in _STRIPS:
        segment, first, last, direction, spread = _STRIPS[name]
        outline, looks = _strip(body, segment, (first, last), direction, spread, camera)
    else:
        joint, frame_name, (ahead, up, right), (wide, high), direction = _SPOTS[name]
        frame = body.frames[frame_name]
        centre = plus(along(body[joint], frame.front, ahead), plus(times(frame.down, -up), times(frame.right, right)))
        flat = camera(centre)
        ends = [times(frame.front, wide), times(frame.down, -high), times(frame.right, _ACROSS[name])]
        axes = sorted((camera(e) for e in ends), key=lambda p: hypot(*p))[1:]
        outline = list(ellipse(flat, axes[0], axes[1]))
        looks = _round(frame, direction)
    hidden = dot(looks, camera.toward) < -0.4
    return Shape(tuple(outline), fill="none" if hidden else fill, stroke=edge, width=0.006, smooth=True, dash="5 4" if hidden else "")


def _round(frame: Frame, direction: float) -> Vec:
    return plus(times(frame.front, cos(radians(direction))), times(frame.right, sin(radians(direction))))


def _strip(body: Body, segment: str, part: tuple[float, float], direction: float, spread: float, camera: Camera) -> tuple[list[Point], Vec]:
    joints = {"thigh": ("hip", "knee"), "shank": ("knee", "ankle"), "upper_arm": ("shoulder", "elbow")}[segment]
    start, end = (body[f"near_{j}"] for j in joints)
    frame = body.frames[f"near_{segment}"]
    table = {"thigh": _THIGH, "shank": _SHANK, "upper_arm": _UPPER_ARM}[segment]
    one, other = [], []
    axis = camera(minus(end, start))
    size = hypot(*axis) or 1.0
    normal = (-axis[1] / size, axis[0] / size)
    steps = 4
    for i in range(steps + 1):
        share = part[0] + (part[1] - part[0]) * i / steps
        width = _width(table, share)
        # A belly in the middle, thin tendons at both ends.
        swell = sin(radians(180 * (0.10 + 0.80 * i / steps))) ** 0.6
        seen = []
        for way in (direction - spread * swell, direction, direction + spread * swell):
            c, s = cos(radians(way)), sin(radians(way))
            depth = width[0] if c > 0 else width[1]
            at = plus(times(frame.front, c * depth * 0.97), times(frame.right, s * width[2] * 0.97))
            flat = camera(plus(between(start, end, share), at))
            seen.append((flat[0] * normal[0] + flat[1] * normal[1], flat))
        seen.sort()
        one.append(seen[0][1])
        other.append(seen[-1][1])
    return [*one, *reversed(other)], _round(frame, direction)


def _width(table: tuple[Section, ...], share: float) -> tuple[float, float, float]:
    for a, b in pairwise(table):
        if share <= b[0]:
            t = (share - a[0]) / (b[0] - a[0])
            return (a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t, a[3] + (b[3] - a[3]) * t)
    return table[-1][1:]


def _nerve(body: Body, name: str, camera: Camera, edge: str) -> Shape:
    thigh, shank, pelvis = body.frames["near_thigh"], body.frames["near_shank"], body.frames["spine1"]
    hip, knee, ankle = body["near_hip"], body["near_knee"], body["near_ankle"]
    way = [
        along(body["spine1"], pelvis.front, -0.035),
        along(plus(hip, times(body.frames["pelvis"].down, -0.02)), body.frames["pelvis"].front, -0.050),
        along(between(hip, knee, 0.35), thigh.front, -0.034),
    ]
    if name == "tibial-nerve":
        way = []
    way += [along(between(hip, knee, 0.75), thigh.front, -0.022), along(between(knee, ankle, 0.12), shank.front, -0.024),
            along(between(knee, ankle, 0.60), shank.front, -0.022), along(ankle, unit(minus(body["near_heel"], ankle)), 0.02)]  # fmt: skip
    return Shape(tuple(camera(v) for v in way), stroke=edge, width=0.014, closed=False, smooth=True, dash="9 4")
