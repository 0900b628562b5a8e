"""Findings that somebody examined carry a note in the case file: who, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from soleus.reports.charts.axes import day_words

_NOTE = re.compile(r"examined (\d{4}-\d\d-\d\d) by ([^;]+)")
BEFORE = "; the case said before: "


def note_of(on: date, who: str, before: str = "") -> str:
    """The note of an entry.

    Examples:
        >>> note_of(date(2026, 11, 22), "Bob (clinician)", "absent")
        'examined 2026-11-22 by Bob (clinician); the case said before: absent'
    """
    name = " ".join(who.replace(";", ",").split())
    return f"examined {on.isoformat()} by {name}{BEFORE + before if before else ''}"


def is_examined(note: object) -> bool:
    """Whether a note says that the finding was examined."""
    return _NOTE.match(str(note or "")) is not None


def who_and_when(note: object) -> str:
    """`22 Nov 2026 by Bob (clinician)`; empty if the note says nothing of it."""
    match = _NOTE.match(str(note or ""))
    if match is None:
        return ""
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return ""
    return f"{day_words(day)} by {match[2].strip()}"


def examiners(entries: Iterable[Any]) -> tuple[str, ...]:
    """Everybody who examined, each day once, the latest first."""
    notes = [str(e.get("note") or "") for e in entries if isinstance(e, Mapping)]
    found = sorted({n[: m.end()] for n in notes if (m := _NOTE.match(n))}, reverse=True)
    return tuple(words for n in found if (words := who_and_when(n)))


def seen_at(entries: Iterable[Any]) -> frozenset[str]:
    """Places of the findings that were examined."""
    return frozenset(f"findings[{i}]" for i, e in enumerate(entries) if isinstance(e, Mapping) and is_examined(e.get("note")))
