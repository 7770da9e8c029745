"""What a section's form makes of the file: the same tables, with what was typed in them.

Guarantees: a field that was sent back as it was shown stays the very value; a field that the form
did not hold is not touched; a new name takes its place in the order of the document.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from recalldesk.recalls.editing.shape import Control, Field, Group, Kind, Node, nodes
from recalldesk.recalls.editing.typed import (
    MISSING,
    Typed,
    decimal_of,
    languages_in,
    plain_lines,
    shown,
    value_of,
)

Sent = Mapping[str, Sequence[str]]
"""What a form sent, by the names of its controls."""
PREFIX = "f"
MOST_RANKS = 12
NAME = "@name"
"""The control that holds the name of an entry that has one."""
KEY_FROM = {
    "products.key": "model",
    "products.variants.key": "name",
    "brands.key": "name",
    "remedies.key": "title",
    "review.decline_reasons.key": "title",
    "scope.lists.name": "products",
}
"""From what a short name is made where it is left empty."""
NUMBERS = frozenset({"figures.value"})


def typed_in(field: Field, name: str, sent: Sent, languages: Sequence[str]) -> Typed | None:
    """What was typed into the controls of a field; None where the form did not hold them."""
    if field.control is Control.TEXT:
        found = {each: sent[f"{name}.{each}"] for each in languages if f"{name}.{each}" in sent}
        return {each: plain_lines(texts[-1]) for each, texts in found.items()} or None
    if field.control is Control.TICKS:
        return {"": "\n".join(sent.get(name, ()))} if f"{name}.@" in sent else None
    if field.control is Control.RANKED:
        ranks = [sent[each][-1] for each in rank_names(name) if each in sent]
        return {"": "\n".join(each for each in ranks if each)} if ranks else None
    return {"": plain_lines(sent[name][-1])} if name in sent else None


def rank_names(name: str) -> list[str]:
    """The names of the controls of a list whose order means something."""
    return [f"{name}.@{place}" for place in range(MOST_RANKS)]


def changed(raw: dict[str, Any], form: Group, sent: Sent) -> dict[str, Any]:
    """The tables of the file, with what the form of a section says."""
    return _Changing(sent, languages_in(raw)).group(form, raw, PREFIX)


def placed(table: Mapping[str, Any], name: str, value: Any, order: Sequence[str]) -> dict[str, Any]:
    """A table with one name more, after those that come before it in an order."""
    before = order[: order.index(name)] if name in order else list(order)
    last = next((each for each in reversed(before) if each in table), None)
    found: dict[str, Any] = {} if last is not None else {name: value}
    for each, old in table.items():
        found[each] = old
        if each == last:
            found[name] = value
    return found


def order_of(path: str) -> list[str]:
    """The names of a group's fields, in the order of the document."""
    node = nodes()[path]
    return [each.name for each in node.inside] if isinstance(node, Group) else []


class _Changing:
    def __init__(self, sent: Sent, languages: Sequence[str]) -> None:
        self._sent = sent
        self._languages = languages

    def group(self, group: Group, before: Mapping[str, Any], name: str) -> dict[str, Any]:
        table = dict(before)
        for node in group.inside:
            old = before.get(node.name, MISSING)
            new = self._node(node, old, f"{name}.{node.name}", is_inline=group.is_inline)
            if new is MISSING:
                table.pop(node.name, None)
            elif node.name in table:
                table[node.name] = new
            else:
                table = placed(table, node.name, new, order_of(group.path))
        return self._with_key(group, table, name)

    def _node(self, node: Node, old: Any, name: str, *, is_inline: bool) -> Any:
        if isinstance(node, Field):
            return self._field(node, old, name, is_inline=is_inline)
        if node.kind is Kind.ONE:
            return self._one(node, old, name)
        if node.kind is Kind.NAMED:
            return self._named(node, old, name) if isinstance(old, dict) else old
        if not isinstance(old, list):
            return old
        return [self._entry(node, each, f"{name}.{place}") for place, each in enumerate(old)]

    def _one(self, group: Group, old: Any, name: str) -> Any:
        if old is MISSING and group.is_kept:
            return old
        if old is not MISSING and not isinstance(old, dict):
            return old
        new = self.group(group, {} if old is MISSING else old, name)
        leaves = not new and (old is MISSING or (group.is_inline and not group.is_needed))
        return MISSING if leaves else new

    def _entry(self, group: Group, old: Any, name: str) -> Any:
        if not isinstance(old, dict):
            return old
        if group.inside and group.inside[0].name == "":
            text = group.inside[0]
            assert isinstance(text, Field)
            new = self._field(text, old, name, is_inline=True)
            return {} if new is MISSING else new
        return self.group(group, old, name)

    def _named(self, group: Group, old: Mapping[str, Any], name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for place, (own, value) in enumerate(old.items()):
            sent = self._sent.get(f"{name}.{place}.{NAME}", (own,))[-1].strip() or own
            while sent in found or (sent != own and sent in old):
                sent += "_"
            found[sent] = self._entry(group, value, f"{name}.{place}")
        return found

    def _field(self, field: Field, old: Any, name: str, *, is_inline: bool) -> Any:
        there = shown(field, old, self._languages)
        if there is None or field.control is Control.FIXED:
            return old
        typed = typed_in(field, name, self._sent, list(there) or self._languages)
        if typed is None or all(typed[each] == there.get(each, "") for each in typed):
            return old
        if field.control is Control.DECIMAL:
            text = typed[""].strip()
            return decimal_of(text, as_number=field.path in NUMBERS) if text else MISSING
        return value_of(field, typed, old, is_inline=is_inline)

    def _with_key(self, group: Group, table: dict[str, Any], name: str) -> dict[str, Any]:
        """With a short name made from what is there, where the form left it empty."""
        for node in group.inside:
            source = KEY_FROM.get(node.path)
            if source is None or table.get(node.name) or f"{name}.{node.name}" not in self._sent:
                continue
            key = short_name(table.get(source))
            if key:
                return placed(
                    {n: v for n, v in table.items() if n != node.name},
                    node.name,
                    key,
                    order_of(group.path),
                )
        return table


def short_name(value: Any) -> str:
    """Small letters, digits and single hyphens, from a text; empty where it has none of them."""
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    if isinstance(value, list):
        value = value[0] if value else ""
    plain = unicodedata.normalize("NFKD", str(value or "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
