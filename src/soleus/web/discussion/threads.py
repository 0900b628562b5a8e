"""Reads a discussion: who sees what, in which order, on which page, nested as the answers are.

A page holds at most 50 comments, and not more text than a page may carry; a long thread goes on on the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.db.models.functions import Length
from django.utils.safestring import SafeString

from soleus.reports.articles.article import Article
from soleus.web.accounts.models import User
from soleus.web.discussion.markdown import to_html, to_text
from soleus.web.discussion.models import Comment, Slot, Vote, standing

Sort = Literal["number", "helpful"]
PER_PAGE = 50
MOST_TEXT = 40_000
"""Of a page. [characters]"""
MOST_DEPTH = 3
"""Deeper answers stand beside each other, and say which number they answer: a phone has no room for more."""
AT_A_GLANCE = 3
EXCERPT = 280
GONE = "This comment was deleted."
NOT_SHOWN: dict[str, str] = {
    Comment.Status.WAITING: "This comment waits for a moderator.",
    Comment.Status.REMOVED: "A moderator removed this comment.",
}


@dataclass(frozen=True)
class Row:
    """A number of a discussion that somebody sees: a comment, or the place of one that others answered."""

    slot: int
    number: int
    answers: int | None
    depth: int
    length: int
    is_shown: bool
    instead: str


@dataclass
class Node:
    """A comment on a page with the answers below it."""

    row: Row
    comment: Comment | None
    is_apart: bool
    """It does not stand right below what it answers."""
    html: SafeString = field(default_factory=SafeString)
    votes: int = 0
    has_voted: bool = False
    is_own: bool = False
    is_edited: bool = False
    article_changed: bool = False
    replies: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """One page of a discussion. `count`: of published comments, on all pages."""

    nodes: list[Node]
    number: int
    of: int
    count: int
    sort: Sort


def page_of(article: Article, user: User | AnonymousUser, *, sort: Sort = "number", page: int = 1) -> Page:
    """A page as somebody sees it; a number too high gives the last one."""
    rows = rows_of(article.slug, user, sort)
    pages = cut(rows)
    number = min(max(page, 1), len(pages))
    shown = pages[number - 1]
    count = Comment.objects.published().filter(slot__slug=article.slug).count()
    return Page(_nested(shown, _load(shown, user), article, user), number, len(pages), count, sort)


def page_with(slug: str, number: int, user: User | AnonymousUser) -> int | None:
    """On which page, by number, a comment stands; None if this person sees no such number."""
    for i, rows in enumerate(cut(rows_of(slug, user, "number")), 1):
        if any(r.number == number for r in rows):
            return i
    return None


def rows_of(slug: str, user: User | AnonymousUser, sort: Sort) -> list[Row]:
    """Every number that somebody sees, threads one after the other, each answer below what it answers."""
    visible = set(Comment.objects.visible_to(user).filter(slot__slug=slug).values_list("slot_id", flat=True))
    slots = list(
        Slot.objects.filter(slug=slug)
        .annotate(helpful=Count("votes"), length=Length("comment__text"))
        .order_by("number")
        .values_list("pk", "number", "parent_id", "helpful", "length", "comment__status")
    )
    numbers = {pk: number for pk, number, *_ in slots}
    kept = set(visible)
    for pk, _, parent, *_ in reversed(slots):  # what is answered comes before its answers, so this climbs to the top
        if pk in kept and parent in numbers:
            kept.add(parent)
    depths: dict[int, int] = {}
    below: dict[int | None, list[Row]] = {}
    helpful: dict[int, int] = {}
    for pk, number, parent, votes, length, status in slots:
        if pk in kept:
            depths[pk] = depths[parent] + 1 if parent in depths else 0
            instead = "" if pk in visible else NOT_SHOWN.get(status, GONE)
            row = Row(pk, number, numbers.get(parent), depths[pk], length or 0, pk in visible, instead)
            below.setdefault(parent if parent in depths else None, []).append(row)
            helpful[pk] = votes
    if sort == "helpful":
        below.get(None, []).sort(key=lambda r: (-helpful[r.slot], r.number))
    ordered: list[Row] = []
    ahead = list(reversed(below.get(None, [])))
    while ahead:
        ordered.append(ahead.pop())
        ahead += reversed(below.get(ordered[-1].slot, []))
    return ordered


def cut(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows into pages; there is always a first one."""
    pages: list[list[Row]] = [[]]
    length = 0
    for row in rows:
        if pages[-1] and (len(pages[-1]) >= PER_PAGE or length + row.length > MOST_TEXT):
            pages.append([])
            length = 0
        pages[-1].append(row)
        length += row.length
    return pages


@dataclass(frozen=True)
class _Loaded:
    """What a page needs of the comments on it, by slot."""

    comments: dict[int, Comment]
    votes: dict[int, int]
    voted: set[int]
    """By the person who looks."""


def _load(rows: Iterable[Row], user: User | AnonymousUser) -> _Loaded:
    slots = [r.slot for r in rows if r.is_shown]
    comments = {c.slot_id: c for c in Comment.objects.filter(slot__in=slots).select_related("author", "slot")}
    voted = set(Vote.objects.filter(slot__in=slots, by=user.pk).values_list("slot_id", flat=True)) if user.pk else set()
    return _Loaded(comments, _votes(slots), voted)


def _votes(slots: Iterable[int]) -> dict[int, int]:
    counted = Vote.objects.filter(slot__in=list(slots)).values("slot_id").annotate(n=Count("pk"))
    return dict(counted.values_list("slot_id", "n"))


def _nested(rows: list[Row], loaded: _Loaded, article: Article, user: User | AnonymousUser) -> list[Node]:
    roots: list[Node] = []
    path: list[Node] = []
    """The last comment at each depth, so far as it stands on this page."""
    for row in rows:
        while path and min(path[-1].row.depth, MOST_DEPTH) >= min(row.depth, MOST_DEPTH):
            path.pop()
        above = path[-1] if path else None
        is_apart = row.answers is not None and (above is None or above.row.number != row.answers)
        node = Node(row, None, is_apart)
        if comment := loaded.comments.get(row.slot):
            node = Node(
                row,
                comment,
                is_apart,
                html=to_html(comment.text),
                votes=loaded.votes.get(row.slot, 0),
                has_voted=row.slot in loaded.voted,
                is_own=comment.author_id == user.pk,
                is_edited=comment.version > 1,
                article_changed=comment.article_version != article.version,
            )
        (above.replies if above else roots).append(node)
        path.append(node)
    return roots


@dataclass(frozen=True)
class Excerpt:
    """The beginning of a comment."""

    number: int
    author: str
    standing: str
    votes: int
    text: str


@dataclass(frozen=True)
class Glance:
    """What an article shows of its discussion."""

    count: int
    excerpts: tuple[Excerpt, ...]


def glance(slug: str) -> Glance:
    """How many comments there are, and the beginning of those that were found most helpful; the newest where nobody voted."""
    published = Comment.objects.published().filter(slot__slug=slug)
    count = published.count()
    if not count:
        return Glance(0, ())
    counted = published.select_related("author", "slot").annotate(helpful=Count("slot__votes"))
    best = counted.order_by("-helpful", "-first_written")[:AT_A_GLANCE]
    votes = _votes([c.slot_id for c in best])
    excerpts = (
        Excerpt(c.slot.number, c.author.shown_name, standing(c.author, c.written_as), votes.get(c.slot_id, 0), _begin(c.text)) for c in best
    )
    return Glance(count, tuple(excerpts))


def _begin(text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in to_text(text).splitlines() if line.strip())
    if len(words) <= EXCERPT:
        return words
    cut_at = max(words.rfind(space, EXCERPT // 2, EXCERPT) for space in " \n")
    return words[: cut_at if cut_at > 0 else EXCERPT] + " …"
