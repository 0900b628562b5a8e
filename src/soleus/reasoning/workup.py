"""What to ask, examine and test next: exact expected information, and whether it would change what is done."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from soleus.domain.evidence import Evidence
from soleus.domain.finding import Finding, Presence, Side
from soleus.domain.knowledge_base import TEMPO_QUESTIONS, KnowledgeBase, Test, level_rank
from soleus.reasoning.inference import Posterior, binary_information_bits, chance_of, information_bits, predict_all
from soleus.reasoning.network import Array
from soleus.reasoning.triage import TOGETHER

ONSET_MOST_DAYS = {"sudden": 1, "days": 14, "weeks": 56, "months": 730, "years": 36500}
LEAST_BITS = 0.02
CLEAR_LEAD = 0.1
"""By how much another management group must lead before a result counts as changing what is done (expert estimate)."""
LEAST_CHANCE = 0.01
"""Red flags less likely than this are named as not asked but are no question for now (expert estimate)."""


@dataclass(frozen=True)
class OutcomeEffect:
    """What one result would mean."""

    outcome: str
    probability: float
    leading: tuple[tuple[str, float], ...]
    """The three likeliest conditions after this result."""


@dataclass(frozen=True)
class NextStep:
    """One test that is worth doing, most useful first."""

    test: str
    information_bits: float
    changes_management: float
    """Probability that the result changes the management group of the leading cause or raises the urgency. [-]"""
    too_early: bool
    effects: tuple[OutcomeEffect, ...]


@dataclass(frozen=True)
class Question:
    """One finding, or the tempo, worth asking or examining next."""

    finding: str
    """Id of a finding, or `onset` or `course`."""
    side: str
    information_bits: float
    red_flag: bool


def next_tests(posterior: Posterior, evidence: Evidence, kb: KnowledgeBase, level: str, most: int = 6) -> tuple[NextStep, ...]:
    """Tests not done yet, ranked on what changes management, then on information per burden; in an emergency only urgent ones."""
    done = {r.test for r in evidence.tests}
    p, now = posterior.conditions, _Now.of(posterior)
    steps = []
    for test in kb.tests.values():
        if any(evidence.presence(risk) is Presence.PRESENT for risk in test.implies.values()):
            continue  # what it would show is known
        if test.id in done or (level == "emergency" and level_rank(test.when) < level_rank("same_day")):
            continue
        bits, p_outcome, after = information_bits(p, posterior.network.tests[test.id])
        if bits < LEAST_BITS:
            continue
        changes = now.changes(p_outcome, after)
        steps.append(
            (
                _value(bits, changes, test),
                NextStep(test.id, bits, changes, too_early(test, evidence), _effects(posterior, test, p_outcome, after)),
            )
        )
    steps.sort(key=lambda s: (s[1].too_early, -s[0]))
    return tuple(step for _, step in steps[:most])


def burden(test: Test) -> float:
    """Cost class (1-5), invasiveness (0-3) and waiting time folded into one number, 1 for a blood pressure cuff."""
    return float(test.cost * (1 + 0.5 * test.invasiveness) * (1 + min(test.wait_days, 90) / 90))


def _value(bits: float, changes: float, test: Test) -> float:
    """Chance to change management first, information second; per root of the burden, so that a telling MRI beats a trifle."""
    return (changes + 0.25 * bits) / math.sqrt(burden(test))


def too_early(test: Test, evidence: Evidence) -> bool:
    """Whether the test is asked before it can show anything (needle EMG before three weeks)."""
    if not test.earliest_useful_days or evidence.onset is None:
        return False
    likely = max(zip(evidence.onset, ONSET_MOST_DAYS.values(), strict=True))[1]
    return likely < test.earliest_useful_days


@dataclass(frozen=True)
class _Now:
    """What is done now, to compare every result with."""

    member: Array
    """(G, C) 1 where the condition belongs to the group of management."""
    at_least: Array
    """(L, C) 1 where the condition is at least as urgent as each level of `TOGETHER`."""
    leading: int
    urgency: int

    @staticmethod
    def of(posterior: Posterior) -> _Now:
        network, p = posterior.network, posterior.conditions
        names = sorted(set(network.management))
        level = np.array([level_rank(u) for u in network.urgency])
        member = np.array([[m == name for m in network.management] for name in names], dtype=float)
        at_least = np.array([level >= level_rank(name) for name in TOGETHER], dtype=float)
        return _Now(member, at_least, int((member @ p).argmax()), int(_urgency(at_least, p[:, None])[0]))

    def changes(self, p_outcome: Array, after: Array) -> float:
        """P(the result changes what is done), 0 to 1: another management group leads, and clearly, or the urgency changes.

        Args:
            p_outcome: (n,) P(outcome).
            after: (n, C) P(condition | outcome).
        """
        groups = self.member @ after.T
        clearly = groups.max(axis=0) - groups[self.leading] >= CLEAR_LEAD
        return min(float(p_outcome[clearly | (_urgency(self.at_least, after.T) != self.urgency)].sum()), 1.0)


def _urgency(at_least: Array, p: Array) -> NDArray[np.int_]:
    """Highest triage level whose causes, with all more urgent ones, reach their limit together, in each of n distributions (C, n); (n,)."""
    limits = np.array(list(TOGETHER.values()))
    ranks = np.array([level_rank(name) for name in TOGETHER])
    return np.asarray(np.where(at_least @ p >= limits[:, None], ranks[:, None], 0).max(axis=0))


def _effects(posterior: Posterior, test: Test, p_outcome: Array, after: Array) -> tuple[OutcomeEffect, ...]:
    effects = []
    for name, p, row in zip(test.outcomes, p_outcome, after, strict=True):
        order = np.argsort(-row[:-1])[:3]
        effects.append(OutcomeEffect(name, float(p), tuple((posterior.network.conditions[int(i)], float(row[i])) for i in order)))
    return tuple(effects)


def next_questions(
    posterior: Posterior, evidence: Evidence, kb: KnowledgeBase, red_flags: tuple[str, ...], most: int = 8
) -> tuple[Question, ...]:
    """Findings worth asking: unasked red flags first, then by expected information about the cause per burden."""
    asked = [f for f in kb.findings.values() if f.parent != "neutral" and f.question and evidence.presence(f.id) is Presence.UNKNOWN]
    sides = [_side_to_ask(posterior, f) for f in asked]
    tables = predict_all(posterior, list(zip(asked, sides, strict=True)), evidence.age_years)
    questions = {
        f.id: Question(f.id, side.value if side is not Side.UNSTATED else "", bits, f.id in red_flags)
        for f, side, bits in zip(asked, sides, _bits(posterior.conditions, tables), strict=True)
    }
    for which, told, table in (("onset", evidence.onset, posterior.network.onset), ("course", evidence.course, posterior.network.course)):
        if told is None:
            questions[which] = Question(which, "", information_bits(posterior.conditions, table)[0], which in red_flags)
    burden = {id_: 0 if id_ in TEMPO_QUESTIONS else kb.findings[id_].burden for id_ in questions}
    flags = [
        questions[f]
        for f in red_flags
        if f in questions and (f in TEMPO_QUESTIONS or chance_of(posterior, kb.findings[f], evidence.age_years) >= LEAST_CHANCE)
    ][: most // 2]
    rest = sorted((q for q in questions.values() if q not in flags), key=lambda q: -q.information_bits / (1 + burden[q.finding]))
    return tuple([*flags, *(q for q in rest if q.information_bits >= LEAST_BITS)][:most])


def _bits(p: Array, tables: list[Array]) -> list[float]:
    """Information of each question, those with two answers all at once; the same as `information_bits` one by one."""
    result = [0.0] * len(tables)
    binary = [i for i, table in enumerate(tables) if table.shape[1] == 2]
    if binary:
        for i, bits in zip(binary, binary_information_bits(p, np.stack([tables[i][:, 1] for i in binary], axis=1)), strict=True):
            result[i] = float(bits)
    for i in set(range(len(tables))) - set(binary):
        result[i] = information_bits(p, tables[i])[0]
    return result


def _side_to_ask(posterior: Posterior, finding: Finding) -> Side:
    """The side of the likelier lesion, where the finding has one."""
    if not finding.sided:
        return Side.UNSTATED
    left, right, both = posterior.joint.sum(axis=0)
    return Side.LEFT if left > max(right, both) else Side.RIGHT if right > max(left, both) else Side.UNSTATED
