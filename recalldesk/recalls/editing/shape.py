"""The recall file as a form: every field of the document's model with the control that takes it.

Guarantee: it is made from the model itself, so that no field is forgotten; a field of a kind for
which there is no control is refused when this is first asked for.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.parts import Figure, Money, Window
from recalldesk.recalls.document.remedy import Levels
from recalldesk.recalls.toml_places import Path

INLINE = (Money, Figure, Window, Levels)
"""Parts that stand in a line of the file."""
ORDERED = frozenset({"languages", "evidence.marks"})
"""Lists of choices whose order means something."""
FIXED = frozenset({"format", "recall"})
NAMED_CHOICES = frozenset(
    {
        "languages",
        "brands.products",
        "companies.products",
        "scope.lists.products",
        "scope.ranges.products",
        "scope.patterns.products",
        "remedies.countries",
        "incidents.injured",
        "incidents.killed",
    }
)
"""Lists whose entries are named elsewhere in the file, or by the program."""
LONG = frozenset({"firm.address", "brands.logo", "products.serial.alphabet"})


class Control(Enum):
    """How a field is typed or chosen."""

    FIXED = "shown only"
    LINE = "one line"
    LONG = "several lines of one text"
    NUMBER = "a whole number"
    DECIMAL = "a number"
    DAY = "a day"
    YES_NO = "yes or no"
    CHOICE = "one of some"
    TICKS = "several of some"
    RANKED = "several of some, in their order"
    LINES = "a line for each"
    NUMBERS = "a whole number in each line"
    DAYS = "a day in each line"
    PAIRS = "a pair in each line"
    TEXT = "a text in each language"


class Kind(Enum):
    """How often a group stands in the file."""

    ONE = "once"
    MANY = "a list of them"
    NAMED = "each with a name"


@dataclass(frozen=True)
class Field:
    """One field. `usual`: what holds where it is left out."""

    path: str
    name: str
    control: Control
    is_needed: bool
    usual: Any = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A table, or a list of tables. `is_inline`: it stands in a line of the file.

    `is_kept`: it can be left out, and is there only once somebody adds it.
    """

    path: str
    name: str
    kind: Kind
    is_needed: bool
    is_inline: bool
    is_kept: bool
    inside: "tuple[Field | Group, ...]"


Node = Field | Group


@cache
def whole() -> Group:
    """The whole file."""
    return _group("", "", Document, kind=Kind.ONE, is_needed=True, is_kept=False)


@cache
def nodes() -> dict[str, Node]:
    """Every field and group by its path."""
    found: dict[str, Node] = {}

    def walk(node: Node) -> None:
        if node.path not in found:
            found[node.path] = node
        if isinstance(node, Group):
            for each in node.inside:
                walk(each)

    walk(whole())
    return found


def schema_path(path: Path) -> str:
    """`products.sold.price` for the price of any product; the name of a figure falls away."""
    names = [step for step in path if isinstance(step, str)]
    if names[:1] == ["figures"]:
        names = names[:1] + names[2:]
    return ".".join(names)


def is_headed(path: Path) -> bool:
    """Whether the table, or list of tables, at a path stands under headings of its own."""
    if path[:1] == ("figures",):
        return len(path) == 1
    node = nodes().get(schema_path(path))
    return isinstance(node, Group) and not node.is_inline


def _group(
    path: str, name: str, model: type[BaseModel], *, kind: Kind, is_needed: bool, is_kept: bool
) -> Group:
    inside = tuple(
        _node(f"{path}.{each}" if path else each, each, field)
        for each, field in model.model_fields.items()
    )
    inline = model in INLINE
    return Group(path, name, kind, is_needed, inline, is_kept and not inline, inside)


def _node(path: str, name: str, field: FieldInfo) -> Node:
    is_needed = field.is_required()
    usual = None if field.default is PydanticUndefined else field.default
    pattern = next((m.pattern for m in field.metadata if getattr(m, "pattern", None)), "")
    kind = _bare(field.annotation)
    return _of_kind(path, name, kind, is_needed=is_needed, usual=usual, pattern=pattern)


def _bare(annotation: Any) -> Any:
    """A kind without what is noted of it, and without None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kinds = [_bare(each) for each in get_args(annotation) if each is not NoneType]
        return Decimal if Decimal in kinds else kinds[0]
    return annotation


def _of_kind(path: str, name: str, kind: Any, *, is_needed: bool, usual: Any, pattern: str) -> Node:
    def field(control: Control, choices: tuple[str, ...] = ()) -> Field:
        return Field(path, name, control, is_needed, usual, choices)

    if path in FIXED:
        return field(Control.FIXED)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        kept = usual is None and not is_needed
        return _group(path, name, kind, kind=Kind.ONE, is_needed=is_needed, is_kept=kept)
    if get_origin(kind) is tuple:
        return _list(path, name, get_args(kind)[0], field)
    if get_origin(kind) is dict:
        return _table(path, name, kind, field)
    if get_origin(kind) is Literal:
        return field(Control.CHOICE, tuple(str(each) for each in get_args(kind)))
    if pattern.startswith("^(") and pattern.endswith(")$") and "|" in pattern:
        return field(Control.CHOICE, tuple(pattern[2:-2].split("|")))
    return field(*_single(path, kind))


def _single(path: str, kind: Any) -> tuple[Control, tuple[str, ...]]:
    if issubclass(kind, Enum):
        return Control.CHOICE, tuple(str(each.value) for each in kind)
    if issubclass(kind, bool):
        return Control.YES_NO, ()
    if issubclass(kind, int):
        return Control.NUMBER, ()
    if issubclass(kind, Decimal):
        return Control.DECIMAL, ()
    if issubclass(kind, datetime.date):
        return Control.DAY, ()
    if issubclass(kind, str) or kind.__name__ == "EmailStr":
        return (Control.LONG if path in LONG else Control.LINE), ()
    raise TypeError(f"{path}: there is no control for {kind}")


def _list(path: str, name: str, annotation: Any, field: Any) -> Node:
    kind = _bare(annotation)
    if get_origin(kind) is dict:
        text = Field(path, "", Control.TEXT, is_needed=True)
        needed: Field = field(Control.TEXT)
        return Group(path, name, Kind.MANY, needed.is_needed, True, False, (text,))
    if issubclass(kind, BaseModel):
        needed = field(Control.TEXT)
        return _group(path, name, kind, kind=Kind.MANY, is_needed=needed.is_needed, is_kept=False)
    single, choices = _single(path, kind)
    if choices or path in NAMED_CHOICES:
        return field(Control.RANKED if path in ORDERED else Control.TICKS, choices)  # type: ignore[no-any-return] # field makes a Field
    lines = {Control.NUMBER: Control.NUMBERS, Control.DAY: Control.DAYS}.get(single, Control.LINES)
    return field(lines)  # type: ignore[no-any-return] # field makes a Field


def _table(path: str, name: str, kind: Any, field: Any) -> Node:
    inner = _bare(get_args(kind)[1])
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return _group(path, name, inner, kind=Kind.NAMED, is_needed=False, is_kept=False)
    is_pairs = any(
        hasattr(each, "metadata") for each in getattr(get_args(kind)[0], "__metadata__", ())
    )
    if is_pairs:
        return field(Control.PAIRS)  # type: ignore[no-any-return] # field makes a Field
    return field(Control.TEXT)  # type: ignore[no-any-return] # field makes a Field
