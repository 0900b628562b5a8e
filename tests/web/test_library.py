"""The library: lists, search, articles with all that belongs to them, numbers of readers, copies in the browser, print."""

from __future__ import annotations

import datetime
import json
import re
import threading
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from soleus.reports.articles.article import Article
from soleus.reports.articles.blocks import Figure
from soleus.reports.articles.html import article_html
from soleus.web.library.actions import count_view
from soleus.web.library.models import DailyViews
from soleus.web.library.shelf import ENTRY, HELP, Shelf, shelf
from soleus.web.library.templatetags.articles import article_address
from soleus.web.library.views import by_letter, by_urgency

pytestmark = pytest.mark.django_db
CES = "condition-cauda-equina-syndrome"
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def books() -> Shelf:
    return shelf()


def html(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def words(page: str) -> list[str]:
    """The words that a reader sees."""
    return unescape(re.sub(r"<[^>]+>", " ", page)).split()


def picked(books: Shelf) -> list[Article]:
    """An article of each kind, and the longest of all."""
    return [*(found[0] for found in books.by_kind.values()), max(books.articles.values(), key=lambda a: len(a.body))]


def test_the_front_page_is_the_entry_article_with_ways_to_go_on(client: Client, books: Shelf) -> None:
    page = html(client.get("/"))
    entry = books.articles[ENTRY]
    assert f"<h1>{entry.title}</h1>" in page
    for anchor, heading in entry.contents:
        assert f'<section id="{anchor}">' in page
        assert f'<a href="#{anchor}">{heading}</a>' in page
    assert 'href="/library/when-to-seek-help/"' in page
    assert "Call for help now if" in page
    assert page.index("Call for help now if") < page.index("Reading time")


def test_without_an_entry_article_the_plain_front_page_stays(client: Client, books: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Shelf({slug: a for slug, a in books.articles.items() if slug != ENTRY}, books.index)
    monkeypatch.setattr("soleus.web.library.views.shelf", lambda: without)
    assert "Is the back of your leg getting weaker?" in html(client.get("/"))


def test_the_articles_are_made_once(books: Shelf) -> None:
    found: list[Shelf] = []
    threads = [threading.Thread(target=lambda: found.append(shelf())) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert all(one is books for one in found)


def test_every_kind_is_listed_with_its_number(client: Client, books: Shelf) -> None:
    page = html(client.get("/library/"))
    for kind, articles in books.by_kind.items():
        if kind in ("entry", HELP):
            continue
        assert re.search(rf'href="/library/kind/{kind}/"><h3>[^<]+ <span class="number">\({len(articles)}\)', page), kind
    assert page.index("When to seek help") < page.index("All articles")


def test_a_list_holds_every_article_of_its_kind(client: Client, books: Shelf) -> None:
    for kind, articles in books.by_kind.items():
        page = html(client.get(f"/library/kind/{kind}/"))
        assert all(f'href="/library/{a.slug}/"' in page for a in articles), kind
        assert len(page.encode()) < MOST_BYTES
    assert client.get("/library/kind/potion/").status_code == 404


def test_conditions_stand_by_urgency_and_the_rest_by_letter(books: Shelf) -> None:
    groups = by_urgency(books.by_kind["condition"])
    assert [g.level for g in groups][:3] == ["emergency", "same_day", "within_2_weeks"]
    assert sum(len(g.articles) for g in groups) == len(books.by_kind["condition"])
    letters = [g.name for g in by_letter(books.by_kind["symptom"])]
    assert letters == sorted(set(letters))


def test_an_article_tells_when_it_was_checked_how_long_it_is_and_what_it_rests_on(client: Client, books: Shelf) -> None:
    a = books.articles[CES]
    page = html(client.get(f"/library/{CES}/"))
    assert f'<time datetime="{a.dates.published}">' in page
    assert f'<time datetime="{a.dates.next}">' in page
    assert f"{a.reading_minutes} minute" in page
    assert "<dt>Reviewed by a clinician</dt><dd>not yet</dd>" in page
    assert [f"source-{n}" in page for n in range(1, len(a.sources) + 1)] == [True] * len(a.sources)
    assert all(f'id="claim-{c}"' in page and f'href="#claim-{c}"' in page for c in a.claims)
    assert all(f'href="/library/{r.slug}/"' in page for r in a.related)
    assert f"{a.marks.sourced} statements here rest on published sources" in page
    assert "Emergency" in page[: page.index("Reading time")]


def test_partials_say_all_that_the_article_says(client: Client, books: Shelf) -> None:
    """Word for word what the other renderer, which knows no templates, makes of the same article."""
    for a in picked(books):
        page = html(client.get(f"/library/{a.slug}/print/"))
        ours = set(words(page))
        assert set(words(article_html(a, article_address))) - ours <= {"Find", "it"}, a.slug


def test_every_link_leads_somewhere(client: Client, books: Shelf) -> None:
    for a in picked(books):
        page = html(client.get(f"/library/{a.slug}/"))
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), a.slug
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids), a.slug
        for slug in set(re.findall(r'href="/library/([-\w]+)/[#"]', page)) - {"search"}:
            assert slug in books.articles, (a.slug, slug)


def test_pages_are_light_and_hold_nothing_inline(client: Client, books: Shelf) -> None:
    for a in picked(books):
        page = html(client.get(f"/library/{a.slug}/"))
        drawn = sum(len(b.svg.encode()) for b in a.blocks if isinstance(b, Figure))
        assert len(page.encode()) - drawn < MOST_BYTES, a.slug
        assert not re.search(r'\sstyle="|\son\w+="|<style|<script(?! src=)', page), a.slug


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/library/condition-of-nobody/").status_code == 404
    assert client.get("/library/condition-of-nobody/print/").status_code == 404
    assert not DailyViews.objects.exists()


def test_print_view_is_open_and_bare(client: Client) -> None:
    page = html(client.get(f"/library/{CES}/print/"))
    assert '<details class="fold">' not in page
    assert "For clinicians" in page
    assert "<nav" not in page
    assert "data-print" in page
    assert not DailyViews.objects.exists()


@pytest.mark.parametrize(
    ("typed", "slug"),
    [("gillian barre", "condition-guillain-barre-syndrome"), ("cauda eqina", CES), ("heel rase", "exercise-heel-raise-double")],
)
def test_search_forgives_misspelt_words(client: Client, books: Shelf, typed: str, slug: str) -> None:
    page = html(client.post("/library/search/", {"words": typed, "kind": "all"}))
    assert slug in books.articles
    assert f'href="/library/{slug}/"' in page
    assert "Read as:" in page


def test_search_keeps_to_a_kind(client: Client, books: Shelf) -> None:
    page = html(client.post("/library/search/", {"words": "calf", "kind": "exercise"}))
    found = set(re.findall(r'class="title"><a href="/library/([-\w]+)/"', page))
    assert found
    assert {books.articles[s].kind for s in found} == {"exercise"}


def test_search_for_nothing_and_for_nonsense(client: Client) -> None:
    assert 'class="found"' not in html(client.get("/library/search/"))
    assert 'class="found"' not in html(client.post("/library/search/", {"words": "  ", "kind": "all"}))
    page = html(client.post("/library/search/", {"words": "<qqxzzv>", "kind": "all"}))
    assert "Nothing found" in page
    assert "<qqxzzv>" not in page


def test_what_was_searched_for_goes_by_post_alone(client: Client) -> None:
    page = html(client.get("/library/search/?words=qqxzzv"))
    assert "qqxzzv" not in page
    assert re.search(r'<form class="search"[^>]*method="post"', page)


def test_each_opening_counts_and_nothing_of_the_reader_is_kept(client: Client, as_: Any, alice: Any) -> None:
    for _ in range(2):
        client.get(f"/library/{CES}/", REMOTE_ADDR="203.0.113.7")
    page = html(as_(alice).get(f"/library/{CES}/"))
    assert "<dt>Opened</dt><dd>3 times</dd>" in page
    assert DailyViews.objects.get().count == 3
    with connection.cursor() as cursor:
        columns = {c.name for c in connection.introspection.get_table_description(cursor, DailyViews._meta.db_table)}
    assert columns == {"id", "slug", "day", "count"}


def test_a_look_ahead_of_the_browser_and_head_count_for_nothing(client: Client) -> None:
    client.get(f"/library/{CES}/", headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(f"/library/{CES}/")
    assert not DailyViews.objects.exists()


def test_days_are_kept_apart_and_add_up(client: Client, books: Shelf) -> None:
    today = timezone.localdate()
    for days_ago, slug in ((0, CES), (1, CES), (1, ENTRY), (40, ENTRY), (40, ENTRY)):
        count_view(slug=slug, on=today - datetime.timedelta(days=days_ago))
    assert DailyViews.objects.total(CES) == 2
    assert DailyViews.objects.total(ENTRY) == 3
    assert DailyViews.objects.most_read(today - datetime.timedelta(days=30), 5) == [CES, ENTRY]
    page = html(client.get("/library/"))
    assert books.articles[CES].title in page[page.index("Opened most") :]


def test_the_same_page_is_not_sent_twice_yet_counted(client: Client) -> None:
    first = client.get(f"/library/{CES}/")
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    again = client.get(f"/library/{CES}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert DailyViews.objects.total(CES) == 2


def test_no_copy_is_kept_of_the_front_page_or_of_a_message(client: Client, as_: Any, alice: Any) -> None:
    front = client.get("/")
    assert "no-store" in front["Cache-Control"]
    assert "ETag" not in front
    reader = as_(alice)
    tag = reader.get(f"/library/{CES}/")["ETag"]
    session = reader.session
    session["_messages"] = json.dumps([["__json_message", 0, 25, "Your case was saved.", ""]])
    session.save()
    told = reader.get(f"/library/{CES}/", headers={"If-None-Match": tag})
    assert "Your case was saved." in html(told)
    assert "ETag" not in told


def test_other_colours_another_reader_or_another_article_is_another_page(client: Client, as_: Any, alice: Any) -> None:
    tag = client.get(f"/library/{CES}/")["ETag"]
    asked = {"If-None-Match": tag}
    assert client.get(f"/library/{HELP}/", headers=asked).status_code == 200
    assert as_(alice).get(f"/library/{CES}/", headers=asked).status_code == 200
    assert Client().get(f"/library/{CES}/", headers=asked).status_code == 200, "form tokens of another browser"
    client.post("/theme/", {"theme": "dark", "back": "/"})
    assert client.get(f"/library/{CES}/", headers=asked).status_code == 200


def test_library_is_easy_to_use_on_a_phone(open_page: Any, axe: Any, fits: Any, screen: Any, books: Shelf) -> None:
    page = open_page(width=360, height=740)
    for name, address in {
        "entry": "/",
        "home": "/library/",
        "conditions": "/library/kind/condition/",
        "article": f"/library/{CES}/",
        "print": f"/library/{CES}/print/",
    }.items():
        page.goto(address)
        fits(page)
        axe(page)
        screen(page, f"library-{name}-360")
    page.goto("/library/")
    page.get_by_label("Search the library").fill("gillian barre")
    page.get_by_role("link", name=books.articles["condition-guillain-barre-syndrome"].title).first.wait_for()
    assert page.url.endswith("/library/")
    screen(page, "library-found-360")
