"""Draws a figure of an exercise as one SVG text."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from xml.sax.saxutils import escape

from soleus.domain.figure import Figure, Prop
from soleus.domain.figure_parts import MUSCLES
from soleus.reports.figures import flesh
from soleus.reports.figures.arrows import arrow
from soleus.reports.figures.furniture import FURNITURE, back_rest, chair
from soleus.reports.figures.gear import GEAR, band
from soleus.reports.figures.hands import aligned, places_of, with_hands
from soleus.reports.figures.machines import MACHINES, sloping_bench
from soleus.reports.figures.rest import rest
from soleus.reports.figures.scene import Layers, Scene
from soleus.reports.figures.setting import Stage
from soleus.reports.figures.shapes import FRONT, LYING_ON_SIDE, SIDE, Camera, Limb, Point, Shape, extent
from soleus.reports.figures.svg import INK, SCALE, Unit, Writer
from soleus.reports.figures.words import description_of, labels_of, title_of

_LYING = ("supine", "hook-lying", "bridge", "prone", "side-lying", "half-lying", "long-sitting")
_GAP, _MARGIN, _LABEL, _LEGEND, _LETTER = 0.14, 0.06, 0.095, 0.085, 0.0385
_THIGHS_AHEAD = 40.0
"""Hips bent more than this bring the thighs before the trunk when seen from the front. [degrees]"""
_WORK, _STRETCH = "#e8590c", "#7c6df0"


def draw(figure: Figure, *, name: str = "", prefix: str = "figure", left: bool = False) -> str:
    """Draw the positions of an exercise side by side (lying ones one above the other).

    Args:
        figure: What to draw.
        name: Name of the exercise, for the title.
        prefix: Begins every id in the picture; unique on its page.
        left: Mirror every picture: the figure looks to the left, and the near side is the left one. Start still comes first.

    Returns:
        An `<svg>` element with role, title and description, and without any style, script or font.
    """
    scenes = scenes_of(figure)
    pictures = [_picture(scene, scenes, i) for i, scene in enumerate(scenes)]
    boxes = [_box(units) for units in pictures]
    stacked = len(boxes) > 1 and max(b[2] - b[0] for b in boxes) > 1.45 * max(b[3] - b[1] for b in boxes)
    low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
    west, east = min(b[0] for b in boxes), max(b[2] for b in boxes)
    names = labels_of(figure)
    columns = [max(x1 - x0, len(label) * _LETTER) for (x0, _, x1, _), label in zip(boxes, names, strict=True)]
    if stacked:
        columns = [max(east - west, *columns)] * len(boxes)
    inside, labels = "", ""
    x = y = _MARGIN
    for text, (x0, y0, x1, y1), label, column in zip(Writer(prefix).pictures(pictures), boxes, names, columns, strict=True):
        centre = x + column / 2
        if stacked:
            shift, down, foot = centre - (west + east) / 2, y + y1, y + y1 - y0
            y = foot + _LABEL + 0.03
        else:
            shift, down, foot = centre - (x0 + x1) / 2, y + high, y + high - low
            x += column + _GAP
        at = f"{round((2 * centre - shift if left else shift) * SCALE)} {round(down * SCALE)}"
        inside += f'<g transform="{f"matrix(-1 0 0 1 {at})" if left else f"translate({at})"}">{text}</g>'
        labels += _text(centre, foot + _LABEL - 0.025, label)
    width = columns[0] + 2 * _MARGIN if stacked else x - _GAP + _MARGIN
    height = y - 0.01 if stacked else _MARGIN + high - low + _LABEL + 0.02
    lines = _legend_lines(figure, width)
    width = max([width, *(_MARGIN * 2 + 0.10 + len(words) * _LETTER for _, words in lines)])
    legend = _legend(lines, height, prefix)
    height += _LEGEND * len(lines) + (0.02 if lines else 0.0)
    w, h = round(width * SCALE), round(height * SCALE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'role="img" aria-labelledby="{prefix}-t {prefix}-d">'
        f'<title id="{prefix}-t">{escape(title_of(figure, name))}</title><desc id="{prefix}-d">{escape(description_of(figure))}</desc>'
        f'{_patterns(figure, prefix)}<rect width="{w}" height="{h}" rx="10" fill="#f7fafc"/>'
        f"<g {INK}>{inside}</g>"
        f'<g font-family="sans-serif" font-size="17" fill="#33475b"><g text-anchor="middle">{labels}</g>{legend}</g></svg>'
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


def _things(scene: Scene) -> tuple[list[Unit], list[Unit]]:
    """What lies behind the body and what before it, a unit each."""
    layers = []
    props = list(scene.figure.props)
    base = scene.position.base
    bases = [p.base for p in scene.figure.positions]
    seats = ("chair", "stool", "bench", "bed", "ball", "leg-curl")
    if "sitting" in bases and not any(p.name in seats and p.places[0] in ("auto", "seat") for p in props):
        layers.append(chair(scene, "seat"))
    for needed, thing in _MACHINE_OF.items():
        if base == needed and not scene.figure.has(thing):
            props.append(Prop(thing, ("chest",) if thing == "pool" else ("auto",)))
    for prop in sorted(props, key=lambda p: p.name not in ("mat", "bed", "wall", "stairs", "rail", "step")):
        if prop.name == "band":
            layers.append(band(scene, *prop.places))
        else:
            maker = FURNITURE.get(prop.name) or GEAR.get(prop.name) or MACHINES[prop.name]
            layers += [maker(scene, place) for place in prop.places]
    if base == "half-lying":
        layers.append(Layers(back=back_rest(scene)))
    if base == "back-extension":
        layers.append(sloping_bench(scene))
    behind: list[Unit] = [[*part] for layer in layers for part in (layer.still, layer.back)]
    return behind, [[*layer.front] for layer in layers]


_MACHINE_OF = {"cycling": "cycle", "recumbent": "recumbent-cycle", "leg-press": "leg-press", "rowing": "rower", "swimming": "pool"}


def _picture(scene: Scene, scenes: list[Scene], index: int) -> list[Unit]:
    """Everything in one position from back to front."""
    body, camera = scene.body, scene.camera
    back, front = _things(scene)
    far_arm, far_leg = flesh.arm(body, "far", camera), flesh.leg(body, "far", camera)
    near_arm, near_leg = flesh.arm(body, "near", camera), flesh.leg(body, "near", camera)
    trunk: Unit = [*flesh.trunk(body, camera), *flesh.head(body, camera)]
    units: list[Unit] = [[*_ground(scene)], *back]
    if not camera.toward[0]:
        units += [[far_arm], [far_leg], trunk, [near_leg]]
    elif scene.rested.posture.near_leg.hip > _THIGHS_AHEAD or scene.rested.posture.far_leg.hip > _THIGHS_AHEAD:
        units += [trunk, [far_leg], [near_leg], [far_arm]]
    else:
        units += [[far_leg], [near_leg], trunk, [far_arm]]
    for names, fill, edge in ((scene.figure.stretch, "S", flesh.STRETCH_EDGE), (scene.figure.work, "W", flesh.WORK_EDGE)):
        deep_first = sorted(names, key=lambda n: list(MUSCLES).index(n), reverse=True)
        units += [[flesh.muscle(body, name, camera, fill, edge)] for name in deep_first]
    units += [[near_arm], *front]
    if index:
        units += [[*arrow(scenes[index - 1], scene, point)] for point in scene.figure.arrows]
    return [unit for unit in units if unit]


def _ground(scene: Scene) -> list[Shape]:
    if scene.position.base == "swimming":
        return []
    xs = [p[0] for p in scene.body.points.values()]
    camera = scene.camera
    if camera.toward[0]:
        corners = ((0.20, 0.34), (0.20, -0.34), (-0.14, -0.34), (-0.14, 0.34))
        return [Shape(tuple(camera((x, 0.0, z)) for x, z in corners), fill="#e4eaf0")]
    left, right = min(xs) - 0.10, max(xs) + 0.10
    down = -0.016 if scene.figure.has("mat") else 0.0
    band_ = tuple(camera((x, down, z)) for x, z in ((left, 0.18), (right, 0.18), (right, -0.18), (left, -0.18)))
    return [Shape(band_, fill="#e4eaf0"), Shape(band_[:2], stroke="#9fb0c0", width=0.008, closed=False)]


def _box(units: list[Unit]) -> tuple[float, float, float, float]:
    points: list[Point] = []
    for s in (shape for unit in units for shape in unit):
        if isinstance(s, Limb):
            points += [p for part in (*s.parts, *s.angular) for p in part]
        elif s.radius:
            (x, y), r = s.points[0], s.radius
            points += [(x - r, y - r), (x + r, y + r)]
        else:
            points += list(s.points)
    return extent(points)


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


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{round(x * SCALE)}" y="{round(y * SCALE)}">{escape(words)}</text>'


def _legend_lines(figure: Figure, width: float) -> list[tuple[str, str]]:
    """The key of a mark (empty where a line goes on) and words, broken so that they fit a width in body heights."""
    room = max(int((width - 2 * _MARGIN - 0.10) / _LETTER), 24)
    lines: list[tuple[str, str]] = []
    for key, verb, names in (("w", "works", figure.work), ("s", "stretch", figure.stretch)):
        if names:
            words = f"{verb}: {', '.join(MUSCLES[m].split(' (')[0] for m in names)}"
            lines += [(key if i == 0 else "", line) for i, line in enumerate(wrap(words, room))]
    return lines


def _legend(lines: list[tuple[str, str]], top: float, prefix: str) -> str:
    """What the marks mean, in words."""
    found, y = "", top + 0.012
    for key, words in lines:
        edge = flesh.WORK_EDGE if key == "w" else flesh.STRETCH_EDGE
        if key:
            x = round(_MARGIN * SCALE)
            found += f'<rect x="{x}" y="{round(y * SCALE)}" width="18" height="13" rx="4" fill="url(#{prefix}-{key})" stroke="{edge}"/>'
        found += _text(_MARGIN + 0.10, y + 0.050, words)
        y += _LEGEND
    return found
