"""An SVG picture as PNG, by resvg (extra `track`); docs/adr/0019-charts.md says why this library."""

from __future__ import annotations

import re
from functools import cache

from soleus.domain.errors import OutOfRange, SoleusError

FAMILIES = ("Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Open Sans", "Roboto", "Ubuntu", "Segoe UI", "FreeSans")
"""Fonts tried for the generic sans-serif: resvg asks no system what that is."""
MOST_PIXELS = 40_000_000
_SIZE = re.compile(r'<svg [^>]*\bwidth="(\d+)" height="(\d+)"')
_LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


def png(svg: str, scale: float = 2.0) -> bytes:
    """A picture for messages, letters and word processors.

    Args:
        svg: A picture made by `soleus.reports.charts.svg`.
        scale: Pixels of the PNG for each pixel of the SVG, above 0; 2 prints well. [-]

    Raises:
        SoleusError: If the extra is not installed, no usual font is, or the text is no SVG.
        OutOfRange: If the picture would be larger than 40 million pixels.
    """
    size = _SIZE.search(svg)
    if size is None:
        raise SoleusError("This is no SVG picture with a width and a height.")
    width, height = (int(x) for x in size.groups())
    if not 0 < scale * scale * width * height <= MOST_PIXELS:
        raise OutOfRange(f"A scale of {scale:g} makes {width} x {height} pixels too many or too few. Give one between 0.5 and 4.")
    return _drawn(svg, scale, _family())


def _drawn(svg: str, scale: float, family: str) -> bytes:
    try:
        import resvg_py
    except ImportError:
        raise SoleusError("PNG pictures need the extra `track`: pip install 'soleus[track]'. SVG pictures need nothing.") from None
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, sans_serif_family=family, font_family=family))
    except ValueError as error:
        raise SoleusError(f"The picture cannot be drawn: {error}") from None


@cache
def _family() -> str:
    """The first family by which a letter leaves any ink: a picture without its words must not go out unnoticed."""
    blank = _drawn(_LETTER.format(""), 1.0, "")
    letter = _LETTER.format('<text x="2" y="16" font-size="14" font-family="sans-serif">M</text>')
    for family in FAMILIES:
        if _drawn(letter, 1.0, family) != blank:
            return family
    raise SoleusError(f"No font was found for the words of the picture. Install one of {', '.join(FAMILIES[:4])}, or use the SVG picture.")
