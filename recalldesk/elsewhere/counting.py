"""How many entries a feed's file holds, counted without reading any of them.

Guarantee: it goes by brackets and commas outside of texts alone, and shares nothing with what reads
the entries: where the two differ, one of them is wrong.
"""

import re
from pathlib import Path

from recalldesk.elsewhere.states import FeedForm

PIECE = 1 << 20
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|"|[\[\]{},]|[^\s\[\]{},:"]+', re.DOTALL)
UNFINISHED = b'"'
"""A text whose end is in a later piece."""
RESULTS = b'"results"'
NOT_YET, OVER = -1, -2
"""In place of the depth of the list that is counted."""


def count_entries(path: Path, form: FeedForm) -> int:
    """The elements of the list at the top, or of the one named `results`."""
    counter = _Counter(waits_for_name=form is FeedForm.USA_GOV)
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            kept = counter.take(kept + piece)
    return counter.count


class _Counter:
    """Follows brackets through the pieces of a file."""

    def __init__(self, *, waits_for_name: bool) -> None:
        self.count = 0
        self._depth = 0
        self._list_at = NOT_YET if waits_for_name else 1
        self._is_named = False

    def take(self, text: bytes) -> bytes:
        """Looks at a piece; what is left of it belongs before the next."""
        for found in TOKEN.finditer(text):
            token = found[0]
            if token == UNFINISHED:
                return text[found.start() :]
            self._see(token)
        return b""

    def _see(self, token: bytes) -> None:
        if token == b",":
            self.count += self._depth == self._list_at
            self._is_named = False
        elif token in (b"]", b"}"):
            if self._depth == self._list_at:
                self._list_at = OVER
            self._depth -= 1
        else:
            if self._depth == self._list_at and not self.count:
                self.count = 1  # the first of the list; each comma brings another
            if token in (b"[", b"{"):
                self._depth += 1
                if self._is_named and token == b"[" and self._list_at == NOT_YET:
                    self._list_at = self._depth
            self._is_named = token == RESULTS
