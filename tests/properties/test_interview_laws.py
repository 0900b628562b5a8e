"""Laws of the interview, whatever is asked and answered."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from soleus.domain.case import Case, FindingEntry
from soleus.domain.finding import Side
from soleus.interview.choose import MOST_QUESTIONS, Finish, next_question, picture_of
from soleus.interview.saved import resume, save
from soleus.interview.state import NONE, Answer, Question, State, answered, reply, undo
from soleus.knowledge_store import Compiled

TODAY = datetime.date(2026, 3, 2)

STEPS = 14


@st.composite
def starts(draw: st.DrawFn) -> State:
    age = draw(st.one_of(st.none(), st.integers(3, 95)))
    sex = draw(st.sampled_from(["male", "female", "unknown"]))
    finding = draw(st.sampled_from(["weak-leg", "calf-pain", "numb-foot", "difficulty-rising"]))
    return State(Case(age_years=age, sex=sex, findings=(FindingEntry(finding),)), TODAY)


def drawn(draw: st.DrawFn, question: Question) -> Answer:
    """Any answer to a question; mostly none or don't know, as in life."""
    if question.form == "number":
        return reply(question, text=draw(st.sampled_from(["", "7", "44", "81"])))
    if question.form == "text":
        return reply(question, text=draw(st.sampled_from(["", "my left calf is weak and numb", "both legs ache on walking"])))
    how = draw(st.sampled_from(["unknown", "none", "none", "some"]))
    side = draw(st.sampled_from([Side.LEFT, Side.RIGHT, Side.BOTH]))
    ids = [c.id for c in question.choices]
    if how == "unknown":
        return reply(question)
    if question.form == "several":
        if how == "none":
            return reply(question, (NONE,))
        ticked = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))
        doubtful = draw(st.lists(st.sampled_from(ids), max_size=1))
        return reply(question, tuple(ticked), side=side, unsure=tuple(i for i in doubtful if i not in ticked))
    return reply(question, (draw(st.sampled_from(ids)),), side=side)


@settings(max_examples=12, deadline=None)
@given(start=starts(), data=st.data())
def test_no_question_and_no_finding_is_asked_twice(compiled: Compiled, start: State, data: st.DataObject) -> None:
    state = start
    ids: set[str] = set()
    findings: set[str] = set()
    for _ in range(STEPS):
        question = next_question(state, compiled)
        if isinstance(question, Finish):
            break
        assert question.id not in ids
        new = {c.facts[0].about for c in question.choices if c.facts and c.facts[0].side is Side.UNSTATED}
        assert not new & findings, question.id
        ids.add(question.id)
        answer = data.draw(st.composite(lambda draw, q=question: drawn(draw, q))())
        if question.id != "complaint":  # what nobody ticked of the opening list may come again
            findings |= new
        state = answered(state, answer)


@settings(max_examples=12, deadline=None)
@given(start=starts(), data=st.data())
def test_taking_back_is_the_inverse_of_answering_and_a_resumed_interview_goes_on_the_same(
    compiled: Compiled, start: State, data: st.DataObject
) -> None:
    state = start
    for _ in range(data.draw(st.integers(1, STEPS))):
        question = next_question(state, compiled)
        if isinstance(question, Finish):
            break
        after = answered(state, data.draw(st.composite(lambda draw, q=question: drawn(draw, q))()))
        assert undo(after) == state
        assert next_question(undo(after), compiled) == question
        state = after
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        before = {"findings": [{"finding": f.finding} for f in start.case.findings]}
        if start.case.age_years is not None:
            before["age"] = start.case.age_years  # type: ignore[assignment]
        save(path, state, before)
        again, _ = resume(path, TODAY)
    here, there = next_question(state, compiled), next_question(again, compiled)
    if isinstance(here, Question):
        assert isinstance(there, Question)
        assert (here.id, here.text, here.choices) == (there.id, there.text, there.choices)
    else:
        assert here == there


@settings(max_examples=12, deadline=None)
@given(start=starts(), data=st.data())
def test_dont_know_moves_no_probability(compiled: Compiled, start: State, data: st.DataObject) -> None:
    state = start
    for _ in range(data.draw(st.integers(0, STEPS))):
        question = next_question(state, compiled)
        if isinstance(question, Finish):
            return
        unknown = picture_of(answered(state, reply(question)), compiled)
        now = picture_of(state, compiled)
        assert np.array_equal(unknown.posterior.conditions, now.posterior.conditions)
        assert unknown.triage.level == now.triage.level
        state = answered(state, data.draw(st.composite(lambda draw, q=question: drawn(draw, q))()))


@settings(max_examples=12, deadline=None)
@given(start=starts(), data=st.data())
def test_a_red_flag_that_makes_an_emergency_ends_it_at_once(compiled: Compiled, start: State, data: st.DataObject) -> None:
    state = start
    for _ in range(MOST_QUESTIONS + 4):
        question = next_question(state, compiled)
        emergency = picture_of(state, compiled).by_rule.level == "emergency"
        if isinstance(question, Finish):
            assert question.text
            assert question.reason == "emergency" or not emergency
            assert bool(question.do_now) == (question.reason == "emergency")
            return
        assert not emergency or question.id in ("age", "sex", "narrative")
        state = answered(state, data.draw(st.composite(lambda draw, q=question: drawn(draw, q))()))
    raise AssertionError("it did not end")
