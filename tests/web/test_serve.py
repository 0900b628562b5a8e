"""`soleus serve` as people start it: soon there, here only, and faithful to what it has acknowledged."""

from __future__ import annotations

import csv
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

PASSWORD = "correct horse battery"
SOLEUS = [sys.executable, "-m", "soleus", "serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def machine(tmp_path):
    """The environment of a fresh machine: an empty data folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SOLEUS_") and k != "DJANGO_SETTINGS_MODULE"}
    return environment | {"SOLEUS_DATA": str(tmp_path / "data"), "SOLEUS_CACHE": os.environ["SOLEUS_CACHE"]}


class Server:
    """A server process, and a client that is signed in to it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.port = environment, free_port()
        self.said = ""
        self.clients: list[httpx.Client] = []

    def __enter__(self) -> Server:
        self.process = subprocess.Popen([*SOLEUS, "--port", str(self.port)], env=self.environment, stderr=subprocess.PIPE, text=True)
        began = time.monotonic()
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        while not self.ready.wait(0.05) and self.process.poll() is None and time.monotonic() - began < 90:
            continue
        self.took_s = time.monotonic() - began
        if not self.ready.is_set():
            self.__exit__()
            raise AssertionError(f"the server did not start: {self.said}")
        return self

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said += line
            if "Soleus is at" in line:
                self.ready.set()

    def __exit__(self, *_: object) -> None:
        for client in self.clients:
            client.close()
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(20)
        self.reader.join(5)
        if self.process.stderr:
            self.process.stderr.close()

    def signed_in(self, email: str) -> httpx.Client:
        self.clients.append(client := httpx.Client(base_url=f"http://localhost:{self.port}", follow_redirects=True, timeout=30))
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/account/login/").text)
        assert token
        answer = client.post("/account/login/", data={"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
        assert email in answer.text
        client.headers["X-CSRFToken"] = client.cookies["soleus-form"]
        return client


def admin(environment: dict[str, str], email: str = "ada@example.org") -> None:
    done = subprocess.run(
        [*SOLEUS, "--create-admin", email], env=environment, input=PASSWORD + "\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def make_case(environment: dict[str, str], email: str) -> str:
    """Through Django in a process of its own, as no page of the foundation makes cases."""
    code = (
        "import django; django.setup()\n"
        "import datetime\n"
        "from soleus.web.accounts.models import User\n"
        "from soleus.web.cases.actions import save_case\n"
        f"user = User.objects.get(email={email!r})\n"
        "print(save_case(by=user, data={'narrative': 'My left calf gives way.'}, today=datetime.date(2026, 11, 22)).code)"
    )
    environment = environment | {"DJANGO_SETTINGS_MODULE": "soleus.web.settings"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.slow
def test_on_a_fresh_machine_it_answers_within_seconds_and_to_this_machine_alone(machine):
    with Server(machine) as server:
        assert server.took_s < 60, "with the library to write; later starts take a few seconds"
        begun = time.monotonic()
        assert httpx.get(f"http://127.0.0.1:{server.port}/library/", timeout=30).status_code == 200
        assert time.monotonic() - begun < 20, "what is read, is read before it says that it is there"
        assert list(Path(machine["SOLEUS_CACHE"]).glob("library-*.bin")), "the next start need not write the library again"
        table = "/proc/net/tcp"
        port = f"{server.port:04X}"
        listening = [line.split()[1] for line in Path(table).read_text().splitlines() if line.split()[3] == "0A" and f":{port}" in line]
        assert listening == [f"0100007F:{port}"]
        if "DATABASE_URL" not in machine:
            folder = Path(machine["SOLEUS_DATA"])
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in [folder, *folder.iterdir()]}
            assert modes.pop(folder.name) == 0o700
            assert set(modes) >= {"secret-key", "soleus.sqlite3"}
            assert set(modes.values()) == {0o600}
        assert httpx.get(f"http://127.0.0.1:{server.port}/", headers={"Host": "evil.example"}, timeout=30).status_code == 400


@pytest.mark.slow
def test_it_says_at_once_that_it_starts_and_who_asks_meanwhile_is_answered(machine):
    port = free_port()
    process = subprocess.Popen([*SOLEUS, "--port", str(port)], env=machine, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = [process.stderr.readline()]
        assert said == ["Soleus is starting ...\n"]
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                answer = httpx.get(f"http://127.0.0.1:{port}/privacy/", timeout=120)  # the page waits; nobody is refused
                break
            except httpx.ConnectError:  # only in the moment before it listens
                time.sleep(0.01)
        assert answer.status_code == 200
        while "Soleus is at" not in said[-1]:
            said.append(process.stderr.readline())
            assert said[-1], said
        assert [line.split(" (")[0].strip() for line in said if "Reading" in line] == [
            "Reading the medical knowledge ...",
            "Reading the library",
        ]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_a_missing_library_is_told_with_its_cure(monkeypatch, capsys):
    from soleus.cli import main, serve

    monkeypatch.setattr(serve, "MODULES", ("django", "no_such_library"))
    assert main(["serve"]) == 2
    assert "pip install 'soleus[web]'" in capsys.readouterr().err


def test_others_are_let_in_only_by_name(machine):
    done = subprocess.run([*SOLEUS, "--host", "0.0.0.0"], env=machine, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "SOLEUS_HOSTS" in done.stderr


def test_a_taken_port_is_told_in_words(machine):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run([*SOLEUS, "--port", str(port)], env=machine, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://u:hunter2@h/d"),
        ("DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/d"),
        ("SOLEUS_DATA", "/proc/nowhere"),
        ("SOLEUS_PROXIES", "abc"),
        ("SOLEUS_PROXIES", "-1"),
        ("SOLEUS_EMAIL_PORT", "x"),
    ],
)
def test_a_wrong_setting_is_told_in_words(machine, name, value):
    done = subprocess.run(
        [*SOLEUS, "--create-admin", "a@example.org"],
        env=machine | {name: value},
        input=PASSWORD,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


def test_behind_https_cookies_travel_over_https_alone(machine):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "client = Client(headers={'Host': 'legs.clinic.example', 'X-Forwarded-Proto': 'https'})\n"
        "answer = client.get('/account/login/')\n"
        "print(answer.status_code, answer['Strict-Transport-Security'])\n"
        "print([(c.key, c['secure'], c['path'], c['domain']) for c in client.cookies.values()])\n"
        "print(Client(headers={'Host': 'legs.clinic.example'}).get('/privacy/').url)"
    )
    environment = machine | {"DJANGO_SETTINGS_MODULE": "soleus.web.settings", "SOLEUS_HTTPS": "1", "SOLEUS_HOSTS": "legs.clinic.example"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    first, cookies, plain = done.stdout.strip().splitlines()
    assert first == "200 max-age=31536000"
    assert cookies == "[('__Host-soleus-form', True, '/', '')]"
    assert plain == "https://legs.clinic.example/privacy/"


def test_passwords_from_the_command_line_follow_the_same_rules(machine):
    for option, word in (("--create-admin", "12345"), ("--set-password", PASSWORD)):
        done = subprocess.run(
            [*SOLEUS, option, "no@example.org"], env=machine, input=word + "\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_kill_loses_nothing_that_was_acknowledged_and_the_log_tells_nothing(machine):
    """Links are made one after the other while the process is killed; each that was answered is there afterwards."""
    email = f"ada{free_port()}@example.org"
    admin(machine, email)
    code = make_case(machine, email)
    acknowledged: list[str] = []
    with Server(machine) as server:
        client = server.signed_in(email)

        def save() -> None:
            for number in range(10_000):
                try:
                    answer = client.post(f"/cases/{code}/share/", data={"days": 3, "note": f"note-{number:05}-of-calf"})
                except httpx.HTTPError:
                    return
                assert answer.status_code == 200, answer.status_code
                acknowledged.append(f"note-{number:05}-of-calf")

        saving = threading.Thread(target=save)
        saving.start()
        until = time.monotonic() + 60
        while len(acknowledged) < 50 and time.monotonic() < until:
            time.sleep(0.01)
        server.process.send_signal(signal.SIGKILL)
        saving.join(30)
    assert len(acknowledged) >= 50
    for told in ("calf", code, email, PASSWORD, "shared/"):
        assert told not in server.said, "the log tells what people told"
    assert "POST /cases/<slug:code>/share/ 200" in server.said

    with Server(machine) as again:
        html = again.signed_in(email).get(f"/cases/{code}/").text
    assert [note for note in acknowledged if note not in html] == []


MEASUREMENTS = 1_000


@pytest.mark.slow
def test_killed_in_the_middle_of_a_thousand_measurements_it_loses_none_that_was_acknowledged(machine):
    """Four windows save at once; the process is killed half-way, started again, and the rest is saved."""
    email = f"ada{free_port()}@example.org"
    admin(machine, email)
    code = make_case(machine, email)
    today = date.today()
    days = [(today - timedelta(days=i)).isoformat() for i in range(MEASUREMENTS)]
    acknowledged: set[str] = set()

    def save(client: httpx.Client, left: list[str]) -> None:
        """Until none is left, or the server is gone."""
        while left:
            day = left.pop()
            data = {"value": str(5 + int(day[-2:])), "side": "left", "on": day, "again": "1"}
            try:
                answer = client.post(f"/track/{code}/add/heel-rise/", data=data, follow_redirects=False)
            except httpx.HTTPError:
                return
            if answer.status_code == 302:
                acknowledged.add(day)
            else:  # it was saved just before the end, and nobody could be told
                assert "is recorded already with this value" in answer.text, answer.text

    def four_windows(server: Server, left: list[str]) -> list[threading.Thread]:
        client = server.signed_in(email)
        windows = [threading.Thread(target=save, args=(client, left)) for _ in range(4)]
        for window in windows:
            window.start()
        return windows

    def kept(server: Server) -> list[str]:
        rows = csv.DictReader(server.signed_in(email).get(f"/track/{code}/export.csv").text.splitlines())
        return [row["on"] for row in rows]

    with Server(machine) as server:
        windows = four_windows(server, days.copy())
        until = time.monotonic() + 240
        while len(acknowledged) < MEASUREMENTS // 2 and time.monotonic() < until:
            time.sleep(0.01)
        server.process.send_signal(signal.SIGKILL)
        for window in windows:
            window.join(60)
    assert MEASUREMENTS // 2 <= len(acknowledged) < MEASUREMENTS

    with Server(machine) as again:
        assert acknowledged <= set(kept(again))
        for window in four_windows(again, [day for day in days if day not in acknowledged]):
            window.join(300)
        assert sorted(kept(again)) == sorted(days), "each once, none lost"
