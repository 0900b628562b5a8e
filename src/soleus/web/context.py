"""What every page knows."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

NAVIGATION = (
    ("library:home", "Library"),
    ("assess:home", "Check symptoms"),
    ("plans:home", "Plan"),
    ("tracking:home", "Track"),
    ("visit:home", "For the visit"),
    ("account_home", "Account"),
)
THEMES = {"auto": "As my device", "light": "Light", "dark": "Dark"}


@lru_cache(maxsize=1)
def _navigation() -> tuple[tuple[str, str], ...]:
    """Addresses and names of the front pages that exist."""
    found = []
    for view, name in NAVIGATION:
        try:
            found.append((reverse(view), name))
        except NoReverseMatch:
            continue
    return tuple(found)


def page(request: HttpRequest) -> dict[str, object]:
    """Navigation with the current place, the theme that was chosen, and whether pages are being built."""
    theme = request.COOKIES.get("soleus-theme", "auto")
    here = request.path_info
    return {
        "navigation": [{"address": address, "name": name, "here": here.startswith(address)} for address, name in _navigation()],
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "debug": settings.DEBUG,
    }
