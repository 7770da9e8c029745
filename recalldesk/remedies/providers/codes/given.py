"""Which codes left the house, by the journal: also those whose rows a restore gave back.

Guarantees: what the journal says is read anew at each question, so that a line written a moment ago
is known; a code that it names is never free, and belongs to the remedy that it names first.
"""

import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from recalldesk.foundation import clock
from recalldesk.remedies import journal
from recalldesk.remedies.models import GiftCode

GIVEN, SHOWN, WITHDRAWN = "code", "code_shown", "code_withdrawn"
"""The kinds of lines: handed out, seen by its owner, taken back before that."""
KINDS = frozenset({GIVEN, SHOWN, WITHDRAWN})
AT_ONCE = 1_000


class _Known:
    """What this process read of the journal so far; some 300 bytes for each code given out."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._path: Path | None = None
        self._place = 0
        self.by_remedy: dict[bytes, bytes] = {}
        self.by_digest: dict[bytes, bytes] = {}
        self.shown: set[bytes] = set()
        self.withdrawn: set[bytes] = set()

    def read_on(self) -> None:
        """Takes in what was written since."""
        with self._lock:
            path = journal.journal_folder()
            lines, place = journal.lines_from(self._place if path == self._path else 0, KINDS)
            if path != self._path or place < self._place:
                for kept in (self.by_remedy, self.by_digest, self.shown, self.withdrawn):
                    kept.clear()
            for line in lines:
                with suppress(KeyError, ValueError):  # no line of ours: it hides none after it
                    self._take(line)
            self._path, self._place = path, place

    def _take(self, line: Mapping[str, str]) -> None:
        remedy = uuid.UUID(line["remedy"]).bytes
        if line["kind"] == GIVEN:
            digest = bytes.fromhex(line["code"])
            self.by_remedy.setdefault(remedy, digest)
            self.by_digest.setdefault(digest, remedy)
        else:
            (self.shown if line["kind"] == SHOWN else self.withdrawn).add(remedy)


_known = _Known()


def note_given(remedy_id: uuid.UUID, digest: bytes) -> None:
    """Writes down that a code leaves. Raises OSError, after which it must not."""
    journal.note(GIVEN, {"remedy": str(remedy_id), "code": digest.hex()})


def note_shown(remedy_id: uuid.UUID) -> None:
    """Writes down that its owner sees a code. Raises OSError, after which it must not be shown."""
    journal.note(SHOWN, {"remedy": str(remedy_id)})


def note_withdrawn(remedy_id: uuid.UUID) -> None:
    """Writes down that a code is taken back. Raises OSError."""
    journal.note(WITHDRAWN, {"remedy": str(remedy_id)})


def was_shown(remedy_id: uuid.UUID) -> bool:
    """Whether the owner of a remedy saw its code."""
    _known.read_on()
    return remedy_id.bytes in _known.shown


def was_withdrawn(remedy_id: uuid.UUID) -> bool:
    """Whether a remedy's code was taken back."""
    _known.read_on()
    return remedy_id.bytes in _known.withdrawn


def digest_given_to(remedy_id: uuid.UUID) -> bytes | None:
    """The digest of the code that a remedy was given; None where none was."""
    _known.read_on()
    return _known.by_remedy.get(remedy_id.bytes)


def is_given(digest: bytes) -> bool:
    """Whether a code left for some remedy."""
    _known.read_on()
    return digest in _known.by_digest


def all_given() -> Iterator[tuple[uuid.UUID, bytes]]:
    """Every remedy with the digest of its code."""
    _known.read_on()
    for remedy, digest in list(_known.by_remedy.items()):
        yield uuid.UUID(bytes=remedy), digest


def take_up() -> int:
    """Marks rows as given that the journal knows as given, in a transaction; how many were not.

    A row that somebody else is at is left to them.
    """
    taken, known = 0, list(all_given())
    for start in range(0, len(known), AT_ONCE):
        remedies = {digest: remedy for remedy, digest in known[start : start + AT_ONCE]}
        free = GiftCode.objects.filter(digest__in=list(remedies), handed_to__isnull=True)
        rows = list(free.order_by("pk").select_for_update(skip_locked=True))
        there = GiftCode.objects.filter(handed_to__in=list(remedies.values()))
        has_one = set(there.values_list("handed_to", flat=True))
        for row in rows:
            if remedies[bytes(row.digest)] not in has_one:
                hand_to(row, remedies[bytes(row.digest)], clock.now())
                taken += 1
    return taken


def hand_to(row: GiftCode, remedy_id: uuid.UUID, at: datetime) -> None:
    """Writes into a row whose it is. The caller has locked it."""
    row.handed_to, row.handed_at = remedy_id, at
    row.save(update_fields=["handed_to", "handed_at"])
