"""What can be done with a plan: say what suits, log a session, mend it, and open or close a calendar feed."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import User
from soleus.web.cases.actions import log_of
from soleus.web.cases.models import Case
from soleus.web.knowledge import care
from soleus.web.plans.models import Feed
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import CHANGED_ELSEWHERE, Place, Step, entries, spliced

PART = "log"
WISHES = ("preferences", "goals", "conditions", "medicines")
MOST_SESSIONS = 2_000
MOST_FEEDS = 5


def wishes_version(data: Mapping[str, Any]) -> str:
    """A short name of what the case says of preferences now."""
    return digest({key: data.get(key) for key in WISHES})


def set_preferences(*, place: Place, changes: Mapping[str, Any], version: str, today: datetime.date) -> None:
    """Write what suits the person.

    Args:
        changes: New values of `preferences`, `goals`, `conditions` and `medicines`; empty ones are taken out.
        version: What they were when the page was opened.

    Raises:
        UsageError: If they were changed meanwhile.
    """
    _only_owner(place)

    def edit(data: dict[str, Any]) -> None:
        if wishes_version(data) != version:
            raise UsageError(CHANGED_ELSEWHERE)
        for key in WISHES:
            if changes.get(key):
                data[key] = changes[key]
            else:
                data.pop(key, None)

    place.change(today, edit)


def leave_out(*, place: Place, exercise: str, today: datetime.date) -> None:
    """Plan without one exercise from now on."""
    _only_owner(place)
    if exercise not in care().exercises:
        raise UsageError(Problem("", "This exercise is not in the catalogue."))

    def edit(data: dict[str, Any]) -> None:
        preferences = data.setdefault("preferences", {})
        preferences["avoid"] = list(dict.fromkeys([*(preferences.get("avoid") or []), exercise]))

    place.change(today, edit)


def log_session(*, place: Place, session: Mapping[str, Any], today: datetime.date) -> Step:
    """Add a session that was done.

    Args:
        session: As it stands in a log (soleus/log/1).

    Raises:
        CaseError: If it cannot be.
        UsageError: If the same session stands there already, or there are too many.
    """
    _only_owner(place)

    def edit(data: dict[str, Any]) -> Step:
        held = entries(data, PART)
        if dict(session) in held:
            raise UsageError(Problem("", "This session is logged already.", "Open the log to mend it."))
        if len(held) >= MOST_SESSIONS:
            raise UsageError(Problem("", f"The log holds {MOST_SESSIONS} sessions.", "Remove old ones first."))
        step = spliced(data, PART, len(held), 0, [dict(session)], f"logging the session of {session['on']}")
        log_of(data, today)
        return step

    return _done(place.change(today, edit))


def add_to_session(*, place: Place, number: int, version: str, after: Mapping[str, Any], today: datetime.date) -> Step:
    """Say how the morning after was; what is not given is taken out.

    Args:
        number: Place in the log, counted from 0.
        version: What the session said when the page was opened.

    Raises:
        UsageError: If it was changed meanwhile.
    """
    _only_owner(place)

    def edit(data: dict[str, Any]) -> Step:
        old = _session(data, number, version)
        kept = {key: value for key, value in old.items() if key in ("on", "exercises")}
        step = spliced(data, PART, number, 1, [{**kept, **after}], f"changing the session of {old['on']}")
        log_of(data, today)
        return step

    return _done(place.change(today, edit))


def remove_session(*, place: Place, number: int, version: str, today: datetime.date) -> Step:
    """Take a session out of the log.

    Raises:
        UsageError: If it was changed meanwhile.
    """
    _only_owner(place)

    def edit(data: dict[str, Any]) -> Step:
        old = _session(data, number, version)
        return spliced(data, PART, number, 1, [], f"removing the session of {old['on']}")

    return _done(place.change(today, edit))


@transaction.atomic
def open_feed(*, by: User, case: Case, at: datetime.time) -> tuple[Feed, str]:
    """A secret address for a calendar.

    Returns:
        The feed, and its secret: it is told this once and kept nowhere.

    Raises:
        PermissionDenied: If the case is not theirs.
        UsageError: If there are too many.
    """
    found = Case.objects.owned_by(by).select_for_update().filter(pk=case.pk).first()
    if found is None:
        raise PermissionDenied
    if Feed.objects.live().filter(case=found).count() >= MOST_FEEDS:
        raise UsageError(Problem("", f"There are {MOST_FEEDS} open feeds.", "Close one first."))
    token = secrets.token_urlsafe(32)
    return Feed.objects.create(case=found, token_hash=_digest(token), at=at), token


@transaction.atomic
def close_feed(*, by: User, feed: Feed) -> None:
    """Close a feed at once. Doing it twice changes nothing.

    Raises:
        PermissionDenied: If the case is not theirs.
    """
    if not Feed.objects.visible_to(by).filter(pk=feed.pk).exists():
        raise PermissionDenied
    Feed.objects.live().filter(pk=feed.pk).update(revoked=timezone.now())


def feed_of(token: str) -> Feed | None:
    """The live feed that a secret opens."""
    return Feed.objects.live().select_related("case", "case__owner").filter(token_hash=_digest(token), case__owner__is_active=True).first()


def _session(data: dict[str, Any], number: int, version: str) -> dict[str, Any]:
    held: Sequence[dict[str, Any]] = entries(data, PART)
    if not 0 <= number < len(held) or digest(held[number]) != version:
        raise UsageError(CHANGED_ELSEWHERE)
    return held[number]


def _only_owner(place: Place) -> None:
    if not place.is_own:
        raise PermissionDenied


def _done(step: Step | None) -> Step:
    assert step is not None
    return step


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
