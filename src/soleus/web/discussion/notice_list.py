"""What somebody is told, in words and with the way to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse

from soleus.web.accounts.models import User
from soleus.web.discussion.about_people import Notice
from soleus.web.discussion.models import Decision
from soleus.web.discussion.views import title_of

MOST = 50
_DECIDED = {
    Decision.Act.APPROVED: "is published",
    Decision.Act.REMOVED: "was removed",
    Decision.Act.RESTORED: "is published again after your appeal",
    Decision.Act.UPHELD: "stays removed after your appeal",
}
Kind = Notice.Kind


@dataclass(frozen=True)
class Told:
    """A notice as its reader sees it. `reason`: in the words of a moderator; nothing where none is given."""

    text: str
    reason: str
    address: str
    link: str
    made: datetime.datetime
    is_new: bool


def told(user: User) -> list[Told]:
    """The newest first."""
    with_all = Notice.objects.of(user).select_related("slot__parent", "slot__comment__author", "decision", "suspension")
    return [_told(n) for n in with_all[:MOST]]


def _told(notice: Notice) -> Told:
    text, reason, address, link = _of_suspension(notice) if notice.suspension else _of_comment(notice)
    return Told(text, reason, address, link, notice.made, notice.is_new)


def _of_suspension(notice: Notice) -> tuple[str, str, str, str]:
    suspension = notice.suspension
    assert suspension is not None
    address = reverse("discussion:suspension")
    if notice.kind == Kind.SUSPENDED:
        text = f"A moderator suspended you from commenting {suspension.until}."
        return (text, suspension.reason, "", "") if suspension.lifted else (text, suspension.reason, address, "Read more, or appeal")
    if notice.kind == Kind.LIFTED:
        return "You can comment again.", suspension.answer, "", ""
    return "Your appeal was read. You still cannot comment.", suspension.answer, address, "Until when"


def _of_comment(notice: Notice) -> tuple[str, str, str, str]:
    slot = notice.slot
    assert slot is not None
    at = [slot.slug, slot.number]
    where = f"under “{title_of(slot.slug)}”"
    if notice.kind == Kind.REPLY:
        answered = f"your comment No. {slot.parent.number}" if slot.parent else "your comment"
        text = f"{slot.comment.author.shown_name} answered {answered} {where}."
        return text, "", reverse("discussion:permalink", args=at), f"Read No. {slot.number}"
    mine = f"Your comment No. {slot.number} {where}"
    if notice.kind == Kind.HELD:
        return f"{mine} was kept for a moderator to read first.", "", reverse("discussion:sent", args=at), "Why, and what to do"
    decision = notice.decision
    assert decision is not None
    text = f"{mine} {_DECIDED[Decision.Act(decision.act)]}."
    if decision.act == Decision.Act.REMOVED:
        return text, decision.reason, reverse("discussion:mine"), "Read it, or appeal"
    if decision.act == Decision.Act.UPHELD:
        return text, decision.reason, reverse("discussion:mine"), "My comments"
    return text, decision.reason, reverse("discussion:permalink", args=at), f"See No. {slot.number}"
