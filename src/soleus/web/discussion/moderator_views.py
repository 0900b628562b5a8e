"""Pages of moderators. They see comments, and nothing else of anybody."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.web.accounts.permissions import moderator_required, user_of
from soleus.web.discussion import moderation
from soleus.web.discussion.about_people import Suspension
from soleus.web.discussion.forms import AppealDecisionForm, RemoveForm, SeenForm
from soleus.web.discussion.markdown import to_html
from soleus.web.discussion.models import Comment, Report
from soleus.web.discussion.views import at, title_of

PER_PAGE = 20
OPEN = Prefetch("slot__reports", Report.objects.filter(closed=None), to_attr="open_reports")


@moderator_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first."""
    page = Paginator(moderation.queue().prefetch_related(OPEN), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"comment": c, "html": to_html(c.text), "title": title_of(c.slot.slug)} for c in page]
    suspended = Suspension.objects.in_force().count(), Suspension.objects.appealed().count()
    return render(request, "discussion/queue.html", {"rows": rows, "page": page, "suspended": suspended[0], "appeals": suspended[1]})


@moderator_required
@require_http_methods(["GET"])
def look(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One comment with all that is known about it, and what can be decided."""
    return _look(request, _comment(slug, number))


@moderator_required
@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    comment, form = _comment(slug, number), SeenForm(request.POST)
    if form.is_valid():
        moderation.approve(by=user_of(request), comment=comment, seen=form.cleaned_data["version"])
        messages.success(request, f"Published: No. {number} under “{title_of(slug)}”.")
    return redirect("discussion:queue")


@moderator_required
@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    comment, form = _comment(slug, number), RemoveForm(request.POST)
    if not form.is_valid():
        return _look(request, comment, remove=form)
    moderation.remove(by=user_of(request), comment=comment, reason=form.cleaned_data["reason"], seen=form.cleaned_data["version"])
    messages.success(request, f"Removed: No. {number} under “{title_of(slug)}”. Its author is told why.")
    return redirect("discussion:queue")


@moderator_required
@require_POST
def dismiss(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    comment, form = _comment(slug, number), SeenForm(request.POST)
    if form.is_valid():
        moderation.dismiss_reports(by=user_of(request), comment=comment, seen=form.cleaned_data["version"])
        messages.success(request, f"Kept: No. {number} under “{title_of(slug)}”.")
    return redirect("discussion:queue")


@moderator_required
@require_POST
def decide_appeal(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    comment, form = _comment(slug, number), AppealDecisionForm(request.POST)
    if not form.is_valid():
        return _look(request, comment, decide=form)
    grant = form.cleaned_data["grant"] == "yes"
    moderation.decide_appeal(by=user_of(request), comment=comment, grant=grant, reason=form.cleaned_data["reason"])
    messages.success(request, "Published again." if grant else "It stays removed.")
    return redirect("discussion:queue")


@moderator_required
@require_POST
def hide_version(request: HttpRequest, slug: str, number: int, version: int) -> HttpResponse:
    moderation.hide_version(by=user_of(request), comment=_comment(slug, number), version=version)
    messages.success(request, f"Only its author and moderators can read version {version} now.")
    return redirect("discussion:history", slug=slug, number=number)


def _comment(slug: str, number: int) -> Comment:
    found = Comment.objects.select_related("slot", "slot__parent", "author", "appeal").prefetch_related(OPEN)
    return get_object_or_404(found, **at(slug, number))


def _look(
    request: HttpRequest, comment: Comment, *, remove: RemoveForm | None = None, decide: AppealDecisionForm | None = None
) -> HttpResponse:
    user = user_of(request)
    seen = {"version": comment.version}
    context = {
        "comment": comment,
        "html": to_html(comment.text),
        "title": title_of(comment.slot.slug),
        "decisions": comment.decisions.select_related("by"),
        "has_appeal": hasattr(comment, "appeal"),
        "may_decide": moderation.may_decide(user, comment),
        "may_decide_appeal": moderation.may_decide_appeal(user, comment),
        "remove": remove or RemoveForm(initial=seen, auto_id="remove_%s"),
        "decide": decide or AppealDecisionForm(auto_id="decide_%s"),
    }
    return render(request, "discussion/look.html", context, status=422 if remove or decide else 200)
