"""The door to files of reports, as the desk looks at them.

Guarantee: a rejected line tells of people and their health: whoever takes some out may see that,
and stands in the log before.
"""

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation.sheets import Cell
from recalldesk.incidents.models import IncidentFile, IncidentReject
from recalldesk.sealing.fields_of_rows import opened

FILES = 20
IMPORTED = "imported"
"""What the log says of a file."""


def files_listed(*, by: Staff) -> list[IncidentFile]:
    """The files that came last, the newest first. Raises NotPermitted."""
    require(by, Permission.IMPORT_INCIDENTS)
    rows = IncidentFile.objects.select_related("by", "recall").order_by("-pk")
    return list(rows[:FILES])


def rejects_of(number: int, *, by: Staff) -> list[list[Cell]]:
    """The lines of a file that were not taken, to be sent back: number, reason, row as it came.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.IMPORT_INCIDENTS)
    require(by, Permission.SEE_HEALTH)
    file = IncidentFile.objects.filter(pk=number, rejects__isnull=False).first()
    if file is None:
        return []
    record_change(
        subject=Subject.INCIDENT_FILE,
        subject_id=file.pk,
        from_state=IMPORTED,
        to_state=IMPORTED,
        reason=Reason.HEALTH_SHOWN,
        actor_id=by.pk,
        recall_id=file.recall_id,
        note="The lines that were not taken",
    )
    rows = IncidentReject.objects.filter(file_id=number).select_related("file").order_by("number")
    return [
        [each.number, str(each.get_reason_display()), opened(each, "sealed_row")] for each in rows
    ]
