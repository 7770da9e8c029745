"""Some lines of a file on their way to be judged, of which some are settled before.

Guarantee: each line keeps its number, and each is counted once: as what it was settled as, or as
what the judge of rows makes of it.
"""

from dataclasses import dataclass, field
from typing import Protocol

from recalldesk.units.importing.lines import Chunk
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason


class Rows(Protocol):
    """Whatever judges lines."""

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""


@dataclass
class Portion:
    """`chunk` has the lines as they came, `lines` the same ones as they are to be judged.

    A line that is settled is empty there. A row of several lines stands whole in its first one; in
    `joined`, by index, it stands as it came, with LF between its lines.
    """

    chunk: Chunk
    lines: list[str]
    settled: Taken = field(default_factory=Taken)
    joined: dict[int, str] = field(default_factory=dict)

    def number(self, index: int) -> int:
        """The place of a line in the file, from 1."""
        return self.chunk.first_number + index

    def text(self, index: int) -> str:
        """A line as it came, with the others of its row."""
        return self.joined.get(index, self.chunk.lines[index])

    def shown(self, index: int) -> str:
        """The same so that it can be shown and kept: what is no text in it stands as a number."""
        text = self.text(index).replace("\0", "␀")
        return text.encode("utf-8", "backslashreplace").decode()

    def raw(self, index: int) -> bytes:
        """The bytes of `text`."""
        row = self.joined.get(index)
        return self.chunk.raw(index) if row is None else self.chunk.coding.encode(row)

    def settle_headings(self, numbers: tuple[int, ...]) -> None:
        """Takes the lines with these numbers for headings, as far as they are here."""
        for index in (number - self.chunk.first_number for number in numbers):
            if 0 <= index < len(self.lines):
                self._empty(index)
                self.settled.heading += 1

    def join(self, start: int, stop: int) -> None:
        """Makes these lines one row."""
        row = "\n".join(self.lines[start:stop])
        for index in range(start + 1, stop):
            self._empty(index)
        self.settled.continued += stop - start - 1
        self.lines[start] = self.joined[start] = row

    def reject(self, index: int, reason: RejectReason, advice: str) -> None:
        """Rejects a line, whatever else is in it."""
        self._empty(index)
        self.settled.rejects.append((index, reason))
        self.settled.advice[index] = advice

    def taken_by(self, rows: Rows) -> Taken:
        """What became of all lines."""
        taken = rows.take(self.lines)
        settled = self.settled
        # What is settled was read as a blank line.
        taken.blank -= settled.heading + settled.continued + len(settled.rejects)
        taken.heading += settled.heading
        taken.continued += settled.continued
        if settled.rejects:
            taken.rejects = sorted([*taken.rejects, *settled.rejects])
            taken.advice |= settled.advice
        return taken

    def _empty(self, index: int) -> None:
        if self.lines is self.chunk.lines:
            self.lines = self.chunk.lines.copy()
        self.lines[index] = ""
