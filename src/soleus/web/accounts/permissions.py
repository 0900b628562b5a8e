"""Who may open a page. A role opens pages; what they show is decided by `visible_to(user)`, a query."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from soleus.web.accounts.models import User

View = Callable[..., HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """The person, behind `@login_required` or one of the decorators here."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _only(allowed: Callable[[User], bool]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(user_of(request)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, login_required(guarded))

    return decorate


clinician_required = _only(lambda user: user.is_clinician)
moderator_required = _only(lambda user: user.is_moderator)
admin_required = _only(lambda user: user.is_admin)
