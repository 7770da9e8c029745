"""Who is on which claim: looking, assigning, taking the next.

Guarantees: two people never get the same claim as their next; a look lapses by itself; nobody is
kept from deciding by somebody else's look, they are shown it; no act here moves a claim; nobody
gets as their next what they could not decide, and nothing stays with somebody who could not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission, roles_that_may
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.takable import free_for, is_looked_at_by_nobody_but
from recalldesk.claims.errors import NoSuchClaim
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState, DeskList, FilingState
from recalldesk.foundation import clock

LOOK_LASTS = timedelta(minutes=2)
"""A page that is open tells of it more often than that."""


@dataclass(frozen=True)
class Look:
    """Who is on a claim. `is_mine`: whoever asked has it; else `name` has it until `until`."""

    is_mine: bool
    name: str
    until: datetime


def open_claim(*, claim_id: int, by: Staff) -> Look:
    """Notes that somebody looks at a claim, unless somebody else does; call it again to stay.

    Raises NotPermitted, NoSuchClaim.
    """
    require(by, Permission.DECIDE_CLAIM)
    until = clock.now() + LOOK_LASTS
    free = _sent(claim_id).filter(is_looked_at_by_nobody_but(by))
    if free.update(looked_at_by=by, looked_at_until=until):
        return Look(is_mine=True, name=by.name, until=until)
    held = _sent(claim_id).select_related("looked_at_by").first()
    if held is None:
        raise _no_such_claim()
    if held.looked_at_by is None or held.looked_at_until is None:
        return open_claim(claim_id=claim_id, by=by)  # they left at this moment
    return Look(is_mine=False, name=held.looked_at_by.name, until=held.looked_at_until)


@transaction.atomic
def take_over(*, claim_id: int, by: Staff) -> Look:
    """Takes a claim that somebody else looks at; the log says so. Raises as `open_claim`."""
    require(by, Permission.DECIDE_CLAIM)
    until = clock.now() + LOOK_LASTS
    claim = _sent(claim_id).select_for_update(of=("self",)).first()
    if claim is None:
        raise _no_such_claim()
    if claim.looked_at_by_id not in (None, by.pk):
        _log(claim, Reason.LOOKED_AT, by)
    _sent(claim_id).update(looked_at_by=by, looked_at_until=until)
    return Look(is_mine=True, name=by.name, until=until)


def leave_claim(*, claim_id: int, by: Staff) -> None:
    """Notes that somebody looks no more; what another looks at is left alone."""
    Claim.objects.filter(pk=claim_id, looked_at_by=by).update(
        looked_at_by=None, looked_at_until=None
    )


@transaction.atomic
def assign_claim(*, claim_id: int, to: Staff | None, by: Staff) -> None:
    """Gives a claim to somebody who may decide, or with None to nobody; again changes nothing.

    Raises NotPermitted, NoSuchClaim.
    """
    require(by, Permission.DECIDE_CLAIM)
    if to is not None:
        require(to, Permission.DECIDE_CLAIM)
    claim = _sent(claim_id).select_for_update(of=("self",)).first()
    if claim is None:
        raise _no_such_claim()
    if claim.assigned_to_id != (to.pk if to else None):
        _assign(claim, to, by)


def who_can_be_given() -> list[Staff]:
    """Whoever a claim can be given to, by name."""
    roles = roles_that_may(Permission.DECIDE_CLAIM)
    return list(Staff.objects.filter(is_active=True, role__in=roles).order_by("name", "pk"))


@transaction.atomic
def take_next(
    *, by: Staff, desk: DeskList, recall_id: int | None = None, but: Collection[int] = ()
) -> int | None:
    """The next claim of a list, assigned to whoever asks and looked at by them; None where none is
    left. First whose promise ends first; never one that is another's, or that another looks at, nor
    one that they could not decide.

    `but`: claims that they have just put aside. Raises NotPermitted.
    """
    require(by, Permission.DECIDE_CLAIM)
    rows = free_for(by).filter(desk=desk).exclude(pk__in=list(but))
    if recall_id is not None:
        rows = rows.filter(recall_id=recall_id)
    ordered = rows.order_by("promised_on", "pk")
    claim = ordered.select_for_update(skip_locked=True, of=("self",)).first()
    if claim is None:
        return None
    if claim.assigned_to_id != by.pk:
        _assign(claim, by, by)
    claim.looked_at_by, claim.looked_at_until = by, clock.now() + LOOK_LASTS
    claim.save(update_fields=["looked_at_by", "looked_at_until"])
    return claim.pk


def free_among(claim_ids: Collection[int], *, by: Staff) -> set[int]:
    """Those of some claims that somebody could be given, by one query."""
    return set(free_for(by).filter(pk__in=list(claim_ids)).values_list("pk", flat=True))


def _sent(claim_id: int) -> QuerySet[Claim]:
    rows = Claim.objects.filter(pk=claim_id).exclude(state=ClaimState.DRAFT)
    return rows.exclude(filing__state=FilingState.ERASED)


def _no_such_claim() -> NoSuchClaim:
    return NoSuchClaim("There is no such claim at the desk.", "Look for its reference.")


def _assign(claim: Claim, to: Staff | None, by: Staff) -> None:
    claim.assigned_to = to
    claim.save(update_fields=["assigned_to"])
    _log(claim, Reason.ASSIGNED, by, f"To {to.name}" if to is not None and to != by else "")


def _log(claim: Claim, reason: Reason, by: Staff, note: str = "") -> None:
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=reason,
        actor_id=by.pk,
        recall_id=claim.recall_id,
        note=note,
    )
