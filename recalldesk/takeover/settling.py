"""A person found out whether a remedy was sent of which the system before did not know.

Guarantees: only such a one is settled, once, with a reason that stands sealed in the log; what was
sent counts and is never ordered; what was not is owed, and waits as everything that was taken over.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.former_references import filings_of_reference
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import ClaimState
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import Held, RemedyState, Stopped
from recalldesk.remedies.taking_over import Given, give, settle_doubt
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.remedies_taken import way

S = ClaimState


@transaction.atomic
def settle(
    *, recall: Recall, reference: str, position: int, was_sent: bool, by: Staff, reason: str
) -> Claim:
    """Says it of one unit of a claim. Raises NotPermitted, TakeoverRefused."""
    require(by, Permission.TAKE_OVER)
    if not reason.strip():
        raise TakeoverRefused("Say how you know.", "The reason stands sealed in the log.")
    claim = _claim(recall, reference, position)
    assert claim.remedy_id is not None  # it was asked for
    remedy = Remedy.objects.select_for_update(of=("self",)).get(pk=claim.remedy_id)
    order = Order.objects.select_for_update(of=("self",)).filter(remedy=remedy).first()
    if order is not None and order.stopped == Stopped.MAYBE_SENT:
        settle_doubt(order, was_sent=was_sent, by=by)
        _bring(claim, S.SETTLED if was_sent else S.APPROVED, by)
    elif remedy.state == RemedyState.WAITING and remedy.held == Held.MAYBE_SENT:
        if was_sent:
            give([(remedy, _given(claim, remedy))], by=by)
            _bring(claim, S.SETTLED, by)
        else:
            remedy.held = Held.TAKEN_OVER
            remedy.save(update_fields=["held"])
    else:
        raise TakeoverRefused(
            "Nobody doubts whether this remedy was sent.", "The claim's page says how it stands."
        )
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.BY_PERSON,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=reason.strip(),
    )
    return claim


def _claim(recall: Recall, reference: str, position: int) -> Claim:
    rows = Claim.objects.filter(
        recall=recall, filing_id__in=filings_of_reference(reference), position=position
    )
    first = rows.exclude(remedy=None).order_by("pk")[:2]
    if not first:
        raise TakeoverRefused(
            "There is no such claim with a remedy.", "Give its reference, ours or the former one."
        )
    if len(first) > 1:
        raise TakeoverRefused(
            "That reference is of more than one claim: two systems gave it.",
            "Give our own reference of the one, as the desk shows it.",
        )
    (found,) = first
    filing = locked_filing(found.filing_id)
    assert filing is not None  # what was filed is never deleted
    claim = Claim.objects.get(pk=found.pk)
    claim.filing = filing
    return claim


def _given(claim: Claim, remedy: Remedy) -> Given:
    offered = {each.key: each for each in document_of(claim.filing.version).remedies}
    named = offered.get(remedy.key) or next(iter(offered.values()))
    return Given(
        kind=named.kind, title=next(iter(named.title.values())), state=RemedyState.DELIVERED
    )


def _bring(claim: Claim, to: ClaimState, by: Staff) -> None:
    is_back = to is S.APPROVED and claim.state == S.REMEDY_ORDERED
    for state in (to,) if is_back else way(S(claim.state), to):
        move_claim(
            claim=claim,
            to=state,
            actor=Actor.STAFF,
            actor_id=by.pk,
            reason=Reason.TAKEN_OVER,
        )
