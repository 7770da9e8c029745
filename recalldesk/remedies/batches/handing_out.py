"""A frozen file is handed out, the same bytes each time.

Guarantees: who took which file stands in the log, and each of its lines in the journal, before the
first byte leaves; what leaves is what was frozen: its digest is computed again. What was never
taken stands in no journal: where a restore forgets such a file its lines leave in another one.
"""

import base64
import hashlib
from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.remedies.batches.errors import FileNotReady, FileUnknown
from recalldesk.remedies.batches.left import note_lines
from recalldesk.remedies.batches.states import BatchState, FileForm
from recalldesk.remedies.models import Batch, BatchFile
from recalldesk.sealing.fields_of_rows import opened

CONTENT_TYPES = {
    FileForm.CSV: "text/csv; charset=utf-8",
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileForm.PDF: "application/pdf",
    FileForm.XML: "application/xml",
    FileForm.ACH: "text/plain; charset=us-ascii",
}


@dataclass(frozen=True, repr=False)
class HandedOut:
    """A file with its name."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def hand_out(*, number: int, form: str, by: Staff) -> HandedOut:
    """One file. Raises NotPermitted, FileUnknown, FileNotReady; then nothing left."""
    require(by, Permission.HAND_OUT_FILES)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=number).first()
        if batch is None:
            raise FileUnknown(f"There is no file {number}.", "The list of files names them.")
        file = _file_of(batch, form)
        content = base64.b64decode(opened(file, "sealed_content"))
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise FileNotReady(
                f"File {number} is not what was frozen.", "Nothing was handed out. Look at the log."
            )
        _note_first_time(batch)
        record_change(
            subject=Subject.BATCH,
            subject_id=batch.pk,
            from_state=batch.state,
            to_state=f"handed_out:{file.form}",
            reason=Reason.LIST_TAKEN,
            actor_id=by.pk,
            recall_id=batch.recall_id,
        )
    wanted = FileForm(file.form)
    name = f"{batch.kind.replace('_', '-')}-{batch.reference}.{wanted.value}"
    return HandedOut(name, CONTENT_TYPES[wanted], content, file.sha256)


def _note_first_time(batch: Batch) -> None:
    """The journal has each line of it from the first time on. Killed behind that, it is noted once
    more, which says the same."""
    if batch.journaled_at is None:
        try:
            note_lines(batch)
        except OSError as error:
            raise FileNotReady(
                f"The journal cannot be written: {error.strerror}.",
                "Nothing was handed out. Make room on its disk, and take the file again.",
            ) from error
        batch.journaled_at = clock.now()
    batch.handed_out_at = batch.handed_out_at or clock.now()
    batch.save(update_fields=["journaled_at", "handed_out_at"])


def _file_of(batch: Batch, form: str) -> BatchFile:
    if batch.state == BatchState.ERASED:
        raise FileNotReady(
            f"File {batch.pk} was erased: all of it was confirmed.", "Its figures are still listed."
        )
    if batch.state == BatchState.OPEN:
        raise FileNotReady(f"File {batch.pk} is not frozen.", "Freeze it first.")
    files = {each.form: each for each in batch.files.all()}
    if form not in files:
        known = ", ".join(sorted(files))
        raise FileUnknown(f"File {batch.pk} has no form {form!r}.", f"It has: {known}.")
    return files[form]
