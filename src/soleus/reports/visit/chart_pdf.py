"""Small charts in the PDF: drawn as lines and letters, by the same frame, signs and colours as on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from soleus.domain.finding import Side
from soleus.reports.charts.axes import date_ticks
from soleus.reports.charts.frame import Frame, apart
from soleus.reports.charts.ink import GREY, GRID, INK, PAPER, Dot
from soleus.reports.charts.spec import ChartSpec, Level, Line
from soleus.reports.charts.symbols import LOOKS
from soleus.reports.charts.words import SIDES
from soleus.reports.visit.fonts import BOLD, REGULAR

SIZE = 6.4
"""Of the letters. [pt]"""
GAP = 10.0
MOST_IN_A_ROW = 3
WIDEST = 230.0
"""One chart alone need not fill the page. [pt]"""
MARK = 2.0


def charts_in_a_row(specs: Sequence[ChartSpec], wide: float, high: float) -> Any:
    """Up to three charts side by side, as one flowable."""
    from reportlab.platypus import Flowable

    shown = specs[:MOST_IN_A_ROW]
    each = min((wide - GAP * (len(shown) - 1)) / len(shown), WIDEST)

    class Row(Flowable):  # type: ignore[misc]
        def wrap(self, width: float, height: float) -> tuple[float, float]:
            return wide, high

        def draw(self) -> None:
            for i, spec in enumerate(shown):
                self.canv.saveState()
                self.canv.translate(i * (each + GAP), 0)
                _draw(self.canv, spec, each, high)
                self.canv.restoreState()

    return Row()


def _draw(canvas: Any, spec: ChartSpec, wide: float, high: float) -> None:
    """One chart; here y grows upwards, in a frame downwards."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    assert spec.dates is not None
    labels = [label for _, label in spec.values.ticks]
    left = 4 + max((stringWidth(x, REGULAR, SIZE) for x in labels), default=0)
    room = 4 + (max(stringWidth(SIDES[line.side].split()[0], BOLD, SIZE) for line in spec.lines) if spec.sided else 0)
    unit = "grades" if spec.grades else f"in {spec.unit}"
    _words(canvas, 0, high - 8, _fit(spec.title, BOLD, 7.2, wide), 7.2, bold=True)
    _words(canvas, 0, high - 16, _fit(unit, REGULAR, SIZE, wide), SIZE, GREY)
    frame = Frame(left, 22, wide - left - room, high - 22 - 18, spec.dates, spec.values)

    def at(dot: Dot) -> Dot:
        return dot[0], high - dot[1]

    _axes(canvas, spec, frame, at)
    for own in spec.lines:
        _band(canvas, own, frame, at)
    for own in spec.lines:
        _course(canvas, spec, own, frame, at)
    if spec.sided:
        ends = [own for own in spec.lines if own.marks]
        wanted = [frame.y(own.levels[-1].value if own.levels else own.marks[-1].value) for own in ends]
        for own, y in zip(ends, apart(wanted, SIZE, frame.top, frame.bottom), strict=True):
            _words(canvas, frame.right + 3, high - y - SIZE * 0.35, SIDES[own.side].split()[0], SIZE, LOOKS[own.side].colour, bold=True)


def _axes(canvas: Any, spec: ChartSpec, frame: Frame, at: Any) -> None:
    from reportlab.lib.colors import HexColor

    every = max(1, -(-int(SIZE * 1.3 * len(spec.values.ticks)) // max(int(frame.height), 1)))
    canvas.setLineWidth(0.4)
    if spec.norm:
        upper = [frame.at(n.on, n.high) for n in spec.norm]
        lower = [frame.at(n.on, n.low) for n in spec.norm]
        _area(canvas, [at(d) for d in upper + lower[::-1]], "#eeeeee", 1.0)
    for value, label in spec.values.ticks[::every]:
        x, y = at((frame.left, frame.y(value)))
        canvas.setStrokeColor(HexColor(GRID))
        canvas.line(x, y, frame.right, y)
        _words(canvas, x - 2, y - SIZE * 0.35, label, SIZE, GREY, right=True)
    canvas.setStrokeColor(HexColor(GREY))
    canvas.lines(
        [
            (*at((frame.left, frame.top)), *at((frame.left, frame.bottom))),
            (*at((frame.left, frame.bottom)), *at((frame.right, frame.bottom))),
        ]
    )
    for tick in date_ticks(frame.dates.first, frame.dates.last, max(2, int(frame.width / 42))):
        x, y = at((frame.x(tick.on), frame.bottom))
        canvas.line(x, y, x, y - 2)
        _words(canvas, x, y - 2 - SIZE, f"{tick.label} {tick.year}".strip(), SIZE, GREY, middle=True)


def _band(canvas: Any, own: Line, frame: Frame, at: Any) -> None:
    """Where the true level lies, in 8 of 10."""
    if len(own.levels) > 1:
        upper = [frame.at(e.on, e.high80) for e in own.levels]
        lower = [frame.at(e.on, e.low80) for e in own.levels]
        _area(canvas, [at(d) for d in upper + lower[::-1]], LOOKS[own.side].colour, 0.16)


def _course(canvas: Any, spec: ChartSpec, own: Line, frame: Frame, at: Any) -> None:
    from reportlab.lib.colors import HexColor

    look = LOOKS[own.side]
    canvas.setStrokeColor(HexColor(look.colour))
    canvas.setLineWidth(1.1)
    if len(own.levels) > 1:
        path = canvas.beginPath()
        for i, dot in enumerate(at(d) for d in _steps(own.levels, frame, bool(spec.grades))):
            (path.lineTo if i else path.moveTo)(*dot)
        canvas.drawPath(path)
    canvas.setLineWidth(0.8)
    canvas.setFillColor(HexColor(PAPER if look.hollow else look.colour))
    for m in own.marks:
        x, y = at(frame.at(m.on, m.value))
        if m.unable:
            canvas.lines([(x - MARK, y - MARK, x + MARK, y + MARK), (x - MARK, y + MARK, x + MARK, y - MARK)])
        elif look.shape == "square" or own.side is Side.RIGHT:
            canvas.rect(x - MARK * 0.9, y - MARK * 0.9, MARK * 1.8, MARK * 1.8, fill=1)
        else:
            canvas.circle(x, y, MARK, fill=1)


def _steps(levels: Sequence[Level], frame: Frame, grades: bool) -> list[Dot]:
    """The line of levels; of grades in steps, for they have no distances."""
    if not grades:
        return [frame.at(e.on, e.value) for e in levels]
    dots: list[Dot] = []
    for e in levels:
        if dots:
            dots.append((frame.x(e.on), dots[-1][1]))
        dots.append(frame.at(e.on, float(round(e.value))))
    return dots


def _area(canvas: Any, dots: Sequence[Dot], colour: str, opacity: float) -> None:
    from reportlab.lib.colors import HexColor

    path = canvas.beginPath()
    path.moveTo(*dots[0])
    for dot in dots[1:]:
        path.lineTo(*dot)
    path.close()
    canvas.saveState()
    canvas.setFillColor(HexColor(colour))
    canvas.setFillAlpha(opacity)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _words(
    canvas: Any,
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str = INK,
    *,
    bold: bool = False,
    right: bool = False,
    middle: bool = False,
) -> None:
    from reportlab.lib.colors import HexColor

    canvas.saveState()
    canvas.setFont(BOLD if bold else REGULAR, size)
    canvas.setFillColor(HexColor(colour))
    (canvas.drawRightString if right else canvas.drawCentredString if middle else canvas.drawString)(x, y, text)
    canvas.restoreState()


def _fit(text: str, font: str, size: float, wide: float) -> str:
    """As much as fits on a line."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if stringWidth(text, font, size) <= wide:
        return text
    while text and stringWidth(f"{text}…", font, size) > wide:
        text = text[:-1]
    return f"{text.rstrip()}…"
