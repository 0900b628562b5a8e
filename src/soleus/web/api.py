"""The JSON API under /api/v1; OpenAPI at /api/v1/openapi.json, the same to read at /api/v1/. Each app adds a router of its own, here.

What only computes is open to all and stores nothing. What belongs to a person takes `auth=django_auth`: the session of a
logged-in browser, with the form token on every change; no other key opens it.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from soleus import __version__
from soleus.domain.errors import Problem, SoleusError
from soleus.web.api_base import JsonBody, Refused, problems, refusal
from soleus.web.assess.api import assess_router, interview_router
from soleus.web.cases.api import router as cases_router
from soleus.web.library.api import router as knowledge_router
from soleus.web.plans.api import router as plan_router
from soleus.web.tracking.api import router as trend_router

DESCRIPTION = """Weakness at the back of a leg: how soon to be seen, where the lesion may lie, what it may be, what to do.
It advises; it does not diagnose.

What only computes needs no account and stores nothing. Saved cases are opened by the session of a signed-in browser; every
change takes the token of /session in the header X-CSRFToken. Bodies are JSON in UTF-8 of at most 1 MB. Whatever is wrong comes
back as `{"problems": [{"where", "what", "cure", "line"}]}`, all of it at once."""
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
logger = logging.getLogger("soleus.web.api")
api = NinjaAPI(title="Soleus", version="1", description=DESCRIPTION, docs_url=None, parser=JsonBody())


@api.exception_handler(SoleusError)
def _problems(request: HttpRequest, error: SoleusError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [Problem(_place(e["loc"]), "is missing." if e["type"] == "missing" else _sentence(e["msg"])) for e in error.errors]
    return refusal(request, Refused.of(422, found))


def _sentence(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}."


def _place(path: tuple[Any, ...]) -> str:
    """`("body", "body", "answers", 0, "kind")` as `answers[0].kind`."""
    text = ""
    for part in path[2:] if path[0] == "body" else path[1:]:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, SoleusError):  # the body could not be read
        return refusal(request, error.__cause__)
    words = _WORDS.get(error.status_code, (error.message, ""))
    return problems([Problem("", *words)], error.status_code)


_WORDS = {
    401: ("Nobody is signed in.", "Sign in with the browser; its session opens the cases."),
    403: ("The form token is missing or wrong.", "Send the `form_token` of /session as the header X-CSRFToken."),
    404: ("There is nothing at this address.", "/api/v1/ names all of them."),
    413: ("The body is larger than 1 MB.", "A case is a page of text: is this the right one?"),
    429: ("This was asked too often from this address.", "Wait a minute, and ask again."),
    500: ("Something failed on the server.", "It was written down, without what you sent. Try again later."),
}


@api.exception_handler(AuthenticationError)
@api.exception_handler(Throttled)
def _with_status(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems([Problem("", *_WORDS[error.status_code])], error.status_code)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems([Problem("", *_WORDS[404])], 404)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problems([Problem("", "This is not yours to do.")], 403)


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems([Problem("", *_WORDS[413])], 413)


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("request of the API failed", exc_info=error, extra={"request": request})
    return problems([Problem("", *_WORDS[500])], 500)


@api.get("/status", summary="Is the server there, and which version?", tags=["Server"])
def status(request: HttpRequest) -> dict[str, str]:
    return {"soleus": __version__}


@api.get("/", include_in_schema=False, url_name="read")
def read(request: HttpRequest) -> HttpResponse:
    """Every operation, to read."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation["tags"][0], []).append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "text": _paragraphs(operation.get("description", "")),
                    "signed_in": "security" in operation,
                    "parameters": operation["parameters"],
                    "examples": [json.dumps(e, indent=2, ensure_ascii=False) for e in examples(operation, schema)],
                    "statuses": ", ".join(str(s) for s in operation["responses"]),
                }
            )
    return render(request, "api.html", {"groups": groups, "text": _paragraphs(DESCRIPTION)})


def _paragraphs(text: str) -> list[list[tuple[str, bool]]]:
    """Each paragraph in parts, with whether they are code: what stands between backticks."""
    whole = (" ".join(p.split()) for p in text.split("\n\n") if p.strip())
    return [[(part, i % 2 == 1) for i, part in enumerate(p.split("`"))] for p in whole]


def examples(operation: dict[str, Any], schema: dict[str, Any]) -> list[Any]:
    """Examples of the body of an operation."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    named = [part["$ref"].rpartition("/")[2] for part in body.get("anyOf", [body]) if "$ref" in part]
    return [schema["components"]["schemas"][name]["example"] for name in named]


for _router in (assess_router, interview_router, plan_router, trend_router, knowledge_router, cases_router):
    api.add_router("", _router)

_nothing = Router()
"""Last of all: what is at no address."""


@_nothing.api_operation(METHODS, "/{path:rest}", include_in_schema=False)
def _nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404


api.add_router("", _nothing)
