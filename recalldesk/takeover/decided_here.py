"""Whether anything was decided here of a claim that was taken over.

Guarantee: what anybody here did with it, owner or desk, and what was ordered for it, makes it one
that a file changes no more.
"""

from django.db.models import Q

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Contact, Message
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.states import Held, RemedyState
from recalldesk.takeover.models import TakenClaim

DECIDES_NOTHING = (
    Reason.TAKEN_OVER,
    Reason.CORRECTED,
    Reason.LOOKED_AT,
    Reason.ASSIGNED,
    Reason.PERSONAL_SHOWN,
    Reason.HEALTH_SHOWN,
    Reason.PHOTO_TAKEN,
    Reason.LIST_TAKEN,
)


def is_decided_here(taken: TakenClaim) -> bool:
    """Whether a person looks where a file says something else of it."""
    claim = taken.claim
    if claim.remedy is not None and not is_held(claim.remedy) and not was_taken_back(claim.remedy):
        return True
    of_it = Q(subject=Subject.CLAIM, subject_id=claim.pk)
    of_filing = Q(subject=Subject.FILING, subject_id=claim.filing_id)
    log = StateChange.objects.filter(of_it | of_filing).exclude(reason__in=DECIDES_NOTHING)
    said = (model.objects.filter(filing_id=claim.filing_id) for model in (Message, Contact))
    return log.exists() or any(each.exists() for each in said)


def is_held(remedy: Remedy) -> bool:
    """Whether it waits since it was taken over, and nobody let it go on."""
    is_waiting = remedy.state == RemedyState.WAITING
    return is_waiting and remedy.held in (Held.TAKEN_OVER, Held.MAYBE_SENT)


def was_taken_back(remedy: Remedy) -> bool:
    """Whether it was owed once, and nothing was ever ordered."""
    if remedy.state != RemedyState.CANCELLED:
        return False
    return not Order.objects.filter(remedy=remedy).exists()
