"""The texts that the cells of a workbook share.

Guarantees: a text is given as a reader sees it: rich text as its pieces in order, without the hints
at its pronunciation.
"""

import re

from recalldesk.foundation.workbooks.archive import LARGEST_IN_MEMORY, Archive
from recalldesk.foundation.workbooks.markup import parsed

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with the characters that a workbook writes as _x000D_."""
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _Texts:
    """Collects texts from what expat tells."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_text = False
        self._sounds = False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "t":
            self._is_text = not self._sounds
        elif tag == "rPh":
            self._sounds = True

    def end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            self._pieces.clear()
        elif tag == "t":
            self._is_text = False
        elif tag == "rPh":
            self._sounds = False

    def characters(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)


def read_texts(archive: Archive, part: str) -> list[str]:
    """All of them, in order. Raises `WorkbookNotReadable`."""
    if archive.size(part) > LARGEST_IN_MEMORY:
        raise archive.damaged("its texts do not fit into the memory")
    texts = _Texts()
    for _ in parsed(archive, part, texts.start, texts.end, texts.characters):
        pass
    return texts.texts
