"""Where each field of a TOML text stands, since the parser of Python does not say.

Guarantee: for a text that the parser accepts, each key, table and list entry has its line; for a
path that is not there, the line of the nearest part around it; for any text, some line.
"""

import re
import tomllib
from bisect import bisect_right
from contextlib import suppress
from itertools import accumulate

Path = tuple[str | int, ...]

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


class TomlLines:
    """The lines of a TOML text's fields."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._text.split("\n"))]
        self._found: dict[Path, int] = {}
        self._tables: dict[Path, int] = {}
        self._place = 0
        with suppress(_UnreadableError):
            self._read()

    def line_of(self, path: Path) -> int:
        """The line, from 1, of a field or of the nearest part around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._found:
                return self._found[path[:length]]
        return 1

    def _note(self, path: Path, place: int) -> None:
        line = min(bisect_right(self._starts, place), max(len(self._starts) - 1, 1))
        for length in range(1, len(path) + 1):
            self._found.setdefault(path[:length], line)

    def _skip(self, blank: re.Pattern[str] = BLANK) -> str:
        match = blank.match(self._text, self._place)
        self._place = match.end() if match else self._place
        return self._text[self._place : self._place + 1]

    def _take(self, mark: str) -> None:
        if not self._text.startswith(mark, self._place):
            raise _UnreadableError
        self._place += len(mark)

    def _read(self) -> None:
        table: Path = ()
        while mark := self._skip():
            start = self._place
            if mark == "[":
                double = self._text.startswith("[[", start)
                self._take("[[" if double else "[")
                table = self._opened(self._key(), double)
                self._take("]]" if double else "]")
                self._note(table, start)
            else:
                self._field(table, 0)

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
            match = BARE_KEY.match(self._text, self._place) or TEXT.match(self._text, self._place)
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

    def _field(self, table: Path, depth: int) -> None:
        start = self._place
        path = table + self._key()
        self._take("=")
        self._note(path, start)
        self._skip(INLINE_BLANK)
        self._value(path, depth)

    def _value(self, path: Path, depth: int) -> None:
        if depth > DEEPEST:
            raise _UnreadableError
        mark = self._text[self._place : self._place + 1]
        text = TEXT.match(self._text, self._place)
        if text:
            self._place = text.end()
        elif mark == "[":
            self._list(path, depth)
        elif mark == "{":
            self._inline_table(path, depth)
        else:
            plain = PLAIN_VALUE.match(self._text, self._place)
            if not plain or not plain[0]:
                raise _UnreadableError
            self._place = plain.end()

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
