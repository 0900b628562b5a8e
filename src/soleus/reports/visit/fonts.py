"""Letters of the PDF: Vera, which reportlab brings along and may be embedded; for letters that it lacks, a font of the machine."""

from __future__ import annotations

import unicodedata
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

REGULAR, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
OTHER, EAST = "SoleusOther", "SoleusEast"
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
EASTERN = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/unifont/unifont.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
"""Where fonts with Chinese, Japanese and Korean lie whose curves reportlab can embed (Noto's it cannot)."""
WRITINGS = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
"""Names of writings that Unicode calls otherwise, by the first word of its names of their letters."""
RIGHT_TO_LEFT = ("R", "AL")
"""Classes of letters that are joined or set from the right, which reportlab does not do: whatever font has them, they come out wrong."""


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
def others(places: tuple[str, ...] = PLACES, name: str = OTHER) -> frozenset[int]:
    """Registers a font of the machine for what Vera lacks; the characters that it has, none if there is no such font."""
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for place in places:
        if not Path(place).is_file():
            continue
        try:
            font: Any = TTFont(name, place)
        except TTFError:  # a font with curves that reportlab cannot embed
            continue
        pdfmetrics.registerFont(font)
        for bold, italic in ((0, 0), (1, 0), (0, 1), (1, 1)):
            addMapping(name, bold, italic, name)
        return frozenset(font.face.charToGlyph)
    return frozenset()


def marked_up(text: str, others_known: frozenset[int] | None = None, eastern: frozenset[int] | None = None) -> str:
    """A text as reportlab's paragraphs want it: escaped, each letter in a font that has it.

    A letter that no font has is set as the plain letter under its accent; words in a writing that cannot be set are replaced by its name.

    Args:
        text: Any.
        others_known: Characters of the font `OTHER`; None: of the one of this machine.
        eastern: Characters of the font `EAST`; None: of the one of this machine, none where `others_known` is given.
    """
    have = known()
    beside = others() if others_known is None else others_known
    if eastern is None:
        eastern = frozenset() if others_known is not None else others(EASTERN, EAST)

    def font(c: str) -> str:
        return "" if ord(c) in have else OTHER if ord(c) in beside else EAST

    parts = []
    for name, group in groupby(_settable(text, have | beside | eastern), key=font):
        piece = escape("".join(group), quote=False)
        parts.append(f'<font name="{name}">{piece}</font>' if name else piece)
    return "".join(parts)


def _settable(text: str, have: frozenset[int]) -> str:
    """The text without what cannot be set."""
    found: list[str] = []
    foreign, between = "", ""
    for c in unicodedata.normalize("NFC", " ".join(text.split())):
        if _is_of_another_writing(c, have):
            foreign, between = foreign or c, ""
        elif foreign and not c.isalpha():  # blanks, digits and full stops within it
            between += c
        else:
            found += [_instead(foreign), *(x for x in between if ord(x) in have)] if foreign else []
            foreign = between = ""
            found.append(_plain(c, have))
    found += [_instead(foreign), *(x for x in between if ord(x) in have)] if foreign else []
    return "".join(found)


def _is_of_another_writing(c: str, have: frozenset[int]) -> bool:
    if unicodedata.bidirectional(c) in RIGHT_TO_LEFT:
        return True
    return c.isalpha() and ord(c) not in have and _plain(c, have) == "?"


def _instead(c: str) -> str:
    """What stands for words in the writing of a letter."""
    name = unicodedata.name(c, "").partition(" ")[0]
    return f"(in {WRITINGS.get(name) or name.capitalize() or 'another'} writing: see the page)"


def _plain(text: str, have: frozenset[int]) -> str:
    """Signs as they are, else as the plain letter under the accent, else as a question mark."""
    found = []
    for c in text:
        if ord(c) in have:
            found.append(c)
        elif unicodedata.category(c) not in ("Mn", "Cf", "Cc"):
            plain = "".join(x for x in unicodedata.normalize("NFKD", c) if ord(x) in have and unicodedata.category(x) != "Mn")
            found.append(plain or "?")
    return "".join(found)
