"""A recall with one list and one draft, and an importer into it: the cast of these tests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.importing.run import Counting, import_serials
from recalldesk.units.models import SerialEntry, SerialImport, SerialList, SerialReject

FORM = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRTUVWXYZ",
    shortest=6,
    longest=10,
    folding=(("O", "0"), ("I", "1")),
)


@dataclass
class Desk:
    """The cast: a manager who writes, another who approves, and the list in question."""

    manager: Staff
    approver: Staff
    serial_list: SerialList
    version: RecallVersion
    folder: Path
    form: SerialForm = FORM

    def file(self, content: bytes | str, name: str = "serials.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, content: bytes | str | Path, **more: Any) -> SerialImport:
        path = content if isinstance(content, Path) else self.file(content)
        return import_serials(
            **{
                "version": self.version,
                "serial_list": self.serial_list,
                "form": self.form,
                "counting": Counting.DIGITS,
                "path": path,
                "by": self.manager,
                **more,
            }
        )

    def serials(self) -> set[str]:
        rows = SerialEntry.objects.filter(serial_list=self.serial_list)
        return set(rows.values_list("serial", flat=True))

    def rejects(self) -> list[tuple[int, str, bytes]]:
        rows = SerialReject.objects.order_by("line_number", "pk")
        return [(row.line_number, row.reason, bytes(row.row)) for row in rows]

    def approve(self) -> None:
        """Approves the draft; the next one becomes the draft."""
        RecallVersion.objects.filter(pk=self.version.pk).update(
            state=VersionState.APPROVED, approved_by=self.approver, approved_at=clock.now()
        )
        number = self.version.number + 1
        self.version = draft(self.serial_list.recall, number, self.manager)


def draft(recall: Recall, number: int, author: Staff) -> RecallVersion:
    return RecallVersion.objects.create(
        recall=recall, number=number, document={}, source="", author=author
    )


def tally(report: SerialImport) -> tuple[int, int, int, int, int, int]:
    """Lines, heading, accepted, rejected, duplicate, blank; the law holds."""
    counts = (report.heading, report.accepted, report.rejected, report.duplicate, report.blank)
    assert report.lines == sum(counts) + report.continued
    assert min(*counts, report.continued) >= 0
    return (report.lines, *counts)


def make_desk(folder: Path) -> Desk:
    manager = Staff.objects.create(email="m@example.com", name="M", role="recall_manager")
    approver = Staff.objects.create(email="a@example.com", name="A", role="recall_manager")
    recall = Recall.objects.create(slug="power-bank")
    serial_list = SerialList.objects.create(recall=recall, name="main")
    return Desk(manager, approver, serial_list, draft(recall, 1, manager), folder)
