"""What moderators decide: publish, remove, keep, and about appeals. Every decision is written down with its reason."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import Role, User
from soleus.web.discussion.judging import URGENT
from soleus.web.discussion.models import Appeal, Comment, Decision, EarlierVersion, Report
from soleus.web.discussion.notices import tell_of_decision, tell_of_reply
from soleus.web.plain_text import cleaned

Act = Decision.Act


def queue() -> QuerySet[Comment]:
    """What waits for a moderator: red flags first, then what was reported, then the rest; the oldest first in each."""
    open_reports = Report.objects.filter(slot=OuterRef("slot"), closed=None)
    open_appeals = Appeal.objects.filter(comment=OuterRef("pk"), decided=None)
    waiting = Q(status=Comment.Status.WAITING)
    found: QuerySet[Comment] = (
        Comment.objects.annotate(is_reported=Exists(open_reports), is_appealed=Exists(open_appeals))
        .filter(waiting | Q(is_reported=True) | Q(is_appealed=True))
        .annotate(
            rank=Case(
                When(waiting & Q(level__in=URGENT), then=Value(0)),
                When(is_reported=True, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .select_related("author", "slot", "slot__parent", "appeal")
        .order_by("rank", "first_written", "pk")
    )
    return found


def approve(*, by: User, comment: Comment, seen: int) -> None:
    """Publish what waits.

    Raises:
        PermissionDenied: If they may not decide about it.
        UsageError: If it changed since they read it, or does not wait.
    """
    with transaction.atomic():
        fresh = _to_decide(by, comment, seen)
        if not fresh.is_waiting:
            raise UsageError(Problem("", "This comment does not wait.", "Look at the queue again."))
        _decided(fresh, by, Act.APPROVED, Comment.Status.PUBLISHED)


def remove(*, by: User, comment: Comment, reason: str, seen: int) -> None:
    """Take a comment away from everybody but its author, who is told why.

    Raises:
        PermissionDenied: If they may not decide about it.
        UsageError: If it changed since they read it, was removed before, or no reason is given.
    """
    reason = cleaned(reason)
    if not reason:
        raise UsageError(Problem("reason", "The author must be told why.", "Write a reason."))
    with transaction.atomic():
        fresh = _to_decide(by, comment, seen)
        if fresh.is_removed:
            raise UsageError(Problem("", "This comment was removed before.", "Look at the queue again."))
        _decided(fresh, by, Act.REMOVED, Comment.Status.REMOVED, reason)


def dismiss_reports(*, by: User, comment: Comment, seen: int) -> None:
    """Keep a comment that was reported.

    Raises:
        PermissionDenied: If they may not decide about it.
        UsageError: If it changed since they read it.
    """
    with transaction.atomic():
        fresh = _to_decide(by, comment, seen)
        if _close_reports(fresh):
            Decision.objects.create(comment=fresh, act=Act.KEPT, by=by)


def decide_appeal(*, by: User, comment: Comment, grant: bool, reason: str) -> None:
    """Publish a removed comment again, or leave it removed for good.

    Raises:
        PermissionDenied: If they removed it themselves and another moderator could decide.
        UsageError: If there is no open appeal, or it is refused without a reason.
    """
    reason = cleaned(reason)
    if not grant and not reason:
        raise UsageError(Problem("reason", "The author must be told why.", "Write a reason."))
    with transaction.atomic():
        fresh = _to_decide(by, comment, comment.version)
        if not may_decide_appeal(by, fresh):
            raise PermissionDenied
        if not Appeal.objects.filter(comment=fresh, decided=None).update(decided=timezone.now()):
            raise UsageError(Problem("", "There is no open appeal.", "Look at the queue again."))
        if grant:
            _decided(fresh, by, Act.RESTORED, Comment.Status.PUBLISHED, reason)
        else:
            _decided(fresh, by, Act.UPHELD, Comment.Status.REMOVED, reason)


@transaction.atomic
def hide_version(*, by: User, comment: Comment, version: int) -> None:
    """Take an earlier version out of what others can read; its author still can.

    Raises:
        PermissionDenied: If they may not decide about it.
    """
    if not may_decide(by, comment):
        raise PermissionDenied
    EarlierVersion.objects.filter(comment=comment, version=version).update(was_public=False)


def may_decide(user: User, comment: Comment) -> bool:
    """Moderators, but not about what they wrote themselves, unless there is nobody else."""
    return user.is_moderator and (comment.author_id != user.pk or not another_moderates(user))


def may_decide_appeal(user: User, comment: Comment) -> bool:
    """Nor about an appeal against what they decided themselves, unless there is nobody else."""
    removed = comment.decisions.filter(act=Act.REMOVED).last()
    is_theirs = removed is not None and removed.by_id == user.pk
    return may_decide(user, comment) and not (is_theirs and another_moderates(user, comment.author_id))


def another_moderates(user: User, *but: int) -> bool:
    """Whether there is another moderator than a person, and than those in `but`."""
    moderators = User.objects.filter(role__in=(Role.MODERATOR, Role.ADMIN), is_active=True)
    return moderators.exclude(pk__in=(user.pk, *but)).exists()


def _to_decide(by: User, comment: Comment, seen: int) -> Comment:
    fresh = Comment.objects.select_for_update().filter(pk=comment.pk).first()
    if fresh is None:
        raise UsageError(Problem("", "The comment was deleted by its author.", "Look at the queue again."))
    if not may_decide(by, fresh):
        raise PermissionDenied
    if fresh.version != seen:
        raise UsageError(Problem("", "The comment was changed since you read it.", "Read it again before you decide."))
    return fresh


def _decided(comment: Comment, by: User, act: Decision.Act, status: Comment.Status, reason: str = "") -> None:
    comment.status = status
    comment.save(update_fields=["status"])
    tell_of_decision(Decision.objects.create(comment=comment, act=act, reason=reason[:1_000], by=by))
    if comment.is_published:
        tell_of_reply(comment)
    _close_reports(comment)


def _close_reports(comment: Comment) -> int:
    return Report.objects.filter(slot=comment.slot_id, closed=None).update(closed=timezone.now())
