"""The day by which the next stage of a claim is promised.

Guarantee: every claim that waits for the desk has one; days are working days of the recall, counted
from the moment at which the owner's turn ended, so that no step of ours puts off a day that was
told; a remedy is not promised for a day before it may be ordered.
"""

from datetime import date

from recalldesk.claims.states import ClaimState
from recalldesk.foundation.working_days import add_working_days
from recalldesk.recalls.document import Document

UNDECIDED = frozenset({ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW})
REMEDY_COMES = frozenset({ClaimState.APPROVED, ClaimState.REMEDY_ORDERED, ClaimState.REMEDY_SENT})


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
    `orderable_on`: the day before which its remedy is not ordered; none is promised before it.
    """
    promises = document.promises
    if is_dangerous and state in UNDECIDED:
        return add_working_days(today, promises.confirm_days, promises.holidays)
    if state in UNDECIDED:
        return add_working_days(today, promises.review_days, promises.holidays)
    if state in REMEDY_COMES:
        days = remedy_days(document, remedy_key)
        comes = add_working_days(today, days, promises.holidays)
        if orderable_on is None:
            return comes
        return max(comes, add_working_days(orderable_on, 0, promises.holidays))
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
    promises = document.promises
    return add_working_days(today, promises.review_days, promises.holidays)


def sent_on_if_mended(document: Document, remedy_key: str, today: date) -> date:
    """The day by which a remedy comes whose owner puts right today where it goes."""
    days = remedy_days(document, remedy_key)
    return add_working_days(today, days, document.promises.holidays)


def remedy_days(document: Document, remedy_key: str) -> int:
    """The working days in which a remedy comes after approval."""
    for remedy in document.remedies:
        if remedy.key == remedy_key:
            return remedy.days
    return document.promises.remedy_days
