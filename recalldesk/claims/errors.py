"""What goes wrong when somebody files or follows a claim. Pages say it in the owner's language."""

from collections.abc import Sequence
from enum import StrEnum

from recalldesk.foundation.problem import Problem


class FieldProblem(StrEnum):
    """What is wrong with one field."""

    MISSING = "missing"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    NO_WAY_TO_REACH = "no_way_to_reach"
    NO_EMAIL_FOR_REMEDY = "no_email_for_remedy"
    NOT_OFFERED = "not_offered"
    UNKNOWN_COUNTRY = "unknown_country"
    NOT_A_POSTAL_CODE = "not_a_postal_code"
    NOT_AN_AREA = "not_an_area"
    NOT_AN_IBAN = "not_an_iban"
    NOT_A_ROUTING_NUMBER = "not_a_routing_number"
    NOT_AN_ACCOUNT = "not_an_account"
    NOT_A_REFERENCE = "not_a_reference"
    NOT_A_DAY = "not_a_day"
    NOT_AN_AMOUNT = "not_an_amount"
    NOTHING_TOLD = "nothing_told"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"


class FieldsRefused(Problem):
    """Some fields cannot be taken; `fields` says which and why. Nothing was changed."""

    def __init__(self, fields: dict[str, FieldProblem]) -> None:
        super().__init__("Some fields cannot be taken.", "Look at each that is named.")
        self.fields = fields


class NotComplete(Problem):
    """The filing cannot be filed yet; `missing` names the steps, in their order."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__("Something is still missing.", "Go through the steps that are named.")
        self.missing = tuple(missing)


class AlreadyFiled(Problem):
    """The filing was filed meanwhile, and is no draft any more."""

    def __init__(self) -> None:
        super().__init__("This claim was sent already.", "Look at its status.")


class NotPossibleNow(Problem):
    """The claim stands where this cannot be done any more."""

    def __init__(self) -> None:
        super().__init__("This cannot be done any more.", "Write to the desk.")


class LinkNotGood(Problem):
    """The link is not ours, or its time is over. `can_renew`: a new one can be mailed for it."""

    def __init__(self, *, can_renew: bool) -> None:
        super().__init__("This link does not open anything any more.", "Have a new one mailed.")
        self.can_renew = can_renew


class CodeNotGood(Problem):
    """The code is not the one that was mailed, or its time is over."""

    def __init__(self) -> None:
        super().__init__("This is not the code.", "Type it again, or have a new one mailed.")


class TooManyUnits(Problem):
    """More units than one filing takes."""

    def __init__(self, most: int) -> None:
        super().__init__(f"One filing takes {most} units.", "Call or write to the desk.")
        self.most = most


class NoSuchClaim(Problem):
    """The desk named a claim that it cannot open."""


class NoReason(Problem):
    """The desk looks at a claim without saying why."""

    def __init__(self) -> None:
        super().__init__("A look at a claim needs a reason.", "Say with --reason why you look.")
