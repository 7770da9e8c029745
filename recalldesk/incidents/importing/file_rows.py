"""The lines of a file of reports, each a report, a reject or a blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from recalldesk.incidents.actions import LONGEST_ACCOUNT
from recalldesk.incidents.importing.columns import ReportLayout
from recalldesk.incidents.importing.rows import Reading, Report, report_of
from recalldesk.incidents.importing.several import may_be_several
from recalldesk.incidents.states import ReportReason
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason

LONGEST_CELL = LONGEST_ACCOUNT // 2
"""In characters: people tell at length, and what else the row says stands below it."""
SPREADSHEET_MARK = "'"
DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count days."""
DAYS = ("told_on", "happened_on")
SAID = {
    RejectReason.COLUMN_COUNT: ReportReason.COLUMN_COUNT,
    RejectReason.CELL_TOO_LONG: ReportReason.TOO_LONG,
}
"""What the parts that read files say, as a file of reports says it."""


@dataclass
class FileRows:
    """Judges lines. `reports`: those taken last, in their order, each with its index; `reasons`:
    why others were not, by their index. `is_sheet`: a day may be a spreadsheet's number."""

    layout: ReportLayout
    reading: Reading
    is_sheet: bool
    reports: list[tuple[int, Report]] = field(default_factory=list)
    reasons: dict[int, ReportReason] = field(default_factory=dict)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        self.reports, self.reasons = [], {}
        for index, line in enumerate(lines):
            if is_blank(line, self.layout.layout):
                taken.blank += 1
                continue
            outcome = self._judged(line)
            if isinstance(outcome, ReportReason):
                self.reasons[index] = outcome
                taken.rejects.append((index, RejectReason.WRONG_FORM))
            else:
                self.reports.append((index, outcome))
                taken.serials.append("")  # counted there; what it says stands in `reports`
        return taken

    def reason(self, index: int, said: RejectReason) -> ReportReason:
        """Why a line was not taken, by whoever judged it."""
        return self.reasons.get(index) or SAID.get(said, ReportReason.UNREADABLE)

    def _judged(self, line: str) -> Report | ReportReason:
        layout, places = self.layout.layout, self.layout.places
        cells = cells_of(line, layout, longest=LONGEST_CELL)
        if isinstance(cells, RejectReason):
            return SAID.get(cells, ReportReason.UNREADABLE)
        if may_be_several(line, cells, layout, places, lambda text: bool(self.reading.day(text))):
            return ReportReason.IN_DOUBT
        said = {
            name: cells[place].strip().removeprefix(SPREADSHEET_MARK)
            for name, place in places.items()
        }
        return report_of(self._with_days(said), self.reading)

    def _with_days(self, said: Mapping[str, str]) -> Mapping[str, str]:
        """With a sheet's numbers of days as days."""
        found = dict(said)
        for name in DAYS:
            number = said.get(name, "").removesuffix(".0")
            is_number = number.isascii() and number.isdecimal() and len(number) == 5
            if self.is_sheet and is_number:
                found[name] = (DAY_ZERO + timedelta(days=int(number))).isoformat()
        return found
