"""A purchaser as somebody of the desk may see one.

Guarantees: masked unless it is asked for in full; whoever sees it in full may, and stands in the
log before anything is opened.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recalldesk.claims.desk.masking import SHOWN_OF_ADDRESS, initials_of
from recalldesk.claims.models import Filing
from recalldesk.mailing.reads import masked
from recalldesk.purchasers.models import ContactPoint, Purchaser
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields_of_rows import opened

IN_LINE = ("street_address", "city", "country_area", "postal_code", "country_code")
NAMED = "named"
"""What the log says of a purchaser; nothing moved."""


@dataclass(frozen=True, repr=False)
class ShownContact:
    """One way to reach a purchaser, as it is shown."""

    kind: ContactKind
    value: str


@dataclass(frozen=True, repr=False)
class ShownPurchaser:
    """A purchaser, masked or in full. `country`: a code, or empty."""

    number: int
    name: str
    contacts: tuple[ShownContact, ...]
    country: str
    language: str
    person: int


def shown(
    purchasers: Sequence[Purchaser], *, in_full: bool = False
) -> Mapping[int, ShownPurchaser]:
    """These purchasers by their numbers. In full: only for `looking`, which logs it
    and why. Raises SealingError."""
    contacts: dict[int, list[ContactPoint]] = {each.pk: [] for each in purchasers}
    rows = ContactPoint.objects.filter(purchaser__in=list(contacts)).order_by("kind", "pk")
    for row in rows:
        contacts[row.purchaser_id].append(row)
    return {
        each.pk: ShownPurchaser(
            number=each.pk,
            name=_name(opened(each, "sealed_name"), in_full=in_full),
            contacts=tuple(_contact(row, in_full=in_full) for row in contacts[each.pk]),
            country=each.country,
            language=each.language,
            person=each.person_id,
        )
        for each in purchasers
    }


def shown_filing(filing: Filing, *, in_full: bool = False) -> ShownPurchaser:
    """Who filed a claim, as a purchaser is shown, without a number of theirs. In full: only for
    `looking`, which logs it and why. Raises SealingError."""
    sealed = (
        (ContactKind.EMAIL, "sealed_email"),
        (ContactKind.PHONE, "sealed_phone"),
        (ContactKind.ADDRESS, "sealed_address"),
    )
    values = [(kind, opened(filing, name)) for kind, name in sealed]
    return ShownPurchaser(
        number=0,
        name=_name(opened(filing, "sealed_name"), in_full=in_full),
        contacts=tuple(
            ShownContact(kind, contact_in_words(kind, value, in_full=in_full))
            for kind, value in values
            if value
        ),
        country=filing.country,
        language=filing.language,
        person=0,
    )


def _name(name: str, *, in_full: bool) -> str:
    return name if in_full else initials_of(name)


def contact_in_words(kind: ContactKind, value: str, *, in_full: bool) -> str:
    """A contact as it is kept, for somebody to read: in full, or masked."""
    if kind is not ContactKind.ADDRESS:
        return value if in_full else masked(value)
    address: Mapping[str, str] = json.loads(value) if value else {}
    fields = IN_LINE if in_full else SHOWN_OF_ADDRESS
    return ", ".join(address[each] for each in fields if address.get(each))


def _contact(row: ContactPoint, *, in_full: bool) -> ShownContact:
    kind = ContactKind(row.kind)
    value = contact_in_words(kind, opened(row, "sealed_value"), in_full=in_full)
    return ShownContact(kind, value)
