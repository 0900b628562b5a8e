"""What can be done with a case. Each checks who asks, does one thing in one transaction, and writes it into the access log."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from soleus.domain.case import Case as CaseFile
from soleus.domain.errors import CaseError, Problem, UsageError
from soleus.domain.training_log import TrainingLog
from soleus.interchange.casefile.read import SCHEMA, case_of_text
from soleus.interchange.training_log import SCHEMA as LOG_SCHEMA
from soleus.interchange.training_log import log_of_text
from soleus.web.accounts.models import User
from soleus.web.cases.models import MOST_DEED, AccessLog, Case, Share
from soleus.web.knowledge import care

MOST_CASES = 200
MOST_DAYS = 90
LOOKS_ALIKE_S = 600
"""The same person who looks again within ten minutes is one look."""


def case_file(data: Mapping[str, Any], today: datetime.date) -> CaseFile:
    """The case file in plain values, checked.

    Raises:
        CaseError: With every problem in it.
    """
    text = json.dumps({"schema": SCHEMA, **data}, ensure_ascii=False, indent=1, default=str)
    if not text.isascii() or "\\u0000" in text:
        _only_characters(data)
    return case_of_text(text, today)


def log_of(data: Mapping[str, Any], today: datetime.date) -> TrainingLog:
    """The sessions that were done.

    Raises:
        CaseError: With every problem in them.
    """
    log = data.get("log") or {}
    if not isinstance(log, Mapping):
        raise CaseError(Problem("log", "is no training log.", "Write `sessions:` under it; docs/reference/training-log.md shows one."))
    text = json.dumps({"schema": LOG_SCHEMA, "sessions": [], **log}, default=str)
    return log_of_text(text, care().exercises, today)


def _only_characters(value: Any) -> None:
    """No NUL and no half of a surrogate pair: no database takes them, and nobody types them."""
    if isinstance(value, str) and any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value):
        raise CaseError(Problem("", "holds a character that is none.", "Copy the text again, or type it."))
    if isinstance(value, Mapping):
        for key, inner in value.items():
            _only_characters(key)
            _only_characters(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _only_characters(inner)


@transaction.atomic
def save_case(
    *, by: User, data: Mapping[str, Any], today: datetime.date, case: Case | None = None, title: str | None = None, deed: str = ""
) -> Case:
    """Save a new case, or change one that `by` may see.

    Args:
        by: Who saves it; a new case becomes theirs.
        data: A case file as plain values.
        today: No date in the case may lie after it.
        case: The one to change; None makes a new one.
        title: What the owner calls it; None leaves it.
        deed: What is changed, in a few words for the access log.

    Raises:
        CaseError: With every problem of the case file and of the training log in it.
        PermissionDenied: If the case is not visible to `by`.
        UsageError: If there are too many.
    """
    case_file(data, today)
    if data.get("log"):
        log_of(data, today)
    if case is None:
        if Case.objects.owned_by(by).count() >= MOST_CASES:
            raise UsageError(Problem("", f"You have {MOST_CASES} cases.", "Delete one before you save another."))
        case = Case(owner=by)
    else:
        case = Case.objects.visible_to(by).select_for_update().filter(pk=case.pk).first()
        if case is None:
            raise PermissionDenied
    case.data = json.loads(json.dumps({"schema": SCHEMA, **data}, default=str))
    if title is not None and case.owner_id == by.pk:
        case.title = title.strip()[:80]
    case.save()
    _log(case, by, AccessLog.Act.CHANGED, deed=deed)
    return case


@transaction.atomic
def rename_case(*, by: User, case: Case, title: str) -> None:
    """Call a case something.

    Raises:
        PermissionDenied: If it is not theirs.
    """
    found = _own(case, by)
    found.title = title.strip()[:80]
    found.save(update_fields=["title", "updated"])


@transaction.atomic
def delete_case(*, by: User, case: Case) -> None:
    """Delete a case with all that hangs on it.

    Raises:
        PermissionDenied: If it is not theirs.
    """
    _own(case, by).delete()


@transaction.atomic
def share_case(*, by: User, case: Case, days: int, note: str = "") -> tuple[Share, str]:
    """A link for a clinician.

    Args:
        days: How long it opens the case, 1 to 90. [days]
        note: Whom it is for, in the owner's words.

    Returns:
        The share, and the secret of the link: it is told this once and kept nowhere.

    Raises:
        PermissionDenied: If the case is not theirs.
        UsageError: If it would last too long or not at all.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UsageError(Problem("days", f"A link lasts 1 to {MOST_DAYS} days.", "Make a new one when it has run out."))
    token = secrets.token_urlsafe(32)
    share = Share.objects.create(
        case=_own(case, by), token_hash=_digest(token), note=note.strip()[:80], expires=timezone.now() + datetime.timedelta(days=days)
    )
    _log(case, by, AccessLog.Act.SHARED, share)
    return share, token


@transaction.atomic
def revoke(*, by: User, share: Share) -> None:
    """Close a link at once, for the clinician who has opened it as well. Doing it twice changes nothing.

    Raises:
        PermissionDenied: If the case is not theirs.
    """
    _own(share.case, by)
    if Share.objects.filter(pk=share.pk, revoked=None).update(revoked=timezone.now()):
        _log(share.case, by, AccessLog.Act.REVOKED, share)


@transaction.atomic
def open_share(*, token: str, user: User | None) -> Share | None:
    """The live share that a secret opens, or None; see `take_share`."""
    share = Share.objects.live().select_related("case").filter(token_hash=_digest(token)).first()
    if share and user:
        take_share(share=share, user=user)
    return share


@transaction.atomic
def take_share(*, share: Share, user: User) -> None:
    """The first verified clinician who opens a share becomes the one it is shared with; for anybody else nothing changes."""
    if user.is_clinician and share.case.owner_id != user.pk:
        Share.objects.live().filter(pk=share.pk, clinician=None).update(clinician=user)


@transaction.atomic
def note_look(*, case: Case, user: User | None, share: Share | None = None) -> None:
    """Write down that somebody saw a case; the owner's own looks are not written down."""
    if user is not None and user.pk == case.owner_id:
        return
    since = timezone.now() - datetime.timedelta(seconds=LOOKS_ALIKE_S)
    alike = AccessLog.objects.filter(case=case, who=user, share=share, act=AccessLog.Act.SAW, when__gt=since)
    if user is None or not alike.exists():
        _log(case, user, AccessLog.Act.SAW, share)


def _own(case: Case, user: User) -> Case:
    found = Case.objects.owned_by(user).filter(pk=case.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _log(case: Case, who: User | None, act: AccessLog.Act, share: Share | None = None, deed: str = "") -> None:
    as_what = (
        "link" if who is None or (who.pk != case.owner_id and not who.is_clinician) else "owner" if who.pk == case.owner_id else "clinician"
    )
    AccessLog.objects.create(case=case, who=who, as_what=as_what, act=act, share=share, deed=deed[:MOST_DEED])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
