"""Which encoding a file is in, and bytes to text and back.

Guarantees: decoding never fails and never loses anything. What cannot be read becomes lone
surrogates, from which the very same bytes are made again.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.units.errors import FileNotReadable
from recalldesk.units.importing.opening import SAVE_AS_TEXT, Opened

HEAD = 4096
BLOCK = 4 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CONTROL = bytes(set(range(32)) - set(b"\0\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"))
UNREADABLE = re.compile("[\ud800-\udfff]")


class Encoding(StrEnum):
    """The encodings that are read."""

    UTF_8 = "utf-8"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    CP1252 = "cp1252"


@dataclass(frozen=True)
class Coding:
    """An encoding, and how many bytes its byte order mark takes at the start (0: none)."""

    encoding: Encoding
    mark: int

    @property
    def unit(self) -> int:
        """Bytes in one code unit."""
        return 2 if self.encoding in {Encoding.UTF_16_LE, Encoding.UTF_16_BE} else 1

    @property
    def _on_error(self) -> str:
        return "surrogatepass" if self.unit == 2 else "surrogateescape"

    def decoded(self, opened: Opened) -> Iterator[tuple[str, bytes]]:
        """The text in blocks; the last one with the half code unit that UTF-16 may end in."""
        opened.read(self.mark)
        decoder = codecs.getincrementaldecoder(self.encoding)(self._on_error)
        half = b""
        while block := opened.read(BLOCK):
            whole = half + block
            cut = len(whole) - len(whole) % self.unit
            half = whole[cut:]
            yield decoder.decode(whole[:cut]), b""
        yield decoder.decode(b"", final=True), half

    def encode(self, text: str) -> bytes:
        """The bytes that this text was decoded from."""
        return text.encode(self.encoding, self._on_error)


def guess_from_head(head: bytes) -> Coding:
    """The coding by its mark, or UTF-16 by its NUL pattern, else UTF-8 until proved otherwise.

    Raises `FileNotReadable` for what is no text.
    """
    for mark, name in MARKS:
        if head.startswith(mark):
            return Coding(Encoding(name), len(mark))
    even, odd = head[0::2], head[1::2]
    if odd.count(0) * 10 > len(odd) * 7 and even.count(0) * 4 <= len(even):
        return Coding(Encoding.UTF_16_LE, 0)
    if even.count(0) * 10 > len(even) * 7 and odd.count(0) * 4 <= len(odd):
        return Coding(Encoding.UTF_16_BE, 0)
    strange = len(head) - len(head.translate(None, CONTROL))
    if strange * 20 > len(head) and strange > 3:
        raise FileNotReadable("The file is not text.", SAVE_AS_TEXT)
    return Coding(Encoding.UTF_8, 0)
