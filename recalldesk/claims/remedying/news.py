"""What happened to a remedy moves its claim, and its owner is told.

Guarantees: claim, letter and log stand in one transaction; the same news twice, or older news after
newer, changes nothing and tells nothing: what is not so any more is not told.
"""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import override

from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.letters import mail_stage
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.remedying.ordering import offered_to
from recalldesk.claims.remedying.words import words_of
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing.news import News
from recalldesk.remedies.providers.codes.showing import ready_codes
from recalldesk.remedies.states import RemedyState, Stopped

S, R = ClaimState, RemedyState
BEYOND_APPROVED = frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.NEEDS_OWNER, S.SETTLED})
FROM: Mapping[News, tuple[frozenset[ClaimState], ClaimState]] = {
    News.ORDERED: (frozenset({S.APPROVED, S.REMEDY_ORDERED}), S.REMEDY_ORDERED),
    News.SENT: (frozenset({S.APPROVED, S.REMEDY_ORDERED}), S.REMEDY_SENT),
    News.DELIVERED: (
        frozenset({S.APPROVED, S.REMEDY_ORDERED, S.REMEDY_SENT, S.NEEDS_OWNER}),
        S.SETTLED,
    ),
    News.BOUNCED: (
        frozenset({S.APPROVED, S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}),
        S.NEEDS_OWNER,
    ),
    News.SENT_AGAIN: (frozenset({S.NEEDS_OWNER}), S.REMEDY_SENT),
    News.RETURNED: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}), S.NEEDS_OWNER),
    News.NEEDS_ADDRESS: (frozenset({S.REMEDY_ORDERED}), S.NEEDS_OWNER),
    News.NEEDS_PAYEE: (frozenset({S.REMEDY_ORDERED, S.REMEDY_SENT, S.SETTLED}), S.NEEDS_OWNER),
    News.CANCELLED: (BEYOND_APPROVED, S.APPROVED),
    News.FAILED: (BEYOND_APPROVED, S.APPROVED),
}
"""From which stages each news moves a claim, and to which."""
STILL_SO: Mapping[News, frozenset[RemedyState]] = {
    News.ORDERED: frozenset({R.ORDERED, R.SENT, R.DELIVERED}),
    News.SENT: frozenset({R.SENT}),
    News.SENT_AGAIN: frozenset({R.SENT}),
    News.DELIVERED: frozenset({R.DELIVERED}),
    News.BOUNCED: frozenset({R.SENT}),
    News.RETURNED: frozenset({R.RETURNED}),
    News.NEEDS_ADDRESS: frozenset({R.FAILED}),
    News.NEEDS_PAYEE: frozenset({R.FAILED}),
    News.CANCELLED: frozenset({R.CANCELLED}),
    News.FAILED: frozenset({R.FAILED}),
}
"""In which states of the remedy each news is news: jobs do not come in the order of what they tell,
and what is not so any more must not undo what came after it."""
PAST_ORDERED = (S.REMEDY_SENT, S.SETTLED, S.NEEDS_OWNER)
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
    claim = Claim.objects.select_related("evidence", "remedy").get(pk=found[0])
    claim.filing = filing
    before, to = FROM[news]
    if claim.remedy is None or claim.remedy_id != remedy_id or claim.state not in before:
        return False
    if not _is_still_so(claim.remedy, news):
        return False
    if claim.state == to:  # it was moved when its order was frozen
        if not _note_once(claim, Reason.ORDERED):
            return False
    else:
        if claim.state == S.APPROVED and to in PAST_ORDERED:
            # It was ordered before a restore: the claim passes through what is lost.
            move_claim(claim=claim, to=S.REMEDY_ORDERED, actor=Actor.MACHINE)
        reason = ASKS_OWNER.get(news, "")
        tags = (reason,) if reason else ()
        is_with_owner = to == S.REMEDY_SENT and bool(ready_codes([remedy_id]))
        move_claim(
            claim=claim,
            to=to,
            actor=Actor.MACHINE,
            reason=reason,
            tags=tags,
            is_with_owner=is_with_owner,
        )
    with override(filing.language):
        said = words_of(news, offered_to(filing, claim.remedy.key).kind)
    mail_stage(claim=claim, token=new_link(filing=filing), words=said)
    return True


def _is_still_so(remedy: Remedy, news: News) -> bool:
    """Whether a newer one has not overtaken it. What bounced is sent, and does not arrive."""
    if remedy.state not in STILL_SO[news]:
        return False
    is_back = Order.objects.filter(remedy=remedy, stopped=Stopped.BOUNCED).exists()
    if news is News.BOUNCED:
        return is_back
    return news not in (News.SENT, News.SENT_AGAIN) or not is_back


def _note_once(claim: Claim, reason: Reason) -> bool:
    """A row of the log that says it; False where it was said since the claim came to its stage."""
    of_claim = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim.pk)
    if of_claim.filter(reason=reason, at__gte=claim.state_since).exists():
        return False
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=reason,
        actor=Actor.MACHINE,
        recall_id=claim.recall_id,
    )
    return True
