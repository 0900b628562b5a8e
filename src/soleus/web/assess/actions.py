"""What changes an assessment: begin, take one entry out, answer, take back, save."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from soleus.domain.case import Case
from soleus.interview.saved import case_data, state_of
from soleus.interview.state import Answer, answered, undo
from soleus.reports.bodymap.marks import NOTE, Marks, marks_to_findings
from soleus.web.accounts.models import User
from soleus.web.assess.answers import EFFECT, FINISH, changed
from soleus.web.assess.told import without
from soleus.web.assess.voices import ASKS
from soleus.web.assess.working import stand, understood
from soleus.web.cases import models
from soleus.web.cases.actions import save_case
from soleus.web.drafts import Draft
from soleus.web.tracking.place import Place
from soleus.web.visit.models import Agenda

FORGOTTEN = ("case", "last_change", "visit", "examined", ASKS, EFFECT, FINISH)
"""What belongs to the unsaved case in a draft."""


def begin(
    *,
    draft: Draft,
    age_years: int | None,
    sex: str,
    words: str,
    marks: Marks,
    today: datetime.date,
    asks: str = "me",
    setting: str = "self",
    conditions: Sequence[str] = (),
    medicines: Sequence[str] = (),
) -> None:
    """Keep in the browser what the start page was told. What was answered or measured before stays.

    Args:
        draft: Of the browser.
        age_years: None if nobody said.
        sex: As in a case file.
        words: Free text.
        marks: On the body map.
        today: No date in the case lies after it.
        asks: Id of a voice: who speaks for whom.
        setting: As in a case file: `self`, or where a clinician sees the person.
        conditions: Illnesses, in the person's words.
        medicines: In the person's words.

    Raises:
        CaseError: With every impossible value in it.
        DraftTooLarge: If a browser cannot hold it.
    """
    old = dict(draft.data.get("case") or {})
    kept = [e for e in old.get("findings") or () if not str(e.get("note") or "").startswith(NOTE)]
    data = {**old, "age": age_years, "sex": sex, "narrative": words, "findings": [*marks_to_findings(marks), *kept]}
    data["setting"] = setting
    for key, listed in (("conditions", conditions), ("medicines", medicines)):
        data.pop(key, None)
        if listed:
            data[key] = list(listed)
    case = Case(age_years=age_years, sex=sex, narrative=words, setting=setting)
    data = case_data(*state_of(case, data, today))
    understood(data, today)
    draft.keep({**draft.data, "case": data, ASKS: asks})


def anew(*, draft: Draft) -> None:
    """Forget the unsaved case, and nothing else that the browser keeps."""
    draft.keep({key: value for key, value in draft.data.items() if key not in FORGOTTEN})


def remove(*, place: Place, what: str, today: datetime.date) -> None:
    """Take out what was understood, wherever it was told.

    Args:
        what: Id of a finding or a test, or `time`.
    """
    _change(place, today, lambda data: without(data, what, today))


def answer(*, place: Place, said: Answer, today: datetime.date) -> None:
    """Add an answer of the interview."""

    def edit(data: Mapping[str, Any]) -> dict[str, Any]:
        now = stand(data, today)
        return case_data(answered(now.state, said), now.before)

    _change(place, today, edit)


def change_answer(*, place: Place, number: int, said: Answer | None, today: datetime.date) -> None:
    """Put another answer in the place of one, wherever it stands; None takes it out. Those after it stay."""
    _change(place, today, lambda data: changed(data, number, said, today))


def take_back(*, place: Place, today: datetime.date) -> None:
    """Take back the last answer; at the beginning nothing changes."""

    def edit(data: Mapping[str, Any]) -> dict[str, Any]:
        now = stand(data, today)
        return case_data(undo(now.state), now.before) if now.given else dict(data)

    _change(place, today, edit)


def save(*, place: Place, by: User, title: str, today: datetime.date) -> models.Case:
    """Save the unsaved case to an account; the browser then forgets it.

    Raises:
        UsageError: If there are too many.
    """
    saved = save_case(by=by, data=place.data, today=today, title=title)
    if asked := place.draft.data.get("visit"):
        Agenda.objects.create(case=saved, wants=asked["wants"], questions=asked["questions"])
    anew(draft=place.draft)
    return saved


def _change(place: Place, today: datetime.date, edit: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    def in_place(data: dict[str, Any]) -> None:
        new = dict(edit(data))
        data.clear()
        data.update(new)

    place.change(today, in_place)
