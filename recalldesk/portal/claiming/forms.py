"""How the fields of a claim are drawn, and how a refusal is put beside its field.

Guarantee: each field has its label, its hint and its problem bound to it, and tells the browser
what to fill in by itself.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy

from recalldesk.claims.errors import FieldProblem, FieldsRefused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Renderer(TemplatesSetting):
    """Draws fields with the portal's own template."""

    field_template_name = "portal/parts/field.html"


class ClaimForm(forms.Form):
    """A form whose rules stand in `claims`: it reads, and shows what was refused."""

    use_required_attribute = False
    """The browser's own bubbles are in its language, not the page's, and vanish."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label_suffix": "", **kwargs})

    def text(self, name: str) -> str:
        """What was typed into a field, or nothing."""
        if name not in self.fields:
            return ""
        return str(self.data.get(self.add_prefix(name), "") if self.is_bound else "").strip()

    def texts(self) -> dict[str, str]:
        """What was typed, by field."""
        return {name: self.text(name) for name in self.fields}

    def show(self, refused: FieldsRefused) -> None:
        """Puts each problem beside its field."""
        self.full_clean()
        for name, problem in refused.fields.items():
            self.add_error(name if name in self.fields else None, str(PROBLEM_WORDS[problem]))

    def clean(self) -> dict[str, Any]:
        """Nothing is judged here."""
        return self.cleaned_data


def text_field(
    label: "str | _StrPromise",
    *,
    autocomplete: str = "off",
    hint: "str | _StrPromise" = "",
    kind: str = "text",
    attributes: Mapping[str, str] | None = None,
    area: bool = False,
) -> forms.CharField:
    """A field for a line or, with `area`, for several. `autocomplete` is HTML's own word."""
    attrs = {"autocomplete": autocomplete, **(attributes or {})}
    widget: forms.Widget = forms.Textarea({"rows": 4, **attrs})
    if not area:
        widget = forms.TextInput({"type": kind, **attrs})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def choice_field(
    label: "str | _StrPromise", choices: list[tuple[str, str]], *, autocomplete: str = "off"
) -> forms.ChoiceField:
    """A field for one of a list."""
    widget = forms.Select({"autocomplete": autocomplete})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)


PROBLEM_WORDS: "Mapping[FieldProblem, str | _StrPromise]" = {
    FieldProblem.MISSING: gettext_lazy("Please fill this in."),
    FieldProblem.NOT_AN_EMAIL: gettext_lazy(
        "This is not an e-mail address. Write it as name@example.org."
    ),
    FieldProblem.NOT_A_PHONE: gettext_lazy(
        "This is not a phone number. Write it with its area code."
    ),
    FieldProblem.NO_WAY_TO_REACH: gettext_lazy(
        "Give an e-mail address or a phone number, so that we can reach you."
    ),
    FieldProblem.NO_EMAIL_FOR_REMEDY: gettext_lazy(
        "The code of your gift card comes by e-mail: give an e-mail address for it."
    ),
    FieldProblem.NOT_OFFERED: gettext_lazy("This is not offered in your country."),
    FieldProblem.UNKNOWN_COUNTRY: gettext_lazy("Choose your country."),
    FieldProblem.NOT_A_POSTAL_CODE: gettext_lazy("This does not fit the place. Look at it again."),
    FieldProblem.NOT_AN_AREA: gettext_lazy("Choose one from the list."),
    FieldProblem.NOT_AN_IBAN: gettext_lazy("This is not an IBAN. Look at each character again."),
    FieldProblem.NOT_A_ROUTING_NUMBER: gettext_lazy(
        "This is not a routing number. It has nine digits and stands at the bottom of a check."
    ),
    FieldProblem.NOT_AN_ACCOUNT: gettext_lazy("This is not an account number. Write digits only."),
    FieldProblem.NOT_A_REFERENCE: gettext_lazy(
        "This is not a reference. It has eight letters and digits after R, as R-2345-ACDE."
    ),
    FieldProblem.NOT_A_DAY: gettext_lazy(
        "This is not a day in the past. Write it as 2026-05-31, or leave it empty."
    ),
    FieldProblem.NOT_AN_AMOUNT: gettext_lazy(
        "This is not an amount. Write digits, as 120 or 120.50, or leave it empty."
    ),
    FieldProblem.NOTHING_TOLD: gettext_lazy(
        "Say what happened: choose one of these, or write a sentence below."
    ),
    FieldProblem.TOO_LONG: gettext_lazy("This is too long. Write it shorter."),
    FieldProblem.TOO_MANY: gettext_lazy("That is all for today. Write again tomorrow, or call us."),
}
