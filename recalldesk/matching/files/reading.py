"""Reads an order file: `read_orders`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.mapping import Mapping
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.orders import OrderLine, Wanted

Progress = Callable[[int, int], None]
"""Bytes done, of how many."""


@dataclass(frozen=True)
class Reject:
    """A line that is not taken, as it came."""

    number: int
    reason: OrderReject
    raw: bytes


class Reading(Protocol):
    """A file being read. Used within `with`; goes over the file as it is iterated, once.

    `counts`, `rejects` and `remarks` are whole once the batches are. `described`: variant, encoding,
    separator, day order and headings, with no cell of a row.
    """

    counts: Counts
    remarks: list[str]

    @property
    def described(self) -> dict[str, object]: ...

    def __iter__(self) -> Iterator[list[OrderLine]]: ...

    def rejects(self) -> Iterator[Reject]: ...


def read_orders(
    path: Path,
    *,
    channel: str,
    kind: str,
    wanted: Wanted,
    mapping: Mapping | None = None,
    on_progress: Progress | None = None,
) -> AbstractContextManager[Reading]:
    """The lines of a file that may be of a product looked for.

    Returns (`kind`) come as lines with `units` 0 and `units_back`. Raises `OrderFileRefused`, and
    `OrderLinesNotAccountedFor` at the end where the law does not hold.
    """
    raise NotImplementedError
