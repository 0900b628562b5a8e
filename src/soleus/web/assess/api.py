"""JSON: assess a case or free text, and the interview, one question a request. The server keeps nothing of either."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.params.functions import Body

from soleus.assess import assess
from soleus.domain.case import Case
from soleus.domain.errors import CaseError, Problem, UsageError
from soleus.domain.finding import Side
from soleus.domain.knowledge_base import SETTINGS
from soleus.interchange.casefile.read import MOST_TEXT, SCHEMA, SEXES, check_text
from soleus.interchange.evidence import Understanding, measured, try_to_understand
from soleus.interview.as_json import finish_json, question_json
from soleus.interview.choose import Finish, next_question
from soleus.interview.saved import case_data, state_of
from soleus.interview.state import PERSONAL, UNKNOWN, Answer, Fact, Question, State, answered, reply
from soleus.knowledge_store import open_catalogue
from soleus.reports.as_json import assessment_json
from soleus.web import api_schemas as schemas
from soleus.web.api_base import QUICK, Refused, document, told, within
from soleus.web.knowledge import knowledge
from soleus.web.tracking.memory import Memory

STEP_SCHEMA = "soleus/interview-step/1"
NOTHING_TOLD = "says nothing of the person's trouble."
assess_router = Router(tags=["Assess"])
interview_router = Router(tags=["Interview"])


def checked(data: Any, today: datetime.date, *, may_be_empty: bool = False) -> tuple[Case, list[Problem]]:
    """As much of a case file in plain values as can be read, and every problem in it."""
    case, problems = check_text(json.dumps({"schema": SCHEMA, **data} if isinstance(data, dict) else data, ensure_ascii=False), today)
    return case, [p for p in problems if not (may_be_empty and p.what == NOTHING_TOLD)]


def read_and_understand(data: Any, today: datetime.date) -> tuple[Case, Understanding]:
    """A case file in plain values, matched to the vocabulary; all its faults are told together.

    Raises:
        CaseError: With every problem of the file and of its values.
    """
    compiled = knowledge()
    case, problems = checked(data, today)
    if problems and len(str(data)) > MOST_TEXT:  # refused already: to match so much would take seconds
        raise CaseError(problems)
    understanding, more = try_to_understand(case, compiled.kb, compiled.lexicon, today)
    if case.measurements:
        understanding, impossible = measured(case, understanding, compiled.kb, open_catalogue, today)
        more += impossible
    if problems or more:
        raise CaseError([*problems, *more])
    return case, understanding


def assessment_of(data: Any, today: datetime.date) -> dict[str, Any]:
    """What `soleus assess --json` writes for this case file.

    Raises:
        CaseError: With every problem in it.
    """
    case, understanding = read_and_understand(data, today)
    compiled = knowledge()
    return assessment_json(case, understanding, assess(understanding.evidence, compiled.kb, compiled.network), compiled.kb)


@assess_router.post(
    "/assess",
    summary="How soon to be seen, where the lesion may lie, what it may be, what to do next",
    response={200: schemas.Assessment, (400, 413, 422, 429): schemas.Problems},
    by_alias=True,
    throttle=[QUICK],
)
def assess_case(request: HttpRequest, body: schemas.CaseFile | schemas.Words = Body(...)) -> HttpResponse:  # noqa: B008
    """A case file in; the same document out as `soleus assess CASE --json` writes. Or `{"text": …}`: free text, as with `--text`.

    Nothing is stored.
    """
    data = told(request)
    return document(assessment_of(_of_words(data) if "text" in data else data, timezone.localdate()))


def _of_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Free text as a case file.

    Raises:
        CaseError: With every problem in it.
    """
    problems = [Problem(key, "is no key beside `text`.", "Keys here: text, setting.") for key in data if key not in ("text", "setting")]
    text, setting = data["text"], data.get("setting") or "self"
    if not isinstance(text, str) or not text.strip():
        problems.append(Problem("text", "holds no text.", "Write what is wrong, since when, and what was found."))
    elif len(text) > MOST_TEXT:
        problems.append(Problem("text", f"is longer than {MOST_TEXT:,} characters.", "Shorten it to what matters."))
    if setting not in SETTINGS:
        problems.append(Problem("setting", f"is not one of {', '.join(SETTINGS)}.", "Leave it out if you ask for yourself."))
    if problems:
        raise CaseError(problems)
    return {"narrative": text, "setting": setting}


_steps: Memory[Question | Finish] = Memory(256)


@interview_router.post(
    "/interview/next",
    summary="The next question, or why there is none",
    response={200: schemas.InterviewStep, (400, 409, 413, 422, 429): schemas.Problems},
    by_alias=True,
    throttle=[QUICK],
)
def interview_next(request: HttpRequest, body: schemas.InterviewSoFar) -> HttpResponse:
    """Send the case before the interview and the `answers` as they came back; with `reply`, the answer to the last question.

    What comes back holds the next question or, in `finish`, why there is none; the answers to send next time; and everything told
    so far as a case file. To take an answer back, leave it out of `answers`: any of them, not only the last. Nothing is stored.
    """
    today = timezone.localdate()
    case_told = told(request).get("case") or {}
    with within("case"):
        case, problems = checked(case_told, today, may_be_empty=True)
        if problems:
            raise CaseError(problems)
        state, before = state_of(case, case_told, today)
    if body.answers and any(a.asked for a in state.answers):
        raise CaseError(Problem("answers", "stand in the case already.", "Send the case from before the interview, or no answers."))
    state = State(state.case, today, (*state.answers, *_answers(body.answers)))
    if body.reply is not None:
        state = answered(state, _reply(body.reply, _step(state, case_told)))
    step = _step(state, case_told)
    return document(
        {
            "schema": STEP_SCHEMA,
            "question": question_json(step) if isinstance(step, Question) else None,
            "finish": finish_json(step) if isinstance(step, Finish) else None,
            "answers": [_as_json(a) for a in state.answers if a.asked],
            "case": json.loads(json.dumps(case_data(state, before), default=str)),
        }
    )


def _step(state: State, case_told: Mapping[str, Any]) -> Question | Finish:
    """What comes next. The present question was worked out when it was asked; it is not worked out again to read the reply."""
    so_far = {"case": case_told, "answers": [_as_json(a) for a in state.answers]}
    return _steps.of(so_far, state.today, lambda: next_question(state, knowledge()))


def _reply(given: schemas.Reply, question: Question | Finish) -> Answer:
    if isinstance(question, Finish):
        raise Refused(409, "There is no further question.", question.text, "reply")
    if given.question != question.id:
        raise Refused(409, f'The question now is "{question.id}".', "Ask again without `reply`, and show that one.", "reply.question")
    sided = any(c.sided and c.id in given.chosen for c in question.choices)
    side = Side(given.side or "unstated") if sided else Side.UNSTATED
    try:
        return reply(question, tuple(given.chosen), side=side, unsure=tuple(given.unsure), text=given.text)
    except UsageError as error:
        raise Refused(422, str(error), where="reply") from None


def _answers(given: list[schemas.AnswerGiven]) -> list[Answer]:
    problems = [p for i, a in enumerate(given) for j, f in enumerate(a.facts) for p in _faults(f, f"answers[{i}].facts[{j}]")]
    if problems:
        raise CaseError(problems)
    return [
        Answer(
            a.question, a.kind, tuple(Fact(f.about, f.value, Side(f.side or "unstated")) for f in a.facts), a.asked or a.question, a.said
        )
        for a in given
    ]


def _faults(fact: schemas.FactTold, where: str) -> list[Problem]:
    if fact.about not in PERSONAL and fact.about not in knowledge().kb.findings:
        return [Problem(f"{where}.about", "is no finding that Soleus knows.", "Send the answers as they came back.")]
    if fact.value == UNKNOWN:
        return []
    if fact.about == "sex" and fact.value not in SEXES.values():
        return [Problem(f"{where}.value", "is not one of male, female, intersex, unknown.")]
    if fact.about == "age" and not _is_age(fact.value):
        return [Problem(f"{where}.value", "is not an age in years, from 0 to 120.")]
    if fact.about != "narrative" and len(fact.value) > 200:
        return [Problem(f"{where}.value", "is longer than 200 characters.")]
    return []


def _is_age(text: str) -> bool:
    try:
        return 0 <= float(text) <= 120
    except ValueError:
        return False


def _as_json(a: Answer) -> dict[str, Any]:
    facts = [{"about": f.about, "value": f.value, "side": "" if f.side is Side.UNSTATED else f.side.value} for f in a.facts]
    return {"question": a.question, "kind": a.kind, "asked": a.asked, "said": a.said, "facts": facts}
