"""What one line of a file that came back says, and a whole file of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from recalldesk.remedies.batches.states import LineState, ReadReason


@dataclass(frozen=True, repr=False)
class Said:
    """What is said of one line of ours. `status` is the other end's own word.

    `shipment`: a carrier's name of a parcel that stands in no file of ours; then only what was in
    it is taken.
    """

    mark: str
    state: LineState
    status: str = ""
    at: datetime | None = None
    carrier: str = ""
    tracking: str = ""
    serial: str = ""
    lot: str = ""
    amount: Decimal | None = None
    shipment: str = ""


@dataclass(frozen=True, repr=False)
class SaidOfFile:
    """What is said of all lines of one of our files, by its reference."""

    reference: str
    state: LineState
    status: str = ""
    at: datetime | None = None

    def of(self, mark: str) -> Said:
        """The same, of one line."""
        return Said(mark, self.state, self.status, self.at)


@dataclass(frozen=True)
class Row:
    """A line that says something, or why it cannot be taken. `number` counts from 1."""

    number: int
    said: Said | SaidOfFile | ReadReason


@dataclass(frozen=True)
class CameBack:
    """A file that was looked through. `lines` were counted independently of `rows`."""

    sha256: str
    lines: int
    heading: int
    blank: int
    rows: Iterable[Row]
