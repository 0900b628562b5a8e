"""Addresses under /visit/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "visit"
urlpatterns: list[URLPattern] = []
