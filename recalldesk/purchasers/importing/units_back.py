"""What a file takes back of the units that were bought.

Guarantee: a file that would take back much of all units, as one of orders that is read as returns
would, is not taken in before somebody has said that it is meant.
"""

from dataclasses import dataclass
from typing import Self

from django.db.models import Sum

from recalldesk.purchasers.errors import TooManyBack
from recalldesk.purchasers.models import Purchase

FEW = 10
"""Units back that are taken without a word, whatever part of all they are."""
SHARE = 0.2
"""Of all units that were bought: what a single file takes back beyond it is asked about."""


@dataclass(frozen=True)
class Bought:
    """Units of a recall's purchases, and how many of them came back."""

    units: int
    back: int

    @classmethod
    def of(cls, recall_id: int) -> Self:
        """As it stands now."""
        rows = Purchase.objects.filter(recall=recall_id, unmatched_at=None)
        found = rows.aggregate(units=Sum("units", default=0), back=Sum("units_back", default=0))
        return cls(**found)


@dataclass(frozen=True)
class TakenOff:
    """What one file changes: `units` that it takes back of the `bought` ones of all files."""

    units: int
    bought: int

    @classmethod
    def between(cls, before: Bought, after: Bought) -> Self:
        """Of what stood before and stands after it."""
        return cls(max(0, after.back - before.back), after.units)

    def of(self, units_back: int, of_none: int) -> tuple[tuple[int, str], ...]:
        """The units back of one file, each once: how many, and what becomes of them. `of_none`:
        those of orders that no order file names as affected."""
        known = max(0, units_back - self.units - of_none)
        return tuple(
            (count, words)
            for count, words in (
                (self.units, "newly taken off the units that were bought"),
                (of_none, "of orders that no order file names as affected"),
                (known, "counted before, more than were bought, or of an order of several shops"),
            )
            if count
        )

    @property
    def is_much(self) -> bool:
        """Whether somebody has to say that it is meant."""
        return self.units > FEW and self.units > SHARE * self.bought

    def refuse_much(self) -> None:
        """Raises TooManyBack."""
        if self.is_much:
            raise TooManyBack(units=self.units, bought=self.bought)
