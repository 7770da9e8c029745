"""The words of the pages of purchasers: channels, why a line matches, what two records share.

Guarantee: nothing of a person is in them; a word that is not known here is shown as it stands.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from recalldesk.matching.files.reasons import WORDS as REJECTS
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.matching.people.said import REASONS as SHARES
from recalldesk.purchasers.states import (
    Channel,
    ContactKind,
    FileKind,
    QuestionSource,
    QuestionState,
    Strength,
)

CHANNELS: Mapping[Channel, str] = {
    Channel.AMAZON: "Amazon",
    Channel.EBAY: "eBay",
    Channel.NEWEGG: "Newegg",
    Channel.SHOPIFY: "Shopify",
    Channel.GENERIC: "another shop",
}
KINDS: Mapping[FileKind, str] = {
    FileKind.ORDERS: "orders",
    FileKind.REGISTRATIONS: "registrations",
    FileKind.RETURNS: "units that came back",
}
STRENGTHS: Mapping[Strength, str] = {Strength.STRONG: "strong", Strength.WEAK: "weak"}
CONTACTS: Mapping[ContactKind, str] = {
    ContactKind.EMAIL: "e-mail",
    ContactKind.ALIAS: "shop’s alias",
    ContactKind.PHONE: "phone",
    ContactKind.ADDRESS: "address",
}
MATCHES: Mapping[MatchReason, str] = {
    MatchReason.SERIAL: "its serial is in the recall",
    MatchReason.IDENTIFIER: "the product’s own number",
    MatchReason.OTHER_CHANNEL: "a number of another shop",
    MatchReason.LIKE_NUMBER: "a longer number that holds the product’s, or its number in the title",
    MatchReason.TITLE_ONLY: "by its title only",
    MatchReason.SERIAL_SLIP: "its serial differs by a slip from one in the recall",
    MatchReason.SERIAL_NOT_LISTED: "its serial stands in no list, as written",
    MatchReason.NEAR_WINDOW: "within 30 days of the time of sale",
    MatchReason.DATE_UNKNOWN: "day not said",
    MatchReason.WINDOW_UNKNOWN: "time of sale not known",
    MatchReason.COUNTRY_UNKNOWN: "country not said",
    MatchReason.NOT_SENT: "not sent yet, as the file says",
    MatchReason.SAME_ORDER: "its buyer by the order’s number alone",
    MatchReason.SEVERAL_PRODUCTS: "may be of several products",
    MatchReason.NEVER_SENT: "nothing was sent",
    MatchReason.OUT_OF_WINDOW: "out of the time of sale",
    MatchReason.OTHER_COUNTRY: "not sold in that country",
}
SOURCES: Mapping[QuestionSource, str] = {
    QuestionSource.RULE: "the rules were in doubt",
    QuestionSource.REVIEW: "the review finds it likely",
}
SETTLED: Mapping[QuestionState, str] = {
    QuestionState.OPEN: "not settled",
    QuestionState.ONE: "one person",
    QuestionState.TWO: "two persons",
}
WHAT_TO_ASK: tuple[tuple[str, str], ...] = (
    (
        "Amazon",
        "“All orders”, tab-separated (every order, no name), and “New orders” (names, phone, the "
        "alias of the e-mail address): the order number brings them together.",
    ),
    ("eBay", "The orders report of Seller Hub: all orders, 90 days at a time."),
    ("Newegg", "The order list, as CSV, with item and customer columns."),
    ("Shopify", "“Export orders”, all of them, as plain CSV: orders_export.csv."),
    (
        "Any other shop",
        "Its list of orders with order number, product number, day, units and contact, in any "
        "headings; a small mapping file says which heading is which.",
    ),
    (
        "A warehouse",
        "Where one ships for a shop: its list of parcels, with the shop’s order number, name and "
        "address. It gives Amazon’s nameless orders a buyer.",
    ),
    ("Registrations", "Your own list of registered units and warranties: with serial and contact."),
    (
        "Returns",
        "The shop’s or the warehouse’s list of units that came back, with order number and "
        "article.",
    ),
    (
        "Of each",
        "The whole time of sale and 30 days more on both sides, with orders that were cancelled or "
        "refunded, as the shop’s system exports it.",
    ),
)
"""What a firm asks each shop for."""


def channel_in_words(channel: Channel, shop: str) -> str:
    """A channel; another shop by the name that its mapping file gives it."""
    return f"{shop} ({CHANNELS[channel]})" if shop else CHANNELS[channel]


def matches_in_words(reasons: Iterable[str]) -> str:
    """Why a line is a match."""
    return ", ".join(_word(MATCHES, each) for each in reasons)


def shares_in_words(reasons: Iterable[str]) -> str:
    """What two records share."""
    return ", ".join(_word(SHARES, each) for each in reasons)


def reject_in_words(reason: str) -> str:
    """Why a line was not taken."""
    return _word(REJECTS, reason)


def _word(words: Mapping[Any, str], text: str) -> str:
    known = {str(each): said for each, said in words.items()}
    return known.get(text, text.replace("_", " "))
