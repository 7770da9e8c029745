"""Whether lines that read as one row may in truth be several, of which a stray quote makes one.

Two stray quotes, lines apart, look like one sound cell, and every serial between them would be lost
without a word. Guarantee: lines that hold a serial beside the row's own ones, or what may be a
damaged one, as a row of their own or in a text over several lines, are told of. The line of the
second stray quote is a row with a serial as well. A doubt more costs a line sent back, a doubt less
a recalled unit.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.judging import candidate
from recalldesk.units.importing.layout import DELIMITERS, Layout
from recalldesk.units.importing.merging import GAP

BETWEEN = re.compile(rf"[{GAP},;|/+&\"'()=:]+")
BETWEEN_CELLS = re.compile(f"[{DELIMITERS}]")
LETTERS = re.compile(r"[^\W_]+")
DAMAGED_BY = 2
"""Characters that a serial may lack or have too many of and still be told from other words."""


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
    alone = _read_alone(lines, cells, layout)
    if any(_is_another(part, known, form) for part in alone):
        return True
    begun = next((place for place, cell in enumerate(cells) if "\n" in cell), len(cells))
    for place in range(begun, len(cells)):
        if place in layout.places:
            continue
        of_one_line = "\n" not in cells[place]
        if any(_is_another(p, known, form, only_sound=of_one_line) for p in _parts(cells[place])):
            return True
    return False


def _read_alone(lines: Sequence[str], cells: Sequence[str], layout: Layout) -> Iterator[str]:
    """What stands in the serials' columns of each line that is a row by itself.

    Between the quotes in doubt a line is read as if there were none.
    """
    careful = (split_quoted(line, layout.delimiter) or [] for line in lines)
    for alone in chain(taken_apart(cells, layout.delimiter), careful):
        if len(alone) == layout.width:
            yield from (alone[place].strip(' "') for place in layout.places)


def taken_apart(cells: Sequence[str], delimiter: str) -> Iterator[list[str]]:
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
        yield from BETWEEN_CELLS.split(line)
        yield from BETWEEN.split(line)
        yield from LETTERS.findall(line)


def _is_another(part: str, known: set[str], form: SerialForm, *, only_sound: bool = False) -> bool:
    """Whether the text is a serial that is not known; unless `only_sound`, also a damaged one."""
    folded = candidate(part, form)
    if folded in known:
        return False
    if form.is_well_formed(folded):
        return True
    has_digits = any(character.isdigit() for character in form.alphabet)
    if only_sound or (has_digits and not any(character.isdigit() for character in part)):
        return False
    return form.shortest - DAMAGED_BY <= len(folded) <= form.longest + DAMAGED_BY
