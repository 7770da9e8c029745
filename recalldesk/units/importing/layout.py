"""How the rows of a file are laid out: plain values that the heading decides once for a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Layout:
    """The columns of a file.

    `delimiter` is empty for a file of one column; `strangers` are then the delimiters that no
    cell may hold. `width` counts columns. `places` are the indexes of the serial's column, or of
    start and end. `heading_lines` are the numbers of the lines that say so, none without a heading.
    """

    delimiter: str
    width: int
    places: tuple[int, ...]
    heading_lines: tuple[int, ...]
    strangers: str = ""

    @property
    def holds_ranges(self) -> bool:
        """Whether each row is a range rather than a serial."""
        return len(self.places) == 2

    @cached_property
    def without_delimiters(self) -> Mapping[int, None]:
        """A table for `str.translate` that drops what separates cells."""
        return dict.fromkeys(map(ord, self.delimiter + self.strangers))


@dataclass(frozen=True)
class Columns:
    """The headings that somebody asked for by name: of the serials, or of both ends of ranges."""

    serial: str | None = None
    start: str | None = None
    end: str | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """The names asked for, in the order of `Layout.places`."""
        return tuple(name for name in (self.serial, self.start, self.end) if name is not None)
