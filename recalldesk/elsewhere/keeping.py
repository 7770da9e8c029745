"""A portion of a feed's entries, compared with the rows and written.

Guarantee: a row says what the newest entry of its recall said, and has the numbers found in that.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from recalldesk.elsewhere.entries import Entry
from recalldesk.elsewhere.models import FeedFile, OutsideModel, OutsideRecall

Identity = tuple[str, str, str]
FIELDS = (
    "agency",
    "number",
    "url",
    "date",
    "published",
    "title",
    "description",
    "hazards",
    "firms",
    "units",
    "remedies",
)


@dataclass(frozen=True)
class Kept:
    """How many entries said something new, and how many nothing."""

    accepted: int
    duplicate: int


def keep(entries: Mapping[Identity, Entry], file: FeedFile) -> Kept:
    """Writes what is new."""
    if not entries:
        return Kept(0, 0)
    known = _known(entries.values())
    added: list[OutsideRecall] = []
    changed: list[OutsideRecall] = []
    for identity, entry in entries.items():
        row, digest = known.get(identity), _digest(entry)
        if row is None:
            added.append(_filled(OutsideRecall(), entry, digest, file))
        elif bytes(row.digest) != digest and _is_newer(entry, row):
            changed.append(_filled(row, entry, digest, file))
    OutsideRecall.objects.bulk_create(added)
    OutsideRecall.objects.bulk_update(changed, [*FIELDS[3:], "digest", "file"])
    OutsideModel.objects.filter(recall__in=changed).delete()
    _keep_numbers([*added, *changed], entries)
    written = len(added) + len(changed)
    return Kept(written, len(entries) - written)


def _known(entries: Collection[Entry]) -> dict[Identity, OutsideRecall]:
    """The rows that may be of these entries, by what names them."""
    rows = OutsideRecall.objects.filter(
        number__in={entry.number for entry in entries}, url__in={entry.url for entry in entries}
    )
    return {(row.agency, row.number, row.url): row for row in rows}


def _digest(entry: Entry) -> bytes:
    return hashlib.sha256(repr(entry).encode()).digest()


def _is_newer(entry: Entry, row: OutsideRecall) -> bool:
    """Whether an entry speaks later than what is known. One with no day does not know that."""
    if row.published is None:
        return True
    return entry.published is not None and entry.published >= row.published


def _filled(row: OutsideRecall, entry: Entry, digest: bytes, file: FeedFile) -> OutsideRecall:
    for name in FIELDS:
        setattr(row, name, getattr(entry, name))
    row.digest, row.file = digest, file
    return row


def _keep_numbers(rows: Iterable[OutsideRecall], entries: Mapping[Identity, Entry]) -> None:
    OutsideModel.objects.bulk_create(
        OutsideModel(recall=row, key=number.key, written=number.written, found=number.found)
        for row in rows
        for number in entries[(row.agency, row.number, row.url)].numbers
    )
