"""The day on which each condition was last checked against its sources.

The compiled knowledge keeps only when the next check is due; the day itself stands in the entry. Reading that one line of each file
takes milliseconds, loading them all takes seconds.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

from soleus.domain.errors import KnowledgeError, Problem
from soleus.knowledge.loader import DATA

_CHECKED = re.compile(r"^review:.*\bchecked_against_source: *(\d{4}-\d\d-\d\d)", re.MULTILINE)


def checked_dates(folder: Path = DATA) -> Mapping[str, datetime.date]:
    """By id of the condition.

    Raises:
        KnowledgeError: If an entry says no day.
    """
    days: dict[str, datetime.date] = {}
    missing = []
    for path in sorted((folder / "conditions").glob("*.yaml")):
        match = _CHECKED.search(path.read_text(encoding="utf-8"))
        if match is None:
            missing.append(
                Problem(path.name, "says no day of its last check.", "Write `review: {..., checked_against_source: 2026-11-22, ...}`.")
            )
        else:
            days[path.stem] = datetime.date.fromisoformat(match[1])
    if missing:
        raise KnowledgeError(missing, source=str(folder))
    return days
