"""The files of serials that were taken into a recall, and what was not taken of each.

Guarantee: rows are handed out to who may import them, and to nobody else: they hold serials.
"""

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.recalls.models import Recall
from recalldesk.units.models import SerialImport
from recalldesk.units.states import RejectReason

MOST_LISTED = 50


def imports_of(recall: Recall, *, by: Staff) -> list[SerialImport]:
    """The files taken into a recall, the newest first. Raises NotPermitted."""
    require(by, Permission.SEE_RECALLS)
    rows = SerialImport.objects.filter(version__recall=recall)
    return list(rows.select_related("version", "serial_list", "by").order_by("-pk")[:MOST_LISTED])


def rejected_rows(recall: Recall, number: int, *, by: Staff) -> list[tuple[int, str, str]]:
    """Of one file the lines that were not taken: number, reason, row. Raises NotPermitted.

    Bytes that cannot be read stand as backslash escapes.
    """
    require(by, Permission.EDIT_RECALL)
    report = SerialImport.objects.filter(version__recall=recall, pk=number).first()
    if report is None:
        return []
    rows = report.rejects.order_by("line_number").values_list("line_number", "reason", "row")
    return [
        (line, str(RejectReason(reason).label), bytes(row).decode("utf-8", "backslashreplace"))
        for line, reason, row in rows
    ]
