"""Goes over all lines of a file once: what became of each, and where candidates and rejects stand.

Guarantees: every line is counted once; a line that may name a product looked for becomes a
candidate, or a reject with its reason, and never another product's; memory does not grow with the
file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import numpy as np

from recalldesk.matching.files import judging, kernels
from recalldesk.matching.files.arrays import Bools, Hashes, Numbers
from recalldesk.matching.files.counts import Counts
from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.finding import Finder
from recalldesk.matching.files.first_rows import FirstRows
from recalldesk.matching.files.found import CANDIDATE, REJECT, Entries, Store
from recalldesk.matching.files.lines import BLOCK, Chunk, Lines
from recalldesk.matching.files.named_orders import NamedOrders
from recalldesk.matching.files.reasons import OrderReject
from recalldesk.matching.files.repeats import LineHashes, Repeats
from recalldesk.matching.files.rows import cells_of
from recalldesk.matching.files.status import Status

REASONS = tuple(OrderReject)


@dataclass(frozen=True)
class Layout:
    """`heading`: the numbers of the lines that are the heading, or stand above it; `title`: the
    heading's own line as it came; `every_row`: whether each row is given on, whatever it names."""

    dialect: Dialect
    heading: frozenset[int]
    title: bytes
    every_row: bool


@dataclass
class Scan:
    """What was found. `candidates` include those that stand twice."""

    counts: Counts
    candidates: Store
    rejects: Store
    headings_within: list[int] = field(default_factory=list)

    def reject(self, candidate: Entries, reason: OrderReject) -> None:
        """A candidate that is no order line after all."""
        entry = np.zeros(1, REJECT)
        for name in ("number", "place", "length"):
            entry[name] = candidate[name]
        entry["reason"] = REASONS.index(reason)
        self.rejects.add(entry)

    def close(self) -> None:
        """Gives the files back."""
        self.candidates.close()
        self.rejects.close()


class Scanner:
    """Scans one file."""

    def __init__(
        self,
        layout: Layout,
        finder: Finder,
        first_rows: FirstRows | None,
        folder: Path,
        orders: NamedOrders | None = None,
    ) -> None:
        self._layout = layout
        self._finder = finder
        self._orders = orders
        self._first_rows = first_rows
        self._hashes = LineHashes()
        self._repeats = Repeats(folder)
        self.found = Scan(
            Counts(), Store(folder / "candidates", CANDIDATE), Store(folder / "rejects", REJECT)
        )

    def scan(
        self, file: BinaryIO, skip: int, told: Callable[[int], None], *, block: int = BLOCK
    ) -> Scan:
        """Reads the file to its end; `told` of the bytes behind after each chunk."""
        lines = Lines(file, skip, block=block)
        try:
            while (chunk := lines.chunk()) is not None:
                decided = _Chunk(self, chunk, more_follow=not lines.at_end).settle()
                if decided < len(chunk):
                    lines.put_back(chunk, decided)
                told(lines.place)
        finally:
            self._hashes.close()
        self.found.counts.duplicate = self._repeats.count()
        self.found.counts.others -= self.found.counts.duplicate
        return self.found

    # What a chunk needs of the scan.

    @property
    def layout(self) -> Layout:
        """How rows are laid out."""
        return self._layout

    @property
    def finder(self) -> Finder:
        """What is looked for."""
        return self._finder

    @property
    def orders(self) -> NamedOrders | None:
        """Orders that are looked for by their numbers."""
        return self._orders

    @property
    def first_rows(self) -> FirstRows | None:
        """Where rows of an order leave to the first what they share."""
        return self._first_rows

    @property
    def hashes(self) -> LineHashes:
        """Of lines."""
        return self._hashes

    @property
    def repeats(self) -> Repeats:
        """Of rows of other products."""
        return self._repeats


class _Chunk:
    """The lines of one chunk while they are judged."""

    def __init__(self, scan: Scanner, chunk: Chunk, *, more_follow: bool) -> None:
        self._scan = scan
        self._chunk = chunk
        self._lines = chunk.as_array()
        self._dialect = scan.layout.dialect
        self._more_follow = more_follow
        self._status = np.zeros(len(chunk), np.uint8)
        self._last: dict[int, int] = {}
        self._reasons: dict[int, OrderReject] = {}
        self._hash: Hashes = scan.hashes.of(self._lines)

    def settle(self) -> int:
        """Judges all lines that can be; says how many they are."""
        plain = kernels.plain_lines(self._chunk, self._lines, self._dialect)
        self._settle_blank(plain)
        self._settle_headings()
        found: Bools = (
            np.ones(len(self._chunk), np.bool_)
            if self._scan.layout.every_row
            else self._scan.finder.lines(self._chunk, self._lines)
        )
        if self._scan.orders is not None and not self._scan.layout.every_row:
            found = found | self._scan.orders.lines(self._chunk)
        self._status[found & plain & (self._status == Status.OTHER)] = Status.CANDIDATE
        decided = self._settle_others(plain, found)
        self._count(decided)
        self._keep(decided)
        return decided

    def _settle_blank(self, plain: Bools) -> None:
        may_be = kernels.blank_lines(self._chunk, self._lines, self._dialect)
        self._status[may_be & (self._chunk.lengths == 0)] = Status.BLANK
        for index in np.flatnonzero(may_be & plain & (self._chunk.lengths > 0)):
            cells = cells_of(self._chunk.line(int(index)), self._dialect)
            if isinstance(cells, list) and not any(cell.strip() for cell in cells):
                self._status[index] = Status.BLANK

    def _settle_headings(self) -> None:
        first, title = self._chunk.number, self._scan.layout.title
        for number in self._scan.layout.heading:
            index = number - first
            if 0 <= index < len(self._chunk):
                self._status[index] = Status.HEADING
        alike = (self._chunk.lengths == len(title)) & (self._status == Status.OTHER)
        if alike.any() and title in self._chunk.text:
            for index in map(int, np.flatnonzero(alike)):
                if self._chunk.line(index) == title:
                    self._status[index] = Status.HEADING
                    self._scan.found.headings_within.append(first + index)

    def _settle_others(self, plain: Bools, found: Bools) -> int:
        """Those that are not plainly rows; says how many lines are decided upon."""
        others = np.flatnonzero(~plain & (self._status == Status.OTHER))
        if not len(others):
            return len(self._chunk)
        judge = judging.LineJudge(
            self._chunk,
            self._dialect,
            plain,
            judging.odd_lines(self._chunk, others) if self._dialect.quotes else others[:0],
            self._more_follow,
        )
        behind = 0
        for index in map(int, others):
            if index < behind:
                continue
            outcome = judge.outcome(index)
            if isinstance(outcome, judging.MoreIsNeeded):
                if index:
                    return index
                outcome = OrderReject.UNCLOSED_QUOTE
            behind = self._settle_one(index, outcome, is_found=bool(found[index]))
        return len(self._chunk)

    def _settle_one(self, index: int, outcome: judging.Outcome, *, is_found: bool) -> int:
        """Notes what became of the line; says which line comes next."""
        if isinstance(outcome, judging.Row):
            last = outcome.last
            if last > index:
                row = self._chunk.line(index, last)
                orders = self._scan.orders
                is_found = self._scan.layout.every_row or self._scan.finder.row(row)
                is_found |= orders is not None and orders.row(row)
                self._status[index + 1 : last + 1] = Status.CONTINUED
                self._last[index] = last
                digest = blake2b(row, digest_size=8).digest()
                self._hash[index] = int.from_bytes(digest, "big")
            self._status[index] = Status.CANDIDATE if is_found else Status.OTHER
            return last + 1
        if isinstance(outcome, OrderReject):
            self._status[index] = Status.REJECTED
            self._reasons[index] = outcome
        else:
            is_blank = isinstance(outcome, judging.Blank)
            self._status[index] = Status.BLANK if is_blank else Status.TRAILER
        return index + 1

    def _count(self, decided: int) -> None:
        of = np.bincount(self._status[:decided], minlength=len(Status))
        counts = self._scan.found.counts
        counts.lines += decided
        counts.others += int(of[Status.OTHER])
        counts.taken += int(of[Status.CANDIDATE])
        counts.blank += int(of[Status.BLANK])
        counts.heading += int(of[Status.HEADING] + of[Status.TRAILER])
        counts.trailers += int(of[Status.TRAILER])
        counts.rejected += int(of[Status.REJECTED])
        counts.continued += int(of[Status.CONTINUED])

    def _keep(self, decided: int) -> None:
        status = self._status[:decided]
        self._scan.repeats.add(self._hash[:decided][status == Status.OTHER])
        candidates = np.flatnonzero(status == Status.CANDIDATE)
        if len(candidates):
            self._scan.found.candidates.add(self._candidates(candidates))
        if self._scan.first_rows is not None:
            self._scan.first_rows.after(self._chunk, status, self._last)
        if self._reasons:
            self._scan.found.rejects.add(self._rejects())

    def _candidates(self, indexes: Numbers) -> Entries:
        chunk = self._chunk
        entries = np.zeros(len(indexes), CANDIDATE)
        entries["number"] = chunk.number + indexes
        entries["place"] = chunk.places[indexes]
        entries["length"] = chunk.lengths[indexes]
        entries["lines"] = 1
        entries["hash"] = self._hash[indexes]
        for at in np.flatnonzero(np.isin(indexes, list(self._last))):
            index = int(indexes[at])
            last = self._last[index]
            entries["length"][at] = chunk.span(index, last)[1]
            entries["lines"][at] = last - index + 1
        if self._scan.first_rows is not None:
            found = self._scan.first_rows.of(chunk, self._status, self._last, indexes)
            entries["first_place"], entries["first_length"] = found
        return entries

    def _rejects(self) -> Entries:
        indexes = np.array(sorted(self._reasons), np.int64)
        entries = np.zeros(len(indexes), REJECT)
        entries["number"] = self._chunk.number + indexes
        entries["place"] = self._chunk.places[indexes]
        entries["length"] = self._chunk.lengths[indexes]
        entries["reason"] = [REASONS.index(self._reasons[int(i)]) for i in indexes]
        return entries
