"""Stretches of time under which waits are counted. Pure.

Guarantee: those of one kind lie side by side without a gap, so that each wait stands in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Span:
    """From `least` up to, and without, `most`; with no `most`, however long."""

    key: str
    title: str
    least: timedelta
    most: timedelta | None

    def holds(self, wait: timedelta) -> bool:
        """Whether a wait stands in it."""
        return self.least <= wait and (self.most is None or wait < self.most)


def _side_by_side(*ends: tuple[str, str, timedelta | None]) -> tuple[Span, ...]:
    least, spans = timedelta(0), []
    for key, title, most in ends:
        spans.append(Span(key, title, least, most))
        least = most or least
    return tuple(spans)


def _days(count: int) -> timedelta:
    return timedelta(days=count)


AGES = _side_by_side(
    ("1d", "Under a day", _days(1)),
    ("3d", "1 to 3 days", _days(3)),
    ("7d", "3 to 7 days", _days(7)),
    ("14d", "7 to 14 days", _days(14)),
    ("more", "14 days and more", None),
)
"""How long claims have waited."""
TIMES = _side_by_side(
    ("1h", "Under an hour", timedelta(hours=1)),
    ("1d", "1 hour to a day", _days(1)),
    ("2d", "1 to 2 days", _days(2)),
    ("3d", "2 to 3 days", _days(3)),
    ("5d", "3 to 5 days", _days(5)),
    ("10d", "5 to 10 days", _days(10)),
    ("more", "10 days and more", None),
)
"""Within which time claims were decided."""


def span_named(spans: Sequence[Span], key: str) -> Span | None:
    """The span of this key; None where there is none."""
    return next((span for span in spans if span.key == key), None)
