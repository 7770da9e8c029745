"""A list that somebody pastes or sends as a file, by the importers' law.

Guarantees: lines = heading + accepted + rejected + duplicate + blank + continued, against a count
that shares no code with the reader; a heading is known by its name alone; whatever else of a row
has the form of a recalled product's serial is looked up beside the column that the heading names;
a line that may hold two serials is rejected and said, never read as one of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from recalldesk.claims.unit_lists.errors import ListProblem, ListRefused
from recalldesk.claims.unit_lists.lines import Count, Line, LineState
from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.recalls.document import Document
from recalldesk.units.errors import FileNotReadable, ImportRefused
from recalldesk.units.importing.cells import cells_of, is_blank, split_quoted
from recalldesk.units.importing.heading_names import SERIAL_NAMES, heading_key
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import DELIMITERS, Layout
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.taken import Taken
from recalldesk.units.importing.tally import Tally
from recalldesk.units.naming import LONGEST_SERIAL, identity_of
from recalldesk.units.states import RejectReason

MOST_LINES = 2_000
"""That hold a serial, or may: beyond it a list is sent in parts, or given to a person."""
MOST_FILE_LINES = 20_000
"""Of all kinds, so that blank ones cost nothing."""
MOST_BESIDE = 4
"""Cells of a row that are looked up beside its serial: each counts as a check."""
LOOKED_AT = 10
"""Lines from the first that holds anything, among which the heading is looked for."""
ANYTHING = Layout("", 1, (), (), DELIMITERS)
SPREADSHEET_MARK = "'"
APART = re.compile(rf"[{DELIMITERS}\s]+")


@dataclass
class ListRead:
    """What was read. `lines`: all that hold anything but the heading; `count`: of everything."""

    lines: list[Line]
    count: Count


def read_list(path: Path, document: Document) -> ListRead:
    """Reads a file: CSV, text or a workbook. Raises ListRefused."""
    try:
        source = open_source(path)
        if source.lines > MOST_FILE_LINES:
            raise ListRefused(ListProblem.TOO_MANY)
        return _read(source, document)
    except FileNotReadable as error:
        raise ListRefused(ListProblem.NOT_READABLE) from error
    except ImportRefused as error:
        raise ListRefused(ListProblem.NOT_READABLE) from error


def one_a_line(text: str, document: Document) -> str:
    """A pasted text as the lines of a file: a table with a heading as it is; else what commas,
    semicolons and tabs set apart stands on lines of its own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = [(number, line) for number, line in enumerate(lines, 1) if line.strip()][:LOOKED_AT]
    if _heading_in(first, document) is not None:
        return "\n".join(lines)
    return re.sub(rf"[{DELIMITERS}]", "\n", "\n".join(lines))


def _read(source: Source, document: Document) -> ListRead:
    form = form_of(document)
    layout = layout_of(source, document)
    rows, tally = _Rows(document, layout), Tally()
    try:
        for portion, _ in source.portions(layout, form):
            taken = portion.taken_by(rows)
            tally.add(taken)
            rows.keep(portion.number, portion.shown, taken)
    finally:
        source.remarks.clear()
    tally.reconcile(source.lines)
    if not rows.lines:
        raise ListRefused(ListProblem.EMPTY)
    if len(rows.lines) > MOST_LINES:
        raise ListRefused(ListProblem.TOO_MANY)
    tally.accepted = tally.taken - rows.duplicates
    count = Count(
        lines=source.lines,
        heading=tally.heading,
        accepted=tally.accepted,
        rejected=tally.rejected,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
    )
    return ListRead(rows.lines, count)


def form_of(document: Document) -> SerialForm:
    """What a serial of any of the products looks like, taken widely: a number that a sheet holds is
    one of theirs only if none of them can have lost its zeros in it."""
    forms = {product.serial.form: None for product in document.products}
    first, *others = forms
    if not others:
        return first
    return SerialForm(
        alphabet="".join(sorted({character for form in forms for character in form.alphabet})),
        shortest=min(form.shortest for form in forms),
        longest=max(form.longest for form in forms),
        folding=first.folding,
    )


def _first_lines(source: Source, form: SerialForm) -> Iterator[tuple[int, str]]:
    for portion, _ in source.portions(ANYTHING, form):
        for index, line in enumerate(portion.chunk.lines):
            if not is_blank(line, ANYTHING):
                yield portion.number(index), line


def layout_of(source: Source, document: Document) -> Layout:
    """Where the serials stand, by the heading. Raises ListRefused."""
    first = []
    for numbered in _first_lines(source, form_of(document)):
        first.append(numbered)
        if len(first) == LOOKED_AT:
            break
    if not first:
        raise ListRefused(ListProblem.EMPTY)
    said = SEPARATOR_SAID.fullmatch(first[0][1])
    above = (first.pop(0)[0],) if said else ()
    found = _heading_in(first, document)
    if found is not None:
        return replace(found, heading_lines=(*above, *found.heading_lines))
    if any(mark in line for _, line in first for mark in DELIMITERS):
        raise ListRefused(ListProblem.NO_HEADING)
    return Layout("", 1, (0,), above)


def _heading_in(first: Sequence[tuple[int, str]], document: Document) -> Layout | None:
    """The layout by the first line that names the column of the serials. One that holds a serial
    itself, as from a scanner that writes "SN" before each, is none."""
    for number, line in first:
        for mark in (*(mark for mark in DELIMITERS if mark in line), ""):
            cells = split_quoted(line, mark) or []
            places = [at for at, cell in enumerate(cells) if heading_key(cell) in SERIAL_NAMES]
            if len(places) > 1:
                raise ListRefused(ListProblem.TWO_HEADINGS)
            if places and not any(_is_serial(cell, document) for cell in cells):
                return Layout(mark, len(cells), tuple(places), (number,))
    return None


@dataclass
class _Rows:
    """Judges lines. `lines`: all that were kept, in their order."""

    document: Document
    layout: Layout
    lines: list[Line] = field(default_factory=list)
    duplicates: int = 0
    _met: dict[str, int] = field(default_factory=dict)
    _taken: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        self._taken = []
        for index, line in enumerate(lines):
            if is_blank(line, self.layout):
                taken.blank += 1
                continue
            judged = self._judged(line)
            if isinstance(judged, RejectReason):
                taken.rejects.append((index, judged))
            else:
                serial, beside = judged
                self._taken.append((index, serial, beside))
                taken.serials.append("")
        return taken

    def keep(
        self, number_of: Callable[[int], int], text_of: Callable[[int], str], taken: Taken
    ) -> None:
        """Keeps what was taken, and what was rejected, by the numbers of their lines."""
        found = [
            Line(number_of(index), serial, beside=beside) for index, serial, beside in self._taken
        ]
        found += [
            Line(
                number_of(index),
                text_of(index)[:LONGEST_SERIAL],
                LineState.REJECTED,
                why=reason.value,
            )
            for index, reason in taken.rejects
        ]
        for line in sorted(found, key=lambda line: line.number):
            self._note_if_repeated(line)
            self.lines.append(line)

    def _note_if_repeated(self, line: Line) -> None:
        if line.state is not LineState.WAITING or line.beside:
            return
        first = self._met.setdefault(unit_in(line.text, self.document), line.number)
        if first != line.number:
            line.state, line.of = LineState.DUPLICATE, first
            self.duplicates += 1

    def _judged(self, line: str) -> tuple[str, tuple[str, ...]] | RejectReason:
        cells = cells_of(line, self.layout)
        if isinstance(cells, RejectReason):
            return cells
        place = self.layout.places[0]
        serial = bare_cell(cells[place])
        beside = tuple(
            text
            for at, cell in enumerate(cells)
            if at != place and self._is_whole(text := bare_cell(cell))
        )
        if not normalise(serial):
            return RejectReason.EMPTY_CELL
        if len(serial) > LONGEST_SERIAL:
            return RejectReason.CELL_TOO_LONG
        parts = [part for part in APART.split(serial) if self._is_whole(part)]
        if len(parts) > 1 or len(beside) > MOST_BESIDE:
            return RejectReason.NOT_ONE_SERIAL
        return serial, beside

    def _is_whole(self, text: str) -> bool:
        return _is_whole(text, self.document)


def _is_whole(text: str, document: Document) -> bool:
    """Whether it has the form of a serial of one of the recall's products."""
    read_as = normalise(text)
    forms = (product.serial.form for product in document.products)
    return any(form.is_well_formed(form.fold(read_as)) for form in forms)


def _is_serial(cell: str, document: Document) -> bool:
    """Whether it surely is no heading: words are serials by some loose forms, numbers are not."""
    return any(map(str.isdigit, cell)) and _is_whole(bare_cell(cell), document)


def unit_in(serial: str, document: Document) -> str:
    """The serial as its product reads it: two lines that say the same name one unit."""
    return identity_of(normalise(serial), document)


def bare_cell(cell: str) -> str:
    """What a cell says, without the mark by which a spreadsheet keeps it a text."""
    return " ".join(cell.split()).removeprefix(SPREADSHEET_MARK)
