"""The second use case: an assessment in; treatments to discuss, a training week, aids, prevention and the safety net out.

An emergency, told in the case or in the log, blocks the plan: it says only what to do now. A same-day matter holds the training until
somebody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from soleus.assess import Assessment
from soleus.care.advice import Advice, advise
from soleus.care.dose import held_within
from soleus.care.eligible import Ruled, effort_limit, hazards_of, phase_of, ruled
from soleus.care.facts import LIKELY, SETTLED, facts_of
from soleus.care.feedback import Feedback, feedback
from soleus.care.less import balance_level_done, without_pain
from soleus.care.person import Person, Wishes, balance_of, strengths
from soleus.care.programme import plan_week
from soleus.care.progression import WeekAhead, twelve_weeks
from soleus.care.regimen import Choice, choose, merged
from soleus.care.week import Brief, Week
from soleus.care.weeks import DELOAD, counted, is_easy
from soleus.domain.care import CareKnowledge, Goal, Regimen
from soleus.domain.case import Case
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import KnowledgeBase, level_rank
from soleus.domain.strength import MrcGrade
from soleus.domain.training_log import TrainingLog
from soleus.reasoning.triage import NAMED, TOGETHER

OPEN = 0.05
"""A cause of at least this probability is planned for. [-]"""
HOLDS = 0.10
"""A cause of at least this probability that is treated before any training holds the training; triage has judged rarer ones. [-]"""
OPEN_BESIDE_A_DIAGNOSIS = 0.25
"""The same where a diagnosis is known already, which the probabilities do not count; for hazards and warnings too. [-]"""
MOST_OPEN = 4
TESTS_NAMED = 3
FOUND = 0.85
"""At this probability a cause is taken as found. [-]"""
UNKNOWN_CAUSE = "cause-open"
"""The regimen while no cause stands out."""
_WARNS = re.compile(r"\b(?:be seen|today|same day)\b", re.I)
"""Advice that says how soon to be seen is never left out."""
GENTLE = ("mobility", "stretching", "neural")
"""Kinds of exercise of which a log never asks for more: they are done as the catalogue says."""
OLDER = 65
CHILD = 18


@dataclass(frozen=True)
class Told:
    """What the case says that a plan needs, already matched to the vocabulary."""

    known: tuple[str, ...] = ()
    """Ids of conditions that were diagnosed."""
    grades: Mapping[tuple[str, Side], MrcGrade] | None = None
    """MRC grades as told, by finding and side."""
    weeks_since_onset: float | None = None
    weeks_since: Mapping[str, float] = field(default_factory=dict)
    """Weeks since a condition began or was operated on, by its id, where that was told of it."""
    stance_s: float | None = None
    """Single-leg stance of the worse leg. [s]"""
    wishes: Wishes = field(default_factory=Wishes)
    extra_facts: Mapping[str, str] | None = None
    """Facts that the preferences state, such as supervision."""
    log: TrainingLog = field(default_factory=TrainingLog)
    falling_measures: tuple[str, ...] = ()
    """Names of measures whose decline is real."""
    understood: tuple[str, ...] = ()
    """Entries of the case that only the plan understands: diagnoses, medicines."""
    not_understood: tuple[str, ...] = ()
    medicines_read_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of medicines that are known, by the other spelling that was told."""
    medicines_unknown: tuple[str, ...] = ()
    """Medicines of which nothing is known, so that no warning comes from them."""
    unread: str = ""
    """Why there is no training before more is told: nobody could read the words of the case, and it holds nothing else."""


@dataclass(frozen=True)
class Programme:
    """The training."""

    regimen: Regimen
    week: Week
    ahead: tuple[WeekAhead, ...]
    ruled_out: tuple[Ruled, ...]
    feedback: Feedback
    number: int = 1
    """Which week of the programme the coming one is."""

    @property
    def easy(self) -> bool:
        """Whether it is one of its easy weeks."""
        return is_easy(self.regimen, self.number)


@dataclass(frozen=True)
class CarePlan:
    """Everything Soleus would hand over after an assessment."""

    person: Person
    level: str
    blocked: str
    """Why there is no plan but to go now; empty if there is one."""
    held: str
    """Why there is no training now although there is a plan; empty if there is."""
    choices: tuple[Choice, ...]
    advice: Advice
    decide_next: tuple[str, ...]
    """Ids of the tests that tell most about which cause it is."""
    programme: Programme | None
    medicines_read_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    medicines_unknown: tuple[str, ...] = ()
    """As in `Told`; every list of treatments says so."""


def plan(case: Case, assessment: Assessment, kb: KnowledgeBase, care: CareKnowledge, told: Told, today: date) -> CarePlan:
    """Plan the care of one case.

    Raises:
        PlanInfeasible: If no week of training fits the days and minutes given.
    """
    case = replace(case, medicines=(*case.medicines, *(name for names in told.medicines_read_as.values() for name in names)))
    candidates = {c.condition: c.probability for c in assessment.differential.candidates}
    open_causes = causes(candidates, told.known, care)
    person = _person(case, assessment, kb, care, told, candidates)
    pathways = {c: p for p in care.pathways.values() for c in p.conditions}
    choices = choose(open_causes, pathways, care.regimens, person)
    advice = advise(choices, person, care)
    level = assessment.triage.level
    reason = next(((r.lay or r.text).strip() for r in assessment.triage.reasons if r.level == level), "")
    blocked = reason if level == "emergency" else ""
    held = blocked or told.unread or _held(assessment, told.known, kb, choices)
    programme = None
    if not held:
        regimen = _regimen(choices, sum(open_causes.values()), care)
        programme = programme_for(person, regimen, care, told.log, today, told.falling_measures)
    stop = programme.feedback.stop if programme else feedback(told.log, {}, care.regimens[UNKNOWN_CAUSE], care.rules, today).stop
    if stop is not None:
        level = max(level, stop[0], key=level_rank)
        if stop[0] == "emergency" and not blocked:
            blocked, held, programme = stop[1], stop[1], None
    decide_next = tuple(t.test for t in assessment.tests[:TESTS_NAMED])
    return CarePlan(person, level, blocked, held, choices, advice, decide_next, programme, told.medicines_read_as, told.medicines_unknown)


def causes(candidates: Mapping[str, float], known: Sequence[str], care: CareKnowledge) -> dict[str, float]:
    """The causes that are planned for: diagnoses that are known, then likely ones; one alone if it is as good as settled."""
    least = OPEN_BESIDE_A_DIAGNOSIS if known else OPEN
    likely = sorted(((p, c) for c, p in candidates.items() if p >= least and c not in known), reverse=True)
    if not known and likely and likely[0][0] >= FOUND:
        likely = likely[:1]
    return {**dict.fromkeys(known, 1.0), **{c: p for p, c in likely[: max(MOST_OPEN - len(known), 0)]}}


def _person(
    case: Case, assessment: Assessment, kb: KnowledgeBase, care: CareKnowledge, told: Told, candidates: Mapping[str, float]
) -> Person:
    evidence = assessment.evidence
    possible = OPEN_BESIDE_A_DIAGNOSIS if told.known else LIKELY
    facts, settled = (
        {**facts_of(case, evidence, told.known, candidates, care.facts, kb, least), **(told.extra_facts or {})}
        for least in (possible, SETTLED)
    )
    mrc = strengths(evidence, told.grades or {})
    return Person(
        age_years=case.age_years,
        sex=case.sex,
        facts=facts,
        mrc=mrc,
        balance=balance_of(case.age_years, facts, mrc, told.stance_s),
        walks="not-walking" not in facts,
        weeks_since_onset=told.weeks_since_onset,
        weeks_since=told.weeks_since,
        wishes=told.wishes,
        settled=frozenset(settled),
    )


def _held(assessment: Assessment, known: Sequence[str], kb: KnowledgeBase, choices: Sequence[Choice]) -> str:
    protected = {NAMED + c.condition for c in choices if _protects(c)}
    urgent = [
        r
        for r in assessment.triage.reasons
        if r.level == "same_day" and r.rule not in protected and not _told_already(r.rule, assessment, known, kb)
    ]
    if urgent:
        return f"Be seen today first; training waits until then. {(urgent[0].lay or urgent[0].text).strip()}"
    untrained = next((c for c in choices if c.probability >= HOLDS and (c.regimen is None or not c.regimen.trains)), None)
    if untrained is not None:
        return f"No training before this has been looked at: {untrained.pathway.name} is possible, and it is treated first."
    return ""


def _protects(c: Choice) -> bool:
    """Whether the training chosen is that of the first, careful stage of a pathway: a torn tendon in the boot."""
    first = c.pathway.stages[0] if c.pathway.stages else None
    return c.regimen is not None and c.regimen.trains and first is not None and first.if_unknown and c.regimen.id == first.regimen


def _told_already(rule: str, assessment: Assessment, known: Sequence[str], kb: KnowledgeBase) -> bool:
    """Whether a reason to be seen today is only that a diagnosis, which somebody has made already, is probable."""
    if rule.startswith("not-excluded:"):
        return rule.removeprefix("not-excluded:") in known
    if rule == "together:same_day":
        others = (c for c in assessment.differential.candidates if c.condition not in known)
        return sum(c.probability for c in others if level_rank(c.urgency) >= level_rank("same_day")) < TOGETHER["same_day"]
    return False


def programme_for(
    person: Person, regimen: Regimen, care: CareKnowledge, log: TrainingLog, today: date, falling_measures: tuple[str, ...] = ()
) -> Programme:
    """The training of one person under one regimen.

    Args:
        log: Sessions done; the coming week is adapted to them.
        falling_measures: Names of measures whose decline is real.

    Raises:
        PlanInfeasible: If no week of training fits the days and minutes given.
    """
    hazards = hazards_of(person, regimen, care.hazards)
    effort_most = effort_limit(hazards.values())
    number = counted(log.sessions, today)[-1].week
    phase = phase_of(regimen, number)
    outcomes = ruled(person, regimen, care, phase)
    allowed = tuple(r for r in outcomes if r.sides)
    doses = {r.exercise.id: held_within(r.exercise.dose, r.exercise, regimen, effort_most, phase) for r in allowed}
    walking = {e.id for e in care.exercises.values() if e.category == "aerobic" and e.needs.walks}
    gentle = {e.id for e in care.exercises.values() if e.category in GENTLE}
    names = {e.id: e.name for e in care.exercises.values()}
    judged = feedback(log, doses, regimen, care.rules, today, falling_measures, walking, gentle, names)
    ruled_out = tuple(r for r in outcomes if not r.sides)
    if judged.stop is not None:
        return Programme(regimen, Week(()), (), ruled_out, judged, number)
    old = (person.age_years or 0) >= OLDER or "faller" in person.facts
    young = person.age_years is not None and person.age_years < CHILD
    brief = Brief(
        person=person,
        regimen=regimen,
        allowed=without_pain(allowed, judged.leave_out, care),
        usual=allowed,
        fell_at=balance_level_done(log, care) if judged.fell else None,
        goals=_goals(person, care),
        phase=phase,
        effort_most=effort_most,
        balance_days_least=_number("balance-days-older", care) if old else 0,
        aerobic_minutes_aim=_number("children-minutes", care) * len(person.wishes.days) if young else _number("who-aerobic-minutes", care),
        volume=min(judged.volume, DELOAD) if is_easy(regimen, number) else judged.volume,
        easy=is_easy(regimen, number) and judged.volume == 1,
        own_doses=judged.own_doses,
    )
    week = plan_week(brief)
    ahead = twelve_weeks(week, regimen, effort_most, person.wishes, number, brief.volume)
    return Programme(regimen, week, ahead, ruled_out, judged, number)


def _number(rule: str, care: CareKnowledge) -> int:
    value = care.rules[rule].value
    assert value is not None, f"rule {rule} has no number"
    return round(value)


def _regimen(choices: Sequence[Choice], covered: float, care: CareKnowledge) -> Regimen:
    """The strictest of all open causes; while they make up less than half of what is possible, also what is right for anything."""
    shares: dict[str, float] = {}
    for c in choices:
        if c.regimen is not None and c.regimen.trains:
            shares[c.regimen.id] = shares.get(c.regimen.id, 0.0) + c.probability
    regimens = {id_: care.regimens[id_] if share >= SETTLED else _of_a_possible(care.regimens[id_]) for id_, share in shares.items()}
    if covered < 0.5 or not regimens:
        general = care.regimens[UNKNOWN_CAUSE]
        regimens = {**regimens, general.id: general}
    together = tuple(regimens.values())
    names = ", ".join(r.name for r in together)
    return merged(
        together,
        f"While the cause is open: {names}",
        "Several causes are still possible. This week holds only what is right under each of them.",
    )


def _of_a_possible(regimen: Regimen) -> Regimen:
    """A cause that is only possible brings its limits and stop rules, not what only who has it is told: no boot, no clinic for it."""
    return replace(regimen, advice=tuple(a for a in regimen.advice if _WARNS.search(a)), supervised="")


def _goals(person: Person, care: CareKnowledge) -> tuple[Goal, ...]:
    return tuple(care.goals[g] for g in person.wishes.goals if g in care.goals)
