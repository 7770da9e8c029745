"""The day by which the next stage of a claim is promised.

Guarantee: every open claim has one; days are working days, counted from the move.
"""

from datetime import date

from recalldesk.claims.states import ClaimState
from recalldesk.foundation.working_days import add_working_days
from recalldesk.recalls.document import Document


def promised_on(
    state: ClaimState, *, document: Document, remedy_key: str, today: date
) -> date | None:
    """The day promised to a claim that came into `state` today; None where nothing follows."""
    promises = document.promises
    if state in (ClaimState.SUBMITTED, ClaimState.CHECKING, ClaimState.IN_REVIEW):
        return add_working_days(today, promises.review_days)
    if state in (ClaimState.APPROVED, ClaimState.REMEDY_ORDERED):
        return add_working_days(today, remedy_days(document, remedy_key))
    if state is ClaimState.REMEDY_SENT:
        return add_working_days(today, remedy_days(document, remedy_key))
    return None


def remedy_days(document: Document, remedy_key: str) -> int:
    """The working days in which a remedy comes after approval."""
    for remedy in document.remedies:
        if remedy.key == remedy_key:
            return remedy.days
    return document.promises.remedy_days
