"""Whether a browser's copy of an article is still good, so that it is not sent again."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac

from soleus import __version__
from soleus.reports.articles.article import Article


def etag(request: HttpRequest, article: Article, *more: object) -> str:
    """A weak tag of all that a page of an article shows, but for the number of readers.

    The reader's part of it goes in too: colours, account, and the secret behind the form tokens of the page, which must not outlive it.
    `more`: what else the page shows.
    """
    get_token(request)
    shown = [
        __version__,
        article.version,
        str(article.dates),
        [r.slug for r in article.related],
        request.COOKIES.get("soleus-theme", ""),
        request.user.pk,
        request.META["CSRF_COOKIE"],
        *map(str, more),
    ]
    return f'W/"{salted_hmac("soleus.library", json.dumps(shown)).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """The answer "you have it already", if so. Never while pages are being built."""
    if settings.DEBUG:
        return None
    answer = get_conditional_response(request, etag=tag)
    return None if answer is None else kept(answer, tag)


def kept(response: HttpResponse, tag: str) -> HttpResponse:
    """Lets the browser keep a page, and ask each time whether it is still good."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
