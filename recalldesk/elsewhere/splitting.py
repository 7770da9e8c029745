"""The entries of a feed's file, one after the other, without holding the file in memory.

Guarantees: each entry comes as it stands, in its order; a file that is no feed, is cut off or goes
on after its end is refused in plain words. Of a bare array a piece is held at a time; the older
form, which came in pages of fifty, is read at once up to a size.
"""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recalldesk.elsewhere.errors import FeedNotRead
from recalldesk.elsewhere.states import FeedForm

PIECE = 1_000_000
LONGEST_ENTRY = 5_000_000
"""Characters. The longest of the CPSC's has a few ten thousand."""
MOST_AT_ONCE = 50_000_000
"""Bytes of a file that has to be read at once."""
EMPTY = " \t\r\n"
AGAIN = "Fetch it again, whole; nothing of this file was stored."
WHERE = (
    "Give the JSON of the CPSC's recall feed (a list of recalls), or that of the former USA.gov "
    "Recalls."
)


def form_of(path: Path) -> FeedForm:
    """Which form a file has, by its beginning. Raises FeedNotRead."""
    with path.open("rb") as file:
        start = file.read(4_096).removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise FeedNotRead("The file is empty.", WHERE)
    if start.startswith(b"["):
        return FeedForm.CPSC
    if start.startswith(b"{"):
        return FeedForm.USA_GOV
    if start.startswith(b"<"):
        raise FeedNotRead("This is a web page or XML, not a feed in JSON.", WHERE)
    raise FeedNotRead("This is no JSON.", WHERE)


def entries_of(path: Path, form: FeedForm) -> Iterator[Any]:
    """Each entry. Raises FeedNotRead, also after some came."""
    try:
        if form is FeedForm.USA_GOV:
            yield from _results(path)
        else:
            yield from _elements(path)
    except UnicodeDecodeError as error:
        raise FeedNotRead("The file is not text in UTF-8.", AGAIN) from error
    except RecursionError as error:
        raise FeedNotRead("The file nests its values too deeply for a feed.", WHERE) from error
    except ValueError as error:  # Python reads no number of over 4,300 digits
        raise FeedNotRead("The file holds a number that is none of a feed.", WHERE) from error


def _results(path: Path) -> list[Any]:
    if path.stat().st_size > MOST_AT_ONCE:
        raise FeedNotRead(
            "A file of the USA.gov form may have 50 MB at most.", "Split it, page by page."
        )
    try:
        whole = json.loads(path.read_text("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _broken(error.pos) from error
    success = whole.get("success", whole)
    results = success.get("results") if isinstance(success, dict) else None
    if not isinstance(results, list):
        raise FeedNotRead("The JSON holds no list of recalls.", WHERE)
    return results


def _no_number(name: str) -> None:
    raise FeedNotRead(f"{name} is no JSON.", AGAIN)


DECODER = json.JSONDecoder(parse_constant=_no_number)


class _Window:
    """The part of a text that is looked at, read on from its file where it ends too early."""

    def __init__(self, path: Path) -> None:
        self._file = path.open(encoding="utf-8-sig", newline="")
        self.text, self.at, self._before = "", 0, 0

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    @property
    def place(self) -> int:
        """Characters before the place looked at, in the whole file."""
        return self._before + self.at

    def read_on(self) -> bool:
        """Takes another piece; False at the end of the file."""
        piece = self._file.read(PIECE)
        self._before += self.at
        self.text, self.at = self.text[self.at :] + piece, 0
        return bool(piece)

    def next(self) -> str:
        """The next character that is not empty, or nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in EMPTY:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.read_on():
                return ""


def _elements(path: Path) -> Iterator[Any]:
    window = _Window(path)
    try:
        window.next()
        window.at += 1
        if window.next() == "]":
            window.at += 1
        else:
            while True:
                yield _element(window)
                mark = window.next()
                window.at += 1
                if mark == "]":
                    break
                if mark != ",":
                    raise _broken(window.place, ended=not mark)
                window.next()
        if window.next():
            raise FeedNotRead("Something stands after the end of the list.", AGAIN)
    finally:
        window.close()


def _element(window: _Window) -> Any:
    """One element, read from the window, which grows until it is whole."""
    while True:
        try:
            value, end = DECODER.raw_decode(window.text, window.at)
        except json.JSONDecodeError as error:
            if len(window.text) - window.at > LONGEST_ENTRY:
                raise FeedNotRead("An entry is far longer than any recall.", WHERE) from error
            where = window.place - window.at + error.pos
            ended = error.pos >= len(window.text) or error.msg.startswith("Unterminated")
            if not window.read_on():
                raise _broken(where, ended=ended) from error
            continue
        # A number at the end of what was read may go on in the next piece.
        if end == len(window.text) and end - window.at <= LONGEST_ENTRY and window.read_on():
            continue
        window.at = end
        return value


def _broken(place: int, *, ended: bool = False) -> FeedNotRead:
    if ended:
        return FeedNotRead("The file ends in the middle: it did not come whole.", AGAIN)
    return FeedNotRead(f"The file is no JSON from character {place + 1:,} on.", AGAIN)
