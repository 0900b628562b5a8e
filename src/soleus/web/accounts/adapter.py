"""What allauth asks us."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

from soleus.web.accounts.known import browser_that_knows, remember
from soleus.web.accounts.models import User

APP = "allauth.account"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An email address is the same person in any case of its letters, and nobody locks another out.

    Wrong passwords are counted for an account together with where they come from: the client's address, or the browser, if somebody
    signed in there before. Over all clients an account has a much higher limit, which a browser that is known does not feel.
    """

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count an attempt; one that succeeds is taken off again.

        Raises:
            ValidationError: If there were too many wrong ones.
        """
        account = self._get_login_attempts_cache_key(request, **credentials)
        browser = browser_that_knows(request, str(credentials.get("email", "")))
        if browser:
            counts = [("login_failed_known", f"{account} {browser}")]
        else:
            counts = [("login_failed", f"{account} {ratelimit.get_ip(request)}"), ("login_failed_anywhere", account)]
        spent = ratelimit.RateLimitUsage(usage=[])
        self._login_failed_rl_usage = spent
        for action, key in counts:
            used = ratelimit.consume(request, app=APP, action=action, key=key)
            if used is None:
                raise self.validation_error("too_many_login_attempts")
            spent.usage.extend(used.usage)

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """After a password was reset by mail, its person may come in from here."""
        account = self._get_login_attempts_cache_key(request, **credentials)
        ratelimit.clear(request, app=APP, action="login_failed", key=f"{account} {ratelimit.get_ip(request)}")
        ratelimit.clear(request, app=APP, action="login_failed_anywhere", key=account)

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **about)
        remember(request, response, user)
        return response
