"""An order file, opened: as what text it is read, where its heading is, in which order its dates
name their parts, and which sign stands before the cents of its prices."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.formats import Format, format_of
from recalldesk.matching.files.headings import Heading, find_heading
from recalldesk.matching.files.mapping import DayOrder, Mapping
from recalldesk.matching.files.money import decimal_of
from recalldesk.matching.files.rows import whole_rows
from recalldesk.matching.files.source import SHEET_NAME, Source
from recalldesk.matching.files.sources import source_of
from recalldesk.matching.files.values import order_of

SAMPLE = 1 << 20
DATES = (Field.ORDERED_ON, Field.PAID_ON)
PRICES = (Field.PRICE, Field.UNIT_PRICE)


@dataclass(frozen=True)
class Opened:
    """What is known of a file before its rows are read."""

    source: Source
    format: Format
    heading: Heading
    day_order: DayOrder | None
    decimal: str | None
    remarks: tuple[str, ...]


def open_orders(
    path: Path,
    folder: Path,
    *,
    channel: str,
    kind: str,
    mapping: Mapping | None,
    encoding: str | None = None,
) -> Opened:
    """Opens a file; `folder` is for what it must be written anew as. Raises `OrderFileRefused`."""
    of = format_of(channel, kind, mapping)
    asked = encoding or (mapping.encoding if mapping is not None else None)
    try:
        source = source_of(path, folder, asked)
        with source.path.open("rb") as file:
            lines = first_lines(file, source.skip)
    except OSError as error:
        raise OrderFileRefused(
            f"{path.name} cannot be opened: {error.strerror}.", "Check its name and place."
        ) from error
    if not any(map(bytes.strip, lines)):
        raise OrderFileRefused("The file holds only blank lines.", "Check that the export worked.")
    is_sheet = source.came_in == SHEET_NAME
    heading = find_heading(lines, of, source.encoding, is_sheet=is_sheet)
    order, decimal = _order(lines, heading, of), _decimal(lines, heading, of, source.encoding)
    return Opened(source, of, heading, order, decimal, source.remarks)


def first_lines(file: BinaryIO, skip: int) -> list[bytes]:
    """The lines of the file's first part."""
    file.seek(skip)
    block = file.read(SAMPLE)
    is_all = len(block) < SAMPLE
    lines = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return lines if is_all or len(lines) == 1 else lines[:-1]


def _order(lines: list[bytes], heading: Heading, of: Format) -> DayOrder | None:
    """As a mapping says, or the dates of the first rows tell, or the shop writes it."""
    if of.mapping is not None and of.mapping.day_order is not None:
        return of.mapping.day_order
    places = [heading.places[each] for each in DATES if each in heading.places]
    rows = whole_rows(lines[heading.line :], heading.dialect)
    return (
        order_of([cells[at].decode("latin-1") for cells in rows for at in places]) or of.day_order
    )


def _decimal(lines: list[bytes], heading: Heading, of: Format, encoding: str) -> str | None:
    """As a mapping says, or the prices of the first rows tell. Dates tell nothing of it: the Swiss
    write days as Germans do, and cents as the English."""
    if of.mapping is not None and of.mapping.decimal:
        return of.mapping.decimal
    places = [heading.places[each] for each in PRICES if each in heading.places]
    rows = whole_rows(lines[heading.line :], heading.dialect) if places else ()
    return decimal_of(cells[at].decode(encoding, "replace") for cells in rows for at in places)
