"""Entries that are added, removed and moved by the buttons of a section's form.

A button names what it is about as the form's controls do: `products.0.variants`.
"""

from copy import deepcopy
from enum import StrEnum
from typing import Any

from recalldesk.recalls.editing.changing import order_of, placed
from recalldesk.recalls.editing.choices import choices_of
from recalldesk.recalls.editing.shape import (
    FIXED,
    Control,
    Field,
    Group,
    Kind,
    nodes,
    schema_path,
)
from recalldesk.recalls.toml_places import Path

NEW_FIGURE = "figure"


class Doing(StrEnum):
    """What a button does."""

    ADD = "add"
    REMOVE = "remove"
    UP = "up"
    DOWN = "down"


def path_of(written: str, raw: dict[str, Any]) -> Path:
    """The path in the file that a button or control names. Figures go by their number in a form."""
    steps: list[str | int] = [
        int(s) if s.isdecimal() and len(s) < 6 else s for s in written.split(".")
    ]
    figures = raw.get("figures")
    if steps[:1] == ["figures"] and len(steps) > 1 and isinstance(figures, dict):
        names, number = list(figures), steps[1]
        if isinstance(number, int) and number < len(names):
            steps[1] = names[number]
    return tuple(steps)


def done(raw: dict[str, Any], asked: str) -> tuple[dict[str, Any], str]:
    """The tables after what a button asks, and where the form goes on; as they were, and nothing,
    where it asks for what is not there."""
    word, _, written = asked.partition(" ")
    if word not in list(Doing):
        return raw, ""
    path, after = path_of(written, raw), deepcopy(raw)
    if path[0] in FIXED:
        return raw, ""
    try:
        if word == Doing.ADD:
            return after, _added(after, path, written)
        _changed(after, path, Doing(word))
    except (LookupError, TypeError, AttributeError):
        return raw, ""
    if word == Doing.REMOVE:
        return after, written.rpartition(".")[0] or written
    return after, _moved(written, word)


def _moved(written: str, word: str) -> str:
    around, _, number = written.rpartition(".")
    return f"{around}.{int(number) + (1 if word == Doing.DOWN else -1)}"


def _part_at(raw: Any, path: Path) -> Any:
    for step in path:
        raw = raw[step]
    return raw


def _added(raw: dict[str, Any], path: Path, written: str) -> str:
    group = nodes()[schema_path(path)]
    around = _around(raw, path[:-1])
    name = str(path[-1])
    if not isinstance(group, Group) or not isinstance(around, dict):
        raise TypeError
    if group.kind is Kind.ONE:
        _put(around, name, around.get(name, {}), path)
        return written
    if group.kind is Kind.NAMED:
        figures = around.get(name, {})
        own = NEW_FIGURE
        while own in figures:
            own += "_"
        _put(around, name, {**figures, own: {}}, path)
        return f"{written}.{len(figures)}"
    entries = around.get(name, [])
    _put(around, name, [*entries, _first_of(group, raw)], path)
    return f"{written}.{len(entries)}"


def _around(raw: Any, path: Path) -> Any:
    """The table around what is added; tables that the file must have are made where they lack."""
    for place, step in enumerate(path):
        if isinstance(raw, dict) and step not in raw:
            _put(raw, str(step), {}, path[: place + 1])
        raw = raw[step]
    return raw


def _put(table: dict[str, Any], name: str, value: Any, path: Path) -> None:
    if name in table:
        table[name] = value
        return
    there = placed(table, name, value, order_of(schema_path(path[:-1])))
    table.clear()
    table.update(there)


def _first_of(group: Group, raw: dict[str, Any]) -> dict[str, Any]:
    """A new entry, with what can be meant only in one way."""
    entry: dict[str, Any] = {}
    for node in group.inside:
        if isinstance(node, Field) and node.control is Control.TICKS and node.is_needed:
            named = choices_of(node, raw)
            if len(named) == 1:
                entry[node.name] = [named[0][0]]
    return entry


def _changed(raw: dict[str, Any], path: Path, doing: Doing) -> None:
    around, last = _part_at(raw, path[:-1]), path[-1]
    if doing is Doing.REMOVE:
        del around[last]
        if not around and len(path) > 1 and isinstance(around, list | dict):
            outer = _part_at(raw, path[:-2])
            node = nodes().get(schema_path(path[:-1]))
            if isinstance(node, Group) and node.kind is not Kind.ONE and isinstance(outer, dict):
                del outer[path[-2]]
        return
    if not isinstance(around, list) or not isinstance(last, int):
        raise TypeError
    other = last + (1 if doing is Doing.DOWN else -1)
    if not (0 <= last < len(around) and 0 <= other < len(around)):
        raise LookupError
    around[last], around[other] = around[other], around[last]
