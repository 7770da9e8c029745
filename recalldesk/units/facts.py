"""The facts by which a publication and an answer are judged, read from the rows.

Guarantee: each figure is a count of rows that can be listed; nothing is kept beside them.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import LiveRecall, document_of
from recalldesk.units.counting import counted_units
from recalldesk.units.dropping import dropped_since_published
from recalldesk.units.index.grouping import entries
from recalldesk.units.models import SerialImport, SerialList, SerialReject
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import ListCount, count_covered
from recalldesk.units.rules import ScopeFacts, rounding_of


def recalled_lists(document: Document) -> list[ListSpec]:
    """The lists whose units are recalled."""
    return [e for e in entries(document, Meaning.RECALLED) if isinstance(e, ListSpec)]


def harmless_lists(document: Document) -> list[str]:
    """Lists whose rejected lines hide no recalled unit: of excluded units, and of all made."""
    return [e.name for e in document.scope.lists if e.meaning is not Meaning.RECALLED]


def open_rejects(version: RecallVersion) -> QuerySet[SerialReject]:
    """Unsettled rejected lines of this version and earlier ones, also of lists named no more."""
    return SerialReject.objects.filter(
        serial_import__version__recall=version.recall,
        serial_import__version__number__lte=version.number,
        settled_at__isnull=True,
    ).exclude(serial_import__serial_list__name__in=harmless_lists(document_of(version)))


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


def lists_in_doubt(live: Iterable[LiveRecall]) -> dict[str, frozenset[str]]:
    """For each live recall, its lists of recalled units that have unsettled rejected lines."""
    asked = {entry.slug: entry for entry in live}
    waiting = SerialReject.objects.filter(serial_import=OuterRef("pk"), settled_at__isnull=True)
    rows = SerialImport.objects.filter(Exists(waiting)).values_list(
        "version__recall__slug", "serial_list__name", "version__number"
    )
    doubtful: dict[str, set[str]] = {}
    for slug, name, number in rows:
        entry = asked.get(slug)
        if entry is None or number > entry.version or name in harmless_lists(entry.document):
            continue
        named = {each.name for each in recalled_lists(entry.document)}
        # A list that is named no more may have held units of any product of the recall.
        doubtful.setdefault(slug, set()).update({name} if name in named else named)
    return {slug: frozenset(names) for slug, names in doubtful.items()}


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
