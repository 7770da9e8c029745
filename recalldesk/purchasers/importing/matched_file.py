"""One order file, read and matched: the two engines one after the other, line by line."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.looking import look
from recalldesk.matching.files.mapping import Mapping, mapping_of
from recalldesk.matching.files.reading import Reading, Reject, read_orders
from recalldesk.matching.matches.channels import is_own_shop
from recalldesk.matching.matches.matching import Matched, Matches, SerialLookup, match_orders
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.matching.orders import OrderLine, Wanted
from recalldesk.purchasers.states import Channel, FileKind

FIRST = 5
AT_ONCE = 2_000

Progress = Callable[[int, int], None]
"""Bytes done, of how many."""


@dataclass(frozen=True)
class Source:
    """A file, and as what it is read."""

    path: Path
    channel: Channel
    kind: FileKind
    mapping: Mapping | None

    @property
    def shop(self) -> str:
        """By which its orders and the recall's identifiers are known."""
        return (self.mapping.channel if self.mapping else "") or self.channel.value

    def is_own_shop(self, wanted: Wanted) -> bool:
        """Whether its shop is the firm's own."""
        return is_own_shop(self.shop, (each.channel for each in wanted.identifiers))


@dataclass
class MatchedFile:
    """Iterated once, it gives the matched lines; the rest is whole once that was done."""

    reading: Reading
    matches: Matches
    aside: "_Aside"

    def __iter__(self) -> Iterator[Matched]:
        yield from self.matches
        self.aside.hand_on()

    def give_aside(self, to: Callable[[list[OrderLine]], None]) -> None:
        """Where lines go that are looked for by their order's number alone."""
        self.aside.to = to

    @property
    def counts(self) -> Counts:
        """What became of each line."""
        return self.reading.counts

    @property
    def outside(self) -> Counter[MatchReason]:
        """How many lines name a product and are none of an affected unit, and why."""
        return self.matches.outside

    def rejects(self) -> Iterator[Reject]:
        """The lines that were not taken."""
        return self.reading.rejects()


@contextmanager
def matched_file(
    source: Source,
    wanted: Wanted,
    folder: Path,
    *,
    serials: SerialLookup,
    progress: Progress | None = None,
    orders: Iterable[str] = (),
) -> Iterator[MatchedFile]:
    """A file on its way. `orders`: numbers whose lines are wanted, whatever they name. Raises
    OrderFileRefused, OrderLinesNotAccountedFor, EngineMissing."""
    with read_orders(
        source.path,
        channel=source.channel.value,
        kind=source.kind.value,
        wanted=wanted,
        mapping=source.mapping,
        folder=folder,
        on_progress=progress,
        orders=orders,
    ) as reading:
        aside = _Aside()
        matches = match_orders(
            _lines(reading, source.kind, aside),
            wanted,
            channel=source.shop,
            folder=folder,
            engine=settings.MATCHING_ENGINE,
            serials=serials,
        )
        yield MatchedFile(reading, matches, aside)


def mapping_again(said: object) -> Mapping | None:
    """The mapping that was kept with a file."""
    return mapping_of(said) if isinstance(said, dict) else None


def first_rows(source: Source, folder: Path) -> tuple[OrderLine, ...]:
    """The first rows as they are understood, of whatever product: where a column is named wrongly
    none is of a product of the recall. Raises OrderFileRefused."""
    seen = look(
        source.path,
        channel=source.channel.value,
        kind=source.kind.value,
        mapping=source.mapping,
        folder=folder,
        rows=FIRST,
    )
    return seen.rows


class _Aside:
    """Lines that the matching is not asked about, some thousand at a time."""

    def __init__(self) -> None:
        self.to: Callable[[list[OrderLine]], None] | None = None
        self._lines: list[OrderLine] = []

    def put(self, line: OrderLine) -> None:
        self._lines.append(line)
        if len(self._lines) >= AT_ONCE:
            self.hand_on()

    def hand_on(self) -> None:
        lines, self._lines = self._lines, []
        if lines and self.to is not None:
            self.to(lines)


def _lines(reading: Reading, kind: FileKind, aside: _Aside) -> Iterator[OrderLine]:
    for batch in reading:
        for line in batch:
            if line.is_by_order:
                aside.put(line)
            else:
                yield _as_bought(line) if kind is FileKind.RETURNS else line


def _as_bought(line: OrderLine) -> OrderLine:
    """A line of units that came back, matched as if they were bought: the day of a return says
    nothing of the day of the sale, nor where it came back of where it was sold."""
    return replace(
        line,
        units=line.units_back,
        units_sent=None,
        units_back=0,
        is_cancelled=False,
        ordered_on=None,
        country="",
    )
