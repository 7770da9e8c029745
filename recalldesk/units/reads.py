"""What a version covers: its serials, its ranges, and how many units they are.

Guarantees: version n covers what imports of versions up to n brought, save what a removal in a
version up to n took away and no version up to n brought back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import (
    RangeEntry,
    SerialEntry,
    SerialImport,
    SerialList,
    SerialRemoval,
)
from recalldesk.units.ranges_form import Counting, units_in_range

ROWS_AT_ONCE = 20_000
Entry = TypeVar("Entry", SerialEntry, RangeEntry)


@dataclass(frozen=True)
class ListCount:
    """Units of one list: single serials, and those inside its ranges."""

    serials: int
    units_in_ranges: int


def covered_serials(version: RecallVersion, serial_list: SerialList) -> Iterator[str]:
    """The serials that the version covers, in the order of their code points, as a stream."""
    rows = _serials(version, serial_list).order_by("serial").values_list("serial", flat=True)
    return rows.iterator(chunk_size=ROWS_AT_ONCE)


def covered_ranges(version: RecallVersion, serial_list: SerialList) -> Iterator[tuple[str, str]]:
    """The ranges that the version covers, (start, end), in the order of their starts."""
    rows = _ranges(version, serial_list).order_by("start", "end").values_list("start", "end")
    return rows.iterator(chunk_size=ROWS_AT_ONCE)


def count_covered(
    version: RecallVersion, alphabets: Mapping[str, str] | None = None
) -> dict[str, ListCount]:
    """What the version covers, for each list of its recall by name.

    Ranges of a list named in `alphabets` count on over that alphabet, all others by digits.
    Raises `RangeNotCountable` if a range does not count on in that way.
    """
    counts = {}
    for serial_list in SerialList.objects.filter(recall_id=version.recall_id).order_by("name"):
        alphabet = (alphabets or {}).get(serial_list.name, "")
        counting = Counting.ALPHABET if alphabet else Counting.DIGITS
        units = sum(
            units_in_range(start, end, counting, alphabet)
            for start, end in covered_ranges(version, serial_list)
        )
        counts[serial_list.name] = ListCount(_serials(version, serial_list).count(), units)
    return counts


def has_new_serials(before: RecallVersion, after: RecallVersion, serial_list: SerialList) -> bool:
    """Whether the later of two versions covers a single serial that the earlier one does not."""
    rows = _serials(after, serial_list)
    return _not_of(rows, before, serial_list, start="serial", end="serial").exists()


def has_new_ranges(before: RecallVersion, after: RecallVersion, serial_list: SerialList) -> bool:
    """The same of ranges, as they are written."""
    rows = _ranges(after, serial_list)
    return _not_of(rows, before, serial_list, start="start", end="end").exists()


def has_lost_rows(before: RecallVersion, after: RecallVersion, serial_list: SerialList) -> bool:
    """Whether the earlier of two versions has a serial or range that the later one has no more."""
    serials, ranges = _serials(before, serial_list), _ranges(before, serial_list)
    return (
        _not_of(serials, after, serial_list, start="serial", end="serial").exists()
        or _not_of(ranges, after, serial_list, start="start", end="end").exists()
    )


def _not_of(
    rows: QuerySet[Entry], version: RecallVersion, serial_list: SerialList, *, start: str, end: str
) -> QuerySet[Entry]:
    """Those that a version does not cover: they came later, or it had taken them away."""
    brought = list(_brought(version, serial_list).values_list("pk", flat=True))
    removed = _removed(version, serial_list).filter(start=OuterRef(start), end=OuterRef(end))
    return rows.filter(~Q(serial_import_id__in=brought) | Exists(removed))


def dropped_count(version: RecallVersion) -> int:
    """How many serials and ranges of earlier versions this one no longer covers."""
    return SerialRemoval.objects.filter(removed_in=version).count()


def _serials(version: RecallVersion, serial_list: SerialList) -> QuerySet[SerialEntry]:
    return _covered(SerialEntry.objects.all(), version, serial_list, start="serial", end="serial")


def _ranges(version: RecallVersion, serial_list: SerialList) -> QuerySet[RangeEntry]:
    return _covered(RangeEntry.objects.all(), version, serial_list, start="start", end="end")


def _covered(
    rows: QuerySet[Entry],
    version: RecallVersion,
    serial_list: SerialList,
    *,
    start: str,
    end: str,
) -> QuerySet[Entry]:
    # Keys are looked up first: a join would take the stream in order from the rows' index.
    imports = _brought(version, serial_list)
    inside = rows.filter(
        serial_list=serial_list, serial_import_id__in=list(imports.values_list("pk", flat=True))
    )
    removals = _removed(version, serial_list)
    if not removals.exists():
        return inside
    return inside.exclude(Exists(removals.filter(start=OuterRef(start), end=OuterRef(end))))


def _brought(version: RecallVersion, serial_list: SerialList) -> QuerySet[SerialImport]:
    return SerialImport.objects.filter(serial_list=serial_list, version__number__lte=version.number)


def _removed(version: RecallVersion, serial_list: SerialList) -> QuerySet[SerialRemoval]:
    """What versions up to this one took away and did not bring back."""
    return SerialRemoval.objects.filter(
        Q(restored_in__isnull=True) | Q(restored_in__number__gt=version.number),
        serial_list=serial_list,
        removed_in__number__lte=version.number,
    )
