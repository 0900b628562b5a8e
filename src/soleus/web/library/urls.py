"""Addresses under /library/."""

from __future__ import annotations

from django.urls import path, re_path

from soleus.web.library import views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("kind/<slug:name>/", views.kind, name="kind"),
    re_path(r"^(?P<slug>[-\w]+)/$", views.article, name="article"),
    re_path(r"^(?P<slug>[-\w]+)/print/$", views.printed, name="print"),
]
