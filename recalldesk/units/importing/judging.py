"""Whether a cell is a serial of the product, and if not, precisely why.

Guarantees: `SerialCheck` takes exactly the cells that `judge` takes, only faster; whatever it is
not sure of it leaves to `judge`.
"""

import re

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.importing.merging import Merged, is_not_one_serial
from recalldesk.units.states import RejectReason

SPREADSHEET_MARK = "'"


def candidate(cell: str, form: SerialForm) -> str:
    """The folded text of a cell, serial or not.

    The apostrophe that spreadsheets put before digits is dropped.
    """
    return form.fold(normalise(_bare(cell, form)))


def _bare(cell: str, form: SerialForm) -> str:
    text = cell.strip()
    return text if SPREADSHEET_MARK in form.alphabet else text.removeprefix(SPREADSHEET_MARK)


def judge(cell: str, form: SerialForm) -> str | RejectReason:
    """The folded serial of a cell, or the reason why it is none."""
    text = _bare(cell, form)
    if is_not_one_serial(text, form):
        return RejectReason.NOT_ONE_SERIAL
    folded = form.fold(normalise(text))
    if form.is_well_formed(folded):
        return folded
    if not folded:
        return RejectReason.EMPTY_CELL
    if any(character not in form.alphabet for character in folded):
        return RejectReason.UNKNOWN_CHARACTER
    if len(folded) < form.shortest:
        return RejectReason.TOO_SHORT
    if len(folded) > form.longest:
        return RejectReason.TOO_LONG
    return RejectReason.WRONG_FORM


class SerialCheck:
    """Judges many cells at once. Cells must hold no line feed."""

    def __init__(self, form: SerialForm) -> None:
        self._form = form
        self._table = {
            code: form.fold(normalise(chr(code))) or None for code in range(128) if code != 10
        }
        self._alphabet_dropped = str.maketrans("", "", form.alphabet)
        self._lengths = frozenset(range(form.shortest, form.longest + 1))
        self._merged = Merged(form)
        self._has_shape = re.compile(shapes_pattern(form)).fullmatch if form.shapes else None

    def folded(self, cells: list[str]) -> tuple[list[str], list[int]]:
        """The serials among the cells, and the indexes of the cells that are in doubt."""
        if not cells:
            return [], []
        joined = "\n".join(cells)
        if joined.isascii():
            folded = joined.translate(self._table)
        else:
            folded = "\n".join([self._form.fold(normalise(cell)) for cell in cells])
        texts = folded.split("\n")
        doubtful = sorted(self._doubtful(folded, texts) | self._merged.may_be(joined, cells, texts))
        if not doubtful:
            return texts, []
        left_out = set(doubtful)
        return [text for index, text in enumerate(texts) if index not in left_out], doubtful

    def _doubtful(self, folded: str, texts: list[str]) -> set[int]:
        # Each line keeps only what its serial should not hold: all of them empty is the usual case.
        strange = folded.translate(self._alphabet_dropped)
        doubtful: set[int] = set()
        if len(strange) >= len(texts):
            rests = strange.split("\n")
            doubtful.update(index for index, rest in enumerate(rests) if rest)
        if not self._lengths.issuperset(map(len, texts)):
            lengths = enumerate(map(len, texts))
            doubtful.update(index for index, length in lengths if length not in self._lengths)
        if self._has_shape:
            found = enumerate(map(self._has_shape, texts))
            doubtful.update(index for index, match in found if match is None)
        return doubtful


def shapes_pattern(form: SerialForm) -> str:
    """A regular expression that fully matches a text with one of the form's shapes."""
    shapes = ["".join(_one_of("".join(sorted(place))) for place in shape) for shape in form.shapes]
    return "|".join(shapes)


def _one_of(characters: str) -> str:
    return f"[{''.join(map(re.escape, characters))}]" if characters else "(?!)"
