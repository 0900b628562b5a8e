"""What is kept of a visit beside the case: the questions, and what each examination changed."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from soleus.web.accounts.models import User
from soleus.web.cases.models import Case


class OfVisibleCases(models.QuerySet["models.Model"]):
    def visible_to(self, user: User | AnonymousUser) -> OfVisibleCases:
        """Those of visible cases."""
        return self.filter(case__in=Case.objects.visible_to(user))


class Agenda(models.Model):
    """What a person wants from the visit, and the questions as they edited them."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="agenda")
    wants = models.CharField(max_length=400, blank=True)
    questions = models.JSONField(default=list)
    updated = models.DateTimeField(auto_now=True)

    objects: ClassVar = OfVisibleCases.as_manager()

    def __str__(self) -> str:
        return f"agenda {self.pk}"


class Examination(models.Model):
    """One examination that was entered, and the assessment before and after it. The findings themselves stand in the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="examinations")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=80)
    """As it stands in the case file."""
    on = models.DateField()
    entered = models.DateTimeField(default=timezone.now)
    findings = models.JSONField(default=list)
    """What was entered: name, side, value and what stood there before, in words."""
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    """Level, place and causes of the assessment, before and after."""

    objects: ClassVar = OfVisibleCases.as_manager()

    class Meta:
        ordering: ClassVar = ["-entered", "-pk"]

    def __str__(self) -> str:
        return f"examination {self.pk}"
