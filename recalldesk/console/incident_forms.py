"""The forms of an incident: a report to the authority, and what was learned of it."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError

from recalldesk.foundation import clock
from recalldesk.incidents.deciding import LONGEST_REFERENCE
from recalldesk.incidents.opening import LONGEST_NOTE
from recalldesk.incidents.states import Care, Happened, HasUnit
from recalldesk.incidents.story import Damaged, Hurt, Story
from recalldesk.recalls.document import Document

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LINE = {"autocomplete": "off"}
LONGEST_TEXT, LONGEST_SERIAL, LONGEST_AGE = 4_000, 60, 20
A_CURRENCY = re.compile(r"[A-Z]{3}")
UNSAID = ("", "not said")


class ReportForm(forms.Form):
    """That it was reported: under which reference, and when."""

    use_required_attribute = False
    reference = forms.CharField(
        label="The authority’s reference",
        required=False,
        max_length=LONGEST_REFERENCE,
        widget=forms.TextInput(LINE),
    )
    reported_at = forms.DateTimeField(label="Reported at (UTC)", widget=MOMENT)
    note = forms.CharField(
        label="Note, for the log",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2, **LINE}),
    )

    def moment(self) -> datetime:
        """When it was reported; the field is in UTC."""
        typed: datetime = self.cleaned_data["reported_at"]
        return typed.replace(tzinfo=UTC)


class LearnForm(forms.Form):
    """What was learned: what stays empty says nothing. One person and one thing at a time."""

    use_required_attribute = False
    happened = forms.ChoiceField(
        label="What the unit did", choices=[UNSAID, *Happened.choices], required=False
    )
    happened_on = forms.DateField(
        label="Day on which it happened",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    is_about = forms.BooleanField(label="The day is about right", required=False)
    product_key = forms.ChoiceField(label="Product", required=False)
    serial = forms.CharField(
        label="Serial",
        required=False,
        max_length=LONGEST_SERIAL,
        widget=forms.TextInput(LINE),
        help_text="It takes the place of the one told before.",
    )
    country = forms.CharField(
        label="Country", required=False, max_length=2, help_text="Two letters, as US."
    )
    has_unit = forms.ChoiceField(
        label="Where the unit is", choices=[UNSAID, *HasUnit.choices], required=False
    )
    account = forms.CharField(
        label="What was said, in words",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4, **LINE}),
        help_text="It is added to what was told. Sealed: it may tell of somebody’s health.",
    )
    care = forms.ChoiceField(
        label="Somebody who was hurt: what care they had",
        choices=[("", "nobody is added"), *Care.choices],
        required=False,
    )
    age = forms.CharField(
        label="Their age", required=False, max_length=LONGEST_AGE, widget=forms.TextInput(LINE)
    )
    harm = forms.CharField(
        label="How they were hurt",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2, **LINE}),
    )
    what = forms.CharField(
        label="Something that was damaged",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(LINE),
    )
    amount = forms.DecimalField(
        label="What the damage is worth",
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    currency = forms.CharField(
        label="Currency", required=False, max_length=3, help_text="Three letters, as USD."
    )
    note = forms.CharField(
        label="From where you know it",
        max_length=LONGEST_NOTE,
        widget=forms.TextInput(LINE),
        help_text="For the log.",
    )

    def __init__(self, document: Document | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = document.products if document else ()
        self.fields["product_key"] = forms.ChoiceField(
            label="Product",
            required=False,
            choices=[UNSAID, *((each.key, each.key) for each in products)],
        )

    def clean_country(self) -> str:
        """Two capitals."""
        code: str = self.cleaned_data["country"].strip().upper()
        if code and code not in phonenumbers.SUPPORTED_REGIONS:
            raise ValidationError("Write its two letters, as US.")
        return code

    def clean_currency(self) -> str:
        """Three capitals."""
        code: str = self.cleaned_data["currency"].strip().upper()
        if code and not A_CURRENCY.fullmatch(code):
            raise ValidationError("Write its three letters, as USD.")
        return code

    def clean_happened_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["happened_on"]
        if day and day > clock.now().date():
            raise ValidationError("This day has not come yet.")
        return day

    def clean(self) -> dict[str, Any]:
        """What belongs together is there together."""
        given = self.cleaned_data
        if (given.get("age") or given.get("harm")) and not given.get("care"):
            self.add_error("care", "Say what care they had, if only that it is not known.")
        if given.get("amount") is not None and not given.get("currency"):
            self.add_error("currency", "Say in which currency.")
        return given

    def story(self) -> Story:
        """What was learned."""
        given = self.cleaned_data
        amount: Decimal | None = given["amount"]
        hurt = (Hurt(Care(given["care"]), given["age"], given["harm"]),) if given["care"] else ()
        is_damaged = amount is not None or bool(given["what"])
        currency = given["currency"] if amount is not None else ""
        return Story(
            happened=Happened(given["happened"]) if given["happened"] else None,
            happened_on=given["happened_on"],
            is_day_exact=not given["is_about"],
            product_key=given["product_key"],
            country=given["country"],
            has_unit=HasUnit(given["has_unit"]) if given["has_unit"] else None,
            serial=given["serial"],
            account=given["account"],
            hurt=hurt,
            damaged=(Damaged(amount, currency, given["what"]),) if is_damaged else (),
        )
