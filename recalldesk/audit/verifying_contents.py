"""Verifies what stands beside the log: notes, and what its rows speak of.

Guarantees: nothing is written; a note or a text that is erased counts as such only where a later
row of the log says of the same thing that something was erased.
"""

import hashlib

from recalldesk.audit.contents import (
    Text,
    contents,
    followed,
    never_logged,
    states_beside_the_log,
)
from recalldesk.audit.findings import Findings, Kind
from recalldesk.audit.saying import said
from recalldesk.audit.stored import StoredRow

UNSAID = "was erased, and no row of the log says so"


class Beside:
    """What is known so far of what stands beside sealed rows."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self.notes = self.erased_notes = self.contents = self.erased_texts = 0

    def look_at(self, row: StoredRow) -> None:
        """The next row that is what was sealed."""
        if row.note_id is not None:
            self._note(row)
        if row.content_digest is not None:
            self._content(row)

    def _note(self, row: StoredRow) -> None:
        if wrong := _wrong_with_note(row):
            self._add(Kind.NOTE_TOUCHED, f"The note of row {row.row_id:,} {wrong}.", row)
        elif row.note_is_erased:
            self.erased_notes += 1
        else:
            self.notes += 1

    def _content(self, row: StoredRow) -> None:
        subject, number = row.thing
        name, standing = f"{subject.capitalize()} {number:,}, of row {row.row_id:,},", row.content
        if standing is None:
            self._add(Kind.CONTENT_REMOVED, f"{name} is gone.", row)
        elif standing.digest != row.content_digest:
            self._add(Kind.CONTENT_TOUCHED, f"{name} does not say what it said.", row)
        elif standing.text is Text.TOUCHED:
            self._add(Kind.CONTENT_TOUCHED, f"{name} has another text than it had.", row)
        elif standing.text is Text.ERASED and not row.is_said_erased:
            self._add(Kind.CONTENT_TOUCHED, f"The text of {name} {UNSAID}.", row)
        elif standing.text is Text.ERASED:
            self.erased_texts += 1
        else:
            self.contents += 1

    def _add(self, kind: Kind, words: str, row: StoredRow) -> None:
        self._findings.add(kind, words, row_id=row.row_id, block=row.block, says=said(row.values))


def tables_beside_the_log(findings: Findings) -> None:
    """Tells of things that the log never heard of, or that stand otherwise than it says."""
    for content in contents():
        for number in never_logged(content):
            words = f"{content.subject.capitalize()} {number:,} is there, and not in the log."
            findings.add(Kind.CONTENT_ADDED, words)
    for each in followed():
        for number, state, logged in states_beside_the_log(each):
            says = f"its last row says {logged}" if logged else "no row says how it came to that"
            words = f"{each.subject.capitalize()} {number:,} is {state}, and {says}."
            findings.add(Kind.STATE_DIFFERS, words)


def _wrong_with_note(row: StoredRow) -> str:
    """What is wrong with the note that a row names; nothing where all is well, or it was erased."""
    if row.note is None:
        return "is gone"
    if row.note_is_erased and row.note:
        return "was erased, and holds something"
    if row.note_is_erased:
        return "" if row.is_said_erased else UNSAID
    if not row.note:
        return "was emptied, and nothing says when"
    is_it = hashlib.sha256(row.note).digest() == row.note_digest
    return "" if is_it else "is another one than was sealed"
