"""Comments under articles, what readers think of them, and what moderators decided.

A `Slot` is a number in the discussion of an article. It knows nobody, and stays: so numbers are never given twice, and replies
keep their place when what they answer is deleted. What a person wrote hangs on the person (CASCADE) and is in their export; what
others think of it hangs on the slot, and is in the export of those others.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from soleus.web.accounts.models import User
from soleus.web.discussion import about_people  # noqa: F401  models of this app too
from soleus.web.discussion.words import FOR_MODERATORS, Complaint, Held

MOST_CHARACTERS = 4_000


class Slot(models.Model):
    """Number `number` under the article `slug`; an answer to `parent`."""

    slug = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replies")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["slug", "number"], name="one_comment_a_number")]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"


class WrittenAs(models.TextChoices):
    """What somebody was when they wrote."""

    READER = "reader", "reader"
    CLINICIAN = "clinician", "verified clinician"

    @classmethod
    def of(cls, user: User) -> WrittenAs:
        return cls.CLINICIAN if user.is_clinician else cls.READER


def standing(author: User, written_as: str) -> str:
    """As what somebody wrote, in words; it is said where a clinician is not verified any more."""
    words = WrittenAs(written_as).label
    return f"{words} when this was written, not now" if written_as == WrittenAs.CLINICIAN and not author.is_clinician else words


class Text(models.Model):
    """A version of a comment, and the version of the article that it answered."""

    text = models.TextField(max_length=MOST_CHARACTERS)
    written = models.DateTimeField(default=timezone.now)
    written_as = models.CharField(max_length=12, choices=WrittenAs.choices)
    article_version = models.CharField(max_length=12)
    article_date = models.DateField()
    """When that version of the article was last checked."""

    class Meta:
        abstract = True


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User | AnonymousUser) -> CommentQuerySet:
        """What is published; one's own; for moderators everything."""
        if not isinstance(user, User) or not user.is_active:
            return self.filter(status=Comment.Status.PUBLISHED)
        if user.is_moderator:
            return self
        return self.filter(Q(status=Comment.Status.PUBLISHED) | Q(author=user))

    def by(self, user: User | AnonymousUser) -> CommentQuerySet:
        """What only its author may do, such as edit and delete."""
        return self.filter(author=user) if isinstance(user, User) and user.is_active else self.none()

    def published(self) -> CommentQuerySet:
        return self.filter(status=Comment.Status.PUBLISHED)


class Comment(Text):
    """A comment as it reads now."""

    class Status(models.TextChoices):
        WAITING = "waiting", "waiting for a moderator"
        PUBLISHED = "published", "published"
        REMOVED = "removed", "removed"

    slot = models.OneToOneField(Slot, on_delete=models.CASCADE, related_name="comment")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="comments")
    status = models.CharField(max_length=10, choices=Status.choices)
    first_written = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    held = models.JSONField(default=list)
    """Why it waits or waited: codes of `Held`, each with the words that were seen."""
    level = models.CharField(max_length=16, blank=True)
    """How soon its writer should be seen, where it tells of a red flag: emergency or same_day."""
    fingerprint = models.CharField(max_length=32, db_index=True)
    """Of its words, to know a copy."""

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["author", "first_written"]), models.Index(fields=["status", "first_written"])]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING

    @property
    def is_removed(self) -> bool:
        return self.status == self.Status.REMOVED

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why it waits, for its author, and the words that were seen."""
        return [(Held(code).label, words) for code, words in self.held]

    @property
    def marks(self) -> list[tuple[str, str]]:
        """The same in short, for moderators."""
        return [(FOR_MODERATORS[Held(code)], words) for code, words in self.held]


class EarlierVersion(Text):
    """What a comment said before it was edited."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    was_public = models.BooleanField()
    """Others could read it then, so they may read it now."""

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "version"], name="one_earlier_version_a_number")]

    def __str__(self) -> str:
        return f"version {self.version} of comment {self.comment_id}"


class Vote(models.Model):
    """Somebody found a comment helpful."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="votes")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="helpful_votes")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["slot", "by"], name="one_vote_a_person")]

    def __str__(self) -> str:
        return f"vote {self.pk}"


class Report(models.Model):
    """Somebody asks a moderator to look. The author never learns who it was."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reports_made")
    complaint = models.CharField(max_length=10, choices=Complaint.choices)
    text = models.TextField(max_length=500, blank=True)
    made = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["slot", "by"], condition=Q(closed=None), name="one_open_report_a_person")]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Decision(models.Model):
    """What a moderator decided about a comment, and why. Nobody edits it."""

    class Act(models.TextChoices):
        APPROVED = "approved", "published"
        REMOVED = "removed", "removed"
        KEPT = "kept", "kept, though it was reported"
        RESTORED = "restored", "published again after the appeal"
        UPHELD = "upheld", "stays removed after the appeal"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=10, choices=Act.choices)
    reason = models.TextField(max_length=1_000, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    not_exported: ClassVar = ("by",)

    class Meta:
        ordering: ClassVar = ["made", "pk"]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Appeal(models.Model):
    """Once, the author of a removed comment may ask another moderator to look."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(max_length=1_000)
    made = models.DateTimeField(default=timezone.now)
    decided = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class Deed(models.Model):
    """That somebody did something, to know what is too often. Kept a day; it does not say to which comment."""

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=10)
    when = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "kind", "when"])]

    def __str__(self) -> str:
        return f"deed {self.pk}"
