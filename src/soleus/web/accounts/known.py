"""Browsers in which somebody signed in before: a signed cookie says so, so that the guesses of others do not lock anybody out.

The cookie holds no name and no address: a keyed digest of account and password for each of the last people, and a number of the browser.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from soleus.web.accounts.models import User

NAME = "__Host-soleus-known" if settings.HTTPS else "soleus-known"
SALT = "soleus.known"
LASTS_S = 180 * 86_400
MOST_PEOPLE = 4
"""Who share a browser."""


def browser_that_knows(request: HttpRequest, email: str) -> str:
    """The number of this browser if somebody signed in here with this address and the password of today, else nothing."""
    number, people = _read(request)
    if not people:
        return ""
    user = User.objects.filter(email__iexact=email).first()
    return number if user and any(constant_time_compare(p, _person(user)) for p in people) else ""


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the browser know that this person signed in."""
    number, people = _read(request)
    person = _person(user)
    told = [number or secrets.token_hex(8), *[person, *(p for p in people if p != person)][:MOST_PEOPLE]]
    response.set_cookie(
        NAME, signing.dumps(told, salt=SALT), max_age=LASTS_S, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def _person(user: User) -> str:
    return salted_hmac(SALT, f"{user.pk} {user.password}", algorithm="sha256").hexdigest()[:32]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        number, *people = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LASTS_S)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return number, people
