"""Matches order lines: `match_orders`.

Guarantee: memory does not grow with the lines. What is laid down on disk meanwhile names no buyer:
lines lie there sealed under a key that is never written.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from recalldesk.matching.engines.choice import Engine, opened_engine
from recalldesk.matching.matches.expression import matching_sql
from recalldesk.matching.matches.ranks import Row
from recalldesk.matching.matches.reasons import MatchReason, Strength
from recalldesk.matching.matches.spill import Spill
from recalldesk.matching.matches.tables import WantedTables, write_wanted
from recalldesk.matching.orders import ListedSerial, OrderLine, Wanted

SerialLookup = Callable[[str], ListedSerial]
"""What the lists say of a serial, as it is written in a file."""
FLAGS = ("is_never_sent", "is_not_sent", "is_serial_not_listed")


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


class Matches:
    """The matches of one file, in the order of its lines; read once.

    `outside`: how many candidates are none, by the one reason of each; `others`: how many lines are
    no candidates. Both are whole once the matches are read.
    """

    def __init__(self, found: "Callable[[Matches], Generator[Matched, None, None]]") -> None:
        self.outside = Counter[MatchReason]()
        self.others = 0
        self._found = found(self)

    def __iter__(self) -> Iterator[Matched]:
        return self._found

    def close(self) -> None:
        """Reads no further, and takes away what was laid down."""
        self._found.close()


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

    `returns`: lines of files of units that came back (`units` 0, `units_back`); `channel`: the
    file's channel, or the shop's name from a mapping file; `folder`: where parts may be laid down
    meanwhile, in a folder of their own that is gone at the end; `engine`: duckdb or spark. Raises
    `EngineMissing`, once read, where the engine is not installed.
    """

    def found(matches: Matches) -> Generator[Matched, None, None]:
        with (
            TemporaryDirectory(prefix="matching-", dir=folder) as name,
            opened_engine(engine, Path(name)) as opened,
        ):
            spill = Spill(Path(name), serials)
            spill.write_lines(lines)
            spill.write_returns(returns)
            tables = write_wanted(Path(name), wanted, channel, spill.products)
            yield from _read(matches, spill, tables, opened)

    return Matches(found)


def _read(
    matches: Matches, spill: Spill, tables: WantedTables, engine: Engine
) -> Iterator[Matched]:
    products = max(1, len(tables.products))
    engine.add("lines", spill.folder / "lines")
    engine.add("returns", spill.folder / "returns")
    engine.add("identifiers", tables.identifiers)
    engine.add("windows", tables.windows)
    candidates = 0
    for batch in engine.batches(matching_sql(products, engine.dialect)):
        for cells in batch.to_pylist():
            candidates += 1
            row = Row(cells["score"], *(cells[each] for each in FLAGS))
            outside = row.outside(products)
            if outside:
                matches.outside[outside] += 1
                continue
            line = spill.opened(cells["row"], cells["sealed"])
            # DuckDB adds whole numbers up to decimals.
            units_back = int(cells["seen_back"])
            yield Matched(
                line=line,
                product=tables.products[row.product(products)],
                strength=row.strength(products),
                reasons=row.reasons(products),
                units=max(0, line.units - units_back),
                units_back=units_back,
            )
    matches.others = spill.count - candidates
