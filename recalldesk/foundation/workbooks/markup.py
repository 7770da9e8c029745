"""The XML of a workbook's parts, read by expat in blocks.

Guarantees: a document type, and with it every entity, is refused; nothing outside the archive is
ever fetched; what never ends is refused before it fills the memory.
"""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from recalldesk.foundation.workbooks.archive import Archive

NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
LONGEST_TOKEN = 16 << 20

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Characters = Callable[[str], None]


class Refused(Exception):
    """The part is not as it should be; the text says how."""


class _Markup:
    def __init__(self, start: Start, end: End, characters: Characters) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = start
        self.parser.EndElementHandler = end
        self.parser.CharacterDataHandler = characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._fed = 0

    def feed(self, block: bytes, *, is_last: bool = False) -> None:
        self.parser.Parse(block, is_last)
        self._fed += len(block)
        if self._fed - self.parser.CurrentByteIndex > LONGEST_TOKEN:
            raise Refused("a part of it does not end")

    def _refuse(self, *_: object) -> None:
        raise Refused("it declares a document type")


def parsed(
    archive: Archive, part: str, start: Start, end: End, characters: Characters
) -> Iterable[None]:
    """Reads a part block by block; yields after each. Raises `WorkbookNotReadable`.

    Elements of a sheet's own namespace come without it, others as "namespace name".
    """
    plain: dict[str, str] = {}

    def name_of(name: str) -> str:
        found = plain.get(name)
        if found is None:
            namespace, _, local = name.rpartition(" ")
            found = plain[name] = local if namespace in NAMESPACES else name
        return found

    markup = _Markup(
        lambda name, attributes: start(name_of(name), attributes),
        lambda name: end(name_of(name)),
        characters,
    )
    try:
        for block in archive.blocks(part):
            markup.feed(block)
            yield
        markup.feed(b"", is_last=True)
        yield
    except expat.ExpatError as error:
        raise archive.damaged(f"its part {part} is no sound XML") from error
    except Refused as error:
        raise archive.damaged(f"its part {part} is not as it should be, {error}") from error
