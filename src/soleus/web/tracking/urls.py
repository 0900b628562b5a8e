"""Addresses under /track/."""

from __future__ import annotations

from django.urls import path

from soleus.web.tracking import views

app_name = "tracking"
urlpatterns = [
    path("", views.home, name="home"),
    path("figure/<slug:measure>.svg", views.figure, name="figure"),
    path("<slug:code>/", views.case, name="case"),
    path("<slug:code>/measures/", views.choose, name="choose"),
    path("<slug:code>/add/<slug:measure>/", views.add, name="add"),
    path("<slug:code>/list/", views.listing, name="list"),
    path("<slug:code>/list/<int:number>/", views.edit, name="edit"),
    path("<slug:code>/list/<int:number>/remove/", views.remove, name="remove"),
    path("<slug:code>/undo/", views.undo, name="undo"),
    path("<slug:code>/next/", views.following, name="next"),
    path("<slug:code>/import/", views.import_, name="import"),
    path("<slug:code>/export.csv", views.export, name="export"),
    path("<slug:code>/chart/<slug:measure>-narrow.svg", views.chart, {"width": "narrow"}, name="chart-narrow"),
    path("<slug:code>/chart/<slug:measure>-wide.svg", views.chart, {"width": "wide"}, name="chart-wide"),
]
