"""Forms of a plan: what suits the person, a session that was done, the morning after, and the calendar."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms

from soleus.care.dose import SideDose
from soleus.care.person import DAYS
from soleus.care.week import Session
from soleus.domain.care import CareKnowledge
from soleus.domain.exercise import Exercise
from soleus.domain.finding import Side
from soleus.domain.training_log import SYMPTOMS
from soleus.interchange.training_log import MOST_HOLD_S, MOST_KG, MOST_MINUTES, MOST_REPETITIONS
from soleus.interchange.wishes import LONGEST, SHORTEST
from soleus.reports.careplan.words import DAY, dose_words
from soleus.web.plans.planning import Made

AT_HOME = (
    "band",
    "step",
    "stairs",
    "rail",
    "mat",
    "ankle-weight",
    "backpack",
    "dumbbell",
    "strap",
    "ball",
    "slider",
    "cycle",
    "poles",
    "partner",
)
"""What many people have, named first; then the rest."""
_NUMBERS = re.compile(r"[,;\s]+")
MOST_SETS = 10
FARTHEST_START_D = 366
"""A calendar begins at most this far from today. [d]"""
NONE_TO_TEN = [("", "–"), *((str(i), str(i)) for i in range(11))]
WORDS = {
    "new cramps": "New cramps",
    "dark urine": "Dark urine, like cola",
    "weaker next day": "Weaker the day after",
    "new numbness": "New numbness",
    "chest symptoms": "Chest pain, faintness or a racing pulse",
    "fall": "A fall",
    "leg swelling": "A leg that swells",
    "twitching more": "More twitching",
    "bladder or bowel trouble": "New trouble with bladder or bowel, or numb between the legs",
}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class PreferencesForm(forms.Form):
    """What somebody can and wants to give to it."""

    days = forms.MultipleChoiceField(label="On which days?", choices=[(d, DAY[d]) for d in DAYS], widget=forms.CheckboxSelectMultiple)
    minutes = forms.IntegerField(
        label="How many minutes a day?", min_value=SHORTEST, max_value=LONGEST, help_text="Warm-up included. 20 to 40 suit most people."
    )
    equipment = forms.MultipleChoiceField(
        label="What do you have at hand?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A chair, bed, wall, towel, pillow and worktop are taken for granted.",
    )
    goals = forms.MultipleChoiceField(label="What do you want to be able to do?", required=False, widget=forms.CheckboxSelectMultiple)
    own_goals = forms.CharField(
        label="Other goals", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text="One a line."
    )
    conditions = forms.CharField(
        label="Diagnoses you have",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, such as: type 2 diabetes.",
    )
    medicines = forms.CharField(
        label="Medicines you take",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One a line, such as: atorvastatin.",
    )
    supervised = forms.BooleanField(label="A physiotherapist or trainer watches me train", required=False)
    avoid = forms.MultipleChoiceField(label="Exercises you do not want", required=False, widget=forms.CheckboxSelectMultiple)
    field_order = ("days", "minutes", "conditions", "medicines", "supervised", "avoid", "equipment", "goals", "own_goals")

    def __init__(self, care: CareKnowledge, made: Made, *args: Any, **kwargs: Any) -> None:
        wishes = made.told.wishes
        known = {g.name.lower(): g.id for g in care.goals.values()}
        kwargs["initial"] = {
            "days": wishes.days,
            "minutes": wishes.minutes_per_day,
            "equipment": sorted(wishes.equipment),
            "goals": [known[g.lower()] for g in made.case.goals if g.lower() in known],
            "own_goals": "\n".join(g for g in made.case.goals if g.lower() not in known),
            "conditions": "\n".join(made.case.conditions),
            "medicines": "\n".join(made.case.medicines),
            "supervised": made.case.preferences.get("supervised") is True,
            "avoid": sorted(wishes.avoid),
        }
        super().__init__(*args, **kwargs)
        self.care = care
        things = sorted(care.equipment.values(), key=lambda e: (AT_HOME.index(e.id) if e.id in AT_HOME else len(AT_HOME), e.id != "gym"))
        self.fields["equipment"].choices = [(e.id, e.name) for e in things if not e.household]  # type: ignore[attr-defined]
        self.fields["goals"].choices = [(g.id, g.name) for g in care.goals.values()]  # type: ignore[attr-defined]
        avoided = [(e, care.exercises[e].name) for e in sorted(wishes.avoid)]
        if avoided:
            self.fields["avoid"].choices = avoided  # type: ignore[attr-defined]
        else:
            del self.fields["avoid"]

    def changes(self) -> dict[str, Any]:
        """The keys of the case file that this form speaks of."""
        c = self.cleaned_data
        preferences: dict[str, Any] = {"minutes_per_day": c["minutes"], "days": c["days"], "equipment": c["equipment"]}
        if c["supervised"]:
            preferences["supervised"] = True
        if c.get("avoid"):
            preferences["avoid"] = c["avoid"]
        return {
            "preferences": preferences,
            "goals": [*(self.care.goals[g].name for g in c["goals"]), *_lines(c["own_goals"])],
            "conditions": _lines(c["conditions"]),
            "medicines": _lines(c["medicines"]),
        }


class DoneForm(forms.Form):
    """One exercise on one side, filled in with what was planned."""

    done = forms.BooleanField(label="Done", required=False)
    amount = forms.CharField(max_length=60, required=False, widget=forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
    load_kg = forms.FloatField(label="Weight, kg", required=False, min_value=0, max_value=MOST_KG)
    effort = forms.ChoiceField(label="Effort, 0 to 10", choices=NONE_TO_TEN, required=False)
    pain = forms.ChoiceField(label="Pain, 0 to 10", choices=NONE_TO_TEN, required=False)

    def __init__(self, exercise: Exercise, dose: SideDose, *args: Any, **kwargs: Any) -> None:
        self.exercise, self.dose = exercise, dose
        kwargs["initial"] = {"amount": self._planned()}
        super().__init__(*args, **kwargs)
        what = {"minutes": "Minutes", "hold_s": "Seconds held, set by set", "sets": "Repetitions, set by set"}[self.kind]
        self.fields["amount"].label = what
        for name in self.fields:
            self.fields[name].widget.attrs["aria-describedby"] = f"name-{self.prefix}"
        if not exercise.is_loading or self.kind == "minutes":
            del self.fields["load_kg"]

    @property
    def kind(self) -> str:
        return "minutes" if self.dose.minutes is not None else "hold_s" if self.dose.hold_s is not None else "sets"

    @property
    def side(self) -> str:
        return "" if self.dose.side in (Side.BOTH, Side.UNSTATED) else self.dose.side.value

    @property
    def planned(self) -> str:
        return dose_words(self.dose)

    def _planned(self) -> str:
        if self.dose.minutes is not None:
            return str(self.dose.minutes)
        return ", ".join([str(self.dose.hold_s if self.dose.hold_s is not None else self.dose.repetitions)] * self.dose.sets)

    def clean_amount(self) -> list[float] | list[int]:
        text = str(self.cleaned_data["amount"]).strip()
        if not self.cleaned_data.get("done") or not text:
            return []
        parts = [p for p in _NUMBERS.split(text) if p]
        most = {"minutes": MOST_MINUTES, "hold_s": MOST_HOLD_S, "sets": MOST_REPETITIONS}[self.kind]
        if any(not p.isdecimal() or int(p) > most for p in parts) or len(parts) > (1 if self.kind == "minutes" else MOST_SETS):
            example = "20" if self.kind == "minutes" else "10, 9, 8"
            raise forms.ValidationError(f"Whole numbers from 0 to {most}, such as {example}.")
        return [int(p) for p in parts]

    def entry(self) -> dict[str, Any] | None:
        """As it stands in the log; None if it was not done."""
        c = self.cleaned_data
        if not c["done"]:
            return None
        amount = c["amount"]
        made: dict[str, Any] = {"exercise": self.exercise.id, "side": self.side or "both"}
        if amount:
            made[self.kind] = amount[0] if self.kind == "minutes" else amount
        if c.get("load_kg") is not None:
            made["load_kg"] = c["load_kg"]
        return made | {key: int(c[key]) for key in ("effort", "pain") if c[key] != ""}


class AfterForm(forms.Form):
    """The day of a session, and what came after it."""

    symptoms = forms.MultipleChoiceField(
        label="Did anything of this come during or after it?",
        choices=[(s, WORDS[s]) for s in SYMPTOMS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    pain_next_morning = forms.ChoiceField(
        label="Pain next morning, 0 to 10", choices=NONE_TO_TEN, required=False, help_text="0 is none. Leave it open until then."
    )
    soreness_hours = forms.IntegerField(
        label="How many hours were the muscles sore?",
        min_value=0,
        max_value=336,
        required=False,
        help_text="One day is 24, two days are 48.",
    )
    note = forms.CharField(label="Note", max_length=300, required=False)
    seen = forms.BooleanField(
        label="A clinician has looked at this and lets me train",
        required=False,
        help_text="Training that was stopped goes on only after this. It counts for this session and for all before it.",
    )

    def entry(self) -> dict[str, Any]:
        """The keys of a session that this form speaks of; those left open are not there."""
        c = self.cleaned_data
        made: dict[str, Any] = {}
        if c["pain_next_morning"] != "":
            made["pain_next_morning"] = int(c["pain_next_morning"])
        if c["soreness_hours"] is not None:
            made["soreness_hours"] = c["soreness_hours"]
        return made | {key: c[key] for key in ("symptoms", "note", "seen") if c[key]}


class SessionForm(AfterForm):
    """The whole session."""

    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("on", "symptoms", "pain_next_morning", "soreness_hours", "note", "seen")

    def __init__(self, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day lies in the future.")
        if (self.today - on).days > 3650:
            raise forms.ValidationError("This day is too long ago.")
        return on

    def entry(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"].isoformat(), **super().entry()}


def done_forms(session: Session, data: Any = None) -> list[DoneForm]:
    """One for each exercise and side of a session."""
    pairs = [(item.exercise, dose) for item in session.items for dose in item.doses]
    return [DoneForm(e, d, data, prefix=f"{e.id}-{d.side.value}") for e, d in pairs]


class CalendarForm(forms.Form):
    """When the sessions stand in a calendar."""

    at = forms.TimeField(label="At what time?", initial="17:30", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    start = forms.DateField(label="From which day on?", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def clean_start(self) -> datetime.date:
        start: datetime.date = self.cleaned_data["start"]
        if abs((start - datetime.date.today()).days) > FARTHEST_START_D:
            raise forms.ValidationError("This day is more than a year off.")
        return start


class FeedForm(forms.Form):
    """At what time the sessions of a feed stand."""

    at = forms.TimeField(
        label="At what time do you train?", initial="17:30", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
