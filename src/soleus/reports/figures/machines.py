"""Machines of a gym, and water."""

from __future__ import annotations

from collections.abc import Callable

from soleus.reports.figures.hands import arm_crank
from soleus.reports.figures.scene import END, STEEL, WATER, Layers, Scene
from soleus.reports.figures.shapes import Shape
from soleus.reports.figures.vectors import Vec, along, between, plus, times

_PAD = ("#4d5965", "#66727e", "#3f4a55")
_LIGHT = ("#dde3e8", "#eef1f4", "#c5ced6")


def leg_press(s: Scene, place: str) -> Layers:
    """Seat and back rest, and the plate under the soles."""
    b = s.body
    still = _lean_rest(s, 0.40)
    pelvis = s.first["pelvis"]
    still += s.box((pelvis[0] - 0.06, pelvis[0] + 0.10), (pelvis[1] - 0.10, pelvis[1] - 0.055), (-0.11, 0.11), _PAD)
    still += s.bar((pelvis[0] - 0.26, 0.012, 0), (pelvis[0] + 0.62, 0.012, 0), width=0.022)
    still += s.bar((pelvis[0] + 0.02, 0.012, 0), (pelvis[0] + 0.02, pelvis[1] - 0.10, 0), width=0.024)
    foot = b.frames["near_foot"] if b["near_heel"][0] < b["near_ball"][0] + 0.2 else b.frames["far_foot"]
    shank = b.frames["near_shank"]
    ball = between(b["near_ball"], b["far_ball"])
    normal = times(foot.front, -1)
    if s.position.near_leg.ankle is not None and s.position.near_leg.ankle < -10:
        normal = shank.down
    upward = _across(normal)
    low, high = along(ball, upward, -0.16), along(ball, upward, 0.07)
    deep = times(normal, 0.028)
    plate = [
        s.polygon(*(plus(p, (0, 0, z)) for p in (low, high, plus(high, deep), plus(low, deep))), fill=c)
        for z, c in ((-0.13, END), (0.13, "#dde3e8"))
    ]
    back = s.bar(plus(between(low, high), deep), (pelvis[0] + 0.66, 0.30, 0), (pelvis[0] + 0.66, 0.012, 0), width=0.024)
    grip = s.bar((pelvis[0] + 0.0, pelvis[1] - 0.05, 0.14), (pelvis[0] + 0.06, pelvis[1] + 0.0, 0.14), width=0.014)
    return Layers(still=still, back=back + plate, front=grip)


def _across(normal: Vec) -> Vec:
    up = (-normal[1], normal[0], 0.0)
    return up if up[1] > 0 else times(up, -1)


def _lean_rest(s: Scene, length: float) -> list[Shape]:
    """A padded back rest along the back."""
    frame = s.first.frames["pelvis"]
    low = along(along(s.first["pelvis"], frame.front, -0.085), frame.down, 0.02)
    high = along(low, frame.down, -length)
    thick = times(frame.front, -0.035)
    return [
        s.polygon(*(plus(p, (0, 0, z)) for p in (low, high, plus(high, thick), plus(low, thick))), fill=c)
        for z, c in ((-0.11, _PAD[2]), (0.11, _PAD[0]))
    ]


def leg_curl(s: Scene, place: str) -> Layers:
    """Sitting: a roller behind the heel and one on the thigh. Lying: a bench and a roller behind the heel."""
    b = s.body
    shank = b.frames["near_shank"]
    roller = along(along(b["near_ankle"], shank.front, -0.055), shank.down, -0.02)
    rollers = [s.disc(roller, 0.032, _PAD[0], "#23292f")]
    pivot = b["near_knee"]
    arm = s.bar(plus(pivot, (0, 0, 0.09)), plus(roller, (0, 0, 0.03)), width=0.012)
    if s.position.base == "sitting":
        x, top = s.first["pelvis"][0], s.seat_top
        seat = s.box((x - 0.10, x + 0.20), (top - 0.04, top), (-0.12, 0.12), _PAD)
        seat += s.box((x - 0.125, x - 0.085), (top, top + 0.36), (-0.12, 0.12), _PAD)
        seat += s.bar((x + 0.05, 0.012, 0), (x + 0.05, top - 0.04, 0), width=0.028) + s.bar(
            (x - 0.14, 0.012, 0), (x + 0.26, 0.012, 0), width=0.022
        )
        thigh = b.frames["near_thigh"]
        rollers.append(s.disc(along(between(b["near_hip"], b["near_knee"], 0.78), thigh.front, 0.078), 0.032, _PAD[0], "#23292f"))
        return Layers(back=seat, front=arm + rollers)
    return Layers(front=arm + rollers)


def calf_machine(s: Scene, place: str) -> Layers:
    """A pad on the thighs and a bar under the balls of the feet."""
    b = s.body
    thigh = b.frames["near_thigh"]
    pad = along(between(b["near_hip"], b["near_knee"], 0.84), thigh.front, 0.078)
    block = s.box(
        (s.first["near_ball"][0] - 0.03, s.first["near_ball"][0] + 0.10), (0.0, max(s.stage.foot_rise, 0.012)), (-0.12, 0.12), _LIGHT
    )
    back = s.bar((pad[0] + 0.16, 0.012, 0), (pad[0] + 0.16, pad[1] + 0.08, 0), width=0.024) + s.bar(
        (pad[0] + 0.16, pad[1] + 0.06, 0), pad, width=0.018
    )
    return Layers(back=block + back, front=[s.oval(pad, times(thigh.down, 0.055), times(thigh.front, 0.026), fill=_PAD[0], edge="#23292f")])


def cycle(s: Scene, place: str) -> Layers:
    """An upright exercise bicycle."""
    x, saddle = -0.12, 0.515
    frame = s.bar((-0.30, 0.014, 0), (0.34, 0.014, 0), width=0.026)
    frame += s.bar((0.0, 0.16, 0), (x, saddle - 0.02, 0), width=0.026)
    frame += s.bar((0.0, 0.16, 0), (-0.02, 0.02, 0), width=0.026)
    frame += s.bar((0.0, 0.17, 0), (0.20, 0.30, 0), (0.17, 0.62, 0), width=0.026)
    frame += [s.disc((0.20, 0.17, -0.02), 0.125, "#dde3e8", "#6b7681"), s.disc((0.20, 0.17, -0.02), 0.03, STEEL, "#4a4437")]
    frame += s.bar((0.20, 0.05, 0), (0.20, 0.014, 0), width=0.022)
    frame += s.bar((0.17, 0.62, 0), (0.145, 0.66, 0), (0.24, 0.665, 0), width=0.018)
    frame += [s.oval((x - 0.01, saddle, 0), (0.085, 0.006, 0), (0, 0.020, 0), fill=_PAD[0], edge="#23292f")]
    return Layers(still=frame, back=_cranks(s, (0.0, 0.16, 0.0))[0], front=_cranks(s, (0.0, 0.16, 0.0))[1])


def _cranks(s: Scene, centre: Vec) -> tuple[list[Shape], list[Shape]]:
    back: list[Shape] = [s.disc(centre, 0.045, "#c5ced6", "#4a4437")]
    front: list[Shape] = []
    for side, shapes in (("far", back), ("near", front)):
        ball = s.body[f"{side}_ball"]
        pedal = plus(ball, (0.0, -0.008, 0.0))
        shapes += s.bar((centre[0], centre[1], pedal[2]), pedal, width=0.014)
        foot = s.body.frames[f"{side}_foot"]
        shapes += s.bar(along(pedal, foot.down, -0.03), along(pedal, foot.down, 0.03), width=0.012, colour="#56606b")
    return back, front


def recumbent_cycle(s: Scene, place: str) -> Layers:
    pelvis = s.first["pelvis"]
    back = s.bar((pelvis[0] - 0.22, 0.014, 0), (0.20, 0.014, 0), width=0.026)
    back += s.bar((pelvis[0] + 0.03, 0.014, 0), (pelvis[0] + 0.03, pelvis[1] - 0.09, 0), width=0.028)
    back += s.bar((0.0, 0.27, 0), (0.07, 0.014, 0), width=0.03)
    back += [s.oval((0.05, 0.25, -0.05), (0.13, 0, 0), (0, 0.15, 0), fill="#dde3e8", edge="#6b7681")]
    back += s.bar((0.09, 0.36, 0), (0.06, 0.60, 0), (-0.02, 0.62, 0), width=0.018)
    back += _lean_rest(s, 0.34)
    back += s.box((pelvis[0] - 0.06, pelvis[0] + 0.12), (pelvis[1] - 0.095, pelvis[1] - 0.055), (-0.11, 0.11), _PAD)
    far, near = _cranks(s, (0.0, 0.27, 0.0))
    grip = s.bar((pelvis[0] + 0.03, pelvis[1] - 0.08, 0.14), (pelvis[0] + 0.05, pelvis[1] - 0.0, 0.14), width=0.014)
    return Layers(still=back, back=far, front=near + grip)


def arm_ergometer(s: Scene, place: str) -> Layers:
    centre = arm_crank(s.rested)
    back = s.bar((centre[0] + 0.02, 0, 0), (centre[0] + 0.02, centre[1], 0), width=0.028) + s.bar(
        (centre[0] - 0.10, 0.012, 0), (centre[0] + 0.14, 0.012, 0), width=0.024
    )
    back += [s.disc(centre, 0.075, "#dde3e8", "#6b7681")]
    for side in ("far", "near"):
        back += s.bar(centre, s.body[f"{side}_hand"], width=0.014)
    return Layers(back=back)


def treadmill(s: Scene, place: str) -> Layers:
    rise, x = s.stage.foot_rise, s.places.rail_x
    back = s.box((-0.46, max(0.52, x + 0.20)), (0.014, rise), (-0.15, 0.15), _PAD)
    for z in (-0.15, 0.15):
        back += s.bar((x + 0.14, rise, z), (x + 0.08, 0.60, z), (x - 0.10, 0.585, z), width=0.018)
    back += s.box((x + 0.06, x + 0.10), (0.60, 0.70), (-0.13, 0.13), _LIGHT)
    return Layers(back=back)


def rower(s: Scene, place: str) -> Layers:
    """Rail, sliding seat, foot plate, fly-wheel and the handle on its cord."""
    b = s.body
    seat, plate = b["pelvis"], s.first["near_ball"]
    wheel = (0.24, 0.19, 0.0)
    still = s.bar((-0.62, 0.115, 0), (0.10, 0.085, 0), width=0.026)
    for x in (-0.58, 0.20):
        still += s.bar((x, 0.10, 0), (x, 0.012, 0), width=0.022) + s.bar((x, 0.012, -0.10), (x, 0.012, 0.10), width=0.018)
    still += [s.disc(wheel, 0.13, "#dde3e8", "#6b7681"), s.disc(wheel, 0.03, STEEL, "#4a4437")]
    back = s.box((seat[0] - 0.075, seat[0] + 0.06), (seat[1] - 0.080, seat[1] - 0.054), (-0.08, 0.08), _PAD)
    foot = s.first.frames["near_foot"]
    for z in (-0.05, 0.05):
        centre = (plate[0], plate[1], z)
        still += s.bar(
            along(along(centre, foot.front, -0.014), foot.down, 0.05),
            along(along(centre, foot.front, -0.014), foot.down, -0.12),
            width=0.020,
            colour="#56606b",
        )
    grip = between(between(b["near_wrist"], b["near_hand"], 0.7), between(b["far_wrist"], b["far_hand"], 0.7))
    cord = s.bar((wheel[0], wheel[1] + 0.10, 0), grip, width=0.006, colour="#56606b", edge=False)
    return Layers(
        still=still, back=back + cord, front=s.bar(plus(grip, (0, 0, -0.10)), plus(grip, (0, 0, 0.10)), width=0.016, colour="#56606b")
    )


def sloping_bench(s: Scene) -> Layers:
    """The bench of a back extension: a pad under the hips, a roller behind the ankles."""
    b = s.first
    thigh = b.frames["near_thigh"]
    hip = b["pelvis"]
    low, high = along(along(hip, thigh.front, 0.085), thigh.down, 0.17), along(along(hip, thigh.front, 0.085), thigh.down, 0.01)
    thick = times(thigh.front, 0.04)
    back = s.bar((b["near_heel"][0] - 0.03, 0.014, 0), (hip[0] + 0.16, 0.014, 0), width=0.026)
    back += s.bar((hip[0] + 0.08, 0.014, 0), plus(between(low, high), thick), width=0.026)
    back += s.bar((hip[0] + 0.08, 0.014, 0), along(b["near_ball"], thigh.down, 0.02), width=0.022)
    back += [
        s.polygon(*(plus(p, (0, 0, z)) for p in (low, high, plus(high, thick), plus(low, thick))), fill=c)
        for z, c in ((-0.10, _PAD[2]), (0.10, _PAD[0]))
    ]
    shank = b.frames["near_shank"]
    return Layers(
        back=back, front=[s.disc(along(along(b["near_ankle"], shank.front, -0.055), shank.down, -0.02), 0.030, _PAD[0], "#23292f")]
    )


def pool(s: Scene, place: str) -> Layers:
    """Water, drawn over the body so that what is under it looks pale."""
    b = s.first
    level = {"chest": b["chest"][1] - 0.03, "waist": b["pelvis"][1] + 0.09, "neck": b["chest"][1] + 0.03}[place]
    floor = -0.03
    if s.position.base == "swimming":
        level, floor = b["pelvis"][1] + 0.055, 0.0
    xs = [p[0] for body in s.bodies for p in body.points.values()]
    half = 0.34 if max(xs) - min(xs) < 0.6 else 0.12
    left, right = (
        (min(xs) + max(xs)) / 2 - max(half, (max(xs) - min(xs)) / 2 + 0.10),
        (min(xs) + max(xs)) / 2 + max(half, (max(xs) - min(xs)) / 2 + 0.10),
    )
    if s.camera.toward[0]:
        left, right = -0.38, 0.38
        corner = [(0.0, level, -left), (0.0, level, -right), (0.0, floor, -right), (0.0, floor, -left)]
    else:
        corner = [(left, level, 0.0), (right, level, 0.0), (right, floor, 0.0), (left, floor, 0.0)]
    flat = [s.camera(c) for c in corner]
    waves = 6
    surface = []
    for i in range(waves * 2 + 1):
        share = i / (waves * 2)
        surface.append((flat[0][0] + (flat[1][0] - flat[0][0]) * share, flat[0][1] + (0.008 if i % 2 else -0.008)))
    return Layers(
        back=[Shape(tuple(flat), fill=WATER, opacity=0.55)],
        front=[
            Shape(tuple(flat), fill=WATER, opacity=0.38),
            Shape(tuple(surface), stroke="#2f7fb0", width=0.010, closed=False, smooth=True),
        ],
    )


MACHINES: dict[str, Callable[[Scene, str], Layers]] = {
    "leg-press": leg_press, "leg-curl": leg_curl, "calf-machine": calf_machine, "cycle": cycle, "recumbent-cycle": recumbent_cycle,
    "arm-ergometer": arm_ergometer, "treadmill": treadmill, "rower": rower, "pool": pool,
}  # fmt: skip
