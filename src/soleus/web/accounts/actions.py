"""What can be done to an account."""

from __future__ import annotations

from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import Role, Session, User
from soleus.web.accounts.names import checked_name
from soleus.web.accounts.personal_data import everything_of


class AdminMade(NamedTuple):
    """What became of an address."""

    is_new: bool
    factors: int = 0
    """Second factors and passkeys that were removed."""
    addresses: int = 0
    """Other email addresses that were removed."""


@transaction.atomic
def create_admin(*, email: str, password: str) -> AdminMade:
    """Make an admin of an address.

    An account that exists gets the role and this password, and every other way into it is closed: whoever registered the address
    first need not be the person who is meant.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is not None:
        user.role = Role.ADMIN
        user.save(update_fields=["role"])
        factors, _ = Authenticator.objects.filter(user=user).delete()
        addresses, _ = EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        set_password(user=user, password=password)
        return AdminMade(False, factors, addresses)
    user = User.objects.create_user(email, password, role=Role.ADMIN)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return AdminMade(True)


def set_password(*, user: User, password: str) -> None:
    """Give a new password, and end every session in which the person is signed in."""
    user.set_password(password)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).delete()


def ask_to_be_clinician(*, user: User, evidence: str) -> None:
    """An admin looks at it; until then nothing changes."""
    user.asked_to_be_clinician = evidence
    user.save(update_fields=["asked_to_be_clinician"])


def give_role(*, user: User, role: str, by: User) -> None:
    """Give one role instead of another. Who becomes a clinician is verified by that; a name that claims another role is taken off.

    Raises:
        PermissionDenied: If `by` is no admin.
        UsageError: If the last admin would lose the role.
    """
    if not by.is_admin:
        raise PermissionDenied
    with transaction.atomic():
        if user.role == Role.ADMIN and role != Role.ADMIN:
            _another_admin_stays(user)
        user.role = Role(role)
        user.verified_as_clinician = timezone.now() if role == Role.CLINICIAN else None
        user.asked_to_be_clinician = ""
        try:
            user.display_name = checked_name(user.display_name, user)
        except UsageError:  # it named the role that they had
            user.display_name = ""
        user.save(update_fields=["role", "verified_as_clinician", "asked_to_be_clinician", "display_name"])


def export_everything(*, user: User) -> dict[str, Any]:
    """Every row that belongs to a person, as plain values; secrets (hashes, keys) are left out."""
    return {"soleus": "export/1", "made": timezone.now().isoformat(), "data": everything_of(user)}


def delete_everything(*, user: User) -> None:
    """Delete the person and every row that belongs to them, from the files of the database too.

    Raises:
        UsageError: If it is the last admin of a server that others use.
    """
    with transaction.atomic():
        if user.role == Role.ADMIN and User.objects.exclude(pk=user.pk).exists():
            _another_admin_stays(user)
        user.delete()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log beside the database still holds what was overwritten


def _another_admin_stays(user: User) -> None:
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk).select_for_update().exists():
        raise UsageError(Problem("", "This is the only admin.", "Make somebody else an admin first."))
