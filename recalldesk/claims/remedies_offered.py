"""Which remedies an owner can choose, and what each needs.

Guarantee: nothing is asked for that the chosen remedy does not need.
"""

from enum import StrEnum

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Remedy, RemedyKind


class Need(StrEnum):
    """What a remedy needs beside a way to reach the owner."""

    ADDRESS = "address"
    PAYEE = "payee"


NEEDS: dict[RemedyKind, tuple[Need, ...]] = {
    RemedyKind.GIFT_CARD: (),
    RemedyKind.REPLACEMENT: (Need.ADDRESS,),
    RemedyKind.REPAIR: (Need.ADDRESS,),
    RemedyKind.REFUND: (Need.PAYEE,),
}


def remedies_in(document: Document, country: str) -> tuple[Remedy, ...]:
    """The remedies that are offered in a country, in the recall's order."""
    return tuple(remedy for remedy in document.remedies if country in remedy.countries)


def remedy_named(document: Document, country: str, key: str) -> Remedy | None:
    """One of them, or None."""
    return next((each for each in remedies_in(document, country) if each.key == key), None)


def needs_of(remedy: Remedy | None) -> tuple[Need, ...]:
    """What the remedy needs."""
    return NEEDS[remedy.kind] if remedy else ()


def comes_by_email(remedy: Remedy | None) -> bool:
    """Whether what is chosen is mailed: the code of a gift card."""
    return remedy is not None and remedy.kind is RemedyKind.GIFT_CARD
