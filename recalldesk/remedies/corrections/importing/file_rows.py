"""The lines of a shop's file, each a report, a reject or a blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from recalldesk.remedies.corrections.importing.columns import RowLayout
from recalldesk.remedies.corrections.rows import Find, Row, Usual, row_of
from recalldesk.remedies.corrections.states import RowReason
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason

SPREADSHEET_MARK = "'"
DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count days."""
SAID = {
    RejectReason.COLUMN_COUNT: RowReason.COLUMN_COUNT,
    RejectReason.CELL_TOO_LONG: RowReason.TOO_LONG,
    RejectReason.NUMBER_CELL: RowReason.NUMBER_CELL,
    RejectReason.DATE_CELL: RowReason.NUMBER_CELL,
    RejectReason.NO_TEXT_CELL: RowReason.NUMBER_CELL,
    RejectReason.FORMULA_CELL: RowReason.NUMBER_CELL,
}
"""What the parts that read files say, as a file of corrections says it."""


@dataclass
class FileRows:
    """Judges lines. `rows`: those taken last, in their order, each with its index; `reasons`: why
    others were not, by their index. `is_sheet`: a day may be a spreadsheet's number. `is_partners`:
    a partner brings it for itself; its own name and consumers stand in `usual`."""

    layout: RowLayout
    usual: Usual
    today: date
    find: Find
    is_sheet: bool
    is_partners: bool = False
    rows: list[tuple[int, Row]] = field(default_factory=list)
    reasons: dict[int, RowReason] = field(default_factory=dict)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        self.rows, self.reasons = [], {}
        for index, line in enumerate(lines):
            if is_blank(line, self.layout.layout):
                taken.blank += 1
                continue
            outcome = self._judged(line)
            if isinstance(outcome, RowReason):
                self.reasons[index] = outcome
                taken.rejects.append((index, RejectReason.WRONG_FORM))
            else:
                self.rows.append((index, outcome))
                taken.serials.append("")  # counted there; what it says stands in `rows`
        return taken

    def reason(self, index: int, said: RejectReason) -> RowReason:
        """Why a line was not taken, by whoever judged it."""
        return self.reasons.get(index) or SAID.get(said, RowReason.UNREADABLE)

    def _judged(self, line: str) -> Row | RowReason:
        cells = cells_of(line, self.layout.layout)
        if isinstance(cells, RejectReason):
            return SAID.get(cells, RowReason.UNREADABLE)
        said = {
            name: cells[place].strip().removeprefix(SPREADSHEET_MARK)
            for name, place in self.layout.places.items()
        }
        if self.is_partners:
            said = {**said, "shop": ""}
        outcome = row_of(self._with_day(said), self.usual, today=self.today, find=self.find)
        if self.is_partners and isinstance(outcome, Row) and outcome.level != self.usual.level:
            return RowReason.OTHER_LEVEL
        return outcome

    def _with_day(self, said: Mapping[str, str]) -> Mapping[str, str]:
        number = said.get("day", "").removesuffix(".0")
        if not (self.is_sheet and number.isascii() and number.isdecimal() and len(number) == 5):
            return said
        return {**said, "day": (DAY_ZERO + timedelta(days=int(number))).isoformat()}
