"""What can be done for a visit: edit the questions, enter an examination."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from soleus.domain.errors import Problem, UsageError
from soleus.web.assess.working import known
from soleus.web.cases.actions import case_file, save_case
from soleus.web.cases.models import Case
from soleus.web.knowledge import knowledge
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import CHANGED_ELSEWHERE, Place
from soleus.web.visit.examination import changes, examined, held, in_words
from soleus.web.visit.making import DRAFT_KEY, digest_of
from soleus.web.visit.models import Agenda, Examination

MOST_QUESTIONS = 14
MOST_CHARACTERS = 200
NOTHING = Problem("", "No finding was entered.", "Choose what you found; what you did not examine stays as it is.")


def set_agenda(*, place: Place, wants: str, questions: Sequence[str]) -> None:
    """Keep what the person wants and asks.

    Raises:
        DraftTooLarge: If a browser cannot hold it.
        PermissionDenied: If the case is somebody else's.
        UsageError: If there are too many questions.
    """
    if not place.is_own:
        raise PermissionDenied
    kept = list(dict.fromkeys(line for q in questions if (line := " ".join(q.split())[:MOST_CHARACTERS])))
    if len(kept) > MOST_QUESTIONS:
        raise UsageError(Problem("", f"These are more than {MOST_QUESTIONS} questions.", "Keep those that matter most: a visit is short."))
    if place.case is None:
        place.draft.keep({**place.draft.data, DRAFT_KEY: {"wants": wants.strip(), "questions": kept}})
    else:
        Agenda.objects.update_or_create(case=place.case, defaults={"wants": wants.strip(), "questions": kept})


def forget_agenda(*, place: Place) -> None:
    """Begin again with what is suggested.

    Raises:
        PermissionDenied: If the case is somebody else's.
    """
    if not place.is_own:
        raise PermissionDenied
    if place.case is None:
        place.draft.keep({k: v for k, v in place.draft.data.items() if k != DRAFT_KEY})
    else:
        Agenda.objects.filter(case=place.case).delete()


def version_of(place: Place) -> str:
    """A short name of what the case says now: it changes with every saved change, and not with a new title."""
    return digest(place.data)


def enter_examination(
    *, place: Place, given: Mapping[str, str], version: str, who: str, on: datetime.date, today: datetime.date, confirmed: bool = False
) -> Examination | None:
    """Write an examination into the case, and keep what it changed.

    Args:
        place: The case; its owner, or a verified clinician it is shared with.
        given: Cell and value, checked by the form.
        version: What the case said when the form was opened.
        who: Who examined.
        on: When.
        today: No examination lies after it.
        confirmed: Every value shown was found, those from the case as well.

    Returns:
        The record; none for a case that is kept in the browser, which keeps it itself.

    Raises:
        CaseError: If it would be no case any more.
        PermissionDenied: If the case is no longer visible.
        UsageError: If the case was changed meanwhile, or nothing was entered.
    """
    if place.case is None:
        data, record = _entered(place.data, version, given, who, on, today, confirmed)
        case_file(data, today)
        place.draft.keep({**place.draft.data, "case": data, "last_change": None, "examined": record})
        return None
    if place.user is None or not (place.is_own or place.user.is_clinician):
        raise PermissionDenied
    with transaction.atomic():
        fresh = Case.objects.visible_to(place.user).select_for_update().filter(pk=place.case.pk).first()
        if fresh is None:
            raise PermissionDenied
        data, record = _entered(copy.deepcopy(fresh.data), version, given, who, on, today, confirmed)
        saved = save_case(by=place.user, data=data, today=today, case=fresh, deed=f"entered an examination of {on.day} {on:%b %Y}")
        return Examination.objects.create(case=saved, by=place.user, **record | {"on": on})


def _entered(
    data: dict[str, Any], version: str, given: Mapping[str, str], who: str, on: datetime.date, today: datetime.date, confirmed: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The new case, and the record of the change as plain values."""
    if digest(data) != version:
        raise UsageError(CHANGED_ELSEWHERE)
    kb = knowledge().kb
    before = held(data, today)
    found = changes(given, before, all_of_them=confirmed)
    if not found:
        raise UsageError(NOTHING)
    was = digest_of(known(data, today).result, kb)
    new = examined(data, found, before, on, who)
    record = {"who": who[:80], "on": on.isoformat(), "findings": [in_words(c) for c in found], "was": was}
    return new, record | {"now": digest_of(known(new, today).result, kb)}
