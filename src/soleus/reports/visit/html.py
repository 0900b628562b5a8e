"""The summary as HTML: no inline style, no script; everything that somebody typed is escaped."""

from __future__ import annotations

from html import escape
from pathlib import Path

from soleus.reports.charts.axes import day_words
from soleus.reports.charts.svg import svg
from soleus.reports.visit.summary import Line, Part, VisitSummary
from soleus.reports.words import ADVICE

CHART_WIDTH = 320
STYLE = Path(__file__).with_name("visit.css")
BY_HAND = "Name and date of birth, if you like, by hand:"


def concern_html(summary: VisitSummary, heading: int = 1) -> str:
    """The first line, and why it is so urgent."""
    c = summary.concern
    first = f'<h{heading} class="first"><strong>{escape(c.word)}:</strong> {escape(c.sentence)}</h{heading}>'
    return first + "".join(f"<p>{escape(x)}</p>" for x in c.because)


def parts_html(summary: VisitSummary, heading: int = 2) -> str:
    """Everything below the first line."""
    head = (
        f'<p class="who">{escape(summary.who)} <span class="day">{day_words(summary.on)}</span></p>'
        f'<p class="by-hand"><span>{BY_HAND}</span><span class="rule" aria-hidden="true"></span></p>'
    )
    parts = "".join(_part(p, summary, heading) for p in summary.parts)
    rest = f'<p class="rest">{escape(summary.rest)}</p>' if summary.rest else ""
    return f'{head}{parts}<div class="end">{rest}<p>{escape(ADVICE)}</p></div>'


def _part(part: Part, summary: VisitSummary, heading: int) -> str:
    told = (
        "".join(f"<p>{_line(line)}</p>" for line in part.lines)
        if part.kind == "text"
        else "".join(f"<blockquote>“{escape(line.items[0])}”</blockquote>" for line in part.lines)
        if part.kind == "quote"
        else f'<ul class="{part.kind}">{"".join(f"<li>{_line(line)}</li>" for line in part.lines)}</ul>'
    )
    pictures = ""
    if part.id == "course" and summary.charts:
        drawn = "".join(
            f"<li>{svg(spec, width=CHART_WIDTH, prefix=f'visit-{i}', key=False)}</li>" for i, spec in enumerate(summary.charts, 1)
        )
        pictures = f'<ul class="charts">{drawn}</ul>'
    title = f'<h{heading} id="visit-{part.id}">{escape(part.title)}</h{heading}>'
    return f'<section class="part" aria-labelledby="visit-{part.id}">{title}<div>{told}{pictures}</div></section>'


def _line(line: Line) -> str:
    label = f"<strong>{escape(line.label)}:</strong> " if line.label else ""
    return f"{label}{escape(line.text)}" if line.items else label.replace(":</strong>", "</strong>")


def page_html(summary: VisitSummary) -> str:
    """A page of its own, with its style in it: for a file."""
    css = STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Summary for the doctor</title>\n'
        f'<style>\n{css}</style>\n</head>\n<body>\n<main class="visit">\n'
        f'<div class="concern {summary.concern.level}"><div>{concern_html(summary)}</div></div>\n'
        f"{parts_html(summary)}\n</main>\n</body>\n</html>\n"
    )
