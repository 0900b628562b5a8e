"""The plan of a case, worked out once for each state of the case: the solver takes a second or two."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from soleus.domain.case import Case
from soleus.domain.errors import PlanInfeasible, Problem
from soleus.domain.training_log import TrainingLog
from soleus.interchange.planning import asked_of
from soleus.plan import CarePlan, Told, plan
from soleus.reports.careplan.as_json import plan_json
from soleus.web.assess import working
from soleus.web.cases.actions import case_file, log_of
from soleus.web.knowledge import care, knowledge, measures
from soleus.web.tracking.memory import Memory


@dataclass(frozen=True)
class Made:
    """A plan with what it was made from."""

    case: Case
    told: Told
    plan: CarePlan | None
    """None if no week fits, or the preferences cannot be read: `problems` say why."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """The plan as plain values (soleus/plan/1), with its sources."""
    problems: tuple[Problem, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def log(self) -> TrainingLog:
        return self.told.log


_plans: Memory[Made] = Memory(64, at_once=1)


def made(data: Mapping[str, Any], today: datetime.date) -> Made:
    """The plan of a case file in plain values.

    Raises:
        CaseError: If the case itself is at fault.
    """
    return _plans.of(data, today, lambda: _make(data, today))


def _make(data: Mapping[str, Any], today: datetime.date) -> Made:
    known, cared = knowledge(), care()
    case, found = case_file(data, today), working.known(data, today)
    asked = asked_of(case, found.understanding, known.kb, cared, today, measures, log_of(data, today))
    if asked.problems:
        return Made(case, asked.told, None, problems=asked.problems, missed=asked.missed)
    try:
        planned = plan(case, found.result, known.kb, cared, asked.told, today)
    except PlanInfeasible as error:  # the page says what clashes, beside the form that mends it
        return Made(case, asked.told, None, problems=error.problems, missed=asked.missed)
    return Made(case, asked.told, planned, plan_json(case, planned, known.kb, cared, asked.missed), missed=asked.missed)
