"""Rows of one serial each.

Guarantees: each line of a chunk becomes one serial, one reject or one blank. Lines that look
plain are judged by the chunk; every line in doubt is looked at alone.
"""

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import (
    LONGEST_CELL,
    cells_of,
    is_blank,
    split_if_all_quoted,
)
from recalldesk.units.importing.decoding import UNREADABLE
from recalldesk.units.importing.judging import SerialCheck, judge
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason


class SerialRows:
    """Reads the lines of a file of serials."""

    def __init__(self, layout: Layout, form: SerialForm) -> None:
        self._layout = layout
        self._form = form
        self._check = SerialCheck(form)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        cells, plain = self._cut(lines)
        taken.serials, doubtful = self._check.folded(cells)
        if plain is None:
            unsure = doubtful
        else:
            sure = set(plain).difference(map(plain.__getitem__, doubtful))
            unsure = [index for index in range(len(lines)) if index not in sure]
        for index in unsure:
            self._take_alone(index, lines[index], taken)
        return taken

    def _take_alone(self, index: int, line: str, taken: Taken) -> None:
        if is_blank(line, self._layout):
            taken.blank += 1
            return
        cells = cells_of(line, self._layout)
        if isinstance(cells, RejectReason):
            taken.rejects.append((index, cells))
            return
        outcome = judge(cells[self._layout.places[0]], self._form)
        if isinstance(outcome, RejectReason):
            taken.rejects.append((index, outcome))
        else:
            taken.serials.append(outcome)

    def _cut(self, lines: list[str]) -> tuple[list[str], list[int] | None]:
        """The cells of the plain lines, and these lines' indexes (None: all lines are plain)."""
        text = "\n".join(lines)
        place = self._layout.places[0]
        strange = '"' in text or self._has_flaw(text, lines)
        if self._layout.width == 1:
            if not strange and not any(mark in text for mark in self._layout.strangers):
                return lines, None
        elif not strange:
            rows = [line.split(self._layout.delimiter) for line in lines]
            if set(map(len, rows)) == {self._layout.width}:
                return [row[place] for row in rows], None
        parted = ((index, self._plain_cells(line)) for index, line in enumerate(lines))
        kept = [(index, row[place]) for index, row in parted if row is not None]
        return [cell for _, cell in kept], [index for index, _ in kept]

    def _plain_cells(self, line: str) -> list[str] | None:
        """The cells of a line without any flaw, else None."""
        if '"' in line:
            cells = split_if_all_quoted(line, self._layout)
        elif self._layout.width == 1:
            cells = [line]
        else:
            cells = line.split(self._layout.delimiter)
        if cells is None or len(cells) != self._layout.width or self._has_flaw(line, [line]):
            return None
        if self._layout.width == 1 and any(mark in line for mark in self._layout.strangers):
            return None
        return cells

    def _has_flaw(self, text: str, lines: list[str]) -> bool:
        return (
            "\0" in text
            or (not text.isascii() and UNREADABLE.search(text) is not None)
            or max(map(len, lines)) > LONGEST_CELL
        )
