"""How many units a version's scope has: each once, however many lists and ranges name it.

Guarantee: exclusions are taken out as the index takes them out, of the entries whose products they
name. Where a pattern stands in the way there is no count.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, PatternSpec
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.index.grouping import Entry, Group, groups_of
from recalldesk.units.models import SerialList
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import covered_ranges, covered_serials
from recalldesk.units.spans import Spans


@dataclass(frozen=True)
class _Part:
    """One group's units: lists as streams, ranges as spans, and what is left out."""

    lists: tuple[str, ...]
    left_out: frozenset[str]
    without: Spans


def counted_units(version: RecallVersion, document: Document) -> int | None:
    """The units covered, or None where patterns make them uncountable.

    Raises RangeNotCountable where the ranges of a list do not count on as the file says.
    """
    groups = groups_of(document)
    named = [entry for group in groups for entry in (*group.recalled, *group.excluded)]
    if any(isinstance(entry, PatternSpec) for entry in named):
        return None
    lists = {row.name: row for row in SerialList.objects.filter(recall_id=version.recall_id)}
    spans, parts = Spans(), list[_Part]()
    for group in groups:
        part = _part(version, group, lists)
        ranged = _spans(version, group.recalled, group, lists)
        ranged.take_out(part.without, part.left_out)
        spans.join(ranged)
        parts.append(part)
    return spans.units + _single(version, parts, spans, lists)


def _part(version: RecallVersion, group: Group, lists: Mapping[str, SerialList]) -> _Part:
    left_out = {
        serial
        for entry in group.excluded
        if isinstance(entry, ListSpec) and entry.name in lists
        for serial in covered_serials(version, lists[entry.name])
    }
    names = (e.name for e in group.recalled if isinstance(e, ListSpec) and e.name in lists)
    without = _spans(version, group.excluded, group, lists)
    return _Part(tuple(names), frozenset(left_out), without)


def _spans(
    version: RecallVersion,
    entries: Iterable[Entry],
    group: Group,
    lists: Mapping[str, SerialList],
) -> Spans:
    spans = Spans()
    for entry in entries:
        if isinstance(entry, PatternSpec):
            continue
        if not isinstance(entry, ListSpec):
            ends = [tuple(group.form.fold(normalise(text)) for text in (entry.start, entry.end))]
        elif entry.name in lists:
            ends = list(covered_ranges(version, lists[entry.name]))
        else:
            ends = []
        for start, end in ends:
            spans.add(start, end, Counting(entry.counting), group.form.alphabet)
    return spans


def _single(
    version: RecallVersion, parts: Iterable[_Part], spans: Spans, lists: Mapping[str, SerialList]
) -> int:
    """Listed serials that no span holds, each once."""

    def kept(part: _Part, name: str) -> Iterator[str]:
        serials = covered_serials(version, lists[name])
        if not part.left_out and part.without.is_empty:
            return serials
        return (s for s in serials if s not in part.left_out and not part.without.holds(s))

    streams = [kept(part, name) for part in parts for name in part.lists]
    serials = (serial for serial, _ in groupby(heapq.merge(*streams)))
    if spans.is_empty:
        return sum(1 for _ in serials)
    return sum(1 for serial in serials if not spans.holds(serial))
