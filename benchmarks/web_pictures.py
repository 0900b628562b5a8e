"""The pictures of docs/reference/web-pages.md: the main pages on a desktop and on a phone, taken from a server with invented people.

.venv/bin/python benchmarks/web_pictures.py     write docs/images/web/*.png
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.served import Served, served

FOLDER = ROOT / "docs" / "images" / "web"
SIZES = {"desktop": (1280, 860), "phone": (390, 844)}
COLOURS = 96
WORDS = "For half a year I can not go up on my toes on the left. The outer edge of my left foot is numb. My back hurts now and then."
MAKE = """
from django.test import Client
from soleus.web.accounts.models import Role, User
from soleus.web.cases.actions import save_case, share_case, take_share
from soleus.web.discussion.actions import vote, write
from soleus.web.discussion.models import Comment
from soleus.web.library.shelf import ENTRY, shelf
from django.utils import timezone
today = datetime.date.today()

def person(name, role=Role.READER):
    user = User(email=f"{name}@example.org".lower().replace(" ", "."), display_name=name, role=role)
    user.verified_as_clinician = timezone.now() if role == Role.CLINICIAN else None
    user.set_unusable_password(); user.save()
    return user

maria, ben, okafor, mod = person("Maria"), person("Ben"), person("Dr Okafor", Role.CLINICIAN), person("Ada", Role.MODERATOR)
heel = (24, 22, 23, 20, 21, 18, 19, 16, 15, 15, 13, 12)
measured = [{"measure": "heel-rise", "value": str(v), "side": "left", "on": str(today - datetime.timedelta(days=14 * (11 - i)))} for i, v in enumerate(heel)]
measured += [{"measure": "heel-rise", "value": str(v), "side": "right", "on": str(today - datetime.timedelta(days=14 * (11 - i)))} for i, v in enumerate((25, 26, 24, 25, 27, 25, 24, 26, 25, 26, 25, 25))]
findings = [
    {"finding": "ankle plantar flexion", "value": "MRC 4", "side": "left", "since": str(today - datetime.timedelta(days=180))},
    {"finding": "ankle reflex", "value": "absent", "side": "left"}, {"finding": "ankle reflex", "value": "normal", "side": "right"},
    {"finding": "reduced sensation on the outer edge of the foot", "side": "left"}, {"finding": "back pain"},
    {"finding": "urinary retention", "value": "absent"}, {"finding": "saddle anaesthesia", "value": "absent"},
]
data = {"age": 58, "sex": "female", "narrative": sys.argv[1], "findings": findings, "measurements": measured, "medicines": ["ramipril"], "goals": ["climb stairs"]}
case = save_case(by=maria, data=data, today=today, title="Left calf")
share, token = share_case(by=maria, case=case, days=14, note="Dr Okafor")
take_share(share=share, user=okafor)
article = shelf().articles["condition-lumbar-disc-radiculopathy"]
def say(by, text, parent=None, publish=True):
    made = write(by=by, article=article, text=text, today=today, parent=parent)
    if publish:
        Comment.objects.filter(pk=made.pk).update(status="published")
    return made
first = say(ben, "It took me **four months** until I could stand on my toes again. What helped:\\n\\n- heel raises with both feet, then with one\\n- walking a little every day")
say(okafor, "That is a usual course. If the foot gets weaker, or you cannot pass urine, do not wait: be seen the same day.", first.slot)
say(maria, "Thank you, that gives me hope.", first.slot)
vote(by=maria, comment=first); vote(by=okafor, comment=first)
say(person("Tom"), "Stop your statin, then it goes away by itself.", publish=False)
say(person("Lea"), "Since yesterday I am numb between the legs and I cannot pass urine.", publish=False)
def cookie(user):
    client = Client(); client.force_login(user); return client.cookies["soleus"].value
print(json.dumps({"code": case.code, "maria": cookie(maria), "okafor": cookie(okafor), "mod": cookie(mod)}))
"""


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    quiet = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("SOLEUS_CHROMIUM", "/usr/bin/chromium"), args=quiet.split())
        yield browser
        browser.close()


def newcomer(page: Any, take: Callable[[str], None]) -> None:
    """Nobody's browser, from the entry article to the result."""
    page.goto("/")
    take("article")
    page.goto("/assess/")
    page.get_by_label("How old are you?").fill("58")
    page.get_by_label("Tell it in your own words").fill(WORDS)
    page.locator('.back [data-region="calf-inner-left"]').click()
    page.get_by_role("button", name="Numb or tingling").click()
    page.locator('.soles [data-region="ball-left"]').click()
    page.locator("#where").evaluate("it => it.scrollIntoView()")
    take("body-map")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Go on to the questions").click()
    page.get_by_role("heading", name=re.compile(r"^Question 1\b")).wait_for()
    take("question")
    for number in range(2, 8):
        none = page.get_by_role("button", name="None of these")
        (none if none.count() else page.get_by_role("button", name="I don’t know")).click()
        page.get_by_role("heading", name=re.compile(rf"^Question {number}\b")).wait_for()
    page.get_by_role("link", name="Enough, show me the result").click()
    page.get_by_role("heading", name="What it may be").wait_for()
    take("result")
    page.get_by_role("heading", name="Where it may lie").evaluate("it => it.scrollIntoView()")
    take("result-why")


def pages_of(code: str) -> tuple[tuple[str, str, str], ...]:
    """(whose browser, picture, address)"""
    return (
        ("maria", "week", f"/plan/{code}/"),
        ("maria", "track", f"/track/{code}/"),
        ("maria", "measure", f"/track/{code}/add/heel-rise/#record"),
        ("maria", "summary", f"/visit/{code}/"),
        ("okafor", "examination", f"/visit/{code}/examination/"),
        ("maria", "library", "/library/"),
        ("maria", "discussion", "/discuss/condition-lumbar-disc-radiculopathy/"),
        ("mod", "queue", "/discuss/queue/"),
    )


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as site, chromium() as browser:
        made = site.made(MAKE, WORDS)
        for name, (width, height) in SIZES.items():
            newcomer(*opened(browser, site, name, width, height, ""))
            for who, picture, address in pages_of(made["code"]):
                page, take = opened(browser, site, name, width, height, made[who])
                page.goto(address)
                page.wait_for_load_state("networkidle")
                take(picture)


def opened(browser: Any, site: Served, name: str, width: int, height: int, cookie: str) -> tuple[Any, Callable[[str], None]]:
    """A page in a browser of its own, and what takes its picture."""
    context = browser.new_context(base_url=site.address, viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(60_000)
    if cookie:
        context.add_cookies([{"name": "soleus", "value": cookie, "url": site.address}])
    page = context.new_page()

    def take(picture: str) -> None:
        page.wait_for_load_state()
        path = FOLDER / f"{picture}-{name}.png"
        page.screenshot(path=path)
        smaller(path)

    return page, take


def smaller(path: Path) -> None:
    """Few colours are enough for a page."""
    from PIL import Image

    with Image.open(path) as image:
        image.convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()
