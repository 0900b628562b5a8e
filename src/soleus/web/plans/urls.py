"""Addresses under /plan/."""

from __future__ import annotations

from django.urls import path

from soleus.web.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.home, name="home"),
    path("sheet.css", views.sheet_css, name="sheet-css"),
    path("figure/<slug:exercise>.svg", views.figure, name="figure"),
    path("feed/<str:token>.ics", views.feed, name="feed"),
    path("<slug:code>/", views.case, name="case"),
    *(path(f"<slug:code>/{name}/", views.part, {"name": name}, name=name) for name in views.PARTS),
    path("<slug:code>/preferences/", views.preferences, name="preferences"),
    path("<slug:code>/without/<slug:exercise>/", views.leave_out, name="leave-out"),
    path("<slug:code>/session/<slug:day>/", views.session, name="session"),
    path("<slug:code>/log/", views.log, name="log"),
    path("<slug:code>/log/<int:number>/", views.after, name="after"),
    path("<slug:code>/log/<int:number>/remove/", views.remove, name="remove"),
    path("<slug:code>/sheet/", views.sheet, name="sheet"),
    path("<slug:code>/calendar/", views.calendar, name="calendar"),
    path("<slug:code>/calendar/<int:pk>/close/", views.close_feed, name="close-feed"),
    path("<slug:code>/training.ics", views.calendar_file, name="calendar-file"),
]
