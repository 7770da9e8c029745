"""The facts by which a publication and an answer are judged, read from the rows.

Guarantee: each figure is a count of rows that can be listed; nothing is kept beside them.
"""

from collections.abc import Mapping

from django.conf import settings
from django.db.models import QuerySet

from recalldesk.pictures.reads import missing_pictures
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.counting import counted_units
from recalldesk.units.doubt import doubtful_imports
from recalldesk.units.dropping import dropped_since_published
from recalldesk.units.index.grouping import entries
from recalldesk.units.models import SerialList, SerialReject
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import ListCount, count_covered
from recalldesk.units.rules import ScopeFacts, rounding_of


def recalled_lists(document: Document) -> list[ListSpec]:
    """The lists whose units are recalled."""
    return [e for e in entries(document, Meaning.RECALLED) if isinstance(e, ListSpec)]


def open_rejects(version: RecallVersion) -> QuerySet[SerialReject]:
    """Unsettled rejected lines of this version and earlier ones that may name recalled units."""
    return SerialReject.objects.filter(
        serial_import__in=list(doubtful_imports(version.recall_id, version.number)),
        settled_at__isnull=True,
    )


def unsettled_rejects(recall: Recall) -> QuerySet[SerialReject]:
    """All rejected lines of a recall that nobody settled, in the order in which they came."""
    return (
        SerialReject.objects.filter(serial_import__version__recall=recall, settled_at__isnull=True)
        .select_related("serial_import")
        .order_by("serial_import_id", "line_number")
    )


def alphabets_of(version: RecallVersion) -> dict[str, str]:
    """For each list whose ranges count over the alphabet, that alphabet.

    A list that the version names no more counts as the last version said that named it.
    """
    found: dict[str, str] = {}
    for earlier in version.recall.versions.filter(number__lte=version.number).order_by("number"):
        document = document_of(earlier)
        for entry in document.scope.lists:
            counts_letters = Counting(entry.counting) is Counting.ALPHABET
            alphabet = document.product_by_key[entry.products[0]].serial.alphabet
            found[entry.name] = alphabet if counts_letters else ""
    return {name: alphabet for name, alphabet in found.items() if alphabet}


def scope_facts(version: RecallVersion) -> ScopeFacts:
    """The counts of a version's scope. Raises RangeNotCountable."""
    document = document_of(version)
    listed = count_covered(version, alphabets_of(version))
    units = {name: count.serials + count.units_in_ranges for name, count in listed.items()}
    dropped = dropped_since_published(version)
    counted = _counted(version, document, listed)
    about = [j.units for j in document.jurisdictions if j.units_are_about and j.units is not None]
    return ScopeFacts(
        empty=_empty(document, units, counted),
        read_otherwise=_read_otherwise(version, document),
        open_rejects=open_rejects(version).count(),
        stated=document.stated_units,
        stated_is_about=bool(about),
        rounding=sum(rounding_of(stated) for stated in about),
        counted=counted,
        listed={
            entry.name: (entry.units, units.get(entry.name, 0))
            for entry in document.scope.lists
            if entry.units is not None
        },
        dropped=dropped.count,
        narrowed=dropped.parts,
        made_up=document.made_up,
        is_production=settings.IS_PRODUCTION,
        missing_pictures=missing_pictures(version),
    )


def _counted(
    version: RecallVersion, document: Document, listed: Mapping[str, ListCount]
) -> int | None:
    """The units covered. A scope of one list of serials, however long, is counted by its rows."""
    scope = document.scope
    if len(scope.lists) == 1 and not (scope.ranges or scope.patterns):
        only = listed.get(scope.lists[0].name)
        if only is not None and not only.units_in_ranges:
            return only.serials
    return counted_units(version, document)


def _read_otherwise(version: RecallVersion, document: Document) -> tuple[str, ...]:
    """Lists whose rows were read by another alphabet or folding than the document's now."""
    now = {
        entry.name: document.product_by_key[entry.products[0]].serial.form.reading_name
        for entry in document.scope.lists
    }
    stored = SerialList.objects.filter(recall=version.recall, imports__isnull=False).distinct()
    return tuple(
        f"the list {row.name!r}"
        for row in stored.order_by("name")
        if row.name in now and row.read_as != now[row.name]
    )


def _empty(document: Document, units: Mapping[str, int], counted: int | None) -> tuple[str, ...]:
    """Lists of recalled units with nothing in them, products that nothing covers, or everything
    where the exclusions leave nothing."""
    lists = [f"the list {e.name!r}" for e in recalled_lists(document) if not units.get(e.name)]
    covered = {key for entry in entries(document, Meaning.RECALLED) for key in entry.products}
    bare = [p.model for p in document.products if p.key not in covered]
    nothing = ["the recall once its exclusions are taken out"] if counted == 0 else []
    return (*lists, *bare) or tuple(nothing)
