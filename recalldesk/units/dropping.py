"""What a version no longer covers that the version published before it did.

Guarantee: a serial that was covered and is not any more is either counted here or lies in a part of
the scope that is named here; where that cannot be told cheaply, the part is named all the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.units.index.grouping import entries
from recalldesk.units.models import RangeEntry, SerialEntry, SerialImport, SerialRemoval
from recalldesk.units.narrowing import Fate, counting_narrowed, fate_in, fate_of
from recalldesk.units.reads import dropped_count

Rows = type[SerialEntry] | type[RangeEntry]


@dataclass(frozen=True)
class Dropped:
    """Serials and ranges of lists that are gone, and parts of the file that cover less."""

    count: int
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    """From the version published last to the one in question."""

    before: RecallVersion
    after: RecallVersion
    old: Document
    new: Document


def dropped_since_published(version: RecallVersion) -> Dropped:
    """What is gone since the last version that was ever live; at the first one, from its draft."""
    before = (
        version.recall.versions.filter(number__lt=version.number, published_at__isnull=False)
        .order_by("-number")
        .first()
    )
    if before is None:
        return Dropped(dropped_count(version))
    step = _Step(before, version, document_of(before), document_of(version))
    count, parts, taking_out = _removed(step), list(_counted_otherwise(step)), set[str]()
    now = _lists(step.new, Meaning.RECALLED)
    for entry in entries(step.old, Meaning.RECALLED):
        if isinstance(entry, ListSpec) and entry.name not in now:
            elsewhere = _elsewhere(entry, step)
            count += _of_a_list_gone(entry, step, elsewhere)
            fates = list(elsewhere.values())
        else:
            fates = [fate_of(entry, step.old, step.new)]
            parts += [fate.why for fate in fates if not fate.kept]
        taking_out |= {name for fate in fates for name in fate.taking_out}
    count += _newly_excluded(step, taking_out)
    parts += _folded_otherwise(step)
    return Dropped(count, tuple(dict.fromkeys(parts)))


def _lists(document: Document, meaning: Meaning) -> frozenset[str]:
    return frozenset(e.name for e in entries(document, meaning) if isinstance(e, ListSpec))


def _in_effect(version: RecallVersion) -> QuerySet[SerialRemoval]:
    """What versions up to this one removed and did not bring back."""
    return SerialRemoval.objects.filter(
        Q(restored_in__isnull=True) | Q(restored_in__number__gt=version.number),
        serial_list__recall=version.recall_id,
        removed_in__number__lte=version.number,
    )


def _removed(step: _Step) -> int:
    names = _lists(step.old, Meaning.RECALLED) & _lists(step.new, Meaning.RECALLED)
    since = _in_effect(step.after).filter(removed_in__number__gt=step.before.number)
    return since.filter(serial_list__name__in=names).count()


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


def _same_removal(rows: Rows) -> dict[str, OuterRef]:
    start, end = ("serial", "serial") if rows is SerialEntry else ("start", "end")
    return {
        "serial_list": OuterRef("serial_list"),
        "start": OuterRef(start),
        "end": OuterRef(end),
    }


def _covered(rows: Rows, version: RecallVersion, names: Iterable[str]) -> QuerySet[Any]:
    """The rows of these lists that a version has."""
    found = rows.objects.filter(serial_import_id__in=_brought_by(version, names))
    removals = _in_effect(version)
    if not removals.exists():
        return found
    return found.exclude(Exists(removals.filter(**_same_removal(rows))))


def _elsewhere(entry: ListSpec, step: _Step) -> dict[str, Fate]:
    """The lists of now that a row of a list which is gone can have moved to."""
    others = [e for e in entries(step.new, Meaning.RECALLED) if isinstance(e, ListSpec)]
    fates = {other.name: fate_in(entry, step.old, other, step.new) for other in others}
    return {name: fate for name, fate in fates.items() if fate.kept}


def _of_a_list_gone(entry: ListSpec, step: _Step, elsewhere: Iterable[str]) -> int:
    """Rows of a list that recalls nothing any more, save those that a list of now has as well."""
    count = 0
    for rows in (SerialEntry, RangeEntry):
        moved = _covered(rows, step.after, elsewhere).filter(**_same(rows))
        count += _covered(rows, step.before, [entry.name]).exclude(Exists(moved)).count()
    return count


def _newly_excluded(step: _Step, taking_out: Iterable[str]) -> int:
    """Rows that lists newly exclude, and that may have been covered.

    Of lists which took out before, the rows that are new or came back; of others, all.
    """
    wholly = frozenset(taking_out)
    partly = _lists(step.new, Meaning.EXCLUDED) - wholly
    return sum(
        _may_have_been_covered(rows, step, found).count()
        for rows in (SerialEntry, RangeEntry)
        for found in (_covered(rows, step.after, wholly), _fresh(rows, step, partly))
    )


def _fresh(rows: Rows, step: _Step, names: Iterable[str]) -> QuerySet[Any]:
    """Rows that these lists have now and did not have before."""
    brought = _brought_by(step.after, names, after=step.before.number)
    restored = SerialRemoval.objects.filter(
        removed_in__number__lte=step.before.number,
        restored_in__number__gt=step.before.number,
        restored_in__number__lte=step.after.number,
        **_same_removal(rows),
    )
    return _covered(rows, step.after, names).filter(
        Q(serial_import_id__in=brought) | Q(Exists(restored))
    )


def _may_have_been_covered(rows: Rows, step: _Step, found: QuerySet[Any]) -> QuerySet[Any]:
    recalled = entries(step.old, Meaning.RECALLED)
    imports = _brought_by(step.before, _lists(step.old, Meaning.RECALLED))
    only_serials = all(isinstance(entry, ListSpec) for entry in recalled) and not (
        RangeEntry.objects.filter(serial_import_id__in=imports).exists()
    )
    if rows is RangeEntry or not only_serials:
        return found
    covered = SerialEntry.objects.filter(serial_import_id__in=imports, **_same(rows))
    return found.filter(Exists(covered))


def _counted_otherwise(step: _Step) -> Iterator[str]:
    """Lists whose ranges hold less, because they count on by digits where they did by letters."""
    for name in sorted(counting_narrowed(step.old, step.new)):
        if _covered(RangeEntry, step.before, [name]).exists():
            yield f"the list {name!r}, whose counting changed"


def _folded_otherwise(step: _Step) -> Iterator[str]:
    """Stored serials are folded: other folding finds others."""
    for product in step.old.products:
        now = step.new.product_by_key.get(product.key)
        if now is not None and not product.serial.form.folds_as(now.serial.form):
            yield f"serials of {product.model}, whose folding changed"
