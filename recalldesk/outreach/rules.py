"""When a contact point is at rest: no reminder goes to it any more.

Guarantees, as pure rules over frozen values: a contact never rests while fewer units are answered
for than were bought under it; that two purchasers are found to be one person, or that a claim is
tied to one more of them, never silences a contact by itself.

`resting` asks the database the same; a test holds the two against each other.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Bought = Mapping[int, Mapping[int, int]]
"""Of each purchaser, the units of each purchase that names them."""


@dataclass(frozen=True)
class Claimed:
    """A filing, with the purchasers to whom it is tied: how many of its claims stand, and of these
    how many are of units that are not at hand any more. `serials`: of those that say one."""

    by: frozenset[int]
    claims: int
    gone: int = 0
    serials: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answered:
    """What was answered by one contact, with the purchasers who have it. `done_already`: units of
    which somebody did what the recall asks; `got_rid_of`: sold, given away, thrown away; `erased`:
    of which a claim was tied to all of these purchasers, and was erased."""

    by: frozenset[int]
    done_already: int = 0
    got_rid_of: int = 0
    erased: int = 0


@dataclass(frozen=True)
class Corrected:
    """What shops report to have corrected of one order, with the purchases that stand in it.
    `units`: all that were ever bought in it, also those that came back or left the recall;
    `serials`: of those that are named; `in_a_row`: the most that one row without a serial speaks
    of: two such rows may be of the same unit."""

    purchases: frozenset[int]
    units: int
    serials: frozenset[str] = frozenset()
    in_a_row: int = 0

    def of(self, ours: Mapping[int, int], claimed: frozenset[str]) -> tuple[int, int]:
        """Of how many units of these purchases it speaks at least; and of how many by a serial that
        is in no claim. It may speak of every other unit of the order first."""
        others = self.units - sum(ours.get(each, 0) for each in self.purchases)
        said = max(len(self.serials), self.in_a_row), len(self.serials - claimed)
        whole, apart = (max(0, min(each, self.units) - others) for each in said)
        return whole, apart


def is_at_rest(
    holders: Collection[int],
    bought: Bought,
    claimed: Collection[Claimed],
    answered: Collection[Answered],
    corrected: Collection[Corrected] = (),
    *,
    passed_on: int = 0,
) -> bool:
    """Whether a contact rests that these purchasers have. `passed_on`: units of others of which
    they were named as the new owner.

    What is claimed or answered may be of any unit of all to whom it is tied: so it has to be as
    many units as all of them bought together."""
    kin = set(holders) | _named_beside(holders, bought)
    filings = [each for each in claimed if each.by & kin]
    answers = [each for each in answered if each.by & kin]
    parties = kin.union(*(each.by for each in filings), *(each.by for each in answers))
    purchases = _purchases(parties, bought)
    are_apart = _are_apart([each.by for each in answers], bought)
    erased = _together([each.erased for each in answers], are_apart)
    claims = sum(each.claims for each in filings) + erased
    spoken_of = units_answered_for(
        claims=claims,
        # Of what was erased nobody knows any more whether the unit was gone: perhaps it was.
        gone=sum(each.gone for each in filings) + erased,
        done_already=_together([each.done_already for each in answers], are_apart),
        got_rid_of=_together([each.got_rid_of for each in answers], are_apart),
    )
    serials = frozenset().union(*(each.serials for each in filings))
    nameless = claims - sum(len(each.serials) for each in filings)
    told = [each.of(purchases, serials) for each in corrected]
    by_shops = units_corrected(
        named=len(serials),
        nameless=nameless,
        whole=sum(whole for whole, _ in told),
        apart=sum(apart for _, apart in told),
    )
    bought_by_them = sum(purchases.values())
    return bought_by_them > 0 and bought_by_them + passed_on <= max(spoken_of, by_shops)


def units_corrected(*, named: int, nameless: int, whole: int, apart: int) -> int:
    """Of how many different units claims and corrections speak at least. A claim without a serial
    may be of any unit that was corrected; one with a serial is not of one with another."""
    return max(whole, named + max(nameless, apart))


def units_answered_for(*, claims: int, gone: int, done_already: int, got_rid_of: int) -> int:
    """Of how many different units these speak at least. Who answers "done already" speaks of units
    that were claimed, as far as there are such; who claims a unit that is gone may have answered
    that it is."""
    return max(claims, done_already) + max(0, got_rid_of - gone)


def _together(units: Collection[int], are_apart: bool) -> int:
    """Answers by two contacts under which the same purchase stands may be of the same unit."""
    return sum(units) if are_apart else max(units, default=0)


def _are_apart(groups: Collection[frozenset[int]], bought: Bought) -> bool:
    each = [set(_purchases(group, bought)) for group in groups]
    return sum(map(len, each)) == len(set().union(*each))


def _named_beside(holders: Collection[int], bought: Bought) -> set[int]:
    """Other names of the same buyers: those that files name for a purchase of theirs."""
    theirs = set(_purchases(holders, bought))
    return {purchaser for purchaser, purchases in bought.items() if theirs & set(purchases)}


def _purchases(purchasers: Collection[int], bought: Bought) -> dict[int, int]:
    return {key: units for each in purchasers for key, units in bought.get(each, {}).items()}
