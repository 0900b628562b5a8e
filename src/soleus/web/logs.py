"""What the server writes down: route and status, never an address, a form or the words of an exception.

An address may hold the code of a case or the secret of a shared link, and an exception quotes what it choked on.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

OURS = ("soleus", "uvicorn")
logger = logging.getLogger("soleus.web.access")


def route_of(request: HttpRequest) -> str:
    """The pattern that an address matched, such as `cases/<code>/`; nothing of the address itself."""
    match = getattr(request, "resolver_match", None)
    return f"/{match.route}" if match else "(no page)"


class AccessLine:
    """One line a request: method, route, status, server time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = self.get_response(request)
        if not request.path_info.startswith("/static/"):
            method = request.method if request.method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") else "?"
            took_ms = (time.perf_counter() - began) * 1000
            response["Server-Timing"] = f"app;dur={took_ms:.1f}"
            logger.info("%s %s %s %.0f ms", method, route_of(request), response.status_code, took_ms)
        return response


class WithoutHealthData(logging.Formatter):
    """Formats records of others without what was put into them: their arguments and the words of exceptions stay out."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            text = f"{route_of(request)} {getattr(record, 'status_code', '')}".strip()
        elif record.name.split(".")[0] in OURS:
            text = record.getMessage()
        else:
            text = str(record.msg) if record.args else f"message of {record.module}.{record.funcName}"
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name}: {text}"]
        if record.exc_info and record.exc_info[0]:
            lines += _where(record.exc_info[0], record.exc_info[2])
        return "\n".join(lines)


def _where(kind: type[BaseException], trace: object) -> list[str]:
    frames = traceback.extract_tb(trace)  # type: ignore[arg-type]
    return [f"  {kind.__name__}", *(f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
