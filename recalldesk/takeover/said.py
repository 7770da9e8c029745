"""What a cell says: a day, an amount, a state, a reference. Pure; a cell is never guessed at."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from recalldesk.remedies.corrections.rows import DAYS
from recalldesk.remedies.states import RemedyState
from recalldesk.takeover.headings import plain

DAY_ZERO = date(1899, 12, 30)
"""From which spreadsheets count days."""
AMOUNT = re.compile(r"[$€£]?\s*(\d{1,9}(?:\.\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?)")
CURRENCY = re.compile(r"[A-Z]{3}")
UNKNOWN = "unknown"
"""The word for: it may have been sent, and that system does not know."""
REMEDY_STATES: Mapping[str, RemedyState | None] = {
    UNKNOWN: None,
    "waiting": RemedyState.WAITING,
    "ordered": RemedyState.ORDERED,
    "sent": RemedyState.SENT,
    "delivered": RemedyState.DELIVERED,
    "cancelled": RemedyState.CANCELLED,
    "failed": RemedyState.FAILED,
    "returned": RemedyState.RETURNED,
}
"""What a file may say of a remedy, by our words. An owner has had nothing of the last three."""


class NotSaid(ValueError):
    """A cell says something else than it should; the message goes on after "this line"."""


def day_in(text: str, *, form: str, today: date, is_sheet: bool, what: str) -> date | None:
    """A day; None for an empty cell. Raises NotSaid."""
    if not text:
        return None
    number = text.removesuffix(".0")
    found: date | None = None
    if is_sheet and number.isascii() and number.isdecimal() and len(number) == 5:
        found = DAY_ZERO + timedelta(days=int(number))
    for each in (form,) if form else DAYS:
        if found is None:
            found = _day(text, each)
    if found is None or found > today or found.year < 2000:
        raise NotSaid(f"has {what} that is no day, or one in the future")
    return found


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def moment_of(day: date, now: datetime) -> datetime:
    """Noon of a day, where nobody says the hour; never later than now."""
    return min(datetime.combine(day, time(12), tzinfo=UTC), now)


def amount_in(text: str) -> Decimal | None:
    """An amount; None for an empty cell. Raises NotSaid."""
    if not text:
        return None
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise NotSaid("has an amount that is none; write 39.90")
    return Decimal(found[1].replace(",", ""))


def currency_in(text: str) -> str:
    """A currency's code; empty for an empty cell. Raises NotSaid."""
    code = text.upper()
    if code and not CURRENCY.fullmatch(code):
        raise NotSaid("has a currency that is no code of three letters")
    return code


def remedy_state_in(word: str) -> RemedyState | None:
    """Where a remedy stood; None where that system does not know. Raises NotSaid."""
    if plain(word) not in REMEDY_STATES:
        raise NotSaid("says a state of the remedy that the mapping does not know")
    return REMEDY_STATES[plain(word)]
