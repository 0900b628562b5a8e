"""The search box."""

from __future__ import annotations

from django import forms

from soleus.reports.articles.article import KIND_NAMES

EVERYTHING = "all"


class SearchForm(forms.Form):
    """What people look for. Sent by POST: a search may tell of an illness, and addresses are kept in many places."""

    words = forms.CharField(
        label="Search the library",
        max_length=200,
        help_text="Spelling does not matter much.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label="Look in",
        initial=EVERYTHING,
        choices=[(EVERYTHING, "Everything"), *((kind, many) for kind, (_, many) in KIND_NAMES.items() if kind != "entry")],
    )
