"""What a chart of one measure shows, before anybody has decided how: the same for a file, a page and a terminal.

Every value is in the unit of the measure; grades are ranks, 0 for the worst. Nothing here knows of pixels or colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soleus.domain.finding import Side
from soleus.domain.measure import Better


class Beyond(StrEnum):
    """A value at the end of what the measure can show means this or further on."""

    NO = "no"
    WORSE = "worse"
    BETTER = "better"


class EventKind(StrEnum):
    OPERATION = "operation"
    INJURY = "injury"
    RELAPSE = "relapse"
    MEDICINE = "medicine started"
    OTHER = "event"


@dataclass(frozen=True)
class Mark:
    """One value, or the middle of several that lie close together in time."""

    on: date
    value: float
    low: float
    high: float
    """Ends of the bar: the error of one measurement (95 %), or for several values the lowest and the highest."""
    unable: bool = False
    """Tried and could not be done; stands at the floor."""
    beyond: Beyond = Beyond.NO
    values: int = 1


@dataclass(frozen=True)
class Level:
    """The likely true level on one day."""

    on: date
    value: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Turning:
    """A day on which the course changed, probably."""

    on: date
    earliest: date
    latest: date
    """Ends of the 95 % interval."""
    probability: float
    text: str


@dataclass(frozen=True)
class Line:
    """What belongs to one side."""

    side: Side
    marks: tuple[Mark, ...]
    """In order of time."""
    measured: int
    """How many values the marks stand for."""
    first: str
    last: str
    lowest: str
    highest: str
    """Told as measured; empty if nothing but failed attempts was recorded."""
    levels: tuple[Level, ...] = ()
    """Over the days of the measurements; empty where nothing can be said yet."""
    forecast: tuple[Level, ...] = ()
    """From the last measurement on; its first level is the last one of `levels`."""
    turnings: tuple[Turning, ...] = ()
    short: str = ""
    """The judgement in a few words."""
    plain: str = ""
    """The judgement in a sentence."""


@dataclass(frozen=True)
class Norm:
    """What is usual at the age that the person has on a day."""

    on: date
    low: float
    expected: float
    high: float


@dataclass(frozen=True)
class Event:
    """Something that happened and may explain a change."""

    on: date
    text: str
    kind: EventKind = EventKind.OTHER


@dataclass(frozen=True)
class Threshold:
    """A value that means something: chair rise without hands, 0.8 m/s, one heel rise. [unit]"""

    value: float
    name: str


@dataclass(frozen=True)
class ValueAxis:
    """From the lowest to the highest value shown."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class DateAxis:
    """From the first to the last day shown."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days


@dataclass(frozen=True)
class ChartSpec:
    """One chart: one measure, one side or both."""

    title: str
    unit: str
    better: Better
    values: ValueAxis
    dates: DateAxis | None
    """None: nothing was measured, and nothing else has a date."""
    lines: tuple[Line, ...]
    grades: tuple[str, ...] = ()
    """Names of the ranks of an ordinal measure, from worst to best."""
    norm: tuple[Norm, ...] = ()
    norm_name: str = ""
    events: tuple[Event, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    outside: tuple[str, ...] = ()
    """What is told in words only, as the picture would shrink to nothing round it."""
    several: bool = False
    """Marks stand for several values each, and bars for their range."""
    plain: str = ""
    """What it comes to, for everybody."""
    text: str = ""
    """All of it in words, for those who cannot see it."""

    @property
    def sided(self) -> bool:
        """More than one side, so that each must be named."""
        return len(self.lines) > 1

    @property
    def shows_errors(self) -> bool:
        return any(m.high > m.low for line in self.lines for m in line.marks)
