"""How sure a match is, as one number that engines can compare, and what the number says.

A score is rank, whether there are several products, product. A rank is strength, place, evidence:
of two ranks the less is the surer. A place is outside or not, country, day.
"""

from dataclasses import dataclass

from recalldesk.matching.matches.reasons import MatchReason, Strength
from recalldesk.matching.matches.tables import (
    BY_NUMBER,
    BY_NUMBER_ELSEWHERE,
    BY_NUMBER_WITHIN,
    BY_SERIAL,
    BY_SERIAL_SLIP,
    BY_TITLE,
)

OUTSIDE = 2
STRENGTH = 10_000
PLACE = 100
IN_WINDOW, NEAR, UNKNOWN_DAY, FAR, UNKNOWN_WINDOW = range(5)
UNKNOWN_COUNTRY, OTHER_COUNTRY = 1, 2

EVIDENCE = {
    BY_SERIAL: MatchReason.SERIAL,
    BY_NUMBER: MatchReason.IDENTIFIER,
    BY_NUMBER_ELSEWHERE: MatchReason.OTHER_CHANNEL,
    BY_NUMBER_WITHIN: MatchReason.LIKE_NUMBER,
    BY_TITLE: MatchReason.TITLE_ONLY,
    BY_SERIAL_SLIP: MatchReason.SERIAL_SLIP,
}
DAYS = {
    NEAR: MatchReason.NEAR_WINDOW,
    UNKNOWN_DAY: MatchReason.DATE_UNKNOWN,
    UNKNOWN_WINDOW: MatchReason.WINDOW_UNKNOWN,
    FAR: MatchReason.OUT_OF_WINDOW,
}
COUNTRIES = {
    UNKNOWN_COUNTRY: MatchReason.COUNTRY_UNKNOWN,
    OTHER_COUNTRY: MatchReason.OTHER_COUNTRY,
}


@dataclass(frozen=True)
class Row:
    """What the expression says of a line, besides the line itself."""

    score: int
    is_never_sent: bool
    is_not_sent: bool
    is_serial_not_listed: bool

    def product(self, products: int) -> int:
        """The number of the product, of so many."""
        return self.score % products

    def outside(self, products: int) -> MatchReason | None:
        """The one reason for which it is no match; nothing where it is one."""
        strength, day, country, _ = self._parts(products)
        if strength < OUTSIDE:
            return None
        if self.is_never_sent:
            return MatchReason.NEVER_SENT
        is_elsewhere = country == OTHER_COUNTRY
        return MatchReason.OTHER_COUNTRY if is_elsewhere else DAYS[day]

    def strength(self, products: int) -> Strength:
        """How sure it is, of a match."""
        return Strength.WEAK if self._parts(products)[0] else Strength.STRONG

    def reasons(self, products: int) -> tuple[MatchReason, ...]:
        """By what it is known, then what makes it doubtful."""
        _, day, country, evidence = self._parts(products)
        is_news = self.is_serial_not_listed and evidence != BY_SERIAL_SLIP
        said = (
            EVIDENCE[evidence],
            MatchReason.SERIAL_NOT_LISTED if is_news else None,
            DAYS.get(day),
            COUNTRIES.get(country),
            MatchReason.NOT_SENT if self.is_not_sent else None,
            MatchReason.SEVERAL_PRODUCTS if self.score // products % 2 else None,
        )
        return tuple(each for each in said if each)

    def _parts(self, products: int) -> tuple[int, int, int, int]:
        """Strength, day, country, evidence."""
        strength, rest = divmod(self.score // (2 * products), STRENGTH)
        place, evidence = divmod(rest, 10)
        country, day = divmod(place % PLACE, 10)
        return strength, day, country, evidence
