"""What must outlive a restore: lines beside the database, in the journal of remedies, which says in
the `ready` of its AppConfig how they are written and read.

Guarantee: a line names nobody; free text in it is sealed.
"""

from collections.abc import Iterator, Mapping
from typing import Protocol

from recalldesk.keeping.errors import NotNoted

PLACED, LIFTED, TERM, EARLY = "hold_placed", "hold_lifted", "term_set", "erased_early"


class Journal(Protocol):
    """The journal."""

    def note(self, kind: str, entry: Mapping[str, str]) -> None:
        """Adds a line, on the disk before it returns. Raises OSError."""

    def lines(self, kind: str = "") -> Iterator[Mapping[str, str]]:
        """Every line of a kind, the oldest first."""


_journals: list[Journal] = []


def register_journal(journal: Journal) -> None:
    """Says which journal it is."""
    _journals[:] = [journal]


def note(kind: str, entry: Mapping[str, str]) -> None:
    """Adds a line. Raises NotNoted, after which what it tells of must not be done."""
    try:
        _journals[0].note(kind, entry)
    except OSError as error:
        raise NotNoted(
            "It cannot be written outside the database, so that a restore would not know it.",
            "Nothing was changed; `recalldesk doctor` says what is wrong with the journal.",
        ) from error


def lines(kind: str) -> Iterator[Mapping[str, str]]:
    """The lines of a kind."""
    return _journals[0].lines(kind)
