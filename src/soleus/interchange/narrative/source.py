"""Where free text comes from: the command line, a file or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from soleus.domain.errors import CaseError, Problem
from soleus.formats.located_yaml import decode, read_text

MAX_BYTES = 1_000_000


def words(text: str) -> str:
    """The text itself, or standard input where it is `-`.

    Raises:
        CaseError: If there is none, or if it cannot be read as text.
    """
    if text != "-":
        return _something(text, "--text")
    read, problems = decode(sys.stdin.buffer.read(MAX_BYTES + 1), MAX_BYTES, "standard input")
    if problems:
        raise CaseError(problems)
    return _something(read, "standard input")


def words_of_file(name: str) -> str:
    """The text of a file; `-` is standard input.

    Raises:
        CaseError: If it cannot be read, holds no text or is too large.
    """
    if name == "-":
        return words(name)
    read, problems = read_text(Path(name), MAX_BYTES)
    if problems:
        raise CaseError(problems, source=name)
    return _something(read, name)


def _something(text: str, place: str) -> str:
    if not text.strip():
        raise CaseError(Problem(place, "holds no text.", "Write what is wrong, since when, and what was found."))
    return text
