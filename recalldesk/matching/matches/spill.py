"""Order lines, laid down in parts on disk as the matching expression reads them.

Guarantees: memory holds one part. What lies on disk names no buyer, no order and no serial: a line
lies there whole only sealed under a key that is never written, and orders are compared by keyed
digests that serve this one matching.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recalldesk.matching.matches.forms import (
    SERIAL,
    SERIAL_SLIP,
    cells_of,
    key_of,
    keys_of,
    squeezed,
    title_form,
)
from recalldesk.matching.orders import Buyer, ListedSerial, OrderLine, Price

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    Cells = dict[str, object]

PART = 50_000
"""Lines of a part."""
MOST = 2**31 - 1
"""Units that an engine reckons with: their products stay whole numbers."""
NONCE = 12
LOOSE = "surrogatepass"
"""Halves of characters, as broken files have them, are kept as they are."""
OF_LINE = attrgetter(*(each.name for each in fields(OrderLine)))
OF_BUYER = attrgetter(*(each.name for each in fields(Buyer)))
"""The cells of a line and of its buyer, who is the line's last cell."""


def _written(value: object) -> object:
    """What JSON has no form for: days, and prices."""
    if isinstance(value, Price):
        return [str(value.amount), value.currency]
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError


ENCODER = json.JSONEncoder(default=_written, ensure_ascii=False)
IN_NO_LIST = ListedSerial()


class Spill:
    """The lines and returns of one matching, in a folder. `products`: those whose lists hold a
    serial of a line, or one that differs by a slip; `count`: of lines."""

    def __init__(
        self, folder: Path, serials: "Callable[[str], ListedSerial] | None" = None
    ) -> None:
        self.folder = folder
        self.products: set[str] = set()
        self.count = 0
        self._serials = serials
        self._digest_key = secrets.token_bytes(32)
        self._sealing = AESGCM(AESGCM.generate_key(256))

    def write_lines(self, lines: Iterable[OrderLine]) -> None:
        """Lays the order lines down."""
        numbered = enumerate(lines)
        _write(self.folder / "lines", (self._line(row, each) for row, each in numbered), "lines")

    def write_returns(self, returns: Iterable[OrderLine]) -> None:
        """Lays the lines of returns down. Those without a unit are none: a refund alone."""
        came_back = (self._returned(each) for each in returns if each.units_back > 0)
        _write(self.folder / "returns", came_back, "returns")

    def opened(self, row: int, sealed: bytes) -> OrderLine:
        """The line that was laid down as `row`."""
        return _line_of(self._sealing.decrypt(_nonce(row), sealed, None))

    def _line(self, row: int, line: OrderLine) -> "Cells":
        self.count += 1
        listed = self._serials(line.serial) if self._serials and line.serial else IN_NO_LIST
        by_serial: list[str] = []
        if listed.product:
            self.products.add(listed.product)
            by_serial = [key_of(SERIAL_SLIP if listed.is_slip else SERIAL, listed.product)]
        is_listed = bool(listed.product) and not listed.is_slip
        return {
            "row": row,
            "order": self._digest(line.order),
            "item": self._digest(line.item),
            "keys": [*keys_of(line), *by_serial],
            "title": title_form(line.title),
            "cells": cells_of(line.asin, line.sku, line.upc, line.item_number, line.title),
            "is_serial_not_listed": bool(self._serials and line.serial and not is_listed),
            "units": min(line.units, MOST),
            "units_sent": None if line.units_sent is None else min(line.units_sent, MOST),
            "units_back": min(line.units_back, MOST),
            "copies": min(line.copies, MOST),
            "is_cancelled": line.is_cancelled,
            "ordered_on": line.ordered_on.toordinal() if line.ordered_on else None,
            "country": squeezed(line.country).upper(),
            "sealed": self._sealing.encrypt(_nonce(row), _text_of(line), None),
        }

    def _returned(self, line: OrderLine) -> "Cells":
        keys = keys_of(line)
        order, item = self._digest(line.order), self._digest(line.item)
        return {
            "back": self._digest("\n".join((order, item, *sorted(keys)))),
            "order": order,
            "item": item,
            "keys": list(keys),
            "units_back": min(line.units_back, MOST),
        }

    def _digest(self, text: str) -> str:
        form = "".join(text.split()).casefold()
        if not form:
            return ""
        return hashlib.blake2b(
            form.encode("utf-8", LOOSE), key=self._digest_key, digest_size=16
        ).hexdigest()


def _write(folder: Path, rows: "Iterator[Cells]", form: str) -> None:
    """Writes rows in parts. A first part is there even without rows: a table has columns."""
    import pyarrow as pa
    from pyarrow import parquet

    folder.mkdir()
    schema, number = schema_of(form), 0
    while (part := list(islice(rows, PART))) or number == 0:
        table = pa.Table.from_pylist(part, schema=schema)
        parquet.write_table(table, folder / f"part-{number:05}.parquet", compression="lz4")
        number += 1


def schema_of(form: str) -> "pa.Schema":
    """The columns of the parts in the folder of this name."""
    import pyarrow as pa

    number, text, flag = pa.int64(), pa.string(), pa.bool_()
    common = {"order": text, "item": text, "keys": pa.list_(text), "units_back": number}
    of_lines = {
        "row": number,
        "title": text,
        "cells": text,
        "is_serial_not_listed": flag,
        "units": number,
        "units_sent": number,
        "copies": number,
        "is_cancelled": flag,
        "ordered_on": number,
        "country": text,
        "sealed": pa.binary(),
    }
    return pa.schema(common | (of_lines if form == "lines" else {"back": text}))


def _nonce(row: int) -> bytes:
    """Each row is sealed once under a key: its number serves once."""
    return row.to_bytes(NONCE, "big")


def _text_of(line: OrderLine) -> bytes:
    cells = [*OF_LINE(line)[:-1], OF_BUYER(line.buyer)]
    return ENCODER.encode(cells).encode("utf-8", LOOSE)


def _line_of(text: bytes) -> OrderLine:
    *cells, buyer = json.loads(text)
    line = OrderLine(*[*cells, Buyer(*buyer)])
    day, price = line.ordered_on, cast(list[str] | None, line.price)
    return replace(
        line,
        ordered_on=date.fromisoformat(str(day)) if day else None,
        price=Price(Decimal(price[0]), price[1]) if price else None,
    )
