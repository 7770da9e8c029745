"""Whose each reference of the other system is.

Guarantees: references that differ by nothing but dashes, spaces or zeros before them, which are
found as one, are one filing only where they are of the same owner; and a reference that one file
says of two owners is the first one's: nobody's claim is put under somebody else's.
"""

from dataclasses import dataclass

from recalldesk.claims.former_references import former_digest, spelled
from recalldesk.claims.models import Filing, FormerReference
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.claims_said import ClaimSaid

ANOTHERS = (
    "has a reference that differs by dashes, spaces or zeros before it alone from that of another "
    "owner, so that the two would be one; write one of them otherwise"
)
TWO_OWNERS = "has a reference that a line before says of another owner; write one of them otherwise"


@dataclass(frozen=True, repr=False)
class Owner:
    """As they are compared."""

    name: str = ""
    email: str = ""
    phone: str = ""


def owner_said(said: ClaimSaid) -> Owner:
    """The one that a line names."""
    return Owner(_plain(said.name), said.email.casefold(), said.phone)


def owner_of(filing: Filing) -> Owner:
    """The one of a filing."""
    name, email, phone = (opened(filing, f"sealed_{each}") for each in ("name", "email", "phone"))
    return Owner(_plain(name), email.casefold(), phone)


def are_alike(one: Owner, other: Owner) -> bool:
    """Whether anything that is said of both is the same; so too where nothing is."""
    pairs = ((one.name, other.name), (one.email, other.email), (one.phone, other.phone))
    both = [a == b for a, b in pairs if a and b]
    return any(both) or not both


def _are_one(one: Owner, other: Owner) -> bool:
    return (one.name, one.email) == (other.name, other.email)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


class OwnersOfReferences:
    """Those that are here, and those of the file so far."""

    def __init__(self, recall_id: int, system: str) -> None:
        self._there = FormerReference.objects.filter(recall_id=recall_id, system=system)
        self._is_new = not self._there.exists()
        self._here: dict[bytes, tuple[str, Owner]] = {}
        self._before: dict[bytes, tuple[str, Owner] | None] = {}

    def why_not(self, said: ClaimSaid) -> str:
        """Why a claim of this reference is not taken; empty where it may be."""
        form = former_digest(said.reference)
        spelling, owner = spelled(said.reference), owner_said(said)
        if form not in self._before:
            self._before[form] = self._known(form)
        for first in (self._before[form], self._here.get(form)):
            if first and spelling != first[0] and not _are_one(owner, first[1]):
                return ANOTHERS
        if form in self._here and not are_alike(owner, self._here[form][1]):
            return TWO_OWNERS
        self._here.setdefault(form, (spelling, owner))
        return ""

    def is_first(self, said: ClaimSaid) -> bool:
        """Whether no line of the file said an owner of this reference yet."""
        return former_digest(said.reference) not in self._here

    def _known(self, form: bytes) -> tuple[str, Owner] | None:
        if self._is_new:
            return None
        row = self._there.filter(digest=form).select_related("filing").first()
        if row is None:
            return None
        return spelled(opened(row, "sealed_reference")), owner_of(row.filing)
