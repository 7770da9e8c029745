"""A person has providers and rows compared now; a worker does it.

Guarantees: asked for twice while it waits it is done once; the log says who asked.
"""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.jobs.reads import is_under_way

NOW, QUEUE = "remedies.reconcile_now", "remedies"


@transaction.atomic
def ask_to_reconcile(*, by: Staff) -> None:
    """Has a worker compare all that providers did with the rows. Raises NotPermitted."""
    require(by, Permission.MANAGE_REMEDIES)
    record_change(
        subject=Subject.PLACING, subject_id=by.pk, to_state="reconcile_asked", actor_id=by.pk
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(NOW, queue=QUEUE, queueing_lock=NOW).defer(timestamp=0)


def is_asked() -> bool:
    """Whether a run that a person asked for waits or is under way."""
    return is_under_way(NOW)
