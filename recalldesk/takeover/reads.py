"""The door to what was taken over. Guarantee: lines that name people are read after the log."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.takeover.errors import TakeoverRefused
from recalldesk.takeover.models import TakeoverFile


@dataclass(frozen=True, repr=False)
class Rejected:
    """A line that was not taken; `row` is empty once it was forgotten."""

    number: int
    why: str
    row: str


def taken_files(recall: Recall, *, by: Staff) -> QuerySet[TakeoverFile]:
    """The files of a recall, the first one first. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    return TakeoverFile.objects.filter(recall=recall).order_by("pk")


def rejects_of(recall: Recall, number: int, *, by: Staff) -> list[Rejected]:
    """The lines of a file that were not taken. Raises NotPermitted, TakeoverRefused."""
    require(by, Permission.TAKE_OVER)
    file = TakeoverFile.objects.filter(recall=recall, pk=number).first()
    if file is None:
        raise TakeoverRefused(
            f"There is no file {number} of {recall.slug}.", "`recalldesk taken files` lists them."
        )
    with transaction.atomic():
        record_change(
            subject=Subject.TAKEOVER_FILE,
            subject_id=file.pk,
            from_state="taken_over",
            to_state="taken_over",
            reason=Reason.FILE_TAKEN,
            actor_id=by.pk,
            recall_id=recall.pk,
        )
    return list(_rows(file))


def _rows(file: TakeoverFile) -> Iterator[Rejected]:
    for each in file.rejects.select_related("file").order_by("number"):
        yield Rejected(each.number, each.why, opened(each, "sealed_row"))
