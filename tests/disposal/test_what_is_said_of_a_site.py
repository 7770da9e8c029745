"""What owners are told of a site: who said so, since when, and what others met there."""

from datetime import date, timedelta

import pytest

from recalldesk.disposal.rules import Standing, TurnedAway
from recalldesk.disposal.states import Refused, Takes

TODAY = date(2026, 11, 26)


def away(days: int) -> TurnedAway:
    return TurnedAway(TODAY - timedelta(days=days), Refused.NOT_RECALLED)


@pytest.mark.parametrize(
    ("takes", "asked", "turned_away", "is_said", "is_last"),
    [
        (Takes.YES, 10, (), True, False),
        (Takes.YES, 365, (), True, False),
        (Takes.YES, 366, (), False, False),
        (Takes.YES, None, (), False, False),
        (Takes.ASK, 10, (), False, False),
        (Takes.YES, 10, (5,), False, False),
        (Takes.YES, 10, (20,), True, False),
        (Takes.ASK, 10, (5, 4), False, True),
        (Takes.ASK, 10, (5, 5, 5, 5), False, False),
        (Takes.YES, 1, (20, 30), True, False),
    ],
)
def test_a_yes_needs_a_day_ends_and_is_doubted_once_somebody_was_turned_away(
    takes: Takes,
    asked: int | None,
    turned_away: tuple[int, ...],
    *,
    is_said: bool,
    is_last: bool,
) -> None:
    on = None if asked is None else TODAY - timedelta(days=asked)
    standing = Standing(takes, on, tuple(away(days) for days in turned_away))
    assert standing.is_said_to_take(TODAY) is is_said
    assert standing.refuses_often is is_last
