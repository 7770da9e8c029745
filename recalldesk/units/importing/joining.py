"""Rows that run over several lines, since a cell in quotation marks holds a line end.

Guarantees: lines become one row only if the quotation marks are sound and the row is as wide as the
heading, within few lines; a line that may be a row of its own is never swallowed by another: then
each of these lines is in doubt. Whatever else has a stray quote is left to be judged alone, line by
line. What becomes of lines does not depend on where a chunk of the file ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.lines import HALF_A_UNIT
from recalldesk.units.importing.swallowing import may_swallow

MOST_LINES = 64
MOST_CHARACTERS = 16_384
"""Of one row; what is longer is no row of a list."""


@dataclass(frozen=True)
class Stretch:
    """The lines from `start` to before `stop`, as one row; or, if in doubt, as none."""

    start: int
    stop: int
    in_doubt: bool


def end_of_quotes(lines: Sequence[str], start: int) -> int | None:
    """Where the lines that may be one row with line `start` stop; None if there are none.

    The marks of a sound row come in pairs, so a row that is open at the end of its first line goes
    on to the next line with an odd number of them, and no further.
    """
    if not _is_odd(lines[start]):
        return None
    last = min(len(lines), start + MOST_LINES)
    stop = next((at + 1 for at in range(start + 1, last) if _is_odd(lines[at])), None)
    if stop is None or sum(map(len, lines[start:stop])) > MOST_CHARACTERS:
        return None
    return stop


def find_stretches(
    lines: Sequence[str], layout: Layout, form: SerialForm, *, more_follow: bool = False
) -> tuple[list[Stretch], int]:
    """The rows of several lines, in order, and how many lines are decided upon.

    The others may be one row with lines that follow.
    """
    stretches: list[Stretch] = []
    if layout.width < 2:
        return stretches, len(lines)
    decided = 0
    for start in [index for index, line in enumerate(lines) if _is_odd(line)]:
        if start < decided:
            continue
        stop = end_of_quotes(lines, start)
        if stop is not None:
            stretch = _stretch(lines, start, stop, layout, form)
            if stretch is not None:
                stretches.append(stretch)
                decided = stop
        elif more_follow and _is_open(lines, start):
            return stretches, start
    return stretches, len(lines)


def joined_rows(lines: Sequence[str], layout: Layout, form: SerialForm) -> list[str]:
    """The rows of these lines, those in doubt as well."""
    rows = list(lines)
    for stretch in reversed(find_stretches(lines, layout, form)[0]):
        rows[stretch.start : stretch.stop] = ["\n".join(lines[stretch.start : stretch.stop])]
    return rows


def _stretch(
    lines: Sequence[str], start: int, stop: int, layout: Layout, form: SerialForm
) -> Stretch | None:
    of_row = lines[start:stop]
    cells = split_quoted("\n".join(of_row), layout.delimiter)
    if cells is None or len(cells) != layout.width or HALF_A_UNIT in of_row[-1]:
        return None
    own = [cells[place] for place in layout.places]
    return Stretch(start, stop, may_swallow(of_row, cells, own, layout, form))


def _is_odd(line: str) -> bool:
    return line.count('"') % 2 == 1


def _is_open(lines: Sequence[str], start: int) -> bool:
    """Whether only lines that are not there yet can end what this one begins."""
    following = lines[start + 1 : start + MOST_LINES]
    has_room = len(following) < MOST_LINES - 1 and sum(map(len, lines[start:])) <= MOST_CHARACTERS
    return has_room and not any(map(_is_odd, following))
