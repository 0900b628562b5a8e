"""Costly pages are given to one address only so often."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.core.cache import cache

from soleus.web.throttle import PAGES_PER_MINUTE

pytestmark = pytest.mark.django_db
CALF = {"age": "58", "sex": "male", "words": "My left calf is weak."}


def test_one_address_does_not_keep_the_server_busy(as_: Any) -> None:
    client = as_(None)
    assert client.post("/assess/", CALF).status_code == 302
    minute = int(time.time() // 60)
    for at in (minute, minute + 1):  # a minute may end meanwhile
        cache.set(f"api:assess:127.0.0.1:{at}", PAGES_PER_MINUTE, 120)
    assert client.post("/assess/", CALF).status_code == 429
    assert client.get("/assess/").status_code == 200, "to look is free"


def test_a_plan_is_not_asked_for_again_and_again_but_its_days_are_free(as_: Any) -> None:
    client = as_(None)
    client.post("/assess/", CALF)
    minute = int(time.time() // 60)
    for at in (minute, minute + 1):
        cache.set(f"api:plan:127.0.0.1:{at}", PAGES_PER_MINUTE, 120)
    refused = client.get("/plan/draft/")
    assert refused.status_code == 429
    assert "Wait a minute" in refused.content.decode()
    assert client.get("/plan/draft/?day=all").status_code == 200
