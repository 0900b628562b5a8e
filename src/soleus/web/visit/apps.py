"""The app `visit`."""

from __future__ import annotations

from django.apps import AppConfig


class VisitConfig(AppConfig):
    name = "soleus.web.visit"
    label = "visit"
