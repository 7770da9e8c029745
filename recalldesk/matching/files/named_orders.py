"""Lines of orders that are looked for by their number: those of which nobody knows the buyer.

Guarantee: a number is compared whole, as it is written in the column of orders; nothing else of a
line counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recalldesk.matching.files.arrays import Bools
from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.headings import Heading
from recalldesk.matching.files.lines import Chunk
from recalldesk.matching.files.rows import QUOTE, cells_of
from recalldesk.matching.orders import order_form

NAMING = frozenset(
    {
        Field.NAME,
        Field.FIRST_NAME,
        Field.LAST_NAME,
        Field.BUYER_NAME,
        Field.EMAIL,
        Field.PHONE,
        Field.BUYER_PHONE,
        Field.OTHER_PHONE,
        Field.STREET_1,
        Field.BUYER_STREET_1,
    }
)
"""A file without any of these columns names nobody."""


@dataclass(frozen=True)
class NamedOrders:
    """`numbers`: in their form; `place`: of the column."""

    numbers: frozenset[str]
    dialect: Dialect
    place: int
    encoding: str

    @classmethod
    def of(cls, numbers: Iterable[str], heading: Heading, encoding: str) -> "NamedOrders | None":
        """None where there is nothing to look for, or the file could name nobody: then none of
        the numbers is asked for."""
        if Field.ORDER not in heading.places or not NAMING & set(heading.places):
            return None
        wanted = frozenset(filter(None, map(order_form, numbers)))
        return (
            cls(wanted, heading.dialect, heading.places[Field.ORDER], encoding) if wanted else None
        )

    def lines(self, chunk: Chunk) -> Bools:
        """Which lines of a chunk are of such an order."""
        each = (self.row(chunk.line(index)) for index in range(len(chunk)))
        return np.fromiter(each, np.bool_, len(chunk))

    def row(self, row: bytes) -> bool:
        """Whether a row is."""
        if QUOTE in row and self.dialect.quotes:
            cells = cells_of(row, self.dialect)
        else:
            cells = row.split(self.dialect.separator, self.place + 1)
        if not isinstance(cells, list) or len(cells) <= self.place:
            return False
        return self.has(cells[self.place].decode(self.encoding, "replace").strip().lstrip("'"))

    def has(self, number: str) -> bool:
        """Whether the number is one of them."""
        return order_form(number) in self.numbers
