"""Skin by nerve and by root: pictures, what stands in them, and their keys."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from soleus.domain.finding import Side
from soleus.reports.bodymap.draw import FONT, Panel, at, background, base, framed, outlines, target, used
from soleus.reports.bodymap.form import row_id
from soleus.reports.bodymap.ink import INKS
from soleus.reports.bodymap.marks import SIDES, Marks, homes, ordered
from soleus.reports.bodymap.regions import REGIONS, Region
from soleus.reports.bodymap.territories import LABELS, NERVE_FINDINGS, NERVE_NAMES, NERVE_NUMBERS, ROOT_NAMES
from soleus.reports.bodymap.views import TITLES, Shape, View, view

VIEWS = ("back", "front", "soles", "tops", "saddle")
"""Views that show skin."""


def skin_map(marks: Marks, by: str = "nerves", views: Iterable[str] = VIEWS, *, prefix: str = "skin") -> tuple[Panel, ...]:
    """Skin by nerve (areas lead to the checkbox of their numbness) or by root (to look at), with numb marks shown."""
    return tuple(_skin_panel(view(id_), ordered(marks), by, f"{prefix}-{by}-{id_}") for id_ in views)


def _skin_panel(v: View, marks: Marks, by: str, prefix: str) -> Panel:
    shapes = v.nerves if by == "nerves" else v.roots
    colour = INKS["numb"].colour
    ink = f' fill="{colour}" fill-opacity=".55" stroke="{colour}" stroke-opacity="1" stroke-width="4"'
    numb = {(REGIONS[id_].kind.findings["numb"], REGIONS[id_].side) for id_, here in marks.items() if "numb" in here}
    areas = []
    for side in SIDES:
        for i, s in enumerate(shapes):
            if s.spanning and side is Side.RIGHT:
                continue
            findings = NERVE_FINDINGS.get(s.id, ()) if by == "nerves" else ()
            marked = any((f, x) in numb for f in findings for x in (side, Side.UNSTATED))
            inside = used(i, prefix, v.sign(side), ink if marked else "")
            home = homes(findings[0], (side,)) if findings else []
            areas.append(_linked(v, s, side, REGIONS[home[0]], inside, findings[0], marked) if home else f"<g>{inside}</g>")
    names = NERVE_NAMES if by == "nerves" else ROOT_NAMES
    listed = ", ".join(dict.fromkeys(names[s.id] for s in shapes))
    body = background(v, prefix) + base("".join(areas)) + labels(v, by)
    role = "group" if by == "nerves" else "img"
    return framed(v, body, prefix, f"Skin by {by[:-1]}, {TITLES[v.id].lower()}: {listed}", role, outlines(shapes, prefix))


def _linked(v: View, shape: Shape, side: Side, home: Region, inside: str, finding: str, marked: bool) -> str:
    x, y = at(v, shape, side)
    where = "" if shape.spanning else f", {side.value}"
    name = f"{NERVE_NAMES[shape.id]}{where}{': numb' if marked else ''}"
    return (
        f'<a href="#{row_id(home)}" data-region="{home.id}" data-only="numb" data-shows="{finding}" data-at="{x} {y}" tabindex="0"'
        f" aria-label={quoteattr(name)}><title>{escape(NERVE_NAMES[shape.id])}</title>{target(v, shape, side)}{inside}</a>"
    )


def labels(v: View, layer: str) -> str:
    """Roots by name, nerves by their number in the key."""
    words = []
    for side in SIDES:
        for s in v.nerves if layer == "nerves" else v.roots:
            if not (s.spanning and side is Side.RIGHT and s.anchor[0] == 0):
                x, y = at(v, s, side)
                text = NERVE_NUMBERS[s.id] if layer == "nerves" else LABELS.get(f"{v.id} {s.id}", s.id)
                words.append(f'<text x="{x}" y="{y + 8}">{text}</text>')
    size = 20 if layer == "nerves" else 24
    return (
        f'<g text-anchor="middle" font-size="{size}" font-weight="600" pointer-events="none" aria-hidden="true" {FONT}>{"".join(words)}</g>'
    )


def key(layer: str) -> tuple[tuple[str, str], ...]:
    """What stands in the picture of a skin layer, and its name."""
    if layer == "nerves":
        return tuple((str(number), NERVE_NAMES[nerve]) for nerve, number in NERVE_NUMBERS.items())
    return tuple((LABELS.get(f"saddle {root}", root), name) for root, name in ROOT_NAMES.items())
