"""How numbers of the figures are said. Pure."""

from datetime import timedelta

MINUTE, HOUR, DAY = 60, 3_600, 86_400
NOTHING = "—"
FEW, LEAST, ALMOST_ALL = 0.1, 0.0001, 99.95
"""In percent: what is told to four places, what is told as less than this, and as almost all."""


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
    return percent(part / whole) if whole else NOTHING


def percent(part: float) -> str:
    """A part of one, to a tenth of a percent; to four places where a tenth would say nothing."""
    if part < 0:
        return f"−{percent(-part)}"
    hundredths = 100 * part
    if ALMOST_ALL <= hundredths < 100:
        return "over 99.9 %"
    if 0 < hundredths < LEAST:
        return f"under {LEAST:.4f} %"
    if 0 < hundredths < FEW:
        return f"{hundredths:.4f}".rstrip("0") + " %"
    return f"{hundredths:.1f} %"
