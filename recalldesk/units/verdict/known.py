"""What is known when a serial is judged: live versions, their scopes and products."""

from dataclasses import dataclass
from functools import cached_property

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.foundation.serial_pattern import Places, matches
from recalldesk.units.verdict.answer import RecallAnswer, Verdict
from recalldesk.units.verdict.rejected import NO_LINES, RejectedLines
from recalldesk.units.verdict.scope import Described, Holds, Scope


@dataclass(frozen=True)
class Made:
    """All serials made of some products."""

    listed: Holds | None
    described: Described

    def holds(self, folded: str) -> bool:
        """Whether the firm made a unit with this serial."""
        listed = self.listed is not None and self.listed.holds(folded)
        return listed or self.described.holds(folded)


@dataclass(frozen=True)
class KnownProduct:
    """A product of a live version, as far as a check needs it."""

    key: str
    model: str
    also_called: tuple[str, ...]
    name: dict[str, str]
    prefix: str
    form: SerialForm
    made: Made | None
    not_the_serial: tuple[tuple[dict[str, str], tuple[Places, ...]], ...]

    def fits(self, normalised: str) -> bool:
        """Whether the text has the form of this product's serials."""
        return self.form.is_well_formed(self.form.fold(normalised))

    def may_be_made(self, normalised: str) -> bool:
        """False where the firm has the list of all serials made and this is none of them."""
        return self.made is None or self.made.holds(self.form.fold(normalised))

    def other_number(self, normalised: str) -> dict[str, str] | None:
        """The name, by language, of the number that the text is where it is not a serial."""
        for name, patterns in self.not_the_serial:
            if any(matches(places, normalised) for places in patterns):
                return name
        return None


@dataclass(frozen=True)
class KnownVersion:
    """All that a check asks of one live version.

    `rejected` lines are not settled: one may name a unit of `products_in_doubt`, or of a product of
    another recall whose form it has. `index_name` is the folder that it was opened from.
    """

    recall: str
    version: int
    scopes: tuple[Scope, ...]
    products: tuple[KnownProduct, ...]
    products_in_doubt: frozenset[str] = frozenset()
    rejected: RejectedLines = NO_LINES
    index_name: str = ""

    @cached_property
    def covers_it(self) -> RecallAnswer:
        """What it says of a serial that it covers."""
        return RecallAnswer(self.recall, self.version, Verdict.AFFECTED)

    def is_in_doubt(self, product: KnownProduct) -> bool:
        """Whether the product's scope may lack a serial that a file held."""
        return product.key in self.products_in_doubt
