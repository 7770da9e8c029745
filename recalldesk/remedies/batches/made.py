"""What a file is made of, and who makes it: each kind has a maker, registered by its provider."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from recalldesk.remedies.batches.states import BatchKind, FileForm
from recalldesk.remedies.models import BatchLine
from recalldesk.remedies.placing.wanted import wanted_of
from recalldesk.remedies.providers.interface import Wanted


@dataclass(frozen=True, repr=False)
class Entry:
    """One line, as the other end is to read it."""

    mark: str
    wanted: Wanted

    @property
    def amount(self) -> Decimal:
        """What is to be paid; 0 for what is no money."""
        return self.wanted.amount or Decimal(0)


@dataclass(frozen=True, repr=False)
class Head:
    """What stands above the lines. `number` counts files; `total` is the sum of the lines."""

    number: int
    reference: str
    recall: str
    currency: str
    at: datetime
    total: Decimal


Maker = Callable[[Head, Sequence[Entry]], dict[FileForm, bytes]]
_makers: dict[BatchKind, Maker] = {}


def register_maker(kind: BatchKind, maker: Maker) -> None:
    """Says who makes files of a kind."""
    _makers[kind] = maker


def files_of(kind: BatchKind, head: Head, entries: Sequence[Entry]) -> dict[FileForm, bytes]:
    """The files of a kind. Raises KeyError where nobody makes them."""
    return _makers[kind](head, entries)


def entry_of(line: BatchLine) -> Entry:
    """A line with what its order asks for. Raises SealingError."""
    return Entry(line.mark, wanted_of(line.order))
