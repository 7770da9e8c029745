"""Whether a cell is a serial of the product, and if not, precisely why.

Guarantees: `SerialCheck` takes exactly the cells that `judge` takes, only faster; whatever it is
not sure of it leaves to `judge`.
"""

import re

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.states import RejectReason

SPREADSHEET_MARK = "'"


def candidate(cell: str, form: SerialForm) -> str:
    """The folded text of a cell, serial or not.

    The apostrophe that spreadsheets put before digits is dropped.
    """
    text = cell.strip()
    if SPREADSHEET_MARK not in form.alphabet:
        text = text.removeprefix(SPREADSHEET_MARK)
    return form.fold(normalise(text))


def judge(cell: str, form: SerialForm) -> str | RejectReason:
    """The folded serial of a cell, or the reason why it is none."""
    folded = candidate(cell, form)
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
        self._is_serial = re.compile(well_formed_pattern(form)).fullmatch

    def folded(self, cells: list[str]) -> tuple[list[str], list[int]]:
        """The serials among the cells, and the indexes of the cells that are in doubt."""
        joined = "\n".join(cells)
        if joined.isascii():
            texts = joined.translate(self._table).split("\n")
        else:
            texts = [self._form.fold(normalise(cell)) for cell in cells]
        found = list(map(self._is_serial, texts))
        if None not in found:
            return texts, []
        serials = [text for text, match in zip(texts, found, strict=True) if match]
        return serials, [index for index, match in enumerate(found) if match is None]


def well_formed_pattern(form: SerialForm) -> str:
    """A regular expression that fully matches what `SerialForm.is_well_formed` holds for true."""
    if not form.shapes:
        return f"{_one_of(form.alphabet)}{{{form.shortest},{form.longest}}}"
    shapes = [
        "".join(_one_of("".join(sorted(place & set(form.alphabet)))) for place in shape)
        for shape in form.shapes
        if form.shortest <= len(shape) <= form.longest
    ]
    return "|".join(shapes) or "(?!)"


def _one_of(characters: str) -> str:
    return f"[{''.join(map(re.escape, characters))}]" if characters else "(?!)"
