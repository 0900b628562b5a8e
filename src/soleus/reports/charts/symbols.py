"""Marks and samples of lines: each side has a shape, a filling and a line of its own, so that no colour is needed."""

from __future__ import annotations

from soleus.domain.finding import Side
from soleus.reports.charts.ink import BLUE, GREEN, INK, PAPER, VERMILLION, Dot, Look, Value, element, line, number, trace
from soleus.reports.charts.spec import Beyond

LOOKS = {
    Side.LEFT: Look(BLUE, hollow=False, shape="circle", hatched=False),
    Side.RIGHT: Look(VERMILLION, hollow=True, shape="square", hatched=True),
    Side.BOTH: Look(GREEN, hollow=False, shape="diamond", hatched=False),
    Side.UNSTATED: Look(INK, hollow=False, shape="triangle", hatched=False),
}
WIDTH, CORE = 2.2, 1.4
"""Of the line of levels; a hollow one is wider and has a white core. [px]"""


def marker(look: Look, at: Dot, r: float, unable: bool = False) -> str:
    """The mark of one value; a failed attempt has a cross on it."""
    x, y = at
    fill = PAPER if look.hollow else look.colour
    ink: dict[str, Value] = {"fill": fill, "stroke": look.colour if look.hollow else PAPER, "stroke_width": 1.6 if look.hollow else 0.8}
    if look.hollow:
        ink["fill_opacity"] = 0.75
    if look.shape == "circle":
        found = element("circle", cx=x, cy=y, r=r, **ink)
    elif look.shape == "square":
        found = element("rect", x=x - 0.9 * r, y=y - 0.9 * r, width=1.8 * r, height=1.8 * r, **ink)
    else:
        top = (x, y - 1.3 * r)
        dots = (top, (x + 1.3 * r, y), (x, y + 1.3 * r), (x - 1.3 * r, y))
        if look.shape == "triangle":
            dots = (top, (x + 1.2 * r, y + 0.9 * r), (x - 1.2 * r, y + 0.9 * r), top)
        found = element("path", d=trace(dots, closed=True), **ink)
    if not unable:
        return found
    return found + element("path", d=_cross(x, y, 1.5 * r), fill="none", stroke=INK, stroke_width=1.8)


def _cross(x: float, y: float, r: float) -> str:
    a, b, c, d = (number(v) for v in (x - r, y - r, x + r, y + r))
    return f"M{a} {b}L{c} {d}M{a} {d}L{c} {b}"


def arrow(look: Look, at: Dot, down: bool) -> str:
    """From a value at the end of the scale to where the truth may be."""
    x, y = at
    k = 1 if down else -1
    d = f"M{number(x)} {number(y + 5 * k)}v{number(8 * k)}m-3.5 {number(-4 * k)}l3.5 {number(4 * k)}l3.5 {number(-4 * k)}"
    return element("path", d=d, fill="none", stroke=look.colour, stroke_width=1.5)


def points_down(beyond: Beyond, more_is_better: bool) -> bool:
    """Whether "beyond" is towards smaller values."""
    return (beyond is Beyond.WORSE) == more_is_better


def level_line(look: Look, d: str, ahead: bool = False) -> str:
    """The line of levels; dashed where it is the future."""
    dash = "7 5" if ahead else None
    width = WIDTH + CORE if look.hollow else WIDTH
    found = element("path", d=d, fill="none", stroke=look.colour, stroke_width=width, stroke_dasharray=dash, stroke_linejoin="round")
    if look.hollow:
        found += element("path", d=d, fill="none", stroke=PAPER, stroke_width=CORE, stroke_dasharray=dash, stroke_linejoin="round")
    return found


def bar(look: Look, x: float, low: float, high: float, cap: float = 2.5, opacity: float = 0.75) -> str:
    """An error bar with short ends."""
    d = f"M{number(x)} {number(low)}V{number(high)}"
    if cap:
        d += "".join(f"M{number(x - cap)} {number(y)}h{number(2 * cap)}" for y in (low, high))
    return element("path", d=d, stroke=look.colour, stroke_width=1, stroke_opacity=opacity, fill="none")


def patterns(prefix: str) -> str:
    """Fillings: dots for what is usual, hatching for bands of hollow sides."""
    dots = element("circle", cx=1.5, cy=1.5, r=0.8, fill="#8a8a8a")
    stripe = element("path", d="M0 0V7", stroke=VERMILLION, stroke_width=1.3)
    other = element("path", d="M0 0V7M0 0H7", stroke=VERMILLION, stroke_width=1.3)
    return (
        f'<pattern id="{prefix}-usual" width="6" height="6" patternUnits="userSpaceOnUse">{dots}</pattern>'
        f'<pattern id="{prefix}-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{stripe}</pattern>'
        f'<pattern id="{prefix}-cross" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{other}</pattern>'
    )


def threshold_line(a: Dot, b: Dot) -> str:
    return line(a, b, INK, 1.3, "9 3 2 3")


def expected_line(d: str) -> str:
    return element("path", d=d, fill="none", stroke="#444444", stroke_width=1.4, stroke_dasharray="1.5 3", stroke_linecap="round")
