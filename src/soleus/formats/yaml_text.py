"""Plain values to YAML text, and a file written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml


def yaml_text(data: Mapping[str, Any]) -> str:
    """The mapping as YAML, keys in their order; dates and text come back as they were."""
    return str(yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True, width=120, default_flow_style=None))


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it sees the old or the new text, never half of one. Who may read it stays.

    Raises:
        OSError: If it cannot be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
        if path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
