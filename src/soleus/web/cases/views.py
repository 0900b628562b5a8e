"""My cases, their links, and who looked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.web.accounts.models import User
from soleus.web.accounts.permissions import user_of
from soleus.web.cases import actions
from soleus.web.cases.forms import ShareForm, TitleForm
from soleus.web.cases.models import Case, Share

OPENED = "opened-share"
LOOK_S = 3600
"""How long a browser may look on after it opened a link."""


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    visible = Case.objects.visible_to(user).select_related("owner")
    mine = [c for c in visible if c.owner_id == user.pk]
    return render(request, "cases/home.html", {"mine": mine, "shared": [c for c in visible if c.owner_id != user.pk]})


@login_required
@require_GET
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One case; for its owner with its links and who looked."""
    user = user_of(request)
    found = get_object_or_404(Case.objects.visible_to(user), code=code)
    actions.note_look(case=found, user=user)
    is_owner = found.owner_id == user.pk
    context = {"case": found, "is_owner": is_owner}
    if is_owner:
        context |= {
            "shares": found.shares.select_related("clinician"),
            "accesses": found.accesses.select_related("who", "share")[:50],
            "share_form": ShareForm(),
            "title_form": TitleForm(initial={"title": found.title}),
        }
    return render(request, "cases/case.html", context)


@login_required
@require_POST
def rename(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Case.objects.owned_by(user_of(request)), code=code)
    form = TitleForm(request.POST)
    if form.is_valid():
        actions.rename_case(by=user_of(request), case=found, title=form.cleaned_data["title"])
        messages.success(request, "Saved.")
    return redirect("cases:case", code=code)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Case.objects.owned_by(user_of(request)), code=code)
    if request.method == "POST":
        actions.delete_case(by=user_of(request), case=found)
        messages.success(request, "The case is deleted.")
        return redirect("cases:home")
    return render(request, "cases/delete.html", {"case": found})


@login_required
@require_POST
def share(request: HttpRequest, code: str) -> HttpResponse:
    """Makes a link and shows it: this once, on this answer alone."""
    user = user_of(request)
    found = get_object_or_404(Case.objects.owned_by(user), code=code)
    form = ShareForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/share.html", {"case": found, "form": form}, status=422)
    made, token = actions.share_case(by=user, case=found, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("cases:open", args=[token]))
    return render(request, "cases/share.html", {"case": found, "share": made, "address": address})


@login_required
@require_POST
def revoke(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(Share, pk=pk, case__in=Case.objects.owned_by(user).filter(code=code))
    actions.revoke(by=user, share=found)
    messages.success(request, "The link is closed.")
    return redirect("cases:case", code=code)


@require_GET
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opens a link, and takes its secret out of the address bar at once."""
    user = request.user if isinstance(request.user, User) else None
    opened = actions.open_share(token=token, user=user)
    if opened is None:
        return render(request, "cases/closed.html", status=404)
    if user and Case.objects.visible_to(user).filter(pk=opened.case_id).exists():
        return redirect("cases:case", code=opened.case.code)
    request.session[OPENED] = opened.pk
    if user is None:
        request.session.set_expiry(LOOK_S)
    return redirect("cases:shared")


def opened_share(request: HttpRequest) -> Share:
    """The live share that this browser has opened by its link.

    Raises:
        Http404: If there is none, or no longer.
    """
    share = Share.objects.live().select_related("case").filter(pk=request.session.get(OPENED, 0)).first()
    if share is None:
        raise Http404
    return share


@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """What somebody with the link sees: the case, and nothing to change. A clinician who has signed in since goes on to the case itself."""
    try:
        share = opened_share(request)
    except Http404:
        return render(request, "cases/closed.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    if user:
        actions.take_share(share=share, user=user)
        if Case.objects.visible_to(user).filter(pk=share.case_id).exists():
            return redirect("cases:case", code=share.case.code)
    actions.note_look(case=share.case, user=user, share=share)
    return render(request, "cases/shared.html", {"case": share.case, "share": share})
