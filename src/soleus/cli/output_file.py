"""Files that a command is told to write."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from soleus.domain.errors import Problem, UsageError


def target(name: str, kinds: Collection[str], force: bool) -> Path:
    """The file to write.

    Args:
        name: As it was told.
        kinds: Endings that can be written, such as `.md`.
        force: Whether a file that is there may be written over.

    Raises:
        UsageError: If it is of another kind, or there already.
    """
    path = Path(name)
    if path.suffix not in kinds:
        raise UsageError(Problem(name, "is of no kind that Soleus writes.", f"End it in one of: {', '.join(kinds)}."))
    if path.exists() and not force:
        raise UsageError(Problem(name, "exists already.", "Name another file, or add --force to write over it."))
    return path


def write(path: Path, content: bytes) -> None:
    """Write it, and say so.

    Raises:
        UsageError: If it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(Problem(str(path), f"cannot be written: {error.strerror}.", "Check the folder and the permissions.")) from None
    print(f"{path} is written.", file=sys.stderr)
