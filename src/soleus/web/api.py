"""The JSON API under /api/v1; OpenAPI at /api/v1/openapi.json. Each app adds a router of its own, here.

What only computes is open to all and stores nothing. What belongs to a person takes `auth=django_auth`: the session of a
logged-in browser, with the form token on every change; no other key opens it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from soleus import __version__
from soleus.domain.errors import SoleusError

api = NinjaAPI(title="Soleus", version="1", description="Weakness at the back of a leg. It advises; it does not diagnose.", docs_url=None)


@api.exception_handler(SoleusError)
def _problems(request: HttpRequest, error: SoleusError) -> HttpResponse:
    problems = [{"where": p.where, "what": p.what, "cure": p.cure, "line": p.line} for p in error.problems]
    return api.create_response(request, {"problems": problems}, status=400)


@api.get("/status", summary="Is the server there, and which version?")
def status(request: HttpRequest) -> dict[str, str]:
    return {"soleus": __version__}
