"""The door to the log: rows of some things, with their places in the chain and their notes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from recalldesk.audit.models import Block, SealedChange, StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject


@dataclass(frozen=True)
class Place:
    """Where a row is sealed."""

    block: int
    place: int
    row_digest: bytes
    block_digest: bytes
    form: int
    sealed_at: datetime


@dataclass(frozen=True)
class LoggedRow:
    """A row of the log, opened. `note` is empty where there is none, or where it was erased."""

    row: StateChange
    note: str
    note_is_erased: bool
    place: Place | None


def rows_about(subjects: Mapping[Subject, Collection[int]]) -> list[LoggedRow]:
    """All rows about these things, in the order in which they were written. Raises SealingError."""
    wanted = Q(pk__in=[])
    for subject, ids in subjects.items():
        wanted |= Q(subject=subject, subject_id__in=list(ids))
    rows = list(StateChange.objects.filter(wanted).select_related("note").order_by("pk"))
    places = _places(row.pk for row in rows)
    return [
        LoggedRow(
            row=row,
            note=text_of(row.note),
            note_is_erased=row.note is not None and row.note.erased_at is not None,
            place=places.get(row.pk),
        )
        for row in rows
    ]


def _places(row_ids: Iterable[int]) -> dict[int, Place]:
    sealed = list(SealedChange.objects.filter(pk__in=list(row_ids)))
    blocks = Block.objects.in_bulk({each.block_id for each in sealed})
    return {
        each.change_id: Place(
            block=each.block_id,
            place=each.place,
            row_digest=bytes(each.digest),
            block_digest=bytes(blocks[each.block_id].digest),
            form=blocks[each.block_id].form,
            sealed_at=blocks[each.block_id].sealed_at,
        )
        for each in sealed
        if each.block_id in blocks
    }


@dataclass(frozen=True)
class Sealed:
    """How far the log is sealed. `rows`: in all blocks; `at`: of the newest, None before it."""

    blocks: int
    rows: int
    at: datetime | None
    digest: str


def sealed_so_far() -> Sealed:
    """By the newest block."""
    block = Block.objects.order_by("-number").first()
    if block is None:
        return Sealed(0, 0, None, "")
    return Sealed(block.number, block.total, block.sealed_at, bytes(block.digest).hex())
