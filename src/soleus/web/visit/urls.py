"""Addresses under /visit/. `draft` stands for the code of a case that is not saved."""

from __future__ import annotations

from django.urls import path

from soleus.web.visit import views

app_name = "visit"
urlpatterns = [
    path("", views.home, name="home"),
    path("shared/summary.pdf", views.shared_pdf, name="shared-pdf"),
    path("<slug:code>/", views.summary, name="summary"),
    path("<slug:code>/summary.pdf", views.pdf, name="pdf"),
    path("<slug:code>/questions/", views.questions, name="questions"),
    path("<slug:code>/examination/", views.examination, name="examination"),
    path("<slug:code>/examination/<int:pk>/", views.examined, name="examined"),
]
