"""The app `discussion`."""

from __future__ import annotations

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "soleus.web.discussion"
    label = "discussion"

    def ready(self) -> None:
        from soleus.web.discussion import signals  # noqa: F401
