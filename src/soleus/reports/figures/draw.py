"""Draws a figure of an exercise as one SVG text."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape

from soleus.domain.figure import Figure, Prop
from soleus.domain.figure_parts import MUSCLES
from soleus.reports.figures import flesh
from soleus.reports.figures.arrows import arrow
from soleus.reports.figures.furniture import FURNITURE, back_rest, chair
from soleus.reports.figures.gear import GEAR, band
from soleus.reports.figures.hands import aligned, places_of, with_hands
from soleus.reports.figures.machines import MACHINES, sloping_bench
from soleus.reports.figures.rest import Rested, Stage, rest
from soleus.reports.figures.scene import Layers, Scene
from soleus.reports.figures.shapes import FRONT, LYING_ON_SIDE, SCALE, SIDE, Camera, Limb, Paper, Shape, extent, path, svg_of
from soleus.reports.figures.words import description_of, labels_of, title_of

_LYING = ("supine", "hook-lying", "bridge", "prone", "side-lying", "half-lying", "long-sitting")
_GAP, _MARGIN, _LABEL, _LEGEND = 0.16, 0.06, 0.085, 0.085
_WORK, _STRETCH = "#e8590c", "#7c6df0"


def draw(figure: Figure, *, name: str = "", prefix: str = "figure", left: bool = False) -> str:
    """Draw the positions of an exercise side by side (lying ones one above the other).

    Args:
        figure: What to draw.
        name: Name of the exercise, for the title.
        prefix: Begins every id in the picture; unique on its page.
        left: Mirror it: the figure looks to the left, and the near side is the left one.

    Returns:
        An `<svg>` element with role, title and description, and without any style, script or font.
    """
    scenes = scenes_of(figure)
    pictures = [_picture(scene, scenes, i) for i, scene in enumerate(scenes)]
    boxes = [_box(shapes) for shapes in pictures]
    wide = max(b[2] - b[0] for b in boxes) > 1.05 * max(b[3] - b[1] for b in boxes) and len(boxes) > 1
    low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
    body: list[str] = []
    x, y = _MARGIN, _MARGIN
    if wide:
        left_most, width = min(b[0] for b in boxes), max(b[2] for b in boxes) - min(b[0] for b in boxes)
    for shapes, (x0, y0, x1, y1), label in zip(pictures, boxes, labels_of(figure), strict=True):
        if wide:
            paper = Paper((x - left_most) * SCALE, (y + y1) * SCALE)
            centre, foot = x + width / 2, y + y1 - y0
            y = foot + _LABEL + 0.03
        else:
            paper = Paper((x - x0) * SCALE, (y + high) * SCALE)
            centre, foot = x + (x1 - x0) / 2, y + high - low
            x += x1 - x0 + _GAP
        body += _drawn(shapes, paper, prefix, len(body))
        body.append(_text(centre, foot + _LABEL - 0.028, label, "#33475b", left))
    total_w = width + 2 * _MARGIN if wide else x - _GAP + _MARGIN
    total_h = y + 0.01 if wide else _MARGIN + high - low + _LABEL + 0.02
    legend = _legend(figure, total_w, total_h, prefix, left)
    total_h += _LEGEND * bool(figure.work) + _LEGEND * bool(figure.stretch)
    w, h = round(total_w * SCALE), round(total_h * SCALE)
    inside = "".join(body)
    if left:
        inside = f'<g transform="matrix(-1 0 0 1 {w} 0)">{inside}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" role="img" aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{escape(title_of(figure, name))}</title><desc id="{prefix}-d">{escape(description_of(figure))}</desc>'
        f"{_patterns(figure, prefix)}"
        f'<rect width="{w}" height="{h}" rx="14" fill="#f7fafc" stroke="#d5dfe8"/>{inside}{legend}</svg>'
    )


def scenes_of(figure: Figure) -> list[Scene]:
    """Every position set down, with hands and things in their places."""
    stages = [stage_of(figure, p.base) for p in figure.positions]
    rested = aligned([rest(p, stage) for p, stage in zip(figure.positions, stages, strict=True)], [p.base for p in figure.positions])
    places = places_of(figure, rested)
    bodies = tuple(with_hands(figure, p, r, stage, places) for p, r, stage in zip(figure.positions, rested, stages, strict=True))
    return [
        Scene(figure, p, r, body, bodies[0], bodies, stage, places, camera_of(figure, p.base))
        for p, r, body, stage in zip(figure.positions, rested, bodies, stages, strict=True)
    ]


def stage_of(figure: Figure, base: str) -> Stage:
    """How high what one stands, sits or lies on is. Lengths in body heights."""
    stage = Stage()
    for prop in figure.props:
        place = prop.places[0]
        if prop.name == "step":
            stage = replace(stage, heels_hang=place == "balls", step_x={"front": 0.27, "behind": -0.28}.get(place, 0.0))
        elif prop.name == "stairs":
            stage = replace(stage, step_x=0.25)
        elif prop.name == "foam":
            stage = replace(stage, foot_rise=0.032)
        elif prop.name == "wobble-board":
            stage = replace(stage, foot_rise=0.050)
        elif prop.name == "treadmill":
            stage = replace(stage, foot_rise=0.055)
        elif prop.name == "calf-machine":
            stage = replace(stage, foot_rise=0.030)
        elif prop.name == "ball" and base == "bridge":
            stage = replace(stage, foot_rise=0.285)
        elif prop.name == "ball" and place in ("auto", "seat") and base == "sitting":
            stage = replace(stage, seat_rise=0.02)
        elif prop.name == "bench" and place == "shoulders":
            stage = replace(stage, shoulder_height=0.20)
        elif prop.name in ("bed", "bench") and base in _LYING and place in ("auto", "lying"):
            stage = replace(stage, surface=0.27)
    return stage


def camera_of(figure: Figure, base: str) -> Camera:
    if base == "side-lying":
        return LYING_ON_SIDE
    return FRONT if figure.view == "front" else SIDE


def _things(scene: Scene) -> Layers:
    all_ = Layers()
    props = list(scene.figure.props)
    base = scene.position.base
    bases = [p.base for p in scene.figure.positions]
    seats = ("chair", "stool", "bench", "bed", "ball", "leg-curl", "cycle")
    if "sitting" in bases and not any(p.name in seats and p.places[0] in ("auto", "seat") for p in props):
        _add(all_, chair(scene, "seat"))
    for needed, thing in (
        ("cycling", "cycle"),
        ("recumbent", "recumbent-cycle"),
        ("leg-press", "leg-press"),
        ("rowing", "rower"),
        ("swimming", "pool"),
    ):
        if base == needed and not scene.figure.has(thing):
            props.append(Prop(thing, ("auto",) if thing != "pool" else ("chest",)))
    for prop in sorted(props, key=lambda p: p.name not in ("mat", "bed", "wall", "stairs")):
        if prop.name == "band":
            _add(all_, band(scene, *prop.places))
        else:
            maker = FURNITURE.get(prop.name) or GEAR.get(prop.name) or MACHINES[prop.name]
            for place in prop.places:
                _add(all_, maker(scene, place))
    if base == "half-lying":
        all_.back += back_rest(scene)
    if base == "back-extension":
        _add(all_, sloping_bench(scene))
    return all_


def _add(to: Layers, more: Layers) -> None:
    to.back += more.back
    to.front += more.front


_Drawn = list[Shape | Limb]


def _picture(scene: Scene, scenes: list[Scene], index: int) -> _Drawn:
    """Everything in one position from back to front."""
    body, camera = scene.body, scene.camera
    things = _things(scene)
    shapes: _Drawn = [*_ground(scene), *things.back]
    far = [flesh.arm(body, "far", camera), flesh.leg(body, "far", camera)]
    near_leg, near_arm = flesh.leg(body, "near", camera), flesh.arm(body, "near", camera)
    shapes += far if not camera.toward[0] else far[1:]
    trunk = [*flesh.trunk(body, camera), *flesh.head(body, camera)]
    if camera.toward[0]:
        shapes += [near_leg, *trunk, far[0]]
        shapes[-1] = flesh.arm(body, "far", camera)
    else:
        shapes += [*trunk, near_leg]
    muscles: _Drawn = []
    for names, fill, edge in ((scene.figure.stretch, "S", flesh.STRETCH_EDGE), (scene.figure.work, "W", flesh.WORK_EDGE)):
        muscles += [
            flesh.muscle(body, name, camera, fill, edge) for name in sorted(names, key=lambda n: list(MUSCLES).index(n), reverse=True)
        ]
    shapes += [*muscles, near_arm, *things.front]
    if index and scene.figure.arrows:
        for point in scene.figure.arrows:
            shapes += arrow(scenes[index - 1], scene, point)
    return shapes


def _ground(scene: Scene) -> list[Shape]:
    if scene.position.base == "swimming":
        return []
    xs = [p[0] for b in scene.bodies for p in b.points.values()]
    camera = scene.camera
    if camera.toward[0]:
        corners = ((0.20, 0.34), (0.20, -0.34), (-0.14, -0.34), (-0.14, 0.34))
        return [Shape(tuple(camera((x, 0.0, z)) for x, z in corners), fill="#e4eaf0")]
    left, right = min(xs) - 0.10, max(xs) + 0.10
    down = -0.016 if scene.figure.has("mat") else 0.0
    band_ = tuple(camera((x, down, z)) for x, z in ((left, 0.18), (right, 0.18), (right, -0.18), (left, -0.18)))
    return [Shape(band_, fill="#e4eaf0"), Shape(band_[:2], stroke="#9fb0c0", width=0.008, closed=False)]


def _box(shapes: _Drawn) -> tuple[float, float, float, float]:
    points = []
    for s in shapes:
        if isinstance(s, Limb):
            points += [p for part in s.parts for p in part]
        elif s.radius:
            (x, y), r = s.points[0], s.radius
            points += [(x - r, y - r), (x + r, y + r)]
        else:
            points += list(s.points)
    return extent(points)


def _drawn(shapes: _Drawn, paper: Paper, prefix: str, start: int) -> list[str]:
    """SVG elements of one picture. A limb is stroked once as a whole and then filled, so that its joints show no seams."""
    found = []
    for i, s in enumerate(shapes):
        if isinstance(s, Limb):
            key = f"{prefix}-{start}-{i}"
            parts = "".join(f'<path d="{path(part, paper, smooth=len(part) > 9)}"/>' for part in s.parts)
            found.append(
                f'<g id="{key}" stroke="{s.edge}" stroke-width="4" stroke-linejoin="round">{parts}</g>'.replace("<g id", "<defs><g id", 1)
                + "</defs>"
            )
            found.pop()
            found.append(f'<g stroke="{s.edge}" fill="{s.fill}" stroke-width="4" stroke-linejoin="round"><g id="{key}">{parts}</g></g>')
            found.append(f'<use href="#{key}" fill="{s.fill}"/>')
            found += [svg_of(d, paper) for d in s.dressed]
        else:
            shade = {"W": f"url(#{prefix}-w)", "S": f"url(#{prefix}-s)"}.get(s.fill)
            found.append(svg_of(replace(s, fill=shade) if shade else s, paper))
    return found


def _patterns(figure: Figure, prefix: str) -> str:
    """Hatching for muscles that work and dots for those that are stretched: colour is never the only sign."""
    found = ""
    if figure.work:
        found += (
            f'<pattern id="{prefix}-w" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<path fill="{_WORK}" d="M0 0h9v9H0z"/><path fill="#ffd8a8" d="M0 0h3v9H0z"/></pattern>'
        )
    if figure.stretch:
        found += (
            f'<pattern id="{prefix}-s" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path fill="{_STRETCH}" d="M0 0h8v8H0z"/><circle cx="4" cy="4" r="2" fill="#fff"/></pattern>'
        )
    return f"<defs>{found}</defs>" if found else ""


def _text(x: float, y: float, words: str, colour: str, mirrored: bool, size: int = 25, anchor: str = "middle") -> str:
    place = f'x="{round(x * SCALE)}" y="{round(y * SCALE)}"'
    turn = f' transform="matrix(-1 0 0 1 {round(2 * x * SCALE)} 0)"' if mirrored else ""
    return f'<text {place} font-family="sans-serif" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{turn}>{escape(words)}</text>'


def _legend(figure: Figure, width: float, top: float, prefix: str, left: bool) -> str:
    """What the marks mean, in words."""
    found, y = "", top + 0.012
    for key, verb, muscles, edge in (("w", "works", figure.work, flesh.WORK_EDGE), ("s", "stretch", figure.stretch, flesh.STRETCH_EDGE)):
        if not muscles:
            continue
        names = ", ".join(MUSCLES[m].split(" (")[0] for m in muscles)
        px, py = round(_MARGIN * SCALE), round(y * SCALE)
        found += f'<rect x="{px}" y="{py}" width="26" height="18" rx="5" fill="url(#{prefix}-{key})" stroke="{edge}" stroke-width="2"/>'
        found += _text(_MARGIN + 0.095, y + 0.045, f"{verb}: {names}", "#33475b", False, 22, "start")
        y += _LEGEND
    return found
