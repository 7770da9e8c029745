"""A section of the recall file as its page shows it: groups, fields and their controls.

Guarantees: each problem and each finding stands at the nearest field that the page shows, or at the
head of the page; what a control cannot show as it is, is shown and not changed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from recalldesk.recalls.editing.changing import NAME, PREFIX, Sent, typed_in
from recalldesk.recalls.editing.choices import choices_of
from recalldesk.recalls.editing.controls import Input, inputs_of
from recalldesk.recalls.editing.hints import help_of, hint_of, may_be_empty
from recalldesk.recalls.editing.labels import heading_of, label_of
from recalldesk.recalls.editing.sections import Section, parts_of, section_at, section_of
from recalldesk.recalls.editing.shape import Control, Field, Group, Kind
from recalldesk.recalls.editing.typed import MISSING, Typed, languages_in, shown
from recalldesk.recalls.toml_places import Path


@dataclass(frozen=True)
class Remark:
    """Something said about what stands at a path. `rule`: of the linter, which found it."""

    path: Path
    words: str
    rule: str = ""
    is_error: bool = True
    todo: str = ""


@dataclass
class ShownField:
    """One field. `is_bare`: the entry around it says what it is. `was_changed`: by somebody else
    meanwhile; `theirs` is what they wrote, where both did."""

    name: str
    path: str
    label: str
    help: str
    hint: str
    may_be_empty: bool
    inputs: list[Input]
    is_bare: bool = False
    remarks: list[Remark] = field(default_factory=list)
    was_changed: bool = False
    theirs: str | None = None

    @property
    def problems(self) -> list[Remark]:
        """What keeps the file from holding together."""
        return [each for each in self.remarks if not each.rule]

    @property
    def findings(self) -> list[Remark]:
        """What the linter found."""
        return [each for each in self.remarks if each.rule]

    @property
    def is_single(self) -> bool:
        """Whether one label is enough."""
        return len(self.inputs) == 1 and not self.inputs[0].is_several


@dataclass
class ShownEntry:
    """One table. The names of its buttons are empty where it cannot be changed here."""

    name: str
    title: str
    items: "list[ShownField | ShownGroup]"
    own_name: Input | None = None
    remarks: list[Remark] = field(default_factory=list)
    remove: str = ""
    up: str = ""
    down: str = ""


@dataclass
class ShownGroup:
    """A table, or a list of tables. `add` names the button by which one more is added."""

    name: str
    label: str
    heading: str
    help: str
    level: int
    is_list: bool
    is_needed: bool
    entries: list[ShownEntry]
    add: str = ""
    remove: str = ""
    elsewhere: str = ""
    remarks: list[Remark] = field(default_factory=list)


@dataclass
class ShownSection:
    """A section's page. `seen` says what it showed, in short, to be sent back with the form."""

    section: Section
    items: list[ShownField | ShownGroup]
    remarks: list[Remark]
    seen: dict[str, str]


def short_digest(typed: Typed, control: Control = Control.LINE) -> str:
    """What stands in the controls of a field, in short. Ticks alone have no order of their own."""
    parts: list[str] = []
    for each in typed:
        lines = typed[each].split("\n")
        parts += [each, "|".join(sorted(lines) if control is Control.TICKS else lines)]
    return _digest("\0".join(parts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:10]


def own_digests(entries: "Sequence[tuple[str | int, Any]]") -> str:
    """Which entry stands at each place, in short: by its own name; one that has none, or shares it,
    by all that it says, so that another one in its place is always seen."""
    names = [_own_of(step, entry) for step, entry in entries]
    return " ".join(
        _digest(name if name and names.count(name) == 1 else repr(entry))
        for name, (_, entry) in zip(names, entries, strict=True)
    )


def _own_of(step: str | int, entry: Any) -> str:
    if isinstance(step, str):
        return step
    found = (entry.get(each) for each in OWN_NAMES) if isinstance(entry, dict) else ()
    return next((f"{each}" for each in found if isinstance(each, str) and each), "")


def section_shown(
    section: Section, raw: Mapping[str, Any], remarks: Iterable[Remark], sent: Sent | None = None
) -> ShownSection:
    """The page of a section. Where a form was sent, what was typed stands in its controls."""
    own = [each for each in remarks if section_at(each.path) is section]
    maker = _Maker(section, raw, own, sent)
    items = maker.items(parts_of(section), raw, PREFIX, (), 0)
    return ShownSection(section, items, maker.left(()), maker.seen)


class _Maker:
    def __init__(
        self,
        section: Section,
        raw: Mapping[str, Any],
        remarks: Iterable[Remark],
        sent: Sent | None,
    ) -> None:
        self._section = section
        self._raw = dict(raw)
        self._remarks = list(remarks)
        self._sent = sent
        self._languages = languages_in(raw)
        self.seen: dict[str, str] = {}

    def left(self, path: Path) -> list[Remark]:
        """The remarks about what is at or below a path that stand nowhere yet."""
        found = [each for each in self._remarks if each.path[: len(path)] == path]
        self._remarks = [each for each in self._remarks if each not in found]
        return found

    def items(
        self, group: Group, table: Mapping[str, Any], name: str, path: Path, level: int
    ) -> "list[ShownField | ShownGroup]":
        found: list[ShownField | ShownGroup] = []
        for node in group.inside:
            value = table.get(node.name, MISSING)
            below, where = f"{name}.{node.name}", (*path, node.name)
            if isinstance(node, Field):
                found.append(self._field(node, value, below, where))
            else:
                found.append(self._group(node, value, below, where, level + 1))
        return found

    def _field(self, node: Field, value: Any, name: str, path: Path) -> ShownField:
        typed = shown(node, value, self._languages)
        if typed is not None:
            self.seen[name.removeprefix(f"{PREFIX}.")] = short_digest(typed, node.control)
        sent = None
        if self._sent is not None and typed is not None:
            sent = typed_in(node, name, self._sent, list(typed))
        choices = choices_of(node, self._raw) if node.control in CHOOSING else ()
        return ShownField(
            name=name,
            path=".".join(map(str, path)),
            label=label_of(node.path),
            help=help_of(node.path),
            hint=hint_of(node),
            may_be_empty=may_be_empty(node),
            inputs=inputs_of(node, name, value, {**(typed or {}), **(sent or {})}, choices)
            if typed is not None
            else inputs_of(node, name, value, None, choices),
            remarks=self.left(path),
        )

    def _group(self, node: Group, value: Any, name: str, path: Path, level: int) -> ShownGroup:
        is_home = section_of(node.path) is self._section
        button = name.removeprefix(f"{PREFIX}.")
        group = ShownGroup(
            name=name,
            label=label_of(node.path),
            heading=heading_of(node.path),
            help=help_of(node.path) if help_of(node.path) != f"{heading_of(node.path)}." else "",
            level=min(level + 1, 6),
            is_list=node.kind is not Kind.ONE,
            is_needed=node.is_needed,
            entries=[],
        )
        if node.kind is Kind.ONE:
            self._fill_one(group, node, value, (button, name), path, level)
        else:
            self._fill_list(group, node, value, (button, name), path, level, is_home=is_home)
        group.remarks = self.left(path)
        return group

    def _fill_one(
        self,
        group: ShownGroup,
        node: Group,
        value: Any,
        names: tuple[str, str],
        path: Path,
        level: int,
    ) -> None:
        button, name = names
        if value is MISSING and node.is_kept:
            group.add = f"add {button}"
        elif value is MISSING or isinstance(value, dict):
            table = {} if value is MISSING else value
            group.entries = [ShownEntry(name, "", self.items(node, table, name, path, level))]
            group.remove = f"remove {button}" if node.is_kept else ""

    def _fill_list(
        self,
        group: ShownGroup,
        node: Group,
        value: Any,
        names: tuple[str, str],
        path: Path,
        level: int,
        *,
        is_home: bool,
    ) -> None:
        button, name = names
        entries = _entries(value)
        self.seen[f"{button}#"] = own_digests(entries)
        for place, (step, entry) in enumerate(entries):
            made = self._entry(node, entry, f"{name}.{place}", (*path, step), level, place)
            if is_home:
                made.remove = f"remove {button}.{place}"
                if node.kind is Kind.MANY:
                    made.up = f"up {button}.{place}" if place else ""
                    made.down = f"down {button}.{place}" if place + 1 < len(entries) else ""
            group.entries.append(made)
        if is_home:
            group.add = f"add {button}"
        elif not entries:
            group.elsewhere = section_of(node.path).name

    def _entry(
        self, node: Group, entry: Any, name: str, path: Path, level: int, place: int
    ) -> ShownEntry:
        title = f"{label_of(node.path)} {place + 1}"
        called = title_of(entry) if isinstance(entry, dict) else ""
        made = ShownEntry(name, f"{title}: {called}" if called else title, [])
        if node.kind is Kind.NAMED:
            made.own_name = self._own_name(name, str(path[-1]))
        if isinstance(entry, dict):
            text = node.inside[0]
            if isinstance(text, Field) and text.name == "":
                made.title = title
                bare = self._field(text, entry, name, path)
                bare.label, bare.help, bare.hint, bare.is_bare = title, "", "", True
                made.items = [bare]
            else:
                made.items = self.items(node, entry, name, path, level)
        made.remarks = self.left(path)
        return made

    def _own_name(self, name: str, own: str) -> Input:
        typed = (self._sent or {}).get(f"{name}.{NAME}", (own,))[-1]
        self.seen[f"{name.removeprefix(f'{PREFIX}.')}.{NAME}"] = short_digest({"": own})
        return Input(name=f"{name}.{NAME}", kind="line", label="Name in texts", value=typed)


CHOOSING = frozenset({Control.CHOICE, Control.TICKS, Control.RANKED})
OWN_NAMES = ("key", "model", "name", "file", "pattern")
"""What tells an entry from others of its list, the first that it has."""
TITLES = ("model", "name", "title", "channel", "country", "pattern", "question", "file", "key")


def _entries(value: Any) -> Sequence[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def title_of(entry: Mapping[str, Any]) -> str:
    """What an entry is called among others."""
    for each in TITLES:
        value = entry.get(each)
        if isinstance(value, dict):
            value = next(iter(value.values()), "")
        if isinstance(value, str) and value.strip():
            return value.strip()[:60]
    ends = entry.get("start"), entry.get("end")
    return f"{ends[0]} to {ends[1]}" if all(isinstance(end, str) and end for end in ends) else ""
