"""The facts by which a publication and an answer are judged, read from the rows.

Guarantee: each figure is a count of rows that can be listed; nothing is kept beside them.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LiveRecall, document_of
from recalldesk.units.index.grouping import entries
from recalldesk.units.models import (
    RangeEntry,
    SerialEntry,
    SerialImport,
    SerialList,
    SerialReject,
)
from recalldesk.units.ranges_form import Counting, units_in_range
from recalldesk.units.reads import count_covered, covered_serials, dropped_count
from recalldesk.units.rules import ScopeFacts


def recalled_lists(document: Document) -> list[ListSpec]:
    """The lists whose units are recalled."""
    return [e for e in entries(document, Meaning.RECALLED) if isinstance(e, ListSpec)]


def open_rejects(version: RecallVersion, lists: Iterable[str]) -> QuerySet[SerialReject]:
    """Rejected lines of these lists, of this version and earlier ones, that nobody settled."""
    return SerialReject.objects.filter(
        serial_import__version__recall=version.recall,
        serial_import__version__number__lte=version.number,
        serial_import__serial_list__name__in=list(lists),
        settled_at__isnull=True,
    )


def unsettled_rejects(recall: Recall) -> QuerySet[SerialReject]:
    """All rejected lines of a recall that nobody settled, in the order in which they came."""
    return (
        SerialReject.objects.filter(serial_import__version__recall=recall, settled_at__isnull=True)
        .select_related("serial_import")
        .order_by("serial_import_id", "line_number")
    )


def alphabets_of(document: Document) -> dict[str, str]:
    """For each list whose ranges count over the alphabet, that alphabet."""
    return {
        entry.name: document.product_by_key[entry.products[0]].serial.alphabet
        for entry in document.scope.lists
        if Counting(entry.counting) is Counting.ALPHABET
    }


def lists_in_doubt(live: Iterable[LiveRecall]) -> dict[str, frozenset[str]]:
    """For each live recall, its lists of recalled units that have unsettled rejected lines."""
    asked = {
        (entry.slug, named.name): entry.version
        for entry in live
        for named in recalled_lists(entry.document)
    }
    if not asked:
        return {}
    waiting = SerialReject.objects.filter(serial_import=OuterRef("pk"), settled_at__isnull=True)
    rows = SerialImport.objects.filter(Exists(waiting)).values_list(
        "version__recall__slug", "serial_list__name", "version__number"
    )
    doubtful: dict[str, set[str]] = {}
    for slug, name, number in rows:
        if number <= asked.get((slug, name), 0):
            doubtful.setdefault(slug, set()).add(name)
    return {slug: frozenset(names) for slug, names in doubtful.items()}


def scope_facts(version: RecallVersion) -> ScopeFacts:
    """The counts of a version's scope."""
    document = document_of(version)
    recalled = recalled_lists(document)
    counted = count_covered(version, alphabets_of(document))
    units = {name: count.serials + count.units_in_ranges for name, count in counted.items()}
    stated = document.stated_units
    return ScopeFacts(
        empty=_empty(document, units),
        open_rejects=open_rejects(version, [entry.name for entry in recalled]).count(),
        stated=stated,
        stated_is_about=any(j.units_are_about for j in document.jurisdictions),
        counted=_all_units(document, version, units),
        listed={
            entry.name: (entry.units, units.get(entry.name, 0))
            for entry in document.scope.lists
            if entry.units is not None
        },
        dropped=dropped_count(version),
    )


def _empty(document: Document, units: Mapping[str, int]) -> tuple[str, ...]:
    """Lists of recalled units with nothing in them, and products that nothing covers."""
    lists = [f"the list {e.name!r}" for e in recalled_lists(document) if not units.get(e.name)]
    covered = {key for entry in entries(document, Meaning.RECALLED) for key in entry.products}
    bare = [p.model for p in document.products if p.key not in covered]
    return (*lists, *bare)


def _all_units(document: Document, version: RecallVersion, units: Mapping[str, int]) -> int | None:
    """The units covered less those excluded; None where patterns make them uncountable."""
    if any(isinstance(e, PatternSpec) for e in entries(document, Meaning.RECALLED)):
        return None
    if any(not isinstance(e, ListSpec) for e in entries(document, Meaning.EXCLUDED)):
        return None
    total = sum(units.get(entry.name, 0) for entry in recalled_lists(document))
    total += sum(
        _units_written(document, entry)
        for entry in entries(document, Meaning.RECALLED)
        if isinstance(entry, RangeSpec)
    )
    return total - excluded_units(version, document)


def _units_written(document: Document, entry: RangeSpec) -> int:
    form = document.product_by_key[entry.products[0]].serial.form
    start, end = (form.fold(normalise(text)) for text in (entry.start, entry.end))
    return units_in_range(start, end, Counting(entry.counting), form.alphabet)


def excluded_units(version: RecallVersion, document: Document) -> int:
    """How many serials of the excluded lists are on a list of recalled units, or in a range."""
    names = [e.name for e in entries(document, Meaning.EXCLUDED) if isinstance(e, ListSpec)]
    if not names:
        return 0
    recalled = [entry.name for entry in recalled_lists(document)]
    total = 0
    for excluded in SerialList.objects.filter(recall=version.recall, name__in=names):
        for serial in covered_serials(version, excluded):
            listed = SerialEntry.objects.filter(
                serial=serial,
                serial_list__recall=version.recall,
                serial_list__name__in=recalled,
            )
            within = RangeEntry.objects.filter(
                start__lte=serial,
                end__gte=serial,
                serial_list__recall=version.recall,
                serial_list__name__in=recalled,
            )
            total += listed.exists() or within.exists()
    return total
