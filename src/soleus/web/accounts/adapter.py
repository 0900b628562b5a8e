"""What allauth asks us."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """An email address is the same person in any case of its letters."""

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()
