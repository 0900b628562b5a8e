"""What marks look like: a colour and a sign each, so that nothing is told by colour alone; attributes only, no style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from soleus.reports.bodymap.regions import MARKS


@dataclass(frozen=True)
class Ink:
    """A mark's looks. Colours stand out from white and from near black alike (contrast above 3 : 1)."""

    label: str
    colour: str
    glyph: str
    """The `d` of a white line in a disc of radius 16."""


INKS: Mapping[str, Ink] = {
    "weak": Ink("Weak", "#c8560c", "M0-8v15M-6 2l6 6 6-6"),
    "wasted": Ink("Thinner (wasted)", "#8f6f14", "M-10-7q6 7 0 14M10-7q-6 7 0 14M-1 0h2"),
    "painful": Ink("Painful", "#d13352", "M3-10l-7 11h8l-7 10"),
    "numb": Ink("Numb or tingling", "#2a76c6", "M-6-6h.1M6-6h.1M0 0h.1M-6 6h.1M6 6h.1"),
    "cramping": Ink("Cramping", "#8a55d6", "M-10 0q2.5-11 5 0t5 0 5 0 5 0"),
    "swollen": Ink("Swollen", "#15806f", "M-4-8q-7 8 0 16M4-8q7 8 0 16"),
}
TOLD, LOST, REFLEX = "#c8560c", "#2a76c6", "#8a55d6"
"""Weak muscle, lost feeling, changed reflex in the picture of a lesion."""
assert tuple(INKS) == MARKS


def disc(colour: str, glyph: str, wide: float = 3.5) -> str:
    """The sign of a mark, round the origin; it stays readable in grey and on any ground."""
    return (
        f'<circle r="16" fill="{colour}" stroke="#fff" stroke-width="2"/>'
        f'<path d="{glyph}" fill="none" stroke="#fff" stroke-width="{wide:g}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def icon(mark: str, size: int = 20) -> str:
    """The sign of a mark as a picture of its own, for a button or a legend; it says nothing, words stand beside it."""
    ink = INKS[mark]
    return (
        f'<svg viewBox="-18 -18 36 36" width="{size}" height="{size}" aria-hidden="true">{disc(ink.colour, ink.glyph, _width(mark))}</svg>'
    )


def _width(mark: str) -> float:
    return 5.0 if mark == "numb" else 3.5


def symbols(prefix: str) -> str:
    """The signs as `<g>` to be used by `<use href="#prefix-weak">`."""
    return "".join(f'<g id="{prefix}-{mark}">{disc(ink.colour, ink.glyph, _width(mark))}</g>' for mark, ink in INKS.items())
