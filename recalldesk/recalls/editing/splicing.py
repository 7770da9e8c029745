"""The text of a recall file, changed so that it says what is wanted and else stays as it is.

Guarantees: the new text reads as just what is wanted, by the parser of Python; what already says
what is wanted keeps its every character, its comments, its order. Only where a file is written so
unusually that this cannot be done in place, the parts that change are written anew.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from recalldesk.recalls.editing.arranging import arranged
from recalldesk.recalls.editing.laid_out import LaidOut, UnusualError
from recalldesk.recalls.editing.written import (
    IsHeaded,
    block_of,
    heading_of,
    inside,
    is_under_headings,
    line_of,
    name_of,
    written,
    written_list,
)
from recalldesk.recalls.toml_places import Path

Splice = tuple[int, int, str]
"""From where, up to where, and what stands there instead."""
Table = Mapping[str, Any]
Way = Callable[[str, Table, IsHeaded], str]
BYTE_ORDER_MARK = "\ufeff"


def same(one: Any, other: Any) -> bool:
    """Whether two values read from TOML are the same, in kind too; the order of names is not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and repr(one) == repr(other)


def edited(text: str, wanted: dict[str, Any], is_headed: IsHeaded) -> str:
    """The text, saying what is wanted. It must be TOML."""
    if same(tomllib.loads(text.removeprefix(BYTE_ORDER_MARK)), wanted):
        return text
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    body = text.removeprefix(mark)
    ends = body.count("\n")
    ends_as_windows = ends and body.count("\r\n") == ends
    found = _first_that_says(body.replace("\r\n", "\n"), wanted, is_headed)
    return mark + (found.replace("\n", "\r\n") if ends_as_windows else found)


def _first_that_says(text: str, wanted: dict[str, Any], is_headed: IsHeaded) -> str:
    ways: tuple[Way, ...] = (_in_place, _parts_anew)
    for way in ways:
        try:
            found = way(text, wanted, is_headed)
            if same(tomllib.loads(found), wanted):
                return found
        except (UnusualError, tomllib.TOMLDecodeError):
            continue
    return _anew(wanted, is_headed)


def _anew(wanted: Table, is_headed: IsHeaded) -> str:
    headed = {n for n, each in wanted.items() if is_under_headings((n,), each, is_headed)}
    plain = [line_of(name, each) for name, each in wanted.items() if name not in headed]
    blocks = [block_of((n,), each, is_headed) for n, each in wanted.items() if n in headed]
    return "\n".join(["".join(plain), *blocks])


def _parts_anew(text: str, wanted: Table, is_headed: IsHeaded) -> str:
    """Each part of the top that differs is taken out and written again."""
    there = tomllib.loads(text)
    kept = {n: each for n, each in there.items() if n in wanted and same(each, wanted[n])}
    bare = _applied(text, list(_Splicer(LaidOut(text), is_headed).part((), there, kept)))
    if not same(tomllib.loads(bare), kept):
        raise UnusualError
    return _applied(bare, list(_Splicer(LaidOut(bare), is_headed).part((), kept, wanted)))


def _in_place(text: str, wanted: Table, is_headed: IsHeaded) -> str:
    text = arranged(text, wanted, is_headed)
    splicer = _Splicer(LaidOut(text), is_headed)
    return _applied(text, list(splicer.part((), tomllib.loads(text), wanted)))


def _applied(text: str, splices: Sequence[Splice]) -> str:
    """The text with all of them; those at one place in their order."""
    parts: list[str] = []
    reached = 0
    for start, end, instead in sorted(splices, key=lambda splice: splice[:2]):
        if start < reached:
            raise UnusualError
        parts += [text[reached:start], instead]
        reached = end
    return "".join([*parts, text[reached:]])


class _Splicer:
    """Finds what to put where, so that a text says something else."""

    def __init__(self, laid_out: LaidOut, is_headed: IsHeaded) -> None:
        self._is = laid_out
        self._is_headed = is_headed

    def part(self, path: Path, before: Table, after: Table) -> Iterator[Splice]:
        """What changes in a table that is not inline."""
        for name in before:
            if name not in after:
                yield from self._is.without((*path, name))
        for name, value in after.items():
            if name in before:
                yield from self._value((*path, name), before[name], value)
        new = [name for name in after if name not in before]
        if new:
            yield from self._added(path, after, new)

    def _value(self, path: Path, before: Any, after: Any) -> Iterator[Splice]:
        if same(before, after):
            return
        inline = path in self._is.values
        if isinstance(before, dict) and isinstance(after, dict):
            if not inline:
                yield from self.part(path, before, after)
                return
            if before.keys() == after.keys():
                for name in before:
                    yield from self._value((*path, name), before[name], after[name])
                return
        if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
            for place, (old, new) in enumerate(zip(before, after, strict=True)):
                yield from self._value((*path, place), old, new)
            return
        if not inline:
            raise UnusualError  # a table becomes something else: its part is written anew
        start, end = self._is.values[path]
        yield start, end, self._instead(path, before, after)

    def _instead(self, path: Path, before: Any, after: Any) -> str:
        """A value written anew; what it keeps of an inline table or list stays as it is written."""
        if isinstance(before, dict) and isinstance(after, dict):
            fields = [
                f"{name_of(name)} = {self._entry((*path, name), before.get(name), value)}"
                for name, value in after.items()
            ]
            return f"{{ {', '.join(fields)} }}" if fields else "{}"
        if not self._is.is_line(path):
            return inside(after)
        if isinstance(before, list) and isinstance(after, list):
            old = self._is.text_of(path)
            entries = [self._kept_entry(path, before, value) for value in after]
            by_line = "\n" in old or any(isinstance(value, dict) for value in after)
            return written_list(entries, by_line)
        return written(after)

    def _entry(self, path: Path, before: Any, after: Any) -> str:
        if before is not None and same(before, after):
            return self._is.text_of(path)
        return inside(after)

    def _kept_entry(self, path: Path, before: list[Any], value: Any) -> str:
        for place, old in enumerate(before):
            if same(old, value):
                return self._is.text_of((*path, place))
        return self._entry((*path, -1), None, value)

    def _added(self, path: Path, after: Table, new: list[str]) -> Iterator[Splice]:
        plain = [n for n in new if not is_under_headings((*path, n), after[n], self._is_headed)]
        for names in _together(plain, list(after)):
            lines = "".join(line_of(name, after[name]) for name in names)
            before = [name for name in after if name not in new][: _rank(after, names[0], new)]
            if self._is.has_lines(path):
                place = self._is.place_of_line(path, before)
                yield place, place, self._is.ended(place) + lines
            elif names[0] == plain[0]:
                place = self._is.place_of_block(path, before)
                every = "".join(line_of(name, after[name]) for name in plain)
                heading = heading_of(path, is_entry=False)
                yield place, place, f"{self._is.ended(place)}\n{heading}\n{every}"
        for name in new:
            if name not in plain:
                there = [n for n in after if n not in new][: _rank(after, name, new)]
                place = self._is.place_of_block(path, there)
                block = block_of((*path, name), after[name], self._is_headed)
                yield place, place, f"{self._is.ended(place)}\n{block}"


def _rank(after: Table, name: str, new: list[str]) -> int:
    """How many names that are there already stand before a new one."""
    return sum(1 for each in list(after)[: list(after).index(name)] if each not in new)


def _together(names: list[str], order: list[str]) -> list[list[str]]:
    """New names in groups that follow one another."""
    numbered = [(order.index(name) - place, name) for place, name in enumerate(names)]
    return [[name for _, name in group] for _, group in groupby(numbered, key=lambda each: each[0])]
