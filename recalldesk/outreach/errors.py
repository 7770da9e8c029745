"""What goes wrong when somebody asks to be told."""

from enum import StrEnum


class ContactProblemKind(StrEnum):
    """Why a contact cannot be taken; the pages say it in the owner's language."""

    EMPTY = "empty"
    NOT_A_CONTACT = "not_a_contact"
    NO_SUCH_RECALL = "no_such_recall"


class ContactProblem(Exception):
    """The contact cannot be taken; `kind` says why."""

    def __init__(self, kind: ContactProblemKind) -> None:
        super().__init__(kind.value)
        self.kind = kind
