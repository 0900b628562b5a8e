"""Runs the assessment on every published case and counts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal, get_args

from soleus.assess import Assessment, assess
from soleus.domain.case import Case
from soleus.domain.evidence import Evidence
from soleus.domain.knowledge_base import LEVELS, level_rank
from soleus.evaluation.gold import GoldCase, is_exact, is_family
from soleus.interchange.evidence import Understanding, understand
from soleus.knowledge_store import Compiled

InputForm = Literal["findings", "narrative", "patient_voice"]
INPUT_FORMS: tuple[InputForm, ...] = get_args(InputForm)


@dataclass(frozen=True)
class Score:
    """How one case went."""

    gold: GoldCase
    understanding: Understanding
    assessment: Assessment
    rank: int | None
    """Place of the exact answer, 1 for the first; None where no condition carries its name."""
    family_rank: int | None
    probability: float
    brier: float
    """Sum over conditions of (probability - truth) squared, 0-2; conditions that carry an accepted name count as one."""
    level_right: bool
    triage: str

    @property
    def under_triaged(self) -> bool:
        return level_rank(self.triage) < min(level_rank(u) for u in self.gold.urgency_ok)

    @property
    def over_triaged(self) -> bool:
        return level_rank(self.triage) > max(level_rank(u) for u in self.gold.urgency_ok)

    @property
    def needless_emergency(self) -> bool:
        return self.triage == "emergency" and "emergency" not in self.gold.urgency_ok


@dataclass(frozen=True)
class Figures:
    """Counts and shares over a set of cases; shares are 0-1."""

    n: int
    top1: float
    top3: float
    top5: float
    family_top3: float
    half_credit: float
    """1 for the exact cause first, 0.5 for the right family first."""
    level: float
    brier: float
    under_triaged: float
    emergencies: int
    emergencies_missed: int
    over_triaged: float
    needless_emergencies: float
    """Of the cases that are no emergency."""
    calibration: tuple[tuple[float, float, int], ...] = field(default=())
    """(mean stated probability of the leading cause, share right, cases) per band."""


def evaluate(
    golds: Sequence[GoldCase],
    compiled: Compiled,
    today: datetime.date,
    *,
    form: InputForm = "findings",
    with_tests: bool = False,
    setting: str | None = None,
    progress: Callable[[int], None] = lambda i: None,
) -> list[Score]:
    """Assess every case as it first presented.

    Args:
        form: What is read: the structured findings, the clinician's narrative or the patient's own words. Age and sex are told in any case.
        with_tests: Add the test results of the case.
        setting: Who asks, where a case does not say.
        progress: Called with the number of cases done.
    """
    scores = []
    for i, gold in enumerate(golds):
        case = presented(gold, form, with_tests=with_tests, setting=setting)
        understanding = understand(case, compiled.kb, compiled.lexicon, today, with_tests=with_tests)
        scores.append(score(gold, understanding, compiled))
        progress(i + 1)
    return scores


def presented(gold: GoldCase, form: InputForm, *, with_tests: bool = False, setting: str | None = None) -> Case:
    """The case in one form of input, without its answer."""
    case = replace(
        gold.case,
        narrative="",
        tests=gold.case.tests if with_tests else (),
        setting=gold.case.setting if gold.says_setting else setting or gold.case.setting,
    )
    if form == "findings":
        return case
    text = gold.narrative if form == "narrative" else gold.patient_voice
    return replace(case, findings=(), conditions=(), medicines=(), narrative=text)


def score(gold: GoldCase, understanding: Understanding, compiled: Compiled) -> Score:
    """Assess one case and compare with its answer."""
    evidence: Evidence = understanding.evidence
    result = assess(evidence, compiled.kb, compiled.network)
    ranked = [compiled.kb.conditions[c.condition] for c in result.differential.candidates]
    exact = [i for i, c in enumerate(ranked) if is_exact(gold, c)]
    family = [i for i, c in enumerate(ranked) if is_family(gold, c)]
    given = [c.probability for c in result.differential.candidates]
    probability = sum(given[i] for i in exact)
    brier = (1 - probability) ** 2 + sum(p * p for i, p in enumerate(given) if i not in exact) + result.differential.other**2
    level = result.localisation[0].level if result.localisation else ""
    return Score(
        gold,
        understanding,
        result,
        exact[0] + 1 if exact else None,
        family[0] + 1 if family else None,
        probability,
        brier,
        level in gold.levels_ok,
        result.triage.level,
    )


def figures(scores: Sequence[Score]) -> Figures:
    """Summarise scores; an empty sequence gives zeros."""
    n = len(scores)
    if not n:
        return Figures(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0.0, 0.0)
    emergencies = [s for s in scores if s.gold.is_emergency]
    others = [s for s in scores if "emergency" not in s.gold.urgency_ok]
    return Figures(
        n=n,
        top1=_share(scores, lambda s: _within(s.rank, 1)),
        top3=_share(scores, lambda s: _within(s.rank, 3)),
        top5=_share(scores, lambda s: _within(s.rank, 5)),
        family_top3=_share(scores, lambda s: _within(s.family_rank, 3)),
        half_credit=sum(1.0 if _within(s.rank, 1) else 0.5 if _within(s.family_rank, 1) else 0.0 for s in scores) / n,
        level=_share(scores, lambda s: s.level_right),
        brier=sum(s.brier for s in scores) / n,
        under_triaged=_share(scores, lambda s: s.under_triaged),
        emergencies=len(emergencies),
        emergencies_missed=sum(s.triage != "emergency" for s in emergencies),
        over_triaged=_share(scores, lambda s: s.over_triaged),
        needless_emergencies=_share(others, lambda s: s.needless_emergency),
        calibration=_calibration(scores),
    )


def _within(rank: int | None, limit: int) -> bool:
    return rank is not None and rank <= limit


def _share(scores: Sequence[Score], test: Callable[[Score], bool]) -> float:
    return sum(test(s) for s in scores) / len(scores) if scores else 0.0


def _calibration(scores: Sequence[Score], edges: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)) -> tuple[tuple[float, float, int], ...]:
    rows = []
    for low, high in pairwise(edges):
        band = [s for s in scores if low <= s.assessment.differential.candidates[0].probability < high]
        if band:
            stated = sum(s.assessment.differential.candidates[0].probability for s in band) / len(band)
            rows.append((stated, _share(band, lambda s: _within(s.rank, 1)), len(band)))
    return tuple(rows)


def confusion(scores: Sequence[Score]) -> list[tuple[str, dict[str, int]]]:
    """Accepted lowest level (rows, most urgent first) by level given."""
    rows = []
    for level in reversed(LEVELS):
        members = [s for s in scores if min(s.gold.urgency_ok, key=level_rank) == level]
        if members:
            rows.append((level, {given: sum(s.triage == given for s in members) for given in reversed(LEVELS)}))
    return rows
