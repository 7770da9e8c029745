"""A made-up recall's numbers, and order lines matched with them."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from recalldesk.matching.matches.matching import Matched, Matches, match_orders
from recalldesk.matching.orders import Identifier, ListedSerial, OrderLine, SaleWindow, Wanted

BANK, LAMP, SPEAKER = "bank", "lamp", "speaker"
WINDOW = SaleWindow(BANK, date(2016, 6, 1), date(2022, 12, 31), ("US",))
WANTED = Wanted(
    identifiers=(
        Identifier(BANK, "asin", "B0MADEUP01", "Amazon"),
        Identifier(BANK, "sku", "PB10-BLK", "Our own site"),
        Identifier(BANK, "upc", "012345678905", "Our own site"),
        Identifier(BANK, "item_number", "110000000001", "eBay"),
        Identifier(BANK, "title", "Power-Core 10000"),
        Identifier(BANK, "title", "PowerCore 10000"),
        Identifier(LAMP, "sku", "LAMP-1", "Amazon.com"),
        Identifier(BANK, "sku", "SET-1", "Amazon"),
        Identifier(SPEAKER, "sku", "SET-1", "Amazon"),
    ),
    windows=(
        WINDOW,
        SaleWindow(BANK, date(2018, 1, 1), date(2018, 12, 31), ("MX", "GT")),
        SaleWindow(SPEAKER, None, None, ()),
    ),
)


def product_of_serial(serial: str) -> ListedSerial:
    """What the lists say of a serial."""
    known = {"SN-LISTED": ListedSerial(BANK), "SN-SLIP": ListedSerial(BANK, is_slip=True)}
    return known.get(serial, ListedSerial())


def matches_of(
    lines: Iterable[OrderLine],
    folder: Path,
    *,
    returns: Sequence[OrderLine] = (),
    channel: str = "amazon",
    engine: str = "duckdb",
    wanted: Wanted = WANTED,
) -> tuple[list[Matched], Matches]:
    """What is matched, read to its end."""
    matches = match_orders(
        lines,
        wanted,
        returns,
        channel=channel,
        folder=folder,
        engine=engine,
        serials=product_of_serial,
    )
    return list(matches), matches
