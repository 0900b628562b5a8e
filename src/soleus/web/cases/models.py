"""A saved case, the links that open it to others, and the record of who looked."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from soleus.web.accounts.models import Role, User

MOST_DEED = 120
"""Of what the access log says somebody did. [characters]"""


def new_code() -> str:
    """A public name of a case that says nothing and cannot be guessed: 16 letters and digits, some 80 bits."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(16))


class CaseQuerySet(models.QuerySet["Case"]):
    """Access is a query: what is not in it does not exist for that person."""

    def visible_to(self, user: User | AnonymousUser) -> CaseQuerySet:
        """Own cases; for a verified clinician also those shared with them, while the share lasts. Moderators and admins see none."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if not user.is_clinician:
            return self.filter(owner=user)
        return self.filter(Q(owner=user) | Q(pk__in=Share.objects.live().filter(clinician=user).values("case")))

    def owned_by(self, user: User | AnonymousUser) -> CaseQuerySet:
        """What only the owner may do, such as share and delete."""
        return self.filter(owner=user) if isinstance(user, User) and user.is_active else self.none()


class Case(models.Model):
    """One person's complaint. `data` is a case file (soleus/case/1), checked before it is saved."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cases")
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    title = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-updated"]

    def __str__(self) -> str:
        return self.code

    @property
    def shown_title(self) -> str:
        return self.title or f"Case of {self.created:%d %B %Y}"


class ShareQuerySet(models.QuerySet["Share"]):
    def live(self) -> ShareQuerySet:
        """Neither expired nor revoked."""
        return self.filter(expires__gt=timezone.now(), revoked=None)


class Share(models.Model):
    """A link that opens one case until a date. Only a digest of its secret is kept: the database opens nothing.

    The first verified clinician who opens it is the one it is shared with; for anybody else the link shows the summary alone.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=80, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    clinician = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="shared_with_me", limit_choices_to={"role": Role.CLINICIAN}
    )

    objects: ClassVar = ShareQuerySet.as_manager()
    not_exported: ClassVar = ("token_hash",)

    class Meta:
        ordering: ClassVar = ["-created"]

    def __str__(self) -> str:
        return f"share {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()


class AccessLog(models.Model):
    """Who saw or changed which case, and when. The owner reads it; nobody edits it."""

    class Act(models.TextChoices):
        SAW = "saw", "saw it"
        CHANGED = "changed", "changed it"
        SHARED = "shared", "made a link"
        REVOKED = "revoked", "revoked a link"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="accesses")
    who = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    as_what = models.CharField(max_length=12)
    """owner, clinician, or link: somebody who had the link."""
    share = models.ForeignKey(Share, null=True, on_delete=models.SET_NULL, related_name="accesses")
    act = models.CharField(max_length=8, choices=Act.choices)
    deed = models.CharField(max_length=MOST_DEED, blank=True)
    """What was changed, in a few words such as `added Single-leg heel rise`."""
    when = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-when", "-pk"]

    def __str__(self) -> str:
        return f"access {self.pk}"

    @property
    def in_words(self) -> str:
        return self.deed or self.get_act_display()
