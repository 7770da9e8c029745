"""How many rows a sheet has, counted in the bytes of its XML and in nothing else.

Guarantee: shares no code with the reader of rows, so that the two can prove each other. The last
row that holds anything is the last line; rows before it that hold nothing are blank ones.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

BEGIN = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>")
END = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
NUMBER = re.compile(rb"(?:^|\s)r\s*=\s*[\"'](\d{1,9})[\"']")
CONTENT = re.compile(rb"<(?:[\w.-]+:)?(?:f[\s/>]|(?:v|t)(?:\s[^>]*)?(?<!/)>(?:[^<]|<!\[CDATA\[))")
LONGEST_ROW = 16 << 20
LONGEST_TAG = 1 << 16


@dataclass
class RowCount:
    """`lines` is the number of the last row that holds anything, `filled` how many rows do."""

    lines: int = 0
    filled: int = 0

    @classmethod
    def of(cls, blocks: Iterable[bytes]) -> "RowCount":
        """Counts the rows of a sheet's XML. Raises ValueError for what cannot be counted."""
        count = cls()
        number, rest = 0, b""
        for block in blocks:
            if b"\0" in block:
                raise ValueError("a sheet of it is not in UTF-8")
            seen = rest + block
            place = 0
            while begin := BEGIN.search(seen, place):
                is_empty = begin[1].endswith(b"/")
                end = begin if is_empty else END.search(seen, begin.end())
                if end is None:
                    break
                said = NUMBER.search(begin[1])
                number = int(said[1]) if said else number + 1
                if CONTENT.search(seen, begin.end(), max(begin.end(), end.start())):
                    count.lines = number
                    count.filled += 1
                place = end.end()
            # What is kept begins with a row that has not ended, or may hold the start of one.
            rest = seen[begin.start() :] if begin else seen[max(place, len(seen) - LONGEST_TAG) :]
            if len(rest) > LONGEST_ROW:
                raise ValueError("a row does not end")
        return count
