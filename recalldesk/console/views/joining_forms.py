"""The forms of joining the desk and of inviting somebody to it."""

from typing import Any

from django import forms

from recalldesk.accounts.permissions import Role
from recalldesk.console.signing_in.forms import AGAIN, EMAIL, HOW_LONG, PASSWORD


class JoinForm(forms.Form):
    """A first password, twice."""

    password = forms.CharField(
        label=PASSWORD,
        help_text=HOW_LONG,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=AGAIN, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        typed = self.cleaned_data
        if {"password", "again"} <= typed.keys() and typed["password"] != typed["again"]:
            self.add_error("again", "The two passwords differ.")
        return typed


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.CharField(
        label=EMAIL, max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    name = forms.CharField(
        label="Name", max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label="Role", choices=Role.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
