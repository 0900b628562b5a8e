"""The interview, one promise a test: what makes an emergency is asked within the first six questions, and nobody is alarmed for nothing.

All that is known at the beginning is "weak leg" and the age. The person answers from the textbook presentation of a cause.

Source: the promises are this project's own, from no publication. What makes an emergency, and how each cause presents, is the knowledge
base's, where each rule and frequency names its source.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from soleus.domain.case import Case, FindingEntry
from soleus.domain.evidence import Evidence
from soleus.evaluation.interview_simulator import Person
from soleus.evaluation.textbook import textbook_case
from soleus.interview.choose import Finish, next_question, picture_of
from soleus.interview.state import NONE, Answer, Question, State, answered, reply
from soleus.knowledge_store import Compiled
from soleus.reasoning.triage import Told

TODAY = datetime.date(2026, 3, 2)

IN_TIME = 6


class Sure(Person):
    """Somebody who has looked for everything: what the textbook does not tell is absent."""

    def _is_absent(self, id_: str) -> bool:
        return not self._present(id_)


def sure(evidence: Evidence, compiled: Compiled) -> Sure:
    return Sure(evidence, Told.of(evidence, compiled.kb), compiled.kb)


def interviewed(start: State, answer: Callable[[Question], Answer], compiled: Compiled) -> tuple[State, Finish]:
    state = start
    while isinstance(step := next_question(state, compiled), Question):
        state = answered(state, answer(step))
    return state, step


def weak_leg(age: float | None, sex: str = "male") -> State:
    return State(Case(age_years=age, sex=sex, findings=(FindingEntry("weak leg"),)), TODAY)


def of_textbook(condition: str, compiled: Compiled) -> tuple[State, Finish]:
    evidence, _ = textbook_case(compiled.kb.conditions[condition], compiled, "self")
    return interviewed(weak_leg(evidence.age_years), sure(evidence, compiled).answer, compiled)


@pytest.mark.parametrize(
    "condition",
    [
        "cauda-equina-syndrome",
        "metastatic-cord-compression",
        "spinal-epidural-abscess",
        "spinal-epidural-haematoma",
        "guillain-barre-syndrome",
        "acute-limb-ischaemia",
        "acute-aortic-occlusion",
        "aortic-dissection-leg-ischaemia",
        "acute-compartment-syndrome-leg",
        "gluteal-compartment-syndrome",
        "ischaemic-stroke",
        "intracerebral-haemorrhage",
        "transverse-myelitis",
        "botulism",
        "rhabdomyolysis",
        "tick-paralysis",
    ],
)
def test_the_red_flag_of_an_emergency_is_asked_in_time(compiled: Compiled, condition: str) -> None:
    """Weak leg and age are known; the answer that makes it an emergency by a red flag comes among the first six."""
    state, finish = of_textbook(condition, compiled)
    assert finish.reason == "emergency"
    assert picture_of(state, compiled).by_rule.level == "emergency"
    assert len(state.answers) <= IN_TIME
    assert "emergency number" in finish.do_now[0]
    assert finish.because


def told(compiled: Compiled, age: float, ticks: dict[str, tuple[str, ...]]) -> tuple[State, Finish]:
    """Somebody who ticks these and nothing else."""

    def answer(question: Question) -> Answer:
        here = [c.id for c in question.choices if c.id in ticks.get(question.id, ())]
        return reply(question, tuple(here) or ((NONE,) if question.form == "several" else ("no",) if _has(question, "no") else ()))

    return interviewed(weak_leg(age), answer, compiled)


def _has(question: Question, id_: str) -> bool:
    return any(c.id == id_ for c in question.choices)


def test_a_swollen_calf_with_chest_pain_is_an_emergency_in_time(compiled: Compiled) -> None:
    """A clot of the leg that has travelled to the lung.

    Source: ESC guideline on acute pulmonary embolism, 2019.
    """
    state, finish = told(compiled, 60, {"leg-look": ("calf-swelling",), "ambulance": ("chest-pain",), "onset": ("days",)})
    assert finish.reason == "emergency"
    assert len(state.answers) <= IN_TIME


def test_a_leg_that_hardly_moves_since_today_is_an_emergency_in_time(compiled: Compiled) -> None:
    """Sudden paralysis of a leg.

    Source: NICE NG127, Suspected neurological conditions: recognition and referral, 2019.
    """
    state, finish = told(compiled, 60, {"spread": ("weak-ankle-dorsiflexion-severe",), "onset": ("sudden",)})
    assert finish.reason == "emergency"
    assert picture_of(state, compiled).by_rule.level == "emergency"
    assert len(state.answers) <= IN_TIME


def test_a_swollen_calf_is_asked_in_time_and_seen_the_same_day(compiled: Compiled) -> None:
    """A clot in a leg vein.

    Source: NICE NG158, Venous thromboembolic diseases, 2020.
    """
    state, _ = of_textbook("deep-vein-thrombosis", compiled)
    assert [a.question for a in state.answers].index("leg-look") < IN_TIME
    assert picture_of(state, compiled).triage.level in ("same_day", "emergency")


def test_a_red_hot_leg_with_pain_beyond_measure_is_an_emergency_in_time(compiled: Compiled) -> None:
    """Necrotising infection.

    Source: IDSA guideline on skin and soft tissue infections, 2014.
    """
    ticks = {"leg-look": ("skin-spreading-redness", "pain-out-of-proportion"), "onset": ("days",), "serious": ("fever",)}
    state, finish = told(compiled, 60, ticks)
    assert finish.reason == "emergency"
    assert len(state.answers) <= IN_TIME


@pytest.mark.parametrize(
    "condition",
    ["calf-strain", "disuse-deconditioning", "sarcopenia", "achilles-tendinopathy", "lumbar-spinal-stenosis", "lumbar-disc-radiculopathy"],
)
def test_a_plain_cause_alarms_nobody(compiled: Compiled, condition: str) -> None:
    """No emergency is called where nothing but a plain cause is there."""
    state, finish = of_textbook(condition, compiled)
    assert finish.reason in ("settled", "enough")
    assert picture_of(state, compiled).triage.level != "emergency"


def test_an_alarm_by_probability_is_first_cleared_up(compiled: Compiled) -> None:
    """Whoever denies every safety question is not sent away before a few more questions."""
    state, _ = told(compiled, 75, {"onset": ("sudden",)})
    assert len(state.answers) >= IN_TIME
