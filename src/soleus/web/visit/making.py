"""The summary of a case, worked out once for each of its states."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.assess import Assessment
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.interchange.narrative.medicines import medicine_names, medicines_told
from soleus.reports.visit.build import Beside, visit_summary
from soleus.reports.visit.course import in_order
from soleus.reports.visit.examined import examiners, seen_at
from soleus.reports.visit.html import concern_html, parts_html
from soleus.reports.visit.pdf import summary_pdf
from soleus.reports.visit.questions import suggested
from soleus.reports.visit.shorten import fitted
from soleus.reports.visit.summary import VisitSummary
from soleus.reports.words import SIDE
from soleus.web.assess.working import known
from soleus.web.cases.actions import log_of
from soleus.web.knowledge import care, knowledge
from soleus.web.tracking.memory import Memory
from soleus.web.tracking.place import Place
from soleus.web.tracking.reading import reading
from soleus.web.visit.models import Agenda

DRAFT_KEY = "visit"
WHERE = "the case itself and on its result page"


@dataclass(frozen=True)
class Asked:
    """What the person wants and asks; `questions` is None where they edited nothing yet."""

    wants: str = ""
    questions: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Shown:
    """The summary as the page shows it."""

    summary: VisitSummary
    concern: str
    """HTML of the first line."""
    parts: str
    """HTML of all below it."""


_whole: Memory[VisitSummary] = Memory(64)
_shown: Memory[Shown] = Memory(64)
_pdfs: Memory[bytes] = Memory(16)


def asked_of(place: Place) -> Asked:
    """What was edited for this case."""
    return asked_in_case(place.case) if place.case is not None else _read(place.draft.data.get(DRAFT_KEY))


def asked_in_case(case: Any) -> Asked:
    """What its owner edited for a saved case."""
    kept = Agenda.objects.filter(case=case).values("wants", "questions").first()
    return _read(kept)


def _read(kept: Mapping[str, Any] | None) -> Asked:
    return Asked(str(kept["wants"]), tuple(map(str, kept["questions"]))) if kept else Asked()


def suggestions(data: Mapping[str, Any], today: datetime.date) -> tuple[str, ...]:
    """Questions worth asking, by the assessment."""
    found = known(data, today)
    return suggested(found.case, found.result, knowledge().kb)


def summary_of(data: Mapping[str, Any], asked: Asked, today: datetime.date) -> VisitSummary:
    """The whole summary, before it is shortened to two pages.

    Raises:
        CaseError: With every problem of the case.
    """
    return _whole.of(_key(data, asked), today, lambda: _make(data, asked, today))


def shown(data: Mapping[str, Any], asked: Asked, today: datetime.date) -> Shown:
    """The summary for the page."""

    def make() -> Shown:
        summary = fitted(summary_of(data, asked, today))
        return Shown(summary, concern_html(summary), parts_html(summary))

    return _shown.of(_key(data, asked), today, make)


def pdf_of(data: Mapping[str, Any], asked: Asked, today: datetime.date) -> bytes:
    """The summary as PDF."""
    return _pdfs.of(_key(data, asked), today, lambda: summary_pdf(summary_of(data, asked, today)))


def digest_of(result: Assessment, kb: KnowledgeBase) -> dict[str, Any]:
    """What an examination may change: how soon, where, and the first five causes. Plain values, to be kept."""
    place = result.localisation[0] if result.localisation else None
    return {
        "level": result.triage.level,
        "place": f"{place.places[0].name}{', ' + SIDE[place.side] if place.side else ''}" if place else "",
        "causes": [[c.condition, kb.conditions[c.condition].lay_name, round(c.probability, 4)] for c in result.differential.candidates[:5]],
    }


def _key(data: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    return {"data": dict(data), "wants": asked.wants, "questions": asked.questions}


def _make(data: Mapping[str, Any], asked: Asked, today: datetime.date) -> VisitSummary:
    found = known(data, today)
    read = reading(data, today)
    exercises = care().exercises
    beside = Beside(
        charts=in_order(read.track, [m.spec for m in read.shown]) if read.track else (),
        log=log_of(data, today),
        exercises={id_: e.name for id_, e in exercises.items()},
        examined=examiners(data.get("findings") or ()),
        seen_at=seen_at(data.get("findings") or ()),
        questions=asked.questions,
        medicines=medicines_told(found.case.narrative, medicine_names(care()), knowledge().lexicon),
        wants=asked.wants,
        where=WHERE,
    )
    return visit_summary(found.case, found.understanding, found.result, knowledge().kb, today, beside)
