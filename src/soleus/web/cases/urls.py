"""Addresses under /cases/."""

from __future__ import annotations

from django.urls import path

from soleus.web.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.home, name="home"),
    path("shared/", views.shared, name="shared"),
    path("shared/<str:token>/", views.open_link, name="open"),
    path("<slug:code>/", views.case, name="case"),
    path("<slug:code>/name/", views.rename, name="rename"),
    path("<slug:code>/delete/", views.delete, name="delete"),
    path("<slug:code>/share/", views.share, name="share"),
    path("<slug:code>/share/<int:pk>/revoke/", views.revoke, name="revoke"),
]
