"""Where the web application keeps what people asked it to keep: the database and the key that signs cookies."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from soleus.domain.errors import Problem, UsageError

KEY_FILE = "secret-key"


def data_folder() -> Path:
    """`$SOLEUS_DATA`, or `soleus` in the user's data folder."""
    named = os.environ.get("SOLEUS_DATA")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "soleus"


def prepare_data_folder() -> Path:
    """Make the folder and the key, for this user alone; neither is touched where it exists.

    Raises:
        UsageError: If the folder cannot be written.
    """
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_key(folder / KEY_FILE)
    except OSError as error:
        raise UsageError(
            Problem(str(folder), f"cannot be written: {error.strerror}.", "Mend its permissions, or name another folder in SOLEUS_DATA.")
        ) from None
    return folder


def secret_key() -> str:
    """`$SOLEUS_SECRET_KEY`, or the kept key, or one for this process alone: reading the settings writes nothing."""
    named = os.environ.get("SOLEUS_SECRET_KEY")
    if named:
        return named
    try:
        return (data_folder() / KEY_FILE).read_text(encoding="ascii").strip() or secrets.token_urlsafe(64)
    except OSError:
        return secrets.token_urlsafe(64)


def _make_key(path: Path) -> None:
    """A whole key or none: two servers that start together end up with the same one."""
    if path.exists():
        return
    temporary = path.with_name(f".{KEY_FILE}-{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64))
            stream.flush()
            os.fsync(stream.fileno())
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink(missing_ok=True)
