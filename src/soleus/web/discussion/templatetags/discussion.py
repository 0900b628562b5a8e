"""Pieces of comments in templates: `{% load discussion %}`."""

from __future__ import annotations

from django import template

from soleus.web.accounts.models import User
from soleus.web.discussion.models import Comment, standing

register = template.Library()


@register.inclusion_tag("discussion/_badge.html")
def badge(author: User, written_as: str) -> dict[str, object]:
    """As what somebody wrote."""
    return {"words": standing(author, written_as), "is_moderator": author.is_moderator}


@register.simple_tag
def news_of(user: User) -> int:
    """How many of somebody's comments moderators decided about since they last looked."""
    return Comment.objects.by(user).filter(news=True).count()
