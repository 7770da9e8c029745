"""The day by which the next stage of a claim is promised.

Guarantee: every claim that waits for the desk has one; days are working days of the recall, counted
from the moment at which the owner's turn ended, so that no step of ours puts off a day that was
told; a remedy is not promised for a day before it may be ordered.
"""

from datetime import date

from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document
from recalldesk.recalls.working_calendar import calendar_of

UNDECIDED = frozenset({ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW})
REMEDY_COMES = frozenset({ClaimState.APPROVED, ClaimState.REMEDY_ORDERED, ClaimState.REMEDY_SENT})


def today_of(document: Document) -> date:
    """The day that it is now where the recall's promises hold."""
    return calendar_of(document).day_of(clock.now())


def promised_on(
    state: ClaimState,
    *,
    document: Document,
    remedy_key: str,
    today: date,
    is_dangerous: bool = False,
    orderable_on: date | None = None,
) -> date | None:
    """The day promised to a claim that came into `state` today; None where nothing follows.

    Whoever told of danger hears from a person as soon as a claim is confirmed at all.
    Days are those of the recall's calendar, `today` too (`today_of`).
    `orderable_on`: the day before which its remedy is not ordered; none is promised before it.
    """
    promises, calendar = document.promises, calendar_of(document)
    if is_dangerous and state in UNDECIDED:
        return calendar.after(today, promises.confirm_days)
    if state in UNDECIDED:
        return calendar.after(today, promises.review_days)
    if state in REMEDY_COMES:
        days = remedy_days(document, remedy_key)
        comes = calendar.after(today, days)
        if orderable_on is None:
            return comes
        return max(comes, calendar.after(orderable_on, 0))
    return None


ONE_WAIT = (
    frozenset({ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW}),
    frozenset({ClaimState.APPROVED, ClaimState.REMEDY_ORDERED}),
)
"""Stages that are one to the owner: the day that was told at the first stays."""


def kept_promise(before: ClaimState, after: ClaimState, told: date | None) -> date | None:
    """The day that still holds after a move from one stage to another; None where it does not."""
    return told if any(before in wait and after in wait for wait in ONE_WAIT) else None


def decided_on_if_answered(document: Document, today: date) -> date:
    """The day by which a claim is decided whose owner sends today what was asked for."""
    return calendar_of(document).after(today, document.promises.review_days)


def sent_on_if_mended(document: Document, remedy_key: str, today: date) -> date:
    """The day by which a remedy comes whose owner puts right today where it goes."""
    return calendar_of(document).after(today, remedy_days(document, remedy_key))


def remedy_days(document: Document, remedy_key: str) -> int:
    """The working days in which a remedy comes after approval."""
    for remedy in document.remedies:
        if remedy.key == remedy_key:
            return remedy.days
    return document.promises.remedy_days
