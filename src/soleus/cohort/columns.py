"""The columns of a table of many cases, and the way between one of its rows and the evidence of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from soleus.domain.errors import OutOfRange
from soleus.domain.evidence import Evidence, Observation
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase

Codes = NDArray[np.int8]

UNKNOWN = -1
SEXES = ("female", "male")
"""Codes 0 and 1 of the sex; whatever else is `UNKNOWN`."""


@dataclass(frozen=True)
class CohortColumns:
    """Every finding on every side on which it can be told: left, right and unstated if it has sides, else unstated.

    A cell holds the index of the finding's state (0 is the healthy one), `UNKNOWN` (-1), or, where a finding has several
    abnormal states, their number + 1 for "abnormal, nobody said how" (a weak calf, of whatever grade).
    """

    keys: tuple[tuple[str, Side], ...]
    states: tuple[tuple[str, ...], ...]
    """States of each column; the first is the healthy one."""

    @classmethod
    def of(cls, kb: KnowledgeBase) -> CohortColumns:
        """The columns of a knowledge base, in the order of its findings."""
        keys = [
            (finding, side)
            for finding in kb.findings.values()
            for side in ((Side.LEFT, Side.RIGHT, Side.UNSTATED) if finding.sided else (Side.UNSTATED,))
        ]
        return cls(tuple((finding.id, side) for finding, side in keys), tuple(finding.states for finding, _ in keys))

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def index(self) -> dict[tuple[str, Side], int]:
        """(finding, side) to column."""
        return {key: i for i, key in enumerate(self.keys)}

    @cached_property
    def n_codes(self) -> NDArray[np.int64]:
        """(n_columns,) how many codes, from 0 up, each column knows."""
        return np.array([len(states) + (len(states) > 2) for states in self.states])

    def name(self, column: int) -> str:
        """Such as `reflex-ankle (left)`."""
        finding, side = self.keys[column]
        return finding if side is Side.UNSTATED else f"{finding} ({side.value})"

    def weights(self, column: int, code: int) -> tuple[float, ...]:
        """The likelihood over the states that a code stands for."""
        n = len(self.states[column])
        return tuple(float(state == code or (code == n and state > 0)) for state in range(n))

    def code(self, column: int, weights: Sequence[float]) -> int:
        """The code of a hard likelihood.

        Raises:
            OutOfRange: If it is soft, or leaves some but not all of the abnormal states open.
        """
        top = max(weights)
        for code in range(self.n_codes[column]):
            if top > 0 and tuple(w / top for w in weights) == self.weights(column, code):
                return code
        raise OutOfRange(
            f"{self.name(column)}: the weights {tuple(weights)} are no single state. "
            "A table of many cases holds hard findings only; assess this case alone."
        )


def evidence_of_row(
    columns: CohortColumns,
    row: Sequence[int] | Codes,
    *,
    onset: int = UNKNOWN,
    course: int = UNKNOWN,
    age_years: float = float("nan"),
    sex: int = UNKNOWN,
    setting: str = "self",
) -> Evidence:
    """One row of a table as the evidence of one person.

    Args:
        columns: The columns of the table.
        row: (n_columns,) codes.
        onset: Index in `ONSETS`, or -1.
        course: Index in `COURSES`, or -1.
        age_years: Age, NaN where unknown. [y]
        sex: Index in `SEXES`, or -1.
        setting: Who asks.

    Raises:
        OutOfRange: If the row has the wrong length or holds a code that its column does not know.
    """
    if len(row) != len(columns):
        raise OutOfRange(f"The row has {len(row)} columns; the table has {len(columns)}.")
    observations = []
    for i in np.flatnonzero(np.asarray(row) != UNKNOWN).tolist():
        if not 0 <= row[i] < columns.n_codes[i]:
            raise OutOfRange(unknown_code(columns, i, int(row[i])))
        observations.append(Observation(*columns.keys[i], columns.weights(i, int(row[i]))))
    return Evidence(
        age_years=None if np.isnan(age_years) else float(age_years),
        sex="unknown" if sex == UNKNOWN else SEXES[sex],
        setting=setting,
        observations=tuple(observations),
        onset=one_hot(onset, len(ONSETS)),
        course=one_hot(course, len(COURSES)),
    )


def row_of_evidence(columns: CohortColumns, evidence: Evidence) -> tuple[Codes, int, int]:
    """The evidence of one person as a row of a table: (n_columns,) codes, onset and course. Tests have no column.

    Raises:
        OutOfRange: If a finding is soft, has no column (a side that it cannot have), or an onset or course is soft.
    """
    row = np.full(len(columns), UNKNOWN, dtype=np.int8)
    for o in evidence.observations:
        if (o.finding, o.side) not in columns.index:
            raise OutOfRange(f"{o.finding} ({o.side.value}) has no column.")
        column = columns.index[o.finding, o.side]
        row[column] = columns.code(column, o.weights)
    return row, _hard(evidence.onset, "onset", ONSETS), _hard(evidence.course, "course", COURSES)


def unknown_code(columns: CohortColumns, column: int, code: int, where: str = "") -> str:
    """What to say of a code that a column does not know."""
    states = ", ".join(f"{i} {state}" for i, state in enumerate(columns.states[column]))
    more = f", {len(columns.states[column])} abnormal" if len(columns.states[column]) > 2 else ""
    return f"{where}{columns.name(column)} cannot be {code}: it is {UNKNOWN} unknown, {states}{more}."


def one_hot(code: int, n: int) -> tuple[float, ...] | None:
    """The likelihood that a code stands for; none if unknown."""
    return None if code == UNKNOWN else tuple(float(i == code) for i in range(n))


def _hard(weights: Sequence[float] | None, what: str, names: Sequence[str]) -> int:
    if weights is None:
        return UNKNOWN
    if sum(w > 0 for w in weights) != 1:
        raise OutOfRange(
            f"The {what} is spread over {', '.join(n for n, w in zip(names, weights, strict=True) if w > 0)}. "
            "A table of many cases holds one; assess this case alone."
        )
    return next(i for i, w in enumerate(weights) if w > 0)
