"""The app `accounts`."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "soleus.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        from soleus.web.accounts import signals  # noqa: F401
