"""What every page stands on: headers, forms, drafts, errors, the look."""

from __future__ import annotations

import logging
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from soleus.domain.errors import UsageError
from soleus.web.cases.actions import save_case
from soleus.web.database import database
from soleus.web.drafts import MOST_PIECES, NAME, PIECE_BYTES, Draft, DraftTooLarge
from soleus.web.logs import WithoutHealthData

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PAGES = ["/", "/privacy/", "/account/login/", "/account/signup/", "/account/password/reset/", "/nothing-here/", "/account/", "/cases/",
         "/cases/shared/x/", "/static/soleus/soleus.css", "/static/soleus/htmx.min.js", "/api/v1/status", "/api/v1/openapi.json", "/api/v1/no"]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_kind_of_answer_has_the_security_headers(as_, address):
    answer = as_(None).get(address)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    if not address.startswith("/static/"):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", [a for a in PAGES if not a.startswith(("/static/", "/api/"))])
def test_no_page_asks_anybody_else_and_none_has_inline_code(as_, address):
    html = as_(None).get(address, follow=True).content.decode()
    assert html.count("Soleus advises; it does not diagnose.") == 1
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    scripts = re.findall(r"<script([^>]*)>", html)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)


def test_static_files_may_be_kept_and_change_their_address_with_their_content(as_):
    html = as_(None).get("/").content.decode()
    (address,) = re.findall(r'href="(/static/soleus/soleus\.css\?v=[0-9a-f]{12})"', html)
    answer = as_(None).get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=2592000, public"
    assert answer["Content-Type"].startswith("text/css")
    assert as_(None).get(address, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
    assert as_(None).get("/static/../settings.py").status_code == 404
    assert len(answer.content) < 30_000


def test_the_style_guide_is_for_builders_alone(as_):
    assert as_(None).get("/style/").status_code == 404


def test_only_the_known_hosts_are_answered(as_):
    assert as_(None).get("/", headers={"Host": "evil.example"}).status_code == 400
    assert as_(None).get("/", headers={"Host": "localhost:8000"}).status_code == 200


def test_a_form_without_its_token_changes_nothing(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post("/account/", {"display_name": "Mallory"}).status_code == 403
    alice.refresh_from_db()
    assert alice.display_name == "Alice"


def test_the_proxy_of_the_handbook_lets_the_largest_draft_through():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "serve.md").read_text()
    line = MOST_PIECES * (PIECE_BYTES + len(f"{NAME}-0=; ")) + 1_000  # the other cookies
    there, back = (int(re.findall(rf"{name} (?:8 )?(\d+)k;", page)[0]) for name in ("large_client_header_buffers", "proxy_buffer_size"))
    assert line <= there * 1024
    assert line + MOST_PIECES * len("; HttpOnly; Path=/; SameSite=Lax; Secure") + 2_000 <= back * 1024


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(as_):
    client = as_(None)
    client.get("/account/login/")
    client.post("/theme/", {"theme": "dark"})
    assert set(client.cookies) >= {"soleus-form", "soleus-theme"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_the_colours_are_chosen_without_a_script_and_never_lead_elsewhere(as_):
    client = as_(None)
    assert client.post("/theme/", {"theme": "dark", "back": "/privacy/"}).url == "/privacy/"
    assert 'data-theme="dark"' in client.get("/").content.decode()
    assert client.post("/theme/", {"theme": "light", "back": "//evil.example/"}).url == "/"
    assert client.post("/theme/", {"theme": '"><script>', "back": "/"}).url == "/"
    assert 'data-theme="light"' in client.get("/").content.decode()


def test_passwords_are_kept_as_argon2(alice):
    assert alice.password.startswith("argon2$argon2id$")
    assert settings.DEBUG is False


def test_every_model_has_its_migration():
    from io import StringIO

    from django.core.management import call_command

    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)
    assert "No changes detected" in said.getvalue()


# What somebody without an account told


def test_a_draft_comes_back_and_is_forgotten():
    draft = Draft({})
    draft.keep({"case": {"findings": [{"finding": "calf weakness", "side": "left"}]}})
    cookies = {f"{NAME}-{i}": draft.packed[i * PIECE_BYTES : (i + 1) * PIECE_BYTES] for i in range(MOST_PIECES)}
    assert Draft(cookies).data == {"case": {"findings": [{"finding": "calf weakness", "side": "left"}]}}
    changed = cookies | {f"{NAME}-0": cookies[f"{NAME}-0"][:-1] + ("A" if cookies[f"{NAME}-0"][-1] != "A" else "B")}
    assert Draft(changed).data == {}
    draft.forget()
    assert draft.data == {}


def test_a_long_draft_needs_several_cookies_and_has_a_limit():
    import hashlib

    words = " ".join(hashlib.sha256(str(i).encode()).hexdigest() for i in range(200))  # nothing for the packer to save
    draft = Draft({})
    draft.keep({"narrative": words})
    assert PIECE_BYTES < len(draft.packed) <= PIECE_BYTES * MOST_PIECES
    pieces = [draft.packed[i : i + PIECE_BYTES] for i in range(0, len(draft.packed), PIECE_BYTES)]
    assert Draft({f"{NAME}-{i}": piece for i, piece in enumerate(pieces)}).data == {"narrative": words}
    with pytest.raises(DraftTooLarge):
        draft.keep({"narrative": " ".join(hashlib.sha256(str(i).encode()).hexdigest() for i in range(1000))})
    assert draft.data == {"narrative": words}


def test_nothing_is_stored_for_somebody_without_an_account(as_, rows):
    before = rows()
    client = as_(None)
    for address in PAGES:
        client.get(address)
    assert rows() == before


# Errors and logs


@pytest.fixture
def written():
    """What the server writes down during a test."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(WithoutHealthData())
    loggers = [logging.getLogger(name) for name in ("django", "soleus")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_failure_is_written_down_without_what_was_told(as_, alice, case_data, written, monkeypatch):
    case = save_case(by=alice, data=case_data, today=TODAY)

    def fail(**_):
        raise ValueError("could not read: my left calf gives way")

    monkeypatch.setattr("soleus.web.cases.views.actions.note_look", fail)
    client = as_(alice)
    client.raise_request_exception = False
    answer = client.get(f"/cases/{case.code}/?told=calf")
    assert answer.status_code == 500
    assert b"Soleus has failed" in answer.content
    assert b"Traceback" not in answer.content
    text = "\n".join(written)
    assert "ValueError" in text
    assert "test_foundation.py" in text
    assert "GET /cases/<slug:code>/ 500" in text
    assert "calf" not in text
    assert case.code not in text


def test_other_records_lose_their_arguments(written):
    logging.getLogger("django.db").warning("query took %s: %s", 3, "calf weakness")
    logging.getLogger("django.other").error("calf weakness")
    logging.getLogger("soleus.web").warning("ready after %d s", 2)
    assert "calf" not in "\n".join(written)
    assert any("query took" in line for line in written)
    assert any(line.endswith("ready after 2 s") for line in written)


def test_an_expected_error_says_what_to_do(as_, alice, case_data, monkeypatch):
    case = save_case(by=alice, data=case_data, today=TODAY)
    answer = as_(alice).post(f"/cases/{case.code}/share/", {"days": 91})
    assert answer.status_code == 422
    assert b"less than or equal to 90" in answer.content


def test_the_address_of_a_database_is_read_and_never_repeated(tmp_path):
    assert database("", tmp_path)["NAME"] == str(tmp_path / "soleus.sqlite3")
    assert database("sqlite:////data/a.db", tmp_path)["NAME"] == "/data/a.db"
    read = database("postgresql://so%40l:p%2Fw@db.example:5433/leg?sslmode=require", tmp_path)
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == ("so@l", "p/w", "db.example", "5433", "leg")
    assert read["OPTIONS"]["sslmode"] == "require"
    assert database("postgresql:///leg?host=/run/postgresql", tmp_path)["HOST"] == "/run/postgresql"
    for wrong in ("mysql://u:secret@h/d", "postgresql://u:secret@h", "postgresql://u:secret@h:x/d", "sqlite://"):
        with pytest.raises(UsageError) as told:
            database(wrong, tmp_path)
        assert "secret" not in str(told.value)


def test_sqlite_keeps_what_it_acknowledged():
    from django.db import connection

    if connection.vendor != "sqlite":
        assert settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
        return
    with connection.cursor() as cursor:
        values = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


# How it looks


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (390, True)])
@pytest.mark.parametrize(
    ("name", "address"), [("home", "/"), ("privacy", "/privacy/"), ("sign-up", "/account/signup/"), ("missing", "/nothing/")]
)
def test_open_pages_are_accessible_and_fit(open_page, axe, fits, screen, name, address, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto(address)
    axe(page)
    fits(page)
    screen(page, f"{name}-{width}{'-dark' if dark else ''}")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (320, True)])
def test_the_style_guide_is_accessible_and_fits(open_page, axe, fits, screen, settings, width, dark, monkeypatch):
    from django.urls import clear_url_caches, path

    from soleus.web import urls
    from soleus.web.pages.views import style

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("style/", style)])
    clear_url_caches()
    page = open_page(width=width, dark=dark)
    page.goto("/style/")
    axe(page)
    fits(page)
    screen(page, f"style-{width}{'-dark' if dark else ''}")
    clear_url_caches()


def test_a_faulty_form_leads_to_its_faults_by_keyboard(open_page):
    page = open_page()
    page.goto("/account/signup/")
    page.get_by_label("Email").fill("ann@example.org")
    page.locator("input[name=password1]").fill("password123")
    page.locator("input[name=password2]").fill("password124")
    page.get_by_role("button", name="Sign Up").click()
    summary = page.locator(".summary")
    assert summary.evaluate("e => e === document.activeElement")
    link = summary.get_by_role("link").first
    target = link.get_attribute("href").removeprefix("#")
    field = page.locator(f"[id='{target}']")
    assert field.get_attribute("aria-invalid") == "true"
    for described in field.get_attribute("aria-describedby").split():
        assert page.locator(f"[id='{described}']").count() == 1


def test_the_first_tab_skips_to_the_content(open_page):
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_everything_can_be_pressed_with_a_thumb(open_page):
    page = open_page(width=320)
    page.goto("/account/login/")
    small = page.evaluate("""() => [...document.querySelectorAll('nav a, button, input:not([type=hidden]), select, .bottom a')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 80))""")
    assert [s for s in small if 'type="checkbox"' not in s] == []
