"""A unit is granted its remedy, or that is taken back before anything was ordered.

Guarantees: a unit has one effective remedy, whoever grants at the same moment; granting does not
order anything: the remedy waits, and has the same id however often it is granted under its turn.
"""

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.recalls.models import Recall
from recalldesk.remedies.errors import RemedyGiven
from recalldesk.remedies.models import Entitlement, Remedy, remedy_id
from recalldesk.remedies.states import EFFECTIVE, RemedyState

FIRST_GRANT = 1


@transaction.atomic
def grant_remedy(*, unit_digest: bytes, recall: Recall, key: str) -> Remedy:
    """A remedy that waits to be ordered. `key`: which of the recall's. Raises RemedyGiven.

    Call it in the transaction that approves the claim.
    """
    owed, _ = Entitlement.objects.get_or_create(unit_digest=unit_digest, grant=FIRST_GRANT)
    owed = Entitlement.objects.select_for_update().get(pk=owed.pk)
    if Remedy.objects.filter(entitlement__unit_digest=unit_digest, state__in=EFFECTIVE).exists():
        raise RemedyGiven
    turn = owed.remedies.count() + 1
    remedy = Remedy.objects.create(
        id=remedy_id(unit_digest=unit_digest, grant=owed.grant, turn=turn),
        entitlement=owed,
        turn=turn,
        recall=recall,
        key=key,
    )
    _log(remedy, "", RemedyState.WAITING, reason="")
    return remedy


@transaction.atomic
def take_back_remedy(*, unit_digest: bytes, reason: Reason | str = "") -> bool:
    """Cancels the remedy of a unit that waits to be ordered; whether there was one.

    Call it in the transaction that undoes the approval or withdraws the claim.
    """
    rows = Remedy.objects.select_for_update(of=("self",))
    waiting = rows.filter(entitlement__unit_digest=unit_digest, state=RemedyState.WAITING).first()
    if waiting is None:
        return False
    waiting.state = RemedyState.CANCELLED
    waiting.save(update_fields=["state"])
    _log(waiting, RemedyState.WAITING, RemedyState.CANCELLED, reason=reason)
    return True


def _log(remedy: Remedy, before: str, after: str, *, reason: Reason | str) -> None:
    """By its entitlement, since the log knows numbers only; a turn follows the one before."""
    record_change(
        subject=Subject.REMEDY,
        subject_id=remedy.entitlement_id,
        from_state=before,
        to_state=after,
        reason=reason,
        actor=Actor.MACHINE,
        recall_id=remedy.recall_id,
    )
