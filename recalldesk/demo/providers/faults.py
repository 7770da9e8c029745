"""What goes wrong at a made-up provider: the next faults by request, or some of all by a seed."""

import random
from collections import deque
from collections.abc import Iterable
from enum import StrEnum


class Fault(StrEnum):
    """One request's fault. Those that end in `before` keep its effect away, the others do not."""

    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    CUT_BEFORE = "cut_before"
    """The line is cut without an answer."""
    CUT_AFTER = "cut_after"
    CONFLICT_BEFORE = "409_before"
    REFUSED_BEFORE = "422_before"
    TOO_MANY_BEFORE = "429_before"
    TOO_MANY_UNTIL_BEFORE = "429_date_before"
    BROKEN_BEFORE = "500_before"
    BROKEN_AFTER = "500_after"
    HALF_AFTER = "half_after"
    GARBAGE_AFTER = "garbage_after"
    ELSEWHERE_BEFORE = "redirect_before"
    HUGE_AFTER = "huge_after"
    NONE = "none"

    @property
    def is_before(self) -> bool:
        """Whether the request has no effect."""
        return self.value.endswith("_before")


BY_CHANCE = (
    Fault.CUT_BEFORE,
    Fault.CUT_AFTER,
    Fault.CONFLICT_BEFORE,
    Fault.TOO_MANY_BEFORE,
    Fault.BROKEN_BEFORE,
    Fault.BROKEN_AFTER,
    Fault.HALF_AFTER,
    Fault.GARBAGE_AFTER,
)
"""Those that a run by a seed has: each may be tried again, and none takes long."""


class Faults:
    """The faults of one provider. `share`: of how many requests one goes wrong, by the seed."""

    def __init__(self, *, seed: int = 0, share: float = 0) -> None:
        self._next, self._share = deque[Fault](), share
        self._chance = random.Random(seed)  # noqa: S311 - it chooses faults, and repeats its plan

    def have(self, faults: Iterable[str]) -> None:
        """The next requests have these, one each."""
        self._next.extend(Fault(each) for each in faults)

    def next(self) -> Fault:
        """The fault of this request."""
        if self._next:
            return self._next.popleft()
        if self._share and self._chance.random() < self._share:
            return self._chance.choice(BY_CHANCE)
        return Fault.NONE
