"""Which columns hold the serials, told from the first line that is not blank.

Guarantees: what is not clear is refused with the headings that were found; no line is taken for a
heading by its looks alone.
"""

import re
import unicodedata

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.judging import judge
from recalldesk.units.importing.layout import DELIMITERS, Columns, Layout
from recalldesk.units.states import RejectReason

SERIAL_NAMES = frozenset(
    {
        "serial",
        "serials",
        "serialno",
        "serialnr",
        "serialnum",
        "serialnumber",
        "serialnumbers",
        "serialid",
        "sn",
        "snr",
        "sno",
        "unitserial",
        "unitserialnumber",
        "productserial",
        "productserialnumber",
        "deviceserial",
        "deviceserialnumber",
        "vin",
        "numerodeserie",
        "nodeserie",
        "seriennummer",
    }
)
RANGE_NAMES = (
    ("start", "end"),
    ("from", "to"),
    ("first", "last"),
    ("begin", "end"),
    ("startserial", "endserial"),
    ("serialstart", "serialend"),
    ("startserialnumber", "endserialnumber"),
    ("firstserial", "lastserial"),
    ("firstserialnumber", "lastserialnumber"),
    ("fromserial", "toserial"),
    ("serialfrom", "serialto"),
    ("rangestart", "rangeend"),
    ("rangefrom", "rangeto"),
    ("startofrange", "endofrange"),
)
SHOWN = 60


def find_layout(number: int, line: str, asked: Columns, form: SerialForm) -> Layout:
    """The layout of a file whose first line that is not blank is `line`, the `number`-th.

    Raises `ColumnsNotClear`.
    """
    _refuse_half_asked(asked)
    readings = {mark: cells for mark in _marks_in(line) if (cells := split_quoted(line, mark))}
    for mark, cells in readings.items():
        places = _asked_places(cells, asked) if asked.asked else _known_places(cells)
        if places:
            if not asked.asked and len(cells) == 1 and _is_serial(line, form):
                raise ColumnsNotClear(
                    f'The first line, "{_shown(line)}", could be a heading and a serial.',
                    f'If it is a heading, name it: --column "{_shown(line)}".',
                )
            strangers = "" if mark else strangers_to(form)
            return Layout(mark, len(cells), places, number, strangers)
    cells = max(readings.values(), key=len, default=[line])
    if asked.asked:
        raise ColumnsNotClear(
            f"No column is named {' and '.join(asked.asked)}.", f"The file has {_listed(cells)}."
        )
    if len(cells) == 1 and _is_serial(line, form):
        return Layout("", 1, (0,), None, strangers_to(form))
    raise _unclear(line, cells)


def strangers_to(form: SerialForm) -> str:
    """The delimiters that no serial of this form can hold."""
    typed = {character for character, _ in form.folding}
    return "".join(mark for mark in DELIMITERS if mark not in form.alphabet and mark not in typed)


def heading_key(cell: str) -> str:
    """A heading without case, accents, spaces and signs: "Serial No." gives serialno."""
    plain = unicodedata.normalize("NFKD", cell).casefold()
    return re.sub(r"[^a-z0-9]+", "", plain)


def _marks_in(line: str) -> list[str]:
    return [mark for mark in DELIMITERS if mark in line] + [""]


def _asked_places(cells: list[str], asked: Columns) -> tuple[int, ...]:
    names = [cell.strip().casefold() for cell in cells]
    wanted = [name.strip().casefold() for name in asked.asked]
    for name in wanted:
        if names.count(name) > 1:
            raise ColumnsNotClear(
                f"Several columns are named {name}.", "Give each column a name of its own."
            )
    if not all(name in names for name in wanted):
        return ()
    return tuple(names.index(name) for name in wanted)


def _known_places(cells: list[str]) -> tuple[int, ...]:
    keys = [heading_key(cell) for cell in cells]
    serials = [place for place, key in enumerate(keys) if key in SERIAL_NAMES]
    ranges = [
        (keys.index(start), keys.index(end))
        for start, end in RANGE_NAMES
        if keys.count(start) == 1 and keys.count(end) == 1
    ]
    if len(serials) + len(ranges) > 1:
        raise ColumnsNotClear(
            f"More than one column could hold the serials: the file has {_listed(cells)}.",
            "Name the one to read with --column, or both ends of ranges with --start-column and"
            " --end-column.",
        )
    if ranges:
        return ranges[0]
    return tuple(serials)


def _is_serial(line: str, form: SerialForm) -> bool:
    cells = split_quoted(line, "")
    return cells is not None and not isinstance(judge(cells[0], form), RejectReason)


def _refuse_half_asked(asked: Columns) -> None:
    ends = (asked.start is not None) + (asked.end is not None)
    if ends == 1 or (ends and asked.serial is not None):
        raise ColumnsNotClear(
            "A file holds serials or ranges.",
            "Name one column with --column, or both ends with --start-column and --end-column.",
        )
    if ends and asked.start == asked.end:
        raise ColumnsNotClear("Start and end are the same column.", "Name two columns.")


def _unclear(line: str, cells: list[str]) -> ColumnsNotClear:
    if len(cells) > 1:
        return ColumnsNotClear(
            f"None of the columns has a heading that says serial: the file has {_listed(cells)}.",
            "Name the one to read with --column, or both ends with --start-column and --end-column."
            " If the file has no headings, write a line with a name for each column above it.",
        )
    return ColumnsNotClear(
        f'The first line, "{_shown(line)}", is neither a known heading nor a serial.',
        f'If it is the heading, name it: --column "{_shown(line)}". Otherwise put the line'
        ' "serial" above it.',
    )


def _listed(cells: list[str]) -> str:
    return ", ".join(f'"{_shown(cell.strip())}"' for cell in cells[:40])


def _shown(text: str) -> str:
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return visible if len(visible) <= SHOWN else visible[:SHOWN] + "..."
