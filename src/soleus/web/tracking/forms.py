"""Forms of measurements."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from soleus.domain.errors import OutOfRange
from soleus.domain.measure_entry import MeasureEntry
from soleus.reports.trend.words import shown_exact
from soleus.web.tracking.actions import MOST_TABLE_BYTES, Given, Implausible

SIDES = [("left", "Left leg"), ("right", "Right leg")]
EITHER = [*SIDES, ("both", "Both"), ("", "No side")]


class MeasurementForm(forms.Form):
    """One value, with the fields that this measure needs and no others."""

    side = forms.ChoiceField(label="Which leg?", choices=SIDES, widget=forms.RadioSelect)
    value = forms.CharField(
        label="Value", max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    )
    unit = forms.ChoiceField(label="Unit", required=False)
    unable = forms.BooleanField(
        label="I tried and could not do it", required=False, help_text="That counts as a result; leave the value empty."
    )
    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    aid = forms.CharField(label="Stick, brace or rail used", max_length=80, required=False)
    by = forms.CharField(label="Measured by", max_length=80, required=False, help_text="If it was not you.")
    note = forms.CharField(
        label="Note", max_length=200, required=False, help_text="Anything that may matter later: pain, a cold, other shoes."
    )
    sure = forms.BooleanField(label="Yes, this value is right", required=False)

    def __init__(self, measure: MeasureEntry, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.today = measure, today
        low, high = measure.plausible
        ends = f"{shown_exact(measure, low)} to {shown_exact(measure, high)}"
        if measure.grades:
            self.fields["value"] = forms.ChoiceField(label="Grade", choices=[(g, g) for g in measure.grades])
        else:
            self.fields["value"].label = f"Value in {measure.unit}" if not measure.units else "Value"
            self.fields["value"].help_text = f"People reach {ends}."
        if measure.sides == "whole":
            del self.fields["side"]
        elif measure.sides == "either":
            self.fields["side"] = forms.ChoiceField(label="Which side?", choices=EITHER, required=False, widget=forms.RadioSelect)
        if measure.units and not measure.grades:
            self.fields["unit"] = forms.ChoiceField(label="Unit", choices=[(u, u) for u in dict.fromkeys((measure.unit, *measure.units))])
        else:
            del self.fields["unit"]
        can_fail = measure.floor is not None
        if not can_fail:
            del self.fields["unable"]
        self.fields["value"].required = not (can_fail and self.data.get("unable"))
        self.fields["value"].error_messages["required"] = "Give a value" + (", or tick that you could not do it." if can_fail else ".")
        if not self.is_bound or not self.data.get("unusual"):
            del self.fields["sure"]
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.order_fields(["side", "value", "unit", "unable", "sure", "on", "aid", "by", "note"])

    @property
    def is_unusual(self) -> bool:
        """Whether the page has to ask if a value is right."""
        return self.is_bound and any(e.code == "unusual" for errors in self.errors.as_data().values() for e in errors)

    def clean_on(self) -> datetime.date:
        on: datetime.date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This day lies in the future.")
        if on.year < self.today.year - 100:
            raise forms.ValidationError("This day is too long ago.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        value, unable = cleaned.get("value", ""), cleaned.get("unable", False)
        if value and unable:
            self.add_error("unable", "Give either a value, or this tick.")
        elif not self.errors:
            try:
                self.given.point(self.measure, sure=bool(cleaned.get("sure")))
            except Implausible as error:
                self.add_error("value", forms.ValidationError(f"{error} Mend it, or say that it is right.", code="unusual"))
            except OutOfRange as error:
                self.add_error("value", str(error))
        return cleaned

    @property
    def given(self) -> Given:
        """What was typed."""
        c = self.cleaned_data
        return Given(
            on=c["on"],
            value=c.get("value", ""),
            unit=c.get("unit", "") if c.get("unit") != self.measure.unit else "",
            side=c.get("side", ""),
            unable=bool(c.get("unable")),
            aid=c["aid"],
            by=c["by"],
            note=c["note"],
        )


class TableForm(forms.Form):
    """A table of measurements."""

    table = forms.FileField(label="Table (CSV)", help_text="A text file of at most 0.9 MB, with the columns measure, value, side, on.")

    def clean_table(self) -> Any:
        table = self.cleaned_data["table"]
        if table.size > MOST_TABLE_BYTES:
            raise forms.ValidationError("This file is larger than 0.9 MB. Import it in parts.")
        return table
