"""Two pages at most: what matters least is left out first, and it is said how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from soleus.reports.charts.ink import width_of
from soleus.reports.visit.summary import Line, Part, VisitSummary

DETAILS = 6
"""Degrees of detail, 0 the most."""
LINES: Mapping[str, tuple[int, ...]] = {
    "course": (6, 5, 4, 3, 2, 2),
    "causes": (7, 7, 6, 5, 4, 4),
    "tests": (4, 4, 3, 3, 3, 2),
    "questions": (14, 12, 11, 9, 7, 6),
}
"""Most lines of a part, by degree of detail; other parts keep all their lines."""
ITEMS: Mapping[str, tuple[int, ...]] = {
    "symptoms": (16, 12, 10, 8, 6, 5),
    "history": (14, 10, 8, 6, 5, 4),
    "medicines": (20, 16, 12, 10, 8, 8),
    "examination": (18, 12, 10, 8, 6, 5),
    "results": (12, 8, 6, 5, 4, 3),
    "warnings": (8, 6, 6, 5, 4, 3),
    "unclear": (4, 3, 3, 2, 2, 1),
    "plan": (6, 5, 4, 4, 3, 3),
}
"""Most items of a line."""
WORDS = (900, 600, 450, 320, 240, 160)
"""Most characters of what is quoted."""
LONGEST = (320, 240, 200, 160, 140, 120)
"""Most characters of one item: a result, or a question, may be a page by itself."""
CHARTS = (3, 3, 3, 2, 2, 0)
ROOM = 120
"""Lines on two pages, less what is lost where a page ends."""
WIDE = 48.0
"""Width of a line beside its heading. [em]"""
CHART_LINES = 16


def shortened(summary: VisitSummary, detail: int) -> VisitSummary:
    """The summary at a degree of detail, 0 (most) to `DETAILS` - 1."""
    charts = summary.charts[: CHARTS[detail]]
    parts = tuple(_part(p, detail) for p in summary.parts)
    return replace(
        summary,
        parts=parts,
        charts=charts,
        charts_left_out=len(summary.charts) - len(charts),
        words_left_out=any(p != q for p, q in zip(_long(summary), _long(replace(summary, parts=parts)), strict=True)),
    )


def fitted(summary: VisitSummary, at_least: int = 0) -> VisitSummary:
    """The summary with as much detail as two pages hold, by an estimate on the safe side."""
    for detail in range(at_least, DETAILS):
        found = shortened(summary, detail)
        if lines_of(found) <= ROOM:
            return found
    return shortened(summary, DETAILS - 1)


def lines_of(summary: VisitSummary) -> float:
    """About how many lines it takes, on the large side."""
    head = 5 + _high(summary.concern.line, WIDE) + sum(_high(x, WIDE) for x in summary.concern.because)
    charts = CHART_LINES if summary.charts else 0
    return head + charts + sum(_part_lines(p) for p in summary.parts) + 3


def _part_lines(part: Part) -> float:
    return 0.7 + sum(_high(f"{line.label}: {line.text}" if line.label else line.text, WIDE) + 0.15 for line in part.lines)


def _high(text: str, wide: float) -> int:
    """Lines of a text; a word longer than half a line begins a line of its own."""
    long = [w for w in text.split() if width_of(w, 1.0) > wide / 2]
    rest = max(0.0, width_of(text, 1.0) - sum(width_of(w, 1.0) for w in long))
    return max(1, math.ceil(rest / wide) + sum(math.ceil(width_of(w, 1.06) / wide) for w in long))


def _part(part: Part, detail: int) -> Part:
    if part.kind == "quote":
        return replace(part, lines=tuple(replace(line, items=tuple(cut(x, WORDS[detail]) for x in line.items)) for line in part.lines))
    most = LINES[part.id][detail] if part.id in LINES else len(part.lines)
    items = ITEMS[part.id][detail] if part.id in ITEMS else None
    kept = tuple(_line(line, items, LONGEST[detail]) for line in part.lines[:most])
    return replace(part, lines=kept, left_out=len(part.lines) - len(kept))


def _line(line: Line, most: int | None, longest: int) -> Line:
    items = line.items if most is None else line.items[:most]
    return replace(line, items=tuple(cut(x, longest) for x in items), left_out=len(line.items) - len(items))


def _long(summary: VisitSummary) -> list[str]:
    """What was typed and may be cut: the words, by part and line."""
    return [next((line.items[0] for line in p.lines), "") if p.kind == "quote" else "" for p in summary.parts]


def cut(text: str, most: int) -> str:
    """The beginning of a text, at the end of a word.

    Examples:
        >>> cut("My left calf gives way on the stairs.", 20)
        'My left calf gives …'
    """
    if len(text) <= most:
        return text
    head, _, _ = text[: most - 1].rpartition(" ")
    return f"{head or text[: most - 2]} …"
