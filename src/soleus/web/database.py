"""`DATABASE_URL` to what Django needs. SQLite in the data folder unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from soleus.domain.errors import Problem, UsageError

ON_CONNECT = (
    "PRAGMA journal_mode = WAL",  # readers do not wait for the writer
    "PRAGMA synchronous = FULL",  # what was acknowledged is on the disk, whatever then happens to the process or the power
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # deleted means overwritten, not only no longer listed
    "PRAGMA busy_timeout = 20000",
)
POSTGRES = ("postgres", "postgresql")


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's entry for one database.

    Args:
        url: `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://user:password@host:port/name?sslmode=require`,
            `postgresql:///name?host=/run/postgresql` for a socket, or nothing.
        folder: Where the database lies if nothing was said.

    Raises:
        UsageError: If the address is of another kind or names no database.
    """
    if not url:
        return _sqlite(str(folder / "soleus.sqlite3"))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _fault() from None
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite" and name and not parts.netloc:
        return _sqlite(name)
    if parts.scheme not in POSTGRES or not name:
        raise _fault()
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        # Each request runs in a thread of its own, so connections are kept in a pool and not by the thread.
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 16, "timeout": 8}},
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(name: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # A transaction takes the right to write when it begins: one that reads first and writes later never fails half-way.
        "OPTIONS": {"init_command": ";".join(ON_CONNECT), "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


def _fault() -> UsageError:
    """Says nothing of what stood there: the address holds a password."""
    return UsageError(Problem("DATABASE_URL", "is no address that Soleus knows.", "Such as postgresql://user:password@localhost/soleus."))
