"""Pages of an account that allauth does not bring."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soleus.web.accounts import actions
from soleus.web.accounts.forms import ClinicianForm, DeleteForm, ProfileForm, RoleForm
from soleus.web.accounts.models import User
from soleus.web.accounts.permissions import admin_required, user_of
from soleus.web.discussion import notice_list, notices


@login_required
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Notices, profile, security, data. Whoever looks has read the notices."""
    user = user_of(request)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("account_home")
    told = notice_list.told(user)
    notices.seen(by=user)
    return render(request, "accounts/home.html", {"form": form, "notices": told})


@require_GET
def no_mail(request: HttpRequest) -> HttpResponse:
    """Where a forgotten password leads on a server that sends no mail."""
    return render(request, "accounts/no_mail.html")


@login_required
@require_http_methods(["GET", "POST"])
def clinician(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = ClinicianForm(request.POST or None, initial={"evidence": user.asked_to_be_clinician})
    if request.method == "POST" and form.is_valid():
        actions.ask_to_be_clinician(user=user, evidence=form.cleaned_data["evidence"])
        messages.success(request, "An admin will look at it.")
        return redirect("account_home")
    return render(request, "accounts/clinician.html", {"form": form})


@reauthentication_required  # type: ignore[untyped-decorator]
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(actions.export_everything(user=user_of(request)), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="soleus-export.json"'
    return response


@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_of(request)
        logout(request)
        actions.delete_everything(user=user)
        messages.success(request, "Your account and all that belonged to it are deleted.")
        return redirect("home")
    return render(request, "accounts/delete.html", {"form": form})


@admin_required
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who has a role, and who asks for one."""
    found = User.objects.exclude(role="reader", asked_to_be_clinician="").order_by("-asked_to_be_clinician", "role", "email")
    wanted = request.GET.get("email", "").strip()
    if wanted:
        found = User.objects.filter(email__iexact=wanted)
    rows = [{"person": person, "form": RoleForm(initial={"role": person.role}, prefix=f"p{person.pk}")} for person in found[:200]]
    return render(request, "accounts/people.html", {"rows": rows, "wanted": wanted})


@admin_required
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST, prefix=f"p{pk}")
    if form.is_valid():
        actions.give_role(user=person, role=form.cleaned_data["role"], by=user_of(request))
        messages.success(request, f"{person.shown_name} is now: {person.get_role_display()}.")
    return redirect("account_people")
