"""What is thought about a person's course before anything is measured. In errors of measurement (SEM), so that it fits every measure.

All of it is an expert estimate, chosen so that the published courses lie well inside: heel rises that fall by one a month (5 SEM a
year), ALS (about 10 points a year on a scale with an error of one), inclusion body myositis (4 % a year where the error is 10 %:
0.4 SEM), a nerve cut at surgery (5 to 10 SEM at once). The simulation study shows what it leads to.
"""

from __future__ import annotations

from dataclasses import dataclass

from soleus.domain.errors import OutOfRange


@dataclass(frozen=True)
class Prior:
    """Shares of the courses among people who measure themselves because they fear to grow weaker, and how large changes are."""

    stable: float = 0.25
    """Only ageing."""
    line: float = 0.55
    """One steady change."""
    change: float = 0.20
    """A course that changes: a step, a turn, a dip with recovery."""
    slopes: tuple[tuple[float, float], ...] = ((1.25, 0.75), (6.0, 0.17), (30.0, 0.08))
    """(size in SEM per year, share): slow, usual and fast courses."""
    worse: float = 0.5
    """By how much of their size changes lean to the worse: 0.5 makes seven of ten changes a loss."""
    jump: float = 4.0
    """Usual size of a step or a dip. [SEM]"""
    recovery_years: tuple[float, float] = (0.12, 0.5)
    """Times in which all but 37 % of a dip is made good: a relapse under treatment, and a nerve or a tendon that heals. [years]"""
    another_change: float = 0.25
    """Share of changing courses in which one more change follows."""
    least_slope: float = 0.3
    """A decline is real from this rate on, and at least twice as fast as ageing. [SEM/year]"""

    def __post_init__(self) -> None:
        if abs(self.stable + self.line + self.change - 1) > 1e-9 or min(self.stable, self.line, self.change) <= 0:
            raise OutOfRange("The shares of stable, steadily changing and otherwise changing people must be above 0 and sum to 1.")


DEFAULT = Prior()
