"""Cases: who sees which, links that open them for a time, and the record of who looked."""

from __future__ import annotations

import datetime
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from soleus.domain.errors import CaseError, UsageError
from soleus.web.accounts.models import Role
from soleus.web.cases import actions
from soleus.web.cases.models import AccessLog, Case, Share

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def case(alice, case_data):
    return actions.save_case(by=alice, data=case_data, today=TODAY, title="My calf")


@pytest.fixture
def opened(alice, bob, case):
    """A share that Bob has opened, and the secret of its link."""
    share, token = actions.share_case(by=alice, case=case, days=14, note="Dr Bob")
    assert actions.open_share(token=token, user=bob) == share
    share.refresh_from_db()
    return share, token


def sees(user) -> bool:
    return Case.objects.visible_to(user).exists()


def test_a_case_is_seen_by_its_owner_alone(case, alice, bob, charlie, moderator, admin):
    assert sees(alice)
    for other in (bob, charlie, moderator, admin, AnonymousUser()):
        assert not sees(other)
        assert not Case.objects.owned_by(other).exists()
    alice.is_active = False
    assert not sees(alice)


def test_a_clinician_sees_it_while_the_share_lasts(opened, alice, bob, case):
    share, _ = opened
    assert sees(bob)
    assert not Case.objects.owned_by(bob).exists()
    Share.objects.filter(pk=share.pk).update(expires=timezone.now() - datetime.timedelta(seconds=1))
    assert not sees(bob)
    Share.objects.filter(pk=share.pk).update(expires=timezone.now() + datetime.timedelta(days=1))
    assert sees(bob)
    actions.revoke(by=alice, share=share)
    assert not sees(bob)


def test_who_is_no_verified_clinician_any_more_sees_nothing(opened, bob):
    bob.role = Role.READER
    assert not sees(bob)
    bob.role, bob.verified_as_clinician = Role.CLINICIAN, None
    assert not sees(bob)


def test_a_link_belongs_to_the_first_clinician_who_opens_it(opened, eve):
    _, token = opened
    assert actions.open_share(token=token, user=eve) is not None, "the link still shows the summary"
    assert not sees(eve)


@pytest.mark.parametrize("who", ["charlie", "moderator", "admin"])
def test_a_link_makes_nobody_else_a_clinician(case, alice, who, request):
    user = request.getfixturevalue(who)
    _, token = actions.share_case(by=alice, case=case, days=1)
    assert actions.open_share(token=token, user=user) is not None
    assert not sees(user)
    assert Share.objects.get().clinician is None


ANSWERS = {
    # address: anonymous, owner, stranger, clinician without, clinician with, moderator, admin
    "/cases/{code}/": (302, 200, 404, 404, 200, 404, 404),
    "/cases/{code}/delete/": (302, 200, 404, 404, 404, 404, 404),
    "POST /cases/{code}/name/": (302, 302, 404, 404, 404, 404, 404),
    "POST /cases/{code}/share/": (302, 200, 404, 404, 404, 404, 404),
    "POST /cases/{code}/share/{share}/revoke/": (302, 302, 404, 404, 404, 404, 404),
    "POST /cases/{code}/delete/": (302, 302, 404, 404, 404, 404, 404),
}


@pytest.mark.parametrize("address", ANSWERS)
def test_who_may_what(address, opened, case, as_, alice, bob, eve, charlie, moderator, admin):
    people = (None, charlie, eve, bob, moderator, admin, alice)  # the owner last: she deletes
    anonymous, owner, stranger, without, with_share, mo, ada = ANSWERS[address]
    wanted = (anonymous, stranger, without, with_share, mo, ada, owner)
    method, _, path = address.rpartition(" ")
    path = path.format(code=case.code, share=opened[0].pk)
    for user, status in zip(people, wanted, strict=True):
        client = as_(user)
        answer = client.post(path, {"days": 3, "title": "x"}) if method else client.get(path)
        assert answer.status_code == status, user
        if user is not None and user != alice:
            assert Case.objects.get(pk=case.pk).title == "My calf"


def test_a_share_of_another_case_cannot_be_revoked(as_, alice, charlie, opened, case_data):
    share, _ = opened
    own = actions.save_case(by=charlie, data=case_data, today=TODAY)
    assert as_(charlie).post(f"/cases/{own.code}/share/{share.pk}/revoke/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.revoke(by=charlie, share=share)
    assert Share.objects.get(pk=share.pk).is_live


def test_actions_check_by_themselves(case, case_data, charlie, bob, moderator, admin, alice):
    for user in (charlie, bob, moderator, admin):
        for forbidden in (
            lambda: actions.save_case(by=user, data=case_data, today=TODAY, case=case),  # noqa: B023
            lambda: actions.delete_case(by=user, case=case),  # noqa: B023
            lambda: actions.share_case(by=user, case=case, days=3),  # noqa: B023
            lambda: actions.rename_case(by=user, case=case, title="x"),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                forbidden()
    for days in (0, 91, -1):
        with pytest.raises(UsageError):
            actions.share_case(by=alice, case=case, days=days)


def test_a_clinician_changes_the_case_but_not_its_name(opened, case, bob, case_data):
    more = {**case_data, "findings": [*case_data["findings"], {"finding": "plantar flexion strength", "side": "left", "value": "4-"}]}
    actions.save_case(by=bob, data=more, today=TODAY, case=case, title="Taken")
    case.refresh_from_db()
    assert len(case.data["findings"]) == 3
    assert case.title == "My calf"
    assert AccessLog.objects.filter(who=bob, act="changed", as_what="clinician").count() == 1


def test_a_faulty_case_is_not_saved_and_every_fault_is_told(alice):
    faulty = {"age": 300, "findings": [{"finding": "calf weakness", "side": "north"}], "shoe_size": 43}
    with pytest.raises(CaseError) as told:
        actions.save_case(by=alice, data=faulty, today=TODAY)
    assert len(told.value.problems) == 3
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "data", [{"narrative": "calf\x00weak"}, {"narrative": "x" * 2_000_000}, {"findings": [[[[1]]]]}, {"narrative": "\ud800"}]
)
def test_hostile_values_are_refused_in_words(alice, data):
    with pytest.raises(CaseError):
        actions.save_case(by=alice, data=data, today=TODAY)


@pytest.mark.parametrize("log", ["walked", [1], {"sessions": "x"}, {"sessions": [{"exercises": []}]}, {"sessions": [{"on": "2030-01-01"}]}])
def test_a_log_that_nobody_can_read_is_not_saved(alice, log):
    with pytest.raises(CaseError):
        actions.save_case(by=alice, data={"narrative": "weak calf", "log": log}, today=TODAY)


def test_words_of_any_language_come_back(alice):
    words = "Ich kann – seit 3 Wochen – nicht auf den Zehen stehen. 小腿无力 🦵"
    assert actions.save_case(by=alice, data={"narrative": words}, today=TODAY).data["narrative"] == words
    assert Case.objects.get().data["narrative"] == words


def test_the_database_alone_opens_no_link(case, alice, rows):
    _, token = actions.share_case(by=alice, case=case, days=3)
    assert token not in str(rows())
    assert len(token) >= 43
    assert actions.open_share(token=Share.objects.get().token_hash, user=None) is None


def test_by_a_link_without_an_account(as_, alice, case, opened):
    _, token = opened
    client = as_(None)
    answer = client.get(f"/cases/shared/{token}/")
    assert answer.url == "/cases/shared/", "the secret leaves the address at once"
    shown = client.get("/cases/shared/")
    assert b"My left calf gives way" in shown.content
    assert case.code.encode() not in shown.content
    assert alice.email.encode() not in shown.content
    assert as_(None).get("/cases/shared/").status_code == 404
    actions.revoke(by=alice, share=opened[0])
    assert client.get("/cases/shared/").status_code == 404, "closed for those who had opened it, too"
    assert as_(None).get(f"/cases/shared/{token}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 43, "%00", "..%2f"])
def test_a_wrong_link_opens_nothing(as_, opened, token):
    assert as_(None).get(f"/cases/shared/{token}/").status_code == 404


def test_a_link_that_has_run_out_opens_nothing(as_, opened):
    share, token = opened
    Share.objects.filter(pk=share.pk).update(expires=timezone.now())
    assert as_(None).get(f"/cases/shared/{token}/").status_code == 404


def test_a_clinician_who_signs_in_afterwards_comes_to_the_case(as_, alice, bob, case):
    _, token = actions.share_case(by=alice, case=case, days=3)
    client = as_(None)
    client.get(f"/cases/shared/{token}/")
    answer = client.post("/account/login/?next=/cases/shared/", {"login": bob.email, "password": "correct horse battery"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/cases/{case.code}/"
    assert sees(bob)


def test_who_saw_it_is_written_down_for_the_owner(as_, alice, bob, case):
    _, token = actions.share_case(by=alice, case=case, days=3, note="GP")
    as_(bob).get(f"/cases/shared/{token}/")
    bobs = as_(bob)
    bobs.get(f"/cases/{case.code}/")
    bobs.get(f"/cases/{case.code}/")
    nobody = as_(None)
    nobody.get(f"/cases/shared/{token}/")
    nobody.get("/cases/shared/")
    as_(alice).get(f"/cases/{case.code}/")
    looks = AccessLog.objects.filter(act="saw").order_by("pk")
    assert [(look.who, look.as_what) for look in looks] == [(bob, "clinician"), (None, "link")]
    html = as_(alice).get(f"/cases/{case.code}/").content.decode()
    assert "Bob" in html
    assert "somebody with the link" in html


def test_whoever_makes_a_link_is_told_what_a_clinician_may_do(as_, alice, case):
    page = as_(alice).get(f"/cases/{case.code}/").content.decode()
    assert "A verified clinician who opens it can also <strong>add</strong> measurements and examination findings" in page
    assert (
        "can also add measurements and examination findings" in as_(alice).post(f"/cases/{case.code}/share/", {"days": 3}).content.decode()
    )


def test_there_is_a_limit(alice, case_data, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CASES", 2)
    for _ in range(2):
        actions.save_case(by=alice, data=case_data, today=TODAY)
    with pytest.raises(UsageError):
        actions.save_case(by=alice, data=case_data, today=TODAY)


@pytest.mark.parametrize(("width", "dark", "script"), [(1280, False, True), (320, True, False)])
def test_sharing_and_revoking_in_a_browser(open_page, axe, fits, screen, alice, bob, case, width, dark, script):
    hers = open_page(user=alice, width=width, dark=dark, script=script)
    hers.goto("/cases/")
    hers.get_by_role("link", name="My calf").click()
    if script:
        axe(hers)
    fits(hers)
    hers.get_by_label("Who is it for?").fill("My GP")
    hers.get_by_role("button", name="Make a link").click()
    link = hers.get_by_label("Link").input_value()
    if script:
        axe(hers)
    screen(hers, f"link-{width}")

    his = open_page(user=bob, width=width, dark=dark, script=script)
    his.goto(link)
    his.wait_for_url(f"**/cases/{case.code}/")
    his.get_by_text("My left calf gives way").wait_for()
    assert his.get_by_role("button", name="Make a link").count() == 0

    theirs = open_page(width=width, dark=dark, script=script)
    theirs.goto(link)
    theirs.wait_for_url("**/cases/shared/")
    if script:
        axe(theirs)
    screen(theirs, f"shared-{width}")

    hers.get_by_role("link", name="Back to the case").click()
    screen(hers, f"case-{width}")
    hers.get_by_role("button", name="Close the link for My GP").click()
    hers.get_by_text("The link is closed.").wait_for()
    fits(hers)
    assert his.goto(his.url).status == 404
    assert theirs.goto(theirs.url).status == 404
