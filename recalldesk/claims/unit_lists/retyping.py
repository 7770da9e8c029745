"""A list that came as a file, as a text that stands in the field of its form.

Guarantee: read again it is the same list: each line keeps its number, its serial and what is looked
up beside it; a line that was not read is not read now either, whatever its text looks like.
"""

import csv
import io

from recalldesk.claims.unit_lists.lines import Line, LineState
from recalldesk.claims.unit_lists.reading import ListRead
from recalldesk.units.importing.layout import DELIMITERS

MARKS = (*DELIMITERS, '"')
NO_MARKS = str.maketrans(dict.fromkeys(MARKS, " "))
HEADING = "Serial"


def as_typed(read: ListRead) -> str:
    """The text. It has a heading where a serial alone would say less than its line did."""
    if not any(_says_more(line) for line in read.lines):
        return _in_their_places({line.number: line.text for line in read.lines})
    width = 2 + max(len(line.beside) for line in read.lines)
    first = read.lines[0].number
    moved = 1 if first == 1 else 0
    rows = {line.number + moved: _row(line, width) for line in read.lines}
    return _in_their_places({first + moved - 1: _written([HEADING, *[""] * (width - 1)])} | rows)


def _says_more(line: Line) -> bool:
    is_unread = line.state is LineState.REJECTED
    return is_unread or bool(line.beside) or any(mark in line.text for mark in MARKS)


def _row(line: Line, width: int) -> str:
    if line.state is LineState.REJECTED:  # more columns than the heading: it is rejected again
        text = " ".join(line.text.translate(NO_MARKS).split()) or "?"
        return text + "\t" * width
    cells = [line.text, *line.beside]
    return _written([*cells, *[""] * (width - len(cells))])


def _written(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="").writerow(cells)
    return written.getvalue()


def _in_their_places(rows: dict[int, str]) -> str:
    return "\n".join(rows.get(number, "") for number in range(1, max(rows) + 1))
