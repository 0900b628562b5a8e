"""The summary as Markdown."""

from __future__ import annotations

import re

from soleus.reports.charts.axes import day_words
from soleus.reports.visit.summary import Line, Part, VisitSummary
from soleus.reports.words import ADVICE

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")


def page_markdown(summary: VisitSummary) -> str:
    """The whole summary; charts are told in words."""
    c = summary.concern
    lines = [
        f"# {c.word}: {_plain(c.sentence)}",
        "",
        *(f"> {_plain(x)}" for x in c.because),
        "",
        f"{summary.who}. {day_words(summary.on)}.",
    ]
    for part in summary.parts:
        lines += ["", f"## {part.title}", "", *_part(part)]
    if summary.rest:
        lines += ["", _plain(summary.rest)]
    return "\n".join([*lines, "", ADVICE]) + "\n"


def _part(part: Part) -> list[str]:
    if part.kind == "quote":
        return [f"> “{_plain(line.items[0])}”" for line in part.lines]
    if part.kind == "text":
        return [x for line in part.lines for x in (_line(line), "")][:-1]
    box = "- [ ] " if part.kind == "ask" else "- "
    return [f"{box}{_line(line)}" for line in part.lines]


def _line(line: Line) -> str:
    if not line.items:
        return f"**{_plain(line.label)}**"
    return f"**{_plain(line.label)}:** {_plain(line.text)}" if line.label else _plain(line.text)


def _plain(text: str) -> str:
    """Nothing that somebody typed becomes a sign of Markdown."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
