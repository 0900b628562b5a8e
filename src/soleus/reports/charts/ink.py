"""SVG elements as text: presentation attributes alone, so that a strict content security policy lets a picture pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

INK, GREY, GRID, PAPER = "#1a1a1a", "#555555", "#dddddd", "#ffffff"
BLUE, VERMILLION, GREEN = "#0072B2", "#D55E00", "#009E73"
"""M. Okabe and K. Ito, "Color universal design," 2008 (recalled): told apart by people with any colour vision."""
FONT = "sans-serif"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("[ \t\r\n]+")
_NARROW, _WIDE = frozenset("ijlft.,:;'|!()[] r1I"), frozenset("mwMW@%—")
Dot = tuple[float, float]
Value = str | float


def clean(text: str) -> str:
    """Without the characters that no XML may hold, whoever typed them."""
    return _NOT_XML.sub("", text)


def number(x: float) -> str:
    """A tenth of a pixel is enough."""
    return f"{x:.1f}".removesuffix(".0").replace("-0", "0") if abs(x) < 0.05 else f"{x:.1f}".removesuffix(".0")


def element(name: str, /, **attributes: Value | None) -> str:
    """One element. `stroke_width=2` becomes stroke-width="2"; what is None is left out."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            parts.append(f"{key.replace('_', '-')}={quoteattr(clean(value) if isinstance(value, str) else number(value))}")
    return f"<{' '.join(parts)}/>"


def worded(name: str, text: str, /, **attributes: Value | None) -> str:
    """One element with a text in it, escaped."""
    return f"{element(name, **attributes).removesuffix('/>')}>{escape(clean(text))}</{name}>"


def group(inside: Sequence[str] | str, **attributes: Value | None) -> str:
    """Elements that belong together; nothing at all if there are none."""
    body = inside if isinstance(inside, str) else "".join(inside)
    return element("g", **attributes).removesuffix("/>") + f">{body}</g>" if body else ""


def line(a: Dot, b: Dot, stroke: str = INK, width: float = 1, dash: str | None = None) -> str:
    return element("line", x1=a[0], y1=a[1], x2=b[0], y2=b[1], stroke=stroke, stroke_width=width, stroke_dasharray=dash)


def trace(dots: Sequence[Dot], closed: bool = False) -> str:
    """The `d` of a path through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in dots) + ("z" if closed else "")


def words(at: Dot, text: str, size: float, *, anchor: str | None = None, bold: bool = False, fill: str = INK, halo: bool = False) -> str:
    """A line of text. `at` is the start (or middle, or end) of its base line."""
    return worded(
        "text",
        text,
        x=at[0],
        y=at[1],
        font_size=size,
        fill=fill,
        text_anchor=anchor,
        font_weight="bold" if bold else None,
        stroke=PAPER if halo else None,
        stroke_width=3 if halo else None,
        paint_order="stroke" if halo else None,
    )


def width_of(text: str, size: float, bold: bool = False) -> float:
    """About how wide a line is, on the large side: the font of the reader is not known. [px]"""
    total = sum(0.36 if c in _NARROW else 0.95 if c in _WIDE else 0.7 if c.isupper() else 0.62 for c in text)
    return total * size * (1.1 if bold else 1.0)


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Lines no wider than a width; a word that is wider by itself is cut."""
    lines: list[str] = []
    # A number and its per cent sign stay together.
    for word in _BREAK.split(text.replace(" %", "\u00a0%").strip()):
        if not word:
            continue
        while width_of(word, size, bold) > width and len(word) > 1:
            fits = max(1, next((i for i in range(len(word) - 1, 0, -1) if width_of(word[:i], size, bold) <= width), 1))
            lines.append(word[:fits])
            word = word[fits:]
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@dataclass(frozen=True)
class Look:
    """How a side is drawn: by shape, filling and stroke first, by colour besides."""

    colour: str
    hollow: bool
    """Hollow marks and a hollow line, instead of filled ones."""
    shape: str
    """`circle`, `square`, `diamond` or `triangle`."""
    hatched: bool
    """A hatched band instead of a tinted one."""
