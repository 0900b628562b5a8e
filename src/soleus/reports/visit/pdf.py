"""The summary as PDF, by reportlab (extra `web`): one or two A4 pages, real text, fonts embedded."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from soleus.domain.errors import Problem, UsageError
from soleus.reports.charts.axes import day_words
from soleus.reports.visit.fonts import BOLD, ITALIC, REGULAR, known, marked_up
from soleus.reports.visit.html import BY_HAND
from soleus.reports.visit.shorten import DETAILS, fitted
from soleus.reports.visit.summary import Line, Part, VisitSummary
from soleus.reports.words import ADVICE

MOST_PAGES = 2
SIDE_MM, TOP_MM, BOTTOM_MM = 17.0, 14.0, 15.0
HEAD_MM = 31.0
"""Width of the headings. [mm]"""
CHART_MM = 40.0
"""Height of a chart. [mm]"""
LINE, LINE_CLOSER = 11.0, 10.1
"""From one line to the next. [pt]"""
FEW_LINES_MM = 30.0
"""What is less on a second page is fetched to the first one if it can be. [mm]"""
TONES = {"emergency": "#a4161a", "same_day": "#a14000", "within_2_weeks": "#735600", "routine": "#1b5aa0", "self_care": "#28683a"}
SOFT = {"emergency": "#fdecec", "same_day": "#fdf0e3", "within_2_weeks": "#fbf4d9", "routine": "#e8f1fb", "self_care": "#e8f4ea"}
INK, GREY, RULE = "#18282d", "#4b5c62", "#c9d3d1"
KEY = "Grey area: usual for the age, where it is known. Tinted: where the true level lies, in 8 of 10 cases."
TITLE = "Summary for the doctor"


def summary_pdf(summary: VisitSummary) -> bytes:
    """The pages.

    Raises:
        UsageError: If reportlab is not installed.
    """
    return summary_pages(summary)[0]


def summary_pages(summary: VisitSummary) -> tuple[bytes, int]:
    """The pages, and how many there are: two at most, if need be with less detail.

    Raises:
        UsageError: If reportlab is not installed.
    """
    if find_spec("reportlab") is None:
        raise UsageError(Problem("", "A PDF needs reportlab.", "Install it with: pip install 'soleus[web]'"))
    for detail in range(DETAILS):
        data, pages, last = _built(fitted(summary, at_least=detail))
        if pages <= MOST_PAGES:
            break
    if pages > 1 and last < FEW_LINES_MM:  # a page for some lines looks like a slip: set it closer
        closer, fewer, _ = _built(fitted(summary, at_least=detail), LINE_CLOSER)
        if fewer < pages:
            return closer, fewer
    return data, pages


def _built(summary: VisitSummary, line: float = LINE) -> tuple[bytes, int, float]:
    """The pages, how many there are, and how much stands on the last one. [mm]"""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    known()
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=SIDE_MM * mm,
        rightMargin=SIDE_MM * mm,
        topMargin=TOP_MM * mm,
        bottomMargin=BOTTOM_MM * mm,
        title=TITLE,
        author="Soleus",
        subject="Weakness at the back of a leg: what was told, found and considered",
        creator="Soleus",
        lang="en",
        displayDocTitle=True,
    )
    wide = A4[0] - 2 * SIDE_MM * mm - 12  # reportlab's frames keep 6 points of their own on each side
    document.build(_story(summary, wide, _styles(line)), canvasmaker=_numbered(summary))
    last = A4[1] - TOP_MM * mm - document.frame._y
    return target.getvalue(), document.page, last / mm


def _numbered(summary: VisitSummary) -> type[Any]:
    """A canvas that writes "page 1 of 2" when it knows how many there are."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._states: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 (reportlab's name)
            self._states.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, state in enumerate(self._states, 1):
                self.__dict__.update(state)
                self.setFont(REGULAR, 7)
                self.setFillColor(HexColor(GREY))
                y = 8 * mm
                self.drawString(SIDE_MM * mm, y, f"{TITLE} · made with Soleus on {day_words(summary.on)}")
                self.drawRightString(A4[0] - SIDE_MM * mm, y, f"page {number} of {len(self._states)}")
                super().showPage()
            super().save()

    return Numbered


def _styles(line: float) -> dict[str, Any]:
    """Looks of the text; `line` is from one line to the next. [pt]"""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    text = ParagraphStyle("text", fontName=REGULAR, fontSize=8.3, leading=line, textColor=HexColor(INK), splitLongWords=1)
    return {
        "text": text,
        "first": ParagraphStyle("first", text, fontSize=11.2, leading=14.5),
        "because": ParagraphStyle("because", text, leading=11.5, spaceBefore=2),
        "small": ParagraphStyle("small", text, fontSize=7.2, leading=9.6, textColor=HexColor(GREY)),
        "head": ParagraphStyle("head", text, fontName=BOLD, textColor=HexColor("#0b5d66")),
        "quote": ParagraphStyle("quote", text, fontName=ITALIC),
        "list": ParagraphStyle("list", text, leftIndent=8, bulletIndent=0),
        "ask": ParagraphStyle("ask", text, leftIndent=13),
    }


def _story(summary: VisitSummary, wide: float, styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import Paragraph, Spacer

    end = [Paragraph(marked_up(summary.rest), styles["small"])] if summary.rest else []
    return [
        _concern(summary, wide, styles),
        Spacer(1, 5),
        _who(summary, wide, styles),
        Spacer(1, 4),
        _table(summary, wide, styles),
        Spacer(1, 6),
        *end,
        Paragraph(marked_up(ADVICE), styles["small"]),
    ]


def _concern(summary: VisitSummary, wide: float, styles: dict[str, Any]) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    c = summary.concern
    tone = TONES[c.level]
    first = Paragraph(f'<font color="{tone}"><b>{marked_up(c.word)}:</b></font> <b>{marked_up(c.sentence)}</b>', styles["first"])
    because = [Paragraph(marked_up(x), styles["because"]) for x in c.because]
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(SOFT[c.level])),
        ("LINEBEFORE", (0, 0), (0, -1), 5, HexColor(tone), "butt"),
        ("LEFTPADDING", (0, 0), (-1, -1), 11),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    return Table([[[first, *because]]], colWidths=[wide], style=look)


def _who(summary: VisitSummary, wide: float, styles: dict[str, Any]) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    row = [Paragraph(f"<b>{marked_up(summary.who)}</b>", styles["text"]), Paragraph(BY_HAND, styles["small"]), ""]
    look = [("LINEBELOW", (2, 0), (2, 0), 0.6, HexColor(GREY)), ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LEFTPADDING", (0, 0), (0, 0), 0)]
    return Table([row], colWidths=[wide * 0.24, wide * 0.36, wide * 0.4], style=look)


def _table(summary: VisitSummary, wide: float, styles: dict[str, Any]) -> Any:
    """Headings on the left, what belongs to them on the right; each line a row, so that a page may end between any two."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, Table

    right = wide - HEAD_MM * mm
    rows: list[list[Any]] = []
    look: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.2),
    ]
    for part in summary.parts:
        start = len(rows)
        look += [("LINEABOVE", (0, start), (-1, start), 0.6, HexColor(RULE)), ("TOPPADDING", (0, start), (-1, start), 4)]
        for i, cell in enumerate(_cells(part, summary, right, styles)):
            rows.append([Paragraph(marked_up(part.title), styles["head"]) if i == 0 else "", cell])
        look += [("BOTTOMPADDING", (0, len(rows) - 1), (-1, len(rows) - 1), 4), ("NOSPLIT", (0, start), (1, min(start + 1, len(rows) - 1)))]
    return Table(rows, colWidths=[HEAD_MM * mm, right], style=look, splitInRow=1)


def _cells(part: Part, summary: VisitSummary, wide: float, styles: dict[str, Any]) -> Sequence[Any]:
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph

    from soleus.reports.visit.chart_pdf import charts_in_a_row

    if part.kind == "quote":
        return [Paragraph(f"“{marked_up(line.items[0])}”", styles["quote"]) for line in part.lines]
    cells = [Paragraph(_text(line), styles[part.kind], bulletText="•" if part.kind == "list" else None) for line in part.lines]
    if part.kind == "ask":
        cells = [_boxed(cell, wide) for cell in cells]
    if part.id == "course" and summary.charts:
        cells.append(charts_in_a_row(summary.charts, wide - 4, CHART_MM * mm))
        cells.append(Paragraph(KEY, styles["small"]))
    return cells


def _boxed(paragraph: Any, wide: float) -> Any:
    """A question with a box to tick."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable

    class Boxed(Flowable):  # type: ignore[misc]
        def wrap(self, width: float, height: float) -> tuple[float, float]:
            self.high = paragraph.wrap(width, height)[1]
            return width, self.high

        def draw(self) -> None:
            self.canv.setStrokeColor(HexColor(GREY))
            self.canv.setLineWidth(0.7)
            self.canv.rect(0.5, self.high - 8.7, 6.4, 6.4)
            paragraph.drawOn(self.canv, 0, 0)

    return Boxed()


def _text(line: Line) -> str:
    label = f"<b>{marked_up(line.label)}{':' if line.items else ''}</b> " if line.label else ""
    return f"{label}{marked_up(line.text)}" if line.items else label
