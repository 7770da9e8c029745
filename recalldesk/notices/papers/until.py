"""Until when a poster stays up. Pure.

Guarantee: at least 120 days after the announcement, after the version was published and after the
poster was made; always the last day of a month, so that one made later in the month is the same.
"""

from calendar import monthrange
from datetime import date, timedelta

LEAST = timedelta(days=120)


def post_until(*days: date) -> date:
    """The day on which it may come down."""
    least = max(days) + LEAST
    return least.replace(day=monthrange(least.year, least.month)[1])
