"""Text of people as it is kept and shown to others: nothing in it that misleads the eye."""

from __future__ import annotations

import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of what follows: on a page with texts of others they only mislead."""


def cleaned(text: str) -> str:
    """A text as it is stored: one form of each letter, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or (unicodedata.category(c) != "Cc" and c not in _BIDI)).strip()


def cleaned_line(text: str) -> str:
    """The same in one line, and without letters that nobody sees."""
    return " ".join("".join(c for c in cleaned(text) if unicodedata.category(c) not in ("Cf", "Co", "Cn")).split())
