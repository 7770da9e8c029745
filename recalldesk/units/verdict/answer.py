"""The words of an answer: the verdict, why, and what it rests on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """The four answers. Nobody is ever told "safe"."""

    AFFECTED = "affected"
    LOOK_AGAIN = "look_again"
    ASK_A_PERSON = "ask_a_person"
    NOT_AFFECTED = "not_affected"

    # As the text that it is; an enum's own goes through Python at every look into a table.
    __hash__ = str.__hash__


SEVERITY = tuple(Verdict)
"""From the answer that overrides every other one to the one that needs all to agree."""


class Why(StrEnum):
    """What the verdict rests on; it chooses the words, never the verdict."""

    IN_SCOPE = "in_scope"
    LOOK_ALIKE = "look_alike"
    SLIP = "slip"
    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    WRONG_FORM = "wrong_form"
    OTHER_FORM = "other_form"
    SISTER_PRODUCT = "sister_product"
    UNKNOWN_MODEL = "unknown_model"
    NOT_MADE = "not_made"
    LIST_IN_DOUBT = "list_in_doubt"
    SAME_AGAIN = "same_again"
    STILL_IN_DOUBT = "still_in_doubt"
    OUT_OF_SCOPE = "out_of_scope"
    SCANNED = "scanned"
    PHOTOGRAPHED = "photographed"
    READS_OTHERWISE = "reads_otherwise"
    UNCLEAR_PHOTO = "unclear_photo"
    UNREADABLE_PHOTO = "unreadable_photo"


class RecallAnswer(NamedTuple):
    """What one recall says, and by which version."""

    recall: str
    version: int
    verdict: Verdict


@dataclass(slots=True)
class Answer:
    """The answer to one check.

    `look_at` counts places from 1 in `read_as`, the normalised text, and is empty unless look-alike
    characters are the only doubt. `named` is the name of the product or the number that the text
    seems to be, by language, where `why` says so. `second_look` is the token for the next attempt,
    or empty. `second` is the one in which it was checked, counted from 1970. Nobody changes one;
    it is not frozen because making it would then cost three times as much.
    """

    verdict: Verdict
    why: Why
    recalls: tuple[RecallAnswer, ...]
    read_as: str
    look_at: tuple[int, ...]
    named: dict[str, str]
    second_look: str
    second: int

    @property
    def checked_at(self) -> datetime:
        """The moment of the check, to the second."""
        return datetime.fromtimestamp(self.second, UTC)
