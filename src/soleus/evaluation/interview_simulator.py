"""The interview on cases whose findings are known: how many questions it takes, against a random and a fixed order.

A simulated person answers from the structured findings of a case, and "don't know" to everything else.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from soleus.domain.case import Case
from soleus.domain.evidence import Evidence, Observation, ancestors
from soleus.domain.finding import Kind, Presence, Side
from soleus.domain.knowledge_base import COURSES, ONSETS, KnowledgeBase
from soleus.evaluation.gold import GoldCase, is_exact, is_family
from soleus.interchange.evidence import understand
from soleus.interview.choose import Finish, next_question, picture_of, questionnaire
from soleus.interview.state import NONE, Answer, Question, State, answered, reply
from soleus.interview.words import AGE, SEX
from soleus.knowledge_store import Compiled
from soleus.reasoning.triage import Told

COUNTS = (0, 5, 10, 15, 20, 25, 50, 75, 100, 150)
"""Numbers of questions after which the accuracy is looked at; the opening is not counted."""
ORDERS = ("interview", "random", "fixed")
SEED = 7


@dataclass(frozen=True)
class Person:
    """Somebody who knows the findings of a case and nothing else."""

    evidence: Evidence
    told: Told
    kb: KnowledgeBase

    @staticmethod
    def of(evidence: Evidence, kb: KnowledgeBase) -> Person:
        return Person(evidence, Told.of(evidence, kb), kb)

    def answer(self, question: Question) -> Answer:
        """The answer to a question, as far as the findings hold it."""
        if question.covers in (("age",), ("sex",), ("narrative",)):
            return reply(question)  # what the case does not tell of these, nobody knows
        if question.covers in (("onset",), ("course",)):
            return self._tempo(question)
        return self._ticked(question) if question.form == "several" else self._one(question)

    def _tempo(self, question: Question) -> Answer:
        names, likelihood = (ONSETS, self.evidence.onset) if question.covers == ("onset",) else (COURSES, self.evidence.course)
        return reply(question, () if likelihood is None else (names[likelihood.index(max(likelihood))],))

    def _ticked(self, question: Question) -> Answer:
        chosen, unsure, sides = [], [], set()
        for choice in question.choices:
            fact = choice.facts[0]
            present = self._present(fact.about)
            if fact.value == "severe":
                yes = all(self._value(f.about, self._present(f.about)) == "severe" for f in choice.facts)
                known = bool(present) or self._is_absent(fact.about)
                sides |= {o.side for o in present} if yes else set()
            elif fact.side is Side.BOTH:
                on = {o.side for o in present}
                yes = on >= {Side.LEFT, Side.RIGHT}
                known = yes or self._is_absent(fact.about) or bool(on & {Side.LEFT, Side.RIGHT})
            else:
                yes, known = bool(present), bool(present) or self._is_absent(fact.about)
                sides |= {o.side for o in present} if choice.sided else set()
            if yes:
                chosen.append(choice.id)
            elif not known:
                unsure.append(choice.id)
        if len(unsure) == len(question.choices):
            return reply(question)
        return reply(question, tuple(chosen) or (NONE,), side=_side(sides), unsure=tuple(unsure))

    def _one(self, question: Question) -> Answer:
        id_ = question.covers[0]
        present = self._present(id_)
        if not present and not self._is_absent(id_):
            return reply(question)
        value = self._value(id_, present)
        choice = next((c for c in question.choices if any(f.value == value for f in c.facts)), None)
        return reply(question) if choice is None else reply(question, (choice.id,), side=_side({o.side for o in present}))

    def _value(self, id_: str, present: Sequence[Observation]) -> str:
        kind = self.kb.findings[id_].kind
        if not present:
            return "normal" if kind is Kind.REFLEX else "absent"
        if kind in (Kind.BINARY, Kind.RISK):
            return "present"
        states = {o.state(self.kb.findings[o.finding]) for o in present if self.kb.findings[o.finding].kind is kind}
        if kind is Kind.STRENGTH:
            return "severe" if "severe" in states else "mild"
        return next((s for s in ("absent", "brisk", "reduced") if s in states), "reduced")

    def _present(self, id_: str) -> list[Observation]:
        return [o for o in self.told.by_finding.get(id_, ()) if o.presence is Presence.PRESENT]

    def _is_absent(self, id_: str) -> bool:
        return any(self.told.presence(f) is Presence.ABSENT for f in (id_, *ancestors(id_, self.kb.findings)))


def _side(sides: set[Side]) -> Side:
    if sides >= {Side.LEFT, Side.RIGHT}:
        return Side.BOTH
    return Side.LEFT if Side.LEFT in sides else Side.RIGHT if Side.RIGHT in sides else Side.UNSTATED


def simulate(
    state: State, person: Person, compiled: Compiled, *, most: int = COUNTS[-1], stop_in_emergency: bool = True
) -> tuple[State, Finish | None]:
    """Interview a person who knows the findings of a case, from a state on; the state at the end, and why it ended."""
    while sum(a.kind != "opening" for a in state.answers) < most:
        question = next_question(state, compiled, stop_in_emergency=stop_in_emergency)
        if isinstance(question, Finish):
            return state, question
        state = answered(state, person.answer(question))
    return state, None


@dataclass(frozen=True)
class Run:
    """One case in one order."""

    gold: GoldCase
    order: str
    asked: int
    """Questions asked until the interview stopped by itself, or `COUNTS[-1]`."""
    ranks: tuple[int | None, ...]
    """Rank of the exact answer after each of `COUNTS`."""
    families: tuple[int | None, ...]
    levels: tuple[str, ...]
    """Urgency after each of `COUNTS`."""
    full_rank: int | None
    """Rank with every finding of the case that can be asked."""
    full_family: int | None
    full_level: str
    emergency_at: int | None = None
    """The question, by number, whose answer made it an emergency by a red flag (0: known before); of the interview only."""
    emergency_by: str = ""
    """Its id."""


@dataclass(frozen=True)
class Curve:
    """Shares over the cases in one order, after each of `COUNTS`."""

    order: str
    top1: tuple[float, ...]
    top3: tuple[float, ...]
    family_top3: tuple[float, ...]
    emergencies_missed: tuple[int, ...]
    asked: float
    """Mean number of questions."""


def run(
    golds: Sequence[GoldCase],
    compiled: Compiled,
    today: datetime.date,
    *,
    setting: str,
    voice: bool = False,
    progress: Callable[[int], None] = lambda i: None,
) -> list[Run]:
    """Every case in every order. `voice`: the interview starts from the patient's own words, else from age and sex."""
    runs: list[Run] = []
    for i, gold in enumerate(golds):
        runs += _case(gold, compiled, today, setting, voice)
        progress(i + 1)
    return runs


def _case(gold: GoldCase, compiled: Compiled, today: datetime.date, setting: str, voice: bool) -> Iterator[Run]:
    set_in = gold.case.setting if gold.says_setting else setting
    case = replace(gold.case, narrative="", tests=(), setting=set_in)
    evidence = understand(case, compiled.kb, compiled.lexicon, today, with_tests=False).evidence
    person = Person.of(evidence, compiled.kb)
    start = State(
        Case(id=gold.id, age_years=case.age_years, sex=case.sex, setting=set_in, narrative=gold.patient_voice if voice else "unwell"), today
    )
    everything = list(questionnaire(start, compiled))
    unknown = [q for q, known in ((AGE, case.age_years is not None), (SEX, case.sex != "unknown")) if not known]
    for question in (*unknown, everything[0]):  # every order opens alike, the complaint included
        start = answered(start, person.answer(question))
    full = start
    for question in everything[1:]:
        full = answered(full, person.answer(question))
    whole = _score(full, gold, compiled)
    for order in ORDERS:
        states, emergency_at, emergency_by = _states(order, start, person, compiled, everything[1:])
        scores = [_score(s, gold, compiled) for s in states]
        asked = len(states[-1].answers) - len(start.answers)
        yield Run(
            gold,
            order,
            asked,
            tuple(s[0] for s in scores),
            tuple(s[1] for s in scores),
            tuple(s[2] for s in scores),
            *whole,
            emergency_at,
            emergency_by,
        )


def _states(
    order: str, start: State, person: Person, compiled: Compiled, everything: Sequence[Question]
) -> tuple[list[State], int | None, str]:
    states = [start]
    emergency_at, emergency_by = None, ""
    if order == "interview":
        state = start
        if picture_of(state, compiled).by_rule.level == "emergency":
            emergency_at = 0
        for number in range(1, COUNTS[-1] + 1):
            question = next_question(state, compiled, most=COUNTS[-1], stop_in_emergency=False)
            if isinstance(question, Finish):
                break
            state = answered(state, person.answer(question))
            states.append(state)
            if emergency_at is None and picture_of(state, compiled).by_rule.level == "emergency":
                emergency_at, emergency_by = number, question.id
    else:
        questions = list(everything)
        if order == "random":
            random.Random(SEED).shuffle(questions)
        state = start
        for question in questions[: COUNTS[-1]]:
            state = answered(state, person.answer(question))
            states.append(state)
    return [states[min(n, len(states) - 1)] for n in COUNTS], emergency_at, emergency_by


def _score(state: State, gold: GoldCase, compiled: Compiled) -> tuple[int | None, int | None, str]:
    """Rank of the exact answer and of its family, and the urgency."""
    picture = picture_of(state, compiled)
    p = picture.posterior.conditions[:-1]
    ranked = [compiled.kb.conditions[compiled.network.conditions[i]] for i in sorted(range(len(p)), key=lambda i: -p[i])]
    exact = next((i + 1 for i, c in enumerate(ranked) if is_exact(gold, c)), None)
    family = next((i + 1 for i, c in enumerate(ranked) if is_family(gold, c)), None)
    return exact, family, picture.triage.level


def curves(runs: Sequence[Run]) -> list[Curve]:
    """One curve for each order, and one with all questions asked (the same after every number of questions)."""
    result = []
    for order in ORDERS:
        mine = [r for r in runs if r.order == order]
        at = range(len(COUNTS))
        result.append(
            Curve(
                order,
                tuple(_share([r.ranks[k] for r in mine], 1) for k in at),
                tuple(_share([r.ranks[k] for r in mine], 3) for k in at),
                tuple(_share([r.families[k] for r in mine], 3) for k in at),
                tuple(sum(r.gold.is_emergency and r.levels[k] != "emergency" for r in mine) for k in at),
                sum(r.asked for r in mine) / max(len(mine), 1),
            )
        )
    mine = [r for r in runs if r.order == ORDERS[0]]
    missed = sum(r.gold.is_emergency and r.full_level != "emergency" for r in mine)
    n = len(COUNTS)
    full = Curve(
        "all asked",
        (_share([r.full_rank for r in mine], 1),) * n,
        (_share([r.full_rank for r in mine], 3),) * n,
        (_share([r.full_family for r in mine], 3),) * n,
        (missed,) * n,
        0.0,
    )
    return [*result, full]


def _share(ranks: Sequence[int | None], limit: int) -> float:
    return sum(r is not None and r <= limit for r in ranks) / max(len(ranks), 1)
