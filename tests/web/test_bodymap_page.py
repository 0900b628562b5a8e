"""The body map in a browser: picture and list are two ways to say the same, by mouse, finger, key or screen reader, with and without scripts."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from soleus.reports import bodymap
from soleus.reports.bodymap.form import FIELD, regions_form
from soleus.reports.bodymap.ink import INKS, icon
from soleus.reports.bodymap.marks import Marks
from soleus.reports.bodymap.skin_picture import skin_map

pytestmark = pytest.mark.django_db
LEAST_TARGET_PX = 24
"""WCAG 2.2, 2.5.8."""


@pytest.fixture
def start(open_page: Any) -> Any:
    """`start(width=320)`: the start page, with what a test asks of it."""

    def open_start(**how: Any) -> Start:
        page = open_page(**{"width": 320, "height": 740, **how})
        page.goto("/assess/")
        return Start(page)

    return open_start


class Start:
    """The start page in words of the map."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def region(self, id_: str, view: str) -> Any:
        return self.page.locator(f'svg[data-view="{view}"] [data-region="{id_}"]').first

    def choose(self, mark: str) -> None:
        self.page.locator(f'[data-choose="{mark}"]').click()

    def ticked(self) -> set[str]:
        return set(self.page.locator('input[name="marks"]:checked').evaluate_all("all => all.map(box => box.value)"))

    def said(self) -> str:
        return str(self.page.locator("[data-say]").text_content())


def test_a_click_ticks_the_box_and_a_second_one_takes_it_back(start: Any) -> None:
    page = start(width=1280)
    page.region("buttock-right", "back").click()
    assert page.ticked() == {"buttock-right:weak"}
    assert page.region("buttock-right", "back").get_attribute("aria-checked") == "true"
    assert "buttock" in page.said().lower()
    assert "weak" in page.said()
    page.region("buttock-right", "back").click()
    assert page.ticked() == set()
    assert page.region("buttock-right", "back").get_attribute("aria-checked") == "false"


def test_a_tap_marks_what_was_chosen_and_each_mark_is_its_own(start: Any) -> None:
    page = start()
    page.region("calf-inner-left", "back").tap()
    page.choose("numb")
    assert page.page.locator('[data-choose="numb"]').get_attribute("aria-pressed") == "true"
    assert page.page.locator('[data-choose="weak"]').get_attribute("aria-pressed") == "false"
    assert page.region("calf-inner-left", "back").get_attribute("aria-checked") == "false", "of the mark that is chosen now"
    page.region("calf-inner-left", "back").tap()
    assert page.ticked() == {"calf-inner-left:weak", "calf-inner-left:numb"}
    assert "weak" in (label := page.region("calf-inner-left", "back").get_attribute("aria-label"))
    assert "numb" in label


def test_keys_move_mark_and_choose(start: Any) -> None:
    page = start(width=1280)
    page.region("heel-left", "soles").focus()
    page.page.keyboard.press("Space")
    assert page.ticked() == set()
    assert "cannot be marked as weak" in page.said(), "a heel has no strength"
    page.page.keyboard.press("3")
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("4")
    page.page.keyboard.press("Space")
    assert page.ticked() == {"heel-left:painful", "heel-left:numb"}
    page.region("soleus-left", "back").focus()
    page.page.keyboard.press("ArrowUp")
    above = page.page.evaluate("document.activeElement.dataset.region")
    assert above != "soleus-left"
    here, there = (page.region(id_, "back").bounding_box() for id_ in ("soleus-left", above))
    assert there["y"] < here["y"], "up is up"


def test_the_picture_can_be_reached_and_passed_over_by_tab(start: Any) -> None:
    page = start(width=1280)
    link = page.page.get_by_role("link", name="Skip the picture, use the list")
    link.focus()
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("location.hash") == "#places"
    link.focus()
    reached = set()
    for _ in range(20):
        page.page.keyboard.press("Tab")
        reached.add(page.page.evaluate("document.activeElement.dataset.choose || document.activeElement.dataset.region || ''"))
    assert set(INKS) <= reached
    assert any(r for r in reached if r and r not in INKS), "and from there into the picture"


def test_a_region_that_is_seen_twice_shows_its_mark_twice(start: Any) -> None:
    page = start(width=1280)
    page.choose("numb")
    page.region("heel-left", "soles").click()
    assert page.region("heel-left", "back").get_attribute("aria-label") == "heel, left, from behind: numb"
    assert page.page.locator('svg[data-view="back"] [data-for="heel-left"]').count() == 1
    assert page.page.locator('svg[data-view="soles"] [data-for="heel-left"]').count() == 1


def test_take_back_undoes_one_mark_after_the_other(start: Any) -> None:
    page = start(width=1280)
    undo = page.page.locator("[data-undo]")
    assert undo.is_disabled()
    page.region("calf-inner-left", "back").click()
    page.choose("cramping")
    page.region("soleus-left", "back").click()
    undo.click()
    assert page.ticked() == {"calf-inner-left:weak"}
    undo.click()
    assert page.ticked() == set()


def test_a_box_of_the_list_marks_the_picture(start: Any) -> None:
    page = start()
    page.page.get_by_text("Lower leg", exact=True).click()
    page.page.locator('label:has(input[value="shin-right:weak"])').tap()
    assert page.ticked() == {"shin-right:weak"}
    assert page.region("shin-right", "front").get_attribute("aria-label").endswith("weak (lifting the foot)")


def test_every_region_says_what_and_where_it_is(start: Any, axe: Any) -> None:
    page = start(width=1280)
    regions = page.page.locator("[data-region]").evaluate_all(
        "all => all.map(r => [r.dataset.region, r.ownerSVGElement.dataset.view, r.getAttribute('role'), r.getAttribute('aria-label')])"
    )
    assert len({id_ for id_, *_ in regions}) >= 60
    assert {role for _, _, role, _ in regions} == {"checkbox"}
    assert all(label for *_, label in regions)
    for view in {view for _, view, _, _ in regions}:
        labels = [label for _, v, _, label in regions if v == view]
        assert len(labels) == len(set(labels)), f"no two regions of {view} are called the same"
    axe(page.page)


def test_what_was_marked_is_marked_when_one_comes_back(start: Any) -> None:
    page = start()
    page.region("calf-inner-left", "back").tap()
    page.page.get_by_role("button", name="Go on").click()
    page.page.get_by_role("heading", name="What was understood").wait_for()
    page.page.goto("/assess/")
    assert page.ticked() == {"calf-inner-left:weak"}
    assert page.region("calf-inner-left", "back").get_attribute("aria-checked") == "true"


def test_every_target_is_large_enough_on_the_narrowest_telephone(start: Any) -> None:
    """The part of each region where it can be hit: 24 px and more in both directions."""
    page = start()
    sizes: list[list[Any]] = page.page.evaluate(
        """() => [...document.querySelectorAll('svg[data-view] [data-region]')].map(region => {
          region.scrollIntoView({block: 'center'});
          const box = region.getBoundingClientRect();
          let left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
          for (let x = box.left; x < box.right; x += 1) for (let y = box.top; y < box.bottom; y += 2) {
            const hit = document.elementFromPoint(x, y);
            if (hit && hit.closest('[data-region]') === region) {
              left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
            }
          }
          return [region.dataset.region, region.ownerSVGElement.dataset.view, right - left + 1, bottom - top + 2];
        })"""
    )
    small = [s for s in sizes if s[2] < LEAST_TARGET_PX or s[3] < LEAST_TARGET_PX]
    assert len(sizes) > 80
    assert not small, small


def test_without_scripts_the_picture_leads_to_the_boxes(start: Any, fits: Any) -> None:
    page = start(script=False)
    assert not page.page.locator(".palette").is_visible(), "buttons that need a script are not shown"
    page.region("calf-inner-left", "back").click()
    assert page.page.evaluate("location.hash") == "#bm-calf-inner-left"
    row = page.page.locator("#bm-calf-inner-left")
    assert row.is_visible(), "its part of the list opens by itself"
    row.get_by_label("weak").check()
    page.page.get_by_role("button", name="Go on").click()
    page.page.get_by_role("heading", name="What was understood").wait_for()
    assert page.page.get_by_text("body map: inner calf, left").is_visible()
    fits(page.page)


def test_an_area_of_skin_ticks_the_box_of_its_home(open_page: Any) -> None:
    """The layer of nerves, on a page made from the map's own functions alone."""
    page = open_page(width=320)
    page.set_content(_skin_page({}))
    area = page.locator('svg[data-view="front"] a[aria-label^="saphenous nerve, left"]')
    area.click(position={"x": 15, "y": 60})
    assert page.locator('input[value="shin-inner-left:numb"]').is_checked()
    assert area.get_attribute("aria-checked") == "true"
    page.locator("[data-undo]").click()
    assert area.get_attribute("aria-checked") == "false"


def _skin_page(marks: Marks) -> str:
    static = Path(bodymap.__file__).parent / "static"
    boxes = "".join(
        f'<input type="checkbox" id="{b.id}" name="{FIELD}" value="{b.value}" data-word="{escape(b.label)}" data-finding="{b.finding}">'
        f'<label for="{b.id}">{b.spoken}</label>'
        for section in regions_form(marks)
        for fieldset in section.fieldsets
        for row in fieldset.rows
        for b in row.boxes
    )
    palette = "".join(f'<button type="button" data-choose="{mark}">{icon(mark)} {ink.label}</button>' for mark, ink in INKS.items())
    panels = "".join(panel.svg for panel in skin_map(marks))
    return (
        f'<!doctype html><html lang="en"><title>Skin</title><style>{(static / "bodymap.css").read_text()}</style><body><form data-bodymap>'
        f'{palette}<button type="button" data-undo>Undo</button><p role="status" data-say></p>{panels}{boxes}</form>'
        f"<script>{(static / 'bodymap.js').read_text()}</script></body></html>"
    )
