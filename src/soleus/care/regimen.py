"""Which training regimen fits: by condition and stage; and, while several causes are open, what all of them allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from soleus.care.person import Person
from soleus.domain.care import USUAL_REST_H, WEEK_H, Endurance, Pathway, Progress, Range, Regimen, Regular, Stage, Strength
from soleus.domain.strength import MrcGrade

CAUTION_OF_PAIN_RULE = ("general", "tendon", "claudication", "strain", "radicular", "neuromuscular")
CAUTION_OF_PROGRESS = ("two-for-two", "phases", "time", "symptoms", "none")
"""Least cautious first."""


@dataclass(frozen=True)
class Choice:
    """The regimen of one cause."""

    condition: str
    probability: float
    pathway: Pathway
    regimen: Regimen | None
    """None: no training before treatment."""


def choose(
    candidates: Mapping[str, float], pathways: Mapping[str, Pathway], regimens: Mapping[str, Regimen], person: Person
) -> tuple[Choice, ...]:
    """The regimen of each candidate cause, likeliest first.

    Args:
        candidates: Probability by condition. [-]
        pathways: By id of the condition.
    """
    chosen = []
    for condition, probability in sorted(candidates.items(), key=lambda c: (-c[1], c[0])):
        pathway = pathways[condition]
        stage = next((s for s in pathway.stages if applies(s, person, condition)), None)
        chosen.append(Choice(condition, probability, pathway, regimens[stage.regimen] if stage else None))
    return tuple(chosen)


def applies(stage: Stage, person: Person, condition: str = "") -> bool:
    """Whether a stage is the person's; what is not known fails, unless the stage is the careful one (`if_unknown`)."""
    checks: list[bool | None] = []
    weeks = person.weeks_since.get(condition, person.weeks_since_onset)
    if stage.weeks_below is not None:
        checks.append(None if weeks is None else weeks < stage.weeks_below)
    if stage.weeks_from is not None:
        checks.append(None if weeks is None else weeks >= stage.weeks_from)
    if stage.age_below is not None:
        checks.append(None if person.age_years is None else person.age_years < stage.age_below)
    if stage.back_of_leg_below:
        checks.append(person.back_of_leg < MrcGrade(stage.back_of_leg_below))
    if stage.facts:
        checks.append(any(f in person.facts for f in stage.facts))
    if stage.not_facts:
        checks.append(not any(f in person.facts for f in stage.not_facts))
    if stage.walks is not None:
        checks.append(person.walks == stage.walks)
    return all(stage.if_unknown if c is None else c for c in checks)


def merged(regimens: Sequence[Regimen], name: str, lay: str) -> Regimen:
    """The strictest of several regimens: what is right under each of them.

    Ranges shrink to what all allow; hazards, exercises to avoid and stop rules add up.
    """
    rest = [r for r in regimens if not r.trains]
    if rest or len(regimens) == 1:
        return (rest or regimens)[0]
    strictest = reduce(_both, regimens)
    return replace(strictest, id="open", name=name, lay=lay)


def _both(a: Regimen, b: Regimen) -> Regimen:
    return replace(
        a,
        strength=a.strength and b.strength and _strength(a.strength, b.strength),
        aerobic=a.aerobic and b.aerobic and _endurance(a.aerobic, b.aerobic),
        balance=_regular(a.balance, b.balance),
        stretching=_regular(a.stretching, b.stretching),
        mobility=_regular(a.mobility, b.mobility),
        neural=_regular(a.neural, b.neural),
        session_minutes_most=min(a.session_minutes_most, b.session_minutes_most),
        least_mrc=max(a.least_mrc, b.least_mrc, key=MrcGrade),
        hazards=_union(a.hazards, b.hazards),
        avoid=_union(a.avoid, b.avoid),
        prefer=tuple(e for e in _union(a.prefer, b.prefer) if e not in (*a.avoid, *b.avoid)),
        progress=_progress(a.progress, b.progress),
        pain_rule=max(a.pain_rule, b.pain_rule, key=CAUTION_OF_PAIN_RULE.index),
        hold=_union(a.hold, b.hold),
        advice=_union(a.advice, b.advice),
        supervised=a.supervised or b.supervised,
    )


def _strength(a: Strength, b: Strength) -> Strength:
    daily = tuple(g for g in a.daily_groups if g in b.daily_groups)
    rest_h = max(a.rest_h, b.rest_h) if daily else max(a.rest_h, b.rest_h, USUAL_REST_H)
    return Strength(
        days=_overlap(_overlap(a.days, b.days), (0, WEEK_H // max(rest_h, USUAL_REST_H))),  # longer rest leaves fewer days
        sets=_overlap(a.sets, b.sets),
        repetitions=(max(a.repetitions[0], b.repetitions[0]), max(a.repetitions[1], b.repetitions[1])),  # more repetitions: lighter loads
        effort_rpe=_overlap(a.effort_rpe, b.effort_rpe),
        rest_s=max(a.rest_s, b.rest_s),
        rest_h=rest_h,
        daily_groups=daily if rest_h < USUAL_REST_H else (),
        most_sets_a_session=min(a.most_sets_a_session, b.most_sets_a_session),
        percent_1rm=_overlap(a.percent_1rm, b.percent_1rm) if a.percent_1rm and b.percent_1rm else a.percent_1rm or b.percent_1rm,
    )


def _endurance(a: Endurance, b: Endurance) -> Endurance:
    return Endurance(
        days=_overlap(a.days, b.days),
        minutes=_overlap(a.minutes, b.minutes),
        effort_rpe=_overlap(a.effort_rpe, b.effort_rpe),
        weekly_minutes=_overlap(a.weekly_minutes, b.weekly_minutes),
        prefer=_union(a.prefer, b.prefer),
        how=a.how if a.how == b.how else "",
    )


def _regular(a: Regular | None, b: Regular | None) -> Regular | None:
    """A regimen that does not speak of such work does not forbid it; strength and aerobic work left out are meant to be left out."""
    if a is None or b is None:
        return a or b
    return Regular(_overlap(a.days, b.days), _overlap(a.minutes, b.minutes), min(a.times_a_day, b.times_a_day))


def _overlap(a: Range, b: Range) -> Range:
    """What both ranges allow; where they do not meet, the lower one's upper end."""
    high = min(a[1], b[1])
    return min(max(a[0], b[0]), high), high


def _progress(a: Progress, b: Progress) -> Progress:
    """The slower of two ways to grow. Two different sets of phases cannot both be followed; then symptoms lead."""
    slower = max(a, b, key=lambda p: CAUTION_OF_PROGRESS.index(p.rule))
    if slower.phases and a != b:
        slower = replace(slower, rule="symptoms", phases=())
    return replace(slower, step_percent=_overlap(a.step_percent, b.step_percent), every_weeks=max(a.every_weeks, b.every_weeks))


def _union(a: Iterable[str], b: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
