"""A lesion drawn on the body map: what was told against what the place explains, by fill, outline and hatching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from soleus.domain.finding import Side
from soleus.reports.bodymap import skin_picture
from soleus.reports.bodymap.draw import FLESH, PALE, Panel, at, background, base, foreground, framed, outlines, used
from soleus.reports.bodymap.ink import LOST, REFLEX, TOLD
from soleus.reports.bodymap.lesion import REFLEXES, Fit, Lesion
from soleus.reports.bodymap.marks import SIDES
from soleus.reports.bodymap.regions import REGIONS
from soleus.reports.bodymap.skin_picture import labels
from soleus.reports.bodymap.territories import NERVE_NAMES, ROOT_NAMES
from soleus.reports.bodymap.views import TITLES, Shape, View, view

LAYERS = ("muscles", "nerves", "roots")
LESION_VIEWS: Mapping[str, tuple[str, ...]] = {
    "muscles": ("back", "front", "soles"),
    "nerves": skin_picture.VIEWS,
    "roots": skin_picture.VIEWS,
}
FIT_WORDS: Mapping[Fit, str] = {
    Fit.EXPLAINED: "told, and this place explains it",
    Fit.UNEXPLAINED: "told, but this place does not explain it",
    Fit.EXPECTED: "often comes with this place; not told, or not tested",
    Fit.SPARED: "often comes with this place, but was found normal",
}
_TICK = "M-8 0l6 7L9-8"


def lesion_map(lesion: Lesion, layer: str = "muscles", views: Iterable[str] = (), *, prefix: str = "lesion") -> tuple[Panel, ...]:
    """A lesion drawn on the map, to look at.

    Args:
        lesion: What was told and what the place explains; see `lesion`.
        layer: `muscles` (with reflexes), `nerves` or `roots` (skin).
        views: Ids of the views; none: those that the layer has, and the arms if something is to be seen there.
        prefix: Begins every id in the pictures.
    """
    chosen = tuple(views) or LESION_VIEWS[layer] + (("upper",) if layer == "muscles" and _reaches_arms(lesion) else ())
    return tuple(_lesion_panel(view(id_), lesion, layer, f"{prefix}-{layer}-{id_}") for id_ in chosen)


def _reaches_arms(lesion: Lesion) -> bool:
    return any(region.id in lesion.muscles for region, _ in view("upper").regions())


def legend(layer: str = "muscles") -> tuple[tuple[str, str], ...]:
    """Small pictures and words for `lesion_map`; the pictures say nothing to a screen reader."""
    colour = TOLD if layer == "muscles" else LOST
    found = []
    for fit, words in FIT_WORDS.items():
        prefix = f"legend-{layer}-{fit}"
        box = f'<rect x="3" y="3" width="44" height="26" rx="5" color="{colour}"{_ink(fit, colour, prefix)}/>'
        inside = f"<defs>{_patterns(colour, prefix)}</defs>{box}{_tick((25, 16), 0.7) if fit is Fit.SPARED else ''}"
        found.append((f'<svg viewBox="0 0 50 32" width="50" height="32" aria-hidden="true">{inside}</svg>', words))
    return tuple(found)


def _lesion_panel(v: View, lesion: Lesion, layer: str, prefix: str) -> Panel:
    colour = TOLD if layer == "muscles" else LOST
    drawn: list[tuple[str, Shape, Side, Fit | None]] = []
    if layer == "muscles":
        shapes = v.shapes
        drawn = [(region.name, shape, region.side, lesion.muscles.get(region.id)) for region, shape in v.regions()]
    else:
        shapes, names, fits = (v.nerves, NERVE_NAMES, lesion.nerves) if layer == "nerves" else (v.roots, ROOT_NAMES, lesion.roots)
        drawn = [
            (names[s.id] + ("" if s.spanning else f", {side.value}"), s, side, fits.get(f"{s.id} {side.value}"))
            for side in SIDES
            for s in shapes
            if not (s.spanning and side is Side.RIGHT)
        ]
    numbers = {id(s): i for i, s in enumerate(shapes)}
    areas = "".join(_area(v, s, numbers[id(s)], side, prefix, layer, fit and _ink(fit, colour, prefix)) for _, s, side, fit in drawn)
    ticks = "".join(_tick(at(v, s, side)) for _, s, side, fit in drawn if fit is Fit.SPARED)
    signs = _reflexes(v, lesion, prefix) if layer == "muscles" else labels(v, layer)
    lines = foreground(v, prefix) if layer == "muscles" else ""
    body = background(v, prefix) + base(areas) + lines + ticks + signs
    definitions = _patterns(colour, prefix) + _patterns(REFLEX, f"{prefix}-r") + outlines(shapes, prefix)
    return framed(v, body, prefix, _told(v, lesion, drawn, layer), "img", definitions)


def _area(v: View, shape: Shape, number: int, side: Side, prefix: str, layer: str, ink: str | None) -> str:
    flesh = layer == "muscles" and not ink and any(r.kind.flesh for r in REGIONS.values() if r.kind.id == shape.id)
    return used(number, prefix, v.sign(side), ink or (f' fill-opacity="{FLESH}"' if flesh else ""))


def _ink(fit: Fit, colour: str, prefix: str) -> str:
    return {
        Fit.EXPLAINED: f' fill="{colour}" fill-opacity=".75" stroke="{colour}" stroke-opacity="1" stroke-width="4"',
        Fit.UNEXPLAINED: f' fill="currentColor" fill-opacity="{PALE}" stroke="{colour}" stroke-opacity="1" stroke-width="7"',
        Fit.EXPECTED: f' fill="url(#{prefix}-hatch)" fill-opacity="1" stroke="{colour}" stroke-opacity="1" stroke-width="2"',
        Fit.SPARED: f' fill="url(#{prefix}-dots)" fill-opacity="1" stroke="{colour}" stroke-opacity="1" stroke-width="2"'
        ' stroke-dasharray="7 5"',
    }[fit]


def _patterns(colour: str, prefix: str) -> str:
    return (
        f'<pattern id="{prefix}-hatch" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="4" height="12" fill="{colour}"/></pattern>'
        f'<pattern id="{prefix}-dots" width="12" height="12" patternUnits="userSpaceOnUse">'
        f'<circle cx="6" cy="6" r="1.6" fill="{colour}"/></pattern>'
    )


def _tick(place: tuple[float, float], size: float = 1) -> str:
    x, y = place
    return (
        f'<g transform="translate({x:g} {y:g}) scale({size:g})"><circle r="15" fill="#fff" stroke="#1b6e3c" stroke-width="3"/>'
        f'<path d="{_TICK}" fill="none" stroke="#1b6e3c" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


_REFLEX_AT: Mapping[str, tuple[int, int]] = {
    "reflex-knee": (128, 764),
    "reflex-ankle": (144, 1164),
    "reflex-medial-hamstring": (78, 690),
}
"""Where the tendon is tapped: from the midline and from the top, in units of the picture."""
_REFLEX_VIEW = {"reflex-knee": "front", "reflex-ankle": "back", "reflex-medial-hamstring": "back"}


def _reflexes(v: View, lesion: Lesion, prefix: str) -> str:
    """An R in a square on the tendon that is tapped."""
    found = []
    for reflex in REFLEXES:
        for side in SIDES:
            fit = lesion.reflexes.get(f"{reflex} {side.value}")
            if fit is None or _REFLEX_VIEW[reflex] != v.id:
                continue
            x, y = v.sign(side) * _REFLEX_AT[reflex][0], _REFLEX_AT[reflex][1]
            box = '<rect x="-19" y="-19" width="38" height="38" rx="8" '
            letter = "#fff" if fit is Fit.EXPLAINED else "#111"
            ground = box + 'fill="#fff"/>'
            font = f'font-size="26" font-weight="700" font-family="system-ui, sans-serif" fill="{letter}"'
            text = f'<text y="9" text-anchor="middle" {font}>R</text>'
            tick = _tick((24, -18), 0.8) if fit is Fit.SPARED else ""
            found.append(f'<g transform="translate({x} {y})">{ground}{box}{_ink(fit, REFLEX, f"{prefix}-r")}/>{text}{tick}</g>')
    return "".join(found)


def _told(v: View, lesion: Lesion, drawn: Iterable[tuple[str, Shape, Side, Fit | None]], layer: str) -> str:
    by_fit: dict[Fit, list[str]] = {}
    for name, _, _, fit in drawn:
        if fit is not None and name not in by_fit.setdefault(fit, []):
            by_fit[fit].append(name)
    if layer == "muscles":
        for reflex, fit in lesion.reflexes.items():
            if _REFLEX_VIEW[reflex.split()[0]] == v.id:
                name, side = reflex.removeprefix("reflex-").split()
                by_fit.setdefault(fit, []).append(f"{name.replace('-', ' ')} reflex, {side}")
    parts = [f"{FIT_WORDS[fit]}: {'; '.join(by_fit[fit])}" for fit in Fit if by_fit.get(fit)]
    return f"{lesion.title}. {TITLES[v.id]}. {'. '.join(parts) or 'Nothing to show here'}."
