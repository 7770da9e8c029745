"""Which columns of a list of sites say what, by their headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing.heading_names import BY_HEADING, field_named
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import DELIMITERS, Columns, Layout
from recalldesk.units.importing.sources import Source

FORM = SerialForm(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", shortest=64, longest=64)
"""The parts that read files look for serials by it: in a list of sites nothing is one."""
ANYTHING = Layout("", 1, (), (), DELIMITERS)


@dataclass(frozen=True)
class SiteLayout:
    """How the lines are laid out, and the place of each known column. `unread`: other headings."""

    layout: Layout
    places: Mapping[str, int]
    unread: tuple[str, ...]


def find_columns(source: Source) -> SiteLayout:
    """The columns of a file. Raises SitesRefused, FileNotReadable."""
    for heading in _headings_of_names(source):
        try:
            layout = source.layout(Columns(serial=heading), FORM)
        except ColumnsNotClear as unclear:
            raise SitesRefused(unclear.message, unclear.hint) from unclear
        return _named(source, layout)
    raise SitesRefused(
        "The first line names no column of names.",
        "Write `name` above it. Also known are: id, kind, address, city, state, postal code, "
        "country, phone, hours, residents only, takes, checked on, checked by, latitude, "
        "longitude.",
    )


def _headings_of_names(source: Source) -> Sequence[str]:
    """The first cells that may be the heading above the names, as they are written."""
    for portion, _ in source.portions(ANYTHING, FORM):
        for line in portion.chunk.lines[:3]:
            for mark in DELIMITERS:
                cells = [cell.strip() for cell in split_quoted(line, mark) or ()]
                found = [cell for cell in cells if field_named(cell) == "name"]
                if found:
                    return found
        return ()
    return ()


def _named(source: Source, layout: Layout) -> SiteLayout:
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(_heading(source, layout)):
        known = field_named(cell)
        if known is None:
            unread.append(cell.strip())
        elif known in places:
            raise SitesRefused(
                f"Two columns are named for {known.replace('_', ' ')}.", "Leave one of them."
            )
        else:
            places[known] = place
    # Numbers are numbers in a sheet, and lose nothing by it.
    layout = replace(layout, places=())
    return SiteLayout(layout, places, tuple(each for each in unread if each))


def _heading(source: Source, layout: Layout) -> Sequence[str]:
    for portion, _ in source.portions(layout, FORM):
        first = portion.chunk.first_number
        numbers = [number - first for number in layout.heading_lines]
        lines = [portion.chunk.lines[number] for number in numbers]
        if SEPARATOR_SAID.fullmatch(lines[0]):
            del lines[0]
        return split_quoted("\n".join(lines), layout.delimiter) or ()
    return ()


KNOWN = frozenset(BY_HEADING.values())
"""Every field that a heading can name."""
