"""Reads an order file: `read_orders`."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.dialect import NAMES
from recalldesk.matching.files.errors import OrderFileRefused, OrderLinesNotAccountedFor
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.finding import Finder
from recalldesk.matching.files.first_rows import FirstRows
from recalldesk.matching.files.formats import variant_of
from recalldesk.matching.files.found import Entries
from recalldesk.matching.files.mapping import Mapping
from recalldesk.matching.files.named_orders import NamedOrders
from recalldesk.matching.files.opened import Opened, open_orders
from recalldesk.matching.files.order_lines import OrderLines
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.files.same_rows import Copies, copies_of
from recalldesk.matching.files.scanning import REASONS, Layout, Scan, Scanner
from recalldesk.matching.files.sent_back import SentBack
from recalldesk.matching.orders import OrderLine, Wanted

Progress = Callable[[int, int], None]
"""Bytes done, of how many."""
COLUMN_OF = {
    "asin": Field.ASIN,
    "sku": Field.SKU,
    "upc": Field.UPC,
    "ean": Field.UPC,
    "gtin": Field.UPC,
    "item_number": Field.ITEM_NUMBER,
    "title": Field.TITLE,
}


@dataclass(frozen=True)
class Reject:
    """A line that is not taken, as it came. `text`: in words; bytes that stand for no character
    of the file's encoding as \\xff."""

    number: int
    reason: OrderReject
    raw: bytes
    text: str


class Reading:
    """A file being read. Used within `with`; iterated once, it goes over the file.

    `counts`, `rejects` and `remarks` are whole once all batches were had. With `every_row` each row
    is given, whatever product it names.
    """

    def __init__(
        self,
        opened: Opened,
        *,
        kind: str,
        wanted: Wanted,
        folder: Path,
        file: BinaryIO,
        on_progress: Progress | None,
        every_row: bool = False,
        orders: Iterable[str] = (),
    ) -> None:
        self._opened = opened
        self._file = file
        self._on_progress = on_progress
        finder = Finder(wanted, opened.source.encoding)
        named = NamedOrders.of(orders, opened.heading, opened.source.encoding)
        self._scanner = Scanner(
            _layout(opened, every_row=every_row), finder, _first_rows(opened), folder, named
        )
        self._lines = OrderLines(
            opened.heading,
            opened.format,
            kind=kind,
            encoding=opened.source.encoding,
            order=opened.day_order,
            decimal=opened.decimal,
            finder=None if every_row else finder,
            orders=named,
        )
        self._scan: Scan | None = None
        self._wanted = wanted
        self.counts = Counts()

    @property
    def described(self) -> dict[str, object]:
        """How the file was read: variant, encoding, separator, order of a date's parts, the sign
        before cents, headings; no cell of a row."""
        heading = self._opened.heading
        order = self._opened.day_order
        return {
            "variant": variant_of(self._opened.format, frozenset(heading.names)),
            "encoding": self._opened.source.came_in,
            "separator": NAMES.get(heading.dialect.separator.decode("latin-1"), ""),
            "day_order": order.value if order else "",
            "decimal": self._opened.decimal or "",
            "heading_line": heading.line,
            "columns": {field.value: heading.names[at] for field, at in heading.places.items()},
        }

    @property
    def remarks(self) -> list[str]:
        """What was in doubt, in sentences."""
        told = [remark.words(count) for remark, count in sorted(self._lines.remarks.items())]
        return [*self._opened.remarks, *self._of_identifiers(), *self._of_headings(), *told]

    @property
    def sent_back(self) -> SentBack:
        """The form in which its rejected lines are sent back."""
        opened = self._opened
        return SentBack.of(opened.heading, opened.format, opened.source.encoding)

    def __iter__(self) -> Iterator[list[OrderLine]]:
        """Batches of lines that may be of a product looked for. Raises `OrderFileRefused`, and
        `OrderLinesNotAccountedFor` at the end."""
        source = self._opened.source
        scan = self._scan = self._scanner.scan(self._file, source.skip, self._told)
        self.counts = scan.counts
        self.counts.lines = source.lines
        self._check()
        copies = copies_of(scan.candidates, self._raw)
        place = 0
        for batch in scan.candidates.batches():
            yield self._batch(scan, batch, copies, place)
            place += len(batch)
        self._check()

    def rejects(self) -> Iterator[Reject]:
        """The lines that were not taken, each with its first physical line's number. Those that
        could not be told before their cells were read come last."""
        if self._scan is None:
            return
        for batch in self._scan.rejects.batches():
            for entry in batch:
                raw = self._as_it_came(entry["place"], entry["length"])
                text = raw.decode(self._opened.source.written_in, "backslashreplace")
                yield Reject(int(entry["number"]), REASONS[entry["reason"]], raw, text)

    def close(self) -> None:
        """Gives what it holds on the disk back."""
        self._scanner.found.close()

    def _batch(self, scan: Scan, entries: Entries, copies: Copies, place: int) -> list[OrderLine]:
        lines = []
        for at, entry in enumerate(entries, place):
            if at in copies.repeated:
                self.counts.taken -= 1
                self.counts.duplicate += 1
                continue
            row = self._raw(entry["place"], entry["length"])
            first = self._raw(entry["first_place"], entry["first_length"])
            number, copy = int(entry["number"]), copies.counted.get(at, 1)
            line = self._lines.line(number, row, first, copies=copy, lines=int(entry["lines"]))
            if isinstance(line, OrderLine):
                lines.append(line)
                continue
            self.counts.taken -= 1
            if line is None:
                self.counts.others += 1
            else:
                self.counts.rejected += 1
                scan.reject(entry, line)
        return lines

    def _raw(self, place: int, length: int) -> bytes:
        self._file.seek(int(place))
        return self._file.read(int(length))

    def _as_it_came(self, place: int, length: int) -> bytes:
        return self._opened.source.as_it_came(self._raw(place, length))

    def _told(self, place: int) -> None:
        if self._on_progress is not None:
            self._on_progress(place, self._opened.source.size)

    def _check(self) -> None:
        if self.counts.accounted != self.counts.lines:
            raise OrderLinesNotAccountedFor(
                f"The file has {self.counts.lines:,} lines, but {self.counts.accounted:,} were"
                " read.",
                "Nothing of it is used. Wait until the file is complete and read it again; if it"
                " is, report it: this is a fault of the reader.",
            )

    def _of_identifiers(self) -> Iterator[str]:
        kinds = {each.kind for each in self._wanted.identifiers}
        places = self._opened.heading.places
        numbers = kinds - {"title"}
        if numbers and not any(COLUMN_OF.get(kind) in places for kind in numbers):
            listed = ", ".join(sorted(numbers))
            left = (
                "lines of it are found by their serials alone"
                if Field.SERIAL in places
                else "no line of it can be found by one of them"
            )
            yield (
                f"The recall names its products by {listed}, and this file has no such column:"
                f" {left}."
            )

    def _of_headings(self) -> Iterator[str]:
        if self._scan is not None and self._scan.headings_within:
            numbers = ", ".join(f"{number:,}" for number in self._scan.headings_within[:5])
            yield f"The heading stands again in line {numbers}: several files may have been joined."


@contextmanager
def read_orders(
    path: Path,
    *,
    channel: str,
    kind: str,
    wanted: Wanted,
    mapping: Mapping | None = None,
    encoding: str | None = None,
    folder: Path | None = None,
    on_progress: Progress | None = None,
    orders: Iterable[str] = (),
) -> Iterator[Reading]:
    """The lines of a file that may be of a product looked for.

    `kind`: orders, registrations or returns; returns come as lines with `units` 0 and
    `units_back`. Where the file names serials, every row that has one comes. `folder`: where parts
    may be laid down meanwhile, in a folder of their own that is gone at the end; `orders`: numbers
    of which every line is wanted: those of no product looked for come as `is_by_order`. Raises
    `OrderFileRefused`, and at the end `OrderLinesNotAccountedFor` where the law does not hold.
    """
    with TemporaryDirectory(prefix="recalldesk-orders-", dir=folder) as name:
        own = Path(name)
        opened = open_orders(
            path, own, channel=channel, kind=kind, mapping=mapping, encoding=encoding
        )
        try:
            file = opened.source.path.open("rb")
        except OSError as error:
            raise OrderFileRefused(
                f"The file cannot be opened: {error.strerror}.", "Check its name and place."
            ) from error
        with file:
            reading = Reading(
                opened,
                kind=kind,
                wanted=wanted,
                folder=own,
                file=file,
                on_progress=on_progress,
                orders=orders,
            )
            try:
                yield reading
            finally:
                reading.close()


def _layout(opened: Opened, *, every_row: bool) -> Layout:
    heading = opened.heading
    numbers = frozenset({heading.line, *heading.above})
    every_row |= Field.SERIAL in heading.places
    return Layout(heading.dialect, numbers, heading.title, every_row)


def _first_rows(opened: Opened) -> FirstRows | None:
    heading = opened.heading
    if not opened.format.first_row or Field.ORDER not in heading.places:
        return None
    return FirstRows(heading.dialect, heading.places[Field.ORDER])
