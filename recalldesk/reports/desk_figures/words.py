"""How numbers of the figures are said. Pure."""

from datetime import timedelta

MINUTE, HOUR, DAY = 60, 3_600, 86_400
NOTHING = "—"


def duration(wait: timedelta | None) -> str:
    """A wait as people say it, to two places at most: 40 s, 12 min, 3 h 10 min, 4.2 days."""
    if wait is None:
        return NOTHING
    seconds = max(0, int(wait.total_seconds()))
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < DAY:
        return f"{seconds // HOUR} h {seconds % HOUR // MINUTE} min"
    return f"{seconds / DAY:.1f} days"


def share(part: int, whole: int) -> str:
    """A part of a whole in percent; all of it and nothing of it only where it is so."""
    if not whole:
        return NOTHING
    tenths = round(1_000 * part / whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part:
        tenths = max(tenths, 1)
    return f"{tenths / 10:.1f} %"
