""" "Since March", "since last Christmas", "since 2019": when it began, as a length that `read_tempo` reads."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable

from soleus.domain.measure import DAYS_PER_YEAR
from soleus.formats.patterns import lazy_pattern
from soleus.interchange.phrases.tempo import read_tempo

_MONTHS = "january february march april may june july august september october november december".split()
_SHORT_MONTHS = {m[:3]: i for i, m in enumerate(_MONTHS, 1)} | {"sept": 9}
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "fall": (9, 3), "winter": (12, 3)}
"""First month and length in months, north of the equator; half a year off in the south, which changes no class beyond its neighbour."""
_FEASTS = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "easter": (4, 10), "halloween": (10, 31)}
"""Month and day; Easter within two weeks."""
_MONTH = "|".join([*_MONTHS, *sorted((m for m in _SHORT_MONTHS if m != "may"), key=len, reverse=True)])
_SINCE = lazy_pattern(
    r"\b(?:(?:ever )?since|(?:it|this|that|these|weakness|problem|trouble|symptoms) (?:all )?(?:started|began|came on)(?: back)?(?: in| at| around| on|(?= last)))"
    r" (?:about |around |roughly |approximately )?"
    r"(?:(?:the )?(?P<part>early|mid|middle of|late|(?:the )?(?:beginning|start|end) of)[\s-]+)?(?:the )?"
    r"(?P<which>last |this )?"
    r"(?:"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?(?P<month>{_MONTH})\b\.?(?: (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d))?"
    r"(?:,? (?:of )?(?P<year>(?:19|20)\d\d|last year)\b)?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)\b"
    rf"|(?P<season>{'|'.join(_SEASONS)})\b(?: (?:of )?(?P<season_year>(?:19|20)\d\d|last year)\b)?"
    rf"|(?P<feast>{'|'.join(_FEASTS)})(?:'s|s)?\b(?: (?:eve|day)\b)?(?: (?P<feast_year>(?:19|20)\d\d)\b)?"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)}|weekend)\b"
    r"|(?P<only_year>(?:19|20)\d\d)\b(?![-/.]\d)"
    r")",
    re.I,
)
_Span = tuple[datetime.date, datetime.date]


def begins(text: str) -> bool:
    """Whether a text names a day, month, season, feast or year since when something has been."""
    return _SINCE.search(text) is not None


def with_length(text: str, today: datetime.date) -> str:
    """The text with how long ago the latest such time is: `since March 2026` as `since March 2026 (8 months)`.

    Left as it is where it tells a length or a sudden onset already, or a time that is not past.

    Args:
        text: Any.
        today: From which is counted back.

    Examples:
        >>> with_length("weak since March", datetime.date(2026, 11, 22))
        'weak since March (8 months)'
    """
    if read_tempo(text).onset is not None:
        return text
    found = [(_middle(span, today), match) for match in _SINCE.finditer(text) if (span := _span(match, today)) is not None]
    if not found:
        return text
    began, match = max(found, key=lambda f: f[0])
    return f"{text[: match.end()]} ({length_words(max((today - began).days, 1))}){text[match.end() :]}"


def length_words(days: int) -> str:
    """How long it has been, as people say it.

    Args:
        days: 0 or more. [days]

    Examples:
        >>> length_words(3), length_words(20), length_words(266), length_words(1200)
        ('3 days', '3 weeks', '9 months', '3 years')
    """
    if days < 14:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 60:
        return f"{round(days / 7)} weeks"
    if days < 2 * DAYS_PER_YEAR:
        return f"{round(days / DAYS_PER_YEAR * 12)} months"
    return f"{round(days / DAYS_PER_YEAR)} years"


def _middle(span: _Span, today: datetime.date) -> datetime.date:
    first, last = span[0], min(span[1], today)
    return first + (last - first) / 2


def _span(match: re.Match[str], today: datetime.date) -> _Span | None:
    """First and last day of the time named; None if it is not past, or no day at all."""
    try:
        span = _named(match, today)
    except ValueError:
        return None
    return span if span is not None and span[0] <= today else None


def _named(match: re.Match[str], today: datetime.date) -> _Span | None:
    g = {k: (v or "").lower() for k, v in match.groupdict().items()}
    which, part = g["which"].strip(), g["part"]
    if g["iso"]:
        year, month, *day = map(int, g["iso"].split("-"))
        return _day(year, month, day[0]) if day else _of_months(year, month, 1)
    if g["month"]:
        number = _SHORT_MONTHS[g["month"][:3]]
        day_text = g["day"] or g["day_after"]
        if day_text:
            return _latest(lambda y: _day(y, number, int(day_text)), g["year"], which, today)
        return _part(_latest(lambda y: _of_months(y, number, 1), g["year"], which, today), part)
    if g["season"]:
        first, length = _SEASONS[g["season"]]
        return _part(_latest(lambda y: _of_months(y, first, length), g["season_year"], which, today), part)
    if g["feast"]:
        month, day_ = _FEASTS[g["feast"]]
        return _latest(lambda y: _day(y, month, day_), g["feast_year"], which, today)
    if g["weekday"]:
        number = _WEEKDAYS.index(g["weekday"]) if g["weekday"] in _WEEKDAYS else 5
        back = (today.weekday() - number) % 7 or (7 if which == "last" else 0)
        began = today - datetime.timedelta(days=back)
        return began, began
    return _part(_of_months(int(g["only_year"]), 1, 12), part)


def _latest(span_in: Callable[[int], _Span], year: str, which: str, today: datetime.date) -> _Span | None:
    """The span in the year told, else the latest one that has begun; "last March", said in March, is a year ago."""
    if year.isdigit():
        return span_in(int(year))
    if year:  # "March last year"
        return span_in(today.year - 1)
    for y in (today.year, today.year - 1, today.year - 2):
        span = span_in(y)
        if span[0] <= today and not (which == "last" and span[0] <= today <= span[1]):
            return span
    return None


def _day(year: int, month: int, day: int) -> _Span:
    found = datetime.date(year, month, day)
    return found, found


def _of_months(year: int, month: int, length: int) -> _Span:
    last = month + length - 1
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return datetime.date(year, month, 1), datetime.date(last_year, last_month, monthrange(last_year, last_month)[1])


def _part(span: _Span | None, part: str) -> _Span | None:
    if span is None or not part:
        return span
    third = (span[1] - span[0]) / 3
    if part.startswith("mid"):
        return span[0] + third, span[1] - third
    return (span[1] - third, span[1]) if part == "late" or "end" in part else (span[0], span[0] + third)
