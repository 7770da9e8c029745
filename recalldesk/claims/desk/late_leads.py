"""What a person finds of a claim that later ones led to after its remedy was ordered.

Guarantees: only leads that were seen are closed; the same form twice changes nothing, and two
people do not overwrite each other; what was found stands in the log with who found it and why; the
owner is told nothing; a claim that was found fraudulent speaks against later ones that share its
person, address or payee.
"""

from collections.abc import Collection

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.desk.writing import locked_claim
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.models import LateLead
from recalldesk.claims.states import LeadState
from recalldesk.foundation import clock

LOGGED = {LeadState.FRAUD: Reason.FOUND_FRAUD, LeadState.HONEST: Reason.FOUND_HONEST}


@transaction.atomic
def close_leads(
    *, claim_id: int, by: Staff, found: LeadState, seen: Collection[int], note: str = ""
) -> None:
    """Says what was found of a claim that these late leads were seen of.

    Fraud takes a note. What somebody found before is found otherwise only by whoever gives second
    opinions, with a note. Raises NotPermitted, NotPossibleNow, NotDecidable.
    """
    require(by, Permission.DECIDE_CLAIM)
    claim = locked_claim(claim_id)
    rows = list(claim.late_leads.filter(pk__in=seen).exclude(state=found))
    if not rows:
        return
    is_changed = any(row.state != LeadState.OPEN for row in rows)
    if is_changed and not by.may(Permission.DECIDE_SECOND):
        raise NotDecidable(
            "Somebody looked at this already, and found otherwise.",
            "Ask somebody who gives second opinions.",
        )
    if (is_changed or found is LeadState.FRAUD) and not note.strip():
        raise NotDecidable("Say what you found.", "Give a note; it stands sealed beside the log.")
    LateLead.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=found, found_by=by, found_at=clock.now()
    )
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=LOGGED[found],
        actor_id=by.pk,
        recall_id=claim.recall_id,
        note=note.strip(),
    )
    place_anew(claim.filing)
