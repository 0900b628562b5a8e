"""Each condition in its own textbook presentation: a case made of what the data call typical of it, which must lead back to it.

No number here comes from a published case, so this measures nothing about people. It finds entries that contradict themselves or
hide behind a neighbour: a condition that does not come first in its own best case will not in anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from soleus.domain.anatomy import DEGREES
from soleus.domain.evidence import Evidence, Observation, settle
from soleus.domain.finding import Finding, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, Condition
from soleus.formats.located_yaml import parse
from soleus.knowledge_store import Compiled
from soleus.reasoning.inference import infer
from soleus.reasoning.network import BAND_MIDDLES

TYPICAL = 0.5
"""A finding belongs to the textbook presentation from this probability on. [-]"""
ABOVE_BACKGROUND = 2.0
"""... and if it is at least this many times likelier than in a leg complaint of another cause. [-]"""
STRONG_RISK = 5.0
"""A risk belongs to it from this odds ratio on. [-]"""
MOST_RISKS = 2
"""At most so many risks: nobody has them all."""
SETTING = "neuromuscular-clinic"
"""Who asks: the setting that `soleus evaluate` takes for published cases, too."""
GOOD_RANK = 2
"""A condition shall stand first or second in its own presentation, or among the reviewed exceptions."""
EXCEPTIONS = Path(__file__).with_name("textbook-exceptions.yaml")
SIDES = {"unilateral": Side.LEFT, "bilateral": Side.BOTH, "either": Side.BOTH}
"""The likeliest side, the left one of two alike."""


@dataclass(frozen=True)
class Presentation:
    """The typical case of a condition and what the assessment makes of it."""

    condition: str
    evidence: Evidence
    footprint: tuple[str, str, str]
    """Site, side and degree."""
    rank: int
    """Place of the condition among the causes, 1 for the first."""
    probability: float
    before: tuple[str, ...]
    """The causes that stand before it."""


def present(condition: Condition, compiled: Compiled, setting: str = SETTING) -> Presentation:
    """Make the case, assess it and see where the condition comes out. Pure; milliseconds."""
    evidence, footprint = textbook_case(condition, compiled, setting)
    posterior = infer(compiled.network, compiled.kb, evidence)
    p = posterior.conditions[:-1]
    order = np.argsort(-p, kind="stable")
    names = [compiled.network.conditions[int(i)] for i in order]
    rank = names.index(condition.id)
    return Presentation(condition.id, evidence, footprint, rank + 1, float(p[order[rank]]), tuple(names[:rank]))


def textbook_case(condition: Condition, compiled: Compiled, setting: str = SETTING) -> tuple[Evidence, tuple[str, str, str]]:
    """The case, and the footprint that it has.

    Peak age, likelier sex, likeliest place and degree of the lesion, modal onset and course, the strongest risks, and every finding
    that is likelier than not and well above its background. Nothing is told absent, and no test is done.
    """
    age = BAND_MIDDLES[int(np.argmax(condition.age_rates))]
    sex = "unknown" if condition.male_share == 0.5 else "male" if condition.male_share > 0.5 else "female"
    share = max(condition.footprints, key=lambda f: f.share)
    side = SIDES[share.side]
    footprint = (share.site, side.value, DEGREES[int(np.argmax(share.degree))])
    told = [*_of_footprint(compiled, footprint, side, age), *_own(condition, compiled, side, age), *_risks(condition, compiled)]
    observations, _ = settle(told, compiled.kb.findings)
    return (
        Evidence(
            age_years=age,
            sex=sex,
            setting=setting,
            observations=observations,
            onset=_only(condition.onset),
            course=_only(condition.course),
            onset_text=ONSETS[int(np.argmax(condition.onset))],
            course_text=COURSES[int(np.argmax(condition.course))],
        ),
        footprint,
    )


def _of_footprint(compiled: Compiled, footprint: tuple[str, str, str], side: Side, age: float) -> Iterator[Observation]:
    row = compiled.network.footprints.index(footprint)
    for id_, table in compiled.network.tables.items():
        finding = compiled.kb.findings[id_]
        states = table.on(side if side is not Side.BOTH else Side.LEFT)[row]
        if _is_typical(1 - float(states[0]), finding.background_at(age)):
            yield from _on(finding, side, int(np.argmax(states[1:])) + 1)


def _own(condition: Condition, compiled: Compiled, side: Side, age: float) -> Iterator[Observation]:
    for finding in compiled.kb.findings.values():
        background = finding.background_at(age)
        if finding.syndrome:
            syndrome = condition.syndromes.get(finding.syndrome)
            p = syndrome.value * finding.given + (1 - syndrome.value) * background if syndrome else 0.0
        else:
            p = condition.findings[finding.id].value if finding.id in condition.findings else 0.0
        if _is_typical(p, background):
            yield from _on(finding, side, 1)


def _risks(condition: Condition, compiled: Compiled) -> Iterator[Observation]:
    strong = sorted((-q.value, id_) for id_, q in condition.risk_factors.items() if q.value >= STRONG_RISK)
    for _, id_ in strong[:MOST_RISKS]:
        yield from _on(compiled.kb.findings[id_], Side.UNSTATED, 1)


def _is_typical(probability: float, background: float) -> bool:
    return probability >= TYPICAL and probability >= ABOVE_BACKGROUND * background


def _on(finding: Finding, side: Side, state: int) -> Iterator[Observation]:
    """The finding in one state, on the side of the lesion or on both."""
    weights = tuple(float(i == state) for i in range(len(finding.states)))
    sides = (Side.LEFT, Side.RIGHT) if side is Side.BOTH else (side,)
    for s in sides if finding.sided else (Side.UNSTATED,):
        yield Observation(finding.id, s, weights, finding.name)


def _only(distribution: tuple[float, ...]) -> tuple[float, ...]:
    """The likeliest of a distribution as a sure report."""
    best = int(np.argmax(distribution))
    return tuple(float(i == best) for i in range(len(distribution)))


def present_all(compiled: Compiled, setting: str = SETTING) -> Mapping[str, Presentation]:
    """Every condition, by id."""
    return {id_: present(c, compiled, setting) for id_, c in compiled.kb.conditions.items()}


@dataclass(frozen=True)
class Reviewed:
    """Why a condition may stand lower, and the test result that brings it to the front."""

    reason: str
    test: str
    outcome: str


def exceptions() -> Mapping[str, Reviewed]:
    """The reviewed exceptions, by condition."""
    entries = parse(EXCEPTIONS.read_text(encoding="utf-8")).value
    return {id_: Reviewed(e["reason"], *next(iter(e["settled_by"].items()))) for id_, e in entries.items()}
