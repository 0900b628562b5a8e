"""What the discussion keeps about a person: when they may not comment, and what they are told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from soleus.web.accounts.models import User


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def in_force(self) -> SuspensionQuerySet:
        """Neither over nor lifted."""
        return self.filter(Q(ends=None) | Q(ends__gt=timezone.now()), lifted=None)

    def appealed(self) -> SuspensionQuerySet:
        """In force, with an open appeal."""
        return self.in_force().filter(appealed__isnull=False, answered=None)


class Suspension(models.Model):
    """Somebody may read, and write nothing, for a time. What was decided, by whom and when stays written here after it is over."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="suspensions")
    reason = models.TextField(max_length=1_000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    begun = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    """Nothing: when a moderator lifts it."""
    appeal = models.TextField(max_length=1_000, blank=True)
    appealed = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=1_000, blank=True)
    """What the person was told when it was lifted, or when it was not."""
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar = SuspensionQuerySet.as_manager()
    not_exported: ClassVar = ("by", "answered_by", "lifted_by")

    class Meta:
        ordering: ClassVar = ["-begun", "-pk"]

    def __str__(self) -> str:
        return f"suspension {self.pk}"

    @property
    def has_open_appeal(self) -> bool:
        return self.appealed is not None and self.answered is None

    @property
    def until(self) -> str:
        """How long it lasts, in words."""
        if self.ends is None:
            return "until a moderator lifts it"
        return f"until {date_format(timezone.localtime(self.ends), 'j F Y, H:i')}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> NoticeQuerySet:
        """What somebody is told; nothing of an answer that others cannot read."""
        return self.filter(~Q(kind=Notice.Kind.REPLY) | Q(slot__comment__status="published"), to=user)


class Notice(models.Model):
    """Something that somebody is told on their account page. It goes with what it tells of."""

    class Kind(models.TextChoices):
        REPLY = "reply", "somebody answered"
        HELD = "held", "waits for a moderator"
        DECISION = "decision", "a moderator decided"
        SUSPENDED = "suspended", "may not comment"
        LIFTED = "lifted", "may comment again"
        REFUSED = "refused", "the appeal against a suspension was refused"

    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    slot = models.ForeignKey("discussion.Slot", null=True, on_delete=models.CASCADE, related_name="+")
    """The answer, or the comment that it is about."""
    decision = models.ForeignKey("discussion.Decision", null=True, on_delete=models.CASCADE, related_name="+")
    suspension = models.ForeignKey(Suspension, null=True, on_delete=models.CASCADE, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    is_new = models.BooleanField(default=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made", "-pk"]
        indexes: ClassVar = [models.Index(fields=["to", "is_new"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "slot"], condition=Q(kind="reply"), name="one_notice_a_reply")]

    def __str__(self) -> str:
        return f"notice {self.pk}"
