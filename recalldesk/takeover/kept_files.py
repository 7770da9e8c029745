"""One file of another system is read, judged line by line, and kept with its figures.

Guarantees: lines = heading + accepted + rejected + duplicate + blank + continued, against a count
that shares no code with the reader; each reject has its line and reason, to be sent back; the same
file by the same mapping changes nothing, but where lines of it were not taken and now would be; a
file that is refused, or only looked at, uses up no number; what is wrong with one is said with its
name. The caller's transaction holds all of it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Max

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation.problem import Problem
from recalldesk.outreach.reading_back import NoColumn, ReadBack, read_back
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import sealed_each
from recalldesk.takeover.headings import headings_of
from recalldesk.takeover.mapping import Mapping as FileMapping
from recalldesk.takeover.models import TakeoverFile, TakeoverReject
from recalldesk.takeover.states import FileOf
from recalldesk.units.importing.opening import file_digest, first_bytes, refuse_changed
from recalldesk.units.importing.tables.signs import is_workbook

NUMBERS = 6_402_013
"""The advisory lock under which files are numbered, one takeover after the other."""


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
    """A file that is about to be read. `number`: of its row, which is written last; `digest`: of
    its mapping, and of how often it was read before by that; `before`: its row of the last time."""

    recall: Recall
    kind: FileOf
    path: Path
    mapping: FileMapping
    by: Staff
    number: int
    sha256: str
    is_sheet: bool
    digest: str
    before: TakeoverFile | None


@dataclass(frozen=True)
class Taken:
    """What became of a file; `read` is None where the same file was taken before as `number`;
    `is_known`: so too, and what was not taken of it then still is not."""

    kind: FileOf
    name: str
    number: int
    read: ReadBack | None = None
    told: tuple[str, ...] = field(default=())
    is_known: bool = False


def reading_of(
    recall: Recall, kind: FileOf, path: Path, mapping: FileMapping, by: Staff
) -> Reading:
    """Call it under the lock of the recall. Raises FileNotReadable."""
    sha256, _ = file_digest(path)
    is_sheet = is_workbook(first_bytes(path))
    rows = TakeoverFile.objects.filter(recall=recall, kind=kind, file_sha256=sha256)
    before = None
    for turn in count():
        digest = _digest_of(mapping, turn)
        row = rows.filter(mapping_digest=digest).first()
        if row is None:
            break
        before = row
    number = _next_number()
    return Reading(recall, kind, path, mapping, by, number, sha256, is_sheet, digest, before)


def _digest_of(mapping: FileMapping, turn: int) -> str:
    """A file is read anew by the same mapping only where lines of it were not taken."""
    if not turn:
        return mapping.digest
    return hashlib.sha256(f"{mapping.digest} {turn}".encode()).hexdigest()


def known(reading: Reading) -> Taken | None:
    """Where the same file was taken before, all of it."""
    row = reading.before
    if row is None or row.rejected:
        return None
    return Taken(reading.kind, reading.path.name, row.pk)


def take(reading: Reading, taker: Taker) -> Taken:
    """Reads and keeps a file. Raises FileRefused, ImportRefused."""
    with naming(reading.path), transaction.atomic():
        read = _read(reading, taker)
        if reading.before is not None and _says_the_same(reading.before, read):
            transaction.set_rollback(True)
            return Taken(reading.kind, reading.path.name, reading.before.pk, read, is_known=True)
        _keep(reading, read)
    return Taken(reading.kind, reading.path.name, reading.number, read)


def _read(reading: Reading, taker: Taker) -> ReadBack:
    names = headings_of(reading.kind, reading.mapping.part(reading.kind).columns)
    lines = _Lines(taker)
    if taker.looks_ahead:
        read_back(reading.path, names, taker.look, only_look=True)
    read = read_back(reading.path, names, lines.judge)
    taker.finish()
    after, _ = file_digest(reading.path)
    refuse_changed(reading.path, before=reading.sha256, after=after)
    return read


def _says_the_same(before: TakeoverFile, read: ReadBack) -> bool:
    """Whether nothing came of it this time: each line that was not taken then is not taken now."""
    then = list(before.rejects.order_by("number").values_list("number", "why"))
    return not read.accepted and then == [(each.number, each.why[:200]) for each in read.rejects]


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What goes wrong with a file is said with its name."""
    try:
        yield
    except Problem as problem:
        if isinstance(problem, NoColumn):
            problem.hint += " What its headings are, [….columns] of the mapping says."
        if path.name not in problem.message:
            problem.message = f"{path.name}: {problem.message}"
        raise


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
        mapping_digest=reading.digest,
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


def _next_number() -> int:
    """The one after the last: what is not kept uses up none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERS])
    last: int | None = TakeoverFile.objects.aggregate(last=Max("pk"))["last"]
    return (last or 0) + 1
