"""Files that the firm attaches to an answer: kept with it, scanned, handed out once they are clean.

Guarantees: those of enclosed files (evidence/enclosures/); a file lies sealed in the store before
the answer names it, and what no answer names is removed; the log holds the SHA-256 of each, and
each time that one is handed out, with to whom.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.evidence.enclosures import scanning
from recalldesk.evidence.enclosures.errors import MOST_FILES, FileProblem, FileRefused
from recalldesk.evidence.enclosures.rows import EnclosedFile
from recalldesk.evidence.enclosures.shelf import Kept, Shelf
from recalldesk.inquiries.models import Answer, Attachment, Question
from recalldesk.inquiries.reads import attachment_seen
from recalldesk.sealing.fields_of_rows import digest

ATTACHMENTS = Shelf(Attachment, "attachments", "inquiries.Attachment file", "attachment")
SCAN = "inquiries.scan_attachment"


@contextmanager
def kept_for(files: Sequence[Iterable[bytes]], *, recall_id: int) -> Iterator[list[Kept]]:
    """The files in the store, each once, until the caller has named them by rows; whichever it did
    not name is removed. Enter it outside a transaction. Raises FileRefused, or what a file raises.
    """
    if len(files) > MOST_FILES:
        raise FileRefused(FileProblem.TOO_MANY)
    stored: list[Kept] = []
    try:
        for chunks in files:
            stored.append(ATTACHMENTS.keep(chunks, recall_id=recall_id))  # noqa: PERF401 - what was stored before one is refused is removed
        first: dict[str, Kept] = {}
        for each in stored:
            first.setdefault(each.sha256, each)
        yield list(first.values())
    finally:
        keys = [each.key for each in stored]
        rows = Attachment.objects.filter(storage_key__in=keys)
        named = set(rows.values_list("storage_key", flat=True)) if keys else set()
        for key in keys:
            if key not in named:
                ATTACHMENTS.forget_if_possible(key)


def attach(given: Answer, kept: Sequence[Kept]) -> str:
    """Names the files of an answer by rows, and has each scanned; what the log says of them."""
    said = []
    for each in kept:
        row = Attachment.objects.create(
            answer=given,
            recall_id=given.question.recall_id,
            kind=each.kind,
            size=each.size,
            content_digest=digest(Attachment, "content_digest", each.sha256),
            storage_key=each.key,
        )
        scanning.have_scanned(SCAN, row.pk)
        said.append(f"; attachment {row.pk}, {each.size} bytes, SHA-256: {each.sha256}")
    return "".join(said)


def scan_attachment(file_id: int) -> None:
    """Scans one that waits; any other stays as it is. Raises ScannerAway, FileMissing,
    StoreUnreachable or SealingError where it is to be tried again."""
    scanning.scan(file_id, ATTACHMENTS, _tell)


def waiting_attachments() -> list[int]:
    """Those whose job may have been lost."""
    return scanning.waiting(ATTACHMENTS)


def attachment_bytes(*, number: int, question: int, by: Staff) -> tuple[Attachment, bytes]:
    """A clean attachment of a question that the person may read, and what it holds.

    Raises NotPermitted, FileNotShown.
    """
    file = attachment_seen(number, question=question, by=by)
    content = scanning.clean_bytes(file, ATTACHMENTS)
    asked = file.answer.question
    _record(asked, f"Attachment {file.pk}", by=by)
    return file, content


def file_name(file: Attachment) -> str:
    """As what it is handed out."""
    return scanning.file_name(file, ATTACHMENTS)


def _tell(file: EnclosedFile) -> None:
    asked = Question.objects.get(answers__attachments=file.pk)
    _record(asked, f"Attachment {file.pk}: {file.state}")


def _record(asked: Question, note: str, *, by: Staff | None = None) -> None:
    record_change(
        subject=Subject.QUESTION,
        subject_id=asked.pk,
        from_state=asked.state,
        to_state=asked.state,
        reason=Reason.FILE_TAKEN if by else "",
        actor=Actor.STAFF if by else Actor.MACHINE,
        actor_id=by.pk if by else None,
        recall_id=asked.recall_id,
        note=note,
    )
