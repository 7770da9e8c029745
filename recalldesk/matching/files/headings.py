"""Finds the heading of a file: its line, what separates its cells, and what its columns mean.

Guarantees: columns are known by their headings, never by their places; no row stands above the
heading unseen; a column that must be there and is not is named.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recalldesk.matching.files.dialect import SHEET, Dialect
from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.formats import Format, heading_name
from recalldesk.matching.files.rows import cells_of

LOOKED_AT = 25
DELIMITERS = (b",", b"\t", b";", b"|")
SEPARATOR_SAID = re.compile(rb'\s*"?sep=(.)"?[,;|\s]*', re.IGNORECASE)
SHOWN = 12


@dataclass(frozen=True)
class Heading:
    """`line`: its number; `above`: numbers of what stands above it and is no row; `places`: the
    columns that are read; `title`: the line as it came."""

    line: int
    above: tuple[int, ...]
    title: bytes
    names: tuple[str, ...]
    places: dict[Field, int]
    dialect: Dialect


@dataclass(frozen=True)
class _Reading:
    """A line taken for the heading."""

    number: int
    line: bytes
    names: tuple[str, ...]
    dialect: Dialect
    places: dict[Field, int]

    def missing(self, of: Format) -> list[tuple[Field, ...]]:
        return [group for group in of.needed if not any(each in self.places for each in group)]


def find_heading(lines: Sequence[bytes], of: Format, encoding: str, *, is_sheet: bool) -> Heading:
    """The heading among the first lines of a file. Raises `OrderFileRefused`."""
    said = _said(lines, of, is_sheet=is_sheet)
    readings = [
        reading
        for number, line in enumerate(lines[:LOOKED_AT], 1)
        if line.strip() and not (SEPARATOR_SAID.fullmatch(line) and b"," not in line[6:])
        for separator in said
        if (reading := _read(number, line, lines, separator, of, encoding)) is not None
    ]
    whole = [each for each in readings if not each.missing(of)]
    if not whole:
        raise _none(readings, of)
    best = max(whole, key=lambda each: (len(each.places), -each.number))
    _refuse_another_kind(best, of)
    above = _above(lines, best)
    _refuse_twice(best, of)
    return Heading(best.number, above, best.line, best.names, best.places, best.dialect)


def _said(lines: Sequence[bytes], of: Format, *, is_sheet: bool) -> tuple[bytes, ...]:
    """The separators that may be."""
    if is_sheet:
        return (SHEET,)
    if of.mapping is not None and of.mapping.delimiter is not None:
        return (of.mapping.delimiter.encode(),)
    first = next((line for line in lines if line.strip()), b"")
    told = SEPARATOR_SAID.fullmatch(first)
    return (told[1],) if told and told[1] in DELIMITERS else DELIMITERS


def _read(
    number: int, line: bytes, lines: Sequence[bytes], separator: bytes, of: Format, encoding: str
) -> _Reading | None:
    quotes = has_quotes(separator, of)
    cells = cells_of(line, Dialect(separator, quotes, 0))
    if not isinstance(cells, list) or (len(cells) < 2 and len(of.needed) > 1):
        return None
    told = [cell.decode(encoding, "replace") for cell in cells]
    below = next((each for each in lines[number:] if each.strip()), b"")
    if separator != b"\t" and any("\t" in cell.strip() for cell in told):
        apart = [part for cell in told for part in cell.split("\t")]
        rows = cells_of(below, Dialect(separator, quotes, 0))
        if isinstance(rows, list) and len(rows) == len(apart):
            told = apart
    names = tuple(map(heading_name, told))
    places = {
        field: names.index(found)
        for field, known in of.names.items()
        if (found := next((name for name in known if name in names), None)) is not None
    }
    return _Reading(number, line, names, Dialect(separator, quotes, len(names)), places)


def has_quotes(separator: bytes, of: Format) -> bool:
    """Whether quotation marks enclose cells in a file of this shop with this separator."""
    if separator == SHEET:
        return False
    if of.mapping is not None and of.mapping.quotes is not None:
        return of.mapping.quotes
    return not (of.literal_tabs and separator == b"\t")


def _above(lines: Sequence[bytes], best: _Reading) -> tuple[int, ...]:
    """What stands above the heading and is no row. Raises `OrderFileRefused` for rows."""
    above = []
    for number, line in enumerate(lines[: best.number - 1], 1):
        if not line.strip():
            continue
        cells = cells_of(line, best.dialect)
        is_row = isinstance(cells, list) and len(cells) == best.dialect.width
        if is_row and best.dialect.separator == SHEET and isinstance(cells, list):
            is_row = sum(bool(cell.strip()) for cell in cells) * 2 > best.dialect.width
        if is_row or not isinstance(cells, list):
            raise OrderFileRefused(
                f"Line {number} stands above the heading and may be a row.",
                f"Put the heading, line {best.number}, first.",
            )
        above.append(number)
    return tuple(above)


def _refuse_twice(best: _Reading, of: Format) -> None:
    counted = Counter(best.names)
    twice = [best.names[place] for place in best.places.values() if counted[best.names[place]] > 1]
    if twice:
        raise OrderFileRefused(
            f"Several columns are named {twice[0]!r}.", "Give each column a name of its own."
        )


def _refuse_another_kind(best: _Reading, of: Format) -> None:
    """Orders that were read as returns would take every unit sold for one that came back."""
    if found := sorted(of.never.intersection(best.names)):
        raise OrderFileRefused(
            f"The file has a column {_listed(found)[0]}, which {of.title} never has.",
            "It is a file of orders: read it as orders.",
        )


def _none(readings: Sequence[_Reading], of: Format) -> OrderFileRefused:
    best = max(readings, key=lambda each: len(each.places), default=None)
    if best is None or len(best.places) < min(2, len(of.needed)):
        return OrderFileRefused(
            f"No heading of {of.title} stands in the first {LOOKED_AT} lines.",
            "Name its columns there as the file heads them."
            if of.mapping
            else "Choose the shop that the file came from. Where its form is not known, choose"
            " another shop, with a mapping file that names the columns.",
        )
    missing = [
        " or ".join(_listed(name for field in group for name in of.names.get(field, ())))
        for group in best.missing(of)
    ]
    found = ", ".join(_listed(best.names[:SHOWN]))
    return OrderFileRefused(
        f"The file has no column {'; and none '.join(missing)}.",
        ("Name it in the mapping file" if of.mapping else "Export it with that column")
        + (
            " as the file heads it."
            if of.mapping
            else ", or choose another shop, with a mapping file that names it."
        )
        + f" Line {best.number} has {found}{' …' if len(best.names) > SHOWN else ''}.",
    )


def _listed(names: Iterable[str]) -> list[str]:
    return [f'"{_shown(name)}"' for name in names]


def _shown(text: str) -> str:
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return visible if len(visible) <= 60 else f"{visible[:60]}…"
