"""The one clock of a program can be set ahead or behind, as in a drill."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from recalldesk.foundation import clock

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    clock.be_ahead_by(lambda: 0.0)


@time_machine.travel(NOON, tick=False)
def test_it_is_that_of_the_machine() -> None:
    assert clock.now() == NOON
    assert clock.seconds() == NOON.timestamp()


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("jump", [3_600.0, -86_400.0])
def test_it_jumps_for_both_who_ask_it(jump: float) -> None:
    clock.be_ahead_by(lambda: jump)
    assert clock.now() == NOON + timedelta(seconds=jump)
    assert clock.seconds() == NOON.timestamp() + jump
