"""Notices and suspensions: who is told what, until when nobody may comment, appeals, what stays usable."""

from __future__ import annotations

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.web.test_discussion import AT, CES, HARMLESS, PUBLISHED, REMOVED, TODAY, URGENT, WAITING, article, known, page, put

from soleus.domain.errors import UsageError
from soleus.web.accounts.actions import delete_everything, export_everything
from soleus.web.accounts.models import Role
from soleus.web.discussion import actions, limits, moderation, suspending
from soleus.web.discussion.about_people import Notice, Suspension
from soleus.web.discussion.models import Comment
from soleus.web.discussion.notices import number_new

pytestmark = pytest.mark.django_db
COUNT = '<span class="count">'


def answer(by, parent, text="It got better with me, too."):
    return actions.write(by=by, article=article(), text=text, today=TODAY, parent=parent.slot)


# Notices


def test_a_reply_is_told_once_counted_in_the_navigation_and_read_by_looking(as_, alice, charlie):
    comment = put(alice, HARMLESS)
    answer(known(charlie), comment)
    client = as_(alice)
    assert f"{COUNT}1" in page(client.get("/discuss/rules/"))
    html = page(client.get("/account/"))
    assert "Charlie answered your comment No. 1 under" in html
    assert f'href="{AT}2/"' in html
    assert COUNT not in html, "who looks has read it"
    assert COUNT not in page(client.get("/discuss/rules/"))
    assert "Charlie answered" in page(client.get("/account/")), "it stays in the list"
    assert "Charlie answered" not in page(as_(charlie).get("/account/")), "others are not told"
    assert COUNT not in page(as_(None).get("/discuss/rules/"))


def test_a_reply_that_waits_is_told_when_it_is_published_and_not_twice(alice, charlie, moderator):
    comment = put(alice, HARMLESS)
    reply = answer(charlie, comment)
    assert reply.status == WAITING
    assert number_new(alice) == 0
    moderation.approve(by=moderator, comment=reply, seen=1)
    assert number_new(alice) == 1
    changed = actions.edit(by=charlie, comment=reply, article=article(), text="It got a bit better.", seen=1, today=TODAY)
    moderation.approve(by=moderator, comment=changed, seen=2)
    assert number_new(alice) == 1
    moderation.remove(by=moderator, comment=changed, reason="Spam.", seen=2)
    assert number_new(alice) == 0, "nobody is led to what cannot be read"


def test_nobody_is_told_of_their_own_reply(alice):
    answer(known(alice), put(alice, HARMLESS))
    assert not Notice.objects.filter(kind="reply").exists()


def test_what_moderators_decide_is_told_with_the_reason(as_, alice, moderator, admin):
    client = as_(alice)
    client.post(f"{AT}write/", {"text": HARMLESS})
    comment = Comment.objects.get()
    html = page(client.get("/account/"))
    assert "was kept for a moderator to read first." in html
    assert f'href="{AT}1/sent/"' in html
    moderation.approve(by=moderator, comment=comment, seen=1)
    assert f"{COUNT}1" in page(client.get("/discuss/rules/"))
    moderation.remove(by=moderator, comment=comment, reason="It names a doctor.", seen=1)
    html = page(client.get("/account/"))
    assert "is published." in html
    assert "was removed." in html
    assert "It names a doctor." in html
    actions.appeal(by=alice, comment=comment, text="It names nobody.")
    moderation.decide_appeal(by=admin, comment=comment, grant=False, reason="It still does.")
    html = page(client.get("/account/"))
    assert "stays removed after your appeal." in html
    assert "It still does." in html
    assert "is published again" not in html


def test_a_copy_of_an_article_in_the_browser_is_old_once_there_is_a_notice(as_, alice, charlie):
    client = as_(alice)
    tag = client.get(f"/library/{CES}/")["ETag"]
    comment = put(alice, HARMLESS, slug="symptom-low-back-pain")
    actions.write(by=known(charlie), article=article(comment.slot.slug), text="With me, too.", today=TODAY, parent=comment.slot)
    assert client.get(f"/library/{CES}/", headers={"If-None-Match": tag}).status_code == 200


def test_notices_go_with_the_comment_and_with_the_account_and_are_in_the_export(alice, charlie, moderator, rows):
    comment = put(alice, HARMLESS)
    reply = answer(known(charlie), comment, "Zanzibar, said Charlie.")
    moderation.remove(by=moderator, comment=comment, reason="Madagascar is no leg.", seen=1)
    suspending.suspend(by=moderator, person=alice, reason="Tasmania again.", days=7)
    own = export_everything(user=alice)["data"]
    assert [n["kind"] for n in own["discussion.notice"]] == ["reply", "decision", "suspended"]
    assert own["discussion.suspension"][0]["reason"] == "Tasmania again."
    assert "by_id" not in own["discussion.suspension"][0]
    assert "Zanzibar" not in json.dumps(own)
    assert "discussion.notice" not in export_everything(user=charlie)["data"], "what Alice has read is not Charlie's to know"
    actions.delete(by=charlie, comment=reply)
    assert not Notice.objects.filter(kind="reply").exists()
    answer(charlie, put(alice, "Of another day, I walked."))
    delete_everything(user=alice)
    assert not Notice.objects.exists()
    assert not Suspension.objects.exists()
    assert not {word for word in ("Madagascar", "Tasmania") if word in str(rows())}


def test_who_leaves_takes_what_others_were_told_of_their_words(alice, charlie):
    answer(known(charlie), put(alice, HARMLESS))
    delete_everything(user=charlie)
    assert number_new(alice) == 0
    assert not Notice.objects.exists()


# Suspensions


def test_who_is_suspended_reads_why_and_cannot_comment_but_all_else(as_, alice, charlie, moderator, case_data):
    comment, other = put(known(alice), HARMLESS), put(charlie)
    client = as_(alice)
    as_(moderator).post(f"/discuss/queue/{CES}/1/suspend/", {"days": "7", "reason": "Three times the same advertising."})
    ends = Suspension.objects.get().ends
    assert ends is not None
    assert datetime.timedelta(days=6, hours=23) < ends - timezone.now() <= datetime.timedelta(days=7)
    for address in (f"{AT}write/", f"{AT}1/edit/", f"{AT}2/reply/", AT):
        html = page(client.get(address))
        assert "Three times the same advertising." in html, address
        assert "<textarea" not in html, address
    for address in (f"{AT}write/", f"{AT}1/edit/", f"{AT}2/reply/"):
        html = page(client.post(address, {"text": "Buy my pillow.", "version": 1}), 422)
        assert "suspended you from commenting" in html
        assert "Buy my pillow." in html, "what was typed is not lost"
    assert Comment.objects.filter(text="Buy my pillow.").count() == 0
    assert f"{COUNT}1" in page(client.get("/discuss/rules/"))
    assert "A moderator suspended you from commenting until" in page(client.get("/account/"))
    actions.vote(by=alice, comment=other)
    actions.report(by=alice, comment=other, complaint="rude", text="")
    actions.delete(by=alice, comment=comment)
    from soleus.web.cases.actions import save_case

    case = save_case(by=alice, data=case_data, today=TODAY)
    for address in ("/cases/", f"/cases/{case.code}/", f"/track/{case.code}/", f"/plan/{case.code}/", "/account/export/"):
        assert client.get(address).status_code in (200, 302), address
    added = client.post(f"/track/{case.code}/add/heel-rise/", {"value": "9", "side": "left", "on": "2026-10-01"})
    assert added.status_code == 302


def test_a_suspension_ends_by_itself(alice, moderator):
    suspending.suspend(by=moderator, person=alice, reason="Spam.", days=7)
    with pytest.raises(UsageError, match="suspended you"):
        actions.write(by=alice, article=article(), text=HARMLESS, today=TODAY)
    Suspension.objects.update(ends=timezone.now() - datetime.timedelta(seconds=1))
    assert actions.write(by=alice, article=article(), text=HARMLESS, today=TODAY).pk
    suspending.suspend(by=moderator, person=alice, reason="Spam again.", days=None)
    assert Suspension.objects.count() == 2, "what was decided before stays written"


def test_an_appeal_once_another_decides_and_lifting_undoes_it(as_, alice, moderator, admin):
    put(alice, HARMLESS)
    mods, admins, client = as_(moderator), as_(admin), as_(alice)
    mods.post(f"/discuss/queue/{CES}/1/suspend/", {"days": "lifted", "reason": "Spam."})
    suspended = Suspension.objects.get()
    assert suspended.ends is None
    assert "until a moderator lifts it" in page(client.get("/discuss/suspension/"))
    assert client.post("/discuss/suspension/", {"text": ""}).status_code == 422
    assert client.post("/discuss/suspension/", {"text": "It was my brother."}).status_code == 302
    assert client.post("/discuss/suspension/", {"text": "Again."}).status_code == 400
    assert "1 appeal" in page(mods.get("/discuss/queue/"))
    html = page(mods.get("/discuss/suspended/"))
    assert "It was my brother." in html
    assert "refuse/" not in html, "another decides"
    address = f"/discuss/suspended/{suspended.pk}"
    assert mods.post(f"{address}/refuse/", {"answer": "No."}).status_code == 403
    assert admins.post(f"{address}/refuse/", {"answer": " "}).status_code == 400
    assert admins.post(f"{address}/refuse/", {"answer": "Nobody else knows your password."}).status_code == 302
    assert admins.post(f"{address}/refuse/", {"answer": "Once more."}).status_code == 400
    assert "Nobody else knows your password." in page(client.get("/account/"))
    assert "that is final" in page(client.get("/discuss/suspension/"))
    assert mods.post(f"{address}/lift/", {"answer": "Long ago now."}).status_code == 302
    assert mods.post(f"{address}/lift/").status_code == 400, "it is over"
    html = page(client.get("/account/"))
    assert "You can comment again." in html
    assert "or appeal" not in html, "what is over leads nowhere"
    assert actions.write(by=alice, article=article(), text="Walking helps me a lot.", today=TODAY).pk
    html = page(mods.get(f"/discuss/queue/{CES}/1/suspend/"))
    for told in ("suspended until a moderator lifts it, by Mo", "“Spam.”", "Lifted on", "“Long ago now.”"):
        assert told in html, "who did what and why stays written"


def test_the_only_moderator_decides_alone_and_who_leaves_leaves_the_record(alice, moderator):
    made = suspending.suspend(by=moderator, person=alice, reason="Spam.", days=None)
    suspending.appeal(by=alice, text="Why?")
    suspending.refuse(by=moderator, suspension=made, answer="Because.")
    delete_everything(user=moderator)
    assert Suspension.objects.get().by is None


def test_moderators_are_not_suspended_nor_anybody_twice(as_, alice, bob, moderator, admin):
    for number, user in enumerate((moderator, admin, bob), start=1):
        put(user)
        answered = as_(moderator).post(f"/discuss/queue/{CES}/{number}/suspend/", {"days": "7", "reason": "No."})
        assert answered.status_code == (302 if user == bob else 403)
    assert "This is a moderator." in page(as_(moderator).get(f"/discuss/queue/{CES}/2/suspend/"))
    assert as_(admin).post(f"/discuss/queue/{CES}/3/suspend/", {"days": "7", "reason": "No."}).status_code == 400
    put(alice)
    for wrong in ({"days": "7", "reason": " "}, {"reason": "No."}, {"days": "1000", "reason": "No."}):
        assert as_(admin).post(f"/discuss/queue/{CES}/4/suspend/", wrong).status_code == 422
    assert Suspension.objects.count() == 1
    assert "@example.org" not in page(as_(moderator).get("/discuss/suspended/"))


def test_who_becomes_a_moderator_while_suspended_does_not_lift_it(alice, admin):
    made = suspending.suspend(by=admin, person=alice, reason="Spam.", days=None)
    alice.role = Role.MODERATOR
    alice.save()
    with pytest.raises(PermissionDenied):
        suspending.lift(by=alice, suspension=made)


@pytest.mark.parametrize("why", ["suspended", "too often"])
def test_what_is_refused_and_tells_of_something_urgent_gives_the_advice_all_the_same(as_, alice, moderator, why):
    if why == "suspended":
        suspending.suspend(by=moderator, person=alice, reason="Spam.", days=7)
        status = 422
    else:
        for n in range(limits.NEWCOMERS[0][1]):
            actions.write(by=alice, article=article(), text=f"Day {n}: I walked on the stairs.", today=TODAY)
        status = 429
    html = page(as_(alice).post(f"{AT}write/", {"text": URGENT}), status)
    assert "Do this now" in html
    assert not Comment.objects.filter(text=URGENT).exists()
    assert "Do this now" not in page(as_(alice).post(f"{AT}write/", {"text": HARMLESS}), status)


# In a browser


def test_a_walk_from_a_suspension_to_its_end(open_page, site, alice, charlie, moderator, admin, axe, fits, screen):
    put(alice, HARMLESS)
    put(alice, "Buy my pillow.", status=REMOVED)
    answer(known(charlie), Comment.objects.published().filter(author=alice).first())
    mo = open_page(user=moderator, width=360, height=740)
    mo.goto(f"/discuss/queue/{CES}/2/")
    mo.get_by_role("link", name="suspended from commenting").click()
    axe(mo), fits(mo)
    screen(mo, "suspend-phone")
    mo.get_by_label("30 days").check()
    mo.get_by_label("Reason").fill("Advertising, after two removals.")
    mo.get_by_role("button", name="Suspend").click()
    mo.get_by_text("is suspended from commenting, and told why.").wait_for()
    axe(mo), fits(mo)
    her = open_page(user=alice, width=360, height=740)
    her.goto(AT)
    axe(her), fits(her)
    screen(her, "discussion-suspended-phone")
    her.get_by_role("link", name="Account 2 new notices").click()
    her.get_by_role("heading", name="Notices").wait_for()
    axe(her), fits(her)
    screen(her, "notices-phone")
    her.get_by_role("link", name="Read more, or appeal").click()
    axe(her), fits(her)
    screen(her, "suspension-phone")
    her.get_by_label("Why should you comment again?").fill("It was not me.")
    her.get_by_role("button", name="Send the appeal").click()
    her.get_by_text("A moderator will read your appeal.").wait_for()
    ada = open_page(user=admin)
    ada.goto("/discuss/queue/")
    screen(ada, "queue-desktop")
    ada.get_by_role("link", name="Suspended people (1): 1 appeal").click()
    axe(ada), fits(ada)
    screen(ada, "suspended-desktop")
    ada.get_by_label("What you tell the person").fill("We believe you.")
    ada.get_by_role("button", name="Lift the suspension").click()
    ada.get_by_text("can comment again.").wait_for()
    her.goto("/account/")
    her.get_by_text("We believe you.").wait_for()
    wide = open_page(user=alice)
    wide.goto("/account/")
    axe(wide), fits(wide)
    screen(wide, "notices-desktop")
    assert Comment.objects.filter(status=PUBLISHED, author=alice).count() == 1
