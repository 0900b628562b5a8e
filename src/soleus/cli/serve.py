"""`soleus serve`: the web application on this machine, for this machine unless told otherwise."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence

from soleus.domain.errors import Problem, SoleusError, UsageError

MODULES = ("django", "allauth", "ninja", "argon2", "whitenoise", "uvicorn", "nh3", "fido2", "qrcode")


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="soleus serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1, this machine only)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument("--create-admin", metavar="EMAIL", help="make an account that gives roles, and stop; asks for a password")
    parser.add_argument("--set-password", metavar="EMAIL", help="give somebody a new password, and stop")
    options = parser.parse_args(arguments)
    _needs_modules()
    if not _is_loopback(options.host) and not os.environ.get("SOLEUS_HOSTS"):
        raise UsageError(
            Problem(
                "--host",
                f"{options.host} can be reached from other machines, and nobody said under which name.",
                "Set SOLEUS_HOSTS to that name, and put a proxy that speaks https in front; docs/how-to/serve.md goes step by step.",
            )
        )
    if options.create_admin or options.set_password:
        _prepare()
        return _create_admin(options.create_admin) if options.create_admin else _set_password(options.set_password)
    print("Soleus is starting ...", file=sys.stderr, flush=True)
    listener = _listener(options.host, options.port)  # who asks from now on waits, and is answered once it is there
    _prepare()
    return _serve(listener, options.host, options.open)


def _needs_modules() -> None:
    from importlib.util import find_spec

    missing = [m for m in MODULES if find_spec(m) is None]
    if os.environ.get("DATABASE_URL", "").startswith("postgres") and find_spec("psycopg") is None:
        raise UsageError(Problem("", "PostgreSQL needs psycopg.", "Install it with: pip install 'soleus[web,postgres]'"))
    if missing:
        raise UsageError(Problem("", f"The web application needs {', '.join(missing)}.", "Install it with: pip install 'soleus[web]'"))


def _prepare() -> None:
    """The data folder, the key, and the database in its newest form."""
    from soleus.web.data_folder import prepare_data_folder

    prepare_data_folder()
    os.environ["DJANGO_SETTINGS_MODULE"] = "soleus.web.settings"
    import django
    from django.core.management import call_command
    from django.db import DatabaseError

    django.setup()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        from soleus.web.accounts.sessions import SessionStore

        SessionStore.clear_expired()
    except DatabaseError as error:
        raise UsageError(
            Problem("database", f"cannot be used ({type(error).__name__}).", "Is the server running, and is DATABASE_URL right?")
        ) from None
    _only_for_us()


def _only_for_us() -> None:
    """Nobody else on this machine may read the file of the database."""
    from pathlib import Path

    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        for suffix in ("", "-wal", "-shm"):
            path = Path(f"{default['NAME']}{suffix}")
            if path.exists():
                path.chmod(0o600)


def _create_admin(email: str) -> int:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from soleus.web.accounts.actions import create_admin

    try:
        validate_email(email)
    except ValidationError as error:
        raise UsageError([Problem("--create-admin", message) for message in error.messages]) from None
    made = create_admin(email=email, password=_password())
    print(f"{email} {'has an account and is' if made.is_new else 'is'} an admin now.", file=sys.stderr)
    if not made.is_new:
        print("The account was there before: it has this password now, and whoever used it is signed out everywhere.", file=sys.stderr)
    if made.factors or made.addresses:
        print(
            f"Removed from it: {made.factors} second factors and passkeys, {made.addresses} other email addresses. Set up your own.",
            file=sys.stderr,
        )
    return 0


def _set_password(email: str) -> int:
    from soleus.web.accounts.actions import set_password
    from soleus.web.accounts.models import User

    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise UsageError(Problem("--set-password", f"Nobody has an account with {email}.", "Is it spelt as when the account was made?"))
    set_password(user=user, password=_password())
    print(f"{email} has a new password, and is signed out everywhere.", file=sys.stderr)
    return 0


def _password() -> str:
    """Typed unseen, or the first line of standard input."""
    import getpass

    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise UsageError([Problem("Password", message) for message in error.messages]) from None
    return password


def _serve(listener: socket.socket, host: str, open_browser: bool) -> int:
    import uvicorn

    shown = "localhost" if _is_loopback(host) else os.environ["SOLEUS_HOSTS"].split(",")[0].strip()
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        "soleus.web.asgi:application",
        log_config=None,
        access_log=False,  # its lines hold addresses; ours hold routes
        server_header=False,
        proxy_headers=False,  # who is behind a proxy is said by SOLEUS_PROXIES
        lifespan="off",
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_say_when_ready, args=(server, address, open_browser), daemon=True).start()
    server.run(sockets=[listener])
    return 0


def _listener(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        raise UsageError(
            Problem(
                f"{host}:{port}", f"cannot be listened on: {error.strerror}.", "Is Soleus running already? Or name another with --port."
            )
        ) from None
    return listener


def _say_when_ready(server: object, address: str, open_browser: bool) -> None:
    while not getattr(server, "started", False):
        time.sleep(0.02)
    _read_everything()
    print(f"Soleus is at {address} (Ctrl+C stops it).", file=sys.stderr, flush=True)
    if open_browser:
        webbrowser.open(address)


def _read_everything() -> None:
    """Wait for what the application reads while it starts; a page asked for earlier would wait as long."""
    from django.urls import get_resolver

    from soleus.web import knowledge
    from soleus.web.library.shelf import shelf

    _ = get_resolver().url_patterns  # imports every page, which Django would do with the first request
    print("Reading the medical knowledge ...", file=sys.stderr, flush=True)
    for read in (knowledge.knowledge, knowledge.care, knowledge.measures, knowledge.ledger, shelf):
        if read is shelf:
            print("Reading the library (the first time it is written, which may take half a minute) ...", file=sys.stderr, flush=True)
        try:
            read()
        except SoleusError as error:  # the pages that need it say so as well; the others are there
            print(error, file=sys.stderr, flush=True)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _port(said: str) -> int:
    port = int(said)
    if not 0 < port < 65_536:
        raise argparse.ArgumentTypeError("between 1 and 65535")
    return port
