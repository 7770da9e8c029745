"""The lines of a file, in chunks of some MiB.

Guarantees: only LF, CR LF and a lone CR end a line; every other character, however exotic, stays
inside its line; the bytes of each line can be had back as they came.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recalldesk.units.errors import FileNotReadable
from recalldesk.units.importing.decoding import Coding
from recalldesk.units.importing.opening import SAVE_AS_TEXT, Opened

LONGEST_LINE = 16 << 20
HALF_A_UNIT = "\udfff"


@dataclass(frozen=True)
class Chunk:
    """Lines without their ends. `first_number` is the first one's place in the file, from 1.

    `half` is the half code unit after the last line of a broken UTF-16 file; `HALF_A_UNIT` stands
    for it in the text.
    """

    lines: list[str]
    first_number: int
    coding: Coding
    half: bytes = b""

    def raw(self, index: int) -> bytes:
        """The bytes of one line as they came."""
        if self.half and index == len(self.lines) - 1:
            return self.coding.encode(self.lines[index].removesuffix(HALF_A_UNIT)) + self.half
        return self.coding.encode(self.lines[index])


def chunks(opened: Opened, coding: Coding) -> Iterator[Chunk]:
    """All lines of the file. Raises `FileNotReadable` for a line of more than 16 Mi characters."""
    number = 1
    rest = ""
    half = b""
    for text, odd in coding.decoded(opened):
        half = odd
        lines, rest = _split(rest + text)
        if len(rest) > LONGEST_LINE:
            raise FileNotReadable(
                f"Line {number + len(lines)} does not end within 16 million characters.",
                SAVE_AS_TEXT,
            )
        if lines:
            yield Chunk(lines, number, coding)
            number += len(lines)
    if half:
        rest += HALF_A_UNIT
    if rest:
        # A return that waited for its line feed ends its line after all.
        lines, last = _split(rest + "\n" if rest.endswith("\r") else rest)
        yield Chunk([*lines, last] if last else lines, number, coding, half)


def _split(text: str) -> tuple[list[str], str]:
    """Whole lines, and what follows the last end; a closing return waits for its line feed."""
    held = "\r" if text.endswith("\r") else ""
    ended = text[: len(text) - len(held)]
    lines = ended.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines, lines.pop() + held
