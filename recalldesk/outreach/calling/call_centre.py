"""Calls that a call centre makes: its list goes out, and what came of each call comes back.

Guarantees: whoever stands on a list is called by nobody else until the day that was said; the log
has who took the list, why, and how many stood on it; of what comes back each line is counted, the
same file twice changes nothing, and no line is taken that says less than was asked.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.outreach.calling.errors import CallRefused, CallSettled
from recalldesk.outreach.calling.outcomes import record_call
from recalldesk.outreach.calling.taking import (
    LASTS,
    number_called,
    waiting_calls,
    why_not_called,
    withhold,
)
from recalldesk.outreach.letters.reference import number_in, reference_of
from recalldesk.outreach.models import Call, DirectNotice, Wave
from recalldesk.outreach.reading_back import ReadBack, read_back
from recalldesk.outreach.states import CallOutcome, Way
from recalldesk.outreach.waves.said import said

MOST_CALLS = 5_000
LONGEST_DAYS = 30
USUAL_DAYS = 7
HEADINGS = (
    Heading("Reference", is_exact=True),
    Heading("Number", is_exact=True),
    Heading("Country"),
    Heading("Time zone"),
    Heading("Language"),
    Heading("Script"),
)
NAMES = {
    "reference": ("reference", "ref", "referencia"),
    "outcome": ("outcome", "result", "resultado"),
    "called_at": ("called at", "called_at", "called", "time", "llamada"),
    "again_at": ("again at", "again_at", "call again", "llamar de nuevo"),
    "note": ("note", "notes", "nota"),
}
OUTCOMES = {str(each.value): each for each in CallOutcome} | {
    str(each.value).replace("_", " "): each for each in CallOutcome
}
NOT_A_REFERENCE = "names no call of ours: look at its reference once more"
NO_OUTCOME = "says no outcome that is known: " + ", ".join(str(each.value) for each in CallOutcome)
NO_TIME = "does not say when the call was, as 2026-11-27 14:30 (UTC)"
IN_FUTURE = "says that the call was in the future"
TOO_EARLY = "says that the call was before there was anything to call about"
FARTHEST_CLOCK = timedelta(days=1)
"""A time without its zone may be as far from UTC as a clock on earth can be."""
SETTLED = "is of a call that was settled otherwise before"


@transaction.atomic
def take_call_list(
    *, wave: Wave, by: Staff, reason: str, form: SheetForm, days: int = USUAL_DAYS
) -> Export:
    """The calls of a wave that wait, for a call centre; nobody else calls them for so many days.

    Raises NotPermitted, CallRefused, NoReasonForExport, TooManyForWorkbook, SealingError.
    """
    for each in (Permission.CALL_PURCHASERS, Permission.WRITE_WAVES, Permission.SEE_PERSONAL):
        require(by, each)
    if not 1 <= days <= LONGEST_DAYS:
        raise CallRefused("For how many days?", f"Give 1 to {LONGEST_DAYS}.")
    now = clock.now()
    free = waiting_calls([wave]).filter(
        Q(not_before=None) | Q(not_before__lte=now),
        Q(tried_at=None) | Q(tried_at__lt=now - LASTS),
    )
    locked = free.select_for_update(of=("self",)).select_related("wave", "wave__recall")
    listed = [each for each in locked.order_by("pk")[:MOST_CALLS] if _is_to_be_called(each)]
    if not listed:
        raise CallRefused("No call waits that could be handed out.", "Others have them, or later.")
    numbers = [each.pk for each in listed]
    DirectNotice.objects.filter(pk__in=numbers).update(
        not_before=now + timedelta(days=days), handed_out_at=now
    )
    return hand_out(
        ListExport(
            by=by,
            query=f"calls?wave={wave.pk}",
            form=form,
            columns=[each.title for each in HEADINGS],
            is_personal=True,
            expected=len(listed),
        ),
        name=f"calls-{wave.recall.slug}-{wave.number}",
        headings=HEADINGS,
        rows=_cells(listed),
        reason=reason,
    )


def read_outcomes(*, path: Path, by: Staff, only_look: bool = False) -> ReadBack:
    """What a call centre says of each call. Raises NotPermitted, FileRefused, ImportRefused."""
    require(by, Permission.CALL_PURCHASERS)

    def judge(line: Mapping[str, str]) -> bool | str:
        return _judged(line, by)

    return read_back(path, NAMES, judge, only_look=only_look)


def _is_to_be_called(notice: DirectNotice) -> bool:
    why = why_not_called(notice)
    if why is not None:
        withhold(notice, why)
    return why is None


def _cells(listed: list[DirectNotice]) -> Iterator[list[Cell]]:
    for each in listed:
        number = number_called(each)
        yield [
            reference_of(each.pk),
            number.shown if number else "",
            each.country,
            ", ".join(number.zones[:3]) if number else "",
            each.language,
            said(each).text,
        ]


def _judged(line: Mapping[str, str], by: Staff) -> bool | str:
    pk = number_in(line["reference"])
    notice = DirectNotice.objects.filter(pk=pk, way=Way.PHONE).first() if pk else None
    if notice is None:
        return NOT_A_REFERENCE
    outcome = OUTCOMES.get(line.get("outcome", "").casefold())
    if outcome is None:
        return NO_OUTCOME
    at = _moment(line.get("called_at", ""))
    if at is None:
        return NO_TIME
    if at > clock.now():
        return IN_FUTURE
    if at < notice.made_at - FARTHEST_CLOCK:
        return TOO_EARLY
    if Call.objects.filter(notice=notice, outcome=outcome, at=at).exists():
        return False
    try:
        with transaction.atomic():
            record_call(
                notice_id=notice.pk,
                outcome=outcome,
                by=by,
                note=line.get("note", ""),
                again_at=_moment(line.get("again_at", "")),
                at=at,
            )
    except CallSettled:
        return SETTLED
    except CallRefused as problem:
        return f"cannot be taken: {problem.message}"
    return True


def _moment(text: str) -> datetime | None:
    """In UTC, where the line says no other."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
