"""That a legal hold keeps a claim, for its page."""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.claims.kept import holds_on_filing
from recalldesk.claims.models import Claim
from recalldesk.keeping.holds_shown import HoldShown, holds_shown
from recalldesk.keeping.waiting import wished_since


@dataclass(frozen=True)
class HeldShown:
    """The holds on a claim, and when its owner asked to be erased meanwhile."""

    holds: tuple[HoldShown, ...]
    asked_at: datetime | None


def held_shown(*, claim_id: int, by: Staff) -> HeldShown | None:
    """None where no hold keeps the claim."""
    filing_id, recall_id = Claim.objects.values_list("filing_id", "filing__recall_id").get(
        pk=claim_id
    )
    holds = holds_on_filing(filing_id, recall_id)
    if not holds:
        return None
    return HeldShown(holds_shown(holds, by=by), wished_since(filing_id))
