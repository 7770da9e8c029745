"""Letters that came back, entered by their references, by a list or a scanner.

Guarantees: every line that was typed is counted as one of four: come back, known before, blank, or
rejected with its reason; a letter that came back is sent to that address no more, in no recall;
whoever it was for keeps every other contact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.letters.reference import number_in
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import NoticeState, Suppression, Way
from recalldesk.outreach.suppressing import suppress_by_notice

NOT_A_REFERENCE = "is no reference: look at it once more"
NOT_A_LETTER = "is of no letter of ours"
NOT_POSTED = "is of a letter that was not printed or posted"
POSTED = (NoticeState.PRINTED, NoticeState.SENT)


@dataclass(frozen=True)
class Rejected:
    """A line that was not taken."""

    number: int
    text: str
    why: str


@dataclass(frozen=True)
class CameBack:
    """lines = came_back + known + blank + rejects."""

    lines: int
    came_back: int
    known: int
    blank: int
    rejects: tuple[Rejected, ...]


def letters_came_back(typed: Iterable[str], *, by: Staff) -> CameBack:
    """What became of each line; each is kept by itself. Raises NotPermitted."""
    require(by, Permission.CALL_PURCHASERS)
    lines = list(typed)
    came_back = known = blank = 0
    rejects = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            blank += 1
            continue
        outcome = _one(text, by)
        if isinstance(outcome, str):
            rejects.append(Rejected(number, text.strip()[:40], outcome))
        elif outcome:
            came_back += 1
        else:
            known += 1
    return CameBack(len(lines), came_back, known, blank, tuple(rejects))


@transaction.atomic
def _one(text: str, by: Staff) -> bool | str:
    """True where it is news, False where it was known, or why it is not taken."""
    number = number_in(text)
    if number is None:
        return NOT_A_REFERENCE
    rows = DirectNotice.objects.select_for_update(of=("self",)).filter(pk=number, way=Way.LETTER)
    notice = rows.first()
    if notice is None:
        return NOT_A_LETTER
    if notice.state == NoticeState.BOUNCED:
        return False
    is_with_nobody = notice.state == NoticeState.PRINTED and notice.handed_out_at is None
    if notice.state not in POSTED or is_with_nobody:
        return NOT_POSTED
    was = notice.state
    notice.state, notice.ended_at = NoticeState.BOUNCED, clock.now()
    notice.save(update_fields=["state", "ended_at"])
    record_change(
        subject=Subject.NOTICE,
        subject_id=notice.pk,
        from_state=was,
        to_state=NoticeState.BOUNCED,
        reason=Reason.CAME_BACK,
        actor_id=by.pk,
        recall_id=notice.recall_id,
    )
    suppress_by_notice(notice, Suppression.BOUNCED)
    return True


def lines_in(text: str) -> list[str]:
    """What was scanned or typed, a reference a line or several with commas between."""
    return [each for line in text.splitlines() for each in line.split(",")]
