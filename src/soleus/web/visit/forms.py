"""Forms of a visit: the questions, and the examination."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms

from soleus.web.visit.actions import MOST_CHARACTERS, MOST_QUESTIONS
from soleus.web.visit.examination import Held
from soleus.web.visit.grid import NOT_EXAMINED, OPEN, Row, cell, groups, rows

BLANKS = 3


class QuestionsForm(forms.Form):
    """The questions one by one, some empty lines for own ones, and suggestions that are not in the list."""

    wants = forms.CharField(
        label="What matters most to you?",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What you want from this visit, in a sentence or two. It is printed as your own words.",
    )

    def __init__(self, questions: Sequence[str], others: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"q{i}" for i in range(min(len(questions) + BLANKS, MOST_QUESTIONS))]
        for i, name in enumerate(self.names):
            self.fields[name] = forms.CharField(
                label=f"Question {i + 1}",
                required=False,
                max_length=MOST_CHARACTERS,
                initial=questions[i] if i < len(questions) else "",
                widget=forms.Textarea(attrs={"rows": 3}) if i < len(questions) else forms.TextInput,
            )
        if others:
            self.fields["add"] = forms.MultipleChoiceField(
                label="Add one of these?", choices=[(q, q) for q in others], required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def questions(self) -> list[str]:
        """In their order, without the empty ones."""
        return [*(self.cleaned_data[name] for name in self.names), *self.cleaned_data.get("add", ())]


@dataclass(frozen=True)
class Cell:
    """One choice of the grid, ready for the page."""

    name: str
    side: str
    chosen: str
    told: str
    changed: bool
    """Whether the case says something else than what stands here now."""


@dataclass(frozen=True)
class ShownRow:
    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ShownGroup:
    title: str
    help: str
    rows: tuple[ShownRow, ...]
    known: int
    """Cells with a value."""
    is_open: bool


@cache
def _allowed() -> dict[str, frozenset[str]]:
    """Cell and the values that it may have."""
    return {cell(row.finding.id, side): frozenset(v for v, _ in (NOT_EXAMINED, *row.options)) for row in rows() for side in row.sides}


class ExaminationForm(forms.Form):
    """Who, when, and the grid. The grid's choices are checked here as well; `cells` holds them."""

    doctor = forms.CharField(
        label="Who examined?", required=False, max_length=60, help_text="Such as: Dr Lee. It stands in the case beside what was found."
    )
    on = forms.DateField(label="When was it?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    confirmed = forms.BooleanField(
        label="I found all of the values shown, those that stood here already as well",
        required=False,
        help_text="Otherwise only what was changed is written down.",
    )

    def __init__(self, before: Mapping[str, Held], today: datetime.date, *, by_clinician: bool, data: Any = None) -> None:
        super().__init__(data, initial={"on": today})
        self.before = before
        self.today = today
        if by_clinician:
            del self.fields["doctor"]

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day lies in the future.")
        if on.year < self.today.year - 120:
            raise forms.ValidationError("This is too long ago.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if any(value not in allowed for name, allowed in _allowed().items() if (value := self.data.get(name, "")) != ""):
            raise forms.ValidationError("One of the values is none that the form offers.")
        return cleaned

    @property
    def cells(self) -> dict[str, str]:
        """Every cell of the grid as it was sent."""
        return {name: str(self.data.get(name, "")) for name in _allowed()}

    def grid(self) -> list[ShownGroup]:
        """The grid for the page: what was sent, else what the case says."""
        shown = []
        for number, group in enumerate(groups()):
            made = tuple(ShownRow(row, tuple(self._cell(row, side) for side in row.sides)) for row in group.rows)
            known = sum(1 for r in made for c in r.cells if c.chosen)
            shown.append(ShownGroup(group.title, group.help, made, known, number < OPEN or known > 0))
        return shown

    def _cell(self, row: Row, side: str) -> Cell:
        name = cell(row.finding.id, side)
        was = self.before.get(name, Held())
        chosen = str(self.data.get(name, "")) if self.is_bound else was.value
        return Cell(name, side, chosen, was.told, self.is_bound and chosen != was.value)
