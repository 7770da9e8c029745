"""A unit is granted its remedy, or that is taken back before anything was ordered.

Guarantees: a unit has one effective remedy for each grant, whoever grants at the same moment, and
a first one only where it has none at all and nobody else reported it as corrected; granting does
not order anything: the remedy waits, and has the same id however often it is granted under its
turn; what its provider did under that id before a restore is its own. Each step is in the log.
"""

import uuid
from datetime import datetime

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.recalls.models import Recall
from recalldesk.remedies.adopting import adopt_if_found
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.models import Entitlement, Remedy, remedy_id
from recalldesk.remedies.reads import effective_remedy
from recalldesk.remedies.states import SINCE_TAKEOVER, Held, RemedyState

FIRST_GRANT = 1


@transaction.atomic
def grant_remedy(
    *,
    unit_digest: bytes,
    recall: Recall,
    key: str,
    orderable_at: datetime,
    grant: int = FIRST_GRANT,
    held: Held = Held.NONE,
) -> Remedy:
    """A remedy that waits to be ordered. `key`: which of the recall's; `orderable_at`: from when on
    it may be, which nobody changes later; `held`: why not even then. Raises RemedyGiven.

    Call it in the transaction that approves the claim. A `grant` beyond the first takes two people.
    """
    owed, _ = Entitlement.objects.get_or_create(unit_digest=unit_digest, grant=grant)
    owed = Entitlement.objects.select_for_update().get(pk=owed.pk)
    given = effective_remedy(unit_digest=unit_digest, grant=None if grant == FIRST_GRANT else grant)
    if given is not None or (grant == FIRST_GRANT and reports_of_unit(unit_digest)):
        raise RemedyGiven
    turn = owed.remedies.count() + 1
    remedy = Remedy.objects.create(
        id=remedy_id(unit_digest=unit_digest, grant=owed.grant, turn=turn),
        entitlement=owed,
        turn=turn,
        recall=recall,
        key=key,
        orderable_at=orderable_at,
        held=held,
    )
    _log(remedy, "", reason="")
    adopt_if_found(remedy)
    return remedy


@transaction.atomic
def cancel_remedy(
    *, unit_digest: bytes, grant: int = FIRST_GRANT, reason: Reason | str = ""
) -> bool:
    """Takes back the remedy that waits to be ordered; False, and nothing done, where none does, and
    where it waits since a takeover, unless that takes it back: its unit may have been paid.

    Call it in the transaction that undoes the approval or withdraws the claim.
    """
    remedy = effective_remedy(unit_digest=unit_digest, grant=grant, is_locked=True)
    if remedy is None or remedy.state != RemedyState.WAITING:
        return False
    if remedy.held in SINCE_TAKEOVER and reason != Reason.TAKEN_OVER:
        return False
    remedy.state = RemedyState.CANCELLED
    remedy.save(update_fields=["state"])
    _log(remedy, RemedyState.WAITING, reason=reason)
    return True


def let_order(*, remedy_id: uuid.UUID) -> bool:
    """Lets a remedy be ordered that was held until the unit was got rid of; False, and nothing
    done, where it was not."""
    rows = Remedy.objects.filter(pk=remedy_id, state=RemedyState.WAITING, held=Held.DISPOSAL)
    return rows.update(held="") > 0


def _log(remedy: Remedy, before: str, *, reason: Reason | str) -> None:
    """By its entitlement, since the log knows numbers only; a turn follows the one before."""
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=before,
        to_state=remedy.state,
        reason=reason,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )
