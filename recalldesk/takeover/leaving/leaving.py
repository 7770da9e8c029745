"""Everything of a recall is written into a folder, in open formats.

Guarantees: it is of one moment; who took it, why and what of it stands in the log before the first
byte is written, and how it ended after; personal data leave only with the permission to see them,
original files and gift codes only where they were asked for by name besides; the folder stands
there whole, or not at all.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.sheets import Cell, Heading, csv_parts
from recalldesk.recalls.models import Recall
from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.headings import COLUMNS
from recalldesk.takeover.leaving.codes import code_lines
from recalldesk.takeover.leaving.enclosed import (
    Files,
    write_enclosed,
    write_originals,
    write_photos,
    write_recall_files,
    write_reports,
)
from recalldesk.takeover.leaving.folder import Folder, begin
from recalldesk.takeover.leaving.readme import readme
from recalldesk.takeover.leaving.register import NOT_EXPORTED
from recalldesk.takeover.leaving.tables import Table, as_cell, schema_of, tables_of
from recalldesk.takeover.leaving.taken_form import (
    MAPPING,
    MAPPING_NAME,
    claim_rows,
    notice_rows,
)
from recalldesk.takeover.leaving.wanted import Wanted
from recalldesk.takeover.models import Departure
from recalldesk.takeover.states import DepartureState, FileOf

FORM = "Recalldesk: a whole recall, form 1"


@dataclass(frozen=True)
class Left:
    """What was written. `lost`: photos and enclosed files that are gone from the store."""

    number: int
    files: int
    rows: int
    photos: int
    lost: tuple[str, ...]
    manifest_sha256: str


def leave(
    *, recall: Recall, to: Path, by: Staff, reason: str, wanted: Wanted | None = None
) -> Left:
    """Writes a recall out. Raises NotPermitted, LeavingRefused."""
    wanted = wanted or Wanted()
    wanted.refuse_unless_permitted(by)
    if not reason.strip():
        raise LeavingRefused("Say why it is written out.", "The reason stands sealed in the log.")
    folder = begin(to)
    departure = _begun(recall, by, f"{reason.strip()} ({wanted})")
    files = Files()
    try:
        with _one_moment():
            rows = _write(folder, recall, wanted, files)
        said = {
            "form": FORM,
            "recall": recall.slug,
            "departure": departure.pk,
            "made_at": departure.at.isoformat(),
            "with_personal_data": wanted.personal,
            "with_original_files": wanted.originals,
            "with_gift_codes": wanted.codes,
            "lost_from_the_file_store": files.lost,
            "not_exported": dict(NOT_EXPORTED),
        }
        sha256 = folder.finish(said)
    except BaseException:
        folder.discard()
        _end(departure, by, DepartureState.BROKEN_OFF)
        raise
    departure.files, departure.rows, departure.manifest_sha256 = len(folder.files), rows, sha256
    _end(departure, by, DepartureState.ENDED)
    lost = tuple(files.lost)
    return Left(departure.pk, len(folder.files), rows, files.written, lost, sha256)


def _write(folder: Folder, recall: Recall, wanted: Wanted, files: Files) -> int:
    folder.write("README.md", [readme(recall, wanted)])
    write_recall_files(folder, recall)
    schema, rows = {}, 0
    for table in tables_of(recall, with_personal=wanted.personal):
        schema[table.label] = schema_of(table)
        _write_table(folder, table)
        rows += table.count
    folder.write("schema.json", [json.dumps(schema, ensure_ascii=False, indent=1).encode()])
    write_reports(folder, recall)
    if wanted.personal:
        write_photos(folder, recall, files)
        write_enclosed(folder, recall, files)
        _sheet(folder, FileOf.CLAIMS, claim_rows(recall, files.photos))
        _sheet(folder, FileOf.NOTICES, notice_rows(recall))
        folder.write(MAPPING_NAME, [MAPPING.encode()])
    if wanted.originals:
        write_originals(folder, recall, files)
    if wanted.codes:
        folder.write("codes/gift-codes.jsonl", code_lines(recall))
    return rows


def _write_table(folder: Folder, table: Table) -> None:
    """Once as JSON Lines; the sheet is made of these, so that both say the same."""
    name = f"tables/{table.label}"
    lines = (f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in table.values())
    folder.write(f"{name}.jsonl", lines)
    folder.files[f"{name}.jsonl"] = {**folder.files[f"{name}.jsonl"], "rows": table.count}
    with (folder.unfinished / f"{name}.jsonl").open(encoding="utf-8") as file:
        rows = ([as_cell(value) for value in json.loads(line).values()] for line in file)
        folder.write(f"{name}.csv", csv_parts(table.heads, rows), rows=table.count)


def _sheet(folder: Folder, kind: FileOf, rows: Iterator[list[Cell]]) -> None:
    heads = [Heading(name) for name in COLUMNS[kind]]
    folder.write(f"{kind.value}.csv", csv_parts(heads, rows))


@contextmanager
def _one_moment() -> Iterator[None]:
    """All of it is read as it stood at one moment; within a transaction of the caller's, at that
    transaction's."""
    is_own = not connection.in_atomic_block
    with transaction.atomic():
        if is_own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@transaction.atomic
def _begun(recall: Recall, by: Staff, note: str) -> Departure:
    departure = Departure.objects.create(recall=recall, by=by)
    record_change(
        subject=Subject.DEPARTURE,
        subject_id=departure.pk,
        to_state=DepartureState.STARTED,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=note,
    )
    return departure


@transaction.atomic
def _end(departure: Departure, by: Staff, state: DepartureState) -> None:
    departure.state, departure.ended_at = state, clock.now()
    departure.save()
    record_change(
        subject=Subject.DEPARTURE,
        subject_id=departure.pk,
        from_state=DepartureState.STARTED,
        to_state=state,
        actor_id=by.pk,
        recall_id=departure.recall_id,
    )
