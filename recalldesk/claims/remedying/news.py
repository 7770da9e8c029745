"""What happened to a remedy moves its claim, and its owner is told.

Guarantees: claim, letter and log stand in one transaction; the same news twice, or older news after
newer, changes nothing and tells nothing.
"""

import uuid
from collections.abc import Mapping

from django.db import transaction

from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.access import new_link
from recalldesk.claims.letters import mail_stage
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.remedies.placing.news import News

S = ClaimState
FROM: Mapping[News, tuple[frozenset[ClaimState], ClaimState]] = {
    News.ORDERED: (frozenset({S.APPROVED}), S.REMEDY_ORDERED),
    News.SENT: (frozenset({S.APPROVED, S.REMEDY_ORDERED, S.NEEDS_OWNER}), S.REMEDY_SENT),
    News.DELIVERED: (
        frozenset({S.APPROVED, S.REMEDY_ORDERED, S.REMEDY_SENT, S.NEEDS_OWNER}),
        S.SETTLED,
    ),
    News.BOUNCED: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT}), S.NEEDS_OWNER),
    News.RETURNED: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}), S.NEEDS_OWNER),
    News.NEEDS_ADDRESS: (frozenset({S.REMEDY_ORDERED}), S.NEEDS_OWNER),
    News.NEEDS_PAYEE: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}), S.NEEDS_OWNER),
    News.CANCELLED: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.NEEDS_OWNER}), S.APPROVED),
    News.FAILED: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}), S.APPROVED),
}
"""From which stages each news moves a claim, and to which."""
ASKS_OWNER = {
    News.BOUNCED: Reason.NOT_REACHED,
    News.RETURNED: Reason.CAME_BACK,
    News.NEEDS_ADDRESS: Reason.ADDRESS_REFUSED,
    News.NEEDS_PAYEE: Reason.PAYEE_REFUSED,
}


@transaction.atomic
def take_news(*, remedy_id: uuid.UUID, news: News) -> bool:
    """Whether the claim of the remedy moved; False where there is none, or it moved already."""
    found = Claim.objects.filter(remedy_id=remedy_id).values_list("pk", "filing_id").first()
    filing = locked_filing(found[1]) if found else None
    if found is None or filing is None or filing.state == FilingState.ERASED:
        return False
    claim = Claim.objects.select_related("evidence").get(pk=found[0])
    claim.filing = filing
    before, to = FROM[news]
    if claim.remedy_id != remedy_id or claim.state not in before:
        return False
    reason = ASKS_OWNER.get(news, "")
    move_claim(
        claim=claim,
        to=to,
        actor=Actor.MACHINE,
        reason=reason,
        tags=(reason,) if reason else (),
    )
    mail_stage(claim=claim, token=new_link(filing=filing))
    return True
