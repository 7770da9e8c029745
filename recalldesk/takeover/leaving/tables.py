"""The tables of a recall, each as CSV and as JSON Lines, with what its columns mean.

Guarantees: every row of the recall is written, once, in the order of its number; what is sealed is
written in the clear, or where personal data are left out as an empty value; keyed digests and what
the register leaves out are not written at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BinaryField,
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    FloatField,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    UUIDField,
)

from recalldesk.audit.states import Actor
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields import LookupField, SealedField
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.register import IN_CLEAR
from recalldesk.takeover.leaving.register import EXPORTED, LEFT_OUT, Which

AT_ONCE = 1_000
TEXT = "text"
KINDS: Sequence[tuple[type[Any], str]] = (
    (IntegerField, "whole number"),
    (DecimalField, "decimal number, as text"),
    (FloatField, "number"),
    (BooleanField, "true or false"),
    (DateTimeField, "moment, ISO 8601"),
    (DateField, "day, YYYY-MM-DD"),
    (UUIDField, "UUID"),
    (JSONField, "JSON"),
    (ArrayField, "list of texts"),
    (BinaryField, "bytes, hexadecimal"),
)
Value = str | int | float | bool | list[Any] | dict[str, Any] | None


@dataclass(frozen=True)
class Column:
    """A column as it is written. `name`: without `sealed_`; `points_to`: a table."""

    field: "Field[Any, Any]"
    name: str
    is_sealed: bool
    is_personal: bool
    points_to: str = ""


@dataclass
class Table:
    """One table. `named`: the rows of other tables that its rows name, by table."""

    label: str
    columns: Sequence[Column]
    rows: "QuerySet[Any]"
    with_personal: bool
    named: "Named"
    count: int = 0

    @property
    def heads(self) -> list[Heading]:
        """For a sheet."""
        return [Heading(each.name) for each in self.columns]

    def values(self) -> Iterator[dict[str, Value]]:
        """Each row, by the names of its columns."""
        for row in self.rows.iterator(chunk_size=AT_ONCE):
            self.count += 1
            self.named.note(row, self.columns)
            yield {each.name: self._value(row, each) for each in self.columns}

    def _value(self, row: Model, column: Column) -> Value:
        if column.is_personal and not self.with_personal:
            return None
        if column.is_sealed:
            return opened(row, column.field.name)
        return plain(getattr(row, column.field.attname))


@dataclass
class Named:
    """Which rows of tables without a path were named so far."""

    ids: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))

    def note(self, row: Model, columns: Sequence[Column]) -> None:
        """Remembers what a row names."""
        for each in columns:
            if EXPORTED.get(each.points_to) is Which.NAMED:
                self.ids[each.points_to].add(getattr(row, each.field.attname))
        if row._meta.label == "audit.StateChange" and getattr(row, "actor", "") == Actor.STAFF:
            self.ids["accounts.Staff"].add(getattr(row, "actor_id", None))


def tables_of(recall: Recall, *, with_personal: bool) -> Iterator[Table]:
    """Every table, those that others name at the end. Each must be read before the next."""
    named = Named()
    paths = sorted(EXPORTED.items(), key=lambda each: isinstance(each[1], Which))
    for label, path in paths:
        model: Any = apps.get_model(label)
        if isinstance(path, Which):
            rows = model._base_manager.filter(pk__in=named.ids[label] - {None})
        else:
            rows = model._base_manager.filter(**{path: recall.pk})
        yield Table(label, columns_of(model), rows.order_by("pk"), with_personal, named)


def columns_of(model: type[Model]) -> list[Column]:
    """The columns of a table that are written."""
    left_out = LEFT_OUT.get(model._meta.label, {})
    return [
        _column(model, each)
        for each in model._meta.concrete_fields
        if not isinstance(each, LookupField) and each.name not in left_out
    ]


def _column(model: type[Model], found: "Field[Any, Any]") -> Column:
    is_sealed = isinstance(found, SealedField)
    in_clear = f"{model._meta.label}.{found.name}" in IN_CLEAR
    other: Any = found.related_model if found.is_relation else None
    points_to = other._meta.label if other else ""
    name = found.name.removeprefix("sealed_") if is_sealed else found.attname
    return Column(found, name, is_sealed, is_sealed or in_clear, points_to)


def plain(value: Any) -> Value:
    """A value as JSON has it."""
    if value is None or isinstance(value, bool | int | float | str | dict):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"a value of {type(value).__name__} has no open form")


def as_cell(value: Value) -> Cell:
    """A value as a cell of a sheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def schema_of(table: Table) -> Mapping[str, Any]:
    """What the columns of a table mean, and which are not written."""
    model: Any = apps.get_model(table.label)
    left_out = {
        each.name: "a keyed digest"
        for each in model._meta.concrete_fields
        if isinstance(each, LookupField)
    } | dict(LEFT_OUT.get(table.label, {}))
    return {
        "about": " ".join((model.__doc__ or "").split()),
        "columns": {each.name: _said(each) for each in table.columns},
        "not_written": left_out,
    }


def _said(column: Column) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": kind_of(column), "may_be_null": column.field.null}
    if column.points_to:
        said["points_to"] = column.points_to
    if column.is_personal:
        said["is_personal"] = True
    if column.field.choices:
        said["values"] = {str(key): str(label) for key, label in column.field.choices}
    return said


def kind_of(column: Column) -> str:
    """What a column holds, in words that no program of ours is needed for."""
    found: Any = column.field
    if column.is_sealed:
        return TEXT
    if found.is_relation:
        found = found.target_field
    return next((said for kind, said in KINDS if isinstance(found, kind)), TEXT)
