"""What is wrong with a file, and what the linter found, as a form's page says it."""

from collections.abc import Iterable

from recalldesk.recalls.editing.page import Remark
from recalldesk.recalls.errors import FileProblem
from recalldesk.recalls.lint.findings import Finding, Severity

VERBS = frozenset(
    {"is", "must", "has", "names", "holds", "says", "needs", "hands", "belongs", "refers", "lacks"}
)
OF_THE_PAGE = (
    ("which [figures] does not define", "which is not among the figures"),
    ("put it into [figures] and name it", "add it to the figures and name it"),
    (" in quotes", ""),
    (", without quotes", ""),
    ("must be true or false", "must be yes or no"),
    ("must be a list in square brackets", "must be a list"),
)


def in_a_sentence(message: str) -> str:
    """The end of a sentence that begins with the field's name, as one that stands at the field."""
    for of_file, of_page in OF_THE_PAGE:
        message = message.replace(of_file, of_page)
    first = message.split(" ", 1)[0]
    begun = f"It {message}" if first in VERBS else message[:1].upper() + message[1:]
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."


def remarks_of(problems: Iterable[FileProblem], findings: Iterable[Finding]) -> list[Remark]:
    """All of them, each at its path."""
    wrong = [Remark(each.path, in_a_sentence(each.message)) for each in problems]
    found = [
        Remark(
            each.path,
            in_a_sentence(each.message),
            rule=each.rule,
            is_error=each.severity is Severity.ERROR,
            todo=each.todo,
        )
        for each in findings
    ]
    return [*wrong, *found]
