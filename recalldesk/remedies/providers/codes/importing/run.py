"""The import of one file of codes into a pool.

Guarantees: all of it happens in one transaction, so that an import that was broken off left
nothing and begins anew; lines = heading + accepted + rejected + duplicate + blank + continued,
against a count that shares no code with the reader; the same file twice changes nothing; no code is
kept but sealed, and none stands in a message, a reject or the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.remedies.errors import CodesRefused
from recalldesk.remedies.models import CodeImport, CodePool, GiftCode
from recalldesk.remedies.providers.codes.digests import code_digest
from recalldesk.remedies.providers.codes.importing.columns import FORM, CodeLayout, find_columns
from recalldesk.remedies.providers.codes.importing.rows import CodeRows, words_for
from recalldesk.remedies.providers.codes.restocked import send_on_for
from recalldesk.remedies.providers.codes.stock import note_filled
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.units.importing.reject_file import RejectFile
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.tally import Tally

AT_ONCE = 1_000
Rejects = list[tuple[int, str]]


@dataclass(frozen=True)
class CodesTaken:
    """What became of a file. `rejects`: line numbers from 1, and why; never what stands there."""

    lines: int
    tally: Tally
    rejects: tuple[tuple[int, str], ...]
    remarks: tuple[str, ...]
    sent_on: int = 0


def import_codes(
    *,
    pool: CodePool,
    path: Path,
    by: Staff,
    column: str = "",
    pin_column: str = "",
    sheet: str | None = None,
    reject_file: Path | None = None,
) -> CodesTaken:
    """Takes in a file. `reject_file` gets the numbers of the rejected lines and why, no codes.

    Raises NotPermitted, CodesRefused, ImportRefused; then nothing was stored.
    """
    require(by, Permission.IMPORT_CODES)
    source = open_source(path, sheet)
    columns = find_columns(source, column=column, pin_column=pin_column)
    rejects: Rejects = []
    written = RejectFile(reject_file)
    try:
        with transaction.atomic():
            tally = _filled(pool, source, columns, by, rejects, written)
            sent_on = send_on_for(pool)
        written.keep()
    finally:
        written.discard()
    return CodesTaken(source.lines, tally, tuple(rejects), tuple(source.remarks), sent_on)


def _filled(
    pool: CodePool,
    source: Source,
    columns: CodeLayout,
    by: Staff,
    rejects: Rejects,
    written: RejectFile,
) -> Tally:
    pool = CodePool.objects.select_for_update().get(pk=pool.pk)
    tally, rows, batch = Tally(), CodeRows(columns), _Batch(pool)
    for portion, _ in source.portions(columns.layout, FORM):
        taken = portion.taken_by(rows)
        tally.add(taken)
        batch.add(taken.serials, rows.pins)
        for index, reason in taken.rejects:
            rejects.append((portion.number(index), words_for(reason)))
            written.add(portion.number(index), reason, "", words_for(reason))
    batch.store()
    tally.reconcile(source.lines)
    if not tally.taken and not tally.rejected:
        raise CodesRefused("The file holds no code.", "Check that the export worked.")
    tally.accepted = batch.accepted
    if tally.accepted:
        _log(batch, source, tally, by)
        note_filled(pool)
    return tally


class _Batch:
    """Codes on their way into the pool. Their import's row is written last, with its figures."""

    def __init__(self, pool: CodePool) -> None:
        self.pool = pool
        self.import_id = _next_id()
        self._waiting: dict[bytes, tuple[str, str]] = {}

    def add(self, codes: Sequence[str], pins: Sequence[str]) -> None:
        """Takes codes that are well formed; one that is there already is left out."""
        for code, pin in zip(codes, pins, strict=True):
            self._waiting.setdefault(code_digest(code), (code, pin))
            if len(self._waiting) >= AT_ONCE:
                self.store()

    def store(self) -> None:
        """Writes what waits."""
        there = GiftCode.objects.filter(digest__in=list(self._waiting))
        for digest in there.values_list("digest", flat=True):
            del self._waiting[bytes(digest)]
        rows = [self._row(digest, *each) for digest, each in self._waiting.items()]
        # Another import may bring the same code to another pool at this moment.
        GiftCode.objects.bulk_create(rows, ignore_conflicts=True)
        self._waiting.clear()

    @property
    def accepted(self) -> int:
        """How many codes it brought."""
        return GiftCode.objects.filter(brought_by_id=self.import_id).count()

    def _row(self, digest: bytes, code: str, pin: str) -> GiftCode:
        recall_id = self.pool.recall_id
        return GiftCode(
            pool=self.pool,
            brought_by_id=self.import_id,
            recall_id=recall_id,
            digest=digest,
            sealed_code=sealed(GiftCode, "sealed_code", code, recall_id=recall_id),
            sealed_pin=sealed(GiftCode, "sealed_pin", pin, recall_id=recall_id) if pin else b"",
        )


def _next_id() -> int:
    """The id of an import that is yet to be written: what it brings refers to it before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", ["remedies_codeimport"])
        (number,) = cursor.fetchone()
    return int(number)


def _log(batch: _Batch, source: Source, tally: Tally, by: Staff) -> None:
    CodeImport.objects.create(
        pk=batch.import_id,
        pool=batch.pool,
        file_sha256=source.sha256,
        lines=source.lines,
        heading=tally.heading,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
        by=by,
    )
    record_change(
        subject=Subject.CODE_IMPORT,
        subject_id=batch.import_id,
        to_state="imported",
        actor_id=by.pk,
        recall_id=batch.pool.recall_id,
    )
