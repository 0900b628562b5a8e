"""Addresses under /assess/. `draft` stands for the code of a case that is not saved."""

from __future__ import annotations

from django.urls import path

from soleus.web.assess import views

app_name = "assess"
urlpatterns = [
    path("", views.home, name="home"),
    path("map/<str:name>", views.map_file, name="map"),
    path("anew/", views.anew, name="anew"),
    path("<slug:code>/understood/", views.understood, name="understood"),
    path("<slug:code>/remove/", views.remove, name="remove"),
    path("<slug:code>/questions/", views.questions, name="questions"),
    path("<slug:code>/answers/<int:number>/", views.change, name="change"),
    path("<slug:code>/back/", views.back, name="back"),
    path("<slug:code>/result/", views.result, name="result"),
    path("<slug:code>/save/", views.save, name="save"),
    path("<slug:code>/case.yaml", views.case_file, name="file"),
]
