"""Forms of a case."""

from __future__ import annotations

from django import forms

from soleus.web.cases.actions import MOST_DAYS


class ShareForm(forms.Form):
    """How long a link lasts, and for whom it is."""

    days = forms.IntegerField(
        min_value=1, max_value=MOST_DAYS, initial=14, label="How many days should the link work?", help_text=f"1 to {MOST_DAYS}."
    )
    note = forms.CharField(max_length=80, required=False, label="Who is it for?", help_text="For your own list, such as: my GP.")


class TitleForm(forms.Form):
    """What the owner calls a case."""

    title = forms.CharField(max_length=80, required=False, label="Name of this case")
