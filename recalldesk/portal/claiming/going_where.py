"""The fields that say where a remedy goes: an address, or an account and how it is named.

Guarantee: whoever fills a claim in and whoever changes it later is asked the same in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django import forms
from django.http import QueryDict

from recalldesk.claims.addresses import AddressField, address_fields
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.payees import PayeeKind, payee_kinds
from recalldesk.claims.reads import SeenFiling
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.portal.asking import LONGEST_FIELD
from recalldesk.portal.claiming.address_words import ADDRESS_LABELS, CHOOSE, EXAMPLE, OPTIONAL
from recalldesk.portal.claiming.forms import (
    PROBLEM_WORDS,
    ClaimForm,
    choice_field,
    text_field,
)
from recalldesk.portal.claiming.payee_words import PAYEE_FIELDS
from recalldesk.recalls.document.remedy import Remedy


class Keeps(Protocol):
    """What keeps an address, a payee or both. Raises FieldsRefused."""

    def __call__(
        self,
        *,
        address: Mapping[str, str] | None,
        payee_kind: str,
        payee: Mapping[str, str] | None,
    ) -> object:
        """Keeps it."""


@dataclass(frozen=True)
class Way:
    """One way for the money, with its own fields; `by_post` goes to the address."""

    kind: str
    names: tuple[str, ...]
    by_post: bool


@dataclass
class Asked:
    """What a remedy needs: the forms, and the way of the money that is chosen."""

    remedy: Remedy | None
    country: str
    payee: ClaimForm | None
    address: ClaimForm | None
    chosen: str
    is_missing: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the remedy needs."""
        return needs_of(self.remedy)

    @property
    def ways(self) -> list[Way]:
        """The ways in which the money can go; none where no money goes."""
        if self.payee is None:
            return []
        return [
            Way(kind.value, tuple(PAYEE_FIELDS[kind]), kind is PayeeKind.CHECK)
            for kind in payee_kinds(self.country)
        ]

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """Where each problem is, the label of its field, and the problem."""
        found = []
        if self.is_missing:
            found.append(("way-1", "", str(PROBLEM_WORDS[FieldProblem.MISSING])))
        for form in (self.payee, self.address):
            for field in form or ():
                found += [
                    (field.id_for_label, str(field.label), str(error)) for error in field.errors
                ]
        return found

    def is_kept(self, keep: Keeps) -> bool:
        """Keeps what was given; where it cannot be taken, puts each problem beside its field."""
        try:
            keep(
                address=self.address.texts() if self.address else None,
                payee_kind=self.chosen,
                payee=self.payee.texts() if self.payee else None,
            )
        except FieldsRefused as refused:
            self.is_missing = "payee_kind" in refused.fields
            for form in (self.payee, self.address):
                if form is not None:
                    mine = {k: v for k, v in refused.fields.items() if k in form.fields}
                    form.show(FieldsRefused(mine))
            return False
        return True


def asked_of(
    seen: SeenFiling, sent: QueryDict | None, on_file: Mapping[str, str] | None = None
) -> Asked | None:
    """What the chosen remedy needs, with what is on file or was sent; None: it needs nothing.
    `on_file`: an address of a shop's records, where the owner gave none yet."""
    country = seen.filing.country
    remedy = remedy_named(seen.document, country, seen.filing.remedy_key)
    needs = needs_of(remedy)
    if not needs:
        return None
    kinds = payee_kinds(country) if Need.PAYEE in needs else ()
    known = {"account_holder": seen.name, **seen.payee}
    payee = _payee_form(kinds, known, sent) if kinds else None
    by_post = Need.ADDRESS in needs or PayeeKind.CHECK in kinds
    address = _address_form(country, dict(seen.address or on_file or {}), sent) if by_post else None
    chosen = seen.payee.get("kind") or (kinds[0].value if kinds else "")
    if sent is not None:
        chosen = str(sent.get("payee_kind", ""))[:LONGEST_FIELD]
    return Asked(remedy, country, payee, address, chosen)


def _payee_form(
    kinds: tuple[PayeeKind, ...], values: dict[str, str], sent: QueryDict | None
) -> ClaimForm:
    """The fields of all ways in which the money can go."""
    form = ClaimForm(data=sent, initial=values)
    for kind in kinds:
        for name, field in PAYEE_FIELDS[kind].items():
            form.fields[name] = text_field(**field)
    return form


def _address_form(country: str, values: dict[str, str], sent: QueryDict | None) -> ClaimForm:
    """The fields of a country's addresses, in the order in which they are written there."""
    form = ClaimForm(data=sent, initial=values)
    for each in address_fields(country):
        form.fields[each.name] = _address_field(each)
    return form


def _address_field(each: AddressField) -> forms.Field:
    """One field of an address, called as its country calls it."""
    label = str(ADDRESS_LABELS.get(each.kind, ADDRESS_LABELS[each.name]))
    if not each.is_required:
        label = str(OPTIONAL) % {"label": label}
    if each.choices:
        choices = [("", str(CHOOSE)), *each.choices]
        return choice_field(label, choices, autocomplete=each.autocomplete)
    if each.name == "street_address":
        return text_field(
            label, autocomplete=each.autocomplete, area=True, attributes={"rows": "2"}
        )
    hint = str(EXAMPLE) % {"example": each.example} if each.example else ""
    code = {"dir": "ltr", "autocapitalize": "characters"} if each.name == "postal_code" else {}
    return text_field(label, autocomplete=each.autocomplete, hint=hint, attributes=code)
