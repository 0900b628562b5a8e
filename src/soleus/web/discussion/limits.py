"""How often somebody may do something: counted in the database, so that it holds for all processes and survives a restart."""

from __future__ import annotations

import datetime
from typing import Literal

from django.utils import timezone

from soleus.domain.errors import Problem
from soleus.web.accounts.models import User
from soleus.web.discussion.models import Comment, Deed
from soleus.web.errors import TooOften

Kind = Literal["comment", "edit", "vote", "report"]
HOUR_S, DAY_S = 3_600, 86_400
APPROVED_FIRST = 2
"""So many comments of somebody are read by a moderator before later ones are published at once."""
LIMITS: dict[Kind, tuple[tuple[int, int], ...]] = {
    "comment": ((HOUR_S, 8), (DAY_S, 30)),
    "edit": ((HOUR_S, 20), (DAY_S, 60)),
    "vote": ((HOUR_S, 60), (DAY_S, 300)),
    "report": ((HOUR_S, 10), (DAY_S, 30)),
}
"""How many within how long. [s]"""
NEWCOMERS: tuple[tuple[int, int], ...] = ((HOUR_S, 3), (DAY_S, 8))
WORDS = {"comment": "written", "edit": "changed comments", "vote": "voted", "report": "reported"}


def is_newcomer(user: User) -> bool:
    """Whether somebody's comments still wait for a moderator whatever they say; never those of clinicians and moderators."""
    return not (user.is_clinician or user.is_moderator) and Comment.objects.by(user).published().count() < APPROVED_FIRST


def note(user: User, kind: Kind) -> None:
    """Count one more, within the transaction of what is done.

    Raises:
        TooOften: If it is one too many; nothing is then counted.
    """
    now = timezone.now()
    User.objects.select_for_update().get(pk=user.pk)  # two requests of one person at once count one after the other
    Deed.objects.filter(by=user, when__lt=now - datetime.timedelta(seconds=DAY_S)).delete()
    check(user, kind)
    Deed.objects.create(by=user, kind=kind, when=now)


def check(user: User, kind: Kind) -> None:
    """Refuse what would be one too many.

    Raises:
        TooOften: If so.
    """
    now = timezone.now()
    for within_s, most in NEWCOMERS if kind == "comment" and is_newcomer(user) else LIMITS[kind]:
        if Deed.objects.filter(by=user, kind=kind, when__gt=now - datetime.timedelta(seconds=within_s)).count() >= most:
            span, again = ("an hour", "in an hour") if within_s == HOUR_S else ("a day", "tomorrow")
            raise TooOften(Problem("", f"You have {WORDS[kind]} {most} times within {span}.", f"That is the most. Try again {again}."))
