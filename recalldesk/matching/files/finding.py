"""Which lines may name a product that is looked for.

Guarantees: a line that names one is found, whatever its case, the signs between its characters, the
width of its digits or the zeros before a number; more lines than these may be found, and `names`
looks again at the cells that name a product.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recalldesk.foundation.normal_forms.words import LETTERS, WORD, plain
from recalldesk.matching.files.arrays import Bools
from recalldesk.matching.files.fields import PRODUCT, Field
from recalldesk.matching.files.lines import Chunk
from recalldesk.matching.orders import Identifier, Wanted

SHORT = 5
"""A value of fewer characters is looked for as a whole word: else it would stand anywhere."""
BETWEEN = r"[^0-9A-Za-z\n]*"
SHORTENED = re.compile(r"\s*([0-9](?:[.,][0-9]*)?)E\+?([0-9]{1,3})\s*", re.IGNORECASE)
NUMBERED = (Field.UPC, Field.ITEM_NUMBER, Field.SKU)
ABOVE_ASCII = 128
LONGEST_PATTERN = 12_000
"""Characters, some fifty identifiers: twice as many were slower by a hundred times."""
UTF_8 = frozenset({"utf-8", "ascii"})
WRITTEN = {chr(letter): str(written) for letter, written in LETTERS.items()} | {"ß": "ss", "ı": "i"}


def squeezed(text: str) -> str:
    """Letters and digits alone, small and without accents."""
    return "".join(WORD.findall(plain(text)))


@dataclass(frozen=True)
class _Value:
    """`words`: what must stand in a cell; `is_title`: in a title, and not as a number."""

    words: tuple[str, ...]
    is_title: bool

    @classmethod
    def of(cls, identifier: Identifier) -> "_Value":
        if identifier.kind == "title":
            return cls(tuple(WORD.findall(plain(identifier.value))), is_title=True)
        word = _bare(squeezed(identifier.value))
        return cls((word,) if word else (), is_title=False)

    def pattern(self) -> str:
        longest = max(self.words, key=len)
        loose = BETWEEN.join(map(re.escape, longest))
        if len(longest) >= SHORT:
            return loose
        return rf"(?:^|[^0-9A-Za-z])0*{loose}(?:[^0-9A-Za-z]|$)"

    def shortened_pattern(self) -> str | None:
        """As a spreadsheet writes a long number."""
        if self.is_title or not self.words[0].isdigit() or len(self.words[0]) < SHORT:
            return None
        number = self.words[0]
        return rf"{number[0]}(?:[.,][0-9]*)?E\+?0*{len(number) - 1}(?:[^0-9]|$)"

    def is_named(self, cells: Mapping[Field, str]) -> bool:
        if self.is_title:
            title = cells.get(Field.TITLE, "")
            return all(word in title for word in self.words)
        (word,) = self.words
        for place, cell in cells.items():
            if _bare(cell) == word or (len(word) >= SHORT and word in cell):
                return True
            if len(word) < SHORT and place is Field.TITLE and word in cell:
                return True
        return False


def _bare(word: str) -> str:
    return word.lstrip("0") if word.isdigit() else word


class Finder:
    """Looks for all identifiers at once."""

    def __init__(self, wanted: Wanted, encoding: str) -> None:
        values = {_Value.of(each): None for each in wanted.identifiers}
        self._values = [each for each in values if each.words]
        self._encoding = encoding
        patterns = [each.pattern() for each in self._values]
        patterns += filter(None, (each.shortened_pattern() for each in self._values))
        self._plain = _together([each for each in patterns if each.isascii()])
        self._all = _together(patterns)

    def lines(self, chunk: Chunk, lines: "pa.Array[pa.Scalar]") -> Bools:
        """Which lines of a chunk may name one."""
        if not self._values:
            return np.zeros(len(chunk), np.bool_)
        found = _matches(lines, self._plain)
        if not chunk.text.isascii():
            units = np.frombuffer(chunk.text, np.uint8)
            high = np.bitwise_or.reduceat(units, chunk.starts[:-1]) >= ABOVE_ASCII
            others = np.flatnonzero(high & ~found)
            if len(others):
                found[others] = self._in_normal_form(lines.take(pa.array(others)))
        return found

    def row(self, row: bytes) -> bool:
        """Whether a row over several lines may name one."""
        if not self._values:
            return False
        text = plain(row.decode(self._encoding, "replace"))
        return any(re.search(each, text, re.IGNORECASE) for each in self._all)

    def names(self, cells: Mapping[Field, str]) -> bool:
        """Whether a cell that names a product names one of these."""
        said = {each: squeezed(cells[each]) for each in PRODUCT if cells.get(each)}
        return any(value.is_named(said) for value in self._values)

    def may_be_shortened(self, cells: Mapping[Field, str]) -> bool:
        """Whether a number that a spreadsheet shortened may be one of these."""
        return any(
            self._may_be(found[1], found[2])
            for each in NUMBERED
            if (found := SHORTENED.fullmatch(cells.get(each, "")))
        )

    def _may_be(self, digits: str, power: str) -> bool:
        try:
            said = Decimal(digits.replace(",", ".")).scaleb(int(power))
        except (InvalidOperation, OverflowError):
            return False
        unit = Decimal(1).scaleb(int(power) - max(0, len(digits) - 2))
        return any(
            abs(Decimal(value.words[0]) - said) <= unit
            for value in self._values
            if value.words[0].isdigit() and value.words[0].isascii()
        )

    def _in_normal_form(self, lines: "pa.Array[pa.Scalar]") -> Bools:
        try:
            told = lines.cast(pa.string())
            is_utf_8 = self._encoding in UTF_8
        except pa.ArrowInvalid:
            is_utf_8 = False
        if not is_utf_8:
            each = (line.decode(self._encoding, "replace") for line in lines.to_pylist())
            told = pa.array(each, pa.string())
        if self._all != self._plain:
            return _matches(pa.array(map(plain, told.to_pylist()), pa.string()), self._all)
        small = pc.utf8_lower(pc.utf8_normalize(told, "NFKD"))
        bare = pc.replace_substring_regex(small, r"\p{M}+", "")
        for letter, written in WRITTEN.items():
            bare = pc.replace_substring(bare, letter, written)
        return _matches(bare, self._plain)


def _together(patterns: Sequence[str]) -> list[str]:
    """Few patterns of all: one that is too long is slow, or is refused."""
    groups: list[str] = []
    for pattern in patterns:
        if groups and len(groups[-1]) + len(pattern) < LONGEST_PATTERN:
            groups[-1] += f"|{pattern}"
        else:
            groups.append(pattern)
    return groups


def _matches(lines: "pa.Array[pa.Scalar]", patterns: Sequence[str]) -> Bools:
    """Which lines fit one of the patterns. Each is asked only of lines that fit none before it."""
    found = np.zeros(len(lines), np.bool_)
    for pattern in patterns:
        left = np.flatnonzero(~found)
        asked = lines if len(left) == len(lines) else lines.take(pa.array(left))
        found[left] = pc.match_substring_regex(asked, pattern, ignore_case=True)
    return found
