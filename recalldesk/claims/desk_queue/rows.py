"""The rows of the queue as a page shows them.

Guarantee: of the owner a row says the initials and nothing else, whoever looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.accounts.models import Staff
from recalldesk.claims.desk.masking import initials_of
from recalldesk.claims.desk_days import DeskDays
from recalldesk.claims.models import Claim
from recalldesk.claims.states import Channel, ClaimState, DeskList
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class QueueRow:
    """One claim. `looked_at_by`: who has it open at this moment. `initials`: of the owner. `today`:
    the day that it is where its promise holds."""

    claim_id: int
    reference: str
    position: int
    recall: str
    product: str
    initials: str
    desk: DeskList
    tags: tuple[str, ...]
    is_dangerous: bool
    is_appealed: bool
    channel: Channel
    country: str
    state: ClaimState
    filed_at: datetime | None
    promised_on: date | None
    today: date
    assigned_to: Staff | None
    looked_at_by: Staff | None


def rows_of(claim_ids: Sequence[int], *, days: DeskDays) -> tuple[QueueRow, ...]:
    """The rows of these claims, in this order; one that is not there is left out."""
    claims = Claim.objects.select_related(
        "filing", "recall", "assigned_to", "looked_at_by"
    ).in_bulk(list(claim_ids))
    return tuple(_row(claims[pk], days) for pk in claim_ids if pk in claims)


def _row(claim: Claim, days: DeskDays) -> QueueRow:
    filing = claim.filing
    is_open = claim.looked_at_until is not None and claim.looked_at_until > days.now
    return QueueRow(
        claim_id=claim.pk,
        reference=filing.reference,
        position=claim.position,
        recall=claim.recall.slug,
        product=claim.product,
        initials=initials_of(opened(filing, "sealed_name")),
        desk=DeskList(claim.desk),
        tags=tuple(claim.tags),
        is_dangerous=filing.is_dangerous,
        is_appealed=claim.is_appealed,
        channel=Channel(filing.channel),
        country=filing.country,
        state=ClaimState(claim.state),
        filed_at=filing.filed_at,
        promised_on=claim.promised_on,
        today=days.today(claim.recall_id),
        assigned_to=claim.assigned_to,
        looked_at_by=claim.looked_at_by if is_open else None,
    )
