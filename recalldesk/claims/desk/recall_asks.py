"""What a recall asks of its desk: why a claim may be declined, and when two people decide."""

from dataclasses import dataclass
from decimal import Decimal

from recalldesk.recalls import wording
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.decline_reasons import decline_reasons as reasons_of


@dataclass(frozen=True)
class DeclineReason:
    """One reason of a recall. `title` is for the desk, `text` is told to the owner."""

    key: str
    title: str
    text: str


def decline_reasons(document: Document, language: str) -> tuple[DeclineReason, ...]:
    """The reasons why a claim of this recall may be declined, in a language."""
    return tuple(
        DeclineReason(
            each.key,
            wording.said(each.title, document, language),
            wording.said(each.text, document, language),
        )
        for each in reasons_of(document)
    )


def decline_reason(document: Document, key: str, language: str) -> DeclineReason | None:
    """One of them, or None."""
    return next((each for each in decline_reasons(document, language) if each.key == key), None)


def is_over(document: Document, amount: Decimal, currency: str) -> bool:
    """Whether a remedy of this value needs two people. Another currency than the limit's does: the
    two cannot be compared."""
    limit = document.review.second_person_over
    return limit is not None and (currency != limit.currency or amount > limit.amount)
