"""The words of the queue: reasons in short, days as people say them.

Guarantee: a reason without words of its own is shown by its key, and none is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.states import ClaimState

REASONS: Mapping[str, str] = {
    R.DANGER: "danger",
    R.BY_HAND: "people decide all",
    R.WITH_A_PERSON: "with a person",
    R.OWNER_WROTE: "owner wrote",
    R.CONTESTED: "contested serial",
    R.REMEDY_GIVEN: "unit has a remedy",
    R.REPORTED_ELSEWHERE: "corrected elsewhere",
    R.SECOND_PERSON: "two people",
    R.NOT_AFFECTED: "serial not affected",
    R.SERIAL_UNREADABLE: "no readable serial",
    R.UNIT_GONE: "unit is gone",
    R.CANNOT_PHOTOGRAPH: "no photo possible",
    R.INCOMPLETE: "incomplete",
    R.NOT_REACHED: "mail came back",
    R.PHOTOS_WAIT: "photos wait",
    R.PHOTO_USELESS: "photo of no use",
    R.LABEL_DIFFERS: "label ≠ claimed",
    R.LABEL_UNREAD: "label not read",
    R.MARK_NOT_SEEN: "mark not seen",
    R.MARKING_UNREAD: "marking not read",
    R.LATER_LEAD: "led back to",
    R.PAID_UNNAMED: "may be paid already",
    R.FRAUD_FOUND: "shares with fraud",
    R.SAME_PHOTO: "same photo",
    R.COPIED_PHOTO: "copied photo",
    R.LIKE_PHOTO: "like photo",
    R.MANY_LIKE: "many like photos",
    R.NOT_COMPARED: "not compared",
    R.PERSON_LIMIT: "person over limit",
    R.ADDRESS_LIMIT: "address over limit",
    R.HOUSE_LIMIT: "house over limit",
    R.PAYEE_LIMIT: "payee over limit",
    R.NETWORK_LIMIT: "network over limit",
    R.OWNERS_AT_ADDRESS: "many at one address",
    R.OWNERS_OF_PAYEE: "many to one account",
}
"""In two or three words; `claims/reasons.py` says each in a sentence."""
SPEAKS_AGAINST = frozenset(
    {
        R.CONTESTED,
        R.REMEDY_GIVEN,
        R.REPORTED_ELSEWHERE,
        R.NOT_AFFECTED,
        R.LABEL_DIFFERS,
        R.LATER_LEAD,
        R.PAID_UNNAMED,
        R.FRAUD_FOUND,
        R.SAME_PHOTO,
        R.COPIED_PHOTO,
        R.LIKE_PHOTO,
        R.PERSON_LIMIT,
        R.ADDRESS_LIMIT,
        R.HOUSE_LIMIT,
        R.PAYEE_LIMIT,
        R.NETWORK_LIMIT,
        R.OWNERS_AT_ADDRESS,
        R.OWNERS_OF_PAYEE,
    }
)
"""Reasons that are doubts about the claim itself; they bear a sign."""
STATES: Mapping[ClaimState, str] = {
    ClaimState.SUBMITTED: "submitted",
    ClaimState.CHECKING: "photos looked through",
    ClaimState.IN_REVIEW: "in review",
    ClaimState.NEEDS_OWNER: "owner is asked",
    ClaimState.APPROVED: "approved",
    ClaimState.REMEDY_ORDERED: "remedy ordered",
    ClaimState.REMEDY_SENT: "remedy sent",
    ClaimState.SETTLED: "settled",
    ClaimState.DECLINED: "declined",
    ClaimState.WITHDRAWN: "withdrawn",
    ClaimState.DUPLICATE: "duplicate",
}


@dataclass(frozen=True)
class Promised:
    """A promised day in words. `is_late`: it has passed."""

    words: str
    is_late: bool = False


def reason_in_short(key: str) -> str:
    """A reason in two or three words."""
    return REASONS.get(key) or key.replace("_", " ")


def promised_words(day: date | None, today: date) -> Promised:
    """How near a promised day is."""
    if day is None:
        return Promised("no date")
    days = (day - today).days
    if days < 0:
        return Promised(f"late by {-days} day{'s' if days < -1 else ''}", is_late=True)
    if days <= 1:
        return Promised("tomorrow" if days else "today")
    return Promised(_day(day, today, with_weekday=True))


def received_words(moment: datetime | None, today: date) -> str:
    """When a claim was sent, in UTC; the year only where it is another one."""
    return f"{_day(moment.date(), today)} {moment:%H:%M}" if moment else ""


def _day(day: date, today: date, *, with_weekday: bool = False) -> str:
    weekday = f"{day:%a} " if with_weekday else ""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{weekday}{day.day} {day:%b}{year}"
