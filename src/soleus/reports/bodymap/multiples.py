"""Rows of small body maps for print: one a mark, or one a day."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from soleus.reports.bodymap.curves import FINE, WIDTH
from soleus.reports.bodymap.draw import FONT, PALE, background, outlines, used
from soleus.reports.bodymap.ink import INKS
from soleus.reports.bodymap.marks import Marks, ordered
from soleus.reports.bodymap.regions import MARKS, REGIONS
from soleus.reports.bodymap.views import View, view


def small_multiples(pictures: Sequence[tuple[str, Marks]], views: Sequence[str] = ("back", "front"), columns: int = 3) -> str:
    """Small maps side by side, one a caption, as one picture for print: marks by kind (`by_mark`), or of one day after another."""
    scale, gap, head = 0.42, 16, 44
    shown = [view(id_) for id_ in views]
    wide = round(len(shown) * WIDTH * FINE * scale) + gap
    high = round(max(v.height for v in shown) * FINE * scale) + head + gap
    columns = max(1, min(columns, len(pictures)))
    rows = -(-len(pictures) // columns)
    defs = "".join(outlines(v.shapes, f"small-{v.id}") + f'<g id="small-{v.id}-body">{_plain(v, f"small-{v.id}")}</g>' for v in shown)
    cells, told = [], []
    for i, (caption, marks) in enumerate(pictures):
        kept = ordered(marks)
        x, y = i % columns * wide, i // columns * high
        inside = f'<text x="{wide / 2:g}" y="30" text-anchor="middle" font-size="26" {FONT}>{escape(caption)}</text>'
        for k, v in enumerate(shown):
            place = f"translate({(k + 0.5) * WIDTH * FINE * scale:g} {head}) scale({scale})"
            inside += f'<g transform="{place}"><use href="#small-{v.id}-body"/>{_filled(v, kept)}</g>'
        cells.append(f'<g transform="translate({x} {y})">{inside}</g>')
        told.append(f"{caption}: {', '.join(REGIONS[id_].name for id_ in kept) or 'nothing'}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * wide} {rows * high}" width="100%" role="img"'
        f" aria-label={quoteattr('; '.join(told))}><defs>{defs}</defs>{''.join(cells)}</svg>"
    )


def by_mark(marks: Marks) -> list[tuple[str, Marks]]:
    """One picture for each mark that is used, for `small_multiples`."""
    kept = ordered(marks)
    return [(INKS[mark].label, {id_: (mark,) for id_, here in kept.items() if mark in here}) for mark in MARKS if _used(kept, mark)]


def _used(marks: Marks, mark: str) -> bool:
    return any(mark in here for here in marks.values())


def _plain(v: View, prefix: str) -> str:
    ink = f'fill="currentColor" fill-opacity="{PALE}" stroke="currentColor" stroke-opacity=".5" stroke-width="2.5"'
    shapes = "".join(used(i, prefix, sign) for i, s in enumerate(v.shapes) for sign in ((1,) if s.spanning else (1, -1)))
    return background(v, prefix) + f"<g {ink}>{shapes}</g>"


def _filled(v: View, marks: Marks) -> str:
    numbers = {s.id: i for i, s in enumerate(v.shapes)}
    return "".join(
        used(numbers[shape.id], f"small-{v.id}", v.sign(region.side), f' fill="{INKS[marks[region.id][0]].colour}" stroke="none"')
        for region, shape in v.regions()
        if region.id in marks
    )
