"""A form with every kind of field, for the style guide."""

from __future__ import annotations

from django import forms


class ExampleForm(forms.Form):
    email = forms.EmailField(label="Email", help_text="Nobody else sees it.")
    age = forms.IntegerField(label="Age", min_value=0, max_value=120, help_text="In years.")
    about = forms.CharField(label="In your own words", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    since = forms.DateField(label="Since when?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    course = forms.ChoiceField(
        label="How does it go?", choices=[("worse", "Getting worse"), ("same", "The same"), ("better", "Getting better")]
    )
    side = forms.ChoiceField(label="Which leg?", choices=[("left", "Left"), ("right", "Right"), ("both", "Both")], widget=forms.RadioSelect)
    signs = forms.MultipleChoiceField(
        label="What do you notice?",
        choices=[("weak", "Weak"), ("thin", "Thinner"), ("numb", "Numb")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="I know that this is no diagnosis")
