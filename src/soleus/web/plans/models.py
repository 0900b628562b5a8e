"""What the plan of a case keeps beside it: addresses under which a calendar reads the sessions."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from soleus.web.accounts.models import User
from soleus.web.cases.models import Case


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: User | AnonymousUser) -> FeedQuerySet:
        """Those of own cases: who has the case shared has no use for its calendar."""
        return self.filter(case__in=Case.objects.owned_by(user))

    def live(self) -> FeedQuerySet:
        return self.filter(revoked=None)


class Feed(models.Model):
    """A secret address that a calendar asks for the sessions. Only a digest of the secret is kept."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    at = models.TimeField(default=datetime.time(17, 30))
    created = models.DateTimeField(default=timezone.now, editable=False)
    revoked = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = FeedQuerySet.as_manager()
    not_exported: ClassVar = ("token_hash",)

    class Meta:
        ordering: ClassVar = ["-created"]

    def __str__(self) -> str:
        return f"feed {self.pk}"
