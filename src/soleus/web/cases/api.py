"""JSON: saved cases. The session of a signed-in browser opens them, and a stranger finds nothing: 404.

Each case and each measurement has a version, its ETag. A change names the version that it is about (`If-Match`), so that nobody
writes over what somebody else changed meanwhile.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from ninja import Router
from ninja.params.functions import Header, Path
from ninja.security import django_auth

from soleus.domain.errors import UsageError
from soleus.domain.training_log import TrainingLog
from soleus.interchange.measurements.casefile import UNABLE, day_of, find_measure, read_measurements
from soleus.reports.trend.as_json import recorded_json
from soleus.web import api_schemas as schemas
from soleus.web.accounts.models import User
from soleus.web.accounts.permissions import user_of
from soleus.web.api_base import SLOW, Refused, document, told, within
from soleus.web.assess.api import assessment_of
from soleus.web.cases import actions
from soleus.web.cases.models import Case
from soleus.web.knowledge import measures
from soleus.web.plans.api import plan_of
from soleus.web.tracking import actions as tracking
from soleus.web.tracking.api import trend_of
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import Place, entries

router = Router(tags=["Cases"])
CODE = Path(..., description="Code of the case.", example="{code}")
NUMBER = Path(..., description="Number of the measurement, from 1.", example=1)
IF_MATCH = Header("", alias="If-Match", description="Version that the change is about.", example="{version}")
MISSING = {(401, 403, 404): schemas.Problems}
CHANGING = {(400, 401, 403, 404, 409, 412, 413, 422, 428): schemas.Problems}


@router.get("/session", summary="Who is signed in, and the token for changes", response={200: schemas.Session})
def session(request: HttpRequest) -> HttpResponse:
    """Sign in with the browser; no other key opens a case."""
    user = request.user if isinstance(request.user, User) else None
    return document({"signed_in": user is not None, "name": user.shown_name if user else "", "form_token": get_token(request)})


@router.get("/cases", summary="Your cases, and those shared with you", auth=django_auth, response={200: schemas.CaseList, **MISSING})
def cases(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    return document({"cases": [_short(c, user) for c in Case.objects.visible_to(user).select_related("owner")]})


@router.post("/cases", summary="Save a new case", auth=django_auth, response={201: schemas.CaseShown, **CHANGING})
def add(request: HttpRequest, body: schemas.CaseWanted) -> HttpResponse:
    user = user_of(request)
    with within("case"):
        made = actions.save_case(by=user, data=_case_file(request), today=timezone.localdate(), title=body.title or "")
    return _answer(_shown(made, user), made, 201)


@router.get("/cases/{code}", summary="One case", auth=django_auth, response={200: schemas.CaseShown, **MISSING})
def case(request: HttpRequest, code: str = CODE) -> HttpResponse:
    found = _visible(request, code)
    return _answer(_shown(found, user_of(request)), found)


@router.put("/cases/{code}", summary="Put another case file in its place", auth=django_auth, response={200: schemas.CaseShown, **CHANGING})
def change(request: HttpRequest, body: schemas.CaseWanted, code: str = CODE, if_match: str = IF_MATCH) -> HttpResponse:
    """Only its owner may. `If-Match` names the version that was read; if the case was changed since, nothing happens: 412."""
    user, data = user_of(request), _case_file(request)
    with transaction.atomic():
        found = _own(request, code, if_match)
        with within("case"):
            saved = actions.save_case(by=user, data=data, today=timezone.localdate(), case=found, title=body.title)
    return _answer(_shown(saved, user), saved)


@router.delete("/cases/{code}", summary="Delete a case with all that hangs on it", auth=django_auth, response={204: None, **CHANGING})
def delete(request: HttpRequest, code: str = CODE, if_match: str = IF_MATCH) -> HttpResponse:
    """Only its owner may. `If-Match` names the version that was read."""
    with transaction.atomic():
        actions.delete_case(by=user_of(request), case=_own(request, code, if_match))
    return HttpResponse(status=204)


@router.get(
    "/cases/{code}/assessment", summary="The assessment of a case", auth=django_auth, by_alias=True,
    response={200: schemas.Assessment, 422: schemas.Problems, **MISSING},
)  # fmt: skip
def assessment(request: HttpRequest, code: str = CODE) -> HttpResponse:
    return document(assessment_of(_visible(request, code).data, timezone.localdate()))


@router.get(
    "/cases/{code}/plan", summary="The plan of a case", auth=django_auth, by_alias=True, throttle=[SLOW],
    response={200: schemas.Plan, (422, 429): schemas.Problems, **MISSING},
)  # fmt: skip
def plan(request: HttpRequest, code: str = CODE) -> HttpResponse:
    """Adapted to the sessions that were logged with it."""
    data, today = _visible(request, code).data, timezone.localdate()
    log = actions.log_of(data, today) if data.get("log") else TrainingLog()
    return document(plan_of(data, log, today))


@router.get(
    "/cases/{code}/trend", summary="What the measurements of a case say", auth=django_auth, by_alias=True, throttle=[SLOW],
    response={200: schemas.Trend, (422, 429): schemas.Problems, **MISSING},
)  # fmt: skip
def trend(request: HttpRequest, code: str = CODE, forecast: bool = False) -> HttpResponse:
    return document(trend_of(_visible(request, code).data, timezone.localdate(), forecast=forecast))


@router.get("/cases/{code}/measurements", summary="What was measured", auth=django_auth, response={200: schemas.MeasurementList, **MISSING})
def measurements(request: HttpRequest, code: str = CODE) -> HttpResponse:
    return document(_measurements(_visible(request, code).data, timezone.localdate()))


@router.post(
    "/cases/{code}/measurements", summary="Add a measurement", auth=django_auth, response={201: schemas.MeasurementShown, **CHANGING}
)
def measure(request: HttpRequest, body: schemas.MeasurementWanted, code: str = CODE) -> HttpResponse:
    """Who has the case shared may measure as well. A value that stands there already on that day is refused: 409."""
    found, today = _visible(request, code), timezone.localdate()
    what = find_measure(body.measure, measures())
    unable = str(body.value).strip().lower() == UNABLE
    given = tracking.Given(
        on=day_of(body.on, today), value="" if unable else str(body.value), unit=body.unit, side=body.side,
        unable=unable, aid=body.aid, by=body.by, note=body.note,
    )  # fmt: skip
    place = Place(code, found, user_of(request), request.draft)  # type: ignore[attr-defined]
    try:
        tracking.record_measurement(place=place, measure=what, given=given, today=today, sure=body.sure)
    except UsageError as error:
        raise Refused(409, error.problems[0].what, error.problems[0].cure, error.problems[0].where) from None
    return document(_measurements(found.data, today)["measurements"][-1], 201)


@router.delete("/cases/{code}/measurements/{number}", summary="Take a measurement out", auth=django_auth, response={204: None, **CHANGING})
def forget(request: HttpRequest, code: str = CODE, number: int = NUMBER, if_match: str = IF_MATCH) -> HttpResponse:
    """Only its owner may. `If-Match` names the version of the measurement that was read."""
    found = _visible(request, code)
    if found.owner_id != user_of(request).pk:
        raise Refused(403, "Only its owner may do this.")
    held = entries(found.data, tracking.PART)
    if not 1 <= number <= len(held):
        raise Refused(404, "There is no such measurement.", f"/cases/{code}/measurements names all of them.")
    _match(if_match, tracking.version_of(held[number - 1]))
    place = Place(code, found, user_of(request), request.draft)  # type: ignore[attr-defined]
    try:
        tracking.remove_measurement(place=place, number=number, version=if_match.strip('" '), today=timezone.localdate())
    except UsageError as error:
        raise Refused(412, error.problems[0].what, "Read it again.") from None
    return HttpResponse(status=204)


def _case_file(request: HttpRequest) -> dict[str, Any]:
    data = told(request).get("case")
    if not isinstance(data, dict):
        raise Refused(422, "is not a case file.", "A case file is an object; see POST /assess.", "case")
    return data


def _visible(request: HttpRequest, code: str) -> Case:
    """A case that this person may see; the look of somebody else is written down."""
    user = user_of(request)
    found = Case.objects.visible_to(user).select_related("owner").filter(code=_code(code)).first()
    if found is None:
        raise Refused(404, "There is no such case.")
    actions.note_look(case=found, user=user)
    return found


def _own(request: HttpRequest, code: str, if_match: str) -> Case:
    """The person's own case in the version that they read, locked until the change is done."""
    user = user_of(request)
    found = Case.objects.visible_to(user).select_for_update().filter(code=_code(code)).first()
    if found is None:
        raise Refused(404, "There is no such case.")
    if found.owner_id != user.pk:
        raise Refused(403, "Only its owner may do this.")
    _match(if_match, _version(found))
    return found


def _code(text: str) -> str:
    """A code as the database can look for it: no case has another."""
    return text if text.isascii() and text.isalnum() else ""


def _match(if_match: str, version: str) -> None:
    if not if_match.strip():
        raise Refused(428, "The change does not say which version it is about.", "Send the version that you read as the header If-Match.")
    if if_match.strip('" ') != version:
        raise Refused(412, "It was changed meanwhile.", "Read it again, and change the new version.")


def _version(case: Case) -> str:
    return digest([case.title, case.data])


def _short(case: Case, user: User) -> dict[str, Any]:
    return {
        "code": case.code,
        "title": case.shown_title,
        "is_own": case.owner_id == user.pk,
        "created": case.created.isoformat(),
        "updated": case.updated.isoformat(),
        "version": _version(case),
    }


def _shown(case: Case, user: User) -> dict[str, Any]:
    return {**_short(case, user), "case": case.data}


def _answer(data: dict[str, Any], case: Case, status: int = 200) -> HttpResponse:
    response = document(data, status)
    response["ETag"] = f'"{_version(case)}"'
    return response


def _measurements(data: dict[str, Any], today: datetime.date) -> dict[str, Any]:
    held = json.loads(json.dumps(entries(data, tracking.PART), default=str))
    found = read_measurements(held, measures(), today)
    shown = [{**recorded_json(r), "version": tracking.version_of(held[r.number - 1])} for r in found.recorded]
    return {"measurements": shown, "not_understood": [*found.not_understood, *(p.what for p in found.problems)]}
