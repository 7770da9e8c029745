"""The file of answers, put right by whoever sent the list, and taken back in.

Guarantees: a row belongs to the line whose number it bears, wherever it stands in the file; a
number that stands twice, and a serial that a spreadsheet changed, say nothing; what was not changed
is not taken for a second look.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.keeping import locked_list, opened_lines
from recalldesk.claims.unit_lists.lines import OPEN, of_state
from recalldesk.claims.unit_lists.reading import (
    MOST_FILE_LINES,
    bare_cell,
    form_of,
    layout_of,
)
from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document
from recalldesk.units.errors import FileNotReadable, ImportRefused
from recalldesk.units.importing.cells import cells_of, is_blank, split_quoted
from recalldesk.units.importing.heading_names import heading_key
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.taken import Taken
from recalldesk.units.naming import LONGEST_SERIAL
from recalldesk.units.states import RejectReason

MOST_IN_CELL = 1_000
MOST_DIGITS = 7
LINE_NAMES = frozenset({"line", "lineno", "linenumber", "linea"})


@dataclass(frozen=True)
class Corrected:
    """`texts`: what stands at each line's number; `unread`: rows that say nothing."""

    texts: Mapping[int, str]
    unread: int


def read_corrected(path: Path, document: Document) -> Corrected:
    """What a file says of lines by their numbers. Raises ListRefused."""
    try:
        source = open_source(path)
        if source.lines > MOST_FILE_LINES:
            raise ListRefused(ListProblem.TOO_MANY)
        return _read(source, document)
    except (FileNotReadable, ImportRefused) as error:
        raise ListRefused(ListProblem.NOT_READABLE) from error


def changed_in(filing_id: int, texts: Mapping[int, str]) -> dict[int, str]:
    """Of these texts those of lines that wait for their owner and say something else now."""
    held = locked_list(filing_id)
    if held is None:
        return {}
    lines, _ = opened_lines(held[1])
    return {
        line.number: texts[line.number]
        for line in of_state(lines, *OPEN)
        if line.number in texts and _is_other(texts[line.number], line.text)
    }


def _is_other(now: str, before: str) -> bool:
    """A number that only lost its zeros was changed by a spreadsheet, and by nobody else."""
    told, was = normalise(now), normalise(before)
    return bool(told) and told != was and not (was.isdecimal() and was.lstrip("0") == told)


def _read(source: Source, document: Document) -> Corrected:
    layout = layout_of(source, document)
    rows = _Rows(layout, _place_of_line(source, layout, document))
    try:
        for portion, _ in source.portions(layout, form_of(document)):
            rows.unread += len(portion.taken_by(rows).rejects)
    finally:
        source.remarks.clear()
    twice = {number for number, count in Counter(rows.numbers).items() if count > 1}
    texts = {number: text for number, text in rows.texts.items() if number not in twice}
    return Corrected(texts, rows.unread + sum(number in twice for number in rows.numbers))


def _place_of_line(source: Source, layout: Layout, document: Document) -> int:
    """The column of the lines' numbers, beside that of the serials."""
    for portion, _ in source.portions(layout, form_of(document)):
        for index, line in enumerate(portion.chunk.lines):
            if portion.number(index) in layout.heading_lines:
                cells = split_quoted(line, layout.delimiter) or []
                places = [at for at, cell in enumerate(cells) if heading_key(cell) in LINE_NAMES]
                if len(places) == 1:
                    return places[0]
        break
    raise ListRefused(ListProblem.NO_LINE_NUMBERS)


@dataclass
class _Rows:
    """Takes rows with a line's number and its serial."""

    layout: Layout
    place: int
    texts: dict[int, str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    unread: int = 0

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        for index, line in enumerate(lines):
            if is_blank(line, self.layout):
                taken.blank += 1
            elif not self._is_taken(line):
                taken.rejects.append((index, RejectReason.EMPTY_CELL))
        return taken

    def _is_taken(self, line: str) -> bool:
        cells = cells_of(line, self.layout, longest=MOST_IN_CELL)
        if isinstance(cells, RejectReason):
            return False
        number, serial = cells[self.place].strip(), bare_cell(cells[self.layout.places[0]])
        if not (number.isascii() and number.isdecimal() and len(number) < MOST_DIGITS):
            return False
        self.numbers.append(int(number))
        if len(serial) <= LONGEST_SERIAL:
            self.texts[int(number)] = serial
        return True
