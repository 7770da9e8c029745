"""Sealed fields of tables: how many values name which data key, and sealing them anew.

Guarantees: a value is replaced only if it still is what was read; each row is changed by itself, so
that no program ever waits for more than one, and none is locked for longer than its own change.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BinaryField, Count, F, Func, Model, Q, QuerySet

from recalldesk.sealing import register, vault
from recalldesk.sealing.fields_of_rows import register_name, scope_of
from recalldesk.sealing.holders import Batch
from recalldesk.sealing.keys import KeyRing, SealingError, key_named_by

WRAPPED_KEYS = "sealing.DataKey.wrapped"
"""Not sealed under a data key: wrapping.py wraps them anew."""
ROWS = 200
"""Read at once."""


class KeyName(Func):
    """The name of the key in a sealed value, as the database reads it; NULL where it holds none."""

    template = (
        "CASE WHEN octet_length(%(expressions)s) > 2 THEN"
        " substring(%(expressions)s from 3 for get_byte(%(expressions)s, 1)) END"
    )
    output_field = BinaryField()


@dataclass(frozen=True)
class SealedTable:
    """The sealed fields of one model."""

    model: type[Model]
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """`app.Model`."""
        return self.model._meta.label

    def count(self) -> Counter[str]:
        """How many values name each data key."""
        found: Counter[str] = Counter()
        for field in self.fields:
            rows = self._rows().exclude(**{f"{field}_key": None}).values_list(f"{field}_key")
            for name, count in rows.annotate(count=Count("pk")).order_by():
                found[bytes(name).decode("ascii", "replace")] += count
        return found

    def reseal(self, newest: Collection[str]) -> Iterator[Batch]:
        """Seals anew what names none of these keys, some rows at a time."""
        names = [name.encode() for name in newest]
        stale = Q()
        for field in self.fields:
            stale |= Q(**{f"{field}_key__isnull": False}) & ~Q(**{f"{field}_key__in": names})
        rows = self._rows().filter(stale).order_by("pk")
        batch = list(rows[:ROWS])
        while batch:
            rings: dict[str, KeyRing] = {}
            yield _sum(self._reseal_row(row, newest, rings) for row in batch)
            batch = list(rows.filter(pk__gt=batch[-1].pk)[:ROWS])

    def _rows(self) -> QuerySet[Model]:
        keys = {f"{field}_key": KeyName(F(field)) for field in self.fields}
        rows: QuerySet[Model] = self.model._base_manager.annotate(**keys)
        return rows

    def _reseal_row(self, row: Model, newest: Collection[str], rings: dict[str, KeyRing]) -> Batch:
        unopened = list[str]()
        try:
            scope = scope_of(row)
        except ObjectDoesNotExist:  # The row by which it knows its recall went, and it did too.
            return Batch(changed=1)
        if scope not in rings:
            rings[scope] = vault.data_ring(scope)
        before: dict[str, bytes] = {}
        after: dict[str, bytes] = {}
        for field in self.fields:
            value, purpose = bytes(getattr(row, field) or b""), register_name(self.model, field)
            if not value or key_named_by(value) in newest:
                continue
            try:
                plain = vault.open_bytes(value, scope=scope, purpose=purpose)
            except SealingError:
                unopened.append(f"{purpose} of row {row.pk}")
                continue
            before[field], after[field] = value, rings[scope].seal(plain, purpose=purpose)
        if not after:
            return Batch(unopened=tuple(unopened))
        replaced = self.model._base_manager.filter(pk=row.pk, **before).update(**after)
        count = len(after)
        return Batch(count * replaced, count * (1 - replaced), tuple(unopened))


def _sum(batches: Iterator[Batch]) -> Batch:
    resealed = changed = 0
    unopened: tuple[str, ...] = ()
    for batch in batches:
        resealed, changed = resealed + batch.resealed, changed + batch.changed
        unopened += batch.unopened
    return Batch(resealed, changed, unopened)


def _tables(names: Collection[str]) -> tuple[SealedTable, ...]:
    fields: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        model, _, field = name.rpartition(".")
        fields[model].append(field)
    return tuple(
        SealedTable(apps.get_model(model), tuple(of_model)) for model, of_model in fields.items()
    )


def sealed_tables() -> tuple[SealedTable, ...]:
    """Every field of the register that a rotation seals anew."""
    return _tables(register.SEALED.keys() - register.STAYS_AS_SEALED.keys() - {WRAPPED_KEYS})


def tables_that_stay() -> tuple[SealedTable, ...]:
    """Those fields under data keys whose values stay as they were sealed."""
    return _tables(register.STAYS_AS_SEALED.keys())
