"""The plan as a sheet to print: a week to tick off, each exercise drawn, what to discuss, and a page for the fridge. HTML or Markdown."""

from __future__ import annotations

import datetime
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from soleus.care.advice import Offer
from soleus.care.person import DAYS
from soleus.care.programme import ORDER
from soleus.care.week import Planned, Session
from soleus.domain.care import CareKnowledge
from soleus.domain.case import Case
from soleus.domain.exercise import CATEGORIES, Category
from soleus.domain.figure import figure_of
from soleus.domain.knowledge_base import KnowledgeBase
from soleus.plan import CarePlan
from soleus.reports.careplan.words import (
    DAY,
    DO_NOW,
    LINE,
    NET,
    dose_words,
    doses_words,
    growth_words,
    loads_words,
    medicine_notes,
    pain_rule,
    settled,
    side_words,
    source_words,
    stop_rules,
    week_note,
)
from soleus.reports.figures.draw import draw
from soleus.reports.words import ADVICE, URGENCY

FOLDER = Path(__file__).parent / "templates"
CATEGORY: dict[Category, str] = {
    "resistance": "Strength",
    "balance": "Balance",
    "aerobic": "Endurance",
    "stretching": "Stretching",
    "mobility": "Mobility",
    "neural": "Nerve glide",
}
MOST_OFFERS = 10


@dataclass(frozen=True)
class Row:
    """One exercise with the days on which it is done."""

    item: Planned
    by_day: dict[str, str]
    """Dose by day."""

    @property
    def svg(self) -> str:
        figure, problems = figure_of(self.item.exercise.figure)
        assert figure is not None, problems
        return draw(figure, name=self.item.exercise.name, prefix=self.item.exercise.id)


def rows(sessions: tuple[Session, ...]) -> list[Row]:
    """The exercises of the week in the order in which a session does them."""
    found: dict[str, Row] = {}
    for s in sessions:
        for item in s.items:
            row = found.setdefault(item.exercise.id, Row(item, {}))
            row.by_day[s.day] = doses_words(item)
    return sorted(found.values(), key=lambda r: (ORDER.index(r.item.exercise.category), r.item.exercise.id))


def sheet(case: Case, plan: CarePlan, kb: KnowledgeBase, care: CareKnowledge, today: datetime.date, kind: str) -> str:
    """The whole sheet as text.

    Args:
        kind: `.html` or `.md`.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=kind == ".html",
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {f.__name__: f for f in (side_words, dose_words, doses_words, loads_words, ended, as_text)}
    return environment.get_template(f"sheet{kind}").render(**_values(case, plan, kb, care, today))


def _shown(plan: CarePlan) -> list[Offer]:
    """Treatments right under every cause, and those of the causes that are settled."""
    known = {c.condition for c in settled(plan)}
    return [o for o in plan.advice.offers if o.under_all or known & set(o.conditions)]


def as_text(text: str) -> str:
    """Somebody's own words as plain text in Markdown: no tag, no link, no emphasis."""
    return re.sub(r"([\\`*_\[\]#|])", r"\\\1", html.escape(text, quote=False))


def ended(text: str) -> str:
    """A text with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _values(case: Case, plan: CarePlan, kb: KnowledgeBase, care: CareKnowledge, today: datetime.date) -> dict[str, Any]:
    p = plan.programme
    return {
        "case": case,
        "plan": plan,
        "kb": kb,
        "today": today,
        "programme": p,
        "sessions": {s.day: s for s in p.week.sessions} if p else {},
        "rows": rows(p.week.sessions) if p else [],
        "days": DAYS,
        "day_name": DAY,
        "categories": CATEGORIES,
        "category_name": CATEGORY,
        "week_note": week_note(p) if p else "",
        "growth": growth_words(p) if p else [],
        "pain_rule": pain_rule(p.regimen, care) if p else "",
        "stop_rules": stop_rules(p.regimen, care) if p else [],
        "left_out": list(dict.fromkeys(o.because for o in p.ruled_out if o.hazard)) if p else [],
        "urgency": URGENCY[plan.level],
        "do_now": DO_NOW,
        "line": LINE,
        "settled": settled(plan),
        "medicine_notes": medicine_notes(plan),
        "source_words": lambda support: source_words(support, kb),
        "still_open": [c for c in plan.choices if c not in settled(plan)],
        "offers": _shown(plan)[:MOST_OFFERS],
        "advice": plan.advice,
        "levels": {level: words[1] for level, words in URGENCY.items()},
        "net": NET,
        "disclaimer": ADVICE,
        "css": (FOLDER / "sheet.css").read_text(encoding="utf-8"),
    }
