"""The app `library`."""

from __future__ import annotations

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "soleus.web.library"
    label = "library"
