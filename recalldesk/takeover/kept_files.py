"""One file of another system is read, judged line by line, and kept with its figures.

Guarantees: lines = heading + accepted + rejected + duplicate + blank + continued, against a count
that shares no code with the reader; each reject has its line and reason, to be sent back; the same
file by the same mapping changes nothing. The caller's transaction holds all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.db import connection

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.outreach.reading_back import ReadBack, read_back
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import sealed_each
from recalldesk.takeover.headings import headings_of
from recalldesk.takeover.mapping import Mapping as FileMapping
from recalldesk.takeover.models import TakeoverFile, TakeoverReject
from recalldesk.takeover.states import FileOf
from recalldesk.units.importing.opening import file_digest, first_bytes, refuse_changed
from recalldesk.units.importing.tables.signs import is_workbook


class Taker(Protocol):
    """Judges lines and keeps what they say."""

    @property
    def looks_ahead(self) -> bool:
        """Whether the file is to be read once before its lines are judged."""

    def look(self, line: Mapping[str, str]) -> bool:
        """Remembers what a line says, before any is judged."""

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """True where it is new, False where it was known, or why it is refused."""

    def finish(self) -> None:
        """Keeps what waits still."""


@dataclass(frozen=True)
class Reading:
    """A file that is about to be read. `number`: of its row, which is written last."""

    recall: Recall
    kind: FileOf
    path: Path
    mapping: FileMapping
    by: Staff
    number: int
    sha256: str
    is_sheet: bool


@dataclass(frozen=True)
class Taken:
    """What became of a file; `read` is None where the same file was taken before as `number`."""

    kind: FileOf
    name: str
    number: int
    read: ReadBack | None = None
    told: tuple[str, ...] = field(default=())


def reading_of(
    recall: Recall, kind: FileOf, path: Path, mapping: FileMapping, by: Staff
) -> Reading:
    """Raises FileNotReadable."""
    sha256, _ = file_digest(path)
    is_sheet = is_workbook(first_bytes(path))
    return Reading(recall, kind, path, mapping, by, _next_id(), sha256, is_sheet)


def known(reading: Reading) -> Taken | None:
    """Where the same file was taken before."""
    row = TakeoverFile.objects.filter(
        recall=reading.recall,
        kind=reading.kind,
        file_sha256=reading.sha256,
        mapping_digest=reading.mapping.digest,
    ).first()
    return Taken(reading.kind, reading.path.name, row.pk) if row else None


def take(reading: Reading, taker: Taker) -> Taken:
    """Reads and keeps a file. Raises FileRefused, ImportRefused."""
    names = headings_of(reading.kind, reading.mapping.part(reading.kind).columns)
    lines = _Lines(taker)
    if taker.looks_ahead:
        read_back(reading.path, names, taker.look, only_look=True)
    read = read_back(reading.path, names, lines.judge)
    taker.finish()
    after, _ = file_digest(reading.path)
    refuse_changed(reading.path, before=reading.sha256, after=after)
    _keep(reading, read)
    return Taken(reading.kind, reading.path.name, reading.number, read)


class _Lines:
    """Cells hold no NUL, which PostgreSQL refuses."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker

    def judge(self, line: Mapping[str, str]) -> bool | str:
        if any("\0" in cell for cell in line.values()):
            return "holds characters that are no text"
        return self._taker.judge(line)


def _keep(reading: Reading, read: ReadBack) -> None:
    file = TakeoverFile.objects.create(
        pk=reading.number,
        recall=reading.recall,
        kind=reading.kind,
        system=reading.mapping.system,
        file_sha256=reading.sha256,
        mapping_digest=reading.mapping.digest,
        lines=read.lines,
        heading=read.heading,
        accepted=read.accepted,
        rejected=read.rejected,
        duplicate=read.duplicate,
        blank=read.blank,
        continued=read.continued,
        by=reading.by,
    )
    rows = [
        (
            reading.recall.pk,
            each.row.replace("\0", "␀").encode("utf-8", "backslashreplace").decode(),
        )
        for each in read.rejects
    ]
    values = sealed_each(TakeoverReject, "sealed_row", rows)
    TakeoverReject.objects.bulk_create(
        (
            TakeoverReject(file=file, number=each.number, why=each.why[:200], sealed_row=row)
            for each, row in zip(read.rejects, values, strict=True)
        ),
        batch_size=1_000,
    )
    record_change(
        subject=Subject.TAKEOVER_FILE,
        subject_id=file.pk,
        to_state="taken_over",
        reason=Reason.TAKEN_OVER,
        actor_id=reading.by.pk,
        recall_id=reading.recall.pk,
    )


def _next_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["takeover_takeoverfile"]
        )
        (number,) = cursor.fetchone()
    return int(number)
