"""The stream of records within an old workbook (.xls): a file of sectors, in chains.

Guarantees: a chain that runs in a circle, out of the file or on without end is refused; nothing is
read that is longer than the file.
"""

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = ("workbook", "book")
MACROS = "_vba_project_cur"
HEADER, ENTRY = 512, 128
FIRST_TABLES, FREE = 109, 0xFFFFFFFA
"""Numbers of sectors from here on say that there is none."""


class NotSound(Exception):
    """The file is not as it should be; the text says how."""


class Compound:
    """`content`: all bytes of the file."""

    def __init__(self, content: bytes) -> None:
        if not content.startswith(SIGNATURE) or len(content) < HEADER:
            raise NotSound("it is cut off")
        power, small_power = struct.unpack_from("<HH", content, 30)
        if power not in (9, 12) or small_power != 6:
            raise NotSound("its sectors are of no known size")
        self._content, self._size = content, 1 << power
        self._most = len(content) // self._size + 1
        directory, self._smallest = struct.unpack_from("<I4xI", content, 48)
        small, _, more, _ = struct.unpack_from("<4I", content, 60)
        self._table = self._numbers(self._tables(more))
        self._entries = list(self._in_directory(self._chain(directory)))
        self._small_table = self._numbers(self._chain(small)) if small < FREE else ()

    @property
    def has_macros(self) -> bool:
        """Whether macros lie in it."""
        return any(name == MACROS for name, _, _, _ in self._entries)

    def stream(self) -> bytes:
        """The records of the workbook. Raises `NotSound` where there are none."""
        for wanted in NAMES:
            for name, kind, start, size in self._entries:
                if name == wanted and kind == 2:
                    return self._bytes(start, size)
        raise NotSound("it holds no sheets")

    def _bytes(self, start: int, size: int) -> bytes:
        if size > len(self._content):
            raise NotSound("a part of it is longer than the file")
        if size >= self._smallest:
            found = b"".join(map(self._sector, self._chain(start)))
        else:
            root = next((each for each in self._entries if each[1] == 5), None)
            if root is None:
                raise NotSound("it has no root")
            small = b"".join(map(self._sector, self._chain(root[2])))
            places = _followed(start, self._small_table, len(small) // 64 + 1)
            found = b"".join(small[at * 64 : at * 64 + 64] for at in places)
        if len(found) < size:
            raise NotSound("it is cut off")
        return found[:size]

    def _tables(self, more: int) -> Iterator[int]:
        """The sectors in which the table of chains stands."""
        yield from _real(struct.unpack_from(f"<{FIRST_TABLES}I", self._content, 76))
        count = self._size // 4
        for _ in range(self._most):
            if more >= FREE:
                return
            *numbers, more = struct.unpack(f"<{count}I", self._sector(more))
            yield from _real(numbers)
        raise NotSound("a chain of it does not end")

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        read = []
        for number in sectors:
            read.append(self._sector(number))
            if len(read) > self._most:
                raise NotSound("a chain of it does not end")
        joined = b"".join(read)
        return struct.unpack(f"<{len(joined) // 4}I", joined)

    def _chain(self, start: int) -> Iterator[int]:
        return _followed(start, self._table, self._most)

    def _sector(self, number: int) -> bytes:
        # The header takes a whole sector, also where sectors are larger than it.
        at = (number + 1) * self._size
        found = self._content[at : at + self._size]
        if not found:
            raise NotSound("a part of it lies outside the file")
        return found.ljust(self._size, b"\0")

    def _in_directory(self, sectors: Iterator[int]) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector, size."""
        for number in sectors:
            sector = self._sector(number)
            for at in range(0, self._size, ENTRY):
                length, kind = struct.unpack_from("<HB", sector, at + 64)
                start, size = struct.unpack_from("<II", sector, at + 116)
                name = sector[at : at + max(0, min(length, 64) - 2)]
                if kind:
                    yield name.decode("utf-16-le", "replace").casefold(), kind, start, size


def _real(numbers: "tuple[int, ...] | list[int]") -> Iterator[int]:
    return (each for each in numbers if each < FREE)


def _followed(start: int, table: tuple[int, ...], most: int) -> Iterator[int]:
    number, steps = start, 0
    while number < FREE:
        if number >= len(table) or steps >= most:
            raise NotSound("a chain of it does not end")
        yield number
        number, steps = table[number], steps + 1
