"""What is done each day: what was kept as long as it may be is erased.

Guarantees: each batch is erased in a transaction of its own, and one that fails stops no other; it
may be killed at any line and run again, also twice at once.
"""

import structlog

from recalldesk.foundation import clock
from recalldesk.keeping.erasers import A_BATCH, Eraser, registered_erasers
from recalldesk.keeping.states import Why

log = structlog.get_logger()


def erase_due() -> int:
    """Erases what is due; returns how many rows."""
    return sum(_erase(each) for each in registered_erasers() if each.erase is not None)


def _erase(eraser: Eraser) -> int:
    """Goes through the rows once: one that fails is met again the next time."""
    count, last = 0, 0
    while batch := _next(eraser, last):
        for start in range(0, len(batch), eraser.at_once):
            count += _erase_some(eraser, batch[start : start + eraser.at_once])
        last = batch[-1]
    return count


def _next(eraser: Eraser, last: int) -> list[int]:
    try:
        rows = eraser.waiting(clock.now()).filter(pk__gt=last)
        return list(
            rows.order_by("pk").values_list("pk", flat=True)[: max(A_BATCH, eraser.at_once)]
        )
    except Exception as error:
        log.error("erasing_not_begun", eraser=eraser.name, error=type(error).__name__)
        return []


def _erase_some(eraser: Eraser, numbers: list[int]) -> int:
    assert eraser.erase is not None
    try:
        return eraser.erase(numbers, Why.TERM)
    except Exception as error:
        if len(numbers) > 1:
            return sum(_erase_some(eraser, [number]) for number in numbers)
        log.error(
            "row_left_for_next_time",
            eraser=eraser.name,
            row=numbers[0],
            error=type(error).__name__,
        )
        return 0
