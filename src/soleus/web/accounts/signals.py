"""What happens by itself."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(user_logged_out)
def forget_the_draft(sender: object, request: HttpRequest | None, **_: object) -> None:
    """Whoever signs out leaves nothing in the browser, which others may use next."""
    draft = getattr(request, "draft", None)
    if draft is not None:
        draft.forget()
