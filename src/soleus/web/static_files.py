"""Style sheet, scripts and pictures, served from the package with an address that changes when they change."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest
    from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, whose answers are whole: a file that is read in pieces would block an asynchronous server."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        answer = static_file.get_response(request.method, request.META)
        body = b""
        if answer.file is not None:
            with answer.file as stream:
                body = stream.read()
        response = HttpResponse(body, status=answer.status)
        del response["Content-Type"]
        for key, value in answer.headers:
            response[key] = value
        return response


class Versioned(StaticFilesStorage):
    """`soleus.css` becomes `soleus.css?v=1f2e3d4c`: browsers may keep it for long, and never keep an old one."""

    def url(self, name: str | None) -> str:
        address = super().url(name)
        digest = (_digest if settings.DEBUG else _digest_once)(name or "")
        return f"{address}?v={digest}" if digest else address


def _digest(name: str) -> str:
    path = find(name)
    return hashlib.blake2b(Path(path).read_bytes(), digest_size=6).hexdigest() if path else ""


_digest_once = lru_cache(maxsize=None)(_digest)
