"""What the tracking of a case keeps beside it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from soleus.web.accounts.models import User
from soleus.web.cases.models import Case


class LastChangeQuerySet(models.QuerySet["LastChange"]):
    def visible_to(self, user: User | AnonymousUser) -> LastChangeQuerySet:
        """Those of visible cases."""
        return self.filter(case__in=Case.objects.visible_to(user))


class LastChange(models.Model):
    """The last change of the measurements or sessions of a case: only the piece, so that it can be taken back."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="last_change")
    step = models.JSONField()

    objects: ClassVar = LastChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"last change {self.pk}"
