"""The lines of a list of sites, each a site, a reject or a blank; features are judged alike."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from recalldesk.disposal.importing.columns import SiteLayout
from recalldesk.disposal.importing.site_rows import Find, SiteRow, Usual, site_of
from recalldesk.disposal.postal_codes import exact_code
from recalldesk.disposal.states import LineReason
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason

SPREADSHEET_MARK = "'"
CODES_KEPT = 100_000
SAID = {
    RejectReason.COLUMN_COUNT: LineReason.COLUMN_COUNT,
    RejectReason.CELL_TOO_LONG: LineReason.TOO_LONG,
}
"""What the parts that read files say, as a list of sites says it."""


@dataclass
class Judge:
    """Says of each site of a file whether it can be taken. `kinds`: words for a kind that are not
    known, and how often each came."""

    usual: Usual
    today: date
    kinds: Counter[str] = field(default_factory=Counter)
    _met: dict[tuple[str, ...], int] = field(default_factory=dict)
    _find: Find = field(default_factory=lambda: lru_cache(CODES_KEPT)(exact_code))

    def judged(self, said: Mapping[str, str]) -> SiteRow | LineReason:
        """The site, or why not. One that an earlier line names otherwise is refused."""
        row = site_of(said, self.usual, today=self.today, find=self._find)
        if isinstance(row, LineReason):
            return row
        says = hash(tuple(sorted((name, str(value)) for name, value in row.values.items())))
        if self._met.setdefault(row.identity, says) != says:
            return LineReason.SAID_TWICE
        if row.unknown_kind:
            self.kinds[row.unknown_kind] += 1
        return row


@dataclass
class FileRows:
    """Judges lines. `rows`: those taken last, in their order, each with its index; `reasons`: why
    others were not, by their index."""

    layout: SiteLayout
    judge: Judge
    rows: list[tuple[int, SiteRow]] = field(default_factory=list)
    reasons: dict[int, LineReason] = field(default_factory=dict)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        self.rows, self.reasons = [], {}
        for index, line in enumerate(lines):
            if is_blank(line, self.layout.layout):
                taken.blank += 1
                continue
            outcome = self._judged(line)
            if isinstance(outcome, LineReason):
                self.reasons[index] = outcome
                taken.rejects.append((index, RejectReason.WRONG_FORM))
            else:
                self.rows.append((index, outcome))
                taken.serials.append("")  # counted there; what it says stands in `rows`
        return taken

    def reason(self, index: int, said: RejectReason) -> LineReason:
        """Why a line was not taken, by whoever judged it."""
        return self.reasons.get(index) or SAID.get(said, LineReason.UNREADABLE)

    def _judged(self, line: str) -> SiteRow | LineReason:
        cells = cells_of(line, self.layout.layout)
        if "\n" in line and self._may_be_several(line):
            return LineReason.IN_DOUBT
        if isinstance(cells, RejectReason):
            return SAID.get(cells, LineReason.UNREADABLE)
        return self.judge.judged(
            {
                name: cells[place].strip().removeprefix(SPREADSHEET_MARK)
                for name, place in self.layout.places.items()
            }
        )

    def _may_be_several(self, line: str) -> bool:
        """Whether a further line of it is as wide as a row: two stray quotation marks, lines apart,
        would make one site of several."""
        layout = self.layout.layout
        further = line.split("\n")[1:]
        return any(each.count(layout.delimiter) >= layout.width - 1 for each in further)
