"""What every way to a plan has in common: the command line, the pages and the API ask for it alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.errors import Problem
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.domain.measure_entry import MeasureEntry
from soleus.domain.training_log import TrainingLog
from soleus.interchange.evidence import Understanding
from soleus.interchange.narrative.language import HELD
from soleus.interchange.wishes import told_for_plan
from soleus.plan import Told


@dataclass(frozen=True)
class Asked:
    """What a plan is made from beside the assessment."""

    told: Told
    problems: tuple[Problem, ...]
    """Of the preferences; no plan is made while there are any."""
    missed: tuple[str, ...]
    """What neither the assessment nor the plan understood."""


def asked_of(
    case: Case,
    understanding: Understanding,
    kb: KnowledgeBase,
    care: CareKnowledge,
    today: datetime.date,
    measures: Callable[[], Mapping[str, MeasureEntry]],
    log: TrainingLog,
) -> Asked:
    """Everything that a case and its log say for a plan.

    Args:
        measures: Opens the catalogue of measures; called only for a case that has measurements.
    """
    told, problems = told_for_plan(case, understanding.evidence, kb, care, today, measures)
    missed = (*(m for m in understanding.not_understood if m not in told.understood), *told.not_understood)
    told = replace(told, log=log, unread=HELD if understanding.tells_nothing else "")
    return Asked(told, tuple(problems), missed)
