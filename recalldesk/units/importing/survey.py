"""The first pass over a file: its digest, its encoding, and the independent count of its lines.

Guarantees: says UTF-8 only of a file that is UTF-8 from its first byte to its last.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

from recalldesk.foundation.line_count import LineCount
from recalldesk.units.errors import FileNotReadable
from recalldesk.units.importing.decoding import BLOCK, HEAD, Coding, Encoding, guess_from_head
from recalldesk.units.importing.opening import opened, refuse_other_formats


@dataclass(frozen=True)
class Survey:
    """What the first pass found. `size` counts bytes on the disk."""

    coding: Coding
    lines: int
    sha256: str
    size: int


def survey(path: Path) -> Survey:
    """Reads the whole file once. Raises `FileNotReadable`."""
    with opened(path) as file:
        block = file.read(HEAD)
        refuse_other_formats(block)
        coding = guess_from_head(block)
        count = LineCount(
            unit=coding.unit,
            high_first=coding.encoding is Encoding.UTF_16_BE,
            skip=coding.mark,
        )
        check = codecs.getincrementaldecoder("utf-8")()
        is_utf_8 = coding.encoding is Encoding.UTF_8
        while block:
            count.add(block)
            is_utf_8 = is_utf_8 and _continues(check, block)
            block = file.read(BLOCK)
        if coding == Coding(Encoding.UTF_8, 0) and not (is_utf_8 and _continues(check, b"")):
            coding = Coding(Encoding.CP1252, 0)
        if count.total() == 0:
            raise FileNotReadable(f"{path.name} holds no line.", "Check that the export worked.")
        return Survey(coding, count.total(), file.sha256(), file.bytes_read)


def _continues(check: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        check.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return True
