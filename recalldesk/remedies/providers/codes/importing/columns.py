"""Which columns of a file hold the codes and their PINs.

Guarantee: no message names anything that stands in the file, since its first line may be a code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.remedies.errors import CodesRefused
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.sources import Source

FORM = SerialForm(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", shortest=4, longest=64)
"""By it the parts that read serials tell a code from a heading; codes themselves are `rows`'."""
CODE_NAMES = (
    "code",
    "gift code",
    "gift_code",
    "giftcode",
    "gift card code",
    "card code",
    "card_code",
    "card number",
    "card_number",
    "claim code",
    "redemption code",
    "voucher",
    "voucher code",
    "código",
    "codigo",
)
PIN_NAMES = frozenset({"pin", "pin code", "pin_code", "card pin", "security code"})


@dataclass(frozen=True)
class CodeLayout:
    """How the lines are laid out. `pin`: the column of the PINs, where there is one."""

    layout: Layout
    code: int
    pin: int | None


def find_columns(source: Source, *, column: str = "", pin_column: str = "") -> CodeLayout:
    """The columns asked for, else those whose headings say so, else a file of nothing but codes.

    Raises CodesRefused, FileNotReadable.
    """
    names = (column,) if column else CODE_NAMES
    found = {layout.places: layout for name in names if (layout := _named(source, name))}
    if len(found) > 1:
        raise CodesRefused(
            "More than one column could hold the codes.", "Name the one to read with --column."
        )
    if found:
        (layout,) = found.values()
        return _with_pin(source, layout, pin_column)
    if column:
        raise CodesRefused(f"No column is named {column}.", "Look at the first line of the file.")
    return _without_heading(source)


def _named(source: Source, name: str) -> Layout | None:
    try:
        return source.layout(Columns(serial=name), FORM)
    except ColumnsNotClear:
        return None


def _without_heading(source: Source) -> CodeLayout:
    unclear = CodesRefused(
        "Which column holds the codes cannot be told from the first line.",
        'Write a heading "code" above them, and "pin" above their PINs; or name it: --column.',
    )
    try:
        layout = source.layout(Columns(), FORM)
    except ColumnsNotClear:
        raise unclear from None  # its own words may hold a code
    if layout.width > 1 or _heading(source, layout):
        raise unclear
    return CodeLayout(layout, layout.places[0], None)


def _with_pin(source: Source, layout: Layout, pin_column: str) -> CodeLayout:
    keys = [_plain(cell) for cell in _heading(source, layout)]
    wanted = {_plain(pin_column)} if pin_column else PIN_NAMES
    places = [place for place, key in enumerate(keys) if key in wanted]
    if len(places) > 1 or (pin_column and not places):
        raise CodesRefused(
            "Which column holds the PINs is not clear.", "Name one column with --pin-column."
        )
    (code,) = layout.places
    if not places:
        return CodeLayout(layout, code, None)
    return CodeLayout(replace(layout, places=(code, places[0])), code, places[0])


def _heading(source: Source, layout: Layout) -> Sequence[str]:
    """The cells of the heading; none where there is no heading."""
    for portion, _ in source.portions(layout, FORM):
        first = portion.chunk.first_number
        lines = [portion.chunk.lines[number - first] for number in layout.heading_lines]
        if lines and SEPARATOR_SAID.fullmatch(lines[0]):
            del lines[0]
        return split_quoted("\n".join(lines), layout.delimiter) or () if lines else ()
    return ()


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
