"""A file that came back is taken, whatever its form: each line is accounted for.

Guarantees: all of it happens in one transaction, or nothing; lines = heading + accepted + rejected
+ duplicate + blank, the lines counted apart; the same file twice changes nothing, unless a line of
it was of a remedy that nobody here knew, or had handed out, when it was read before: that one is
then taken; what was read only tells the provider how an order stands: the order is then read like
any other.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.remedies.batches.errors import FileNotRead
from recalldesk.remedies.batches.reading.iso_status import status_report
from recalldesk.remedies.batches.reading.lines import take_said
from recalldesk.remedies.batches.reading.nacha_returns import is_nacha, returns_in
from recalldesk.remedies.batches.reading.said import CameBack, Row, Said, SaidOfFile
from recalldesk.remedies.batches.reading.tables import sheet_table, text_table
from recalldesk.remedies.batches.remembering import remember_lines
from recalldesk.remedies.batches.states import LineState, ReadReason
from recalldesk.remedies.models import BatchLine, FileRead, LineRejected
from recalldesk.units.importing.opening import first_bytes
from recalldesk.units.importing.tables.signs import is_workbook

NOT_YET = frozenset({ReadReason.UNKNOWN_MARK, ReadReason.NOT_HANDED_OUT})
"""Why a line is not taken that may be later: after a restore its claim is filed again."""


@dataclass
class Tally:
    """What became of the rows so far."""

    accepted: int = 0
    duplicate: int = 0
    rejects: list[tuple[int, ReadReason]] = field(default_factory=list)

    def add(self, number: int, outcome: bool | ReadReason) -> None:
        """True: it said something new; False: nothing new; a reason: it was not taken."""
        if isinstance(outcome, ReadReason):
            self.rejects.append((number, outcome))
        elif outcome:
            self.accepted += 1
        else:
            self.duplicate += 1


@dataclass(frozen=True)
class Taken:
    """`is_new`: False where the same file was taken before, and nothing was changed."""

    file: FileRead
    is_new: bool


def take_file(path: Path, *, by: Staff) -> Taken:
    """Takes a file of a warehouse or a bank. Raises NotPermitted, FileNotRead, ImportRefused."""
    require(by, Permission.HAND_OUT_FILES)
    came = _opened(path)
    with transaction.atomic():
        before = FileRead.objects.filter(sha256=came.sha256).order_by("-turn").first()
        if before and not before.rejects.filter(reason__in=NOT_YET).exists():
            return Taken(before, is_new=False)
        rows, tally = list(came.rows), Tally()
        remember_lines(
            marks={row.said.mark for row in rows if isinstance(row.said, Said)} - {""},
            files={row.said.reference for row in rows if isinstance(row.said, SaidOfFile)},
        )
        for row in rows:
            tally.add(row.number, _outcome(row))
        if before and not tally.accepted:
            return Taken(before, is_new=False)
        turn = before.turn + 1 if before else 1
        return Taken(_kept(came, tally, by, turn), is_new=True)


def _opened(path: Path) -> CameBack:
    start = first_bytes(path)
    if is_workbook(start):
        return sheet_table(path)
    if start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        return status_report(path)
    return returns_in(path) if is_nacha(start) else text_table(path)


def _outcome(row: Row) -> bool | ReadReason:
    said = row.said
    if isinstance(said, ReadReason):
        return said
    if not isinstance(said, SaidOfFile):
        return take_said(said)
    of_file = Q(batch__reference=said.reference) | Q(left_in=said.reference)
    lines = BatchLine.objects.filter(of_file)
    marks = list(lines.exclude(state=LineState.CANCELLED).values_list("mark", flat=True))
    if not marks or not said.reference:
        return ReadReason.UNKNOWN_MARK
    outcomes = [take_said(said.of(mark)) for mark in marks]
    return any(outcome is True for outcome in outcomes)


def _kept(came: CameBack, tally: Tally, by: Staff, turn: int) -> FileRead:
    rows = tally.accepted + tally.duplicate + len(tally.rejects)
    if came.lines != came.heading + came.blank + rows:
        raise FileNotRead(
            f"The file has {came.lines:,} lines, but {came.heading + came.blank + rows:,} were "
            "read.",
            "Nothing was taken. Save it as CSV and read that; and report it: this is a fault of "
            "the reader.",
        )
    file = FileRead.objects.create(
        sha256=came.sha256,
        turn=turn,
        by=by,
        lines=came.lines,
        heading=came.heading,
        accepted=tally.accepted,
        rejected=len(tally.rejects),
        duplicate=tally.duplicate,
        blank=came.blank,
    )
    LineRejected.objects.bulk_create(
        LineRejected(file=file, number=number, reason=reason) for number, reason in tally.rejects
    )
    record_change(subject=Subject.FILE_READ, subject_id=file.pk, to_state="read", actor_id=by.pk)
    return file
