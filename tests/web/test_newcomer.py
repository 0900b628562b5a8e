"""Somebody who has never been here walks the whole way: entry article, symptoms, questions, result, plan, measuring, the summary as PDF."""

from __future__ import annotations

import re
from typing import Any

import pytest

from soleus.web.knowledge import care, measures
from soleus.web.library.shelf import shelf

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "For half a year I can not go up on my toes on the left. The outer edge of the foot is numb. No pain."


@pytest.fixture(autouse=True)
def _ready() -> None:
    """Everything that a server reads once is read before a browser waits for it."""
    shelf()
    care()
    measures()


KEYS = 400
"""More presses of the Tab key than any page needs."""


@pytest.mark.parametrize(("width", "dark", "script"), [(1280, False, True), (360, False, True), (320, True, False)])
def test_from_the_article_to_the_summary(open_page: Any, axe: Any, fits: Any, screen: Any, width: int, dark: bool, script: bool) -> None:
    page = open_page(width=width, height=800, dark=dark, script=script)

    def look(name: str) -> None:
        """Each kind of page: accessible, not too wide, not too heavy; and a picture to look at."""
        if script:
            axe(page)
        fits(page)
        assert len(page.content().encode()) < 150_000, "lighter without its pictures"
        screen(page, f"newcomer-{name}-{width}")

    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    look("article")
    page.get_by_role("link", name="Check my symptoms").click()
    page.get_by_label("How old are you?").fill("58")
    page.get_by_label("Tell it in your own words").fill(WORDS)
    if script:
        page.locator('.back [data-region="calf-inner-left"]').click()
    else:
        page.get_by_text("Lower leg", exact=True).click()
        page.get_by_role("group", name="Inner calf").get_by_role("group", name="left").get_by_label("weak").check()
    look("start")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="What was understood").wait_for()
    look("understood")
    page.get_by_role("link", name="Go on to the questions").click()
    for number in range(1, 6):
        page.get_by_role("heading", name=re.compile(rf"^Question {number}\b")).wait_for()
        if number == 1:
            look("question")
        none = page.get_by_role("button", name="None of these")
        (none if none.count() else page.get_by_role("button", name="I don’t know")).click()
    page.get_by_role("heading", name=re.compile(r"^Question 6\b")).wait_for()
    page.get_by_role("link", name="Enough, show me the result").click()
    page.get_by_role("heading", name="What it may be").wait_for()
    look("result")

    page.get_by_role("link", name="Plan my week").click()
    page.get_by_role("heading", name="Your week").wait_for()
    look("week")
    page.get_by_role("link", name="Tick off this session").click()
    page.get_by_label("Done").first.check()
    page.get_by_role("button", name="Log this session").click()
    page.get_by_text("Logged.").wait_for()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Track").click()
    page.get_by_role("heading", name="Is it really changing?").wait_for()
    page.get_by_role("link", name="single-leg heel rise").first.click()
    page.get_by_role("radio", name="Left leg").check()
    page.get_by_label("Value", exact=False).first.fill("4")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="single-leg heel rise", exact=False).first.wait_for()
    if script:
        page.get_by_text("Work out when to measure next").wait_for(state="detached")  # it comes by itself
    look("track")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="For the visit").click()
    page.get_by_role("link", name="Download as PDF").wait_for()
    look("summary")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_with_the_keyboard_alone(open_page: Any) -> None:
    """No mouse and no touch: Tab, Shift, Space, Enter and letters reach everything from the article to the result."""
    page = open_page()

    def go_to(target: Any) -> None:
        target.wait_for()
        for _ in range(KEYS):
            if target.evaluate("it => it === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError("the Tab key does not come there")

    def press(target: Any, key: str = "Enter") -> None:
        go_to(target)
        assert target.evaluate("it => it.matches(':focus-visible')"), "whoever uses keys sees where they are"
        page.keyboard.press(key)

    page.goto("/")
    press(page.get_by_role("link", name="Check my symptoms"))
    go_to(page.get_by_label("How old are you?"))
    page.keyboard.type("58")
    go_to(page.get_by_label("Tell it in your own words"))
    page.keyboard.type("My left calf has been weak for three months.")
    press(page.get_by_role("button", name="Painful"), "Space")
    press(page.locator('.back [data-region="calf-inner-left"]'))
    press(page.get_by_role("button", name="Go on"))
    page.get_by_role("heading", name="What was understood").wait_for()
    press(page.get_by_role("link", name="Go on to the questions"))
    page.get_by_role("heading", name=re.compile(r"^Question 1\b")).wait_for()
    box = page.get_by_role("checkbox").first
    if box.count():
        press(page.get_by_role("button", name="None of these"))
    else:
        press(page.get_by_role("button", name="I don’t know"))
    page.get_by_role("heading", name=re.compile(r"^Question 2\b")).wait_for()
    press(page.get_by_role("link", name="Enough, show me the result"))
    page.get_by_role("heading", name="What it may be").wait_for()
    press(page.get_by_role("link", name="Summary for the doctor"))
    page.get_by_role("link", name="Download as PDF").wait_for()
