"""The pictures of docs/reference/charts.md, drawn from the values below. A test draws them anew and compares.

.venv/bin/python benchmarks/chart_pictures.py          write docs/images/charts/*.svg and the block of the page
.venv/bin/python benchmarks/chart_pictures.py --png    besides write *.png beside them, to look at
"""

from __future__ import annotations

import math
import sys
from datetime import date, timedelta
from pathlib import Path

from soleus.domain.finding import Side
from soleus.domain.measure import Measure, Point, Series
from soleus.knowledge_store import open_measures
from soleus.reports.charts.build import same_dates, spec_of
from soleus.reports.charts.png import png
from soleus.reports.charts.spec import ChartSpec, Event, EventKind, Threshold
from soleus.reports.charts.svg import multiples, svg
from soleus.reports.charts.terminal import block
from soleus.trends.trend import trend

DOCS = Path(__file__).parent.parent / "docs"
FOLDER, PAGE = DOCS / "images" / "charts", DOCS / "reference" / "charts.md"
HEEL_RISE, MRC = (open_measures()[id_] for id_ in ("heel-rise", "mrc-plantar-flexion"))
FIRST = date(2025, 9, 8)
MEDIAN, SPREAD = 23.0, math.sqrt(math.log1p(0.4**2))
"""Men of 50 to 59: 23 (Hébert-Losier 2017, as remembered); spread as in `soleus knowledge show heel-rise`, coefficient of variation 0.4."""
USUAL = (MEDIAN * math.exp(-1.645 * SPREAD), MEDIAN, MEDIAN * math.exp(1.645 * SPREAD))
NAME = "usual for a man of 54 (5th to 95th percentile)"
FORTNIGHT, MONTH = 14, 30
PUSH_OFF = Threshold(10, "the goal: ten rises for walking uphill")

STABLE = (22, 24, 21, 25, 23, 20, 24, 22, 26, 22, 23, 21, 24, 23, 25, 21, 22, 24, 23, 20, 25, 23, 22, 24, 22, 23, 25, 22, 24, 23)
DECLINING = (24, 25, 22, 23, 21, 19, 22, 18, 19, 15, 17, 14, 13, 14, 11)
OTHER_SIDE = (25, 23, 26, 24, 25, 27, 22, 25, 24, 26, 23, 25, 24, 26, 25)
RECOVERING = (7, 5, 6, 4, 5, 3, 4, 6, 5, 8, 9, 12, 11, 14, 13, 16, 15, 18, 17, 19, 18, 20)
TOO_FEW = (21, 18, 20)
TO_THE_FLOOR: tuple[int | None, ...] = (6, 5, 7, 4, 4, 2, 3, 1, 1, None, 0, None, None)
GRADES = ("4+", "4", "4+", "4", "4-", "4-", "3+", "4-", "3", "3+", "3-", "3-")


def series(values: tuple[int | None, ...], every: int, side: Side, measure: Measure = HEEL_RISE) -> Series:
    """A value every so many days; None was tried and could not be done."""
    days = (FIRST + timedelta(days=i * every) for i in range(len(values)))
    points = (Point(d, None if v is None else float(v), side, unable=v is None) for d, v in zip(days, values, strict=True))
    return Series(measure, side, tuple(points))


def heel_rises(
    values: tuple[int | None, ...], every: int, side: Side = Side.LEFT, *events: Event, thresholds: tuple[Threshold, ...] = ()
) -> ChartSpec:
    """One side, judged."""
    own = series(values, every, side)
    return spec_of(HEEL_RISE, [own], [trend(own)], norms=lambda _: USUAL, norm_name=NAME, events=events, thresholds=thresholds)


def both_sides() -> ChartSpec:
    pair = [series(DECLINING, MONTH, Side.LEFT), series(OTHER_SIDE, MONTH, Side.RIGHT)]
    sprain = Event(FIRST + timedelta(days=150), "ankle sprain on the left", EventKind.INJURY)
    return spec_of(HEEL_RISE, pair, [trend(s) for s in pair], norms=lambda _: USUAL, norm_name=NAME, events=[sprain], thresholds=[PUSH_OFF])


def grades() -> ChartSpec:
    ranks = tuple(int(MRC.rank(g)) for g in GRADES)
    own = series(ranks, MONTH, Side.LEFT, MRC)
    return spec_of(MRC, [own], [trend(own)])


def charts() -> dict[str, ChartSpec]:
    """Each picture's name and what it shows."""
    operation = Event(FIRST + timedelta(days=5 * FORTNIGHT - 4), "operation on a slipped disc", EventKind.OPERATION)
    return {
        "stable": heel_rises(STABLE, FORTNIGHT),
        "declining": heel_rises(DECLINING, MONTH, thresholds=(PUSH_OFF,)),
        "recovering-after-surgery": heel_rises(RECOVERING, FORTNIGHT, Side.RIGHT, operation),
        "too-few": heel_rises(TOO_FEW, FORTNIGHT),
        "both-sides": both_sides(),
        "to-the-floor": heel_rises(TO_THE_FLOOR, MONTH),
        "grades": grades(),
    }


def pictures() -> dict[str, str]:
    """File name to SVG."""
    found = charts()
    drawn = {f"{name}.svg": svg(spec, width=680, prefix=name) for name, spec in found.items()}
    drawn["both-sides-narrow.svg"] = svg(found["both-sides"], width=320, prefix="narrow")
    several = same_dates([found[name] for name in ("both-sides", "grades", "to-the-floor")])
    drawn["small-multiples.svg"] = multiples(several, width=900, prefix="many")
    return drawn


def in_terminal() -> str:
    """The chart of both sides as it stands in the page."""
    return block(charts()["both-sides"]).plain


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        if "--png" in sys.argv:
            (FOLDER / name).with_suffix(".png").write_bytes(png(text))
    before, fence, rest = PAGE.read_text(encoding="utf-8").partition("## In the terminal\n\n```\n")
    PAGE.write_text(before + fence + in_terminal() + "\n```" + rest.partition("\n```")[2], encoding="utf-8")


if __name__ == "__main__":
    main()
