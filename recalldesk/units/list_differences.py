"""In which lists two versions of a recall differ.

Guarantee: a list is left out only if both versions cover the very same serials and ranges of it.
"""

from dataclasses import dataclass
from itertools import zip_longest

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.facts import alphabets_of
from recalldesk.units.models import SerialList
from recalldesk.units.reads import (
    count_covered,
    covered_ranges,
    covered_serials,
    dropped_count,
)


@dataclass(frozen=True)
class ListDifference:
    """A list with its units in both versions. The same number of others, where both are equal."""

    name: str
    before: int
    after: int

    def __str__(self) -> str:
        units = "unit" if self.before == 1 else "units"
        said = f"list {self.name}: {self.before:,} {units} before"
        if self.before == self.after:
            return f"{said} and after, but not the same ones"
        return f"{said}, {self.after:,} after"


def lists_that_differ(before: RecallVersion, after: RecallVersion) -> tuple[ListDifference, ...]:
    """Each list whose units differ, in the order of the lists' names."""
    old, new = _units(before), _units(after)
    # Where nothing was dropped a list only grows, so the same count is the same list.
    dropped = _any_dropped(before, after)
    found = []
    for serial_list in SerialList.objects.filter(recall_id=after.recall_id).order_by("name"):
        had, has = old[serial_list.name], new[serial_list.name]
        if had != has or (dropped and not _same(before, after, serial_list)):
            found.append(ListDifference(serial_list.name, had, has))
    return tuple(found)


def _units(version: RecallVersion) -> dict[str, int]:
    counts = count_covered(version, alphabets_of(version))
    return {name: count.serials + count.units_in_ranges for name, count in counts.items()}


def _any_dropped(before: RecallVersion, after: RecallVersion) -> bool:
    first, last = sorted((before.number, after.number))
    between = after.recall.versions.filter(number__gt=first, number__lte=last)
    return any(dropped_count(version) for version in between)


def _same(before: RecallVersion, after: RecallVersion, serial_list: SerialList) -> bool:
    serials = zip_longest(covered_serials(before, serial_list), covered_serials(after, serial_list))
    ranges = zip_longest(covered_ranges(before, serial_list), covered_ranges(after, serial_list))
    return all(old == new for old, new in serials) and all(old == new for old, new in ranges)
