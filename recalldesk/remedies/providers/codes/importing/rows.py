"""The lines of a file of codes, each a code, a reject or a blank.

Guarantee: a code is taken as it is written, but for space around it; what may be more than a code,
or less, is rejected with its reason.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from recalldesk.remedies.providers.codes.digests import BETWEEN
from recalldesk.remedies.providers.codes.importing.columns import CodeLayout
from recalldesk.units.importing.cells import cells_of, is_blank
from recalldesk.units.importing.taken import Taken
from recalldesk.units.states import RejectReason

SHORTEST, LONGEST, LONGEST_PIN = 4, 64, 32
WRITTEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ._/+=:#-]*[A-Za-z0-9=])?")
PIN_WRITTEN = re.compile(r"[!-~]*")
SPREADSHEET_MARK = "'"
WORDS: Mapping[RejectReason, str] = {
    RejectReason.UNKNOWN_CHARACTER: "holds a character that codes and PINs never have",
    RejectReason.TOO_SHORT: f"has a code of fewer than {SHORTEST} characters",
    RejectReason.TOO_LONG: f"has a code of more than {LONGEST} characters, or too long a PIN",
    RejectReason.EMPTY_CELL: "has no code in its column",
}
"""Where the words for serials would say something else."""


def words_for(reason: RejectReason) -> str:
    """Why a line was not taken."""
    return WORDS.get(reason, str(reason.label))


@dataclass
class CodeRows:
    """Judges lines. `pins`: of the codes taken last, in their order; "" where there is none."""

    columns: CodeLayout
    pins: list[str] = field(default_factory=list)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken = Taken()
        self.pins = []
        for index, line in enumerate(lines):
            if is_blank(line, self.columns.layout):
                taken.blank += 1
                continue
            outcome = self._judged(line)
            if isinstance(outcome, RejectReason):
                taken.rejects.append((index, outcome))
            else:
                taken.serials.append(outcome[0])
                self.pins.append(outcome[1])
        return taken

    def _judged(self, line: str) -> tuple[str, str] | RejectReason:
        cells = cells_of(line, self.columns.layout)
        if isinstance(cells, RejectReason):
            return cells
        code = cells[self.columns.code].strip().removeprefix(SPREADSHEET_MARK)
        place = self.columns.pin
        pin = cells[place].strip().removeprefix(SPREADSHEET_MARK) if place is not None else ""
        if not code:
            return RejectReason.EMPTY_CELL
        if not WRITTEN.fullmatch(code) or not PIN_WRITTEN.fullmatch(pin):
            return RejectReason.UNKNOWN_CHARACTER
        if len(BETWEEN.sub("", code)) < SHORTEST:
            return RejectReason.TOO_SHORT
        if len(code) > LONGEST or len(pin) > LONGEST_PIN:
            return RejectReason.TOO_LONG
        return code, pin
