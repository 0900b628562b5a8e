"""An expected error becomes a page that says where, what and what to do; never a traceback."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from soleus.domain.errors import KnowledgeError, SoleusError


class TooOften(SoleusError):
    """Somebody did something more often than the server allows; a little later it works again."""


class SoleusErrors:
    """Catches what the core and the actions raise, once for all views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, SoleusError):
            return None
        status = 500 if isinstance(error, KnowledgeError) else 429 if isinstance(error, TooOften) else 400
        if request.path_info.startswith("/api/"):
            return None  # the API answers in JSON, see api.py
        return render(request, "problems.html", {"problems": error.problems}, status=status)
