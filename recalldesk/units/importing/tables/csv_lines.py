"""Rows of a table as lines of CSV, and these as portions to be judged.

Guarantees: a cell of any text can be had back from its line; rows that a table leaves out are blank
lines, so that each keeps its number; a portion holds a few MiB at most.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recalldesk.units.importing.decoding import Coding, Encoding
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.lines import Chunk
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.tables.cells import ADVICE
from recalldesk.units.states import RejectReason

UTF_8 = Coding(Encoding.UTF_8, 0)
MOST_ROWS = 100_000
MOST_CHARACTERS = 4 << 20
NEEDS_QUOTES = '",\n\r'


@dataclass(frozen=True)
class Row:
    """A row of a table: its number from 1, its cells, and why it is not judged, if it is not."""

    number: int
    cells: list[str]
    rejected: RejectReason | None = None


def csv_line(cells: list[str], width: int) -> str:
    """The cells as one line of CSV, filled up with empty ones; cells beyond stay if they hold text.

    A line end inside a cell stays as it is, in quotation marks.
    """
    while len(cells) > width and not cells[-1]:
        cells.pop()
    cells.extend([""] * (width - len(cells)))
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and not any(mark in line for mark in '"\n\r'):
        return line
    return ",".join(map(_quoted, cells))


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in NEEDS_QUOTES):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def delimiter_of(width: int) -> str:
    """What separates cells in lines of this many."""
    return "," if width > 1 else ""


def portions(rows: Iterable[Row], layout: Layout) -> Iterator[Portion]:
    """All rows, with blank lines for those left out, in portions."""
    first, characters = 1, 0
    lines: list[str] = []
    rejected: dict[int, RejectReason] = {}
    for row in rows:
        while first + len(lines) < row.number:
            lines.append("")
            if len(lines) == MOST_ROWS:
                yield _portion(lines, first, layout, rejected)
                first, characters, lines, rejected = first + MOST_ROWS, 0, [], {}
        if row.rejected is not None:
            rejected[len(lines)] = row.rejected
        lines.append(csv_line(row.cells, layout.width))
        characters += len(lines[-1])
        if len(lines) == MOST_ROWS or characters > MOST_CHARACTERS:
            yield _portion(lines, first, layout, rejected)
            first, characters, lines, rejected = first + len(lines), 0, [], {}
    if lines:
        yield _portion(lines, first, layout, rejected)


def _portion(
    lines: list[str], first: int, layout: Layout, rejected: Mapping[int, RejectReason]
) -> Portion:
    portion = Portion(Chunk(lines, first, UTF_8), lines)
    portion.settle_headings(layout.heading_lines)
    for index, reason in rejected.items():
        if first + index not in layout.heading_lines:
            portion.reject(index, reason, ADVICE[reason])
    return portion
