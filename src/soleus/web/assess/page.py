"""The result page worked out once for each state of a case: its words and its picture."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from soleus.reports.bodymap.draw import Panel
from soleus.reports.bodymap.lesion import lesion_of
from soleus.reports.bodymap.lesion_picture import lesion_map
from soleus.reports.visit.concern import time_words
from soleus.web.assess.answers import Given, given
from soleus.web.assess.show import Result, shown
from soleus.web.assess.working import Known, known, of_interest, state
from soleus.web.knowledge import knowledge
from soleus.web.tracking.memory import Memory

VIEWS = ("back", "front")


@dataclass(frozen=True)
class ResultPage:
    """What the page shows."""

    it: Result
    title: str
    """Of the picture: the likeliest place."""
    panels: tuple[Panel, ...]
    """Empty where no place stands out."""
    known: Known
    answers: tuple[Given, ...]
    course: str
    """Since when and how it goes, as it was understood; empty if nobody said."""


_pages: Memory[ResultPage] = Memory(64)


def result_page(data: Mapping[str, Any], today: datetime.date) -> ResultPage:
    """Assess a case file in plain values and put it into words and a picture.

    Raises:
        CaseError: With every problem and every impossible value in it.
    """

    def make() -> ResultPage:
        kb = knowledge().kb
        found = known(data, today)
        lesion = lesion_of(found.result, kb)
        panels = lesion_map(lesion, views=VIEWS) if lesion.site else ()
        answered = state(of_interest(data), today)[0]
        course = time_words(found.case, found.result.evidence, today)
        return ResultPage(shown(found, kb, answered.asked), lesion.title, panels, found, given(answered), course)

    return _pages.of(of_interest(data), today, make)
