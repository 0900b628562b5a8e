"""Forms of an account."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest

from soleus.domain.errors import UsageError
from soleus.web.accounts.models import Role, User
from soleus.web.accounts.names import checked_name


def _name(text: str, user: User) -> str:
    try:
        return checked_name(text, user)
    except UsageError as error:
        raise forms.ValidationError(" ".join(f"{p.what} {p.cure}" for p in error.problems)) from None


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """Email, password, and the name that others see."""

    field_order: ClassVar = ["email", "display_name", "password1", "password2"]
    display_name = forms.CharField(
        max_length=40,
        required=False,
        label="Display name",
        help_text="What others see beside your comments. It need not be your real name.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "You sign in with it. Others never see it."

    def clean_display_name(self) -> str:
        return _name(self.cleaned_data["display_name"], User())

    def save(self, request: HttpRequest) -> Any:
        user = super().save(request)
        if user is not None and self.cleaned_data["display_name"]:
            user.display_name = self.cleaned_data["display_name"]
            user.save(update_fields=["display_name"])
        return user


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # no brackets at run time before Django 6
    class Meta:
        model = User
        fields: ClassVar = ["display_name"]

    def clean_display_name(self) -> str:
        return _name(self.cleaned_data["display_name"], self.instance)


class ClinicianForm(forms.Form):
    """Asks an admin to verify a clinician."""

    evidence = forms.CharField(
        max_length=500,
        label="Who you are as a clinician",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Profession, registration number and where an admin can look it up. Only admins see it.",
    )


class RoleForm(forms.Form):
    """An admin gives a role."""

    role = forms.ChoiceField(choices=Role.choices, label="Role")


class DeleteForm(forms.Form):
    """Deleting takes a word, so that no slip of the finger does it."""

    word = forms.CharField(label="Type DELETE to go on", help_text="Everything goes at once, and nothing can be brought back.")

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"])
        if word.strip() != "DELETE":
            raise forms.ValidationError("Type the word DELETE, in capital letters.")
        return word
