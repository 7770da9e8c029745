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
from recalldesk.units.importing.merging import ADVICE
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
        taken.serials, doubtful = self._check.folded(self._cells(lines))
        for index in doubtful:
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
            if outcome is RejectReason.NOT_ONE_SERIAL:
                taken.advice[index] = ADVICE
        else:
            taken.serials.append(outcome)

    def _cells(self, lines: list[str]) -> list[str]:
        """The serial's cell of each line; empty for each line that is to be looked at alone."""
        text = "\n".join(lines)
        place = self._layout.places[0]
        delimiter = self._layout.delimiter
        if delimiter:
            wanted = self._layout.width - 1
            counts = [line.count(delimiter) for line in lines]
            odd = {index for index, count in enumerate(counts) if count != wanted}
            cells = [
                line.split(delimiter, place + 1)[place] if count == wanted else ""
                for line, count in zip(lines, counts, strict=True)
            ]
        else:
            odd = set()
            cells = lines.copy()
        for mark in filter(text.__contains__, f'"\0{self._layout.strangers}'):
            odd.update(index for index, line in enumerate(lines) if mark in line)
        if not text.isascii() and UNREADABLE.search(text):
            odd.update(index for index, line in enumerate(lines) if UNREADABLE.search(line))
        if max(map(len, lines)) > LONGEST_CELL:
            odd.update(index for index, line in enumerate(lines) if len(line) > LONGEST_CELL)
        for index in odd:
            cells[index] = self._quoted_cell(lines[index])
        return cells

    def _quoted_cell(self, line: str) -> str:
        """The serial's cell if every cell is quoted and nothing else is odd; or empty."""
        if len(line) > LONGEST_CELL or "\0" in line or "\n" in line or UNREADABLE.search(line):
            return ""
        cells = split_if_all_quoted(line, self._layout)
        if cells is None or any(mark in line for mark in self._layout.strangers):
            return ""
        return cells[self._layout.places[0]]
