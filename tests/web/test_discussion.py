"""Discussion: writing, answering, changing, deleting, voting, reporting, moderation, appeal; what is held; who may do what; what is let through."""

from __future__ import annotations

import datetime
import json
import re
import threading
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.utils import timezone
from tests.web.conftest import PASSWORD, person

from soleus.interview.words import DO_NOW
from soleus.reports.articles.article import Article
from soleus.web.accounts.actions import delete_everything, export_everything, give_role
from soleus.web.accounts.models import Role, User
from soleus.web.discussion import actions, limits, moderation
from soleus.web.discussion.about_people import Suspension
from soleus.web.discussion.judging import fingerprint_of, how_soon
from soleus.web.discussion.markdown import links_in, to_html, to_text
from soleus.web.discussion.models import Appeal, Comment, Decision, Deed, EarlierVersion, Report, Slot, Vote
from soleus.web.discussion.threads import cut, glance, page_of, rows_of
from soleus.web.errors import TooOften
from soleus.web.library.shelf import ENTRY, shelf

pytestmark = pytest.mark.django_db
CES = "condition-cauda-equina-syndrome"
AT = f"/discuss/{CES}/"
TODAY = datetime.date(2026, 11, 22)
HARMLESS = "My ankle reflex never came back, and I can live with it."
URGENT = "I cannot pass urine since yesterday and I am numb between the legs."
PUBLISHED, WAITING, REMOVED = Comment.Status.PUBLISHED, Comment.Status.WAITING, Comment.Status.REMOVED
_count = iter(range(10**6))


def article(slug: str = CES) -> Article:
    return shelf().articles[slug]


def put(
    author: User, text: str = "", *, status: str = PUBLISHED, parent: Comment | None = None, slug: str = CES, level: str = ""
) -> Comment:
    """A comment that is there, whatever a moderator would say."""
    text = text or f"I walked to the shop again, time {next(_count)}."
    last = Slot.objects.filter(slug=slug).order_by("-number").first()
    slot = Slot.objects.create(slug=slug, number=last.number + 1 if last else 1, parent=parent.slot if parent else None)
    a = article(slug)
    return Comment.objects.create(
        slot=slot,
        author=author,
        text=text,
        status=status,
        level=level,
        written_as="clinician" if author.is_clinician else "reader",
        article_version=a.version,
        article_date=a.dates.reviewed,
        fingerprint=fingerprint_of(to_text(text)),
    )


def known(user: User) -> User:
    """Somebody of whom two comments were published before, elsewhere."""
    for _ in range(2):
        put(user, slug="symptom-low-back-pain")
    return user


def page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return unescape(answer.content.decode())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def held(comment: Comment) -> list[str]:
    return [code for code, _ in comment.held]


def again(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


# Reading and signing in


def test_an_article_shows_its_discussion_and_leads_back_after_signing_in(as_, alice):
    html = page(as_(None).get(f"/library/{CES}/"))
    assert "Nobody has written about this yet." in html
    login = re.search(r'href="(/account/login/\?next=[^"]+)">Sign in to write', html)
    assert login
    assert unquote(login[1]).endswith(f"next=/library/{CES}/#discussion")
    assert as_(None).post(login[1], {"login": alice.email, "password": PASSWORD}).url == f"/library/{CES}/#discussion"
    assert f'href="{AT}write/"' in page(as_(alice).get(f"/library/{CES}/"))
    assert 'id="discussion"' in page(as_(None).get("/"))
    assert ENTRY in page(as_(alice).get("/")), "the front page is the entry article, with its own discussion"


def test_reading_needs_no_account(as_, alice):
    put(alice, HARMLESS)
    assert HARMLESS in page(as_(None).get(AT))
    assert HARMLESS in page(as_(None).get(f"/library/{CES}/"))
    put(alice, "Two things:\n\n- stairs\n- toes")
    assert "Two things:<br>stairs<br>toes" in page(as_(None).get(f"/library/{CES}/")), "a list stays one"
    put(alice, "x" * 900)
    assert "x" * 280 + " …" in page(as_(None).get(f"/library/{CES}/")), "only its beginning"
    html = page(as_(None).get(AT))
    assert "Sign in to write" in html
    assert "Others never see it." in page(as_(None).get("/account/signup/"))
    assert f'href="{AT}1/reply/">Sign in to reply' in html
    assert unquote(as_(None).get(f"{AT}1/reply/").url).endswith(f"next={AT}1/reply/")
    assert as_(None).get(f"{AT}1/").url == f"{AT}#c1"
    assert page(as_(None).get("/discuss/rules/"))


def test_an_unknown_article_has_no_discussion(as_, alice):
    for path in ("", "write/", "1/"):
        assert as_(alice).get(f"/discuss/condition-of-nobody/{path}").status_code == 404
    assert as_(alice).post("/discuss/condition-of-nobody/write/", {"text": HARMLESS}).status_code == 404
    assert not Comment.objects.exists()


def test_addresses_of_their_own_are_no_articles():
    assert not {"rules", "mine", "queue", "suspended", "suspension"} & set(shelf().articles)


def test_a_copy_of_the_article_in_a_browser_is_old_once_somebody_writes(as_, alice, charlie):
    client = as_(alice)
    tag = client.get(f"/library/{CES}/")["ETag"]
    assert client.get(f"/library/{CES}/", headers={"If-None-Match": tag}).status_code == 304
    comment = put(charlie, HARMLESS)
    newer = client.get(f"/library/{CES}/", headers={"If-None-Match": tag})
    assert newer.status_code == 200
    actions.vote(by=alice, comment=comment)
    assert client.get(f"/library/{CES}/", headers={"If-None-Match": newer["ETag"]}).status_code == 200
    comment.delete()
    assert HARMLESS not in page(client.get(f"/library/{CES}/", headers={"If-None-Match": newer["ETag"]}))


def test_the_article_shows_the_most_helpful_first_and_no_more_than_three(alice, charlie, bob):
    comments = [put(alice) for _ in range(5)]
    put(alice, "not yet to be seen", status=WAITING)
    for user in (charlie, bob):
        actions.vote(by=user, comment=comments[2])
    actions.vote(by=bob, comment=comments[0])
    seen = glance(CES)
    assert seen.count == 5
    assert [(e.number, e.votes) for e in seen.excerpts] == [(3, 2), (1, 1), (5, 0)]


# Writing


def test_the_first_two_comments_wait_and_the_third_is_published(as_, alice, moderator):
    client = as_(alice)
    for n in (1, 2):
        answer = client.post(f"{AT}write/", {"text": f"{HARMLESS} {n}"})
        assert answer.url == f"{AT}{n}/sent/"
        assert "Your first comments are read by a moderator" in page(client.get(answer.url))
        comment = Comment.objects.get(slot__number=n)
        assert (comment.status, held(comment)) == (WAITING, ["newcomer"])
        assert f"{HARMLESS} {n}" not in page(as_(None).get(AT))
        moderation.approve(by=moderator, comment=comment, seen=1)
    answer = client.post(f"{AT}write/", {"text": f"{HARMLESS} 3"})
    assert answer.url == f"{AT}3/"
    assert Comment.objects.get(slot__number=3).status == PUBLISHED
    assert f"{HARMLESS} 3" in page(as_(None).get(AT))


def test_one_published_comment_is_not_enough(alice):
    put(alice)
    put(alice, status=WAITING)
    put(alice, status=REMOVED)
    assert limits.is_newcomer(alice)
    put(alice)
    assert not limits.is_newcomer(alice)


def test_clinicians_and_moderators_are_no_newcomers(as_, bob, moderator):
    for user in (bob, moderator):
        assert as_(user).post(f"{AT}write/", {"text": f"{HARMLESS} {user.pk}"}).status_code == 302
    assert {c.status for c in Comment.objects.all()} == {PUBLISHED}


def test_a_comment_says_who_wrote_it_as_what_and_about_which_version(as_, alice, bob, admin):
    known(alice)
    as_(alice).post(f"{AT}write/", {"text": HARMLESS})
    as_(bob).post(f"{AT}write/", {"text": "The reflex rarely comes back; strength does."})
    mine, theirs = Comment.objects.filter(slot__slug=CES).order_by("slot__number")
    assert (mine.written_as, theirs.written_as) == ("reader", "clinician")
    assert (mine.article_version, mine.article_date) == (article().version, article().dates.reviewed)
    html = page(as_(None).get(AT))
    assert html.count(">verified clinician</span>") == 1
    assert html.count(">reader</span>") == 1
    assert f"about the article of {article().dates.reviewed:%-d %B %Y}" in html
    assert "The article has changed since" not in html
    Comment.objects.filter(pk=mine.pk).update(article_version="0" * 12, article_date=datetime.date(2025, 3, 1))
    html = page(as_(None).get(AT))
    assert html.count("The article has changed since.") == 1
    assert "about the article of 1 March 2025" in html
    give_role(user=bob, role=Role.READER, by=admin)
    assert "verified clinician when this was written, not now" in page(as_(None).get(AT))


def test_who_becomes_a_clinician_later_wrote_as_a_reader(as_, alice, admin):
    put(alice, HARMLESS)
    give_role(user=alice, role=Role.CLINICIAN, by=admin)
    assert "verified clinician" not in page(as_(None).get(AT)).replace("Each says whether a verified clinician wrote it", "")


def test_others_never_see_an_address(as_, alice):
    alice.display_name = ""
    alice.save()
    put(alice, HARMLESS)
    assert "alice@" not in page(as_(None).get(AT))
    assert f"Reader {alice.pk}" in page(as_(None).get(AT))


def test_what_was_typed_is_not_lost_when_it_is_refused(as_, alice):
    known(alice)
    client = as_(alice)
    assert HARMLESS in page(client.post(f"{AT}write/", {"text": HARMLESS, "website": "https://buy.example"}), 422)
    client.post(f"{AT}write/", {"text": HARMLESS})
    html = page(client.post(f"{AT}write/", {"text": HARMLESS}), 422)
    assert "You have written this before." in html
    assert HARMLESS in html


@pytest.mark.parametrize("text", ["", "   ", "***", "…!", "a" * 4001])
def test_nothing_and_too_much_are_refused(as_, alice, text):
    assert as_(alice).post(f"{AT}write/", {"text": text}).status_code == 422
    assert not Comment.objects.exists()


def test_a_preview_stores_nothing(as_, alice):
    html = page(as_(alice).post(f"{AT}write/", {"text": "**Thanks** a lot", "preview": "1"}))
    assert "<strong>Thanks</strong>" in html
    assert "It is not sent yet" in html
    assert not Comment.objects.exists()
    assert not Deed.objects.exists()


def test_control_characters_and_turned_writing_are_taken_out(as_, bob):
    as_(bob).post(f"{AT}write/", {"text": "Stand\u202e up\x07 slowly\r\nand hold on"})
    assert Comment.objects.get().text == "Stand up slowly\nand hold on"


# Threads


def test_replies_stand_below_what_they_answer(as_, alice, charlie):
    known(charlie)
    first, second = put(alice, "The first of all."), put(alice, "The second of all.")
    assert as_(charlie).post(f"{AT}1/reply/", {"text": "That was the same with me."}).url == f"{AT}3/"
    reply = Comment.objects.get(slot__number=3)
    assert reply.slot.parent == first.slot
    assert [r.number for r in rows_of(CES, alice, "number")] == [1, 3, 2]
    html = page(as_(None).get(AT))
    assert html.index("The first of all.") < html.index("That was the same with me.") < html.index("The second of all.")
    assert '<ol aria-label="Replies to No. 1">' in html
    assert "answers No. 1" in words(html)
    assert second.slot.parent is None


def test_nobody_replies_to_what_others_cannot_see(as_, alice, charlie):
    put(alice, status=WAITING)
    put(alice, status=REMOVED)
    elsewhere = put(alice, slug="symptom-low-back-pain")
    for n in (1, 2, 3, 99):
        assert as_(charlie).get(f"{AT}{n}/reply/").status_code == 404
        assert as_(charlie).post(f"{AT}{n}/reply/", {"text": HARMLESS}).status_code == 404
    with pytest.raises(Exception, match="not there any more"):
        actions.write(by=charlie, article=article(), text=HARMLESS, today=TODAY, parent=elsewhere.slot)
    assert not Slot.objects.filter(slug=CES, number=3).exists()


class Lists(HTMLParser):
    """How deep lists of comments stand in one another."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.deepest = 0, 0
        self.of: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "ol"
        if tag == "article":
            self.of[str(dict(attrs)["id"])] = self.depth

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "ol"


def test_a_long_chain_of_answers_stays_readable_on_a_phone(as_, alice):
    comment = None
    for _ in range(40):
        comment = put(alice, parent=comment)
    html = page(as_(None).get(AT))
    html = html[html.index("<h1") :]
    lists = Lists()
    lists.feed(html)
    top = lists.of["c1"]
    assert [lists.of[f"c{n}"] - top for n in (1, 2, 3, 4, 5, 40)] == [0, 1, 2, 3, 3, 3]
    assert 'answers <a href="/discuss/condition-cauda-equina-syndrome/39/">No. 39</a>' in html


def test_the_most_helpful_threads_may_come_first(alice, charlie, bob):
    comments = [put(alice) for _ in range(3)]
    answer = put(bob, parent=comments[2])
    for user in (charlie, bob):
        actions.vote(by=user, comment=comments[1])
    actions.vote(by=charlie, comment=comments[2])
    actions.vote(by=charlie, comment=answer)
    assert [r.number for r in rows_of(CES, alice, "helpful")] == [2, 3, 4, 1]
    assert [r.number for r in rows_of(CES, alice, "number")] == [1, 2, 3, 4]


def test_a_page_holds_fifty_and_a_permalink_finds_its_page(as_, alice):
    comments = [put(alice) for _ in range(60)]
    for _ in range(45):
        put(alice, parent=comments[9])
    html = page(as_(None).get(AT))
    assert html.count("<article ") == 50
    assert "Page 1 of 3" in html
    for n, where in ((1, ""), (50, ""), (11, "?page=2"), (60, "?page=3"), (61, ""), (105, "?page=2")):
        answer = as_(None).get(f"{AT}{n}/")
        if n == 50:
            continue
        assert answer.url == f"{AT}{where}#c{n}", n
        assert f'id="c{n}"' in page(as_(None).get(answer.url))
    assert as_(None).get(f"{AT}106/").status_code == 404
    second = page(as_(None).get(f"{AT}?page=2"))
    assert 'answers <a href="/discuss/condition-cauda-equina-syndrome/10/">No. 10</a>' in second, (
        "it says what it answers, which is on another page"
    )
    for odd in ("0", "-1", "x", "99999999999", "²"):
        assert as_(None).get(AT, {"page": odd}).status_code == 200
    assert "Page 3 of 3" in page(as_(None).get(f"{AT}?page=9"))


def test_no_page_weighs_more_than_150_kb(as_, alice, moderator):
    for n in range(60):
        put(alice, f"{n} " + "A long story of my leg. " * 150)
    for user in (None, moderator):
        html = as_(user).get(AT).content
        assert len(html) < 150_000
    Comment.objects.all().delete()
    for _ in range(60):
        put(alice, "Short, but there are many. " * 25)
    assert len(as_(moderator).get(f"{AT}?page=2").content) < 150_000
    assert len(as_(moderator).get("/discuss/queue/").content) < 150_000
    assert [len(p) for p in cut(rows_of(CES, alice, "number"))] == [50, 10]


def test_a_page_takes_few_queries_however_many_comments(as_, alice, charlie, django_assert_max_num_queries):
    first = put(alice)
    for _ in range(40):
        actions.vote(by=charlie, comment=put(alice, parent=first))
    client = as_(charlie)
    with django_assert_max_num_queries(12):
        client.get(AT)


@pytest.mark.django_db(transaction=True)
def test_those_who_write_in_the_same_moment_get_numbers_of_their_own():
    people = [person(f"p{n}@example.org", Role.CLINICIAN) for n in range(6)]
    faults: list[Exception] = []

    def work(user: User) -> None:
        try:
            actions.write(by=user, article=article(), text=f"{HARMLESS} {user.pk}", today=TODAY)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(user,)) for user in people]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not faults
    assert sorted(Slot.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Comment.objects.published().count() == 6


@pytest.mark.django_db(transaction=True)
def test_one_person_in_many_windows_is_counted_as_one():
    user = person("p@example.org")
    refused: list[str] = []

    def work(n: int) -> None:
        try:
            actions.write(by=user, article=article(), text=f"{HARMLESS} {n}", today=TODAY)
        except TooOften as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert Comment.objects.count() == 3, "the most of a newcomer within an hour"
    assert len(refused) == 5


# What may harm


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Take 400 mg of ibuprofen.", "dose"),
        ("I stopped taking my statin and felt better.", "stop-medicine"),
        ("Just wait a few days, it always settles.", "delay"),
        ("Mir hat das sehr geholfen und ich nehme es weiter mit dem Essen", "language"),
        ("Look at https://a.example https://b.example https://c.example", "links"),
    ],
)
def test_what_may_harm_is_held_and_its_writer_told_why(as_, charlie, text, code):
    answer = as_(known(charlie)).post(f"{AT}write/", {"text": text})
    assert answer.url == f"{AT}1/sent/"
    comment = Comment.objects.get(slot__slug=CES)
    assert (comment.status, held(comment)) == (WAITING, [code])
    html = page(as_(charlie).get(answer.url))
    assert comment.reasons[0][0] in html
    assert comment.held[0][1] in html
    assert text not in page(as_(None).get(AT))


def test_a_clinician_is_held_for_a_dose_too(as_, bob):
    as_(bob).post(f"{AT}write/", {"text": "Start with 300 mg of gabapentin."})
    assert held(Comment.objects.get()) == ["dose"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (URGENT, "emergency"),
        ("I cannot **pass urine** since *yesterday*\nand I am numb between the legs.", "emergency"),
        ("- my left foot is cold and white since this morning\n- I cannot move it", "emergency"),
        ("I have fever and back pain.", "same_day"),
    ],
)
def test_a_red_flag_gives_its_writer_the_advice_at_once_and_comes_first_in_the_queue(as_, alice, bob, moderator, text, level):
    put(alice, status=WAITING)
    Report.objects.create(slot=put(alice).slot, by=bob, complaint="rude")
    answer = as_(known(alice)).post(f"{AT}write/", {"text": text})
    comment = Comment.objects.get(slot__number=3, slot__slug=CES)
    assert (comment.level, comment.status) == (level, WAITING)
    assert answer.url == f"{AT}3/sent/"
    html = page(as_(alice).get(answer.url))
    assert f'class="urgency {level}"' in html
    assert html.index('class="urgency') < html.index("Your comment")
    assert (DO_NOW[0] in html) == (level == "emergency")
    assert 'href="/assess/"' in html
    assert [c.slot.number for c in moderation.queue() if c.slot.slug == CES] == [3, 2, 1]
    html = page(as_(moderator).get("/discuss/queue/"))
    assert html.index("No. 3</h2>") < html.index("No. 2</h2>") < html.index("No. 1</h2>")


@pytest.mark.parametrize(
    "text",
    [
        HARMLESS,
        "Do three sets of ten heel rises and walk 10 minutes twice a day.",
        "My MRC grade was 4 in March and is 5 now.",
        "I had a slipped disc last year. The numbness in my little toe stayed, the strength came back.",
        "Great article, the part about the tibial nerve helped me.",
        "If you cannot pass urine, go to hospital at once.",
        "My MRC grade is 9/5, says the letter.",
    ],
)
def test_what_is_harmless_is_published(as_, charlie, text):
    as_(known(charlie)).post(f"{AT}write/", {"text": text})
    comment = Comment.objects.get(slot__slug=CES)
    assert (comment.status, comment.held, comment.level) == (PUBLISHED, [], "")


def test_the_triage_is_that_of_the_assessment():
    assert how_soon(URGENT, TODAY).level == "emergency"
    assert how_soon("My left calf is swollen since the operation two days ago.", TODAY).level in ("emergency", "same_day")
    assert how_soon("Thank you.", TODAY).level == "self_care"


# Spam


def test_a_trap_for_programs(as_, alice):
    client = as_(alice)
    assert re.search(r'class="trap" aria-hidden="true">\s*<div class="field">\s*<label for="id_website"', page(client.get(f"{AT}write/")))
    html = page(client.post(f"{AT}write/", {"text": HARMLESS, "website": "x"}), 422)
    assert "Only programs fill this in" in html
    assert "trap" not in html, "a person who filled it in by mistake can see it"
    assert not Comment.objects.exists()


def test_links_of_newcomers_are_held_and_too_many_refused(as_, alice, charlie):
    as_(alice).post(f"{AT}write/", {"text": "See www.example.org for more about it."})
    assert held(Comment.objects.get()) == ["links", "newcomer"]
    known(charlie)
    as_(charlie).post(f"{AT}write/", {"text": "See [this](https://a.example) and https://b.example, both good."})
    assert Comment.objects.get(author=charlie, slot__slug=CES).status == PUBLISHED
    text = " ".join(f"https://x{n}.example" for n in range(11))
    assert "It holds 11 links." in page(as_(charlie).post(f"{AT}write/", {"text": text}), 422)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See [this](https://example.org).", 1),
        ("See https://example.com/legs.org now, and www.example.net", 2),
        ("[one](https://a.org) [two](https://b.org)", 2),
        ("[https://a.org](https://b.org)", 2),
        ("https://a.org,https://b.orghttps://c.org", 3),
        ("<https://a.org> and buy.shop", 2),
        ("No link, e.g. at 10.30", 0),
    ],
)
def test_a_link_is_counted_once(text, links):
    assert links_in(text) == links


def test_copies(as_, alice, charlie, bob):
    """Of one's own they are refused; of another's they wait, but for a word of thanks."""
    known(alice), known(charlie)
    as_(alice).post(f"{AT}write/", {"text": HARMLESS})
    assert as_(alice).post("/discuss/symptom-low-back-pain/write/", {"text": f"  **{HARMLESS.upper()}**!!"}).status_code == 422
    as_(charlie).post(f"{AT}write/", {"text": HARMLESS})
    assert held(Comment.objects.get(author=charlie, slot__slug=CES)) == ["copied"]
    for user in (alice, charlie):
        assert as_(user).post(f"{AT}write/", {"text": "Thank you!"}).status_code == 302
    assert Comment.objects.filter(text="Thank you!", status=PUBLISHED).count() == 2
    Comment.objects.filter(author=alice).update(first_written=timezone.now() - datetime.timedelta(days=31))
    Comment.objects.filter(author=charlie).delete()
    assert as_(alice).post(f"{AT}write/", {"text": HARMLESS}).status_code == 302


def test_so_many_comments_an_hour_and_a_day(as_, alice):
    client = as_(alice)
    for n in range(3):
        assert client.post(f"{AT}write/", {"text": f"{HARMLESS} {n}"}).status_code == 302
        Comment.objects.all().delete()
    html = page(client.post(f"{AT}write/", {"text": f"{HARMLESS} 4"}), 429)
    assert "You have written 3 times within an hour." in html, "deleting does not help"
    assert f"{HARMLESS} 4" in html
    for n in range(5):
        Deed.objects.update(when=timezone.now() - datetime.timedelta(hours=2))
        assert client.post(f"{AT}write/", {"text": f"{HARMLESS} {10 + n}"}).status_code == 302
    Deed.objects.update(when=timezone.now() - datetime.timedelta(hours=2))
    assert "8 times within a day" in page(client.post(f"{AT}write/", {"text": f"{HARMLESS} 30"}), 429)
    Deed.objects.update(when=timezone.now() - datetime.timedelta(hours=25))
    assert client.post(f"{AT}write/", {"text": f"{HARMLESS} 31"}).status_code == 302
    assert Deed.objects.count() == 1, "older ones are not kept"


def test_known_writers_may_write_more_and_one_person_s_limit_is_not_another_s(as_, alice, charlie):
    known(alice)
    for n in range(8):
        assert as_(alice).post(f"{AT}write/", {"text": f"{HARMLESS} {n}"}).status_code == 302
    assert as_(alice).post(f"{AT}write/", {"text": f"{HARMLESS} 9"}).status_code == 429
    assert as_(charlie).post(f"{AT}write/", {"text": f"{HARMLESS} 10"}).status_code == 302


@pytest.mark.parametrize(("kind", "most"), [("vote", 60), ("report", 10), ("edit", 20)])
def test_votes_reports_and_changes_are_limited_too(as_, alice, charlie, kind, most):
    theirs, own = put(charlie), put(alice)
    Deed.objects.bulk_create(Deed(by=alice, kind=kind, when=timezone.now()) for _ in range(most))
    client = as_(alice)
    answer = {
        "vote": lambda: client.post(f"{AT}{theirs.slot.number}/vote/"),
        "report": lambda: client.post(f"{AT}{theirs.slot.number}/report/", {"complaint": "rude"}),
        "edit": lambda: client.post(f"{AT}{own.slot.number}/edit/", {"text": "Other words here.", "version": 1}),
    }[kind]()
    assert answer.status_code == 429
    assert f"{most} times within an hour" in page(answer, 429)
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert again(own).version == 1


# What is let through


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/x.png)",
        "![x](data:image/png;base64,AAAA)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<style>*{display:none}</style>",
        "<svg onload=alert(1)>",
        "<iframe src=https://evil.example></iframe>",
        '<form action="https://evil.example"><input name=password></form>',
        "<!-- x --><!doctype html>",
        '[x](https://a.example "onmouseover=alert(1)")',
        '[x](https://a.example/" onmouseover="alert(1))',
        "[x]: javascript:alert(1)\n\n[x]",
        "```html\n<script>alert(1)</script>\n```",
        "`<img src=x onerror=alert(1)>`",
        "# A heading\n\nAnother\n=======",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "> > > <b>deep</b>",
        "[[x](javascript:alert(1))](https://a.example)",
        "<https://a.example/<script>>",
    ],
)
def test_nothing_but_plain_elements_comes_out(text):
    class Seen(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    found: list[tuple[str, dict[str, str | None]]] = []
    Seen().feed(to_html(text))
    for tag, attrs in found:
        assert tag in {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
        assert set(attrs) <= {"href", "rel", "start"}
        if tag == "a":
            assert attrs["rel"] == "nofollow ugc noopener"
            assert re.match(r"https?://|/", str(attrs.get("href", "/"))), attrs


def test_markdown_that_is_let_through():
    html = to_html(
        "**bold** *slanted* `code`\nnext line\n\n- one\n- two\n\n3. three\n\n> said\n\n[a](https://a.example/?x=1&y=2) [b](/library/)"
    )
    for piece in (
        "<strong>bold</strong>",
        "<em>slanted</em>",
        "<code>code</code><br>",
        "<li>one</li>",
        '<ol start="3">',
        "<blockquote>",
        '<a href="https://a.example/?x=1&amp;y=2" rel="nofollow ugc noopener">a</a>',
        '<a href="/library/" rel="nofollow ugc noopener">b</a>',
    ):
        assert piece in html


def test_hostile_text_is_shown_as_words_wherever_it_stands(as_, alice, bob, moderator):
    evil = "<script>alert(1)</script> ![x](https://evil.example/x.png)"
    alice.display_name = "<b onclick=x>"
    alice.save()
    comment = put(alice, evil)
    EarlierVersion.objects.create(
        comment=comment, version=7, was_public=True, text=evil, written_as="reader", article_version="", article_date=TODAY
    )
    Report.objects.create(slot=comment.slot, by=bob, complaint="other", text=evil)
    removed = put(alice, evil + " 2", status=REMOVED)
    Decision.objects.create(comment=removed, act="removed", reason=evil, by=moderator)
    Appeal.objects.create(comment=removed, text=evil)
    pages = [as_(None).get(p) for p in (AT, f"/library/{CES}/", f"{AT}1/history/")]
    pages += [as_(bob).get(f"{AT}1/{p}/") for p in ("reply", "report")]
    pages += [as_(alice).get(p) for p in ("/discuss/mine/", f"{AT}1/edit/", f"{AT}1/delete/")]
    pages += [as_(moderator).get(f"/discuss/queue/{p}") for p in ("", f"{CES}/1/", f"{CES}/2/")]
    for answer in pages:
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "alert(1)" in body or "<b onclick" not in body
        assert "<script>alert" not in body
        assert "<b onclick" not in body
        assert "<img" not in body
        assert not re.search(r'\sstyle="|\son\w+="|<style', body)


# Changing


def test_every_version_is_kept_and_readable(as_, alice):
    known(alice)
    client = as_(alice)
    client.post(f"{AT}write/", {"text": "The first words."})
    assert client.post(f"{AT}1/edit/", {"text": "The second words.", "version": 1}).url == f"{AT}1/"
    assert client.post(f"{AT}1/edit/", {"text": "The third words.", "version": 2}).url == f"{AT}1/"
    comment = Comment.objects.get(slot__slug=CES)
    assert (comment.text, comment.version, comment.status) == ("The third words.", 3, PUBLISHED)
    html = page(as_(None).get(AT))
    assert "earlier versions" in html
    assert "The first words." not in html
    html = page(as_(None).get(f"{AT}1/history/"))
    assert html.index("The third words.") < html.index("The second words.") < html.index("The first words.")
    assert (comment.first_written < comment.written) is True


def test_a_change_that_says_nothing_new_is_none(as_, alice):
    comment = put(known(alice), HARMLESS)
    as_(alice).post(f"{AT}1/edit/", {"text": f" {HARMLESS}\r\n", "version": 1})
    assert again(comment).version == 1
    assert not EarlierVersion.objects.exists()


def test_a_change_is_read_like_a_new_comment(as_, alice, moderator):
    comment = put(known(alice), HARMLESS)
    as_(alice).post(f"{AT}1/edit/", {"text": "Take 400 mg of ibuprofen.", "version": 1})
    comment = again(comment)
    assert (comment.status, held(comment)) == (WAITING, ["dose"])
    assert "ibuprofen" not in page(as_(None).get(AT))
    assert as_(None).get(f"{AT}1/history/").status_code == 404
    as_(alice).post(f"{AT}1/edit/", {"text": "Ask your doctor what suits you.", "version": 2})
    comment = again(comment)
    assert (comment.status, held(comment)) == (WAITING, ["already"]), "what waits goes on waiting"
    moderation.approve(by=moderator, comment=comment, seen=3)
    public = words(page(as_(None).get(f"{AT}1/history/")))
    assert HARMLESS in public
    assert "ibuprofen" not in public, "nobody could read it then, so nobody can now"
    assert "ibuprofen" in page(as_(alice).get(f"{AT}1/history/"))
    assert "ibuprofen" in page(as_(moderator).get(f"{AT}1/history/"))


def test_a_red_flag_told_once_stays_told_while_it_waits(as_, alice):
    as_(alice).post(f"{AT}write/", {"text": URGENT})
    as_(alice).post(f"{AT}1/edit/", {"text": HARMLESS, "version": 1})
    comment = Comment.objects.get()
    assert (comment.level, comment.status) == ("emergency", WAITING)


def test_a_newcomer_s_change_waits_again(as_, alice):
    comment = put(alice, HARMLESS)
    as_(alice).post(f"{AT}1/edit/", {"text": "Other words than before.", "version": 1})
    assert held(again(comment)) == ["newcomer"]


def test_a_change_notes_the_article_and_the_role_of_that_day(as_, alice, admin):
    comment = put(known(alice), HARMLESS)
    Comment.objects.filter(pk=comment.pk).update(article_version="0" * 12)
    give_role(user=alice, role=Role.CLINICIAN, by=admin)
    as_(alice).post(f"{AT}1/edit/", {"text": "Other words than before.", "version": 1})
    comment = again(comment)
    assert (comment.article_version, comment.written_as) == (article().version, "clinician")
    old = comment.earlier.get()
    assert (old.text, old.article_version, old.written_as) == (HARMLESS, "0" * 12, "reader")


def test_two_windows_do_not_overwrite_each_other(as_, alice):
    comment = put(known(alice), HARMLESS)
    as_(alice).post(f"{AT}1/edit/", {"text": "Words from the first window.", "version": 1})
    html = page(as_(alice).post(f"{AT}1/edit/", {"text": "Words from the second window.", "version": 1}), 422)
    assert "changed in another window" in html
    assert "Words from the second window." in html
    assert again(comment).text == "Words from the first window."


def test_what_was_removed_cannot_be_changed(as_, alice):
    comment = put(alice, HARMLESS, status=REMOVED)
    assert "A moderator removed this comment." in page(as_(alice).post(f"{AT}1/edit/", {"text": "Others.", "version": 1}), 422)
    assert again(comment).text == HARMLESS


def test_moderators_hide_an_earlier_version(as_, alice, moderator):
    put(known(alice), "My neighbour Jane Roe lives at 4 Elm Street.")
    as_(alice).post(f"{AT}1/edit/", {"text": "My neighbour has it too.", "version": 1})
    assert "Jane Roe" in page(as_(None).get(f"{AT}1/history/"))
    address = f"/discuss/queue/{CES}/1/hide/1/"
    assert as_(alice).post(address).status_code == 403
    assert as_(moderator).post(address).status_code == 302
    assert "Jane Roe" not in page(as_(None).get(f"{AT}1/history/"))
    assert "Jane Roe" in page(as_(alice).get(f"{AT}1/history/"))


# Deleting


def test_deleted_means_gone(as_, alice, bob, rows):
    secret = "Zanzibar was where my leg gave way."
    comment = put(known(alice), secret)
    as_(alice).post(f"{AT}1/edit/", {"text": secret + " Twice.", "version": 1})
    actions.vote(by=bob, comment=comment)
    actions.report(by=bob, comment=comment, complaint="false", text="no")
    assert "Delete your comment No. 1?" in page(as_(alice).get(f"{AT}1/delete/"))
    assert Comment.objects.filter(slot__slug=CES).exists()
    as_(alice).post(f"{AT}1/delete/")
    assert "Zanzibar" not in str(rows())
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert "Nobody has written here yet." in page(as_(None).get(AT)), "without replies nothing stands in its place"
    assert as_(None).get(f"{AT}1/").status_code == 404
    assert put(bob).slot.number == 2, "a number is not given twice"


def test_replies_of_others_stay_with_a_place_for_what_they_answered(as_, alice, charlie):
    first = put(alice, "What Alice said.")
    second = put(charlie, "What Charlie answered.", parent=first)
    third = put(alice, "What Alice answered.", parent=second)
    as_(alice).post(f"{AT}1/delete/")
    html = page(as_(None).get(AT))
    assert "What Alice said." not in html
    assert "No. 1: This comment was deleted." in html
    assert html.index("This comment was deleted.") < html.index("What Charlie answered.") < html.index("What Alice answered.")
    assert as_(None).get(f"{AT}1/").url == f"{AT}#c1"
    as_(charlie).post(f"{AT}2/delete/")
    assert page(as_(None).get(AT)).count("This comment was deleted.") == 2
    as_(alice).post(f"{AT}{third.slot.number}/delete/")
    assert "This comment was deleted." not in page(as_(None).get(AT))


@pytest.mark.parametrize(("status", "instead"), [(WAITING, "waits for a moderator"), (REMOVED, "A moderator removed this comment")])
def test_what_others_answered_keeps_its_place_when_it_is_hidden(as_, alice, charlie, status, instead):
    first = put(alice, "What Alice said.")
    put(charlie, "What Charlie answered.", parent=first)
    Comment.objects.filter(pk=first.pk).update(status=status)
    html = page(as_(None).get(AT))
    assert instead in html
    assert "What Alice said." not in html
    assert "What Charlie answered." in html


def test_delete_everything_takes_comments_and_leaves_those_of_others(alice, charlie, moderator, rows):
    first = put(alice, "Zanzibar, said Alice.")
    answer = put(charlie, "What Charlie answered.", parent=first)
    actions.vote(by=alice, comment=answer)
    actions.vote(by=charlie, comment=first)
    actions.report(by=charlie, comment=first, complaint="rude", text="")
    moderation.remove(by=moderator, comment=again(first), reason="Zanzibar is no medicine.", seen=1)
    actions.appeal(by=alice, comment=first, text="Zanzibar, once more.")
    delete_everything(user=alice)
    assert "Zanzibar" not in str(rows())
    assert [c.text for c in Comment.objects.all()] == ["What Charlie answered."]
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert [(r.number, r.is_shown) for r in rows_of(CES, charlie, "number")] == [(1, False), (2, True)]


def test_a_moderator_who_leaves_leaves_the_decisions(alice, moderator, admin):
    comment = put(alice, status=WAITING)
    moderation.remove(by=moderator, comment=comment, reason="Why not.", seen=1)
    delete_everything(user=moderator)
    decision = Decision.objects.get()
    assert (decision.reason, decision.by) == ("Why not.", None)


def test_export_has_all_that_one_wrote_and_nothing_of_others(alice, charlie, moderator):
    comment = put(known(alice), "Mine, the first words.")
    actions.edit(by=alice, comment=comment, article=article(), text="Mine, the later words.", seen=1, today=TODAY)
    put(charlie, "Charlie answers.", parent=comment)
    actions.report(by=charlie, comment=comment, complaint="rude", text="Secret words of Charlie.")
    actions.vote(by=charlie, comment=comment)
    moderation.remove(by=moderator, comment=again(comment), reason="Said why.", seen=2)
    actions.appeal(by=alice, comment=comment, text="Please look again.")
    own = json.dumps(export_everything(user=alice))
    for text in ("Mine, the first words.", "Mine, the later words.", "Said why.", "Please look again."):
        assert text in own
    for text in ("Charlie answers.", "Secret words of Charlie."):
        assert text not in own
    assert "by_id" not in json.dumps(export_everything(user=alice)["data"]["discussion.decision"])
    assert "Secret words of Charlie." in json.dumps(export_everything(user=charlie))


# Votes and reports


def test_helpful_and_no_longer(as_, alice, charlie, bob):
    put(alice, HARMLESS)
    assert as_(charlie).post(f"{AT}1/vote/").url == f"{AT}1/"
    as_(bob).post(f"{AT}1/vote/")
    html = page(as_(charlie).get(AT))
    assert re.search(r'aria-pressed="true">Helpful<span class="hidden"> No. 1</span> \(2\)', html)
    assert "2 found this helpful" in page(as_(None).get(AT))
    as_(charlie).post(f"{AT}1/vote/")
    assert re.search(r'aria-pressed="false">Helpful<span class="hidden"> No. 1</span> \(1\)', page(as_(charlie).get(AT)))


def test_nobody_votes_for_oneself_or_for_what_is_hidden(as_, alice, charlie, moderator):
    put(alice)
    put(alice, status=WAITING)
    put(alice, status=REMOVED)
    assert as_(alice).post(f"{AT}1/vote/").status_code == 403
    assert as_(charlie).post(f"{AT}2/vote/").status_code == 404
    assert as_(moderator).post(f"{AT}3/vote/").status_code == 403
    assert as_(charlie).get(f"{AT}1/vote/").status_code == 405
    assert not Vote.objects.exists()
    assert "Helpful<" not in page(as_(alice).get(AT))


def test_a_report_brings_it_to_the_moderators_and_hides_nothing(as_, alice, charlie, moderator):
    comment = put(alice, HARMLESS)
    client = as_(charlie)
    assert client.post(f"{AT}1/report/", {"complaint": "nonsense"}).status_code == 422
    assert client.post(f"{AT}1/report/", {"complaint": "harmful", "text": "It made me worse."}).url == f"{AT}1/"
    client.post(f"{AT}1/report/", {"complaint": "rude"})
    assert [(r.complaint, r.text) for r in Report.objects.all()] == [("harmful", "It made me worse.")], "twice is once"
    assert HARMLESS in page(as_(None).get(AT))
    html = page(as_(moderator).get("/discuss/queue/"))
    assert "Following it could harm somebody: “It made me worse.”" in words(html)
    assert "Charlie" not in html, "not even moderators see who reported"
    assert as_(alice).get(f"{AT}1/report/").status_code == 404, "not one's own"
    as_(moderator).post(f"/discuss/queue/{CES}/1/dismiss/", {"version": 1})
    assert not moderation.queue().exists()
    assert again(comment).status == PUBLISHED
    client.post(f"{AT}1/report/", {"complaint": "rude"})
    assert not moderation.queue().exists(), "what was kept is not reported again by the same person"
    Comment.objects.filter(pk=comment.pk).update(written=timezone.now())
    client.post(f"{AT}1/report/", {"complaint": "rude"})
    assert moderation.queue().exists(), "unless it was changed"


# Moderation


def test_the_queue_orders_red_flags_then_reports_then_age(alice, charlie, bob, moderator):
    now = timezone.now()
    plain, reported = put(alice, status=WAITING), put(alice)
    urgent_new, urgent_old = put(alice, status=WAITING, level="same_day"), put(alice, status=WAITING, level="emergency")
    appealed, older, published = put(alice, status=REMOVED), put(alice, status=WAITING), put(alice)
    put(alice, status=REMOVED)
    for age, c in enumerate((urgent_old, older, appealed, plain, reported, urgent_new, published)):
        Comment.objects.filter(pk=c.pk).update(first_written=now - datetime.timedelta(hours=10 - age))
    Report.objects.create(slot=reported.slot, by=charlie, complaint="rude")
    Report.objects.create(slot=reported.slot, by=bob, complaint="spam")
    Report.objects.create(slot=published.slot, by=bob, complaint="spam", closed=now)
    Appeal.objects.create(comment=appealed, text="Why?")
    assert list(moderation.queue()) == [urgent_old, urgent_new, reported, older, appealed, plain]


def test_removed_with_a_reason_that_the_author_reads(as_, alice, charlie, moderator):
    comment = put(alice, HARMLESS)
    actions.report(by=charlie, comment=comment, complaint="false", text="")
    address = f"/discuss/queue/{CES}/1/remove/"
    assert as_(moderator).post(address, {"version": 1, "reason": " "}).status_code == 422
    assert again(comment).status == PUBLISHED
    as_(moderator).post(address, {"version": 1, "reason": "It names a doctor."})
    assert again(comment).status == REMOVED
    assert not Report.objects.filter(closed=None).exists()
    assert HARMLESS not in page(as_(None).get(AT))
    assert as_(charlie).get(f"{AT}1/").status_code == 404
    assert HARMLESS in page(as_(alice).get(AT)), "its author still sees it"
    html = page(as_(alice).get("/discuss/mine/"))
    assert "It names a doctor." in html
    assert f'href="{AT}1/appeal/"' in html


def test_nobody_decides_about_words_they_have_not_read(as_, alice, moderator):
    comment = put(known(alice), HARMLESS, status=WAITING)
    actions.edit(by=alice, comment=comment, article=article(), text="Other words now.", seen=1, today=TODAY)
    for what in ("approve", "remove", "dismiss"):
        answer = as_(moderator).post(f"/discuss/queue/{CES}/1/{what}/", {"version": 1, "reason": "No."})
        assert "changed since you read it" in page(answer, 400)
    assert again(comment).status == WAITING
    assert as_(moderator).post(f"/discuss/queue/{CES}/1/approve/", {"version": 2}).status_code == 302
    assert again(comment).status == PUBLISHED
    assert as_(moderator).post(f"/discuss/queue/{CES}/1/approve/", {"version": 2}).status_code == 400, "not twice"


def test_an_appeal_once_and_decided_by_another(as_, alice, moderator, admin):
    comment = put(alice, HARMLESS)
    moderation.remove(by=moderator, comment=comment, reason="No.", seen=1)
    client = as_(alice)
    assert client.post(f"{AT}1/appeal/", {"text": ""}).status_code == 422
    assert client.post(f"{AT}1/appeal/", {"text": "It is true, and it may help."}).url == "/discuss/mine/"
    assert client.get(f"{AT}1/appeal/").status_code == 404
    with pytest.raises(Exception, match="appealed once"):
        actions.appeal(by=alice, comment=comment, text="Again.")
    assert "A moderator will read it." in page(client.get("/discuss/mine/"))
    html = page(as_(moderator).get(f"/discuss/queue/{CES}/1/"))
    assert "Another moderator decides about the appeal." in html
    address = f"/discuss/queue/{CES}/1/appeal/"
    assert as_(moderator).post(address, {"grant": "yes"}).status_code == 403
    assert as_(admin).post(address, {"grant": "no", "reason": ""}).status_code == 422
    as_(admin).post(address, {"grant": "yes", "reason": "You are right."})
    assert again(comment).status == PUBLISHED
    assert not moderation.queue().exists()
    assert "You are right." in page(client.get("/discuss/mine/"))
    assert [d.act for d in comment.decisions.all()] == ["removed", "restored"]
    assert as_(admin).post(address, {"grant": "yes"}).status_code == 400


def test_an_appeal_may_be_refused_for_good(as_, alice, moderator, admin):
    comment = put(alice, HARMLESS)
    moderation.remove(by=moderator, comment=comment, reason="No.", seen=1)
    actions.appeal(by=alice, comment=comment, text="Please.")
    as_(admin).post(f"/discuss/queue/{CES}/1/appeal/", {"grant": "no", "reason": "It stays so."})
    assert again(comment).status == REMOVED
    html = page(as_(alice).get("/discuss/mine/"))
    assert "It stays so." in html
    assert "That is final." in html
    assert "appeal/" not in html


def test_the_only_moderator_decides_alone(alice, moderator):
    comment = put(alice, HARMLESS)
    moderation.remove(by=moderator, comment=comment, reason="No.", seen=1)
    actions.appeal(by=alice, comment=comment, text="Please.")
    moderation.decide_appeal(by=moderator, comment=comment, grant=True, reason="")
    assert again(comment).status == PUBLISHED


def test_moderators_do_not_decide_about_themselves_where_there_is_another(as_, moderator, admin):
    comment = put(moderator, HARMLESS, status=WAITING)
    for what in ("approve", "remove", "dismiss"):
        assert as_(moderator).post(f"/discuss/queue/{CES}/1/{what}/", {"version": 1, "reason": "x"}).status_code == 403
    assert "Another moderator decides about it." in page(as_(moderator).get(f"/discuss/queue/{CES}/1/"))
    assert as_(admin).post(f"/discuss/queue/{CES}/1/approve/", {"version": 1}).status_code == 302
    assert again(comment).status == PUBLISHED
    admin.delete()
    Comment.objects.update(status=WAITING)
    moderation.approve(by=moderator, comment=comment, seen=1)


def test_the_queue_shows_comments_and_no_case(as_, alice, moderator, case_data):
    from soleus.web.cases.actions import save_case

    save_case(by=alice, data=case_data, today=TODAY)
    put(alice, HARMLESS, status=WAITING)
    html = page(as_(moderator).get("/discuss/queue/")) + page(as_(moderator).get(f"/discuss/queue/{CES}/1/"))
    assert "calf gives way" not in html
    assert "alice@" not in html


def test_a_comment_deleted_while_a_moderator_reads(as_, alice, moderator):
    comment = put(alice, HARMLESS, status=WAITING)
    comment_copy = again(comment)
    comment.delete()
    with pytest.raises(Exception, match="deleted by its author"):
        moderation.approve(by=moderator, comment=comment_copy, seen=1)
    assert as_(moderator).post(f"/discuss/queue/{CES}/1/approve/", {"version": 1}).status_code == 404


# Who may do what

ANYBODY, PERSON, AUTHOR, MODERATOR = "anybody", "person", "author", "moderator"
# 1 published, 2 waiting, 3 removed; all of Alice. What a stranger is told: 302 to sign in, 403 not allowed, 404 not there.
MATRIX = [
    # method, address, anonymous, alice, charlie, bob (clinician), moderator, admin
    ("get", "", 200, 200, 200, 200, 200, 200),
    ("get", "rules", 200, 200, 200, 200, 200, 200),
    ("get", "mine", 302, 200, 200, 200, 200, 200),
    ("get", "queue", 302, 403, 403, 403, 200, 200),
    ("get", "write", 302, 200, 200, 200, 200, 200),
    ("post", "write", 302, 302, 302, 302, 302, 302),
    ("get", "1", 302, 302, 302, 302, 302, 302),
    ("get", "2", 404, 302, 404, 404, 302, 302),
    ("get", "3", 404, 302, 404, 404, 302, 302),
    ("get", "1/reply", 302, 200, 200, 200, 200, 200),
    ("get", "2/reply", 302, 404, 404, 404, 404, 404),
    ("get", "1/edit", 302, 200, 404, 404, 404, 404),
    ("post", "1/edit", 302, 302, 404, 404, 404, 404),
    ("get", "1/sent", 302, 200, 404, 404, 404, 404),
    ("get", "1/delete", 302, 200, 404, 404, 404, 404),
    ("post", "1/delete", 302, 302, 404, 404, 404, 404),
    ("post", "3/delete", 302, 302, 404, 404, 404, 404),
    ("post", "1/vote", 302, 403, 302, 302, 302, 302),
    ("post", "2/vote", 302, 403, 404, 404, 403, 403),
    ("get", "1/report", 302, 404, 200, 200, 200, 200),
    ("post", "1/report", 302, 404, 302, 302, 302, 302),
    ("post", "2/report", 302, 404, 404, 404, 404, 404),
    ("get", "1/history", 200, 200, 200, 200, 200, 200),
    ("get", "2/history", 404, 200, 404, 404, 200, 200),
    ("get", "3/appeal", 302, 200, 404, 404, 404, 404),
    ("post", "3/appeal", 302, 302, 404, 404, 404, 404),
    ("post", "1/appeal", 302, 404, 404, 404, 404, 404),
    ("get", "look/2", 302, 403, 403, 403, 200, 200),
    ("post", "look/2/approve", 302, 403, 403, 403, 302, 302),
    ("post", "look/1/remove", 302, 403, 403, 403, 302, 302),
    ("post", "look/1/dismiss", 302, 403, 403, 403, 302, 302),
    ("post", "look/3/appeal", 302, 403, 403, 403, 400, 400),
    ("post", "look/1/hide/1", 302, 403, 403, 403, 302, 302),
    ("get", "look/1/suspend", 302, 403, 403, 403, 200, 200),
    ("post", "look/1/suspend", 302, 403, 403, 403, 302, 302),
    ("get", "suspended", 302, 403, 403, 403, 200, 200),
    ("post", "suspended/99/refuse", 302, 403, 403, 403, 302, 302),
    ("post", "suspended/99/lift", 302, 403, 403, 403, 302, 302),
    ("get", "suspension", 302, 200, 200, 200, 200, 200),
    ("post", "suspension", 302, 400, 400, 400, 400, 400),
]
FORM = {"text": "Words that are new here.", "version": 1, "complaint": "rude", "reason": "No.", "grant": "no", "days": "7", "answer": "No."}


def matrix_address(name: str) -> str:
    if name.split("/")[0] in ("rules", "mine", "queue", "suspended", "suspension"):
        return f"/discuss/{name}/"
    if name.startswith("look/"):
        return f"/discuss/queue/{CES}/{name.removeprefix('look/')}/"
    return f"{AT}{name}/" if name else AT


@pytest.mark.parametrize("row", MATRIX, ids=[f"{m} {a}" for m, a, *_ in MATRIX])
def test_who_may_do_what(row, as_, alice, charlie, bob, moderator, admin):
    method, name, *expected = row
    from django.db import transaction

    for status in (PUBLISHED, WAITING, REMOVED):
        put(alice, status=status)
    Suspension.objects.create(pk=99, person=person("zoe@example.org"), reason="Spam.", appeal="Why?", appealed=timezone.now())
    for user, status in zip((None, alice, charlie, bob, moderator, admin), expected, strict=True):
        with transaction.atomic():
            answer = getattr(as_(user), method)(matrix_address(name), FORM if method == "post" else {})
            transaction.set_rollback(True)
        assert answer.status_code == status, (user, answer.status_code)
        if user is None and status == 302 and name != "1":
            assert answer.url.startswith("/account/login/?next=/discuss/")


def test_every_address_stands_in_the_matrix():
    from soleus.web.discussion.urls import urlpatterns

    shapes = {re.sub(r"\d+", "N", matrix_address(a)) for _, a, *_ in MATRIX}
    for pattern in urlpatterns:
        shape = re.sub(r"<int:\w+>", "N", str(pattern.pattern)).replace("<slug:slug>", CES)
        assert f"/discuss/{shape}" in shapes, shape


def test_who_was_shut_out_writes_nothing(as_, alice):
    client = as_(alice)
    alice.is_active = False
    alice.save()
    assert client.post(f"{AT}write/", {"text": HARMLESS}).status_code == 302
    assert not Comment.objects.exists()
    assert not Comment.objects.by(alice).exists()


def test_only_moderators_have_the_queue_in_their_navigation(as_, alice, bob, moderator, admin):
    for user, there in ((None, False), (alice, False), (bob, False), (moderator, True), (admin, True)):
        assert ('href="/discuss/queue/"' in page(as_(user).get("/discuss/rules/"))) is there


def test_the_log_and_the_addresses_hold_no_words_of_anybody(as_, alice, caplog):
    import logging

    logging.getLogger("soleus").addHandler(caplog.handler)
    try:
        answer = as_(alice).post(f"{AT}write/", {"text": URGENT})
        as_(alice).get(answer.url)
    finally:
        logging.getLogger("soleus").removeHandler(caplog.handler)
    assert "urine" not in caplog.text
    assert answer.url == f"{AT}1/sent/"


# Walks


def test_a_walk_on_a_phone_from_registering_to_an_appeal(open_page, site, moderator, admin, axe, fits, screen):
    """Register, comment, held; a moderator approves; reply, vote, report, remove, appeal; another moderator restores."""
    known(person("olga@example.org", name="Olga"))
    put(User.objects.get(email="olga@example.org"), "My reflex never came back, and I do not miss it.")
    ann = open_page(width=360, height=740)
    ann.goto(f"/library/{CES}/")
    ann.get_by_role("heading", name="Discussion (1)").wait_for()
    fits(ann)
    ann.get_by_role("link", name="Read the comment").click()  # opens in place
    ann.get_by_role("heading", name="1 comment", exact=True).wait_for()
    assert ann.url.endswith(f"/library/{CES}/")
    axe(ann)
    fits(ann)
    ann.get_by_role("link", name="Sign up").click()
    ann.get_by_label("Email").fill("ann@example.org")
    ann.get_by_label("Display name").fill("Ann")
    ann.get_by_label("Password", exact=True).fill(PASSWORD)
    ann.get_by_label("Password (again)").fill(PASSWORD)
    ann.get_by_role("button", name="Sign up").click()
    ann.wait_for_url(f"**{AT}#write")
    ann.get_by_label("Your comment").fill("Thank you. **Swimming** helped me most.")
    axe(ann)
    fits(ann)
    screen(ann, "discuss-thread-360")
    ann.get_by_role("button", name="Send").click()
    ann.get_by_role("heading", name="Your comment waits for a moderator").wait_for()
    axe(ann)
    fits(ann)
    screen(ann, "discuss-held-360")

    mo = open_page(user=moderator, width=360, height=740, dark=True)
    mo.goto("/discuss/queue/")
    mo.get_by_role("heading", name="No. 2").wait_for()
    axe(mo)
    fits(mo)
    screen(mo, "discuss-queue-360-dark")
    mo.get_by_role("button", name="Publish No. 2").click()
    mo.get_by_text("Nothing waits.").wait_for()

    ann.goto(f"{AT}1/")
    ann.get_by_role("link", name="Reply to No. 1").click()
    ann.get_by_label("Your comment").fill("Mine neither. How long did you wait for the operation?")
    axe(ann)
    ann.get_by_role("button", name="Send").click()
    ann.get_by_role("heading", name="Your comment waits for a moderator").wait_for()
    ann.goto(AT)
    vote = ann.get_by_role("button", name="Helpful No. 1")
    vote.click()
    ann.locator('#v1[aria-pressed="true"]').wait_for()
    assert ann.evaluate("document.activeElement.id") == "v1", "the keyboard stays where it was"
    ann.get_by_role("link", name="Report No. 1").click()
    ann.get_by_label("It is wrong").check()
    axe(ann)
    fits(ann)
    screen(ann, "discuss-report-360")
    ann.get_by_role("button", name="Send to the moderators").click()
    ann.get_by_text("A moderator will look at it.").wait_for()

    mo.goto("/discuss/queue/")
    assert mo.get_by_role("heading", level=2).all_inner_texts()[0].endswith("No. 1"), "what was reported comes first"
    mo.get_by_role("link", name="Look closer, or remove No. 1").click()
    mo.get_by_label("Reason").fill("Please leave out what only a doctor can say.")
    axe(mo)
    fits(mo)
    screen(mo, "discuss-look-360-dark")
    mo.get_by_role("button", name="Remove it").click()
    mo.get_by_text("Its author is told why.").wait_for()

    olga = open_page(user=User.objects.get(email="olga@example.org"), width=360, height=740)
    olga.goto("/account/")
    olga.get_by_role("link", name="My comments", exact=True).click()
    olga.get_by_text("Please leave out what only a doctor can say.").wait_for()
    axe(olga)
    fits(olga)
    screen(olga, "discuss-mine-360")
    olga.get_by_role("link", name="Appeal for No. 1").click()
    olga.get_by_label("Why should it be published?").fill("It only says how it went for me.")
    axe(olga)
    olga.get_by_role("button", name="Send the appeal").click()
    olga.get_by_text("A moderator will read it.").wait_for()

    ada = open_page(user=admin, width=360, height=740)
    ada.goto("/discuss/queue/")
    ada.get_by_role("link", name="Decide the appeal No. 1").click()
    ada.get_by_label("Publish it again").check()
    axe(ada)
    ada.get_by_role("button", name="Decide").click()
    ada.get_by_text("Published again.").wait_for()
    ann.goto(f"{AT}1/")
    ann.get_by_text("I do not miss it.").wait_for()


def test_a_walk_without_scripts_by_keyboard_on_a_desktop(open_page, site, alice, charlie, axe, fits, screen):
    known(alice), known(charlie)
    first = put(charlie, "I sat with **one leg** over the other, and the foot dropped.\n\n- it took weeks\n- it came back")
    put(person("bob2@example.org", Role.CLINICIAN, "Dr Bob"), "That is the peroneal nerve. It mostly recovers.", parent=first)
    page = open_page(user=alice, script=False)
    page.goto(f"/library/{CES}/")
    page.get_by_role("link", name="Read all 2 comments").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 comments").wait_for()
    page.get_by_label("Your comment").focus()
    page.keyboard.type("I cannot pass urine since yesterday and I am numb between the legs.")
    page.keyboard.press("Tab")  # past the trap, which no key reaches
    assert page.get_by_role("button", name="Send").evaluate("b => b === document.activeElement")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Do this now").wait_for()
    fits(page)
    screen(page, "discuss-urgent-1280")
    page.get_by_role("link", name="My comments").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Delete No. 3").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Delete it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Comment No. 3 is deleted.").wait_for()
    page.get_by_role("button", name="Helpful No. 1").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Helpful No. 1 (1)").wait_for()
    screen(page, "discuss-thread-1280")
    assert not Comment.objects.filter(slot__number=3, slot__slug=CES).exists()


def test_pages_on_the_narrowest_phone_and_in_the_dark(open_page, site, alice, bob, moderator, axe, fits, screen):
    """Each kind of page once, at 320 px and dark on a desktop; deep threads, long words, every state."""
    comment = put(alice, "The first of a long thread.")
    for n in range(1, 6):
        comment = put(bob if n == 1 else alice, f"Answer {n}. " + "Donaudampfschifffahrtsgesellschaft" * (n % 3), parent=comment)
    put(alice, "`" + "x" * 300 + "`\n\n    " + "y" * 300)
    put(alice, status=WAITING, level="emergency")
    removed = put(alice, status=REMOVED)
    Decision.objects.create(comment=removed, act="removed", reason="It names a doctor.", by=moderator)
    Appeal.objects.create(comment=removed, text="It does not.")
    Report.objects.create(slot=Slot.objects.get(slug=CES, number=1), by=bob, complaint="rude", text="Very.")
    EarlierVersion.objects.create(
        comment=comment, version=1, was_public=False, text="Before.", written_as="reader", article_version="", article_date=TODAY
    )
    for width, dark in ((320, False), (1280, True)):
        own, other, judge = (open_page(user=u, width=width, dark=dark) for u in (alice, bob, moderator))
        look = {
            own: (AT, f"{AT}?sort=helpful", f"{AT}8/sent/", f"{AT}6/edit/", f"{AT}6/history/", f"{AT}6/delete/", "/discuss/mine/"),
            other: (f"{AT}6/reply/", f"{AT}1/report/", "/discuss/rules/", f"/library/{CES}/"),
            judge: ("/discuss/queue/", f"/discuss/queue/{CES}/1/", f"/discuss/queue/{CES}/9/", AT),
        }
        for browser, addresses in look.items():
            for n, address in enumerate(addresses):
                browser.goto(address)
                browser.wait_for_load_state("load")
                axe(browser)
                fits(browser)
                who = {own: "own", other: "other", judge: "mod"}[browser]
                if "/library/" in address:
                    browser.locator("#discussion").screenshot(path=screen(browser, f"discuss-article-{width}"))
                else:
                    screen(browser, f"discuss-{who}-{n}-{width}{'-dark' if dark else ''}")


def test_the_page_is_read_the_same_by_all_ways(alice, charlie):
    """What a page shows is what `visible_to` lets through, neither more nor less."""
    for n, status in enumerate((PUBLISHED, WAITING, REMOVED, PUBLISHED)):
        put((alice, charlie)[n % 2], status=status)
    for user in (alice, charlie):
        shown = {node.comment.pk for node in page_of(article(), user).nodes if node.comment}
        assert shown == set(Comment.objects.visible_to(user).values_list("pk", flat=True))
