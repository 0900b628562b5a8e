"""The measurements of a case as a table that `import` reads again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from soleus.domain.finding import Side
from soleus.interchange.measurements.casefile import UNABLE, Recorded

COLUMNS = ("measure", "value", "side", "on", "unit", "aid", "who", "note")
FORMULA = ("=", "+", "-", "@", "\t")
"""A cell that begins so would be computed by a spreadsheet."""


def table_of(recorded: Iterable[Recorded]) -> str:
    """CSV, one line a measurement, in the units of the measures."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for r in recorded:
        p, m = r.point, r.measure
        value = UNABLE if p.value is None else m.grades[int(p.value)] if m.grades else f"{p.value:.10g}"
        side = "" if p.side is Side.UNSTATED else p.side.value
        unit = "" if m.grades else m.unit
        writer.writerow([m.id, value, side, p.on.isoformat(), unit, *map(_harmless, (p.aid, r.by, p.note))])
    return text.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
