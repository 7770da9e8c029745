"""That a claim's page was opened by somebody who sees its photos and its serial.

Guarantee: the log has it once an hour for each person and claim, whether or not they may decide;
it makes no decision stale and stands in no timeline.
"""

from datetime import timedelta

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.desk.page_rows import PageRows
from recalldesk.foundation import clock

ONE_LOOK = timedelta(hours=1)
"""A page that is loaded again within it is the same look."""


def note_opened(rows: PageRows, *, by: Staff) -> None:
    """Notes it, unless the log has it already. Whoever sees no personal data leaves no row."""
    if not by.may(Permission.SEE_PERSONAL) or any(_is_look(row, rows, by) for row in rows.log.rows):
        return
    claim = rows.claim
    record_change(
        subject=Subject.CLAIM,
        subject_id=claim.pk,
        from_state=claim.state,
        to_state=claim.state,
        reason=Reason.LOOKED_AT,
        actor_id=by.pk,
        recall_id=claim.recall_id,
    )


def _is_look(row: StateChange, rows: PageRows, by: Staff) -> bool:
    return (
        row.reason == Reason.LOOKED_AT
        and (row.subject, row.subject_id) == (Subject.CLAIM, rows.claim.pk)
        and (row.actor, row.actor_id) == (Actor.STAFF, by.pk)
        and row.at > clock.now() - ONE_LOOK
    )
