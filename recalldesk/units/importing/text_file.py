"""A file of text, plain or gzip: CSV, TSV, one serial a line."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import FileNotReadable
from recalldesk.units.importing.cells import is_blank
from recalldesk.units.importing.headings import find_layout
from recalldesk.units.importing.joining import find_stretches
from recalldesk.units.importing.layout import DELIMITERS, Columns, Layout
from recalldesk.units.importing.lines import Chunk, chunks
from recalldesk.units.importing.opening import opened, refuse_changed
from recalldesk.units.importing.other_columns import LOOKED_AT
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.survey import survey
from recalldesk.units.states import RejectReason

ADVICE = "close or remove the quotation mark, or write each row on one line"


class TextFile:
    """Surveyed once as it is made. Raises `FileNotReadable`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found = survey(path)
        self.lines = self._found.lines
        self.sha256 = self._found.sha256
        self.size = self._found.size
        self.encoding = self._found.coding.encoding.value
        self.sheet: str | None = None
        self.remarks: list[str] = []

    def layout(self, asked: Columns, form: SerialForm) -> Layout:
        """How the lines are laid out. Raises `ColumnsNotClear` or `FileNotReadable`."""
        anything = Layout("", 1, (0,), (), DELIMITERS)
        with opened(self._path) as file:
            numbered = (
                (number, line)
                for chunk in chunks(file, self._found.coding)
                for number, line in enumerate(chunk.lines, chunk.first_number)
                if not is_blank(line, anything)
            )
            first_lines = list(islice(numbered, LOOKED_AT + 2))
        if not first_lines:
            raise FileNotReadable(
                f"{self._path.name} holds only blank lines.", "Check that the export worked."
            )
        return find_layout(first_lines, asked, form)

    def portions(self, layout: Layout, form: SerialForm) -> Iterator[tuple[Portion, int]]:
        """All lines, with the bytes read so far. Raises `FileNotReadable` if the file changed."""
        with opened(self._path) as file:
            kept: Chunk | None = None
            for chunk in chunks(file, self._found.coding):
                portion, kept = _portion(_after(kept, chunk), layout, form, more_follow=True)
                if portion.lines:
                    yield portion, file.bytes_read
            if kept is not None:
                yield _portion(kept, layout, form, more_follow=False)[0], file.bytes_read
            refuse_changed(self._path, before=self.sha256, after=file.sha256())


def _after(kept: Chunk | None, chunk: Chunk) -> Chunk:
    if kept is None:
        return chunk
    return Chunk(kept.lines + chunk.lines, kept.first_number, chunk.coding, chunk.half)


def _portion(
    chunk: Chunk, layout: Layout, form: SerialForm, *, more_follow: bool
) -> tuple[Portion, Chunk | None]:
    """The lines that are decided upon, and those that may be one row with what follows."""
    portion = Portion(chunk, chunk.lines)
    portion.settle_headings(layout.heading_lines)
    stretches, decided = find_stretches(portion.lines, layout, form, more_follow=more_follow)
    kept = None
    if decided < len(chunk.lines):
        kept = Chunk(chunk.lines[decided:], chunk.first_number + decided, chunk.coding, chunk.half)
        whole = Chunk(chunk.lines[:decided], chunk.first_number, chunk.coding)
        portion = Portion(whole, whole.lines)
        portion.settle_headings(layout.heading_lines)
    for stretch in stretches:
        if stretch.in_doubt:
            for index in range(stretch.start, stretch.stop):
                portion.reject(index, RejectReason.LINES_IN_DOUBT, ADVICE)
        else:
            portion.join(stretch.start, stretch.stop)
    return portion, kept
