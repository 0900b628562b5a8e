"""A case worked out once for each of its states: what was understood, what follows, and what would be asked next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.assess import Assessment, assess
from soleus.domain.case import Case
from soleus.domain.errors import CaseError
from soleus.interchange.evidence import Understanding, measured, try_to_understand
from soleus.interchange.narrative.language import Unread
from soleus.interview.choose import Finish, next_question
from soleus.interview.saved import state_of
from soleus.interview.state import Question, State
from soleus.knowledge_store import open_catalogue
from soleus.reasoning.triage import triage
from soleus.web.cases.actions import case_file
from soleus.web.knowledge import knowledge
from soleus.web.tracking.memory import Memory

NOT_OF_INTEREST = ("log", "preferences", "goals", "notes")
"""What of a case file the assessment does not read."""


@dataclass(frozen=True)
class Known:
    """A case, how it was understood, and the assessment of it."""

    case: Case
    understanding: Understanding
    result: Assessment


@dataclass(frozen=True)
class Stand:
    """Where the interview stands."""

    state: State
    before: dict[str, Any]
    """The case file without the interview."""
    step: Question | Finish

    @property
    def given(self) -> int:
        """Answers that the person gave in the interview; the start page asks for the rest."""
        return sum(bool(a.asked) for a in self.state.answers)


_understood: Memory[tuple[Case, Understanding]] = Memory(128)
_known: Memory[Known] = Memory(128, at_once=2)
_stands: Memory[Stand] = Memory(128)


def understood(data: Mapping[str, Any], today: datetime.date) -> tuple[Case, Understanding]:
    """Read a case file in plain values.

    Raises:
        CaseError: With every problem and every impossible value in it.
    """
    return _understood.of(of_interest(data), today, lambda: _understand(of_interest(data), today))


def known(data: Mapping[str, Any], today: datetime.date) -> Known:
    """Read and assess a case file in plain values.

    Raises:
        CaseError: With every problem and every impossible value in it.
    """

    def make() -> Known:
        case, understanding = understood(data, today)
        compiled = knowledge()
        return Known(case, understanding, assess(understanding.evidence, compiled.kb, compiled.network))

    return _known.of(of_interest(data), today, make)


def unread(data: Mapping[str, Any], today: datetime.date) -> Unread | None:
    """What to tell of words that could not be read; it reads nothing but the free text."""
    part = {"narrative": data.get("narrative") or ""}
    return understood(part, today)[1].unread if part["narrative"].strip() else None


def level_by_rule(data: Mapping[str, Any], today: datetime.date) -> str:
    """How soon by the red flags alone; it waits for no probability."""
    return triage(understood(data, today)[1].evidence, knowledge().kb).level


def state(data: Mapping[str, Any], today: datetime.date) -> tuple[State, dict[str, Any]]:
    """The interview that a case file holds, and the case file without it."""
    return state_of(case_file(data, today), data, today)


def stand(data: Mapping[str, Any], today: datetime.date) -> Stand:
    """The interview that a case file holds, with the next question."""

    def make() -> Stand:
        now, before = state(data, today)
        return Stand(now, before, next_question(now, knowledge()))

    return _stands.of(data, today, make)


def of_interest(data: Mapping[str, Any]) -> dict[str, Any]:
    """What of a case file the assessment reads."""
    return {key: value for key, value in data.items() if key not in NOT_OF_INTEREST}


def _understand(part: Mapping[str, Any], today: datetime.date) -> tuple[Case, Understanding]:
    case = case_file(part, today)
    compiled = knowledge()
    understanding, problems = try_to_understand(case, compiled.kb, compiled.lexicon, today)
    if case.measurements:
        understanding, more = measured(case, understanding, compiled.kb, open_catalogue, today)
        problems += more
    if problems:
        raise CaseError(problems)
    return case, understanding
