"""What fifty people do at the same time in the web application, for Locust; benchmarks/web_load.py starts it.

Nobody waits for anybody: readers, people who check their symptoms, and people with an account who measure and train.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
from http.cookiejar import Cookie

from locust import FastHttpUser, between, task  # type: ignore[import-not-found]

ACCOUNTS = itertools.cycle(json.loads(os.environ["SOLEUS_LOAD_ACCOUNTS"]))
"""(session cookie, code of the case)"""
NUMBERS = itertools.count()
ARTICLES = (
    "weakness-at-the-back-of-the-leg when-to-seek-help condition-lumbar-disc-radiculopathy condition-amyotrophic-lateral-sclerosis "
    "condition-peripheral-artery-disease test-mri-lumbar exercise-heel-raise-double"
).split()
WORDS = (
    "For {n} weeks I can not go up on my toes on the left. The outer edge of my foot is numb. No pain.",
    "My right calf is getting thinner for {n} months and it cramps at night. My father had the same.",
    "Both legs get heavy after {n} minutes of walking and it gets better when I sit down.",
    "I felt a pop at the back of the thigh {n} days ago while running and now bending the knee is weak.",
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def cookie(name: str, value: str) -> Cookie:
    """A cookie of this server, for as long as the browser is open."""
    return Cookie(0, name, value, None, False, "localhost.local", True, False, "/", True, False, None, True, None, None, {})


class Visitor(FastHttpUser):  # type: ignore[misc]
    """Somebody at a browser, who reads for some seconds between two clicks."""

    abstract = True
    wait_time = between(1, 4)

    def send(self, address: str, name: str, data: dict[str, str]) -> None:
        """Open a page and send its form."""
        page = self.client.get(address, name=name)
        token = TOKEN.search(page.text or "")
        if token:
            told = {"csrfmiddlewaretoken": token[1], **data}
            self.client.post(address, name=f"{name} (send)", data=told, headers={"Referer": f"{self.host}{address}"}, allow_redirects=False)


class Reader(Visitor):
    """Comes for the articles, and checks symptoms without an account."""

    weight = 3

    @task(3)
    def front(self) -> None:
        self.client.get("/", name="front page")

    @task(4)
    def article(self) -> None:
        self.client.get(f"/library/{random.choice(ARTICLES)}/", name="article")

    @task(1)
    def look_up(self) -> None:
        self.send("/library/search/", "search", {"q": random.choice(["calf", "gillian barre", "foot drop", "statin"])})

    @task(3)
    def check_symptoms(self) -> None:
        n = next(NUMBERS)  # nobody tells the same twice: no answer comes out of a memory
        self.client.cookiejar.clear()
        told = {"age": str(30 + n % 50), "sex": random.choice(["female", "male"]), "words": random.choice(WORDS).format(n=2 + n % 40)}
        self.send("/assess/", "assess: start", told)
        self.client.get("/assess/draft/result/", name="assess: result")
        self.client.get("/assess/draft/questions/", name="assess: question")


class Patient(Visitor):
    """Has an account and a case: measures, looks whether it gets worse, and trains."""

    weight = 2

    def on_start(self) -> None:
        session, self.code = next(ACCOUNTS)
        self.client.cookiejar.set_cookie(cookie("soleus", session))
        self.days = itertools.count(1)

    @task(2)
    def look(self) -> None:
        self.client.get(f"/track/{self.code}/", name="track")

    @task(2)
    def measure(self) -> None:
        day = next(self.days)
        on = f"{2025 - day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}"
        self.send(f"/track/{self.code}/add/heel-rise/", "measure", {"value": str(5 + day % 20), "side": "left", "again": "1", "on": on})

    @task(2)
    def week(self) -> None:
        self.client.get(f"/plan/{self.code}/", name="plan")

    @task(1)
    def result(self) -> None:
        self.client.get(f"/assess/{self.code}/result/", name="assess: result of a saved case")
