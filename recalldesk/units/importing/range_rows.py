"""Rows of one range each.

Guarantees: each line of a chunk becomes one range, one repeated range, one reject or one blank;
no two ranges taken overlap; nothing about a doubtful range is guessed. A range of one unit is taken
as that serial, so that a unit stands in a list in one way, whatever file it came in.
"""

from bisect import bisect_left
from collections.abc import Iterable
from enum import Enum, auto

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.judging import candidate, judge
from recalldesk.units.importing.layout import Layout
from recalldesk.units.importing.merging import ADVICE
from recalldesk.units.importing.taken import Taken
from recalldesk.units.ranges_form import Counting, is_countable, suggest
from recalldesk.units.states import RejectReason

GRAVE = (RejectReason.NOT_ONE_SERIAL, RejectReason.EMPTY_CELL, RejectReason.UNKNOWN_CHARACTER)
"""What is told of a range before its ends are compared."""


class Placing(Enum):
    """Where a range falls among those that are there."""

    FREE = auto()
    SAME = auto()
    OVERLAPPING = auto()


class RangeBook:
    """Ranges that do not overlap, kept in order for each length of their ends."""

    def __init__(self, ranges: Iterable[tuple[str, str]] = ()) -> None:
        self._starts: dict[int, list[str]] = {}
        self._ends: dict[int, list[str]] = {}
        for start, end in ranges:
            self.place(start, end)

    def place(self, start: str, end: str) -> Placing:
        """Puts the range into the book if its place is free, and says whether it was."""
        starts = self._starts.setdefault(len(start), [])
        ends = self._ends.setdefault(len(start), [])
        at = bisect_left(starts, start)
        if at < len(starts) and starts[at] == start and ends[at] == end:
            return Placing.SAME
        if (at > 0 and ends[at - 1] >= start) or (at < len(starts) and starts[at] <= end):
            return Placing.OVERLAPPING
        starts.insert(at, start)
        ends.insert(at, end)
        return Placing.FREE


class RangeRows:
    """Reads the lines of a file of ranges."""

    def __init__(
        self, layout: Layout, form: SerialForm, counting: Counting, book: RangeBook
    ) -> None:
        self._layout = layout
        self._form = form
        self._counting = counting
        self._book = book

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        for index, line in enumerate(lines):
            if is_blank(line, self._layout):
                taken.blank += 1
                continue
            outcome = self._ends_of(line)
            if isinstance(outcome, RejectReason):
                taken.rejects.append((index, outcome))
                if outcome is RejectReason.UNEQUAL_LENGTH:
                    taken.advice[index] = self._advice(line)
                if outcome is RejectReason.NOT_ONE_SERIAL:
                    taken.advice[index] = ADVICE
                continue
            placing = self._book.place(*outcome)
            if placing is Placing.OVERLAPPING:
                taken.rejects.append((index, RejectReason.OVERLAPPING))
            elif placing is Placing.SAME:
                taken.repeated += 1
            elif outcome[0] == outcome[1]:
                taken.serials.append(outcome[0])
            else:
                taken.ranges.append(outcome)
        return taken

    def _advice(self, line: str) -> str:
        """What may be meant by a range whose ends differ in length."""
        cells = cells_of(line, self._layout)
        start, end = (candidate(cells[place], self._form) for place in self._layout.places)
        return suggest(start, end)

    def _ends_of(self, line: str) -> tuple[str, str] | RejectReason:
        cells = cells_of(line, self._layout)
        if isinstance(cells, RejectReason):
            return cells
        start, end = (judge(cells[place], self._form) for place in self._layout.places)
        lengths = {len(candidate(cells[place], self._form)) for place in self._layout.places}
        outcomes = (start, end)
        for grave in GRAVE:
            if grave in outcomes:
                return grave
        if len(lengths) > 1:
            return RejectReason.UNEQUAL_LENGTH
        if isinstance(start, RejectReason):
            return start
        if isinstance(end, RejectReason):
            return end
        if end < start:
            return RejectReason.REVERSED
        if not is_countable(start, end, self._counting, self._form.alphabet):
            return RejectReason.NOT_COUNTABLE
        return start, end
