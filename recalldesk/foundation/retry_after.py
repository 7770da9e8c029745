"""Reads how long a provider asks to be left alone: seconds, or the date from which on it answers.

Guarantee: whatever stands there, the pause is between nothing and a day.
"""

from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from recalldesk.foundation import clock

LONGEST = timedelta(days=1)


def retry_after(header: str) -> timedelta | None:
    """The pause; None where none is named or it cannot be read."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - clock.now(), timedelta(0)), LONGEST)
