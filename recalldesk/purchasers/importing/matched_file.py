"""One order file, read and matched: the two engines one after the other, line by line."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.looking import look
from recalldesk.matching.files.mapping import Mapping, mapping_of
from recalldesk.matching.files.reading import Reading, Reject, read_orders
from recalldesk.matching.matches.channels import is_own_shop
from recalldesk.matching.matches.matching import Matched, Matches, match_orders
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.matching.orders import OrderLine, Wanted
from recalldesk.purchasers.states import Channel, FileKind

FIRST = 5

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

    def __iter__(self) -> Iterator[Matched]:
        return iter(self.matches)

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
    serials: Callable[[str], str],
    progress: Progress | None = None,
) -> Iterator[MatchedFile]:
    """A file on its way. Raises OrderFileRefused, OrderLinesNotAccountedFor, EngineMissing."""
    with read_orders(
        source.path,
        channel=source.channel.value,
        kind=source.kind.value,
        wanted=wanted,
        mapping=source.mapping,
        folder=folder,
        on_progress=progress,
    ) as reading:
        matches = match_orders(
            _lines(reading, source.kind),
            wanted,
            channel=source.shop,
            folder=folder,
            engine=settings.MATCHING_ENGINE,
            serials=serials,
        )
        yield MatchedFile(reading, matches)


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


def _lines(reading: Reading, kind: FileKind) -> Iterator[OrderLine]:
    for batch in reading:
        for line in batch:
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
