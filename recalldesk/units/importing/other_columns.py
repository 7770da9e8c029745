"""Columns that are not read although they could hold serials as well.

Guarantees: a file of which nobody said which column to read is refused if a second column says that
it holds serials, or looks like it in most of its first cells and does not say that it holds
something else.
"""

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import cells_of
from recalldesk.units.importing.heading_names import names_serials, names_something_else
from recalldesk.units.importing.judging import candidate, judge
from recalldesk.units.importing.layout import Layout
from recalldesk.units.states import RejectReason

LOOKED_AT = 1_000
"""How many lines a column's looks are judged by."""


def other_serial_column(
    headings: list[str], layout: Layout, lines: list[str], form: SerialForm
) -> int | None:
    """The first column beside those read that could hold serials."""
    others = [place for place in range(layout.width) if place not in layout.places]
    named = next((place for place in others if names_serials(headings[place])), None)
    if named is not None:
        return named
    unnamed = [place for place in others if not names_something_else(headings[place])]
    rows = [cells for line in lines if isinstance(cells := cells_of(line, layout), list)]
    return next(
        (place for place in unnamed if _looks_like_serials(place, rows, layout, form)), None
    )


def _looks_like_serials(
    place: int, rows: list[list[str]], layout: Layout, form: SerialForm
) -> bool:
    """Whether most cells that say anything, and not only what is read anyway, are serials."""
    filled = fitting = 0
    for cells in rows:
        folded = candidate(cells[place], form)
        if not folded or folded in {candidate(cells[read], form) for read in layout.places}:
            continue
        filled += 1
        fitting += all(_fits(line, form) for line in cells[place].split("\n") if line.strip())
    return fitting * 2 > filled


def _fits(line: str, form: SerialForm) -> bool:
    """Whether a line of a cell is a serial, or several in one."""
    outcome = judge(line, form)
    return outcome is RejectReason.NOT_ONE_SERIAL or not isinstance(outcome, RejectReason)
