"""What goes wrong with partners and their stock. Pages say it in the partner's language."""

from enum import StrEnum

from recalldesk.foundation.problem import Problem


class PartnerRefused(Problem):
    """A partner cannot be entered or changed as asked; nothing was changed. `field`: which part of
    it is wrong, empty where it is none of them."""

    def __init__(self, message: str, hint: str, field: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class PartnerLinkNotGood(Problem):
    """The link opens nothing. `can_renew`: its time is over, so that a new one may be mailed."""

    def __init__(self, *, can_renew: bool) -> None:
        super().__init__("This link opens nothing.", "Ask for a new one.")
        self.can_renew = can_renew


class StockProblem(StrEnum):
    """Why something that is told of stock is not taken."""

    NOT_YOURS = "not_yours"
    NOT_PUBLISHED = "not_published"
    NOT_A_PRODUCT = "not_a_product"
    WHICH_PRODUCT = "which_product"
    WHICH_KIND = "which_kind"
    NO_UNITS = "no_units"
    MORE_APART = "more_apart"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    NOWHERE_TO_RETURN = "nowhere_to_return"
    NO_NAME = "no_name"
    NO_PLACE = "no_place"
    NO_REASON = "no_reason"
    NOT_THERE = "not_there"
    DEADLINE_PAST = "deadline_past"
    SENT_OTHERWISE = "sent_otherwise"


_SAID: dict[StockProblem, tuple[str, str]] = {
    StockProblem.NOT_YOURS: (
        "This is of another partner.",
        "A partner tells of its own stock only.",
    ),
    StockProblem.NOT_PUBLISHED: (
        "The recall is not published.",
        "Partners are told, and tell, of a recall that is.",
    ),
    StockProblem.NOT_A_PRODUCT: (
        "The recall has no such product.",
        "Name one of its products by its key.",
    ),
    StockProblem.WHICH_PRODUCT: (
        "The recall has several products.",
        "Say of which of them these units are.",
    ),
    StockProblem.WHICH_KIND: (
        "It is not said what became of the units.",
        "Say returned or destroyed, on hand or quarantined.",
    ),
    StockProblem.NO_UNITS: (
        "There is no whole number of units.",
        "Counts are whole numbers from 0 on, what was returned or destroyed from 1 on.",
    ),
    StockProblem.MORE_APART: (
        "More are kept apart than are on hand.",
        "On hand is all that the partner still has, and those kept apart are a part of them.",
    ),
    StockProblem.NO_DAY: (
        "There is no such day, or it lies ahead.",
        "Write a day up to today, such as 2026-11-04.",
    ),
    StockProblem.TOO_LONG: ("A text is too long.", "Shorten it."),
    StockProblem.NOWHERE_TO_RETURN: (
        "The manufacturer has nobody to return units to.",
        "Tell what was destroyed.",
    ),
    StockProblem.NO_NAME: (
        "Nobody is named who confirms it.",
        "Write the name of whoever confirms it for the partner.",
    ),
    StockProblem.NO_PLACE: (
        "No place is named.",
        "Write where the notice hangs.",
    ),
    StockProblem.NO_REASON: ("No reason is given.", "Say why it is taken back."),
    StockProblem.NOT_THERE: (
        "There is no such row.",
        "The page Stock shows their numbers.",
    ),
    StockProblem.DEADLINE_PAST: (
        "The day by which to answer lies in the past.",
        "Name today or a later day.",
    ),
    StockProblem.SENT_OTHERWISE: (
        "The same form was sent before and said something else.",
        "Load the page again, and send it once more.",
    ),
}


class StockRefused(Problem):
    """Something that is told of stock is not taken; nothing was changed. `kind` says why, `field`
    of which field."""

    def __init__(self, kind: StockProblem, field: str = "") -> None:
        super().__init__(*_SAID[kind])
        self.kind = kind
        self.field = field
