"""The family tree of errors. SoleusError > CaseError (> PlanInfeasible), KnowledgeError, EndpointError, UsageError.

The core raises these; the command line and the web catch them once and show where, what and what to do, never a traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file: where it stands, what it is and how to mend it."""

    where: str
    what: str
    cure: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = f"line {self.line}, {self.where}" if self.line and self.where else self.where or f"line {self.line}"
        text = f"{place}: {self.what}" if place and place != "line None" else self.what
        return f"{text}\n    {self.cure}" if self.cure else text


class SoleusError(Exception):
    """Base of all errors that a user may see. Carries every problem found, not just the first."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem] | Problem | str, *, source: str = "") -> None:
        if isinstance(problems, str):
            problems = [Problem("", problems)]
        elif isinstance(problems, Problem):
            problems = [problems]
        self.problems = tuple(problems)
        self.source = source
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(SoleusError):
    """The command was called in a way it does not understand."""

    exit_code = 2


class CaseError(SoleusError):
    """A case file is at fault: unreadable, invalid or contradictory. The same fault told of an entry and of a part of it counts once."""

    exit_code = 10

    def __init__(self, problems: Sequence[Problem] | Problem | str, *, source: str = "") -> None:
        if not isinstance(problems, (str, Problem)):
            problems = [p for p in problems if p.line is not None or not any(q.where.startswith(f"{p.where}.") for q in problems)]
        super().__init__(problems, source=source)


class KnowledgeError(SoleusError):
    """The knowledge base is at fault."""

    exit_code = 11


class EndpointError(SoleusError):
    """A server that was asked gave no answer, or none that can be used."""

    exit_code = 12


class PlanInfeasible(CaseError):
    """No week of training fits what the person can give and what is safe; names the demands that clash."""


class OutOfRange(SoleusError, ValueError):
    """A number is outside the range it can have."""
