"""The app `tracking`."""

from __future__ import annotations

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    name = "soleus.web.tracking"
    label = "tracking"
