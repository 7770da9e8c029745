"""The text that an order file is read as."""

from dataclasses import dataclass
from pathlib import Path

from recalldesk.matching.files.dialect import SHEET

SHEET_NAME = "sheet"


@dataclass(frozen=True)
class Source:
    """`path`: the text that is scanned, from byte `skip` on, in `encoding`; `came_in`: the
    encoding of the file itself, or `sheet`; `lines`: by the independent count."""

    path: Path
    skip: int
    encoding: str
    came_in: str
    lines: int
    size: int
    remarks: tuple[str, ...] = ()

    @property
    def written_in(self) -> str:
        """The encoding of what `as_it_came` gives."""
        return "utf-8" if self.came_in == SHEET_NAME else self.came_in

    def as_it_came(self, raw: bytes) -> bytes:
        """The bytes of a line in the file's own encoding; of a sheet, its cells with tabs."""
        if self.came_in == SHEET_NAME:
            return raw.replace(SHEET, b"\t").replace(b"\0", b"")
        if self.came_in == self.encoding:
            return raw
        return raw.decode("utf-8", "surrogatepass").encode(self.came_in, "surrogatepass")
