"""People, a server and a browser for the tests of the web application. docs/explanation/web.md shows how to use them."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "build" / "screens"
AXE = ROOT / "build" / "axe-core" / "axe.min.js"

# Before Django reads its settings: no test touches the data of the person who runs it.
os.environ["SOLEUS_DATA"] = tempfile.mkdtemp(prefix="soleus-test-")
os.environ["SOLEUS_SECRET_KEY"] = secrets.token_urlsafe(32)
os.environ["DJANGO_SETTINGS_MODULE"] = "soleus.web.settings"
for _name in ("SOLEUS_HOSTS", "SOLEUS_HTTPS", "SOLEUS_DEBUG", "SOLEUS_PROXIES", "SOLEUS_EMAIL_HOST"):
    os.environ.pop(_name, None)
# Playwright's synchronous interface keeps an event loop in this thread; Django would take every query for one from a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import django

django.setup()

from django.core.cache import cache
from django.test import Client

from soleus.web.accounts.models import Role, User

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file as in real life: a server's threads each have a connection of their own."""
    from django.db import connections

    default = connections["default"].settings_dict
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_left_in_the_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """PostgreSQL drops no database in which somebody is: threads of servers and of tests leave connections behind."""
    yield
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                others = "datname = current_database() AND pid <> pg_backend_pid()"
                cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # else it would open new ones


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """Throttles count from zero in each test."""
    cache.clear()


def person(email: str, role: Role = Role.READER, name: str = "") -> User:
    """Somebody with an account; the password is PASSWORD."""
    from django.utils import timezone

    user = User(email=email, role=role, display_name=name or email.split("@")[0].title(), password=_hashed())
    user.verified_as_clinician = timezone.now() if role == Role.CLINICIAN else None
    user.save()
    return user


@lru_cache(maxsize=1)
def _hashed() -> str:
    """Argon2 is slow on purpose: once a run is enough."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@pytest.fixture
def alice(db: None) -> User:
    """A reader with a weak leg."""
    return person("alice@example.org")


@pytest.fixture
def bob(db: None) -> User:
    """A verified clinician."""
    return person("bob@example.org", Role.CLINICIAN)


@pytest.fixture
def eve(db: None) -> User:
    """Another verified clinician."""
    return person("eve@example.org", Role.CLINICIAN)


@pytest.fixture
def charlie(db: None) -> User:
    """Another reader."""
    return person("charlie@example.org")


@pytest.fixture
def moderator(db: None) -> User:
    return person("mo@example.org", Role.MODERATOR)


@pytest.fixture
def admin(db: None) -> User:
    return person("ada@example.org", Role.ADMIN)


@pytest.fixture
def as_() -> Callable[[User | None], Client]:
    """`as_(alice).get("/cases/")`: a client logged in as somebody; None for nobody. CSRF is checked only by browsers' tests."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make


# A server: the real one, uvicorn, in a thread, on the database of the test


class _Server:
    def __init__(self) -> None:
        import uvicorn
        from django.core.asgi import get_asgi_application

        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(get_asgi_application(), log_config=None, access_log=False, lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def __enter__(self) -> _Server:
        self.thread.start()
        until = time.monotonic() + 20
        while not self.server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert self.server.started
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        self.socket.close()


@pytest.fixture(scope="session")
def _server(django_db_setup: None) -> Iterator[_Server]:
    with _Server() as server:
        yield server


@pytest.fixture
def site(_server: _Server, transactional_db: None) -> _Server:
    """A running server; `.url`. What the test writes is committed, and gone afterwards."""
    return _server


# A browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; `.ci/browser` installs it."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("SOLEUS_CHROMIUM", "/usr/bin/chromium")
    assert Path(chromium).exists(), "no Chromium: run .ci/browser, or name one in SOLEUS_CHROMIUM"
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=quiet.split())
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, site: _Server) -> Iterator[Callable[..., Any]]:
    """`open_page(user=alice, width=320, dark=True, script=False)`: a page in a browser of its own.

    At the end of the test: no page asked another server for anything, and no script failed or was refused.
    """
    contexts, faults = [], []

    def make(*, user: User | None = None, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True) -> Any:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            has_touch=width < 600,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies([{"name": "soleus", "value": client.cookies["soleus"].value, "url": site.url}])
        page = context.new_page()
        page.on("request", lambda r: None if r.url.startswith((site.url, "data:", "blob:")) else faults.append(f"asked {r.url}"))
        page.on("pageerror", lambda e: faults.append(f"script failed: {e}"))
        page.on(
            "console",
            lambda m: faults.append(m.text) if m.type == "error" and "Failed to load resource" not in m.text else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """Nobody's browser on a desktop."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """`axe(page)`: axe-core finds nothing wrong by WCAG 2.2 AA; `axe(page, "color-contrast")` leaves a rule out, and say why."""
    assert AXE.exists(), "no axe-core: run .ci/browser"
    source = AXE.read_text(encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

    def check(page: Any, *without: str) -> None:
        page.wait_for_load_state()
        page.evaluate(source)
        options = {"runOnly": tags, "rules": {rule: {"enabled": False} for rule in without}}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        told = [{"rule": v["id"], "impact": v["impact"], "where": [n["target"] for n in v["nodes"]][:5], "how": v["help"]} for v in found]
        assert not told, json.dumps(told, indent=1)

    return check


@pytest.fixture
def screen() -> Callable[..., Path]:
    """`screen(page, "result-phone")`: a picture of the whole page in build/screens, to look at."""

    def take(page: Any, name: str) -> Path:
        SCREENS.mkdir(parents=True, exist_ok=True)
        path = SCREENS / f"{name}.png"
        page.wait_for_load_state()
        page.screenshot(path=path, full_page=True)
        return path

    return take


@pytest.fixture
def fits() -> Callable[[Any], None]:
    """`fits(page)`: nothing sticks out to the side; tables may scroll inside their own frame."""

    def check(page: Any) -> None:
        page.wait_for_load_state()  # a click on a link returns before the next page is there
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], f"the page is {wide[0]} px wide in a window of {wide[1]} px"

    return check


@pytest.fixture
def case_data() -> dict[str, Any]:
    """A case file as plain values: a left S1 radiculopathy."""
    return {
        "age": 58,
        "sex": "male",
        "findings": [
            {"finding": "calf weakness", "side": "left", "since": "2026-03-01"},
            {"finding": "ankle reflex", "side": "left", "value": "absent"},
        ],
        "narrative": "My left calf gives way when I climb stairs.",
    }


@pytest.fixture
def rows() -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Every row of every table, read past the models: to see that nothing is left."""

    def read() -> dict[str, list[tuple[object, ...]]]:
        from django.db import connection

        with connection.cursor() as cursor:
            found = {}
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found[table] = cursor.fetchall()
        return found

    return read
