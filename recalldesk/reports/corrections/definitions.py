"""What is counted as corrected and as got rid of, in words. Pure.

Guarantee: the page, the exports and the documentation say a figure by these words and no others.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from recalldesk.recalls.document import Document


class Counted(StrEnum):
    """A figure, by its name in addresses."""

    CORRECTED = "corrected"
    BOTH = "both"
    DECIDED_FOR = "decided-for"
    CONFIRMED = "confirmed"
    PROVEN = "proven"
    PROOF_WAITS = "proof-waits"
    NO_SITE = "no-site"


@dataclass(frozen=True)
class Definition:
    """`title`: what it is called. `says`: what is counted."""

    title: str
    says: str


DEFINITIONS: Mapping[Counted, Definition] = {
    Counted.CORRECTED: Definition(
        "Units corrected",
        "Units repaired, replaced or refunded. A consumer's unit counts when its remedy reached "
        "its owner: delivered, paid, or its gift code shown. What shops and distributors report "
        "counts when their report is written here: consumers' units that they refunded, replaced "
        "or repaired, and stock that was returned, destroyed, repaired, replaced or refunded. "
        "Stock counts once, at the level at which it was when the recall began. A unit whose "
        "serial is known counts once, for whatever corrected it first; what comes back, bounces "
        "or was reported by mistake is taken off on the day on which that is known. Getting rid "
        "of a unit is counted apart.",
    ),
    Counted.BOTH: Definition(
        "Corrected here and reported",
        "Units with a remedy of ours that counts, of which somebody else reported by the serial "
        "that they corrected them too. Each counts once. A person looks whether it was paid twice.",
    ),
    Counted.DECIDED_FOR: Definition(
        "May be got rid of",
        "Claims that are approved now, or beyond: their owners are asked to get rid of the unit.",
    ),
    Counted.CONFIRMED: Definition(
        "Confirmed",
        "Claims whose owner said that the unit is got rid of, those proven among them.",
    ),
    Counted.PROVEN: Definition(
        "Proven by a photo",
        "Claims of which a photo of how the unit was got rid of was accepted, by the rule or by a "
        "person, as the recall says.",
    ),
    Counted.PROOF_WAITS: Definition(
        "Photos that a person looks at",
        "Claims whose photo of how the unit was got rid of waits for a person at this moment.",
    ),
    Counted.NO_SITE: Definition(
        "No place takes it",
        "Claims whose owner found no place near that takes the unit, and has not got rid of it "
        "since. No remedy waits for them.",
    ),
}
"""Every figure, in the order in which the page has them."""
GIFT_CARDS = {
    True: "A gift card counts as a refund.",
    False: "A gift card does not count: this recall says that it comes on top.",
    None: "A gift card counts as a refund, except in recalls that say that it comes on top.",
}
"""By whether gift cards count in the recalls that are asked about; None where they differ."""
AFFECTED = (
    "Affected: the units at each level when the recall began, as the recall file states them; a "
    "dash where it does not."
)
WHEN = (
    "A unit is of the day, of UTC, on which its row was written here, so that what was told of a "
    "past period never changes; the day that a shop says stands in the row."
)
"""What holds for all of them."""


def gift_cards_say(documents: Collection[Document]) -> str:
    """What is said of gift cards for these recalls."""
    said = {each.corrections.gift_card_counts for each in documents}
    return GIFT_CARDS[said.pop() if len(said) == 1 else None]
