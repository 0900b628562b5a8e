"""Text to sentences and windows of bounded length; offsets kept."""

from __future__ import annotations

import re
from typing import NamedTuple

from soleus.formats.patterns import lazy_pattern

_END = lazy_pattern(r"[.!?]+(?=[\s\"')\]]|$)|[\r\n]+|[•▪◦]|;")
_NO_END = lazy_pattern(r"(?:\b(?:dr|mr|mrs|ms|prof|st|vs|approx|ca|fig|e\.g|i\.e|c|resp|incl|max|min|lt|rt|b\.i\.d|q\.d))\.$", re.I)
_NUMBERED = lazy_pattern(r"\bno\. ?\d", re.I)
""" "No. 5" does not end; "No." does."""
MOST_WORDS = 80
"""A stretch of text without an end is cut after so many blanks, so that time stays linear in length."""


class Span(NamedTuple):
    """A stretch of a text: characters `start` to `end` (not included)."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """Sentences in order; a semicolon and a new line end one too."""
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group() == "." and _is_abbreviation(text, start, match.end()):
            continue
        found += _windows(text, start, match.start())
        if match.group().startswith("?") and found and found[-1].end == match.start():
            found[-1] = Span(found[-1].start, match.end())  # a question keeps its mark: it asserts nothing
        start = match.end()
    return found + _windows(text, start, len(text))


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop before `end` belongs to a word such as "Dr." or a numbering such as "no. 5"."""
    return bool(_NO_END.search(text, max(start, end - 9), end) or _NUMBERED.match(text, max(start, end - 3)))


def _windows(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    while start < end:
        stop, blanks = start, 0
        while stop < end and (blanks < MOST_WORDS or not text[stop].isspace()) and stop - start < 40 * MOST_WORDS:
            blanks += text[stop].isspace()
            stop += 1
        if text[start:stop].strip():
            spans.append(Span(start, stop))
        start = stop
    return spans
