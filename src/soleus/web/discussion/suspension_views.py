"""Pages of suspensions: moderators suspend and lift, the suspended read why and appeal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.web.accounts.permissions import moderator_required, user_of
from soleus.web.discussion import suspending
from soleus.web.discussion.about_people import Suspension
from soleus.web.discussion.forms import AnswerForm, SuspendForm, SuspensionAppealForm
from soleus.web.discussion.models import Comment
from soleus.web.discussion.views import at, title_of

MOST = 100
"""Of those that are over, on the page."""


@moderator_required
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Suspend whoever wrote a comment."""
    user = user_of(request)
    comment = get_object_or_404(Comment.objects.select_related("slot", "author"), **at(slug, number))
    form = SuspendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        suspending.suspend(by=user, person=comment.author, **form.cleaned_data)
        messages.success(request, f"{comment.author.shown_name} is suspended from commenting, and told why.")
        return redirect("discussion:suspended")
    context = {
        "comment": comment,
        "title": title_of(slug),
        "form": form,
        "in_force": suspending.suspension_of(comment.author),
        "may_suspend": suspending.may_suspend(user, comment.author),
        "earlier": comment.author.suspensions.select_related("by", "answered_by", "lifted_by"),
        "counts": [(status.label, Comment.objects.by(comment.author).filter(status=status).count()) for status in Comment.Status],
    }
    return render(request, "discussion/suspend.html", context, status=422 if form.errors else 200)


@moderator_required
@require_GET
def suspended(request: HttpRequest) -> HttpResponse:
    """Who is suspended, open appeals first, and what was decided before."""
    user = user_of(request)
    found = Suspension.objects.select_related("person", "by", "answered_by", "lifted_by")
    in_force = list(found.in_force())
    rows = [
        {
            "suspension": s,
            "has_appeal": s.has_open_appeal,
            "may_lift": suspending.may_lift(user, s),
            "may_refuse": suspending.may_refuse(user, s),
            "form": AnswerForm(auto_id=f"s{s.pk}_%s"),
        }
        for s in sorted(in_force, key=lambda s: not s.has_open_appeal)
    ]
    return render(request, "discussion/suspended.html", {"rows": rows, "over": found.exclude(pk__in=[s.pk for s in in_force])[:MOST]})


@moderator_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Suspension.objects.select_related("person"), pk=pk)
    suspending.lift(by=user_of(request), suspension=found, answer=request.POST.get("answer", ""))
    messages.success(request, f"{found.person.shown_name} can comment again.")
    return redirect("discussion:suspended")


@moderator_required
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Suspension.objects.select_related("person"), pk=pk)
    suspending.refuse(by=user_of(request), suspension=found, answer=request.POST.get("answer", ""))
    messages.success(request, f"{found.person.shown_name} stays suspended, and is told why.")
    return redirect("discussion:suspended")


@login_required
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Why one may not comment, until when, and the appeal."""
    user = user_of(request)
    form = SuspensionAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        suspending.appeal(by=user, text=form.cleaned_data["text"])
        messages.success(request, "A moderator will read your appeal.")
        return redirect("discussion:suspension")
    context = {"suspension": suspending.suspension_of(user), "form": form}
    return render(request, "discussion/suspension.html", context, status=422 if form.errors else 200)
