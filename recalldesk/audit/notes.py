"""What somebody wrote beside a row of the log: sealed for the desk, and opened again.

Guarantee: it is sealed and opened here and nowhere else.
"""

from recalldesk.audit.models import Note
from recalldesk.sealing import vault

PURPOSE = "audit.Note.sealed_text"


def sealed_note(text: str) -> bytes:
    """The bytes of a note."""
    return vault.seal_text(text, scope=vault.DESK, purpose=PURPOSE)


def text_of(note: Note | None) -> str:
    """What a note says; empty where there is none, or where it was erased. Raises SealingError."""
    if note is None or not note.sealed_text:
        return ""
    return vault.open_text(bytes(note.sealed_text), scope=vault.DESK, purpose=PURPOSE)
