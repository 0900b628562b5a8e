"""MRC grades of strength and grades of tendon reflexes: ordered, never averaged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering

from soleus.domain.errors import OutOfRange

GRADES = ("0", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5")


@total_ordering
@dataclass(frozen=True)
class MrcGrade:
    """Medical Research Council grade of strength: 0 (no contraction) to 5 (normal), with - and +.

    References:
        Medical Research Council, Aids to the Examination of the Peripheral Nervous System (cited from memory).

    Examples:
        >>> MrcGrade("4-") < MrcGrade("4") < MrcGrade("4+") < MrcGrade("5")
        True
    """

    grade: str

    def __post_init__(self) -> None:
        text = {"1-": "1", "5-": "4+", "0+": "0", "5+": "5", "0-": "0"}.get(self.grade, self.grade)
        if text not in GRADES:
            raise OutOfRange(
                f'"{self.grade}" is not an MRC grade. Grades run from 0 (no contraction) to 5 (normal); 4- and 4+ are allowed.'
            )
        object.__setattr__(self, "grade", text)

    def __lt__(self, other: MrcGrade) -> bool:
        return GRADES.index(self.grade) < GRADES.index(other.grade)

    @property
    def state_weights(self) -> tuple[float, float, float]:
        """Likelihood over normal, mild (4-, 4, 4+) and severe (0 to 3+); 4+ may still be normal effort."""
        if self.grade == "5":
            return (1.0, 0.0, 0.0)
        if self.grade == "4+":
            return (0.15, 1.0, 0.0)
        return (0.0, 1.0, 0.0) if self >= MrcGrade("4-") else (0.0, 0.0, 1.0)


@dataclass(frozen=True, order=True)
class ReflexGrade:
    """Grade of a tendon reflex, 0 (absent) to 4 (clonus); 2 is the common normal."""

    grade: int

    def __post_init__(self) -> None:
        if not 0 <= self.grade <= 4:
            raise OutOfRange(f"{self.grade} is not a reflex grade. Grades run from 0 (absent) through 2 (normal) to 4 (clonus).")

    @property
    def state_weights(self) -> tuple[float, float, float, float]:
        """Likelihood over normal, absent, reduced, brisk; 1 and 3 may be a healthy person's."""
        return ((0.0, 1.0, 0.0, 0.0), (0.25, 0.05, 1.0, 0.0), (1.0, 0.0, 0.05, 0.05), (0.35, 0.0, 0.0, 1.0), (0.0, 0.0, 0.0, 1.0))[
            self.grade
        ]
