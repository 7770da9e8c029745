"""Which columns of a shop's file say what, by their headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.remedies.errors import CorrectionRefused
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.sources import Source

FORM = SerialForm(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", shortest=4, longest=64)
"""By it the parts that read serials tell rows apart; which serials are recalled is asked later."""
NAMES: Mapping[str, tuple[str, ...]] = {
    "serial": (
        "serial",
        "serial number",
        "serial no",
        "serial no.",
        "sn",
        "s/n",
        "número de serie",
        "numero de serie",
    ),
    "units": ("units", "quantity", "qty", "count", "pieces", "unidades", "cantidad"),
    "level": ("level", "nivel"),
    "measure": ("measure", "action", "correction", "remedy", "what was done", "medida", "acción"),
    "day": ("day", "date", "on", "refund date", "return date", "fecha", "día"),
    "shop": ("shop", "store", "by", "reported by", "partner", "retailer", "tienda"),
    "order": (
        "order number",
        "order",
        "order id",
        "order no",
        "order no.",
        "número de pedido",
        "numero de pedido",
        "pedido",
    ),
    "reference": ("reference", "ref", "credit note", "receipt", "delivery note", "referencia"),
}
"""The headings that are known, by our names, in small letters."""
BY_HEADING = {heading: name for name, headings in NAMES.items() for heading in headings}


@dataclass(frozen=True)
class RowLayout:
    """How the lines are laid out, and the place of each known column. `unread`: other headings."""

    layout: Layout
    places: Mapping[str, int]
    unread: tuple[str, ...]


def find_columns(source: Source) -> RowLayout:
    """The columns of a file. Raises CorrectionRefused, FileNotReadable."""
    for name in ("serial", "units"):
        for heading in NAMES[name]:
            layout = _layout(source, heading)
            if layout is not None:
                return _named(source, layout, is_of_serials=name == "serial")
    raise CorrectionRefused(
        "The first line names no column of serials and none of units.",
        "Write `serial` or `units` above them. Also known are: level, measure, day, shop, "
        "order number and reference.",
    )


def _layout(source: Source, heading: str) -> Layout | None:
    try:
        return source.layout(Columns(serial=heading), FORM)
    except ColumnsNotClear:
        return None


def _named(source: Source, layout: Layout, *, is_of_serials: bool) -> RowLayout:
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(_heading(source, layout)):
        known = BY_HEADING.get(" ".join(cell.split()).casefold())
        if known is None:
            unread.append(cell.strip())
        elif known in places:
            raise CorrectionRefused(f"Two columns are named for {known}.", "Leave one of them.")
        else:
            places[known] = place
    if not is_of_serials:  # numbers of units are numbers in a sheet, and lose nothing by it
        layout = replace(layout, places=())
    return RowLayout(layout, places, tuple(each for each in unread if each))


def _heading(source: Source, layout: Layout) -> Sequence[str]:
    for portion, _ in source.portions(layout, FORM):
        first = portion.chunk.first_number
        numbers = [number - first for number in layout.heading_lines]
        lines = [portion.chunk.lines[number] for number in numbers] or portion.chunk.lines[:1]
        if SEPARATOR_SAID.fullmatch(lines[0]):
            del lines[0]
        return split_quoted("\n".join(lines), layout.delimiter) or ()
    return ()
