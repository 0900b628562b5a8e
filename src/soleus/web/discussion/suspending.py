"""Who spams or hurts again and again may read but not comment, for a time; told why, and with one appeal.

It touches nothing else: cases, plans and measurements, votes, reports, and deleting what they wrote stay theirs.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import User
from soleus.web.discussion.about_people import Notice, Suspension
from soleus.web.discussion.moderation import another_moderates
from soleus.web.discussion.notices import tell_of_suspension
from soleus.web.plain_text import cleaned

Kind = Notice.Kind


def suspension_of(person: User) -> Suspension | None:
    """What keeps somebody from commenting now."""
    found: Suspension | None = Suspension.objects.in_force().filter(person=person).first()
    return found


def check(person: User) -> None:
    """Refuse what somebody suspended would write.

    Raises:
        UsageError: If so, with the reason.
    """
    if found := suspension_of(person):
        raise UsageError(
            Problem("", f"A moderator has suspended you from commenting: {found.reason}", "You can appeal. Everything else stays yours.")
        )


def may_suspend(user: User, person: User) -> bool:
    """Moderators may; not moderators, whose role an admin takes first, and so not themselves."""
    return user.is_moderator and not person.is_moderator


def may_lift(user: User, suspension: Suspension) -> bool:
    return user.is_moderator and suspension.person_id != user.pk


def may_refuse(user: User, suspension: Suspension) -> bool:
    """Not who suspended them, unless there is nobody else."""
    return may_lift(user, suspension) and not (suspension.by_id == user.pk and another_moderates(user, suspension.person_id))


@transaction.atomic
def suspend(*, by: User, person: User, reason: str, days: int | None) -> Suspension:
    """Keep somebody from writing and changing comments.

    Args:
        days: How long; None: until a moderator lifts it.

    Raises:
        PermissionDenied: If they may not.
        UsageError: If no reason is given, or the person is suspended already.
    """
    if not may_suspend(by, person):
        raise PermissionDenied
    reason = _needed(reason)
    User.objects.select_for_update().get(pk=person.pk)  # two moderators at once: one of them comes second
    if suspension_of(person):
        raise UsageError(Problem("", "This person is suspended already.", "Lift that first to change it."))
    ends = None if days is None else timezone.now() + datetime.timedelta(days=days)
    made = Suspension.objects.create(person=person, reason=reason, by=by, ends=ends)
    tell_of_suspension(made, Kind.SUSPENDED)
    return made


@transaction.atomic
def lift(*, by: User, suspension: Suspension, answer: str = "") -> None:
    """Let somebody comment again; it answers an appeal too.

    Raises:
        PermissionDenied: If they may not.
        UsageError: If it is over already.
    """
    fresh = _in_force(suspension)
    if not may_lift(by, fresh):
        raise PermissionDenied
    fresh.lifted, fresh.lifted_by = timezone.now(), by
    _answered(fresh, by, cleaned(answer), Kind.LIFTED)


@transaction.atomic
def refuse(*, by: User, suspension: Suspension, answer: str) -> None:
    """Let a suspension stand after an appeal.

    Raises:
        PermissionDenied: If they suspended the person themselves and another moderator could decide.
        UsageError: If there is no open appeal, or no answer.
    """
    fresh = _in_force(suspension)
    if not may_refuse(by, fresh):
        raise PermissionDenied
    if not fresh.has_open_appeal:
        raise UsageError(Problem("", "There is no open appeal.", "Look at the list again."))
    _answered(fresh, by, _needed(answer), Kind.REFUSED)


@transaction.atomic
def appeal(*, by: User, text: str) -> None:
    """Ask another moderator to look at one's suspension: once.

    Raises:
        UsageError: If there is none in force, it was appealed before, or the text is empty.
    """
    found = suspension_of(by)
    if found is None:
        raise UsageError(Problem("", "You are not suspended.", "You can comment."))
    fresh = _in_force(found)
    if fresh.appealed is not None:
        raise UsageError(Problem("", "You have appealed once.", "A second time is not possible."))
    fresh.appeal, fresh.appealed = _needed(text), timezone.now()
    fresh.save(update_fields=["appeal", "appealed"])


def _in_force(suspension: Suspension) -> Suspension:
    fresh: Suspension | None = Suspension.objects.in_force().select_for_update().filter(pk=suspension.pk).first()
    if fresh is None:
        raise UsageError(Problem("", "This suspension is over.", "Look at the list again."))
    return fresh


def _answered(suspension: Suspension, by: User, answer: str, kind: Notice.Kind) -> None:
    suspension.answer, suspension.answered, suspension.answered_by = answer[:1_000], timezone.now(), by
    suspension.save()
    tell_of_suspension(suspension, kind)


def _needed(text: str) -> str:
    """What somebody is told may not be empty.

    Raises:
        UsageError: If it is.
    """
    text = cleaned(text)[:1_000]
    if not text:
        raise UsageError(Problem("", "The text is empty.", "Write a reason."))
    return text
