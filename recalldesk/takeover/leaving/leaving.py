"""Everything of a recall is written into a folder, in open formats.

Guarantees: it is of one moment; who took it, why and what of it stands in the log before the first
byte is written, and how it ended after; personal data leave only with the permission to see them;
the folder stands there whole, or not at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.evidence.enclosures.errors import FileNotShown
from recalldesk.evidence.enclosures.scanning import clean_bytes, file_name
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import picture_bytes
from recalldesk.evidence.states import PhotoState
from recalldesk.foundation import clock
from recalldesk.foundation.sheets import Heading, csv_parts
from recalldesk.inquiries.attaching import ATTACHMENTS
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.stock.certificates.shelf import CERTIFICATES
from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.headings import COLUMNS
from recalldesk.takeover.leaving.folder import Folder, begin
from recalldesk.takeover.leaving.register import NOT_EXPORTED
from recalldesk.takeover.leaving.tables import Table, as_cell, schema_of, tables_of
from recalldesk.takeover.leaving.taken_form import (
    MAPPING,
    MAPPING_NAME,
    claim_rows,
    notice_rows,
)
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
    lost: int
    manifest_sha256: str


@dataclass
class _Photos:
    written: int = 0
    lost: int = 0


def leave(*, recall: Recall, to: Path, by: Staff, reason: str, with_personal: bool = True) -> Left:
    """Writes a recall out. Raises NotPermitted, LeavingRefused."""
    require(by, Permission.TAKE_OVER)
    require(by, Permission.EXPORT_LIST)
    if with_personal:
        require(by, Permission.SEE_PERSONAL)
        require(by, Permission.SEE_HEALTH)
    if not reason.strip():
        raise LeavingRefused("Say why it is written out.", "The reason stands sealed in the log.")
    folder = begin(to)
    departure = _begun(recall, by, reason, with_personal=with_personal)
    try:
        with _one_moment():
            rows, photos = _write(folder, recall, with_personal=with_personal)
        said = {
            "form": FORM,
            "recall": recall.slug,
            "departure": departure.pk,
            "made_at": departure.at.isoformat(),
            "with_personal_data": with_personal,
            "not_exported": dict(NOT_EXPORTED),
        }
        sha256 = folder.finish(said)
    except BaseException:
        folder.discard()
        _end(departure, by, DepartureState.BROKEN_OFF)
        raise
    departure.files, departure.rows, departure.manifest_sha256 = len(folder.files), rows, sha256
    _end(departure, by, DepartureState.ENDED)
    return Left(departure.pk, len(folder.files), rows, photos.written, photos.lost, sha256)


def _write(folder: Folder, recall: Recall, *, with_personal: bool) -> tuple[int, _Photos]:
    _recall_files(folder, recall)
    schema, rows = {}, 0
    for table in tables_of(recall, with_personal=with_personal):
        schema[table.label] = schema_of(table)
        _write_table(folder, table)
        rows += table.count
    folder.write("schema.json", [json.dumps(schema, ensure_ascii=False, indent=1).encode()])
    photos = _Photos()
    if with_personal:
        names = _write_photos(folder, recall, photos)
        _write_enclosed(folder, recall, photos)
        _sheet(folder, FileOf.CLAIMS, claim_rows(recall, names))
        _sheet(folder, FileOf.NOTICES, notice_rows(recall))
        folder.write(MAPPING_NAME, [MAPPING.encode()])
    return rows, photos


def _recall_files(folder: Folder, recall: Recall) -> None:
    for version in RecallVersion.objects.filter(recall=recall).order_by("number"):
        folder.write(f"recall/version-{version.number}.toml", [version.source.encode()])


def _write_table(folder: Folder, table: Table) -> None:
    """Once as JSON Lines; the sheet is made of these, so that both say the same."""
    name = f"tables/{table.label}"
    lines = (f"{json.dumps(each, ensure_ascii=False)}\n".encode() for each in table.values())
    folder.write(f"{name}.jsonl", lines)
    folder.files[f"{name}.jsonl"] = {**folder.files[f"{name}.jsonl"], "rows": table.count}
    with (folder.unfinished / f"{name}.jsonl").open(encoding="utf-8") as file:
        rows = ([as_cell(value) for value in json.loads(line).values()] for line in file)
        folder.write(f"{name}.csv", csv_parts(table.heads, rows), rows=table.count)


def _sheet(folder: Folder, kind: FileOf, rows: Iterator[list[str | int]]) -> None:
    heads = [Heading(name) for name in COLUMNS[kind]]
    folder.write(f"{kind.value}.csv", csv_parts(heads, rows))


def _write_photos(folder: Folder, recall: Recall, done: _Photos) -> dict[int, list[str]]:
    """The names of the photos of each set."""
    names: dict[int, list[str]] = defaultdict(list)
    rows = Photo.objects.filter(evidence_set__recall=recall, state=PhotoState.CLEAN)
    for photo in rows.order_by("pk").iterator(chunk_size=200):
        try:
            picture = picture_bytes(photo)
        except Exception:
            done.lost += 1
            continue
        name = f"{photo.pk}-{photo.kind}.jpg"
        folder.write(f"photos/{name}", [picture])
        names[photo.evidence_set_id].append(name)
        done.written += 1
    return names


def _write_enclosed(folder: Folder, recall: Recall, done: _Photos) -> None:
    """Certificates of partners, and what was attached to answers to authorities."""
    for shelf in (CERTIFICATES, ATTACHMENTS):
        rows = shelf.model._default_manager.filter(recall=recall, state=FileState.CLEAN)
        for file in rows.order_by("pk").iterator(chunk_size=200):
            try:
                content = clean_bytes(file, shelf)
            except FileNotShown:
                done.lost += 1
                continue
            folder.write(f"enclosed/{file_name(file, shelf)}", [content])


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
def _begun(recall: Recall, by: Staff, reason: str, *, with_personal: bool) -> Departure:
    departure = Departure.objects.create(recall=recall, by=by)
    what = "with personal data" if with_personal else "without personal data"
    record_change(
        subject=Subject.DEPARTURE,
        subject_id=departure.pk,
        to_state=DepartureState.STARTED,
        actor_id=by.pk,
        recall_id=recall.pk,
        note=f"{reason.strip()} ({what})",
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
