"""The summary of a case inside another page."""

from __future__ import annotations

from django import template
from django.utils import timezone

from soleus.reports.words import URGENCY
from soleus.web.cases.models import Case
from soleus.web.visit.making import asked_in_case, shown

register = template.Library()


@register.inclusion_tag("visit/_summary.html")
def visit_summary(case: Case) -> dict[str, object]:
    """What the link shows to a doctor: the summary with its owner's questions."""
    return {"page": shown(case.data, asked_in_case(case), timezone.localdate())}


@register.simple_tag
def urgency_word(level: str) -> str:
    """How soon, as a few words: `within two weeks`."""
    return URGENCY[level][0].lower()
