"""What a version no longer covers that the version published before it did.

Guarantee: a serial that was covered and is not any more is either counted here or lies in a part of
the scope that is named here; where that cannot be told cheaply, the part is named all the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.index.grouping import entries, patterns_of
from recalldesk.units.models import RangeEntry, SerialEntry, SerialImport, SerialRemoval
from recalldesk.units.ranges_form import Counting
from recalldesk.units.reads import dropped_count
from recalldesk.units.verdict.ranges import SerialRange

Rows = type[SerialEntry] | type[RangeEntry]


@dataclass(frozen=True)
class Dropped:
    """Serials and ranges of lists that are gone, and parts of the file that cover less."""

    count: int
    parts: tuple[str, ...] = ()


def dropped_since_published(version: RecallVersion) -> Dropped:
    """What is gone since the last version that was ever live; at the first one, from its draft."""
    before = (
        version.recall.versions.filter(number__lt=version.number, published_at__isnull=False)
        .order_by("-number")
        .first()
    )
    if before is None:
        return Dropped(dropped_count(version))
    old, new = document_of(before), document_of(version)
    was, is_now = (_lists(d, Meaning.RECALLED) for d in (old, new))
    count = _removed(version, before, was & is_now)
    for rows in (SerialEntry, RangeEntry):
        count += _of_lists_gone(rows, before, version, was - is_now, is_now)
        count += _newly_excluded(rows, before, version, old, new)
    return Dropped(count, tuple(dict.fromkeys(_parts_gone(old, new))))


def _lists(document: Document, meaning: Meaning) -> frozenset[str]:
    return frozenset(e.name for e in entries(document, meaning) if isinstance(e, ListSpec))


def _removed(version: RecallVersion, before: RecallVersion, names: Iterable[str]) -> int:
    return SerialRemoval.objects.filter(
        Q(restored_in__isnull=True) | Q(restored_in__number__gt=version.number),
        serial_list__recall=version.recall_id,
        serial_list__name__in=names,
        removed_in__number__gt=before.number,
        removed_in__number__lte=version.number,
    ).count()


def _brought_by(version: RecallVersion, names: Iterable[str], *, after: int = 0) -> list[int]:
    """The imports into these lists by versions up to this one."""
    return list(
        SerialImport.objects.filter(
            serial_list__recall=version.recall_id,
            serial_list__name__in=names,
            version__number__lte=version.number,
            version__number__gt=after,
        ).values_list("pk", flat=True)
    )


def _same(rows: Rows) -> dict[str, OuterRef]:
    columns = ("serial",) if rows is SerialEntry else ("start", "end")
    return {column: OuterRef(column) for column in columns}


def _of_lists_gone(
    rows: Rows,
    before: RecallVersion,
    version: RecallVersion,
    gone: frozenset[str],
    kept: frozenset[str],
) -> int:
    """Rows of lists that recall nothing any more, save those that a list of now has as well."""
    if not gone:
        return 0
    elsewhere = rows.objects.filter(serial_import_id__in=_brought_by(version, kept), **_same(rows))
    found = rows.objects.filter(serial_import_id__in=_brought_by(before, gone))
    return found.exclude(Exists(elsewhere)).count()


def _newly_excluded(
    rows: Rows, before: RecallVersion, version: RecallVersion, old: Document, new: Document
) -> int:
    """Rows that lists newly exclude, and that may have been covered."""
    excluded_before, excluded_now = (_lists(d, Meaning.EXCLUDED) for d in (old, new))
    fresh = _brought_by(version, excluded_now - excluded_before)
    fresh += _brought_by(version, excluded_now & excluded_before, after=before.number)
    found = rows.objects.filter(serial_import_id__in=fresh)
    recalled = entries(old, Meaning.RECALLED)
    imports = _brought_by(before, _lists(old, Meaning.RECALLED))
    only_serials = all(isinstance(entry, ListSpec) for entry in recalled) and not (
        RangeEntry.objects.filter(serial_import_id__in=imports).exists()
    )
    if rows is SerialEntry and only_serials:
        covered = SerialEntry.objects.filter(serial_import_id__in=imports, **_same(rows))
        found = found.filter(Exists(covered))
    return found.count()


def _parts_gone(old: Document, new: Document) -> Iterator[str]:
    now = entries(new, Meaning.RECALLED)
    for entry in entries(old, Meaning.RECALLED):
        if isinstance(entry, RangeSpec) and not any(_lies_in(entry, old, e, new) for e in now):
            yield f"the range {entry.start} to {entry.end}"
        if isinstance(entry, PatternSpec) and not _places(entry, old) <= {
            places for e in now if isinstance(e, PatternSpec) for places in _places(e, new)
        }:
            yield f"the pattern {entry.pattern}"
    excluded = [_identity(entry) for entry in entries(old, Meaning.EXCLUDED)]
    for entry in entries(new, Meaning.EXCLUDED):
        known = [products for name, products in excluded if name == _identity(entry)[0]]
        if not any(products >= set(entry.products) for products in known) and (
            known or not isinstance(entry, ListSpec)
        ):
            yield f"what {_identity(entry)[0]} excludes"
    yield from _exclusions_that_reach_more(old, new)
    yield from _folded_otherwise(old, new)


def _exclusions_that_reach_more(old: Document, new: Document) -> Iterator[str]:
    """Lists of fewer products than before meet exclusions that spared them before."""
    if not entries(new, Meaning.EXCLUDED):
        return
    now = dict(_identity(entry) for entry in entries(new, Meaning.RECALLED))
    for entry in entries(old, Meaning.RECALLED):
        name, products = _identity(entry)
        if not now.get(name, products) >= products:
            yield f"{name}, which names fewer products"


def _folded_otherwise(old: Document, new: Document) -> Iterator[str]:
    """Stored serials are folded: other folding finds others."""
    for product in old.products:
        now = new.product_by_key.get(product.key)
        if now is not None and now.serial.form.folding != product.serial.form.folding:
            yield f"serials of {product.model}, whose folding changed"


def _identity(entry: ListSpec | RangeSpec | PatternSpec) -> tuple[str, frozenset[str]]:
    if isinstance(entry, ListSpec):
        name = f"the list {entry.name!r}"
    elif isinstance(entry, RangeSpec):
        name = f"the range {entry.start} to {entry.end}"
    else:
        name = f"the pattern {entry.pattern}"
    return name, frozenset(entry.products)


def _ends(entry: RangeSpec, document: Document) -> tuple[str, str]:
    form = document.product_by_key[entry.products[0]].serial.form
    return form.fold(normalise(entry.start)), form.fold(normalise(entry.end))


def _lies_in(inner: RangeSpec, old: Document, outer: object, new: Document) -> bool:
    if not isinstance(outer, RangeSpec) or outer.counting != inner.counting:
        return False
    whole = SerialRange(*_ends(outer, new), Counting(outer.counting))
    return all(whole.holds(end) for end in _ends(inner, old))


def _places(entry: PatternSpec, document: Document) -> set[tuple[str, ...]]:
    forms = {document.product_by_key[key].serial.form.profile: key for key in entry.products}
    return {
        places
        for key in forms.values()
        for places in patterns_of(entry, document, document.product_by_key[key].serial.form)
    }
