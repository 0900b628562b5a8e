"""Where a case lies: saved on the server under its code, or only in this browser. Plan and track read and change both through this door.

Every change reads the newest state under a lock, changes one piece of it and remembers the piece, so that two open
windows lose nothing and the last change can be taken back.
"""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from soleus.domain.errors import Problem, UsageError
from soleus.web.accounts.models import User
from soleus.web.cases.actions import case_file, note_look, save_case
from soleus.web.cases.models import Case
from soleus.web.drafts import Draft
from soleus.web.tracking.models import LastChange

DRAFT = "draft"
"""Stands for a code where the case is not saved; codes are longer, so none is ever called so."""
CHANGED_ELSEWHERE = Problem(
    "", "This was changed in another window meanwhile.", "Nothing is lost and nothing was saved here. Open the page anew and look at it."
)

DONE = {"adding": "added", "changing": "changed", "removing": "removed", "importing": "imported", "logging": "logged"}


@dataclass(frozen=True)
class Step:
    """One change of a list in the case: at a place, these entries became those."""

    what: str
    """In words, for the button that takes it back."""
    part: str
    """`measurements` or `log`."""
    at: int
    was: list[Any]
    now: list[Any]

    @property
    def deed(self) -> str:
        """The same as something done, for the access log."""
        first, _, rest = self.what.partition(" ")
        return f"{DONE.get(first, first)} {rest}".strip()


@dataclass(frozen=True)
class Place:
    """A case that this person may see."""

    code: str
    case: Case | None
    user: User | None
    draft: Draft

    @property
    def data(self) -> dict[str, Any]:
        """The case file as plain values."""
        return cast(dict[str, Any], self.case.data if self.case else self.draft.data["case"])

    @property
    def title(self) -> str:
        return self.case.shown_title if self.case else "Not saved yet"

    @property
    def is_draft(self) -> bool:
        return self.case is None

    @property
    def is_own(self) -> bool:
        """Whether it is this person's own; a clinician sees and measures, but plans and trains for nobody."""
        return self.case is None or (self.user is not None and self.case.owner_id == self.user.pk)

    @property
    def last(self) -> Step | None:
        """The last change, which can be taken back."""
        if self.case is None:
            kept = self.draft.data.get("last_change")
        else:
            kept = LastChange.objects.filter(case=self.case).values_list("step", flat=True).first()
        return Step(**kept) if kept else None

    def change(self, today: datetime.date, edit: Callable[[dict[str, Any]], Step | None], *, undoes: bool = False) -> Step | None:
        """Change the newest state of the case in one transaction.

        Args:
            today: No date in the case may lie after it.
            edit: Gets the plain values, changes them and returns what can be taken back, or None.
            undoes: It takes back a change; the access log says so.

        Raises:
            CaseError: If it would be no case any more.
            PermissionDenied: If the case is no longer visible.
            UsageError: Whatever `edit` refuses.
        """
        if self.case is None:
            data = copy.deepcopy(self.data)
            step = edit(data)
            case_file(data, today)
            self.draft.keep({**self.draft.data, "case": data, "last_change": asdict(step) if step else None})
            return step
        assert self.user is not None
        with transaction.atomic():
            fresh = Case.objects.visible_to(self.user).select_for_update().filter(pk=self.case.pk).first()
            if fresh is None:
                raise PermissionDenied
            data = copy.deepcopy(fresh.data)
            step = edit(data)
            deed = "" if step is None else f"took back {step.what}" if undoes else step.deed
            saved = save_case(by=self.user, data=data, today=today, case=fresh, deed=deed)
            if step:
                LastChange.objects.update_or_create(case=saved, defaults={"step": asdict(step)})
        self.case.data = saved.data
        return step


def entries(data: dict[str, Any], part: str) -> list[Any]:
    """The list of measurements, or of sessions, of a case file; made if there is none."""
    if part == "log":
        return cast(list[Any], data.setdefault("log", {}).setdefault("sessions", []))
    return cast(list[Any], data.setdefault(part, []))


def spliced(data: dict[str, Any], part: str, at: int, count: int, now: list[Any], what: str) -> Step:
    """Put entries in the place of others."""
    held = entries(data, part)
    step = Step(what, part, at, held[at : at + count], now)
    held[at : at + count] = now
    return step


def only_owner(place: Place) -> None:
    """Whoever has a case shared may add, and change or remove nothing of it.

    Raises:
        PermissionDenied: If the case is somebody else's.
    """
    if not place.is_own:
        raise PermissionDenied


def take_back(place: Place, today: datetime.date) -> Step:
    """Undo the last change of measurements or sessions; once more brings it back.

    Raises:
        PermissionDenied: If the case is somebody else's.
        UsageError: If there is none, or what it changed was changed again since.
    """
    only_owner(place)

    def edit(data: dict[str, Any]) -> Step:
        step = place.last
        if step is None:
            raise UsageError(Problem("", "There is no change that could be taken back."))
        held = entries(data, step.part)
        if held[step.at : step.at + len(step.now)] != step.now:
            raise UsageError(CHANGED_ELSEWHERE)
        return spliced(data, step.part, step.at, len(step.now), step.was, step.what)

    done = place.change(today, edit, undoes=True)
    assert done is not None
    return done


View = Callable[..., HttpResponseBase]


def with_place(view: View) -> View:
    """Gives a view its place instead of a code. A stranger finds nothing; who is not signed in is asked to."""

    @wraps(view)
    def found(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft = cast(Draft, request.draft)  # type: ignore[attr-defined]
        user = request.user if isinstance(request.user, User) else None
        if code == DRAFT:
            if "case" not in draft.data:
                raise Http404
            return view(request, Place(DRAFT, None, user, draft), *args, **kwargs)
        if user is None:
            return redirect_to_login(request.get_full_path())
        case = get_object_or_404(Case.objects.visible_to(user), code=code)
        note_look(case=case, user=user)
        return view(request, Place(code, case, user, draft), *args, **kwargs)

    return found


def own(place: Place) -> Place:
    """The place, if it is this person's own.

    Raises:
        Http404: If it is somebody else's: only its owner plans and trains.
    """
    if not place.is_own:
        raise Http404
    return place


def places_of(request: HttpRequest) -> list[Place]:
    """All cases this person may open here, the unsaved one first."""
    draft = cast(Draft, request.draft)  # type: ignore[attr-defined]
    user = request.user if isinstance(request.user, User) else None
    unsaved = [Place(DRAFT, None, user, draft)] if "case" in draft.data else []
    return [*unsaved, *(Place(c.code, c, user, draft) for c in Case.objects.visible_to(request.user).select_related("owner"))]
