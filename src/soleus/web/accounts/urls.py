"""Addresses under /account/ beside those of allauth."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from soleus.web.accounts import views

urlpatterns = [
    *([] if settings.EMAIL_HOST else [path("password/reset/", views.no_mail, name="account_reset_password")]),
    path("", views.home, name="account_home"),
    path("clinician/", views.clinician, name="account_clinician"),
    path("export/", views.export, name="account_export"),
    path("delete/", views.delete, name="account_delete"),
    path("people/", views.people, name="account_people"),
    path("people/<int:pk>/role/", views.give_role, name="account_give_role"),
]
