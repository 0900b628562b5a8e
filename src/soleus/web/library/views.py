"""The library: what there is, what was searched for, and an article."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from soleus.reports.articles.article import KIND_NAMES, Article, Kind
from soleus.reports.articles.blocks import ClaimChecked
from soleus.reports.words import URGENCY
from soleus.web.discussion.notices import number_new
from soleus.web.discussion.threads import glance
from soleus.web.library.actions import count_view
from soleus.web.library.forms import SearchForm
from soleus.web.library.freshness import etag, kept, unchanged
from soleus.web.library.models import DailyViews
from soleus.web.library.shelf import ENTRY, HELP, shelf
from soleus.web.pages import views as pages

MOST_HITS = 30
WEAKEST = 0.1
"""Articles that fit far worse than the best are left out: share of its score (expert estimate, tried on misspelt names)."""
POPULAR = 8
POPULAR_DAYS = 30
INTRODUCTIONS: dict[Kind, str] = {
    "when-to-seek-help": "Warning signs, sorted by how soon you should be seen.",
    "condition": "What can make the back of a leg weak. The most urgent come first.",
    "symptom": "What you may feel or notice, and what it can mean.",
    "test": "What doctors may check, and what a result can and cannot tell.",
    "treatment": "What can be done, how well it is known to work, and what to watch for.",
    "exercise": "How to do each exercise, with pictures, and when to leave it.",
    "prevention": "What helps to keep legs strong, and to stop falls and harm.",
    "measure": "Ways to see whether your strength or walking really changes.",
    "aid": "Things that make walking and daily life safer.",
}


@dataclass(frozen=True)
class Group:
    """Articles under one heading of a list."""

    name: str
    level: str
    articles: tuple[Article, ...]

    @property
    def anchor(self) -> str:
        return f"group-{self.name.lower().replace(' ', '-')}"


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The first page of Soleus is the article that everybody should begin with."""
    article = shelf().articles.get(ENTRY)
    if article is None:
        return pages.home(request)
    return _shown(request, article, "library/front.html", may_keep=False)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, _article(slug), "library/article.html")


@require_safe
def printed(request: HttpRequest, slug: str) -> HttpResponse:
    """An article for paper: all of it, open, without the page around it. Not counted: who prints has it open already."""
    found = _article(slug)
    return render(request, "library/print.html", {"article": found, "for_paper": True, "today": timezone.localdate()})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Kinds with their numbers, the search box, and what others read."""
    books = shelf()
    since = timezone.localdate() - datetime.timedelta(days=POPULAR_DAYS)
    context = {
        "form": SearchForm(),
        "kinds": [_kind(kind) for kind in books.by_kind if kind not in ("entry", HELP)],
        "count": len(books.articles),
        "entry": books.articles.get(ENTRY),
        "help": books.by_kind.get(HELP, ()),
        "popular": [books.articles[s] for s in DailyViews.objects.most_read(since, POPULAR) if s in books.articles],
        "days": POPULAR_DAYS,
    }
    return render(request, "library/home.html", context)


@require_safe
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """All articles of a kind: by urgency where it is known, else by letter."""
    articles = next((found for k, found in shelf().by_kind.items() if k == name), None)
    if articles is None:
        raise Http404
    groups = by_urgency(articles) if any(a.level for a in articles) else by_letter(articles)
    return render(request, "library/kind.html", {**_kind(articles[0].kind), "groups": groups, "has_levels": bool(groups[0].level)})


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """What fits, misspelt or not."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        words: str = form.cleaned_data["words"]
        wanted = tuple(kind for kind in KIND_NAMES if kind == form.cleaned_data["kind"])  # none of them: everything
        books = shelf()
        hits = books.index.search(words, most=MOST_HITS, kinds=wanted)
        rows = [
            {"hit": hit, "article": books.articles[hit.slug], "kind": KIND_NAMES[hit.kind][0]}
            for hit in hits
            if hit.score >= WEAKEST * hits[0].score
        ]
        context |= {"words": words, "rows": rows, "is_cut": len(rows) == MOST_HITS}
    return render(request, "library/search.html", context)


def by_urgency(articles: tuple[Article, ...]) -> list[Group]:
    """The most urgent first; what has no level of its own last."""
    groups = []
    for level in (*URGENCY, ""):
        if found := tuple(a for a in articles if a.level == level):
            groups.append(Group(URGENCY[level][0].capitalize() if level else "Others", level, found))
    return groups


def by_letter(articles: tuple[Article, ...]) -> list[Group]:
    """By the first letter of the title; digits together."""

    def letter(a: Article) -> str:
        first = a.title[:1].upper()
        return first if first.isalpha() else "0 to 9"

    return [Group(name, "", tuple(found)) for name, found in groupby(sorted(articles, key=letter), letter)]


def _kind(name: Kind) -> dict[str, object]:
    return {"kind": name, "name": KIND_NAMES[name][1], "intro": INTRODUCTIONS.get(name, ""), "number": len(shelf().by_kind[name])}


def _article(slug: str) -> Article:
    found = shelf().articles.get(slug)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, article: Article, template: str, may_keep: bool = True) -> HttpResponse:
    """An article with what belongs around it; counted when it is opened, also from the browser's own copy.

    Args:
        may_keep: Whether the browser may keep a copy. The front page is never kept, as it leads to
            what a person told, and not counted: to arrive there is not yet to read.
    """
    if may_keep and request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        count_view(slug=article.slug, on=timezone.localdate())
    may_keep = may_keep and not len(messages.get_messages(request))
    discussed = glance(article.slug)
    tag = etag(request, article, discussed, number_new(request.user))
    if may_keep and (answer := unchanged(request, tag)):
        return answer
    context = {
        "article": article,
        "kind_name": KIND_NAMES[article.kind][0],
        "kind_many": KIND_NAMES[article.kind][1],
        "claims": [b for b in article.blocks if isinstance(b, ClaimChecked)],
        "related": [(KIND_NAMES[r.kind][0], r) for r in article.related],
        "views": DailyViews.objects.total(article.slug),
        "glance": discussed,
        "for_paper": False,
        "is_front": template == "library/front.html",  # no link from here leads to another server
    }
    response = render(request, template, context)
    return kept(response, tag) if may_keep else response
