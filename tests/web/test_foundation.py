"""What every page of the web application stands on."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (390, True)])
def test_front_page_is_accessible_and_fits(open_page, axe, fits, screen, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto("/")
    axe(page)
    fits(page)
    screen(page, f"home-{width}{'-dark' if dark else ''}")
