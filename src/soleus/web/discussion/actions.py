"""What readers do in a discussion. Each checks who asks and does one thing in one transaction."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from soleus.domain.errors import Problem, UsageError
from soleus.reports.articles.article import Article
from soleus.web.accounts.models import User
from soleus.web.discussion import limits, suspending
from soleus.web.discussion.judging import URGENT, Judgement, judge
from soleus.web.discussion.models import Appeal, Comment, EarlierVersion, Report, Slot, Vote, WrittenAs
from soleus.web.discussion.notices import tell_it_waits, tell_of_reply
from soleus.web.discussion.words import Held
from soleus.web.plain_text import cleaned

TRIES = 5


def write(*, by: User, article: Article, text: str, today: datetime.date, parent: Slot | None = None) -> Comment:
    """Write a comment, or a reply.

    It is published at once, or kept for a moderator; `held` says why. `level` says how soon its writer should be seen.

    Args:
        by: Who writes.
        article: Under which article, as it stands today.
        text: Markdown.
        today: For words such as `since yesterday`.
        parent: What it answers: something published under the same article.

    Raises:
        TooOften: If they have written too much today.
        UsageError: If they are suspended, it is empty, a copy or full of links, or what it answers is not there.
    """
    text = cleaned(text)
    suspending.check(by)
    limits.check(by, "comment")
    found = judge(text=text, author=by, today=today)  # before the transaction: it takes a moment, and others want to write
    with transaction.atomic():
        limits.note(by, "comment")
        if parent is not None and not Comment.objects.published().filter(slot=parent, slot__slug=article.slug).exists():
            raise UsageError(Problem("", "What you answer is not there any more.", "Write a comment of its own instead."))
        comment = Comment(slot=_next_slot(article.slug, parent), author=by)
        _judged(comment, found)
        comment.status = Comment.Status.WAITING if found.held else Comment.Status.PUBLISHED
        comment.first_written = timezone.now()
        _said(comment, text, by, article)
        comment.save()
        _tell(comment)
    return comment


def edit(*, by: User, comment: Comment, article: Article, text: str, seen: int, today: datetime.date) -> Comment:
    """Change one's own comment; what it said before is kept.

    What waits goes on waiting, and what is held now is not shown to others until a moderator has read it.

    Args:
        seen: The version that was before their eyes when they changed it.

    Raises:
        PermissionDenied: If it is not theirs.
        TooOften: If they have changed too much today.
        UsageError: If they are suspended, it was removed, changed elsewhere meanwhile, or cannot be as it is.
    """
    text = cleaned(text)
    suspending.check(by)
    limits.check(by, "edit")
    if text == comment.text:
        return comment
    found = judge(text=text, author=by, today=today, comment=comment)
    with transaction.atomic():
        fresh = _own(by, comment)
        limits.note(by, "edit")
        if fresh.is_removed:
            raise UsageError(Problem("", "A moderator removed this comment.", "You can appeal, or delete it."))
        if fresh.version != seen:
            raise UsageError(Problem("", "The comment was changed in another window.", "Open it again."))
        kept = {f: getattr(fresh, f) for f in ("text", "written", "written_as", "article_version", "article_date", "version")}
        EarlierVersion.objects.create(comment=fresh, was_public=fresh.is_published, **kept)
        waited, level = fresh.is_waiting, fresh.level
        _judged(fresh, found)
        if waited:
            fresh.held = [*fresh.held, [Held.ALREADY.value, ""]]
            fresh.level = next((lv for lv in URGENT if lv in (level, fresh.level)), "")  # what it told before was told
        fresh.status = Comment.Status.WAITING if fresh.held else Comment.Status.PUBLISHED
        fresh.version += 1
        _said(fresh, text, by, article)
        fresh.save()
        _tell(fresh)
    return fresh


@transaction.atomic
def delete(*, by: User, comment: Comment) -> None:
    """Delete one's own comment with all its versions, votes and reports. Its number stays, and so do the replies of others.

    Raises:
        PermissionDenied: If it is not theirs.
    """
    _own(by, comment).delete()


@transaction.atomic
def vote(*, by: User, comment: Comment) -> bool:
    """Find a comment helpful, or no longer.

    Returns:
        Whether it is now found helpful.

    Raises:
        PermissionDenied: If it is one's own, or not published.
        TooOften: If they have voted too much.
    """
    fresh = Comment.objects.published().filter(pk=comment.pk).exclude(author=by).first()
    if fresh is None:
        raise PermissionDenied
    limits.note(by, "vote")
    if Vote.objects.filter(slot=fresh.slot_id, by=by).delete()[0]:
        return False
    Vote.objects.create(slot_id=fresh.slot_id, by=by)
    return True


@transaction.atomic
def report(*, by: User, comment: Comment, complaint: str, text: str) -> None:
    """Ask a moderator to look at a comment; doing it twice changes nothing.

    Raises:
        PermissionDenied: If it is one's own, or not published.
        TooOften: If they have reported too much.
    """
    fresh = Comment.objects.published().filter(pk=comment.pk).exclude(author=by).first()
    if fresh is None:
        raise PermissionDenied
    limits.note(by, "report")
    if not Report.objects.filter(slot=fresh.slot_id, by=by, made__gte=fresh.written).exists():
        Report.objects.filter(slot=fresh.slot_id, by=by, closed=None).delete()  # of what it said before
        Report.objects.create(slot_id=fresh.slot_id, by=by, complaint=complaint, text=cleaned(text)[:500])


@transaction.atomic
def appeal(*, by: User, comment: Comment, text: str) -> Appeal:
    """Ask another moderator to look at one's removed comment: once.

    Raises:
        PermissionDenied: If it is not theirs.
        UsageError: If it is not removed, or was appealed before.
    """
    fresh = _own(by, comment)
    if not fresh.is_removed:
        raise UsageError(Problem("", "This comment is not removed."))
    if Appeal.objects.filter(comment=fresh).exists():
        raise UsageError(Problem("", "You have appealed once.", "A second time is not possible."))
    return Appeal.objects.create(comment=fresh, text=cleaned(text)[:1_000])


def _own(by: User, comment: Comment) -> Comment:
    fresh = Comment.objects.by(by).select_for_update().filter(pk=comment.pk).first()
    if fresh is None:
        raise PermissionDenied
    return fresh


def _judged(comment: Comment, found: Judgement) -> None:
    comment.held = [[code.value, words] for code, words in found.held]
    comment.level = found.level
    comment.fingerprint = found.fingerprint


def _said(comment: Comment, text: str, by: User, article: Article) -> None:
    comment.text = text
    comment.written = timezone.now()
    comment.written_as = WrittenAs.of(by)
    comment.article_version = article.version
    comment.article_date = article.dates.reviewed


def _tell(comment: Comment) -> None:
    if comment.is_published:
        tell_of_reply(comment)
    else:
        tell_it_waits(comment)


def _next_slot(slug: str, parent: Slot | None) -> Slot:
    """The next number; if somebody else takes it in this moment, the one after it."""
    for _ in range(TRIES):
        last = Slot.objects.filter(slug=slug).aggregate(n=Max("number"))["n"] or 0
        try:
            with transaction.atomic():
                return Slot.objects.create(slug=slug, number=last + 1, parent=parent)
        except IntegrityError:
            continue
    raise UsageError(Problem("", "Too many people write here at this moment.", "Send it again."))
