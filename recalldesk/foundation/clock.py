"""The one place that reads the time of day, so that a test or a drill can set it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _not_at_all() -> float:
    return 0.0


_ahead: Callable[[], float] = _not_at_all


def be_ahead_by(seconds: Callable[[], float]) -> None:
    """From now on this program's time is so many seconds ahead of the machine's, or behind it where
    they are negative; asked each time. For a drill in which the clock jumps.
    """
    global _ahead  # noqa: PLW0603 - the one clock of a program
    _ahead = seconds


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC) + timedelta(seconds=_ahead())


def seconds() -> float:
    """The present moment in seconds since 1970: a fraction of the cost, for whoever asks often."""
    return time.time() + _ahead()
