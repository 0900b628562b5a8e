"""What the subcommands of `soleus track` share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soleus.domain.errors import CaseError, Problem, UsageError

if TYPE_CHECKING:
    from soleus.domain.case import Case
    from soleus.domain.measure_entry import MeasureEntry
    from soleus.interchange.measurements.casefile import Measurements


@dataclass(frozen=True)
class Told:
    """A case and its measurements, as the file says them."""

    case: Case
    measurements: Measurements
    measures: Mapping[str, MeasureEntry]
    today: datetime.date


def open_told(name: str, text: str | None = None) -> Told:
    """Read and check a case.

    Raises:
        CaseError: With every problem in it.
    """
    from soleus.interchange.casefile.read import check_case, check_text
    from soleus.interchange.measurements.casefile import read_measurements
    from soleus.knowledge_store import open_measures

    today = datetime.date.today()
    measures = open_measures()
    case, problems = check_case(name, today) if text is None else check_text(text, today)
    problems = [p for p in problems if p.what != "says nothing of the person's trouble."]  # a new diary may be empty
    found = read_measurements(case.measurements, measures, today)
    if problems or found.problems:
        raise CaseError([*problems, *found.problems], source="standard input" if name == "-" else name)
    return Told(case, found, measures, today)


def needs_scipy() -> None:
    """Refuse to judge without the extra `track`."""
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise UsageError(Problem("", "Judging measurements needs scipy.", "Install it with: pip install 'soleus[track]'"))
