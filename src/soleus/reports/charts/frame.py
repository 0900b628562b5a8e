"""Where a day and a value stand in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from soleus.reports.charts.ink import Dot
from soleus.reports.charts.spec import DateAxis, ValueAxis


@dataclass(frozen=True)
class Frame:
    """The rectangle of the plot. [px]"""

    left: float
    top: float
    width: float
    height: float
    dates: DateAxis
    values: ValueAxis

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, day: date) -> float:
        """Days are equally long, whatever the clocks do. [px]

        Examples:
            >>> frame = Frame(40, 20, 300, 200, DateAxis(date(2026, 3, 1), date(2026, 3, 31)), ValueAxis(0, 40, ()))
            >>> frame.x(date(2026, 3, 11)), frame.y(10)
            (140.0, 170.0)
        """
        return self.left + self.width * (day - self.dates.first).days / self.dates.days

    def y(self, value: float) -> float:
        """Larger values stand higher; what is outside stands at the edge. [px]"""
        share = (value - self.values.low) / (self.values.high - self.values.low)
        return self.top + self.height * (1 - min(max(share, 0.0), 1.0))

    def at(self, day: date, value: float) -> Dot:
        return self.x(day), self.y(value)


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones with at least some distance between them, for labels. In the order given.

    Examples:
        >>> apart([50, 52, 90], 10, 0, 100)
        [46.0, 56.0, 90]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    runs: list[list[int]] = []
    for i in order:
        runs.append([i])
        while len(runs) > 1 and _end(runs[-2], wanted, least) + least > _start(runs[-1], wanted, least):
            runs[-2:] = [runs[-2] + runs[-1]]
    places = [0.0] * len(wanted)
    for run in runs:
        start = min(max(_start(run, wanted, least), low), max(high - least * (len(run) - 1), low))
        for k, i in enumerate(run):
            places[i] = start + k * least if len(run) > 1 else wanted[i]
    return places


def _start(run: list[int], wanted: Sequence[float], least: float) -> float:
    return sum(wanted[i] for i in run) / len(run) - least * (len(run) - 1) / 2


def _end(run: list[int], wanted: Sequence[float], least: float) -> float:
    return _start(run, wanted, least) + least * (len(run) - 1)
