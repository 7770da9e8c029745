"""How many lines a file has, counted in its bytes and in nothing else.

Guarantees: shares no code with the reader of rows, so that the two can prove each other. A line
ends at LF, CR LF or a lone CR; a last line without an end counts if it holds any byte.
"""


class LineCount:
    """Counts the lines of blocks of bytes.

    `unit` is the number of bytes of a code unit (1 or 2), `high_first` its order if 2. The first
    `skip` bytes (a byte order mark) are not looked at.
    """

    def __init__(self, *, unit: int, high_first: bool, skip: int) -> None:
        self._unit = unit
        self._high_first = high_first
        self._skip = skip
        self._half = b""
        self._ends = 0
        self._after_return = False
        self._line_is_open = False

    def add(self, block: bytes) -> None:
        """Counts the next block, of any length."""
        seen = block[self._skip :]
        self._skip = max(0, self._skip - len(block))
        narrow = self._narrowed(seen) if self._unit == 2 else seen
        if not narrow:
            return
        returns = narrow.count(b"\r")
        self._ends += narrow.count(b"\n") + returns
        if returns:
            self._ends -= narrow.count(b"\r\n")
        if self._after_return and narrow.startswith(b"\n"):
            self._ends -= 1
        self._after_return = narrow.endswith(b"\r")
        self._line_is_open = not narrow.endswith((b"\r", b"\n"))

    def total(self) -> int:
        """The lines so far, an unfinished last one included."""
        return self._ends + (self._line_is_open or bool(self._half))

    def _narrowed(self, block: bytes) -> bytes:
        """One byte for each code unit; any unit above 255 becomes 255."""
        whole = self._half + block
        cut = len(whole) - len(whole) % 2
        self._half = whole[cut:]
        high, low = (0, 1) if self._high_first else (1, 0)
        filled = whole[high:cut:2].translate(bytes(1) + b"\xff" * 255)
        length = cut // 2
        both = int.from_bytes(whole[low:cut:2], "big") | int.from_bytes(filled, "big")
        return both.to_bytes(length, "big")
