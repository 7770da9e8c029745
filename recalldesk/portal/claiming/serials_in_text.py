"""The serials that a typed text names, however they are set apart.

Guarantee: nothing that was typed is left out; a serial that holds a space stays whole, unless each
part of it is a whole serial of the recall by itself.
"""

import re

from recalldesk.foundation.serial_form import normalise
from recalldesk.recalls.document import Document

_APART = re.compile(r"[,;\t\r\n]")
_FEWEST_IN_A_LINE = 2


def serials_in_text(text: str, document: Document) -> tuple[str, ...]:
    """Each serial once, in the order typed: apart by comma, semicolon, tab, line, or space."""
    found: list[str] = []
    for part in _APART.split("\n".join(text.splitlines())):
        chunks = part.split()
        are_whole = len(chunks) >= _FEWEST_IN_A_LINE and all(
            _is_whole(chunk, document) for chunk in chunks
        )
        found += chunks if are_whole else [part.strip()]
    return tuple(dict.fromkeys(each for each in found if each))


def _is_whole(chunk: str, document: Document) -> bool:
    """Whether it could be a serial of one of the recall's products."""
    read_as = normalise(chunk)
    forms = (product.serial.form for product in document.products)
    return any(form.is_well_formed(form.fold(read_as)) for form in forms)
