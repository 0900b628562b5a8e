"""The app `assess`."""

from __future__ import annotations

from django.apps import AppConfig


class AssessConfig(AppConfig):
    name = "soleus.web.assess"
    label = "assess"
