"""Seals and opens the fields of rows in one line each.

Guarantees: the purpose is always the field's name in the register (`app.Model.field`); the scope
of a row is its recall, or the desk where it belongs to none, and is found the same way by everyone.
"""

from collections.abc import Sequence

from django.db.models import Model

from recalldesk.sealing import vault
from recalldesk.sealing.fields import LookupField, SealedField


def register_name(model: type[Model], field: str) -> str:
    """`app.Model.field`, by the model that defines the field. Raises FieldDoesNotExist."""
    found = model._meta.get_field(field)
    return f"{found.model._meta.label}.{found.name}"


def recall_of(row: Model) -> int | None:
    """The recall whose key seals the row's values; None is the desk's own.

    A row says so by a property `sealing_recall_id`; else by its column `recall_id`.
    """
    for name in ("sealing_recall_id", "recall_id"):
        if hasattr(type(row), name):
            recall_id: int | None = getattr(row, name)
            return recall_id
    return None


def scope_of(row: Model) -> str:
    """The scope of all sealed values of a row."""
    return _scope(recall_of(row))


def sealed(model: type[Model], field: str, text: str, *, recall_id: int | None) -> bytes:
    """The text sealed for this field of a row of that recall, None being the desk.

    Raises TypeError where the field is not a sealed one.
    """
    return vault.seal_text(text, scope=_scope(recall_id), purpose=_sealed_name(model, field))


def sealed_each(
    model: type[Model], field: str, texts: Sequence[tuple[int | None, str]]
) -> list[bytes]:
    """Texts sealed for this field of rows, each of its recall; keys are read once for a recall.

    Raises TypeError where the field is not a sealed one.
    """
    name = _sealed_name(model, field)
    rings = {each: vault.data_ring(_scope(each)) for each in {each for each, _ in texts}}
    return [rings[recall_id].seal(text.encode(), purpose=name) for recall_id, text in texts]


def opened(row: Model, field: str) -> str:
    """What the row's field holds; "" where it holds nothing. Raises SealingError."""
    value: bytes | memoryview | None = getattr(row, field)
    if not value:
        return ""
    purpose = _sealed_name(type(row), field)
    return vault.open_text(bytes(value), scope=scope_of(row), purpose=purpose)


def digest(model: type[Model], field: str, normalised: str, *, purpose: str = "") -> bytes:
    """The keyed digest (32 bytes) under which a look-up field finds a normalised text.

    The purpose is the field's own name unless another is given: fields that are to be compared
    with one another share one. Raises TypeError where the field is not a look-up field.
    """
    name = register_name(model, field)
    if not isinstance(model._meta.get_field(field), LookupField):
        raise TypeError(f"{name} is not a look-up field")
    return vault.digest_for_lookup(normalised, purpose=purpose or name)


def _scope(recall_id: int | None) -> str:
    return vault.DESK if recall_id is None else vault.recall_scope(recall_id)


def _sealed_name(model: type[Model], field: str) -> str:
    name = register_name(model, field)
    if not isinstance(model._meta.get_field(field), SealedField):
        raise TypeError(f"{name} is not a sealed field")
    return name
