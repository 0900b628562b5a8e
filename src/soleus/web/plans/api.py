"""JSON: the plan of a case."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from soleus.assess import assess
from soleus.domain.errors import CaseError, Problem
from soleus.domain.training_log import TrainingLog
from soleus.interchange.planning import asked_of
from soleus.interchange.training_log import log_of_text
from soleus.plan import plan
from soleus.reports.careplan.as_json import plan_json
from soleus.web import api_schemas as schemas
from soleus.web.api_base import SLOW, document, told, within
from soleus.web.assess.api import read_and_understand
from soleus.web.knowledge import care, knowledge, measures
from soleus.web.tracking.memory import Memory

KEYS = ("case", "preferences", "log")
router = Router(tags=["Plan"])
_plans: Memory[dict[str, Any]] = Memory(64, at_once=1)


def plan_of(data: Any, log: TrainingLog, today: datetime.date) -> dict[str, Any]:
    """What `soleus plan --json` writes for this case file and this log.

    Raises:
        CaseError: With every problem of the case.
        PlanInfeasible: If no week fits.
    """
    compiled, cared = knowledge(), care()
    case, understanding = read_and_understand(data, today)
    asked = asked_of(case, understanding, compiled.kb, cared, today, measures, log)
    if asked.problems:
        raise CaseError(asked.problems)
    assessment = assess(understanding.evidence, compiled.kb, compiled.network)
    return plan_json(case, plan(case, assessment, compiled.kb, cared, asked.told, today), compiled.kb, cared, asked.missed)


@router.post(
    "/plan",
    summary="Treatments to discuss, a week of exercises, aids, prevention, what must bring you back",
    response={200: schemas.Plan, (400, 413, 422, 429): schemas.Problems},
    by_alias=True,
    throttle=[SLOW],
)
def plan_case(request: HttpRequest, body: schemas.PlanWanted) -> HttpResponse:
    """A case in; the same document out as `soleus plan CASE --json` writes, with `--log` if a `log` is sent.

    `preferences` stand instead of those of the case. The first plan of a case takes a second or two. Nothing is stored.
    """
    data = told(request)
    today = timezone.localdate()
    unknown = [Problem(key, "is no key here.", f"Keys here: {', '.join(KEYS)}.") for key in data if key not in KEYS]
    if unknown:
        raise CaseError(unknown)
    return document(_plans.of(data, today, lambda: _made(data, today)))


def _made(data: Mapping[str, Any], today: datetime.date) -> dict[str, Any]:
    case = data.get("case")
    if "preferences" in data and isinstance(case, dict):
        case = {**case, "preferences": data["preferences"]}
    log, faults = _log(data.get("log"), today)
    if not faults:
        with within("case"):
            return plan_of(case, log, today)
    try:
        with within("case"):
            read_and_understand(case, today)
    except CaseError as error:
        faults += error.problems
    raise CaseError(faults)


def _log(data: Any, today: datetime.date) -> tuple[TrainingLog, list[Problem]]:
    if data is None:
        return TrainingLog(), []
    try:
        with within("log"):
            return log_of_text(json.dumps(data, ensure_ascii=False), care().exercises, today), []
    except CaseError as error:
        return TrainingLog(), [*error.problems]
