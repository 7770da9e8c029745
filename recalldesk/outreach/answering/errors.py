"""What goes wrong when somebody answers a notice. Pages say it in the owner's language."""

from enum import StrEnum

from recalldesk.foundation.problem import Problem


class AnswerFault(StrEnum):
    """Why an answer cannot be taken."""

    NOT_SO_MANY = "not_so_many"
    NO_CONTACT = "no_contact"
    NOT_A_CONTACT = "not_a_contact"
    TOO_LONG = "too_long"
    TOO_MANY_OWNERS = "too_many_owners"
    TAKEN_BACK = "taken_back"


WORDS = {
    AnswerFault.NOT_SO_MANY: (
        "The notice does not speak of so many units.",
        "Give a number from 1 to that of the units bought.",
    ),
    AnswerFault.NO_CONTACT: (
        "A name alone reaches nobody.",
        "Give an e-mail address or a phone number, or leave both empty.",
    ),
    AnswerFault.NOT_A_CONTACT: (
        "This is neither an e-mail address nor a phone number.",
        "Write name@example.org, or +1 202 555 0100.",
    ),
    AnswerFault.TOO_LONG: ("The name is too long.", "Write it shorter."),
    AnswerFault.TOO_MANY_OWNERS: (
        "As many new owners are named as there may be.",
        "Write to the desk, which tells the others.",
    ),
    AnswerFault.TAKEN_BACK: ("This answer was taken back.", "Give it again."),
}


class AnswerRefused(Problem):
    """The answer cannot be taken; `fault` says why. Nothing was changed."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(*WORDS[fault])
        self.fault = fault
