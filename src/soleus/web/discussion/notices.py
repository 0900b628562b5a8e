"""Tells people what happened to what they wrote. There is no mail in it: they read it on their account page."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from soleus.web.accounts.models import User
from soleus.web.discussion.about_people import Notice, Suspension
from soleus.web.discussion.models import Comment, Decision

Kind = Notice.Kind


def tell_of_reply(comment: Comment) -> None:
    """Once it is published, whoever wrote what it answers is told; once, however often it is changed or published again."""
    answered = Comment.objects.filter(slot=comment.slot.parent_id).exclude(author=comment.author_id).first()
    if answered is not None:
        Notice.objects.get_or_create(to_id=answered.author_id, kind=Kind.REPLY, slot_id=comment.slot_id)


def tell_it_waits(comment: Comment) -> None:
    """It is not news: the page that follows says so at once."""
    Notice.objects.create(to_id=comment.author_id, kind=Kind.HELD, slot_id=comment.slot_id, is_new=False)


def tell_of_decision(decision: Decision) -> None:
    """The author learns what a moderator decided, and why."""
    comment = decision.comment
    Notice.objects.create(to_id=comment.author_id, kind=Kind.DECISION, slot_id=comment.slot_id, decision=decision)


def tell_of_suspension(suspension: Suspension, kind: Notice.Kind) -> None:
    """That somebody is suspended, may comment again, or stays suspended."""
    Notice.objects.create(to_id=suspension.person_id, kind=kind, suspension=suspension)


def number_new(user: User | AnonymousUser) -> int:
    """How much somebody has not been told yet."""
    return Notice.objects.of(user).filter(is_new=True).count() if isinstance(user, User) else 0


def seen(*, by: User) -> None:
    """Whoever looks at the list has read it."""
    Notice.objects.filter(to=by, is_new=True).update(is_new=False)
