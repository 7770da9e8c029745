"""A person lets ordering go on where no reconciliation can decide it.

Guarantee: the log says who did, and why.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.remedies.models import PlacingHold
from recalldesk.remedies.ordering import place_soon
from recalldesk.remedies.placing import holds


@transaction.atomic
def let_ordering_go_on(*, by: Staff, reason: str) -> int:
    """Lifts all that holds; returns how many holds there were. Raises NotPermitted."""
    require(by, Permission.RELEASE_BUDGET)
    for held in PlacingHold.objects.select_for_update().filter(lifted_at__isnull=True):
        record_change(
            subject=Subject.PLACING,
            subject_id=held.pk,
            from_state="held",
            to_state="lifted",
            actor_id=by.pk,
            note=reason,
        )
    lifted = holds.lift()
    if lifted:
        place_soon()
    return lifted
