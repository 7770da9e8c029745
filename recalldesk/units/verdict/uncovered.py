"""What one version covers and a later one does not, found in their indexes.

Guarantee: if any serial over the form's alphabet is covered before and not after, the count is not
0, whatever the reason and however long the ranges are. It is exact unless more than 200,000 serials
of ranges and patterns would have to be looked at one by one; then it counts these.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.leftover import leftover
from recalldesk.units.verdict.scope import Scope

MOST_MEMBERS = 200_000
MOST_BOXES = 20_000


@dataclass(frozen=True)
class Uncovered:
    """How many serials are not covered any more; where it is not exact, how many were too many to
    be looked at one by one."""

    count: int
    is_exact: bool


def uncovered(before: KnownVersion, after: KnownVersion) -> Uncovered:
    """How many serials that `before` covers are not covered by `after`."""
    count, is_exact = 0, True
    for place, scope in enumerate(before.scopes):
        # A serial that is read otherwise now is not what was covered.
        later = [other for other in after.scopes if scope.form.folds_as(other.form)]
        asked = [other for other in before.scopes[:place] if scope.form.folds_as(other.form)]
        lost = _Lost(scope, asked, later)
        count += sum(1 for _ in lost.listed()) + sum(1 for _ in lost.taken_out_by_lists())
        described = lost.described()
        count, is_exact = count + described.count, is_exact and described.is_exact
    return Uncovered(count, is_exact)


@dataclass(frozen=True)
class _Lost:
    """The serials of one scope that no later one covers, nor an earlier one that reads alike."""

    scope: Scope
    asked: Iterable[Scope]
    later: list[Scope]

    def _is_lost(self, serial: str) -> bool:
        if any(other.holds(serial) for other in self.later) or not self.scope.holds(serial):
            return False
        return not any(other.holds(other.form.fold(serial)) for other in self.asked)

    def _is_listed(self, serial: str) -> bool:
        return self.scope.listed is not None and self.scope.listed.holds(serial)

    def listed(self) -> Iterator[str]:
        """Those that were listed."""
        if self.scope.listed is not None:
            yield from filter(self._is_lost, self.scope.listed.serials())

    def taken_out_by_lists(self) -> Iterator[str]:
        """Those of ranges and patterns that stand in a later list of exclusions."""
        if not self.scope.described.lengths:
            return
        seen = (o.excluded_list.serials() for o in self.later if o.excluded_list is not None)
        for serial in dict.fromkeys(s for serials in seen for s in serials):
            if (
                self._is_lost(serial)
                and not self._is_listed(serial)
                and any(_describes(other, serial) for other in self.later)
            ):
                yield serial

    def described(self) -> Uncovered:
        """Those that no later range or pattern holds."""
        boxes = list(islice(leftover(self.scope, self.later), MOST_BOXES))
        most = sum(prod(map(len, box)) for box in boxes)
        if most > MOST_MEMBERS or len(boxes) == MOST_BOXES:
            return Uncovered(most, is_exact=False)
        members = ("".join(characters) for box in boxes for characters in product(*box))
        lost = (s for s in members if self._is_lost(s) and not self._is_listed(s))
        return Uncovered(sum(1 for _ in lost), is_exact=True)


def _describes(scope: Scope, serial: str) -> bool:
    return scope.described.holds(serial) and not scope.excluded.holds(serial)
