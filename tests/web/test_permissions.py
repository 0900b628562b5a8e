"""Who may open and who may send what: every address times everybody. An address that nobody listed here fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from tests.web.conftest import person

from soleus.web.accounts.models import User
from soleus.web.cases.actions import save_case, share_case, take_share
from soleus.web.cases.models import Case, Share
from soleus.web.discussion.about_people import Suspension
from soleus.web.discussion.models import Comment, EarlierVersion, Slot
from soleus.web.plans.actions import open_feed
from soleus.web.plans.models import Feed
from soleus.web.visit.models import Examination

pytestmark = pytest.mark.django_db

ASSESSED = {"level": "routine", "place": "", "causes": []}
LINK = "somebody with the link"
PEOPLE = ("nobody", LINK, "owner", "other", "clinician with a share", "clinician without", "moderator", "admin")
EVERYBODY = frozenset(PEOPLE)
SLUG = "condition-lumbar-disc-radiculopathy"
SIGNED_IN = EVERYBODY - {"nobody", LINK}
OWNER = frozenset({"owner"})
CARERS = frozenset({"owner", "clinician with a share"})
MODERATORS = frozenset({"moderator", "admin"})


@dataclass(frozen=True)
class World:
    """Alice's case, shared with Bob, her three comments, and one of everybody."""

    people: dict[str, User | None]
    case: Case
    share: Share
    token: str
    looked: Examination
    feed: Feed
    secret: str
    suspended: Suspension

    def client(self, who: str) -> Client:
        client = Client()
        if user := self.people[who]:
            client.force_login(user)
        if who == LINK:
            client.get(f"/cases/shared/{self.token}/")
        return client


@pytest.fixture
def world(alice: User, bob: User, eve: User, charlie: User, moderator: User, admin: User, case_data: dict[str, Any]) -> World:
    measured = [{"measure": "heel-rise", "value": "9", "side": "left", "on": f"2026-10-{d:02}"} for d in (1, 8, 15, 22)]
    done = [{"on": "2026-11-02", "exercises": [{"exercise": "heel-raise-double", "side": "both", "sets": [10]}]}]
    answered = {"finding": "back pain", "note": "interview 1 findings back-pain | Does your back hurt? | Yes"}
    data = {**case_data, "findings": [*case_data["findings"], answered], "measurements": measured, "log": {"sessions": done}}
    case = save_case(by=alice, data=data, today=date(2026, 11, 22), title="Left calf")
    share, token = share_case(by=alice, case=case, days=14)
    take_share(share=share, user=bob)
    for number, status in enumerate((Comment.Status.PUBLISHED, Comment.Status.WAITING, Comment.Status.REMOVED), start=1):
        of_article = {"written_as": "reader", "article_version": "0" * 12, "article_date": date(2026, 11, 1)}
        comment = Comment.objects.create(
            slot=Slot.objects.create(slug=SLUG, number=number),
            author=alice,
            status=status,
            version=2,
            text="Stairs are hard.",
            **of_article,
        )
        EarlierVersion.objects.create(comment=comment, version=1, was_public=True, text="Stairs.", **of_article)
    looked = Examination.objects.create(case=case, by=bob, who="Dr Bob", on=date(2026, 11, 20), was=ASSESSED, now=ASSESSED)
    feed, secret = open_feed(by=alice, case=case, at=time(17, 30))
    people = dict(zip(PEOPLE, (None, None, alice, charlie, bob, eve, moderator, admin), strict=True))
    suspended = Suspension.objects.create(person=person("zoe@example.org"), reason="Spam.", appeal="Why?", appealed=timezone.now())
    return World(people, case, share, token, looked, feed, secret, suspended)


def routes(of: Any = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the application: (name, pattern)."""
    for p in (of or get_resolver()).url_patterns:
        if isinstance(p, URLResolver):
            yield from routes(p, prefix + str(p.pattern), f"{space}{p.namespace}:" if p.namespace else space)
        elif isinstance(p, URLPattern):
            yield f"{space}{p.name}", prefix + str(p.pattern)


API = ("DELETE", "GET", "POST", "PUT")
PAGES = ("GET", "POST")
VALUES: dict[str, Callable[[World], Any]] = {
    "code": lambda w: w.case.code,
    "token": lambda w: w.token,
    "pk": lambda w: w.share.pk,
    "number": lambda w: 1,
    "measure": lambda w: "heel-rise",
    "exercise": lambda w: "heel-raise-double",
    "day": lambda w: "mon",
    "slug": lambda w: SLUG,
    "version": lambda w: 1,
    "kind": lambda w: "conditions",
    "id": lambda w: "lumbar-disc-radiculopathy",
    "rest": lambda w: "nothing/here",
    "key": lambda w: "abc",
    "uidb36": lambda w: "1",
}
SPECIAL: dict[str, dict[str, Callable[[World], Any]]] = {
    "assess:map": {"name": lambda w: "bodymap.css"},
    "library:kind": {"name": lambda w: "condition"},
    "account_give_role": {"pk": lambda w: w.people["other"].pk},  # type: ignore[union-attr]
    "visit:examined": {"pk": lambda w: w.looked.pk},
    "plans:feed": {"token": lambda w: w.secret},
    "plans:close-feed": {"pk": lambda w: w.feed.pk},
    "plans:after": {"number": lambda w: 0},
    "plans:remove": {"number": lambda w: 0},
    **{f"discussion:{name}": {"pk": lambda w: w.suspended.pk} for name in ("lift", "refuse")},
    **{f"discussion:{name}": {"number": lambda w: 2} for name in ("sent", "approve", "edit")},
    **{f"discussion:{name}": {"number": lambda w: 3} for name in ("appeal", "decide_appeal")},
}
BODIES = {
    "/api/v1/cases": {"case": {"age": 50}},
    "/api/v1/cases/{code}": {"case": {"age": 50}},
    "/api/v1/cases/{code}/measurements": {"measure": "heel-rise", "value": "8", "side": "left", "on": "2026-11-01"},
}
"""What is sent as JSON: its form is looked at before the case is looked for."""

WHO: dict[frozenset[str], str] = {
    EVERYBODY: """
        GET home  GET privacy  POST theme
        GET account_login  POST account_login  GET account_logout  POST account_logout  GET account_inactive
        GET account_signup  POST account_signup  GET account_email_verification_sent  GET account_confirm_email
        GET account_reset_password  GET account_reset_password_done  GET account_reset_password_from_key
        POST account_reset_password_from_key  GET account_reset_password_from_key_done
        GET cases:open
        GET assess:home  POST assess:home  GET assess:map  POST assess:anew
        GET plans:home  GET plans:sheet-css  GET plans:figure  GET plans:feed
        GET tracking:home  GET tracking:figure  GET visit:home
        GET library:home  GET library:search  POST library:search  GET library:kind  GET library:article  GET library:print
        GET discussion:rules  GET discussion:discussion  GET discussion:permalink  GET discussion:history
        GET api-1:openapi-json  POST api-1:openapi-json  PUT api-1:openapi-json  DELETE api-1:openapi-json
        GET api-1:status  GET api-1:read  GET api-1:session
        POST api-1:assess_case  POST api-1:interview_next  POST api-1:plan_case  POST api-1:trend_case
        GET api-1:kinds  POST api-1:search  GET api-1:entries  GET api-1:entry
        """,
    SIGNED_IN: """
        GET account_home  POST account_home  GET account_clinician  POST account_clinician
        GET account_export  POST account_export  GET account_delete  POST account_delete
        GET account_reauthenticate  POST account_reauthenticate  GET account_email  POST account_email
        GET account_change_password  POST account_change_password  GET account_set_password  POST account_set_password
        GET account_confirm_login_code  POST account_confirm_login_code
        GET mfa_index  GET mfa_authenticate  POST mfa_authenticate  GET mfa_reauthenticate  POST mfa_reauthenticate
        GET mfa_activate_totp  POST mfa_activate_totp  GET mfa_generate_recovery_codes  POST mfa_generate_recovery_codes
        GET mfa_list_webauthn  GET mfa_add_webauthn  POST mfa_add_webauthn
        GET mfa_reauthenticate_webauthn  POST mfa_reauthenticate_webauthn  GET mfa_login_webauthn  POST mfa_login_webauthn
        GET mfa_remove_webauthn  POST mfa_remove_webauthn  GET mfa_edit_webauthn  POST mfa_edit_webauthn
        GET cases:home
        GET discussion:mine  GET discussion:suspension  POST discussion:suspension  GET discussion:write  POST discussion:write  GET discussion:reply  POST discussion:reply
        GET api-1:cases  POST api-1:cases
        """,
    OWNER: """
        POST cases:rename  GET cases:delete  POST cases:delete  POST cases:share  POST cases:revoke
        POST assess:remove  GET assess:questions  POST assess:questions  POST assess:back
        GET assess:change  POST assess:change
        GET plans:preferences  POST plans:preferences  POST plans:leave-out  GET plans:session  POST plans:session
        GET plans:after  POST plans:after  POST plans:remove
        GET plans:calendar  POST plans:calendar  POST plans:close-feed  GET plans:calendar-file
        GET visit:questions  POST visit:questions
        GET discussion:edit  POST discussion:edit  GET discussion:sent  GET discussion:delete  POST discussion:delete
        GET discussion:appeal  POST discussion:appeal
        GET tracking:edit  POST tracking:edit  POST tracking:remove  POST tracking:undo  GET tracking:import  POST tracking:import
        DELETE api-1:case  PUT api-1:case  DELETE api-1:forget
        """,
    CARERS: """
        GET cases:case  GET assess:understood  GET assess:result  GET assess:file  GET assess:save  POST assess:save
        GET plans:case  GET plans:ahead  GET plans:discuss  GET plans:daily  GET plans:safety  GET plans:log  GET plans:sheet
        GET tracking:case  GET tracking:choose  GET tracking:add  POST tracking:add  GET tracking:list
        GET tracking:next  GET tracking:export  GET tracking:chart-narrow  GET tracking:chart-wide
        GET visit:summary  GET visit:pdf  GET visit:examination  POST visit:examination  GET visit:examined
        GET api-1:case  GET api-1:assessment  GET api-1:plan  GET api-1:trend
        GET api-1:measurements  POST api-1:measurements
        """,
    frozenset({LINK}): "GET cases:shared  GET visit:shared-pdf",
    MODERATORS: """
        GET discussion:queue  GET discussion:look  POST discussion:approve  POST discussion:remove  POST discussion:dismiss
        POST discussion:decide_appeal  POST discussion:hide_version
        GET discussion:suspend  POST discussion:suspend  GET discussion:suspended  POST discussion:lift  POST discussion:refuse
        """,
    frozenset({"admin"}): "GET account_people  POST account_give_role",
    SIGNED_IN - OWNER: "POST discussion:vote  GET discussion:report  POST discussion:report",
    frozenset(): """
        POST account_confirm_email
        GET mfa_deactivate_totp  POST mfa_deactivate_totp  GET mfa_view_recovery_codes
        GET mfa_download_recovery_codes  POST mfa_download_recovery_codes
        DELETE api-1:_nowhere  GET api-1:_nowhere  POST api-1:_nowhere  PUT api-1:_nowhere
        """,
}
"""Who is let in where. `assess:save` of a saved case only leads to it; nobody of these has a second factor, so its pages are not found."""


def address(name: str, pattern: str, world: World) -> str:
    """The address of a route in this world."""
    values = {**VALUES, **SPECIAL.get(name, {})}
    pattern = re.sub(r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)", r"<\1>", pattern.replace("^", "").replace("$", ""))
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]](world)), pattern)


def answer(world: World, who: str, method: str, path: str) -> str:
    """`yes` or `no`, or `-` where the address takes no such method; whatever was done is undone."""
    client = world.client(who)
    with transaction.atomic():
        told: Any = {}
        kind: dict[str, Any] = {}
        if path.startswith("/api/"):
            told, kind = json.dumps(BODIES.get(path.replace(world.case.code, "{code}"), {})), {"content_type": "application/json"}
        got = client.get(path) if method == "GET" else getattr(client, method.lower())(path, told, **kind)
        transaction.set_rollback(True)
    assert got.status_code < 500, (who, method, path, got.status_code)
    to_sign_in = got.status_code == 302 and got["Location"].startswith("/account/login/")
    return "-" if got.status_code == 405 else "no" if to_sign_in or got.status_code in (401, 403, 404) else "yes"


def test_who_may_what(world: World) -> None:
    expected = {row: who for who, rows in WHO.items() for row in re.findall(r"[A-Z]+ \S+", rows)}
    found = {}
    first = {pattern: name for name, pattern in reversed(list(routes()))}  # the API names each method of an address
    for pattern, name in first.items():
        path = address(name, pattern, world)
        for method in API if path.startswith("/api/") else PAGES:
            answers = {who: answer(world, who, method, path) for who in PEOPLE}
            if "-" not in answers.values():
                found[f"{method} {name}"] = frozenset(who for who, a in answers.items() if a == "yes")
    wrong = [
        f"{row}: found {sorted(found.get(row, ['no such row']))}, listed {sorted(expected.get(row, ['not listed']))}"
        for row in sorted(found.keys() | expected.keys())
        if found.get(row) != expected.get(row)
    ]
    assert not wrong, "\n".join(wrong)
