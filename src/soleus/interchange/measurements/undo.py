"""Takes back the last change of a case file.

What is kept is the piece that was changed, not the file: a few lines with measurements and a fingerprint of the text before and after.
It lies in the user's cache folder, readable by nobody else. If the file was changed since by other means, nothing is taken back.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from soleus.cache import cache_folder
from soleus.domain.errors import CaseError, Problem
from soleus.formats.yaml_text import write_whole


def remember(path: Path, before: str, after: str, what: str) -> bool:
    """Keep what is needed to get from one text of a file to the one before; False if it cannot be kept.

    Args:
        path: The case file.
        before: Its text.
        after: Its text to come.
        what: The change in words.
    """
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    record = {
        "before": _fingerprint(before),
        "after": _fingerprint(after),
        "start": start,
        "was": before[start : len(before) - end],
        "is": after[start : len(after) - end],
        "what": what,
    }
    place = _place(path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, json.dumps(record, ensure_ascii=True))
    except OSError:
        return False
    return True


def taken_back(path: Path, text: str) -> tuple[str, str]:
    """The text before the last change, and what that change was.

    Raises:
        CaseError: If nothing was changed, or the file was changed since by other means.
    """
    try:
        record = json.loads(_place(path).read_text(encoding="utf-8"))
        start, was, now = int(record["start"]), str(record["was"]), str(record["is"])
        known = record["after"], record["before"]
        what = str(record["what"])
    except FileNotFoundError:
        raise CaseError(
            Problem(str(path), "has no change that could be taken back.", "Only `soleus track` itself can be undone.")
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise CaseError(Problem(str(path), "has a change, but what is needed to take it back cannot be read.")) from None
    before = text[:start] + was + text[start + len(now) :]
    if known != (_fingerprint(text), _fingerprint(before)):
        cure = "Nothing was changed. `soleus track remove` takes out single entries."
        raise CaseError(Problem(str(path), "was changed by other means since the last `soleus track`.", cure))
    return before, what


def _alike(a: str, b: str) -> int:
    """With how many characters both begin."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _fingerprint(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _place(path: Path) -> Path:
    name = hashlib.blake2b(str(path.resolve()).encode(), digest_size=16).hexdigest()
    return cache_folder() / "undo" / f"{name}.json"
