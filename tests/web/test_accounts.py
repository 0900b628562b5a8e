"""Accounts: registering, signing in, second factor, roles; export everything, delete everything."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import time
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import signing
from django.db import models
from django.test import Client, RequestFactory

from soleus.web.accounts.actions import create_admin, give_role, set_password
from soleus.web.accounts.known import browser_that_knows
from soleus.web.accounts.models import Role, Session, User
from soleus.web.cases.actions import open_share, save_case, share_case
from soleus.web.cases.models import AccessLog, Case

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
TODAY = date(2026, 11, 22)


def sign_in(client, email, password=PASSWORD):
    return client.post("/account/login/", {"login": email, "password": password})


def code_of(secret: str, at_s: float) -> str:
    """The six digits of RFC 6238 (30 s, SHA-1)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at_s) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_code_by_the_numbers_of_the_standard():
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert code_of(secret, 59) == "287082"  # RFC 6238, appendix B: 94287082, its last six digits
    assert code_of(secret, 1111111109) == "081804"


def test_somebody_registers_signs_out_and_signs_in_in_any_case_of_letters(as_):
    client = as_(None)
    form = {"email": "Ann@Example.org", "display_name": "Ann", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/signup/", form).url == "/account/"
    ann = User.objects.get()
    assert (ann.email, ann.display_name, ann.role) == ("ann@example.org", "Ann", Role.READER)
    assert client.get("/account/").status_code == 200
    assert client.post("/account/logout/").url == "/"
    assert client.get("/account/").url == "/account/login/?next=/account/"
    assert sign_in(client, "ANN@example.org").url == "/account/"


@pytest.mark.parametrize("password", ["short1", "1234567890123", "password123", "ann@example.org"])
def test_weak_passwords_are_refused(as_, password):
    form = {"email": "ann@example.org", "password1": password, "password2": password}
    assert as_(None).post("/account/signup/", form).status_code == 200
    assert not User.objects.exists()


def test_guessing_a_password_is_stopped_for_that_account_even_with_the_right_one(as_, alice, charlie):
    for _ in range(5):
        assert b"not correct" in sign_in(as_(None), alice.email, "wrong guess").content
    assert b"Too many failed login attempts" in sign_in(as_(None), alice.email).content
    assert sign_in(as_(None), charlie.email).url == "/account/"


def test_guesses_of_somebody_else_lock_nobody_out(as_, alice):
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR="203.0.113.7"), alice.email, "wrong guess")
    assert b"Too many failed login attempts" in sign_in(Client(REMOTE_ADDR="203.0.113.7"), alice.email).content
    assert sign_in(Client(REMOTE_ADDR="198.51.100.2"), alice.email).url == "/account/"


def test_guesses_from_everywhere_end_as_well_but_not_for_a_browser_that_is_known(as_, alice, charlie):
    home = Client(REMOTE_ADDR="198.51.100.2")
    sign_in(home, alice.email)
    home.post("/account/logout/")
    strange = Client(REMOTE_ADDR="198.51.100.3")
    sign_in(strange, charlie.email)  # known for another account
    strange.post("/account/logout/")
    for host in range(25):
        for _ in range(4):
            assert b"not correct" in sign_in(Client(REMOTE_ADDR=f"203.0.113.{host}"), alice.email, "wrong guess").content
    assert b"Too many failed login attempts" in sign_in(Client(REMOTE_ADDR="192.0.2.1"), alice.email).content
    assert b"Too many failed login attempts" in sign_in(strange, alice.email).content
    assert sign_in(home, alice.email).url == "/account/"


def test_a_browser_that_is_known_may_not_guess_either(as_, alice):
    home = Client()
    sign_in(home, alice.email)
    home.post("/account/logout/")
    for _ in range(5):
        sign_in(home, alice.email, "wrong guess")
    assert b"Too many failed login attempts" in sign_in(home, alice.email).content


def test_what_a_browser_remembers_names_nobody_and_ends_with_the_password(alice):
    home = Client()
    sign_in(home, alice.email)
    held = home.cookies["soleus-known"]
    assert held["httponly"]
    assert "alice" not in str(signing.loads(held.value, salt="soleus.known")).lower()
    request = RequestFactory().post("/")
    request.COOKIES["soleus-known"] = held.value
    assert browser_that_knows(request, "ALICE@example.org")
    assert not browser_that_knows(request, "nobody@example.org")
    set_password(user=alice, password="another horse battery")
    assert not browser_that_knows(request, alice.email)
    request.COOKIES["soleus-known"] = held.value[:-2] + "xx"
    assert not browser_that_knows(request, alice.email)


CLAIMS = (
    "Soleus moderator", "Dr. Verified clinician \u2714", "M0derator", "\u041c\u043ederat\u043er", "m o d e r a t o r", "A.d.m.i.n", "Support",
    "The 0fficial one", "Anna \u2705", "VER\u0131FIED", "Cl1nician Bob", "Mode\u200brator", "\u202erotaredom moderator", "\u24c8\u24de\u24db\u24d4\u24e4\u24e2",
)  # fmt: skip


@pytest.mark.parametrize("name", CLAIMS)
def test_nobody_calls_themselves_what_they_are_not(as_, alice, name):
    answer = as_(alice).post("/account/", {"display_name": name})
    assert answer.status_code == 200
    assert "Choose a name without it." in answer.content.decode()
    form = {"email": "ann@example.org", "display_name": name, "password1": PASSWORD, "password2": PASSWORD}
    assert "Choose a name without it." in as_(None).post("/account/signup/", form).content.decode()
    assert not User.objects.filter(email="ann@example.org").exists()
    alice.refresh_from_db()
    assert alice.display_name == "Alice"


@pytest.mark.parametrize(
    "name", ["Badminton fan", "Zo\u00eb", "A. D. Minton", "Supporter of Leeds", "\u0418\u0432\u0430\u043d", "\u674e\u96f7", "Runner 71", ""]
)
def test_honest_names_are_taken(as_, alice, name):
    assert as_(alice).post("/account/", {"display_name": name}).status_code == 302
    alice.refresh_from_db()
    assert alice.display_name == name


def test_a_name_is_cleaned_like_a_comment(as_, alice):
    as_(alice).post("/account/", {"display_name": "  ecila\u202e \u2066of\u200b Leeds\u0007 "})
    alice.refresh_from_db()
    assert alice.display_name == "ecila of Leeds"
    assert "no letter" in as_(alice).post("/account/", {"display_name": "\u2800\u2800."}).content.decode()


def test_who_has_the_role_may_say_so_until_it_is_taken(as_, bob, moderator, admin):
    assert as_(bob).post("/account/", {"display_name": "Bob, verified clinician"}).status_code == 302
    assert as_(moderator).post("/account/", {"display_name": "Soleus moderator"}).status_code == 302
    bob.refresh_from_db()
    assert bob.display_name == "Bob, verified clinician"
    give_role(user=bob, role=Role.READER, by=admin)
    bob.refresh_from_db()
    assert bob.display_name == ""


def test_whoever_had_the_address_before_the_admin_keeps_no_way_in(as_, alice):
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=alice, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    EmailAddress.objects.create(user=alice, email="thief@example.org", verified=True)
    thief = as_(None)
    thief.force_login(alice)
    made = create_admin(email="Alice@example.org", password="another horse battery")
    assert (made.is_new, made.factors, made.addresses) == (False, 2, 1)
    assert thief.get("/account/").status_code == 302
    assert sign_in(as_(None), "thief@example.org", "another horse battery").status_code == 200
    assert sign_in(as_(None), alice.email, "another horse battery").url == "/account/"
    alice.refresh_from_db()
    assert alice.is_admin


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(as_, alice):
    wrong, unknown = (sign_in(as_(None), email, "wrong guess") for email in (alice.email, "nobody@example.org"))
    assert wrong.status_code == unknown.status_code
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_second_factor(as_, alice):
    client = as_(None)
    sign_in(client, alice.email)
    assert "reauthenticate" in client.get("/account/2fa/totp/activate/").url, "asks for the password again"
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    assert client.post("/account/2fa/totp/activate/", {"code": code_of(secret, time.time())}).status_code == 302
    assert Authenticator.objects.filter(user=alice, type="totp").exists()
    client.post("/account/logout/")

    other = as_(None)
    assert sign_in(other, alice.email).url == "/account/2fa/authenticate/"
    assert other.get("/account/").status_code == 302, "the password alone opens nothing"
    assert other.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert other.get("/account/").status_code == 302
    recovery = Authenticator.objects.get(user=alice, type="recovery_codes").wrap().get_unused_codes()[0]
    assert other.post("/account/2fa/authenticate/", {"code": recovery}).status_code == 302
    assert other.get("/account/").status_code == 200


def test_a_passkey_is_made_and_signs_in(open_page, axe, alice):
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/account/login/")
    page.get_by_label("Email").fill(alice.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign In", exact=True).click()
    page.goto("/account/2fa/webauthn/add/")
    axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    axe(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/webauthn/add/"))
    assert Authenticator.objects.filter(user=alice, type="webauthn").count() == 1
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign Out").click()
    page.wait_for_url("**/")
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")
    page.get_by_text(alice.email).wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_the_second_factor(open_page, axe, fits, screen, alice, width):
    page = open_page(user=alice, width=width, dark=width == 320)
    page.goto("/account/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    code = page.get_by_role("img", name="QR code")
    assert code.evaluate("image => image.complete && image.naturalWidth > 50"), "the content security policy lets the picture through"
    axe(page)
    fits(page)
    screen(page, f"totp-{width}")
    page.get_by_label("Authenticator code").fill(code_of(page.get_by_label("Authenticator secret").input_value(), time.time()))
    page.get_by_role("button", name="Activate").click()
    page.wait_for_url("**/recovery-codes/**")
    axe(page)
    fits(page)
    screen(page, f"recovery-codes-{width}")


def test_a_changed_password_ends_other_sessions(as_, alice):
    here, there = as_(None), as_(None)
    sign_in(here, alice.email)
    sign_in(there, alice.email)
    new = "another battery staple"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


# Roles


def test_an_admin_verifies_a_clinician(as_, alice, admin):
    as_(alice).post("/account/clinician/", {"evidence": "Physiotherapist, register 12345"})
    assert not User.objects.get(pk=alice.pk).is_clinician
    assert b"register 12345" in as_(admin).get("/account/people/").content
    assert as_(admin).post(f"/account/people/{alice.pk}/role/", {f"p{alice.pk}-role": "clinician"}).status_code == 302
    alice.refresh_from_db()
    assert alice.is_clinician
    assert alice.asked_to_be_clinician == ""
    as_(admin).post(f"/account/people/{alice.pk}/role/", {f"p{alice.pk}-role": "reader"})
    assert not User.objects.get(pk=alice.pk).is_clinician


def test_only_admins_give_roles(as_, alice, bob, charlie, moderator):
    for user in (alice, bob, moderator):
        assert as_(user).get("/account/people/").status_code == 403
        assert as_(user).post(f"/account/people/{charlie.pk}/role/", {f"p{charlie.pk}-role": "admin"}).status_code == 403
    assert as_(None).post(f"/account/people/{charlie.pk}/role/", {f"p{charlie.pk}-role": "admin"}).status_code == 302
    assert User.objects.get(pk=charlie.pk).role == Role.READER


def test_the_last_admin_stays_one(as_, admin, alice):
    answer = as_(admin).post(f"/account/people/{admin.pk}/role/", {f"p{admin.pk}-role": "reader"})
    assert answer.status_code == 400
    assert b"only admin" in answer.content
    assert User.objects.get(pk=admin.pk).is_admin


def test_a_role_cannot_be_taken_by_the_profile_form(as_, alice):
    as_(alice).post("/account/", {"display_name": "A", "role": "admin", "is_active": "1", "email": "x@example.org"})
    alice.refresh_from_db()
    assert (alice.display_name, alice.role, alice.email) == ("A", Role.READER, "alice@example.org")


# Export and delete


@pytest.fixture
def lived_in(alice, bob, charlie, as_, case_data):
    """Alice has used everything that there is; Bob and Charlie stay."""
    case = save_case(by=alice, data=case_data, today=TODAY, title="Alices calf")
    _, token = share_case(by=alice, case=case, days=7, note="for Bob")
    open_share(token=token, user=bob)
    as_(bob).get(f"/cases/{case.code}/")
    other = save_case(by=charlie, data=case_data, today=TODAY, title="Charlies calf")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "S3CR3TOFALICE234"})
    client = as_(None)
    sign_in(client, alice.email)
    client.post("/account/2fa/authenticate/", {"code": "1"})
    assert Session.objects.exists()
    return {"case": case, "token": token, "other": other}


def confirmed(client, user):
    """A client that has typed the password again within the last minutes."""
    client.force_login(user)
    assert client.post("/account/reauthenticate/?next=/account/", {"password": PASSWORD}).url == "/account/"
    return client


def test_export_holds_everything_and_no_secret(as_, alice, lived_in):
    assert as_(alice).get("/account/export/").status_code == 302, "asks for the password first"
    answer = confirmed(as_(None), alice).get("/account/export/")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    data = json.loads(text)["data"]
    assert data["accounts.user"][0]["email"] == alice.email
    assert data["cases.case"][0]["data"]["narrative"] == "My left calf gives way when I climb stairs."
    assert data["cases.share"][0]["note"] == "for Bob"
    assert {row["act"] for row in data["cases.accesslog"]} == {"changed", "shared", "saw"}
    assert data["account.emailaddress"][0]["email"] == alice.email
    assert data["mfa.authenticator"][0]["type"] == "totp"
    for secret in ("argon2", "S3CR3T", lived_in["token"], "token_hash", "session_key", "Charlies", "charlie@"):
        assert secret not in text


def test_delete_leaves_no_row(as_, alice, bob, charlie, lived_in, rows):
    code, pk = lived_in["case"].code, alice.pk
    client = confirmed(as_(None), alice)
    assert client.post("/account/delete/", {"word": "delete"}).status_code == 200
    assert User.objects.filter(pk=pk).exists()
    assert client.post("/account/delete/", {"word": "DELETE"}).url == "/"
    left = json.dumps(rows(), default=str)
    for trace in ("alice", code, "My left calf", "for Bob", "S3CR3T"):
        assert trace.lower() not in left.replace("Charlies", "").replace(lived_in["other"].data["narrative"], "").lower()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in (User, Case):
                gone = pk if field.related_model is User else lived_in["case"].pk
                assert not model._default_manager.filter(**{field.attname: gone}).exists(), model
    assert Case.objects.get().title == "Charlies calf"
    assert User.objects.filter(pk__in=[bob.pk, charlie.pk]).count() == 2


def test_a_deleted_clinician_leaves_the_owners_record_without_a_name(as_, alice, bob, lived_in):
    confirmed(as_(None), bob).post("/account/delete/", {"word": "DELETE"})
    look = AccessLog.objects.get(case=lived_in["case"], act="saw")
    assert (look.who, look.as_what) == (None, "clinician")
    assert b"a deleted account" in as_(alice).get(f"/cases/{lived_in['case'].code}/").content


@pytest.mark.django_db(transaction=True)
def test_deleted_means_overwritten_in_the_files(as_, alice):
    from pathlib import Path

    from django.db import connection

    from soleus.web.accounts.actions import delete_everything

    marker = "Marker of a secret calf"
    save_case(by=alice, data={"narrative": marker}, today=TODAY, title=marker)
    if connection.vendor != "sqlite":  # PostgreSQL overwrites when it vacuums; what rows hold is tested above
        delete_everything(user=alice)
        assert not Case.objects.exists()
        return
    name = str(connection.settings_dict["NAME"])
    files = [Path(name + end) for end in ("", "-wal")]
    assert any(marker.encode() in f.read_bytes() for f in files if f.exists())
    delete_everything(user=alice)
    assert not any(marker.encode() in f.read_bytes() for f in files if f.exists())


# Pages


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
@pytest.mark.parametrize(
    ("name", "address"),
    [("sign-in", "/account/login/"), ("reset", "/account/password/reset/")],
)
def test_pages_of_nobody(open_page, axe, fits, screen, name, address, width, dark):
    page = open_page(width=width, dark=dark)
    page.goto(address)
    axe(page)
    fits(page)
    screen(page, f"{name}-{width}")


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
@pytest.mark.parametrize(
    ("name", "address"),
    [("account", "/account/"), ("clinician", "/account/clinician/"), ("password", "/account/password/change/"), ("email", "/account/email/"),
     ("second-factor", "/account/2fa/"), ("people", "/account/people/"), ("sign-out", "/account/logout/")],
)  # fmt: skip
def test_pages_of_an_account(open_page, axe, fits, screen, admin, bob, name, address, width, dark):
    page = open_page(user=admin, width=width, dark=dark)
    page.goto(address)
    assert page.locator("h1").count() == 1
    axe(page)
    fits(page)
    screen(page, f"{name}-{width}")
