"""Whether lines that read as one row may in truth be several, of which a stray quote makes one.

Two stray quotes, lines apart, look like one sound cell, and every serial between them would be lost
without a word. Guarantee: lines that could be read as a row of their own, or hold anything like a
serial beside the row's own ones, are told of; a doubt more costs a line sent back, a doubt less a
recalled unit.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.judging import candidate
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.merging import GAP

BETWEEN = re.compile(rf"[{GAP},;|/+&\"'()=:]+")
LETTERS = re.compile(r"[^\W_]+")
ONE_MORE_OR_LESS = 1


def may_swallow(
    lines: Sequence[str],
    cells: Sequence[str],
    own: Sequence[str],
    layout: Layout,
    form: SerialForm,
) -> bool:
    """Whether lines, together the row of these cells, may hold a row or a serial beside `own`.

    `own` are the cells that are read of the row, or of a heading.
    """
    known = {candidate(line, form) for cell in own for line in cell.split("\n")} | {""}
    if any(part not in known for part in _read_alone(lines, cells, layout, form)):
        return True
    begun = next((place for place, cell in enumerate(cells) if "\n" in cell), len(cells))
    for place in range(begun, len(cells)):
        if place in layout.places:
            continue
        is_over_lines = "\n" in cells[place]
        for part in _parts(cells[place]):
            folded = candidate(part, form)
            if folded in known:
                continue
            if form.is_well_formed(folded) or (is_over_lines and _is_damaged(part, folded, form)):
                return True
    return False


def _read_alone(
    lines: Sequence[str], cells: Sequence[str], layout: Layout, form: SerialForm
) -> Iterator[str]:
    """What stands in the serials' columns of each line that is a row by itself.

    Between the quotes in doubt a line is read as if there were none.
    """
    careful = (split_quoted(line, layout.delimiter) or [] for line in lines)
    for alone in chain(_taken_apart(cells, layout.delimiter), careful):
        if len(alone) == layout.width:
            yield from (candidate(alone[place].strip(' "'), form) for place in layout.places)


def _taken_apart(cells: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """The cells of a row line by line, those over several lines without their quotes."""
    line: list[str] = []
    for cell in cells:
        if "\n" not in cell:
            line.append(cell)
            continue
        first, *others = (
            piece.split(delimiter) if delimiter else [piece] for piece in cell.split("\n")
        )
        line.extend(first)
        for other in others:
            yield line
            line = other
    yield line


def _parts(cell: str) -> Iterator[str]:
    for line in cell.split("\n"):
        yield line
        yield from BETWEEN.split(line)
        yield from LETTERS.findall(line)


def _is_damaged(part: str, folded: str, form: SerialForm) -> bool:
    """Whether what is no serial may be a damaged one."""
    has_digits = any(character.isdigit() for character in form.alphabet)
    if has_digits and not any(character.isdigit() for character in part):
        return False
    return form.shortest - ONE_MORE_OR_LESS <= len(folded) <= form.longest + ONE_MORE_OR_LESS
