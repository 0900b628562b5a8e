"""An interview as plain values: state, transcript and assessment. Its keys: docs/how-to/interview.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from soleus.assess import Assessment
from soleus.domain.case import Case
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.evidence import Understanding
from soleus.interview.choose import Finish
from soleus.interview.state import Fact, Question, State
from soleus.reports.as_json import assessment_json

SCHEMA = "soleus/interview/1"


def interview_json(
    state: State, finish: Finish | None, case: Case, understanding: Understanding, result: Assessment, kb: KnowledgeBase
) -> dict[str, Any]:
    """Why it ended, what was asked and answered, and the assessment of it."""
    return {
        "schema": SCHEMA,
        "finish": None if finish is None else finish_json(finish),
        "transcript": [
            {"question": a.question, "kind": a.kind, "asked": a.asked, "said": a.said, "facts": [_fact(f) for f in a.facts]}
            for a in state.answers
        ],
        "assessment": assessment_json(case, understanding, result, kb),
    }


def finish_json(finish: Finish) -> dict[str, Any]:
    """Why there is no further question."""
    return {"reason": finish.reason, "text": finish.text, "because": finish.because, "do_now": list(finish.do_now)}


def question_json(question: Question) -> dict[str, Any]:
    """A question for a form; what its choices mean stays here."""
    keys = ("id", "kind", "form", "text", "why", "instructions", "caution")
    data = {key: value for key, value in asdict(question).items() if key in keys}
    data["instructions"] = list(question.instructions)
    data["choices"] = [{"id": c.id, "text": c.text, "sided": c.sided} for c in question.choices]
    return data


def _fact(fact: Fact) -> dict[str, str]:
    return {"about": fact.about, "value": fact.value, "side": "" if fact.side is Side.UNSTATED else fact.side.value}
