"""Whether a cell that reads as one serial may hold several, or a serial and something else.

Normalising drops spaces, dashes and invisible characters, so two serials in one cell would become
one long serial that no unit bears, and both real ones would be lost.

Guarantees: a cell with something like a line end inside is in doubt; so is one whose parts between
spaces are serials by themselves, or that is a range written with a dash. `Merged.may_be` misses no
cell of which `is_not_one_serial` says so while the whole is a serial.
"""

import re
import unicodedata
from itertools import accumulate

from recalldesk.foundation.serial_form import SerialForm, normalise

ADVICE = "write one serial a line, with no space inside it and nothing else in its cell"
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
GAP = r"\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Spaces, controls and invisible characters: `normalise` drops all of them."""
BETWEEN = ",;/|+&"
GAPS = re.compile(f"[{GAP}]+")
LINE_END = re.compile(f"[{LINE_ENDS}]")
GAP_INSIDE = re.compile(f"[^{GAP}][{GAP}]+[^{GAP}]|[{LINE_ENDS}]")
IN_ASCII = "".join(chr(code) for code in (*range(1, 33), 127) if code != 10)
ALIKE_AT_START = 2


def is_not_one_serial(text: str, form: SerialForm) -> bool:
    """Whether this text, without space at its ends, is in doubt."""
    if text.isalnum():
        return False
    if any(end in text for end in LINE_ENDS):
        return True
    return _holds_serials_apart(text, form) or _is_range(text, form)


def _holds_serials_apart(text: str, form: SerialForm) -> bool:
    letters = {*form.alphabet, *(typed for typed, _ in form.folding)}
    between = re.escape("".join(mark for mark in BETWEEN if mark not in letters))
    folded = [form.fold(normalise(piece)) for piece in re.split(f"[{GAP}{between}]+", text)]
    pieces = [piece for piece in folded if piece]
    if len(pieces) < 2:
        return False
    serials = sum(map(form.is_well_formed, pieces))
    if serials > 1 or (serials and form.is_well_formed(form.fold(normalise(text)))):
        return True
    whole = "".join(pieces)
    cuts = [cut for cut in accumulate(map(len, pieces)) if form.shortest <= cut <= form.longest]
    return any(form.is_well_formed(whole[:c]) and form.is_well_formed(whole[c:]) for c in cuts)


def _is_range(text: str, form: SerialForm) -> bool:
    """Whether a dash stands between two serials of one length that begin alike."""
    pieces, begun = [], 0
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Pd" or character == "\N{MINUS SIGN}":
            pieces.append(form.fold(normalise(text[begun:place])))
            begun = place + 1
    if not begun:
        return False
    whole = "".join((*pieces, form.fold(normalise(text[begun:]))))
    half = len(whole) // 2
    if len(whole) % 2 or half not in accumulate(map(len, pieces)):
        return False
    start, end = whole[:half], whole[half:]
    begin_alike = start[:ALIKE_AT_START] == end[:ALIKE_AT_START]
    return begin_alike and form.is_well_formed(start) and form.is_well_formed(end)


class Merged:
    """Looks through many cells at once."""

    def __init__(self, form: SerialForm) -> None:
        self._form = form
        self._gap = GAP_INSIDE if form.longest > form.shortest else LINE_END
        self._has_room_for_two = form.longest >= 2 * form.shortest

    def may_be(self, joined: str, cells: list[str], texts: list[str]) -> set[int]:
        """The indexes of cells to be looked at alone.

        `joined` are the cells with a line feed between any two, `texts` what each was folded to.
        """
        found: set[int] = set()
        if not joined.isascii() or any(mark in joined for mark in IN_ASCII):
            has_gap = self._gap.search
            gaps = (index for index, cell in enumerate(cells) if has_gap(cell))
            found.update(index for index in gaps if self._has_parts(cells[index]))
        if self._has_room_for_two and ("-" in joined or not joined.isascii()):
            found.update(index for index, text in enumerate(texts) if self._begins_twice(text))
        return found

    def _has_parts(self, cell: str) -> bool:
        """Whether parts are long enough for serials; folding never makes one longer."""
        if LINE_END.search(cell):
            return True
        lengths = [len(piece) for piece in GAPS.split(cell)]
        shortest, whole = self._form.shortest, sum(lengths)
        has_cut = any(shortest <= cut <= whole - shortest for cut in accumulate(lengths))
        return has_cut or max(lengths) >= shortest

    def _begins_twice(self, text: str) -> bool:
        half = len(text) // 2
        return half >= self._form.shortest and text.startswith(text[:ALIKE_AT_START], half)
