"""What changed between two recall files, field by field.

Guarantee: two documents are equal exactly when no difference is found. Entries of lists are matched
by what identifies them, so that a new product in front is one new product and not a change of all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from recalldesk.recalls.document import Document
from recalldesk.recalls.field_paths import labels


@dataclass(frozen=True)
class Difference:
    """One field that changed. An empty `before` is an addition, an empty `after` a removal."""

    path: str
    before: str
    after: str


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Every difference, in the order of the file."""
    return tuple(_between("", before.model_dump(), after.model_dump()))


def table_differences(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[Difference, ...]:
    """The same of two files as they are written, which need not hold together."""
    return tuple(_between("", _as_stored(before), _as_stored(after)))


def _as_stored(value: object) -> object:
    """Lists as a document holds them."""
    if isinstance(value, dict):
        return {name: _as_stored(each) for name, each in value.items()}
    return tuple(map(_as_stored, value)) if isinstance(value, list) else value


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return ", ".join(_shown(entry) for entry in value)
    return str(value)


def _between(path: str, before: object, after: object) -> Iterator[Difference]:
    if before == after:
        return
    if _holds(before, after, dict):
        yield from _between_tables(path, before or {}, after or {})  # type: ignore[arg-type] # both are tables or absent, as _holds says
    elif _holds(before, after, tuple) and _of_tables(before, after):
        yield from _between_lists(path, before or (), after or ())  # type: ignore[arg-type] # both are lists or absent, as _holds says
    else:
        yield Difference(path, _shown(before), _shown(after))


def _holds(before: object, after: object, kind: type) -> bool:
    return all(value is None or isinstance(value, kind) for value in (before, after))


def _of_tables(*lists: object) -> bool:
    return any(isinstance(entry, dict) for entries in lists for entry in entries or ())  # type: ignore[attr-defined] # only lists come here


def _between_tables(
    path: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        yield from _between(f"{path}.{name}" if path else name, before.get(name), after.get(name))


def _numbered(entries: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, len(entries) + 1))


def _between_lists(
    path: str, before: Sequence[object], after: Sequence[object]
) -> Iterator[Difference]:
    named_before, named_after = labels(before), labels(after)
    if named_before is None or named_after is None:
        named_before, named_after = _numbered(before), _numbered(after)
    old = dict(zip(named_before, before, strict=True))
    new = dict(zip(named_after, after, strict=True))
    for label in dict.fromkeys([*old, *new]):
        yield from _between(f"{path}[{label}]", old.get(label), new.get(label))
    stayed_before = [label for label in named_before if label in new]
    stayed_after = [label for label in named_after if label in old]
    if stayed_before != stayed_after:
        yield Difference(f"{path} (order)", ", ".join(stayed_before), ", ".join(stayed_after))
