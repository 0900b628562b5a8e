"""The answers of the interview, to look at and to change: any of them, not only the last; and what a change did."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from soleus.domain.finding import Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interview.choose import next_question, questionnaire
from soleus.interview.saved import case_data
from soleus.interview.state import UNKNOWN, Answer, Question, State
from soleus.web.assess.show import how_soon, percent
from soleus.web.assess.working import Known, of_interest, state
from soleus.web.knowledge import knowledge
from soleus.web.tracking.memory import digest
from soleus.web.tracking.place import Place

EFFECT, FINISH = "effect", "finish"
MOST_KEPT = 8
LEAST_KEPT = 0.01
MOST_SHOWN = 5


@dataclass(frozen=True)
class Given:
    """An answer as it is listed."""

    number: int
    """Its place among all answers, from 1."""
    question: str
    asked: str
    said: str


def given(state: State) -> tuple[Given, ...]:
    """Answers to questions that were put; the start page asks for the rest."""
    return tuple(Given(i, a.question, a.asked, a.said) for i, a in enumerate(state.answers, start=1) if a.asked)


def question_of(state: State, number: int) -> Question | None:
    """The question of an answer as it was put: the interview, from the answers before it, asks it again. None if it no longer would.

    Args:
        state: With all answers.
        number: Of the answer, from 1.
    """
    before, id_ = replace(state, answers=state.answers[: number - 1]), state.answers[number - 1].question
    again = next_question(before, knowledge())
    if isinstance(again, Question) and again.id == id_:
        return again
    return next((q for q in questionnaire(before, knowledge()) if q.id == id_), None)


def initial(question: Question, answer: Answer) -> dict[str, Any]:
    """What the form of a question holds to begin with: the answer given."""
    values = {(f.about, f.value) for f in answer.facts}
    if question.form in ("number", "text"):
        return {"chosen": next((f.value for f in answer.facts if f.value != UNKNOWN), "")}
    chosen = [c for c in question.choices if c.facts and all((f.about, f.value) in values for f in c.facts)]
    told = any(f.value != UNKNOWN for f in answer.facts)
    sides = [f.side.value for f in answer.facts if f.side is not Side.UNSTATED]
    unsure = [c.id for c in question.choices if told and c.otherwise and all((f.about, UNKNOWN) in values for f in c.otherwise)]
    ids = [c.id for c in chosen]
    picked: object = ids if question.form == "several" else next(iter(ids), None)
    return {"chosen": picked, "side": next(iter(sides), None), "unsure": unsure}


def changed(data: Mapping[str, Any], number: int, answer: Answer | None, today: datetime.date) -> dict[str, Any]:
    """The case file with another answer in the place of one, or without it; those after it stay.

    Args:
        data: The case file in plain values.
        number: Of the answer, from 1.
        answer: None takes it out.
        today: No date in the case lies after it.
    """
    now, before = state(data, today)
    answers = list(now.answers)
    answers[number - 1 : number] = [] if answer is None else [answer]
    return case_data(replace(now, answers=tuple(answers)), before)


# What a change did


@dataclass(frozen=True)
class Row:
    """A cause before and after."""

    name: str
    before: str
    after: str
    moved: str


@dataclass(frozen=True)
class Effect:
    """What the last change did to the result."""

    what: str
    soon: str
    is_sooner_or_later: bool
    place_before: str
    place: str
    rows: tuple[Row, ...]


def keep_effect(request: HttpRequest, place: Place, what: str, before: Known) -> None:
    """Remember how it was, to be compared with how it is now."""
    causes = {
        c.condition: round(c.probability, 3) for c in before.result.differential.candidates[:MOST_KEPT] if c.probability >= LEAST_KEPT
    }
    was = {"what": what[:300], "level": before.result.triage.level, "causes": causes, "place": _place(before), "of": _state(place)}
    _keep(request, place, EFFECT, was)


def has_effect(request: HttpRequest, place: Place) -> bool:
    """Whether the last thing that was done was a change; to know it costs no assessment."""
    return _kept(request, place, EFFECT) is not None


def effect_of(request: HttpRequest, place: Place, now: Known, kb: KnowledgeBase) -> Effect | None:
    """What the last change did; None if the case has been changed otherwise since."""
    was = _kept(request, place, EFFECT)
    if was is None:
        return None
    after = {c.condition: c.probability for c in now.result.differential.candidates}
    ids = dict.fromkeys([*list(was["causes"])[:3], *list(after)[:3]])
    rows = [_row(kb.conditions[id_].lay_name, was["causes"].get(id_, 0.0), after[id_]) for id_ in ids if id_ in after]
    rows.sort(key=lambda row: row[0], reverse=True)
    shown = tuple(row for _, row in rows[:MOST_SHOWN])
    level = now.result.triage.level
    return Effect(was["what"], how_soon(was["level"], level), was["level"] != level, was["place"], _place(now), shown)


def _row(name: str, before: float, after: float) -> tuple[float, Row]:
    moved = "about the same" if abs(after - before) < 0.02 else "likelier now" if after > before else "less likely now"
    return max(after, before), Row(name, percent(before), percent(after), moved)


def _place(known: Known) -> str:
    found = known.result.localisation
    return f"{found[0].places[0].name}{f', {found[0].side}' if found[0].side else ''}" if found else ""


def keep_finish(request: HttpRequest, place: Place, text: str) -> None:
    """Remember why there is no further question, for the result page."""
    _keep(request, place, FINISH, {"text": text, "of": _state(place)})


def finish_of(request: HttpRequest, place: Place) -> str:
    """Why there is no further question, as long as nothing is changed; else empty."""
    kept = _kept(request, place, FINISH)
    return str(kept["text"]) if kept else ""


def _state(place: Place) -> str:
    return digest(of_interest(place.data))


def _keep(request: HttpRequest, place: Place, key: str, value: dict[str, Any]) -> None:
    """With a person in their session, which goes when they sign out; without one in the browser alone."""
    if place.user is not None:
        request.session[f"assess-{key}"] = value
    else:
        place.draft.keep({**place.draft.data, key: value})


def _kept(request: HttpRequest, place: Place, key: str) -> dict[str, Any] | None:
    kept = request.session.get(f"assess-{key}") if place.user is not None else place.draft.data.get(key)
    return kept if kept and kept["of"] == _state(place) else None
