"""Which columns hold the serials, told from the first lines that are not blank.

Guarantees: what is not clear is refused with the headings that were found; no line is taken for a
heading by its looks alone; no second column that could hold serials is passed over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import split_quoted
from recalldesk.units.importing.heading_names import RANGE_NAMES, SERIAL_NAMES, heading_key
from recalldesk.units.importing.joining import end_of_quotes, joined_rows
from recalldesk.units.importing.judging import judge
from recalldesk.units.importing.layout import DELIMITERS, Columns, Layout
from recalldesk.units.importing.other_columns import other_serial_column
from recalldesk.units.importing.swallowing import may_swallow
from recalldesk.units.states import RejectReason

SEPARATOR_SAID = re.compile(r'\s*"?sep=(.)"?[,;|\s]*', re.IGNORECASE)
"""The line by which spreadsheets say how the columns of a file are separated."""
SHOWN = 60


@dataclass(frozen=True)
class _Top:
    """The first line that is the heading or a row, what stands above it, and what follows.

    `numbers` are those of the line, or of all lines of a heading over several. `separators` are
    those that may stand between columns; if `is_told`, exactly one does, and no cell holds it.
    """

    line: str
    numbers: tuple[int, ...]
    above: tuple[int, ...]
    separators: Sequence[str]
    following: Sequence[tuple[int, str]]
    is_told: bool = False

    def readings(self) -> dict[str, list[str]]:
        """The cells of the line, by what separates them."""
        marks = [*filter(self.line.__contains__, self.separators), *([] if self.is_told else [""])]
        return {mark: cells for mark in marks if (cells := split_quoted(self.line, mark))}


def find_layout(
    lines: Sequence[tuple[int, str]],
    asked: Columns,
    form: SerialForm,
    delimiter: str | None = None,
) -> Layout:
    """The layout of a file with these first lines that are not blank, each with its number.

    `delimiter` is what separates its cells for sure, or None. Raises `ColumnsNotClear`.
    """
    _refuse_half_asked(asked)
    top = _top_of(lines) if delimiter is None else _table_top(lines, delimiter)
    for candidate in (top, *_over_several_lines(top)):
        for mark, cells in candidate.readings().items():
            places = _asked_places(cells, asked) if asked.asked else _known_places(cells)
            if places:
                strangers = "" if mark or top.is_told else strangers_to(form)
                numbers = (*top.above, *candidate.numbers)
                layout = Layout(mark, len(cells), places, numbers, strangers)
                _refuse_swallowing(candidate, cells, layout, form)
                if not asked.asked:
                    _refuse_doubtful(cells, candidate, layout, form)
                return layout
    cells = max(top.readings().values(), key=len, default=[top.line])
    _refuse_lines_above(top, asked)
    if asked.asked:
        raise ColumnsNotClear(
            f"No column is named {' and '.join(asked.asked)}.", f"The file has {_listed(cells)}."
        )
    if len(cells) == 1 and _is_serial(top.line, form):
        _refuse_title(top, form)
        return Layout("", 1, (0,), top.above, "" if top.is_told else strangers_to(form))
    raise _unclear(top.line, cells)


def strangers_to(form: SerialForm) -> str:
    """The delimiters that no serial of this form can hold."""
    typed = {character for character, _ in form.folding}
    return "".join(mark for mark in DELIMITERS if mark not in form.alphabet and mark not in typed)


def _top_of(lines: Sequence[tuple[int, str]]) -> _Top:
    (number, line), *following = lines
    said = SEPARATOR_SAID.fullmatch(line)
    if said is None:
        return _Top(line, (number,), (), DELIMITERS, following)
    if said[1] not in DELIMITERS:
        raise ColumnsNotClear(
            f'The first line says that "{_shown(said[1])}" separates the columns.',
            "Save the file with comma, semicolon, tab or bar between its columns.",
        )
    if not following:
        raise ColumnsNotClear(
            "The file only says how its columns are separated.", "Check that the export worked."
        )
    (first, heading), *rows = following
    return _Top(heading, (first,), (number,), said[1], rows)


def _table_top(lines: Sequence[tuple[int, str]], delimiter: str) -> _Top:
    (number, line), *following = lines
    return _Top(line, (number,), (), [delimiter], following, is_told=True)


def _over_several_lines(top: _Top) -> Sequence[_Top]:
    """The heading if a cell of it in quotation marks goes on in the next lines, or nothing."""
    if top.is_told:
        return ()
    lines = [top.line, *(line for _, line in top.following)]
    stop = end_of_quotes(lines, 0)
    if stop is None:
        return ()
    last = top.following[stop - 2][0]
    numbers = tuple(range(top.numbers[0], last + 1))
    rest = top.following[stop - 1 :]
    return (_Top("\n".join(lines[:stop]), numbers, top.above, top.separators, rest),)


def _refuse_swallowing(top: _Top, cells: list[str], layout: Layout, form: SerialForm) -> None:
    """Refuses a heading over several lines of which some may be rows."""
    lines = top.line.split("\n")
    own = [cells[place] for place in layout.places]
    if len(top.numbers) > 1 and may_swallow(lines, cells, own, layout, form):
        raise ColumnsNotClear(
            f"The heading goes from line {top.numbers[0]} to line {top.numbers[-1]}, and these"
            " lines may hold serials.",
            "Close or remove its quotation mark, or write the heading on one line.",
        )


def _refuse_doubtful(cells: list[str], top: _Top, layout: Layout, form: SerialForm) -> None:
    """Refuses a heading that could be a serial, or beside which a second one could be meant."""
    if len(cells) == 1 and _is_serial(top.line, form):
        raise ColumnsNotClear(
            f'The first line, "{_shown(top.line)}", could be a heading and a serial.',
            f'If it is a heading, name it: --column "{_shown(top.line)}".',
        )
    rows = joined_rows([line for _, line in top.following], layout, form)
    other = other_serial_column(cells, layout, rows, form)
    if other is None:
        return
    how = "both ends with --start-column and --end-column"
    raise ColumnsNotClear(
        f"More than one column could hold serials: {_listed([cells[layout.places[0]]])} and"
        f" {_listed([cells[other]])}.",
        f"Name {how if layout.holds_ranges else 'the one to read with --column'}. If both hold"
        " recalled serials, import the file once for each.",
    )


def _refuse_lines_above(top: _Top, asked: Columns) -> None:
    """Refuses a file whose heading stands below other lines, such as a title."""
    wanted = set(map(_plain, asked.asked))
    between = "[" + "".join(map(re.escape, top.separators)) + "]"
    for number, line in top.following:
        cells = re.split(between, line) if between != "[]" else [line]
        names = {_plain(cell.strip(' "')) for cell in cells}
        is_known = any(heading_key(cell) in SERIAL_NAMES for cell in cells)
        if wanted <= names if wanted else is_known:
            raise ColumnsNotClear(
                f'Line {number}, "{_shown(line)}", is a heading, but other lines stand above it.',
                "Remove the lines above the heading.",
            )


def _refuse_title(top: _Top, form: SerialForm) -> None:
    """Refuses to take a first line for a serial if it may well be a title."""
    has_digits = any(character.isdigit() for character in form.alphabet)
    if has_digits and not any(character.isdigit() for character in top.line):
        raise ColumnsNotClear(
            f'The first line, "{_shown(top.line)}", could be a title and a serial.',
            "If it is a title, remove it. If it is a serial, write a heading above it, and name"
            " that with --column.",
        )


def _asked_places(cells: list[str], asked: Columns) -> tuple[int, ...]:
    names = [_plain(cell) for cell in cells]
    wanted = [_plain(name) for name in asked.asked]
    for name in wanted:
        if names.count(name) > 1:
            raise ColumnsNotClear(
                f"Several columns are named {name}.", "Give each column a name of its own."
            )
    if not all(name in names for name in wanted):
        return ()
    return tuple(names.index(name) for name in wanted)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _known_places(cells: list[str]) -> tuple[int, ...]:
    keys = [heading_key(cell) for cell in cells]
    serials = [place for place, key in enumerate(keys) if key in SERIAL_NAMES]
    ranges = [
        (keys.index(start), keys.index(end))
        for start, end in RANGE_NAMES
        if keys.count(start) == 1 and keys.count(end) == 1
    ]
    if len(serials) + len(ranges) > 1:
        raise ColumnsNotClear(
            f"More than one column could hold the serials: the file has {_listed(cells)}.",
            "Name the one to read with --column, or both ends of ranges with --start-column and"
            " --end-column.",
        )
    if ranges:
        return ranges[0]
    return tuple(serials)


def _is_serial(line: str, form: SerialForm) -> bool:
    cells = split_quoted(line, "")
    return cells is not None and not isinstance(judge(cells[0], form), RejectReason)


def _refuse_half_asked(asked: Columns) -> None:
    ends = (asked.start is not None) + (asked.end is not None)
    if ends == 1 or (ends and asked.serial is not None):
        raise ColumnsNotClear(
            "A file holds serials or ranges.",
            "Name one column with --column, or both ends with --start-column and --end-column.",
        )
    if ends and asked.start == asked.end:
        raise ColumnsNotClear("Start and end are the same column.", "Name two columns.")


def _unclear(line: str, cells: list[str]) -> ColumnsNotClear:
    if len(cells) > 1:
        return ColumnsNotClear(
            f"None of the columns has a heading that says serial: the file has {_listed(cells)}.",
            "Name the one to read with --column, or both ends with --start-column and --end-column."
            " If the file has no headings, write a line with a name for each column above it.",
        )
    return ColumnsNotClear(
        f'The first line, "{_shown(line)}", is neither a known heading nor a serial.',
        f'If it is the heading, name it: --column "{_shown(line)}". Otherwise put the line'
        ' "serial" above it.',
    )


def _listed(cells: list[str]) -> str:
    return ", ".join(f'"{_shown(" ".join(cell.split()))}"' for cell in cells[:40])


def _shown(text: str) -> str:
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return visible if len(visible) <= SHOWN else visible[:SHOWN] + "..."
