"""How sure a match is, and why, in one place: the word that is kept, and its words for people."""

from enum import StrEnum


class Strength(StrEnum):
    """How sure it is that a line is of an affected product."""

    STRONG = "strong"
    WEAK = "weak"


class MatchReason(StrEnum):
    """Why a line is a match, a doubtful one, or outside. Each word has at most 24 characters."""

    SERIAL = "serial"
    IDENTIFIER = "identifier"
    OTHER_CHANNEL = "other_channel"
    LIKE_NUMBER = "like_number"
    TITLE_ONLY = "title_only"
    SERIAL_SLIP = "serial_slip"
    SERIAL_NOT_LISTED = "serial_not_listed"
    NEAR_WINDOW = "near_window"
    DATE_UNKNOWN = "date_unknown"
    WINDOW_UNKNOWN = "window_unknown"
    COUNTRY_UNKNOWN = "country_unknown"
    NOT_SENT = "not_sent"
    SAME_ORDER = "same_order"
    SEVERAL_PRODUCTS = "several_products"
    NEVER_SENT = "never_sent"
    OUT_OF_WINDOW = "out_of_window"
    OTHER_COUNTRY = "other_country"

    @property
    def words(self) -> str:
        """The end of the sentence "This line …"."""
        return WORDS[self]

    @property
    def is_doubt(self) -> bool:
        """Whether it alone makes a match weak."""
        return self in DOUBTS

    @property
    def is_outside(self) -> bool:
        """Whether such a line is no match."""
        return self in OUTSIDE


OUTSIDE = frozenset({MatchReason.NEVER_SENT, MatchReason.OUT_OF_WINDOW, MatchReason.OTHER_COUNTRY})
DOUBTS = frozenset(
    {
        MatchReason.OTHER_CHANNEL,
        MatchReason.LIKE_NUMBER,
        MatchReason.TITLE_ONLY,
        MatchReason.SERIAL_SLIP,
        MatchReason.SERIAL_NOT_LISTED,
        MatchReason.NEAR_WINDOW,
        MatchReason.DATE_UNKNOWN,
        MatchReason.WINDOW_UNKNOWN,
        MatchReason.COUNTRY_UNKNOWN,
        MatchReason.NOT_SENT,
        MatchReason.SAME_ORDER,
    }
)

WORDS = {
    MatchReason.SERIAL: "names a serial number that is in the recall",
    MatchReason.IDENTIFIER: "names a number of the product",
    MatchReason.OTHER_CHANNEL: "names a number that the product has in another shop",
    MatchReason.LIKE_NUMBER: "names a longer number that holds one of the product, or names it in"
    " the title",
    MatchReason.TITLE_ONLY: "has a title like the product's, and none of its numbers",
    MatchReason.SERIAL_SLIP: "names a serial number that is not in the recall's lists, as written,"
    " and differs by a slip from one that is",
    MatchReason.SERIAL_NOT_LISTED: "names a serial number that is not in the recall's lists, as"
    " written",
    MatchReason.NEAR_WINDOW: "was ordered within 30 days before or after the product was sold",
    MatchReason.DATE_UNKNOWN: "does not say when it was ordered",
    MatchReason.WINDOW_UNKNOWN: "is of a product of which the recall does not say when it was sold",
    MatchReason.COUNTRY_UNKNOWN: "does not say in which country the buyer is",
    MatchReason.NOT_SENT: "was not sent yet when the shop wrote the file",
    MatchReason.SAME_ORDER: "names nobody: its buyer is known by the order's number alone, from"
    " another file",
    MatchReason.SEVERAL_PRODUCTS: "may be of more than one product of the recall",
    MatchReason.NEVER_SENT: "was cancelled, or is of no unit: nothing was sent",
    MatchReason.OUT_OF_WINDOW: "was ordered more than 30 days before or after the product was sold",
    MatchReason.OTHER_COUNTRY: "is of a country where the product was not sold",
}
