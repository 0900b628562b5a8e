"""Letters of the PDF: Vera, which reportlab brings along and may be embedded; for letters that it lacks, a font of the machine."""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

REGULAR, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
OTHER = "SoleusOther"
PLACES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
"""Where fonts with Polish, Greek, Cyrillic and more lie; the first that is there is taken."""


@cache
def known() -> frozenset[int]:
    """Registers Vera; the characters that it has."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    faces = {name: TTFont(name, f"{name}.ttf") for name in (REGULAR, BOLD, ITALIC, "VeraBI")}
    for face in faces.values():
        pdfmetrics.registerFont(face)
    for bold, italic, name in ((0, 0, REGULAR), (1, 0, BOLD), (0, 1, ITALIC), (1, 1, "VeraBI")):
        addMapping(REGULAR, bold, italic, name)
    return frozenset(faces[REGULAR].face.charToGlyph)


@cache
def others(places: tuple[str, ...] = PLACES) -> frozenset[int]:
    """Registers a font of the machine for what Vera lacks; the characters that it has, none if there is no such font."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for place in places:
        if not Path(place).is_file():
            continue
        try:
            font: Any = TTFont(OTHER, place)
        except TTFError:  # a font with curves that reportlab cannot embed
            continue
        pdfmetrics.registerFont(font)
        for bold, italic in ((0, 0), (1, 0), (0, 1), (1, 1)):
            addMapping(OTHER, bold, italic, OTHER)
        return frozenset(font.face.charToGlyph)
    return frozenset()


def marked_up(text: str, others_known: frozenset[int] | None = None) -> str:
    """A text as reportlab's paragraphs want it: escaped, each letter in a font that has it.

    A letter that no font has is set as the plain letter under its accent, else as a question mark.
    """
    have = known()
    beside = others() if others_known is None else others_known
    parts = []
    for other, group in groupby(_settable(text, have | beside), key=lambda c: ord(c) not in have):
        piece = escape("".join(group), quote=False)
        parts.append(f'<font name="{OTHER}">{piece}</font>' if other else piece)
    return "".join(parts)


def _settable(text: str, have: frozenset[int]) -> str:
    found = []
    for c in unicodedata.normalize("NFC", " ".join(text.split())):
        if ord(c) in have:
            found.append(c)
        elif unicodedata.category(c) not in ("Mn", "Cf", "Cc"):
            plain = "".join(x for x in unicodedata.normalize("NFKD", c) if ord(x) in have and unicodedata.category(x) != "Mn")
            found.append(plain or "?")
    return "".join(found)
