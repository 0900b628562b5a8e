"""How often one address may ask for a page that takes the server long."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from soleus.domain.errors import Problem
from soleus.web.api_base import PerAddress
from soleus.web.errors import TooOften

View = Callable[..., HttpResponseBase]
PAGES_PER_MINUTE = 300
"""More than a clinic behind one address needs (expert estimate); one asker alone would otherwise keep the processor busy."""


def not_too_often(name: str, costly: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """Refuses, with status 429, what an address asks more often than `PAGES_PER_MINUTE`.

    Args:
        name: What is counted together.
        costly: Whether a request counts.
    """
    limit = PerAddress(name, PAGES_PER_MINUTE)

    def around(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if costly(request) and not limit.allow_request(request):
                raise TooOften(Problem("", "This was asked too often from this address.", "Wait a minute, and send it again."))
            return view(request, *args, **kwargs)

        return counted

    return around
