"""A grid of characters to draw on, with Braille dots for lines: eight dots to a character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.text import Text

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a Braille character by row and column (Unicode block 2800)."""
BLANK = 0x2800


@dataclass
class Cells:
    """What is written later covers what was there. Rows run from the top; dots are finer by 2 across and 4 down."""

    width: int
    height: int
    characters: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    dots: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)

    def put(self, column: int, row: int, character: str, style: str = "") -> None:
        if 0 <= column < self.width and 0 <= row < self.height:
            self.characters[column, row] = (character, style)
            self.dots.pop((column, row), None)

    def has(self, column: int, row: int) -> str:
        """The character there; empty if none."""
        return self.characters.get((column, row), ("", ""))[0]

    def dot(self, x: int, y: int, style: str = "") -> None:
        """One Braille dot; x to 2 x width, y to 4 x height from the top."""
        column, row = x // 2, y // 4
        if 0 <= column < self.width and 0 <= row < self.height:
            bits, _ = self.dots.get((column, row), (0, ""))
            self.dots[column, row] = (bits | _DOTS[y % 4][x % 2], style)

    def rows(self) -> Iterator[Text]:
        for row in range(self.height):
            text = Text()
            for column in range(self.width):
                if (column, row) in self.dots:
                    bits, style = self.dots[column, row]
                    text.append(chr(BLANK + bits), style)
                else:
                    text.append(*self.characters.get((column, row), (" ", "")))
            yield text
