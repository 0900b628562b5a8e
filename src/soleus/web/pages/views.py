"""Pages that belong to no noun."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from soleus.web.context import THEMES
from soleus.web.pages.forms import ExampleForm

YEAR_S = 365 * 86_400


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device: a cookie, no script."""
    wanted = request.POST.get("theme", "")
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if wanted in THEMES:
        response.set_cookie("soleus-theme", wanted, max_age=YEAR_S, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")
    return response


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, to look at while building."""
    faulty = ExampleForm({"email": "nobody", "age": "300", "side": "left"})
    faulty.is_valid()
    return render(request, "pages/style.html", {"form": ExampleForm(prefix="clean"), "faulty": faulty})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Knows nothing of the request: what failed may be the database that holds the session."""
    return HttpResponse(render_to_string("500.html"), status=500)
