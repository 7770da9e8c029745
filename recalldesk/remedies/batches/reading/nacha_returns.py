"""A NACHA file of returns: transfers that came back, and accounts that should be written otherwise.

Guarantee: a return that speaks of the owner's account is told apart from what a person must look
at, such as a payment that was taken for a double.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from recalldesk.remedies.batches.errors import FileNotRead
from recalldesk.remedies.batches.marks import read_mark
from recalldesk.remedies.batches.reading.said import CameBack, Row, Said
from recalldesk.remedies.batches.states import LineState, ReadReason
from recalldesk.units.importing.opening import file_digest
from recalldesk.units.importing.survey import survey

RECORD = 94
RETURNED, CHANGED = "799", "798"
OF_THE_ACCOUNT = frozenset(
    ("R02", "R03", "R04", "R12", "R13", "R14", "R15", "R16", "R17", "R20", "R23")
)


def is_nacha(start: bytes) -> bool:
    """Whether a file begins as one."""
    return start.startswith(b"101 ") or start.startswith(b"101")


def returns_in(path: Path) -> CameBack:
    """The returns of a file. Raises FileNotRead."""
    found = survey(path)
    records = path.read_bytes().decode("ascii", "replace").splitlines()
    if any(len(record.rstrip()) > RECORD for record in records):
        raise FileNotRead("A record has more than 94 characters.", "Fetch the file again.")
    rows = list(_rows(records))
    blank = sum(not record.strip() for record in records)
    heading = found.lines - blank - len(rows)
    return CameBack(file_digest(path)[0], found.lines, heading, blank, rows)


def _rows(records: Sequence[str]) -> Iterator[Row]:
    """A row for each addenda; the entry before it says of which line it is."""
    entry = ""
    for number, record in enumerate(records, 1):
        if record.startswith("6"):
            entry = record
        elif record.startswith("7"):
            yield Row(number, _said(entry, record))
            entry = ""


def _said(entry: str, addenda: str) -> Said | ReadReason:
    mark = read_mark(entry[39:54])
    if not mark:
        return ReadReason.NO_MARK
    code, kind = addenda[3:6], addenda[:3]
    if kind == CHANGED:
        return Said(mark, LineState.SENT, code)
    if kind != RETURNED or not code.startswith("R"):
        return ReadReason.UNKNOWN_STATUS
    if not entry[29:39].isdigit():
        return ReadReason.AMOUNT
    state = LineState.REFUSED_ACCOUNT if code in OF_THE_ACCOUNT else LineState.REFUSED
    return Said(mark, state, code, amount=Decimal(int(entry[29:39])) / 100)
