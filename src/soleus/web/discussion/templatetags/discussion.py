"""Pieces of comments in templates: `{% load discussion %}`."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AnonymousUser

from soleus.web.accounts.models import User
from soleus.web.discussion.models import standing
from soleus.web.discussion.notices import number_new

register = template.Library()


@register.inclusion_tag("discussion/_badge.html")
def badge(author: User, written_as: str) -> dict[str, object]:
    """As what somebody wrote."""
    return {"words": standing(author, written_as), "is_moderator": author.is_moderator}


@register.simple_tag
def new_notices(user: User | AnonymousUser) -> int:
    """How much somebody has not been told yet."""
    return number_new(user)
