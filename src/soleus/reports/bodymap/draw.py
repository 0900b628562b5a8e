"""The body map as SVG: one picture a view, for marking and for looking at.

Pictures use `currentColor` for what is not marked, so that they fit a light and a dark page, and attributes only: no style, no
script. Without a script a region is a link to its checkboxes in the form; `static/bodymap.js` makes it a checkbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from soleus.domain.finding import Side
from soleus.reports.bodymap.curves import FINE, WIDTH, path
from soleus.reports.bodymap.form import PREFIX, row_id
from soleus.reports.bodymap.ink import INKS, symbols
from soleus.reports.bodymap.marks import Marks, ordered
from soleus.reports.bodymap.regions import Region
from soleus.reports.bodymap.views import SPOKEN, TITLES, TOP, VIEWS, Shape, View, view

FLESH, PALE = ".15", ".05"
"""How dark muscle and other tissue are drawn."""
LINES = 'fill="none" stroke="currentColor" stroke-opacity=".28" stroke-width="1.6" stroke-linecap="round" pointer-events="none"'
FONT = 'font-family="system-ui, sans-serif" fill="currentColor"'
MIRROR = 'transform="scale(-1 1)"'
STEP = 30
"""Distance between the signs of several marks of one region, in units of the picture."""


@dataclass(frozen=True)
class Panel:
    """One view as a picture of its own. `svg` scales with its container; made for 320 px and more."""

    view: str
    title: str
    width: float
    height: float
    svg: str


def body_map(marks: Marks, views: Iterable[str] = VIEWS, *, prefix: str = PREFIX, links: bool = True) -> tuple[Panel, ...]:
    """The map for marking.

    Args:
        marks: Region: marks.
        views: Ids of the views, in the order wanted.
        prefix: Begins every id in the pictures; another one for a second map on the same page.
        links: Whether regions lead to their checkboxes (and can be made checkboxes by the script); False: a picture to look at.
    """
    kept = ordered(marks)
    return tuple(_panel(view(id_), kept, f"{prefix}-{id_}", links) for id_ in views)


def framed(v: View, body: str, prefix: str, name: str, role: str = "group", definitions: str = "") -> Panel:
    """A panel round what was drawn: title, left and right in words."""
    height = v.height + TOP
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-WIDTH * FINE // 2} 0 {WIDTH * FINE} {height * FINE:g}" width="100%"'
        f' role="{role}" aria-label={quoteattr(name)} data-view="{v.id}" data-prefix="{prefix}"><defs>{definitions}</defs>{headings(v)}'
        f'<g transform="translate(0 {TOP * FINE:g})">{body}</g></svg>'
    )
    return Panel(v.id, TITLES[v.id], WIDTH, height, svg)


def headings(v: View) -> str:
    """The title, and L and R where they cannot be mixed up."""
    end = WIDTH * FINE // 2 - 16
    words = [f'<text y="34" text-anchor="middle" font-size="28" font-weight="600">{TITLES[v.id]}</text>']
    if v.id == "saddle":
        places = ((70, "front"), ((v.height + TOP) * FINE - 8, "back"))
        words += [f'<text y="{y:g}" text-anchor="middle" font-size="22">{word}</text>' for y, word in places]
    else:
        for side in (Side.LEFT, Side.RIGHT):
            sign, word = v.sign(side), side.value.capitalize()
            anchor = "end" if sign > 0 else "start"
            words.append(f'<text x="{sign * end}" y="34" text-anchor="{anchor}" font-size="26">{word}</text>')
    return f'<g aria-hidden="true" {FONT}>{"".join(words)}</g>'


def both_sides(shapes: Sequence[str], name: str, ink: str) -> str:
    """Paths of one side, used again as their mirror image."""
    inside = "".join(f'<path d="{d}"/>' for d in shapes)
    return f'<g {ink}><g id="{name}">{inside}</g><use href="#{name}" {MIRROR}/></g>' if shapes else ""


def outlines(shapes: Iterable[Shape], prefix: str) -> str:
    """Definitions of the shapes of one side; the other uses them mirrored."""
    return "".join(f'<path id="{prefix}-{i}" d="{path(s.outline.way)}"/>' for i, s in enumerate(shapes))


def used(shape: int, prefix: str, sign: int, ink: str = "") -> str:
    return f'<use href="#{prefix}-{shape}"{ink}{"" if sign > 0 else " " + MIRROR}/>'


def background(v: View, prefix: str) -> str:
    """What is only drawn: the rest of the body."""
    ink = f'fill="currentColor" fill-opacity="{PALE}" stroke="currentColor" stroke-opacity=".45" stroke-width="2"'
    wholes = "".join(f'<path d="{path(o.way)}"/>' for o in v.context if o.box[0] < 0)
    halves = [path(o.way) for o in v.context if o.box[0] >= 0]
    return (f"<g {ink}>{wholes}</g>" if wholes else "") + both_sides(halves, f"{prefix}-rest", ink)


def foreground(v: View, prefix: str) -> str:
    """Fibres, tendons and folds, over the regions."""
    return both_sides([path(way, closed=False) for way in v.detail], f"{prefix}-lines", LINES)


def base(inside: str) -> str:
    """Areas as they are drawn where nothing is said of them."""
    return f'<g fill="currentColor" fill-opacity="{PALE}" stroke="currentColor" stroke-opacity=".6" stroke-width="2">{inside}</g>'


def at(v: View, shape: Shape, side: Side) -> tuple[int, int]:
    """The middle of a region in units of the picture."""
    return round(v.sign(side) * shape.anchor[0] * FINE), round(shape.anchor[1] * FINE)


def _panel(v: View, marks: Marks, prefix: str, links: bool) -> Panel:
    numbers = {shape.id: i for i, shape in enumerate(v.shapes)}
    regions = "".join(
        _region(v, region, shape, numbers[shape.id], marks.get(region.id, ()), prefix, links) for region, shape in v.regions()
    )
    signs = "".join(_signs(v, region, shape, marks.get(region.id, ()), prefix) for region, shape in v.regions())
    body = (
        background(v, prefix)
        + f'<g fill="currentColor" fill-opacity="{FLESH}" stroke="currentColor" stroke-opacity=".6" stroke-width="2">{regions}</g>'
        + foreground(v, prefix)
        + f'<g data-signs="" pointer-events="none" aria-hidden="true">{signs}</g>'
    )
    if links:
        return framed(v, body, prefix, f"Body map, {SPOKEN[v.id]}", definitions=symbols(prefix) + outlines(v.shapes, prefix))
    told = [spoken(r, v, marks[r.id]) for r, _ in v.regions() if r.id in marks]
    name = f"{TITLES[v.id]}: {'; '.join(told) or 'nothing marked'}"
    return framed(v, body, prefix, name, "img", symbols(prefix) + outlines(v.shapes, prefix))


def spoken(region: Region, v: View, marks: Iterable[str] = ()) -> str:
    """What a screen reader says: `inner calf, left, from behind: weak, painful`."""
    words = ", ".join(region.kind.words.get(m, m) for m in marks)
    return f"{region.name}, {SPOKEN[v.id]}" + (f": {words}" if words else "")


def _region(v: View, region: Region, shape: Shape, number: int, marks: Sequence[str], prefix: str, links: bool) -> str:
    sign = v.sign(region.side)
    x, y = at(v, shape, region.side)
    ink = ""
    if marks:
        colour = INKS[marks[0]].colour
        ink = f' fill="{colour}" fill-opacity=".55" stroke="{colour}" stroke-opacity="1" stroke-width="4"'
    inside = target(v, shape, region.side) + used(number, prefix, sign, ink)
    pale = "" if region.kind.flesh else f' fill-opacity="{PALE}"'
    name = spoken(region, v, marks)
    if not links:
        return f"<g{pale}>{inside}</g>"
    return (
        f'<a href="#{row_id(region)}" data-region="{region.id}" data-at="{x} {y}" tabindex="0" aria-label={quoteattr(name)}{pale}>'
        f"<title>{escape(region.name)}</title>{inside}</a>"
    )


def target(v: View, shape: Shape, side: Side) -> str:
    """An unseen rectangle that makes a thin shape easier to hit."""
    if shape.target is None:
        return ""
    left, top, right, bottom = (x * FINE for x in shape.target)
    x = left if v.sign(side) > 0 else -right
    place = f'x="{x:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{bottom - top:.0f}"'
    return f'<rect {place} fill="none" stroke="none" pointer-events="all"/>'


def _signs(v: View, region: Region, shape: Shape, marks: Sequence[str], prefix: str) -> str:
    x, y = at(v, shape, region.side)
    first = y - STEP * (len(marks) - 1) / 2
    return "".join(
        f'<use href="#{prefix}-{mark}" data-for="{region.id}" x="{x}" y="{first + STEP * i:g}"/>' for i, mark in enumerate(marks)
    )
