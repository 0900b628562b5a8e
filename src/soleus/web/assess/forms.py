"""The start of an assessment, and one question of the interview."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from soleus.domain.finding import Side
from soleus.interview.state import NONE, Answer, Question, reply
from soleus.web.assess.letter import text_of
from soleus.web.assess.voices import CLINICS, VOICES, Voice

SEXES = (("female", "Female"), ("male", "Male"), ("intersex", "Intersex"), ("unknown", "I would rather not say"))
MOST_WORDS = 12_000
"""More does not fit into a browser. [characters]"""
MOST_LISTED = 1500
"""Of illnesses, and of medicines. [characters]"""
_BETWEEN = re.compile(r"[\n;]|,(?!\d)")


class StartForm(forms.Form):
    """The start page. A letter is added to the words."""

    asks = forms.ChoiceField(choices=[(v, v) for v in VOICES], required=False, widget=forms.HiddenInput)
    age = forms.IntegerField(min_value=0, max_value=120, required=False, help_text="In years. Many causes belong to an age.")
    sex = forms.ChoiceField(choices=SEXES, initial="unknown", widget=forms.RadioSelect, help_text="It changes how likely some causes are.")
    words = forms.CharField(required=False, max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 6}))
    conditions = forms.CharField(
        label="Illnesses",
        required=False,
        max_length=MOST_LISTED,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What a doctor has found before. One a line or a comma between, such as: type 2 diabetes.",
    )
    medicines = forms.CharField(
        label="Medicines",
        required=False,
        max_length=MOST_LISTED,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="All that is taken now. One a line or a comma between, such as: atorvastatin.",
    )
    letter = forms.FileField(
        label="Or a letter from a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
        help_text="Plain text (.txt). It is read on this server, put into the box above, and not stored.",
    )

    def __init__(self, voice: Voice, data: Any = None, files: Any = None, initial: Any = None) -> None:
        super().__init__(data, files, initial={**(initial or {}), "asks": voice.id})
        self.voice = voice
        self.fields["age"].label, self.fields["sex"].label, self.fields["words"].label = voice.age, voice.sex, voice.words
        self.fields["words"].help_text = voice.words_help
        if voice.is_clinician:
            self.fields["setting"] = forms.ChoiceField(
                label="Where do you see the patient?",
                choices=CLINICS,
                initial=CLINICS[0][0],
                widget=forms.RadioSelect,
                help_text="Rare causes are less rare in a clinic for them.",
            )

    def clean_conditions(self) -> list[str]:
        return _listed(self.cleaned_data["conditions"])

    def clean_medicines(self) -> list[str]:
        return _listed(self.cleaned_data["medicines"])

    def clean_letter(self) -> str:
        letter = self.cleaned_data.get("letter")
        return text_of(letter) if letter else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words = "\n\n".join(part for part in (given.get("words", "").strip(), given.get("letter", "")) if part)
        if given.get("letter") and len(words) > MOST_WORDS:
            self.add_error(
                "letter", f"With it there are {len(words):,} characters, and {MOST_WORDS:,} fit. Leave out what is not about the legs."
            )
        elif given.get("letter"):
            given["words"] = words
            self.data = {**self.data, "words": words}  # the page shows it, should something else be wrong
        return given


def _listed(text: str) -> list[str]:
    """Entries of a list written down the page or with commas; each once."""
    return list(dict.fromkeys(entry for part in _BETWEEN.split(text) if (entry := " ".join(part.split()).rstrip("."))))


LEGS = (("left", "Left"), ("right", "Right"), ("both", "Both"), ("unstated", "I cannot say"))


class QuestionForm(forms.Form):
    """One question. `answer()` is what was said; the buttons "None of these" and "I don't know" need no tick."""

    def __init__(self, question: Question, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, auto_id="q_%s", initial=initial)
        self.question = question
        self.said = (data or {}).get("say", "")
        choices = [(c.id, c.text) for c in question.choices]
        if question.form == "one":
            self.fields["chosen"] = forms.ChoiceField(label=question.text, choices=choices, widget=forms.RadioSelect, required=False)
        elif question.form == "several":
            widget = forms.CheckboxSelectMultiple
            self.fields["chosen"] = forms.MultipleChoiceField(label=question.text, choices=choices, widget=widget, required=False)
            self.fields["unsure"] = forms.MultipleChoiceField(label="Not sure about", choices=choices, widget=widget, required=False)
        elif question.form == "number":
            self.fields["chosen"] = forms.CharField(label=question.text, widget=forms.NumberInput, required=False)
        else:
            self.fields["chosen"] = forms.CharField(label=question.text, widget=forms.Textarea(attrs={"rows": 5}), required=False)
        if any(c.sided for c in question.choices):
            self.fields["side"] = forms.ChoiceField(label="If so, on which side?", choices=LEGS, widget=forms.RadioSelect, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.said:
            return given
        chosen = given.get("chosen") or []
        ids = [chosen] if isinstance(chosen, str) else chosen
        if self.question.choices and not ids and not given.get("unsure") and "chosen" not in self.errors:
            self.add_error("chosen", "Tick what fits, or press one of the other buttons.")
        if any(self.question.choice(id_).sided for id_ in ids) and not given.get("side"):
            self.add_error("side", "Say which side.")
        return given

    def answer(self) -> Answer:
        """What was said.

        Raises:
            UsageError: If it does not fit the question.
        """
        if self.said == "unknown":
            return reply(self.question)
        if self.said == "none":
            return reply(self.question, (NONE,))
        chosen = self.cleaned_data["chosen"]
        if self.question.form in ("number", "text"):
            return reply(self.question, text=chosen)
        ids = (chosen,) if isinstance(chosen, str) else tuple(chosen)
        unsure = tuple(u for u in self.cleaned_data.get("unsure", ()) if u not in ids)
        if unsure and not ids and len(unsure) < len(self.question.choices):
            ids = (NONE,)
        return reply(self.question, ids, side=Side(self.cleaned_data.get("side") or "unstated"), unsure=unsure)
