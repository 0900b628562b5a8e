"""Pages of a discussion: read, write, answer, change, delete, vote, report, appeal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from soleus.domain.errors import UsageError
from soleus.reports.articles.article import Article
from soleus.web.accounts.permissions import user_of
from soleus.web.discussion import actions
from soleus.web.discussion.forms import AppealForm, CommentForm, EditForm, ReportForm
from soleus.web.discussion.judging import urgent_level
from soleus.web.discussion.limits import APPROVED_FIRST, is_newcomer
from soleus.web.discussion.markdown import to_html, to_text
from soleus.web.discussion.models import Comment
from soleus.web.discussion.suspending import suspension_of
from soleus.web.discussion.threads import Sort, page_of, page_with
from soleus.web.discussion.words import DO_NOW, RULES
from soleus.web.errors import TooOften
from soleus.web.library.shelf import shelf
from soleus.web.plain_text import cleaned

SORTS: dict[str, Sort] = {"number": "number", "helpful": "helpful"}


@require_safe
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """All comments under an article, a page at a time."""
    article = article_or_404(slug)
    page = request.GET.get("page", "1")
    sort = SORTS.get(request.GET.get("sort", ""), "number")
    shown = page_of(article, request.user, sort=sort, page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1)
    context = {"article": article, "page": shown, "form": CommentForm(), **_writer(request)}
    return render(request, "discussion/discussion.html", context)


@require_safe
def permalink(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """To the page on which a comment stands."""
    article_or_404(slug)
    page = page_with(slug, number, request.user)
    if page is None:
        raise Http404
    return redirect(f"{reverse('discussion:discussion', args=[slug])}{f'?page={page}' if page > 1 else ''}#c{number}")


@login_required
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A comment, or an answer to one. What was typed is never lost: whatever is refused comes back in the form."""
    article, user = article_or_404(slug), user_of(request)
    published = Comment.objects.published().select_related("slot", "author")
    parent = None if number is None else get_object_or_404(published, **at(slug, number))
    form = CommentForm(request.POST or None)
    status, urgent = 200, {}
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            text, today = form.cleaned_data["text"], timezone.localdate()
            comment = actions.write(by=user, article=article, text=text, today=today, parent=parent.slot if parent else None)
        except (UsageError, TooOften) as error:
            form.complain(error)
            status = 429 if isinstance(error, TooOften) else 422
            urgent = _urgent(text)
        else:
            return _after(request, comment)
    context = {
        "article": article,
        "form": form,
        "parent": parent,
        "parent_html": to_html(parent.text) if parent else "",
        **_writer(request),
        **urgent,
    }
    return _form(request, "discussion/write.html", form, context, status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    article, comment = article_or_404(slug), own(request, slug, number)
    form = EditForm(request.POST or None, initial={"text": comment.text, "version": comment.version})
    status, urgent = 200, {}
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            text, seen = form.cleaned_data["text"], form.cleaned_data["version"]
            changed = actions.edit(by=user_of(request), comment=comment, article=article, text=text, seen=seen, today=timezone.localdate())
        except (UsageError, TooOften) as error:
            form.complain(error)
            status = 429 if isinstance(error, TooOften) else 422
            urgent = _urgent(text)
        else:
            return _after(request, changed)
    context = {"article": article, "comment": comment, "form": form, **_writer(request), **urgent}
    return _form(request, "discussion/edit.html", form, context, status)


@login_required
@require_GET
def sent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What becomes of a comment that waits; if it tells of something urgent, first of all what to do now."""
    comment = own(request, slug, number)
    return render(request, "discussion/sent.html", {"comment": comment, "title": title_of(slug), "do_now": DO_NOW})


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    comment = own(request, slug, number)
    if request.method == "POST":
        actions.delete(by=user_of(request), comment=comment)
        messages.success(request, f"Comment No. {number} is deleted.")
        return redirect("discussion:discussion", slug=slug) if slug in shelf().articles else redirect("discussion:mine")
    return render(request, "discussion/delete.html", {"comment": comment, "html": to_html(comment.text), "title": title_of(slug)})


@login_required
@require_POST
def vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    actions.vote(by=user_of(request), comment=visible(request, slug, number))
    return redirect("discussion:permalink", slug=slug, number=number)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    others = Comment.objects.published().exclude(author=user_of(request)).select_related("slot", "author")
    comment = get_object_or_404(others, **at(slug, number))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report(by=user_of(request), comment=comment, **form.cleaned_data)
        messages.success(request, "Thank you. A moderator will look at it.")
        return redirect("discussion:permalink", slug=slug, number=number)
    context = {"comment": comment, "html": to_html(comment.text), "form": form, "title": title_of(slug)}
    return _form(request, "discussion/report.html", form, context)


@require_safe
def history(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every version of a comment that others could read; its author and moderators see all of them."""
    comment = visible(request, slug, number)
    sees_all = request.user.pk == comment.author_id or getattr(request.user, "is_moderator", False)
    earlier = comment.earlier.all() if sees_all else comment.earlier.filter(was_public=True)
    versions = [(v, to_html(v.text)) for v in earlier]
    context = {"comment": comment, "html": to_html(comment.text), "versions": versions, "title": title_of(slug)}
    return render(request, "discussion/history.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    removed = Comment.objects.by(user_of(request)).filter(status=Comment.Status.REMOVED, appeal=None)
    comment = get_object_or_404(removed.select_related("slot"), **at(slug, number))
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.appeal(by=user_of(request), comment=comment, text=form.cleaned_data["text"])
        messages.success(request, "A moderator will read your appeal.")
        return redirect("discussion:mine")
    context = {
        "comment": comment,
        "html": to_html(comment.text),
        "form": form,
        "decision": comment.decisions.last(),
        "title": title_of(slug),
    }
    return _form(request, "discussion/appeal.html", form, context)


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My comments, and what became of each."""
    user = user_of(request)
    comments = Comment.objects.by(user).select_related("slot", "appeal").prefetch_related("decisions").order_by("-first_written")
    articles = shelf().articles
    rows = [
        {
            "comment": c,
            "html": to_html(c.text),
            "title": title_of(c.slot.slug),
            "is_there": c.slot.slug in articles,
            "decision": c.decisions.all()[len(c.decisions.all()) - 1] if c.decisions.all() else None,
        }
        for c in comments[:500]
    ]
    return render(request, "discussion/mine.html", {"rows": rows})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    return render(request, "discussion/rules.html", {"rules": RULES, "first": APPROVED_FIRST})


def article_or_404(slug: str) -> Article:
    article = shelf().articles.get(slug)
    if article is None:
        raise Http404
    return article


def title_of(slug: str) -> str:
    """The title of an article; of one that is not there any more, its address."""
    article = shelf().articles.get(slug)
    return article.title if article else slug


def at(slug: str, number: int) -> dict[str, object]:
    """Where a comment stands, for a query."""
    return {"slot__slug": slug, "slot__number": number}


def own(request: HttpRequest, slug: str, number: int) -> Comment:
    return get_object_or_404(Comment.objects.by(user_of(request)).select_related("slot", "author"), **at(slug, number))


def visible(request: HttpRequest, slug: str, number: int) -> Comment:
    return get_object_or_404(Comment.objects.visible_to(request.user).select_related("slot", "author"), **at(slug, number))


def _writer(request: HttpRequest) -> dict[str, object]:
    """What the form says to whom."""
    user = request.user
    if not user.is_authenticated:
        return {"rules": RULES}
    return {"rules": RULES, "is_new_here": is_newcomer(user), "suspension": suspension_of(user)}


def _urgent(text: str) -> dict[str, object]:
    """What a text that was refused tells of: nobody misses the advice because they wrote too much, or may not write."""
    return {"level": urgent_level(to_text(cleaned(text)), timezone.localdate()), "do_now": DO_NOW}


def _form(
    request: HttpRequest, template: str, form: CommentForm | ReportForm | AppealForm, context: dict[str, object], status: int = 200
) -> HttpResponse:
    if request.method == "POST" and "preview" in request.POST and form.is_valid():
        context["preview"] = to_html(cleaned(form.cleaned_data["text"]))
    return render(request, template, context, status=422 if form.errors and status == 200 else status)


def _after(request: HttpRequest, comment: Comment) -> HttpResponse:
    page = "discussion:sent"
    if comment.is_published:
        messages.success(request, "Published.")
        page = "discussion:permalink"
    return redirect(page, slug=comment.slot.slug, number=comment.slot.number)
