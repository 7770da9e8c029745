"""How values and tables are written in a recall file.

Guarantee: what is written reads as the same value, by the parser of Python.
"""

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from recalldesk.recalls.toml_places import BARE_KEY, Path

IsHeaded = Callable[[Path], bool]
"""Whether the table, or list of tables, at a path stands under headings of its own."""
LONGEST_LINE = 90
ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\f": "\\f", "\r": "\\r"}


def written(value: Any) -> str:
    """A value as it stands after `=`; tables inline, lists of tables an entry a line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _written_text(value)
    if isinstance(value, float):
        return _written_float(value)
    if isinstance(value, Mapping):
        fields = ", ".join(f"{name_of(name)} = {inside(each)}" for name, each in value.items())
        return f"{{ {fields} }}" if fields else "{}"
    if isinstance(value, Sequence):
        return written_list([inside(each) for each in value], _has_tables(value))
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    assert isinstance(value, int)
    return str(value)


def written_list(entries: Sequence[str], by_line: bool) -> str:
    """A list of entries that are written already, in a line or an entry a line."""
    in_a_line = f"[{', '.join(entries)}]"
    if not entries or (not by_line and len(in_a_line) <= LONGEST_LINE):
        return in_a_line
    return "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"


def _has_tables(value: Sequence[Any]) -> bool:
    return any(isinstance(each, Mapping) for each in value)


def inside(value: Any) -> str:
    """A value within an inline table or list, where no line may end."""
    if isinstance(value, str):
        return _in_quotes(value)
    if isinstance(value, Sequence):
        return f"[{', '.join(inside(each) for each in value)}]"
    return written(value)


def _escaped(text: str) -> str:
    return "".join(
        ESCAPES.get(each)
        or (f"\\u{ord(each):04X}" if each != "\n" and (each < " " or each == "\x7f") else each)
        for each in text
    )


def _in_quotes(text: str) -> str:
    return '"' + _escaped(text).replace("\n", "\\n") + '"'


def _written_text(text: str) -> str:
    if "\n" in text.strip("\n"):
        return '"""\n' + _escaped(text) + '"""'
    return _in_quotes(text)


def _written_float(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return str(value)
    shown = repr(value)
    return shown if {".", "e"} & set(shown) else f"{shown}.0"


def name_of(name: str) -> str:
    """A name as it stands before `=` or in a heading."""
    return name if BARE_KEY.fullmatch(name) else _in_quotes(name)


def heading_of(path: Path, *, is_entry: bool) -> str:
    """`[a.b]`, or `[[a.b]]` for an entry of a list."""
    name = ".".join(name_of(step) for step in path if isinstance(step, str))
    return f"[[{name}]]" if is_entry else f"[{name}]"


def is_under_headings(path: Path, value: Any, is_headed: IsHeaded) -> bool:
    """Whether a new value at a path is written with headings: a table, or a list of tables only."""
    if isinstance(value, Mapping):
        return is_headed(path)
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return (
        is_list
        and bool(value)
        and is_headed(path)
        and all(isinstance(each, Mapping) for each in value)
    )


def block_of(path: Path, value: Any, is_headed: IsHeaded) -> str:
    """A table with its heading, or a list of tables, with all that is inside."""
    if isinstance(value, Mapping):
        return _table(path, value, is_headed, is_entry=False)
    return "\n".join(entry_of((*path, place), each, is_headed) for place, each in enumerate(value))


def entry_of(path: Path, value: Mapping[str, Any], is_headed: IsHeaded) -> str:
    """One entry of a list of tables, under its heading."""
    return _table(path, value, is_headed, is_entry=True)


def _table(path: Path, value: Mapping[str, Any], is_headed: IsHeaded, *, is_entry: bool) -> str:
    headed = {
        name: each
        for name, each in value.items()
        if is_under_headings((*path, name), each, is_headed)
    }
    plain = [line_of(name, each) for name, each in value.items() if name not in headed]
    own = heading_of(path, is_entry=is_entry) + "\n" + "".join(plain)
    blocks = [block_of((*path, name), each, is_headed) for name, each in headed.items()]
    return "\n".join([own, *blocks])


def line_of(name: str, value: Any) -> str:
    """`name = value` and the end of the line."""
    return f"{name_of(name)} = {written(value)}\n"
