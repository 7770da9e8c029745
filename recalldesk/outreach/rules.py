"""When a contact point is at rest: no reminder goes to it any more.

Guarantees, as pure rules over frozen values: a contact never rests while fewer units are answered
for than were bought under it; that two purchasers are found to be one person, or that a claim is
tied to one more of them, never silences a contact by itself.

`resting` asks the database the same; a test holds the two against each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """For how many units somebody spoke: a filing or an answer, and of whom it is known to be.

    `claimed`: claims that stand, of which `gone`: of units that are not at hand any more;
    `done_already`, `got_rid_of`: units of answers; `by`: purchasers whom it is tied to."""

    by: frozenset[int]
    claimed: int = 0
    gone: int = 0
    done_already: int = 0
    got_rid_of: int = 0


def units_answered_for(*, claimed: int, gone: int, done_already: int, got_rid_of: int) -> int:
    """Of how many different units these speak at least. Who answers "done already" speaks of units
    that were claimed, as far as there are such; who claims a unit that is gone may have answered
    that it is."""
    return max(claimed, done_already) + max(0, got_rid_of - gone)


def is_at_rest(
    holders: Collection[int], spoken: Collection[Spoken], bought: Mapping[int, Mapping[int, int]]
) -> bool:
    """Whether a contact rests. `holders`: the purchasers who have it; `bought`: of each purchaser
    the units of each purchase that names them.

    What is spoken for may be of any of those to whom it is tied: so as many units count as bought
    as all of them bought together."""
    theirs = [each for each in spoken if each.by & set(holders)]
    parties = set(holders).union(*(each.by for each in theirs))
    purchases = {key: units for each in parties for key, units in bought.get(each, {}).items()}
    units = sum(purchases.values())
    return (
        0
        < units
        <= units_answered_for(
            claimed=sum(each.claimed for each in theirs),
            gone=sum(each.gone for each in theirs),
            done_already=sum(each.done_already for each in theirs),
            got_rid_of=sum(each.got_rid_of for each in theirs),
        )
    )
