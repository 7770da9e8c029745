"""What goes wrong when somebody asks to be told."""

from enum import StrEnum

from recalldesk.foundation.problem import Problem


class ContactProblemKind(StrEnum):
    """Why a contact cannot be taken; the pages say it in the owner's language."""

    EMPTY = "empty"
    NOT_A_CONTACT = "not_a_contact"
    NO_SUCH_RECALL = "no_such_recall"


WORDS = {
    ContactProblemKind.EMPTY: (
        "No contact is given.",
        "Give an e-mail address or a phone number.",
    ),
    ContactProblemKind.NOT_A_CONTACT: (
        "This is neither an e-mail address nor a phone number.",
        "Write name@example.org, or +1 202 555 0100.",
    ),
    ContactProblemKind.NO_SUCH_RECALL: (
        "There is no such recall.",
        "Ask from the page of a published recall.",
    ),
}


class ContactProblem(Problem):
    """The contact cannot be taken; `kind` says why."""

    def __init__(self, kind: ContactProblemKind) -> None:
        super().__init__(*WORDS[kind])
        self.kind = kind


class NoSuchNotice(Problem):
    """There is no notice of that number in the wave."""
