"""Where everything of a TOML text stands, since the parser of Python does not say.

Guarantee: of a text that the parser accepts, each heading, each `name = value` and each value, also
inside of lists and inline tables, has its place. Of any other text, what stands before the first
thing that cannot be read.
"""

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass

Path = tuple[str | int, ...]
Span = tuple[int, int]
"""From a character on, and before which one it ends."""

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
BLANK = re.compile(r"(?:\s|#[^\n]*)*")
INLINE_BLANK = re.compile(r"[ \t]*")
PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")
DEEPEST = 100


class _UnreadableError(Exception):
    """The text is not what the parser would accept; what was found so far still holds."""


@dataclass(frozen=True)
class Heading:
    """`[path]`, or an entry of `[[path]]`, whose path then ends with its number."""

    path: Path
    span: Span


@dataclass(frozen=True)
class NamedValue:
    """`name = value` on a line of its own. `heading`: the number of the one above it; none: -1."""

    path: Path
    heading: int
    own_name: int
    span: Span
    """From the name to the end of the value. `own_name` counts the names that stand here."""


class TomlPlaces:
    """The places of a TOML text, whose lines end with one character."""

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n")
        self.begins: dict[Path, int] = {}
        self.values: dict[Path, Span] = {}
        self.headings: list[Heading] = []
        self.named: list[NamedValue] = []
        self._tables: dict[Path, int] = {}
        self._place = 0
        with suppress(_UnreadableError):
            self._read()

    def _note(self, path: Path, place: int) -> None:
        for length in range(1, len(path) + 1):
            self.begins.setdefault(path[:length], place)

    def _skip(self, blank: re.Pattern[str] = BLANK) -> str:
        match = blank.match(self.text, self._place)
        self._place = match.end() if match else self._place
        return self.text[self._place : self._place + 1]

    def _take(self, mark: str) -> None:
        if not self.text.startswith(mark, self._place):
            raise _UnreadableError
        self._place += len(mark)

    def _read(self) -> None:
        table: Path = ()
        while mark := self._skip():
            start = self._place
            if mark == "[":
                double = self.text.startswith("[[", start)
                self._take("[[" if double else "[")
                table = self._opened(self._key(), double)
                self._take("]]" if double else "]")
                self._note(table, start)
                self.headings.append(Heading(table, (start, self._place)))
            else:
                path = self._field(table, 0)
                own = len(path) - len(table)
                span = (start, self.values[path][1])
                self.named.append(NamedValue(path, len(self.headings) - 1, own, span))

    def _opened(self, key: tuple[str, ...], one_of_many: bool) -> Path:
        """The full path of a table: each name that is a list is followed by its last entry."""
        path: Path = ()
        for place, name in enumerate(key):
            path += (name,)
            if one_of_many and place == len(key) - 1:
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path += (self._tables[path],)
        return path

    def _key(self) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            self._skip(INLINE_BLANK)
            match = BARE_KEY.match(self.text, self._place) or TEXT.match(self.text, self._place)
            if match is None:
                raise _UnreadableError
            names.append(self._name(match[0]))
            self._place = match.end()
            if self._skip(INLINE_BLANK) != ".":
                return tuple(names)
            self._take(".")

    def _name(self, written: str) -> str:
        if written[0] not in "\"'":
            return written
        try:
            return str(tomllib.loads(f"name = {written}")["name"])
        except ValueError as error:
            raise _UnreadableError from error

    def _field(self, table: Path, depth: int) -> Path:
        start = self._place
        path = table + self._key()
        self._take("=")
        self._note(path, start)
        self._skip(INLINE_BLANK)
        self._value(path, depth)
        return path

    def _value(self, path: Path, depth: int) -> None:
        if depth > DEEPEST:
            raise _UnreadableError
        start = self._place
        mark = self.text[start : start + 1]
        text = TEXT.match(self.text, start)
        if text:
            self._place = text.end()
        elif mark == "[":
            self._list(path, depth)
        elif mark == "{":
            self._inline_table(path, depth)
        else:
            plain = PLAIN_VALUE.match(self.text, start)
            if not plain or not plain[0]:
                raise _UnreadableError
            self._place = start + len(plain[0].rstrip())
        self.values[path] = (start, self._place)

    def _list(self, path: Path, depth: int) -> None:
        self._take("[")
        number = 0
        while self._skip() != "]":
            self._note((*path, number), self._place)
            self._value((*path, number), depth + 1)
            number += 1
            if self._skip() != "]":
                self._take(",")
        self._take("]")

    def _inline_table(self, path: Path, depth: int) -> None:
        self._take("{")
        while self._skip() != "}":
            self._field(path, depth + 1)
            if self._skip() != "}":
                self._take(",")
        self._take("}")
