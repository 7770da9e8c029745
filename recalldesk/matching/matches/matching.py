"""Matches order lines: `match_orders`.

Guarantee: memory does not grow with the lines. What is laid down on disk meanwhile names no buyer:
lines lie there sealed under a key that is never written.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recalldesk.matching.matches.reasons import MatchReason, Strength
from recalldesk.matching.orders import OrderLine, Wanted

SerialLookup = Callable[[str], str]
"""The product in whose lists a serial stands, as it is written in a file; empty: in none."""


@dataclass(frozen=True)
class Matched:
    """A line of an affected product. `units`: bought less `units_back`, which came back to the
    shop; one whose units all came back has 0."""

    line: OrderLine
    product: str
    strength: Strength
    reasons: tuple[MatchReason, ...]
    units: int
    units_back: int


@dataclass
class Matches:
    """The matches of one file, in the order of its lines; iterated once. `outside`: how many
    candidates are none and why, whole once the matches are read."""

    found: Iterator[Matched]
    outside: Counter[MatchReason] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Matched]:
        return self.found


def match_orders(
    lines: Iterable[OrderLine],
    wanted: Wanted,
    returns: Iterable[OrderLine] = (),
    *,
    channel: str,
    folder: Path,
    engine: str = "duckdb",
    serials: SerialLookup | None = None,
) -> Matches:
    """Which lines are of a wanted product.

    `returns`: lines of files of units that came back (`units` 0, `units_back`); `channel`: the file's
    channel, or the shop's name from a mapping file; `folder`: where parts may be laid down
    meanwhile, in a folder of their own that is gone at the end; `engine`: duckdb or spark.
    """
    raise NotImplementedError
