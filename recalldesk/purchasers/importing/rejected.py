"""The lines of a file that were not taken, on their way to where they are kept: what is told of
them while they pass.

Guarantee: each is counted under its reason; of each reason the first lines are held, no more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from recalldesk.matching.files.reading import Reject
from recalldesk.matching.files.reasons import OrderReject

SHOWN = 10
"""Lines of one reason."""


class Rejects:
    """What passed. `reasons`: how many for each reason."""

    def __init__(self) -> None:
        self.reasons: Counter[OrderReject] = Counter()
        self._first: dict[OrderReject, list[Reject]] = {}

    def passing(self, rejects: Iterable[Reject]) -> Iterator[Reject]:
        """The same lines, one by one."""
        for each in rejects:
            self.reasons[each.reason] += 1
            first = self._first.setdefault(each.reason, [])
            if len(first) < SHOWN:
                first.append(each)
            yield each

    def first(self) -> tuple[Reject, ...]:
        """The first of each reason: the reason of most lines first, then by line."""
        of = {reason: place for place, (reason, _) in enumerate(self.reasons.most_common())}
        held = (each for some in self._first.values() for each in some)
        return tuple(sorted(held, key=lambda each: (of[each.reason], each.number)))
