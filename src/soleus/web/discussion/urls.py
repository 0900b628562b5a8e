"""Addresses under /discuss/. A comment is named by its article and its number."""

from __future__ import annotations

from django.urls import path

from soleus.web.discussion import moderator_views, suspension_views, views

app_name = "discussion"
_ONE = "<slug:slug>/<int:number>/"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("mine/", views.mine, name="mine"),
    path("queue/", moderator_views.queue, name="queue"),
    path(f"queue/{_ONE}", moderator_views.look, name="look"),
    path(f"queue/{_ONE}approve/", moderator_views.approve, name="approve"),
    path(f"queue/{_ONE}remove/", moderator_views.remove, name="remove"),
    path(f"queue/{_ONE}dismiss/", moderator_views.dismiss, name="dismiss"),
    path(f"queue/{_ONE}appeal/", moderator_views.decide_appeal, name="decide_appeal"),
    path(f"queue/{_ONE}hide/<int:version>/", moderator_views.hide_version, name="hide_version"),
    path(f"queue/{_ONE}suspend/", suspension_views.suspend, name="suspend"),
    path("suspended/", suspension_views.suspended, name="suspended"),
    path("suspended/<int:pk>/lift/", suspension_views.lift, name="lift"),
    path("suspended/<int:pk>/refuse/", suspension_views.refuse, name="refuse"),
    path("suspension/", suspension_views.own, name="suspension"),
    path("<slug:slug>/", views.discussion, name="discussion"),
    path("<slug:slug>/write/", views.write, name="write"),
    path(_ONE, views.permalink, name="permalink"),
    path(f"{_ONE}reply/", views.write, name="reply"),
    path(f"{_ONE}edit/", views.edit, name="edit"),
    path(f"{_ONE}sent/", views.sent, name="sent"),
    path(f"{_ONE}delete/", views.delete, name="delete"),
    path(f"{_ONE}vote/", views.vote, name="vote"),
    path(f"{_ONE}report/", views.report, name="report"),
    path(f"{_ONE}history/", views.history, name="history"),
    path(f"{_ONE}appeal/", views.appeal, name="appeal"),
]
