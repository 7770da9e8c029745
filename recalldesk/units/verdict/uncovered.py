"""What one version covers and a later one does not, found serial by serial.

Guarantee: for listed serials and for ranges of up to 200,000 units the count is exact, whatever the
reason; of a longer range both ends are asked. Patterns have no serials to go through.
"""

from collections.abc import Iterator
from itertools import islice

from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.scope import Scope

MOST_MEMBERS = 200_000


def _members(entry: SerialRange, scope: Scope) -> Iterator[str]:
    """The serials of a range; of a long one, its ends."""
    everything = (scope.form.alphabet,) * len(entry.start)
    members = list(islice(entry.members(everything), MOST_MEMBERS + 1))
    return iter(members if len(members) <= MOST_MEMBERS else (entry.start, entry.end))


def _covered(scope: Scope) -> Iterator[str]:
    if scope.listed is not None:
        yield from scope.listed.serials()
    for entry in scope.described.ranges.ranges:
        yield from (serial for serial in _members(entry, scope) if scope.holds(serial))


def uncovered(before: KnownVersion, after: KnownVersion) -> int:
    """How many serials that `before` covers are not covered by `after`."""
    return sum(
        not any(later.holds(later.form.fold(serial)) for later in after.scopes)
        for scope in before.scopes
        for serial in _covered(scope)
    )
