"""Slots: never more are taken than there are, and a short rush is waited out."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from recalldesk.foundation import slots
from recalldesk.foundation.slots import Slots


def test_no_more_are_taken_than_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "SECONDS_BETWEEN", 0)
    two = Slots(2)
    assert [two.take() for _ in range(3)] == [True, True, False]
    two.give_back()
    assert [two.take() for _ in range(2)] == [True, False]


def test_who_comes_in_a_rush_waits_and_gets_one() -> None:
    few, held, most = Slots(3), 0, 0
    counting = threading.Lock()

    def use() -> bool:
        nonlocal held, most
        if not few.take():
            return False
        with counting:
            held += 1
            most = max(most, held)
        time.sleep(0.0005)
        with counting:
            held -= 1
        few.give_back()
        return True

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _: use(), range(60)))
    assert most <= 3
