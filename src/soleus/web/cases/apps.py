"""The app `cases`."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "soleus.web.cases"
    label = "cases"
