"""The one place that reads the time of day, so that a test or a drill can set it."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def seconds() -> float:
    """The present moment in seconds since 1970: a fraction of the cost, for whoever asks often."""
    return time.time()
