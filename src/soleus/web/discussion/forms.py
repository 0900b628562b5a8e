"""Forms of the discussion."""

from __future__ import annotations

from typing import Any

from django import forms

from soleus.domain.errors import SoleusError
from soleus.web.discussion.models import MOST_CHARACTERS
from soleus.web.discussion.words import Complaint

TRAP = "website"


class CommentForm(forms.Form):
    """A comment. `website` is a trap: no person sees it, and programs that send advertising fill in every field."""

    text = forms.CharField(
        label="Your comment",
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="**bold**, *italic*, lists with a hyphen and [links](https://…) work. Do not write what could tell others who you are.",
    )
    website = forms.CharField(label="Leave this field empty", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TRAP].widget.attrs.update({"autocomplete": "off", "tabindex": "-1"})

    def clean_website(self) -> str:
        if self.cleaned_data[TRAP]:
            self.fields[TRAP].widget.attrs.pop("tabindex", None)
            raise forms.ValidationError("Only programs fill this in. If you are none, empty it and send again.")
        return ""

    def complain(self, error: SoleusError) -> None:
        """Show beside the text what an action refused, so that what was written is not lost."""
        for problem in error.problems:
            self.add_error("text", f"{problem.what} {problem.cure}".strip())


class EditForm(CommentForm):
    """A comment that was there before, in the version that was before their eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """Why a moderator should look."""

    complaint = forms.ChoiceField(label="What is wrong with it?", choices=Complaint.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Tell us more",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only moderators read it. The writer never learns who reported.",
    )


class AppealForm(forms.Form):
    """Why a removed comment should be published."""

    text = forms.CharField(
        label="Why should it be published?",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Another moderator reads it, where there is one. You can appeal once.",
    )


class SuspensionAppealForm(AppealForm):
    """Why somebody should comment again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Why should you comment again?"


class SuspendForm(forms.Form):
    """A suspension from commenting."""

    days = forms.TypedChoiceField(
        label="How long?",
        choices=(("7", "One week"), ("30", "30 days"), ("90", "90 days"), ("lifted", "Until a moderator lifts it")),
        coerce=lambda said: None if said == "lifted" else int(said),
        initial="7",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person reads this. Say what was wrong, and what would be right.",
    )


class AnswerForm(forms.Form):
    """What somebody suspended is told when it is lifted, or not."""

    answer = forms.CharField(
        label="What you tell the person",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where the person stays suspended.",
    )


class SeenForm(forms.Form):
    """Which version of a comment a moderator has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RemoveForm(SeenForm):
    """A removal with its reason."""

    reason = forms.CharField(
        label="Reason",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The author reads this. Say what is wrong and what would be right.",
    )


class AppealDecisionForm(forms.Form):
    """What becomes of an appeal."""

    grant = forms.ChoiceField(label="Decision", choices=(("yes", "Publish it again"), ("no", "It stays removed")), widget=forms.RadioSelect)
    reason = forms.CharField(
        label="What you tell the author",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where it stays removed.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("grant") == "no" and not (given.get("reason") or "").strip():
            self.add_error("reason", "Tell the author why.")
        return given
