"""The rows of the queue as a page shows them.

Guarantee: of the owner a row says the initials and nothing else, whoever looks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

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
    alike: int = 0
    """How many claims of the same list of units stand in the same list of the desk; 0 where it is
    of no list."""


def rows_of(claim_ids: Sequence[int], *, days: DeskDays) -> tuple[QueueRow, ...]:
    """The rows of these claims, in this order; one that is not there is left out."""
    claims = Claim.objects.select_related(
        "filing", "recall", "assigned_to", "looked_at_by"
    ).in_bulk(list(claim_ids))
    listed = {each.filing_id for each in claims.values() if each.filing.is_list}
    alike = _alike(listed) if listed else {}
    return tuple(
        _row(claim, days, alike.get((claim.filing_id, claim.desk), 0))
        for pk in claim_ids
        if (claim := claims.get(pk)) is not None
    )


def _alike(filings: Collection[int]) -> dict[tuple[int, str], int]:
    rows = Claim.objects.filter(filing__in=filings).values_list("filing_id", "desk")
    return {(filing, desk): number for filing, desk, number in rows.annotate(Count("pk"))}


def _row(claim: Claim, days: DeskDays, alike: int) -> QueueRow:
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
        alike=alike,
    )
