"""The first rows of a file as they are understood, before it is read: a dry run.

Guarantee: they are read by the very code that reads the file; nothing is kept.
"""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from recalldesk.foundation.line_count import LineCount
from recalldesk.matching.files.mapping import Mapping
from recalldesk.matching.files.opened import Opened, first_lines, open_orders
from recalldesk.matching.files.reading import Reading, Reject
from recalldesk.matching.files.source import Source
from recalldesk.matching.orders import OrderLine, Wanted

LINES = 200
ROWS = 20
NOTHING = Wanted((), ())


@dataclass(frozen=True)
class Look:
    """`described` as of a reading; `rows`: the first ones, whatever product they name; `rejects`:
    lines among them that would not be taken."""

    described: dict[str, object]
    rows: tuple[OrderLine, ...]
    rejects: tuple[Reject, ...]
    remarks: tuple[str, ...]


def look(
    path: Path,
    *,
    channel: str,
    kind: str,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    folder: Path | None = None,
    rows: int = ROWS,
) -> Look:
    """The first rows; `folder` as of `read_orders`. Raises `OrderFileRefused`."""
    with TemporaryDirectory(prefix="recalldesk-orders-", dir=folder) as name:
        own = Path(name)
        opened = open_orders(
            path, own, channel=channel, kind=kind, mapping=mapping, encoding=encoding
        )
        part = _first_part(opened, own)
        with part.source.path.open("rb") as file:
            reading = Reading(
                part,
                kind=kind,
                wanted=NOTHING,
                folder=own,
                file=file,
                on_progress=None,
                every_row=True,
            )
            lines = tuple(line for batch in reading for line in batch)
            rejects = tuple(sorted(reading.rejects(), key=lambda each: each.number))
            described, remarks = reading.described, tuple(reading.remarks)
            reading.close()
    shown = lines[:rows]
    last = shown[-1].number if len(lines) > rows else rejects[-1].number if rejects else 0
    return Look(described, shown, tuple(r for r in rejects if r.number <= last), remarks)


def _first_part(opened: Opened, folder: Path) -> Opened:
    """The same file, cut off behind its first lines."""
    with opened.source.path.open("rb") as file:
        lines = first_lines(file, opened.source.skip)
    text = b"".join(line + b"\n" for line in lines[: opened.heading.line + LINES])
    path = folder / "first"
    path.write_bytes(text)
    count = LineCount(unit=1, high_first=False, skip=0)
    count.add(text)
    of = opened.source
    source = Source(path, 0, of.encoding, of.came_in, count.total(), len(text), of.remarks)
    return Opened(
        source, opened.format, opened.heading, opened.day_order, opened.decimal, opened.remarks
    )
