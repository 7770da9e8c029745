"""What is wrong with a file, and what the linter found, as a form's page says it."""

import re
from collections.abc import Iterable

from recalldesk.recalls.editing.labels import LABELS, PLURALS, label_of
from recalldesk.recalls.editing.page import Remark
from recalldesk.recalls.errors import FileProblem
from recalldesk.recalls.lint.findings import Finding, Severity
from recalldesk.recalls.toml_places import Path

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


WRITTEN_ELSEWHERE: dict[str, Path] = {"us-manufacturer": ("companies",)}
"""Where that is written of which a rule finds the lack at another place."""
BELOW: dict[str, str] = {"eu-contact": "phone_is_free"}
"""The field of an entry at which a rule's finding about the whole entry is mended."""
TABLE = re.compile(r"\[\[?([a-z_.]+)\]\]?")
FIELD = re.compile(r"`([a-z_.]+)([^`]*)`")


def on_the_page(todo: str, path: Path) -> str:
    """What to do, with the fields as the page calls them."""
    first = str(path[0]) if path else ""

    def called(name: str) -> str:
        known = [each for each in LABELS if each == name or each.endswith(f".{name}")]
        known.sort(key=lambda each: (each != name, not each.startswith(first), len(each)))
        return f"“{label_of(known[0]) if known else name}”"

    plain = TABLE.sub(lambda found: f"to “{PLURALS.get(found[1], label_of(found[1]))}”", todo)
    return FIELD.sub(lambda found: called(found[1]) + found[2], plain)


def _place_of(finding: Finding) -> Path:
    if finding.rule in BELOW:
        return (*finding.path, BELOW[finding.rule])
    return WRITTEN_ELSEWHERE.get(finding.rule, finding.path)


def remarks_of(problems: Iterable[FileProblem], findings: Iterable[Finding]) -> list[Remark]:
    """All of them, each at its path."""
    wrong = [Remark(each.path, in_a_sentence(each.message)) for each in problems]
    found = [
        Remark(
            _place_of(each),
            on_the_page(in_a_sentence(each.message), each.path),
            rule=each.rule,
            is_error=each.severity is Severity.ERROR,
            todo=on_the_page(each.todo, each.path),
        )
        for each in findings
    ]
    return [*wrong, *found]
