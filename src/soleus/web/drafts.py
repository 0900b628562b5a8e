"""What somebody without an account told: signed, in cookies of the browser alone, gone when it closes. The server keeps nothing.

request.draft.data            what was told so far, or {}
request.draft.keep({...})     keep plain values (whatever JSON can hold); raises DraftTooLarge
request.draft.forget()
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from soleus.domain.errors import CaseError, Problem

NAME = "soleus-draft"
PIECE_BYTES = 3_500
MOST_PIECES = 6
"""Browsers hold some 4 kB a cookie; 21 kB packed are about 60 kB of answers."""
LONGEST_S = 12 * 3600
SALT = "soleus.draft"


class DraftTooLarge(CaseError):
    """More was told than the browser can keep."""


class Draft:
    """The unsaved case of one browser."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self._cookies = cookies
        self._data: dict[str, Any] | None = None
        self.changed = False
        self.packed = ""
        """What to send if it changed; nothing means: forget."""

    @property
    def data(self) -> dict[str, Any]:
        if self._data is None:
            self._data = self._read()
        return self._data

    def keep(self, data: dict[str, Any]) -> None:
        """Keep these values instead of those from before.

        Raises:
            DraftTooLarge: If a browser could not hold them.
        """
        packed = signing.dumps(data, salt=SALT, compress=True)
        if len(packed) > PIECE_BYTES * MOST_PIECES:
            raise DraftTooLarge(Problem("", "is more than your browser can keep.", "Shorten the text, or save the case to an account."))
        self._data, self.packed, self.changed = json.loads(json.dumps(data)), packed, True

    def forget(self) -> None:
        self._data, self.packed, self.changed = {}, "", True

    def _read(self) -> dict[str, Any]:
        pieces: list[str] = []
        while (piece := self._cookies.get(f"{NAME}-{len(pieces)}")) and len(pieces) < MOST_PIECES:
            pieces.append(piece)
        if not pieces:
            return {}
        try:
            data = signing.loads("".join(pieces), salt=SALT, max_age=LONGEST_S)
        except signing.BadSignature:  # old, cut or changed: as if nothing had been told
            return {}
        return data if isinstance(data, dict) else {}


class DraftMiddleware:
    """Puts `draft` on the request and its cookies on the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        draft = Draft(request.COOKIES)
        request.draft = draft  # type: ignore[attr-defined]
        response = self.get_response(request)
        if draft.changed:
            self._send(request, response, draft.packed)
        return response

    @staticmethod
    def _send(request: HttpRequest, response: HttpResponseBase, packed: str) -> None:
        pieces = [packed[i : i + PIECE_BYTES] for i in range(0, len(packed), PIECE_BYTES)]
        for number in range(MOST_PIECES):
            name = f"{NAME}-{number}"
            if number < len(pieces):
                response.set_cookie(name, pieces[number], secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
            elif name in request.COOKIES:
                response.delete_cookie(name, samesite="Lax")
