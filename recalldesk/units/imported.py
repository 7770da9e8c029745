"""The files of serials that were taken into a recall, and what was not taken of each.

Guarantee: rows are handed out to who may import them, and to nobody else: they hold serials.
"""

from dataclasses import dataclass

from django.db.models import Count

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.recalls.models import Recall
from recalldesk.units.facts import unsettled_rejects
from recalldesk.units.models import SerialImport
from recalldesk.units.states import RejectReason

MOST_LISTED = 50
LONGEST_SHOWN = 200


@dataclass(frozen=True)
class OpenFile:
    """A file of which lines are open: how many, and whether somebody else has to settle them."""

    file: SerialImport
    count: int
    is_own: bool


@dataclass(frozen=True)
class OpenLine:
    """A rejected line that nobody settled. `number`: by which commands name it; `row`: as it came,
    its beginning."""

    number: int
    line: int
    why: str
    row: str


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
        (line, str(RejectReason(reason).label), _text(bytes(row))) for line, reason, row in rows
    ]


def files_with_open_lines(recall: Recall, *, by: Staff) -> list[OpenFile]:
    """The files with rejected lines that nobody settled, in the order in which they came.

    Raises NotPermitted.
    """
    require(by, Permission.SEE_RECALLS)
    counted = unsettled_rejects(recall).order_by().values_list("serial_import")
    counts = dict(counted.annotate(count=Count("pk")))
    files = SerialImport.objects.filter(pk__in=counts).order_by("pk")
    return [
        OpenFile(file, counts[file.pk], file.by_id == by.pk)
        for file in files.select_related("version__recall", "serial_list", "by")
    ]


def open_lines(file: SerialImport, *, by: Staff, most: int) -> list[OpenLine]:
    """The first of a file's lines that nobody settled. Raises NotPermitted."""
    require(by, Permission.EDIT_RECALL)
    rows = file.rejects.filter(settled_at__isnull=True).order_by("line_number", "pk")[:most]
    return [
        OpenLine(
            row.pk, row.line_number, row.get_reason_display(), _text(bytes(row.row))[:LONGEST_SHOWN]
        )
        for row in rows
    ]


def _text(row: bytes) -> str:
    return row.decode("utf-8", "backslashreplace")
