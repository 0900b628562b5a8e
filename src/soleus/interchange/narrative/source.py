"""Where free text comes from: the command line, a file or standard input."""

from __future__ import annotations

from soleus.domain.errors import CaseError, Problem
from soleus.formats.located_yaml import read_named
from soleus.interchange.casefile.read import MAX_BYTES


def words(text: str) -> str:
    """The text itself, or standard input where it is `-`.

    Raises:
        CaseError: If there is none, or if it cannot be read as text.
    """
    return words_of_file(text) if text == "-" else _something(text, "--text")


def words_of_file(name: str) -> str:
    """The text of a file; `-` is standard input.

    Raises:
        CaseError: If it cannot be read, holds no text or is too large.
    """
    place = "standard input" if name == "-" else name
    read, problems = read_named(name, MAX_BYTES)
    if problems:
        raise CaseError(problems)
    return _something(read, place)


def _something(text: str, place: str) -> str:
    if not text.strip():
        raise CaseError(Problem(place, "holds no text.", "Write what is wrong, since when, and what was found."))
    return text
