"""Characters that stand for marks, bands and lines, on terminals with and without Unicode."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console

from soleus.domain.finding import Side

BARS = "▁▂▃▄▅▆▇█"
ASCII_BARS = "_.-=+*#@"


@dataclass(frozen=True)
class Signs:
    """Characters of one kind of terminal."""

    marks: dict[Side, str]
    unable: dict[Side, str]
    meet: str
    """Marks of two sides in one place."""
    usual: str
    band: str
    threshold: str
    event: str
    side_of_axis: str
    corner: str
    axis: str
    tick: str
    bars: str


UNICODE = Signs(
    {Side.LEFT: "●", Side.RIGHT: "□", Side.BOTH: "◆", Side.UNSTATED: "▲"},
    {Side.LEFT: "×", Side.RIGHT: "⊠", Side.BOTH: "×", Side.UNSTATED: "×"},
    "◉", "·", "░", "╌", "┊", "┤", "└", "─", "┬", BARS,
)  # fmt: skip
ASCII = Signs(
    {Side.LEFT: "L", Side.RIGHT: "R", Side.BOTH: "B", Side.UNSTATED: "o"},
    {Side.LEFT: "x", Side.RIGHT: "X", Side.BOTH: "x", Side.UNSTATED: "x"},
    "2", ".", ":", "-", "|", "|", "+", "-", "+", ASCII_BARS,
)  # fmt: skip
STYLES = {Side.LEFT: "bright_cyan", Side.RIGHT: "yellow", Side.BOTH: "green", Side.UNSTATED: "bold"}


def unicode_on(console: Console) -> bool:
    """Whether a terminal can show more than ASCII."""
    return console.encoding.lower().startswith("utf")


def to_ascii(text: str) -> str:
    """One character for one character, so that styles stay where they are."""
    return "".join(c if ord(c) < 128 else _PLAIN.get(c, "?") for c in text)


_PLAIN = dict(zip("−–—’“”\u00a0×±µ°éöüäßñ", '---\'"" x~uoeouasn', strict=True))
