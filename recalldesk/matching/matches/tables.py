"""What a recall looks for, as the tables that the matching expression joins order lines with.

Days are counted from the first of the calendar, so that no engine's time zone has a say in them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recalldesk.matching.matches.channels import is_of_channel
from recalldesk.matching.matches.forms import (
    GTIN,
    SERIAL,
    SERIAL_SLIP,
    SHORTEST_WITHIN,
    TITLE,
    bare,
    key_of,
    title_form,
)
from recalldesk.matching.orders import Identifier, SaleWindow, Wanted

if TYPE_CHECKING:
    import pyarrow as pa

BY_SERIAL, BY_NUMBER, BY_NUMBER_ELSEWHERE, BY_NUMBER_WITHIN, BY_TITLE, BY_SERIAL_SLIP = range(6)
"""By what a line is known for a product's, the surest first."""
OF_ANY_SHOP = (f"{GTIN}:", "asin:")
"""Bar code numbers are the same everywhere; an ASIN can only be Amazon's."""
NEAR_DAYS = 30
COLUMNS = {
    "identifiers": ("product", "key", "title", "within", "evidence"),
    "windows": (
        "product",
        "country",
        "since",
        "until",
        "near_since",
        "near_until",
        "is_unknown",
    ),
}
NEVER = 10**7
"""A day that no order is of, after all others."""


@dataclass(frozen=True)
class WantedTables:
    """The tables in a folder; `products`: by their number in the tables."""

    products: tuple[str, ...]
    identifiers: Path
    windows: Path


def write_wanted(
    folder: Path, wanted: Wanted, channel: str, with_serials: Iterable[str]
) -> WantedTables:
    """Writes the tables for a file of a channel. `with_serials`: products that lines name by a
    serial."""
    named = {each.product for each in wanted.identifiers} | set(with_serials)
    products = tuple(sorted(named | {each.product for each in wanted.windows}))
    numbers = {product: number for number, product in enumerate(products)}
    rows = [_identifier_row(numbers[each.product], each, channel) for each in wanted.identifiers]
    rows += [
        (number, "", "", within, BY_NUMBER_WITHIN)
        for number, key, *_ in rows
        if len(within := bare(key.partition(":")[2])) >= SHORTEST_WITHIN
    ]
    rows += [
        (number, key_of(kind, product), "", "", evidence)
        for product, number in numbers.items()
        for kind, evidence in ((SERIAL, BY_SERIAL), (SERIAL_SLIP, BY_SERIAL_SLIP))
    ]
    windows = [row for each in wanted.windows for row in _window_rows(numbers[each.product], each)]
    with_windows = {each.product for each in wanted.windows}
    windows += [
        (number, "", NEVER, NEVER, NEVER, NEVER, True)
        for product, number in numbers.items()
        if product not in with_windows
    ]
    written = WantedTables(products, folder / "identifiers.parquet", folder / "windows.parquet")
    _write(written.identifiers, "identifiers", rows)
    _write(written.windows, "windows", windows)
    return written


def schema_of(name: str) -> "pa.Schema":
    """The columns of a table."""
    import pyarrow as pa

    types = dict.fromkeys(("key", "title", "within", "country"), pa.string())
    types["is_unknown"] = pa.bool_()
    return pa.schema({each: types.get(each, pa.int64()) for each in COLUMNS[name]})


def _identifier_row(
    product: int, identifier: Identifier, channel: str
) -> tuple[int, str, str, str, int]:
    if identifier.kind == TITLE:
        return product, "", title_form(identifier.value), "", BY_TITLE
    key = key_of(identifier.kind, identifier.value)
    is_own = key.startswith(OF_ANY_SHOP) or is_of_channel(identifier.channel, channel)
    return product, key, "", "", BY_NUMBER if is_own else BY_NUMBER_ELSEWHERE


def _window_rows(
    product: int, window: SaleWindow
) -> list[tuple[int, str, int, int, int, int, bool]]:
    """A row for each country; an empty one stands for all."""
    since = window.since.toordinal() if window.since else -NEVER
    until = window.until.toordinal() if window.until else NEVER
    days = (since, until, since - NEAR_DAYS, until + NEAR_DAYS)
    return [(product, country.upper(), *days, False) for country in window.countries or ("",)]


def _write(path: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    cells = [dict(zip(COLUMNS[name], row, strict=True)) for row in rows]
    parquet.write_table(pa.Table.from_pylist(cells, schema=schema_of(name)), path)
