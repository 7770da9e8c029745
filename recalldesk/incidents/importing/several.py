"""Whether a row of several lines may in truth be several reports.

Two stray quotation marks, lines apart, look like one sound cell, and the reports between them would
be lost without a word. Guarantee: a row of which a further line is by itself as wide as the heading
and begins a report, with a number and a day where the heading has them, is told of.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.swallowing import taken_apart

NUMBER = re.compile(r"[\w./#-]*\d[\w./#-]*")


def may_be_several(
    line: str,
    cells: Sequence[str],
    layout: Layout,
    places: Mapping[str, int],
    is_day: Callable[[str], bool],
) -> bool:
    """Whether that is so of a line that was made of several, with its cells."""
    if "\n" not in line or layout.width < 2:
        return False
    for alone in _further_lines(line, cells, layout):
        if len(alone) != layout.width:
            continue
        said = {name: alone[place].strip(' "') for name, place in places.items()}
        day = said.get("told_on", "")
        if NUMBER.fullmatch(said["number"]) and (not day or is_day(day)):
            return True
    return False


def _further_lines(line: str, cells: Sequence[str], layout: Layout) -> Iterator[Sequence[str]]:
    """The lines after the first, each taken apart in each way in which it may be meant."""
    for further in line.split("\n")[1:]:
        yield split_quoted(further, layout.delimiter) or ()
        yield further.split(layout.delimiter)
    apart = iter(taken_apart(cells, layout.delimiter))
    next(apart, None)
    yield from apart
