"""Addresses under /assess/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "assess"
urlpatterns: list[URLPattern] = []
