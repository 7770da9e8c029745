"""That a legal hold keeps a claim, for its page.

Guarantee: whoever may not see keeping reads that it is held, and since when; no more.
"""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.kept import holds_on_filing
from recalldesk.claims.models import Claim
from recalldesk.keeping.overview import names_of
from recalldesk.keeping.waiting import wished_since


@dataclass(frozen=True)
class HoldOnClaim:
    """One hold. `number`: None, and `names`, `by` empty, for whoever may not see keeping."""

    since: datetime
    number: int | None = None
    names: str = ""
    by: str = ""


@dataclass(frozen=True)
class HeldShown:
    """The holds on a claim, and when its owner asked to be erased meanwhile."""

    holds: tuple[HoldOnClaim, ...]
    asked_at: datetime | None


def held_shown(*, claim_id: int, by: Staff) -> HeldShown | None:
    """None where no hold keeps the claim."""
    filing_id, recall_id = Claim.objects.values_list("filing_id", "filing__recall_id").get(
        pk=claim_id
    )
    holds = holds_on_filing(filing_id, recall_id)
    if not holds:
        return None
    asked_at = wished_since(filing_id)
    if not by.may(Permission.SEE_KEEPING):
        return HeldShown((HoldOnClaim(min(each.placed_at for each in holds)),), asked_at)
    shown = (
        HoldOnClaim(
            each.placed_at,
            each.pk,
            names_of(each),
            each.placed_by.name if each.placed_by else "a restore",
        )
        for each in holds
    )
    return HeldShown(tuple(shown), asked_at)
