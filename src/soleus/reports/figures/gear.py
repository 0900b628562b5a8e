"""What a person holds, wears or is helped by."""

from __future__ import annotations

from collections.abc import Callable

from soleus.reports.figures.scene import HELPER, HELPER_EDGE, RUBBER, STEEL, Layers, Scene
from soleus.reports.figures.shapes import Shape
from soleus.reports.figures.vectors import Vec, along, between, length, minus, plus, times, unit


def band(s: Scene, one: str, other: str) -> Layers:
    """An elastic band between two points of the body, or from the body to a post."""
    a, b = _end(s, one, other), _end(s, other, one)
    layers = Layers(front=s.bar(a, b, width=0.012, colour=RUBBER))
    for end in (one, other):
        if end in ("post", "door"):
            x, y, _ = _end(s, end, one if end == other else other)
            layers.back += s.bar((x, 0, 0), (x, y + 0.10, 0), width=0.024)
            layers.back += s.bar((x - 0.05, 0.006, 0), (x + 0.05, 0.006, 0), width=0.016)
    for end in (one, other):
        if end.removeprefix("other-") in ("knee", "thigh", "ankle", "foot", "heel"):
            layers.front += _loop(s, end)
    return layers


def _end(s: Scene, name: str, other: str) -> Vec:
    if name in ("post", "door"):
        # Fixed where the first position leaves it; as high as what it pulls, and never under the floor.
        joint = {"foot": "ball", "thigh": "knee"}.get(other, other)
        held = s.first["pelvis"] if joint == "pelvis" else s.first[f"near_{joint}"]
        low = max(min(held[1], 0.30), 0.05)
        far = max(p[0] for b in s.bodies for p in b.points.values()) + 0.20
        near = min(p[0] for b in s.bodies for p in b.points.values()) - 0.20
        return (far if name == "post" else near, low, 0.0)
    if name == "pelvis":
        return along(s.body["pelvis"], s.body.frames["pelvis"].front, 0.06)
    if name == "heel":
        return between(s.body["near_heel"], s.body["near_ankle"], 0.4)
    if name.removeprefix("other-") == "thigh":
        side = "far" if name.startswith("other-") else "near"
        return between(s.body[f"{side}_hip"], s.body[f"{side}_knee"], 0.82)
    if name == "hand":
        return between(s.body["near_wrist"], s.body["near_hand"], 0.7)
    return s.point(name)


def _loop(s: Scene, name: str) -> list[Shape]:
    """The band where it goes round a limb."""
    side = "far" if name.startswith("other-") else "near"
    joint = name.removeprefix("other-")
    if joint in ("foot", "heel"):
        frame, at = s.body.frames[f"{side}_foot"], s.body[f"{side}_ball" if joint == "foot" else f"{side}_heel"]
        at = along(at, frame.front, 0.018)
        return s.bar(along(at, frame.front, 0.026), along(at, frame.front, -0.022), width=0.012, colour=RUBBER)
    segment, share, wide = {"knee": ("thigh", 0.90, 0.042), "thigh": ("thigh", 0.80, 0.046), "ankle": ("shank", 0.90, 0.030)}[joint]
    return _cuff(s, side, segment, share, wide, 0.013, RUBBER)


def _cuff(s: Scene, side: str, segment: str, share: float, half: float, width: float, colour: str) -> list[Shape]:
    start, end = ("hip", "knee") if segment == "thigh" else ("knee", "ankle")
    at = between(s.body[f"{side}_{start}"], s.body[f"{side}_{end}"], share)
    frame = s.body.frames[f"{side}_{segment}"]
    across = frame.front if s.camera.toward[2] and abs(frame.front[2]) < 0.7 else frame.right
    return s.bar(along(at, across, half), along(at, across, -half), width=width, colour=colour)


def strap(s: Scene, place: str) -> Layers:
    """A belt round foot or thigh with its ends in the hands."""
    b = s.body
    frame = b.frames["near_foot"]
    at = {
        "foot": along(b["near_ball"], frame.front, 0.004),
        "heel": b["near_heel"],
        "ankle": b["near_ankle"],
        "knee": along(b["near_knee"], b.frames["near_thigh"].front, -0.03),
        "thigh": along(between(b["near_hip"], b["near_knee"], 0.85), b.frames["near_thigh"].front, -0.04),
    }[place]
    shapes = []
    for side in ("far", "near"):
        hand = between(b[f"{side}_wrist"], b[f"{side}_hand"], 0.6)
        shapes += s.bar(at, hand, width=0.012, colour="#c7923e")
    if place == "foot":
        shapes += s.bar(along(b["near_ball"], frame.front, 0.03), along(b["near_ball"], frame.front, -0.008), width=0.014, colour="#c7923e")
    return Layers(front=shapes)


def towel(s: Scene, place: str) -> Layers:
    if place != "floor":
        return strap(s, place)
    x = s.first["near_ball"][0]
    folds = [
        (x - 0.06, 0.002, 0.03),
        (x + 0.05, 0.004, 0.03),
        (x + 0.085, 0.030, 0.03),
        (x + 0.105, 0.006, 0.03),
        (x + 0.130, 0.026, 0.03),
        (x + 0.16, 0.004, 0.03),
        (x + 0.24, 0.002, 0.03),
    ]
    return Layers(back=s.bar(*folds, width=0.014, colour="#8fc1c9", smooth=True))


def slider(s: Scene, place: str) -> Layers:
    shapes = []
    for side in _sides(place):
        at = between(s.body[f"{side}_heel"], s.body[f"{side}_ball"], 0.15 if s.body[f"{side}_ball"][1] > 0.03 else 0.5)
        y = min(s.body[f"{side}_heel"][1], s.body[f"{side}_ball"][1])
        shapes.append(s.oval((at[0], y - 0.004, at[2]), (0.075, 0, 0), (0, 0.008, 0), fill="#f2a65a", edge="#8a5a1c"))
    return Layers(back=shapes)


def _sides(place: str) -> tuple[str, ...]:
    return ("far", "near") if place == "both" else (place,)


def ankle_weight(s: Scene, place: str) -> Layers:
    layers = Layers()
    for side in _sides(place):
        cuff = _cuff(s, side, "shank", 0.88, 0.033, 0.045, "#56606b")
        (layers.front if side == "near" else layers.back).extend(cuff)
    return layers


def thigh_weight(s: Scene, place: str) -> Layers:
    frame = s.body.frames["near_thigh"]
    at = along(between(s.body["near_hip"], s.body["near_knee"], 0.80), frame.front, 0.062)
    one, other = times(frame.down, 0.055), times(frame.front, 0.024)
    return Layers(front=[s.oval(at, one, other, fill="#56606b", edge="#2c333a")])


def dumbbells(s: Scene, place: str) -> Layers:
    layers = Layers()
    for side in ("far", "near"):
        hand = between(s.body[f"{side}_wrist"], s.body[f"{side}_hand"], 0.6)
        shapes = s.bar(plus(hand, (-0.05, 0, 0)), plus(hand, (0.05, 0, 0)), width=0.012)
        for dx in (-0.05, 0.05):
            shapes += s.bar(plus(hand, (dx, -0.022, 0)), plus(hand, (dx, 0.022, 0)), width=0.022, colour="#56606b")
        (layers.front if side == "near" else layers.back).extend(shapes)
    return layers


def barbell(s: Scene, place: str) -> Layers:
    middle = between(between(s.body["near_wrist"], s.body["near_hand"], 0.6), between(s.body["far_wrist"], s.body["far_hand"], 0.6))
    if s.camera.toward[0]:
        shapes = s.bar(plus(middle, (0, 0, -0.34)), plus(middle, (0, 0, 0.34)), width=0.012)
        for z in (-0.30, 0.30):
            shapes += s.bar(plus(middle, (0, -0.09, z)), plus(middle, (0, 0.09, z)), width=0.024, colour="#56606b")
        return Layers(front=shapes)
    far, near = plus(middle, (0, 0, -0.26)), plus(middle, (0, 0, 0.26))
    radius = min(0.095, max(middle[1] - 0.002, 0.05))
    back = [s.disc(far, radius, "#8c959f", "#2c333a"), *s.bar(far, near, width=0.010)]
    return Layers(
        back=back,
        front=[Shape((s.camera(near),), stroke="#2c333a", width=0.018, radius=radius - 0.009), s.disc(near, 0.014, STEEL, "#2c333a")],
    )


def kettlebell(s: Scene, place: str) -> Layers:
    hand = between(s.body["near_hand"], s.body["far_hand"])
    return Layers(
        front=[
            s.disc(plus(hand, (0, -0.062, 0)), 0.042, "#56606b", "#2c333a"),
            Shape((s.camera(plus(hand, (0, -0.014, 0))),), stroke="#2c333a", width=0.011, radius=0.022),
        ]
    )


def stick(s: Scene, place: str) -> Layers:
    b = s.body
    if place == "back":
        back = b.frames["chest"].front
        low, high = along(b["pelvis"], b.frames["pelvis"].front, -0.088), along(b["head"], back, -0.078)
        way = unit(minus(high, low))
        return Layers(front=s.bar(along(low, way, -0.06), along(high, way, 0.06), width=0.014, colour="#c7923e"))
    a, c = b["near_hand"], b["far_hand"]
    way = unit(minus(c, a))
    return Layers(front=s.bar(along(a, way, -0.12), along(c, way, 0.12), width=0.014, colour="#c7923e"))


def backpack(s: Scene, place: str) -> Layers:
    b = s.body
    frame = b.frames["spine2"]
    middle = along(b["spine2"], frame.front, -0.105)
    return Layers(back=[s.oval(middle, times(frame.front, 0.055), times(frame.down, 0.105), fill="#8c7a9e", edge="#4b3f5a")])


def sling(s: Scene, place: str) -> Layers:
    shapes = []
    for side in _sides(place):
        for joint in ("knee", "ankle"):
            at = s.body[f"{side}_{joint}"]
            shapes += s.bar(at, (at[0], max(at[1] + 0.45, 0.62), at[2]), width=0.008, colour="#c7923e", edge=False)
            shapes += s.bar(
                plus(at, (-0.03, 0.03, 0)),
                plus(at, (-0.02, -0.035, 0)),
                plus(at, (0.02, -0.035, 0)),
                plus(at, (0.03, 0.03, 0)),
                width=0.014,
                colour="#c7923e",
            )
    return Layers(front=shapes)


def splint(s: Scene, place: str) -> Layers:
    """A splint of ankle and foot: behind the calf and under the sole."""
    shapes = []
    for side in _sides(place):
        b = s.body
        shank, foot = b.frames[f"{side}_shank"], b.frames[f"{side}_foot"]
        high = along(between(b[f"{side}_knee"], b[f"{side}_ankle"], 0.30), shank.front, -0.062)
        low = along(between(b[f"{side}_knee"], b[f"{side}_ankle"], 0.92), shank.front, -0.040)
        heel = along(b[f"{side}_heel"], foot.down, -0.010)
        shapes += s.bar(high, low, heel, along(b[f"{side}_ball"], foot.down, 0.02), width=0.012, colour="#ffffff")
    return Layers(front=shapes)


def poles(s: Scene, place: str) -> Layers:
    layers = Layers()
    for side in ("far", "near"):
        hand = between(s.body[f"{side}_wrist"], s.body[f"{side}_hand"], 0.6)
        tip = (hand[0] - 0.16, 0.0, hand[2])
        rod = s.bar(plus(hand, (0.02, 0.06, 0)), tip, width=0.009, colour="#56606b", edge=False)
        (layers.front if side == "near" else layers.back).extend(rod)
    return layers


def cane(s: Scene, place: str) -> Layers:
    hand = between(s.body[f"{place}_wrist"], s.body[f"{place}_hand"], 0.6)
    rod = s.bar(
        (hand[0] - 0.03, hand[1] + 0.012, hand[2]),
        (hand[0] + 0.02, hand[1] + 0.012, hand[2]),
        (hand[0] + 0.05, 0.0, hand[2]),
        width=0.013,
        colour="#8a5a1c",
    )
    return Layers(front=rod) if place == "near" else Layers(back=rod)


def rollator(s: Scene, place: str) -> Layers:
    x, y = max(s.body["near_hand"][0], max(s.body[f"{side}_toe"][0] for side in ("near", "far")) - 0.08), 0.50
    shapes = []
    for z in (-0.14, 0.14):
        shapes += s.bar((x - 0.03, y, z), (x + 0.05, y, z), (x + 0.11, 0.06, z), width=0.014)
        shapes += s.bar((x + 0.07, 0.32, z), (x - 0.06, 0.05, z), width=0.014)
        shapes += [s.disc((x + 0.115, 0.045, z), 0.043, "#e8ecef", "#2c333a"), s.disc((x - 0.07, 0.038, z), 0.036, "#e8ecef", "#2c333a")]
    shapes += s.box((x - 0.02, x + 0.09), (0.27, 0.295), (-0.13, 0.13))
    return Layers(back=shapes)


def harness(s: Scene, place: str) -> Layers:
    chest = s.body["chest"]
    top = chest[1] + 0.30
    shapes = []
    for z in (-0.08, 0.08):
        shapes += s.bar((chest[0], chest[1] + 0.02, z), (chest[0], top, z * 0.3), width=0.009, colour="#c7923e", edge=False)
    shapes += s.bar((chest[0] - 0.10, top, 0), (chest[0] + 0.10, top, 0), width=0.02)
    at = s.body["spine2"]
    front = times(s.body.frames["spine2"].front, 0.064)
    return Layers(back=shapes, front=s.bar(minus(at, front), plus(at, front), width=0.03, colour="#c7923e"))


def breathing_trainer(s: Scene, place: str) -> Layers:
    mouth, frame = s.body["mouth"], s.body.frames["head"]
    return Layers(front=s.bar(mouth, along(mouth, frame.front, 0.075), width=0.030, colour="#7fb3d5"))


def partner(s: Scene, place: str) -> Layers:
    """A helper's two forearms and hands, in another colour than the person."""
    b = s.body
    touch: list[tuple[Vec, Vec]]
    if place == "ankles":
        touch = [(along(b[f"{side}_ankle"], b.frames[f"{side}_shank"].front, -0.028), (-0.17, 0.20, 0.0)) for side in ("far", "near")]
    elif place == "foot":
        foot = b.frames["near_foot"]
        touch = [
            (along(b["near_heel"], foot.down, 0.0), times(foot.front, -0.22)),
            (along(b["near_ball"], foot.front, -0.006), times(foot.front, -0.22)),
        ]
    elif place in ("knee", "thigh"):
        share = 0.95 if place == "knee" else 0.6
        thigh = b.frames["near_thigh"]
        lifted = b["near_ankle"][1] > 0.25
        touch = [
            (along(between(b["near_hip"], b["near_knee"], share), thigh.front, 0.045), plus(times(thigh.front, 0.20), (0.10, 0.05, 0.0))),
            (along(b["near_ankle"], b.frames["near_shank"].front, -0.026), (0.14, -0.02 if lifted else 0.16, 0.0)),
        ]
    elif place == "hands":
        touch = [(b[f"{side}_hand"], (0.22, 0.02, 0.0)) for side in ("far", "near")]
    elif place == "pelvis":
        back = times(b.frames["pelvis"].front, -0.07)
        touch = [
            (plus(b[f"{side}_hip"], plus(back, (0.0, 0.04, 0.0))), plus(times(back, 2.8), (0.0, 0.06, 0.0))) for side in ("far", "near")
        ]
    else:
        back = times(b.frames["spine2"].front, -0.055)
        touch = [(plus(b["spine2"], back), plus(times(back, 3.2), (0.0, -0.05, 0.0)))]
    layers = Layers()
    for i, (at, way) in enumerate(touch):
        arm = _helping_arm(s, at, way)
        (layers.front if i == len(touch) - 1 or place == "foot" else layers.back).extend(arm)
    return layers


def _helping_arm(s: Scene, hand: Vec, way: Vec) -> list[Shape]:
    toward = unit(way)
    size = max(length(way), 0.2)
    wrist, cuff, elbow = along(hand, toward, 0.050), along(hand, toward, size * 0.62), along(hand, toward, size)
    side = unit((-toward[1], toward[0], 0.0))
    fore = [along(wrist, side, 0.015), along(cuff, side, 0.022), along(cuff, side, -0.022), along(wrist, side, -0.015)]
    palm = [
        along(wrist, side, 0.018),
        along(hand, side, 0.022),
        along(hand, toward, -0.032),
        along(hand, side, -0.018),
        along(wrist, side, -0.018),
    ]
    thumb = [
        along(wrist, side, -0.008),
        along(along(hand, toward, 0.024), side, -0.040),
        along(along(hand, toward, -0.006), side, -0.036),
        along(along(hand, toward, 0.012), side, -0.006),
    ]
    sleeve = [along(cuff, side, 0.029), along(elbow, side, 0.036), along(elbow, side, -0.036), along(cuff, side, -0.029)]
    return [
        s.polygon(*fore, fill=HELPER, edge=HELPER_EDGE),
        s.polygon(*thumb, fill=HELPER, edge=HELPER_EDGE, smooth=True),
        s.polygon(*palm, fill=HELPER, edge=HELPER_EDGE, smooth=True),
        s.polygon(*sleeve, fill="#8fae9a", edge="#4f6b5a"),
    ]


GEAR: dict[str, Callable[[Scene, str], Layers]] = {
    "strap": strap, "towel": towel, "slider": slider, "ankle-weight": ankle_weight, "thigh-weight": thigh_weight, "dumbbells": dumbbells,
    "barbell": barbell, "kettlebell": kettlebell, "stick": stick, "backpack": backpack, "sling": sling, "splint": splint, "poles": poles,
    "cane": cane, "rollator": rollator, "harness": harness, "breathing-trainer": breathing_trainer, "partner": partner,
}  # fmt: skip
