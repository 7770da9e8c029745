"""Which columns of a file of reports say what, by their headings, in any order.

Guarantee: a heading that is not known is named and not read; nothing is told by a column's looks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.incidents.importing.errors import ReportsRefused
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.sources import Source

NEVER = 1 << 20
FORM = SerialForm(alphabet="A", shortest=NEVER, longest=NEVER)
"""No text has it: people write of numbers and models, which are no rows that were swallowed.
`several.py` tells those."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("report no.", "report no", "report number"),
    "told_on": ("report date",),
    "happened_on": ("incident date", "date of incident"),
    "account": ("incident description",),
    "happened": ("happened", "what happened"),
    "severity": ("(primary) victim severity", "victim severity"),
    "care": ("care",),
    "injured": ("injured", "people injured"),
    "age": ("(primary) victim's age (years)", "age", "ages"),
    "harm": ("harm",),
    "amount": ("damage amount",),
    "currency": ("damage currency",),
    "damage": ("damage", "property damage"),
    "model": ("model name or number", "model"),
    "serial": ("serial number", "serial"),
    "has_unit": ("submitter has product", "has unit"),
    "country": ("country",),
    "authority_reference": ("authority reference",),
    "reported_at": ("reported at",),
    "location": ("location",),
    "city": ("city",),
    "state": ("state",),
    "zip": ("zip",),
    "was_damaged": ("product was damaged before incident",),
    "damage_before": ("damage description",),
    "repaired": ("damage repaired",),
    "modified": ("product was modified before incident",),
    "sent": ("sent to manufacturer / importer / private labeler",),
}
"""The headings that are known, by our names, in small letters."""
BY_HEADING = {heading: name for name, headings in NAMES.items() for heading in headings}
OF_SAFERPRODUCTS = "sent"
"""Only an export of SaferProducts.gov has this column: its days are written month first."""
SHOWN = 40


@dataclass(frozen=True)
class ReportLayout:
    """How the lines are laid out, and the place of each known column. `unread`: other headings;
    `is_month_first`: a day with bars is written month first; else it is not guessed at."""

    layout: Layout
    places: Mapping[str, int]
    unread: tuple[str, ...]
    is_month_first: bool


def find_columns(source: Source) -> ReportLayout:
    """The columns of a file. Raises ReportsRefused, FileNotReadable."""
    for heading in NAMES["number"]:
        try:
            layout = source.layout(Columns(serial=heading), FORM)
        except ColumnsNotClear:
            continue
        return _named(source, layout)
    raise ReportsRefused(
        "The first line names no column of report numbers.",
        "Write `Report No.` above it. By its number a report is known again in the next file; "
        "docs/incident-files.md lists the other headings.",
    )


def _named(source: Source, layout: Layout) -> ReportLayout:
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(_heading(source, layout)):
        known = BY_HEADING.get(plain_heading(cell))
        if known is None:
            unread.append(cell.strip())
        elif known in places:
            raise ReportsRefused(
                f"Two columns say the same: the second is “{cell.strip()[:SHOWN]}”.",
                "Leave one of them.",
            )
        else:
            places[known] = place
    layout = replace(layout, places=())  # a number in a sheet loses nothing by being one
    named = tuple(each for each in unread if each)
    return ReportLayout(layout, places, named, is_month_first=OF_SAFERPRODUCTS in places)


def plain_heading(cell: str) -> str:
    """A heading as `NAMES` writes it."""
    return " ".join(cell.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()).casefold()


def _heading(source: Source, layout: Layout) -> Sequence[str]:
    for portion, _ in source.portions(layout, FORM):
        first = portion.chunk.first_number
        numbers = [number - first for number in layout.heading_lines]
        lines = [portion.chunk.lines[number] for number in numbers] or portion.chunk.lines[:1]
        if SEPARATOR_SAID.fullmatch(lines[0]):
            del lines[0]
        return split_quoted("\n".join(lines), layout.delimiter) or ()
    return ()
