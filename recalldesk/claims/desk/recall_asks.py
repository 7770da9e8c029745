"""What a recall asks of its desk: why a claim may be declined, and when two people decide.

The one place that knows the recall file's `[review]`; a recall that says nothing has the reasons
below, and no value over which two people are asked.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from recalldesk.recalls import wording
from recalldesk.recalls.document import Document


@dataclass(frozen=True)
class DeclineReason:
    """One reason of a recall. `title` is for the desk, `text` is told to the owner."""

    key: str
    title: str
    text: str


def decline_reasons(document: Document, language: str) -> tuple[DeclineReason, ...]:
    """The reasons why a claim of this recall may be declined, in a language."""
    listed: tuple[Any, ...] = getattr(_review(document), "decline_reasons", ())
    if not listed:
        return _built_in(language)
    return tuple(
        DeclineReason(
            each.key,
            wording.in_language(each.title, language)[0],
            wording.in_language(each.text, language)[0],
        )
        for each in listed
    )


def decline_reason(document: Document, key: str, language: str) -> DeclineReason | None:
    """One of them, or None."""
    return next((each for each in decline_reasons(document, language) if each.key == key), None)


def is_over(document: Document, amount: Decimal, currency: str) -> bool:
    """Whether a remedy of this value needs two people. Another currency than the limit's does: the
    two cannot be compared."""
    limit: Any = getattr(_review(document), "second_person_over", None)
    return limit is not None and (currency != limit.currency or amount > limit.amount)


def _review(document: Document) -> Any:
    return getattr(document, "review", None)


def _built_in(language: str) -> tuple[DeclineReason, ...]:
    with override(language):
        return (
            DeclineReason(
                "not-recalled",
                gettext("The serial is in no scope of this recall"),
                gettext(
                    "The serial number of your claim is not in this recall. If the label reads "
                    "otherwise, send us a photo of it and ask another person to look."
                ),
            ),
            DeclineReason(
                "no-answer",
                gettext("No answer to what we asked for"),
                gettext(
                    "We asked you for something that we need to decide, and it did not come. Send "
                    "it now and ask another person to look."
                ),
            ),
            DeclineReason(
                "other",
                gettext("Another reason"),
                gettext("We cannot approve your claim. Why stands in our message."),
            ),
        )
