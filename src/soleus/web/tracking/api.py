"""JSON: what measurements say."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from numpy.random import default_rng

from soleus.domain.errors import CaseError, Problem
from soleus.interchange.measurements.casefile import find_measure, physique_of, read_measurements
from soleus.reports.trend.as_json import track_json
from soleus.track import track
from soleus.web import api_schemas as schemas
from soleus.web.api_base import SLOW, document, told
from soleus.web.assess.api import checked
from soleus.web.knowledge import knowledge, measures
from soleus.web.tracking.memory import Memory
from soleus.web.tracking.reading import SEED

OWN_KEYS = ("measure", "forecast")
router = Router(tags=["Track"])
_trends: Memory[dict[str, Any]] = Memory(64)


def trend_of(data: Any, today: datetime.date, measure: str = "", forecast: bool = False) -> dict[str, Any]:
    """What `soleus track show --json` writes for this case file.

    Args:
        data: The case file in plain values.
        today: The day of the judgement.
        measure: This one alone; empty: all.
        forecast: Also when values that mean something would be reached.

    Raises:
        CaseError: With every problem in it, or if nothing in it can be judged.
        OutOfRange: If `measure` is none.
    """
    case, problems = checked(data, today, may_be_empty=True)
    found = read_measurements(case.measurements, measures(), today)
    if problems or found.problems:
        raise CaseError([*problems, *found.problems])
    series = found.series()
    if measure:
        id_ = find_measure(measure, measures()).id
        series = tuple(s for s in series if s.measure.id == id_)
    if not series:
        missed = "; ".join(found.not_understood)
        cure = f"Left out: {missed}." if missed else 'Such as {"measure": "heel-rise", "side": "left", "value": 9, "on": "2026-09-01"}.'
        raise CaseError(Problem("measurements", "hold nothing that could be judged.", cure))
    result = track(series, measures(), physique_of(case), today, default_rng(SEED), with_forecast=forecast)
    return track_json(case.id, result, found.recorded, found.not_understood, knowledge().kb.sources, today)


@router.post(
    "/trend",
    summary="Whether it is really getting worse",
    response={200: schemas.Trend, (400, 413, 422, 429): schemas.Problems},
    by_alias=True,
    throttle=[SLOW],
)
def trend_case(request: HttpRequest, body: schemas.TrendWanted) -> HttpResponse:
    """Measurements in; the same document out as `soleus track show --json` writes.

    With `measure` as with `--measure`, with `"forecast": true` as with `--forecast`. Nothing is stored.
    """
    data = told(request)
    today = timezone.localdate()
    measure, forecast = data.get("measure") or "", data.get("forecast", False)
    wrong = [
        Problem(key, what)
        for key, is_wrong, what in (
            ("measure", not isinstance(measure, str), "is not the id or name of a measure."),
            ("forecast", not isinstance(forecast, bool), "is neither true nor false."),
        )
        if is_wrong
    ]
    if wrong:
        raise CaseError(wrong)
    case = {key: value for key, value in data.items() if key not in OWN_KEYS}
    return document(_trends.of(data, today, lambda: trend_of(case, today, measure, forecast)))
