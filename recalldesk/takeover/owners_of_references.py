"""Whose each reference of the other system is.

Guarantee: references that differ by nothing but dashes or spaces, which are found as one, are one
filing only where they are of the same owner: nobody's claim is put under somebody else's.
"""

from recalldesk.claims.former_references import former_digest, spelled
from recalldesk.claims.models import FormerReference
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.claims_said import ClaimSaid

Owner = tuple[str, str]
ANOTHERS = (
    "has a reference that differs by dashes or spaces alone from that of another owner, so that "
    "the two would be one; write one of them otherwise"
)


class OwnersOfReferences:
    """Those that are here, and those of the file so far."""

    def __init__(self, recall_id: int, system: str) -> None:
        self._there = FormerReference.objects.filter(recall_id=recall_id, system=system)
        self._is_new = not self._there.exists()
        self._known: dict[bytes, tuple[str, Owner]] = {}

    def why_not(self, said: ClaimSaid) -> str:
        """Why a claim of this reference is not taken; empty where it may be."""
        form = former_digest(said.reference)
        mine = spelled(said.reference), _owner(said.name, said.email)
        if form not in self._known:
            self._known[form] = self._here(form) or mine
        first = self._known[form]
        return "" if mine[0] == first[0] or mine[1] == first[1] else ANOTHERS

    def _here(self, form: bytes) -> tuple[str, Owner] | None:
        if self._is_new:
            return None
        row = self._there.filter(digest=form).select_related("filing").first()
        if row is None:
            return None
        name, email = opened(row.filing, "sealed_name"), opened(row.filing, "sealed_email")
        return spelled(opened(row, "sealed_reference")), _owner(name, email)


def _owner(name: str, email: str) -> Owner:
    return name.casefold(), email.casefold()
