"""The form of a call: what is typed for an owner. Its rules stand in `claims`.

Guarantee: whatever is refused, all that was typed stands in the form again.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from recalldesk.claims.addresses import address_fields
from recalldesk.claims.contacts import LONGEST_NAME
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.payees import PayeeKind, payee_kinds
from recalldesk.claims.remedies_offered import Need, needs_of, remedies_in, remedy_named
from recalldesk.claims.states import Channel, ContactAbout, UnitReading
from recalldesk.console.calls.refusals import PROBLEMS
from recalldesk.recalls.document import Document
from recalldesk.recalls.wording import said

CHANNELS = [(each.value, each.label) for each in Channel if each is not Channel.PAGE]
ABOUT = [(each.value, each.label) for each in ContactAbout if each is not ContactAbout.DANGER]
"""What tells of danger goes its own way, by the button above the form."""
ADDRESS_NAMES = {
    "street_address": "Street, house number, apartment",
    "zip": "ZIP code",
    "postal": "Postal code",
    "pin": "PIN code",
    "do_si": "Do or si",
    "country_area": "Region",
}
PAYEES = {
    PayeeKind.US_ACCOUNT: "US bank account",
    PayeeKind.CHECK: "check by post",
    PayeeKind.IBAN: "bank account by IBAN",
}
PAYEE_FIELDS = {
    "account_holder": "Name on the account",
    "routing_number": "Routing number",
    "account_number": "Account number",
    "iban": "IBAN",
}
FIELDS_OF = {
    PayeeKind.US_ACCOUNT: ("account_holder", "routing_number", "account_number"),
    PayeeKind.IBAN: ("account_holder", "iban"),
    PayeeKind.CHECK: (),
}
LINE = {"autocomplete": "off"}


def line(label: str, *, hint: str = "", most: int = 200, **more: str) -> forms.CharField:
    """A field for one line; the browser keeps nothing of it."""
    widget = forms.TextInput({**LINE, "maxlength": str(most), **more})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def choice(
    label: str, options: Iterable[tuple[str, Any]], *, none: str = "", radio: bool = False
) -> forms.ChoiceField:
    """A field for one of several. `none`: what the empty choice says."""
    choices = [("", none), *options] if none else list(options)
    widget = forms.RadioSelect() if radio else forms.Select()
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=widget)


class DeskForm(forms.Form):
    """A form that reads, and shows what was refused beside its field."""

    use_required_attribute = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label_suffix": "", **kwargs})

    def text(self, name: str) -> str:
        """What was typed into a field, or nothing."""
        if name not in self.fields or not self.is_bound:
            return ""
        return str(self.data.get(name, "")).strip()

    def show(self, refused: FieldsRefused) -> None:
        """Puts each problem beside its field."""
        self.full_clean()
        for name, problem in refused.fields.items():
            self.add_error(name if name in self.fields else None, PROBLEMS[problem])

    def clean(self) -> dict[str, Any]:
        """Nothing is judged here."""
        return self.cleaned_data


class ContactForm(DeskForm):
    """How, when and about what somebody came."""

    channel = choice("How", CHANNELS)
    about = choice("About", ABOUT)
    happened_at = forms.CharField(
        label="When (UTC)",
        help_text="Empty: now.",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local", **LINE}),
    )
    note = forms.CharField(
        label="Note for colleagues",
        help_text="Sealed. No card number, ever.",
        required=False,
        widget=forms.Textarea({"rows": 3, "maxlength": "4000", **LINE}),
    )

    @property
    def way(self) -> Channel:
        """By what way they came."""
        named = self.text("channel")
        return Channel(named) if named in dict(CHANNELS) else Channel.PHONE

    @property
    def subject(self) -> ContactAbout:
        """About what."""
        named = self.text("about")
        return ContactAbout(named) if named in dict(ABOUT) else ContactAbout.CHECK

    @property
    def moment(self) -> datetime | None:
        """When it was, in UTC; None for now. Raises FieldsRefused."""
        typed = self.text("happened_at")
        if not typed:
            return None
        try:
            found = datetime.fromisoformat(typed)
        except ValueError:
            raise FieldsRefused({"happened_at": FieldProblem.NOT_OFFERED}) from None
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found


class CallForm(ContactForm):
    """All that is entered of one call."""

    def __init__(self, *, document: Document, country: str, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.document, self.country = document, country
        models = [(each.key, each.model) for each in document.products]
        remedies = [
            (each.key, said(each.title, document, language))
            for each in remedies_in(document, country)
        ]
        self.fields |= {
            "serial": line("Serial", spellcheck="false", autocapitalize="characters"),
            "product": choice("Model", models, none="not said"),
            "reading": choice("Its serial", UnitReading.choices),
            "name": line("Name", most=LONGEST_NAME),
            "email": line("E-mail", most=254, inputmode="email"),
            "phone": line("Phone", most=40, inputmode="tel"),
            "remedy": choice("Remedy", remedies, radio=True),
            "payee_kind": choice(
                "Money by", [(str(each), PAYEES[each]) for each in payee_kinds(country)]
            ),
            "agreed": forms.BooleanField(
                label="Read out, and the caller said yes to each", required=False
            ),
        }
        self.address_names = self._add_address() if country else ()
        kinds = payee_kinds(country)
        self.payee_names = tuple(dict.fromkeys(name for kind in kinds for name in FIELDS_OF[kind]))
        for name in self.payee_names:
            self.fields[name] = line(PAYEE_FIELDS[name], most=80)

    def _add_address(self) -> tuple[str, ...]:
        for each in address_fields(self.country):
            label = ADDRESS_NAMES.get(each.kind) or each.kind.replace("_", " ").capitalize()
            if each.choices:
                self.fields[each.name] = choice(label, each.choices, none="choose")
            else:
                self.fields[each.name] = line(label)
        return tuple(each.name for each in address_fields(self.country))

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the chosen remedy needs."""
        return needs_of(remedy_named(self.document, self.country, self.text("remedy")))

    @property
    def has_address(self) -> bool:
        """Whether any of an address was typed."""
        return any(self.text(name) for name in self.address_names)

    @property
    def address(self) -> dict[str, str] | None:
        """The address, where one was typed or the remedy needs one."""
        typed = {name: self.text(name) for name in self.address_names}
        return typed if self.has_address or Need.ADDRESS in self.needs else None

    @property
    def payee(self) -> dict[str, str] | None:
        """Where money goes, where the remedy is money."""
        if Need.PAYEE not in self.needs:
            return None
        return {name: self.text(name) for name in self.payee_names}

    @property
    def owner(self) -> list[BoundField]:
        """The fields of who it is."""
        return [self[name] for name in ("name", "phone", "email")]

    @property
    def post(self) -> list[BoundField]:
        """The fields of the address."""
        return [self[name] for name in self.address_names]

    @property
    def money(self) -> list[BoundField]:
        """The fields of the payee; none where no remedy of the country is money."""
        if not any(
            Need.PAYEE in needs_of(each) for each in remedies_in(self.document, self.country)
        ):
            return []
        return [self[name] for name in ("payee_kind", *self.payee_names)]

    @property
    def contact(self) -> list[BoundField]:
        """The fields of the contact."""
        return [self[name] for name in ("channel", "about", "happened_at", "note")]
