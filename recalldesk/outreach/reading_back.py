"""Lists that come back from others: what a call centre, the post or a shop says of each line.

Guarantees: lines = heading + accepted + rejected + duplicate + blank + continued, against a count
that shares no code with the reader; each reject has its line, its reason and its row, to be sent
back; all of it happens in one transaction, or none of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from recalldesk.foundation.problem import Problem
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.errors import ColumnsNotClear
from recalldesk.units.importing.cells import cells_of, is_blank, split_quoted
from recalldesk.units.importing.decoding import Encoding
from recalldesk.units.importing.headings import SEPARATOR_SAID
from recalldesk.units.importing.layout import Columns, Layout
from recalldesk.units.importing.portions import Portion
from recalldesk.units.importing.sources import Source, open_source
from recalldesk.units.importing.taken import Taken
from recalldesk.units.importing.tally import Tally
from recalldesk.units.states import RejectReason

FORM = SerialForm(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", shortest=4, longest=64)
"""By it the parts that read files tell rows apart; what a cell says is judged elsewhere."""
SPREADSHEET_MARK = "'"
LONGEST_ROW = 4_000
NUMBER = "line number"
"""By this name a judge is told which line of the file it is, beside what the line says."""
UNREADABLE: Mapping[RejectReason, str] = {
    RejectReason.COLUMN_COUNT: "has more or fewer cells than the heading",
    RejectReason.CELL_TOO_LONG: "has a cell that is too long",
    RejectReason.STRAY_QUOTE: "has a quotation mark inside a cell that is not doubled",
}
CANNOT_BE_READ = "cannot be read"
READ_AS = (
    "The file is not in UTF-8, and was read as Windows-1252: look whether names came out right."
)


class FileRefused(Problem):
    """A file that cannot be read as what it was sent as; nothing was kept."""


class NoColumn(FileRefused):
    """The first line does not name what is needed."""


@dataclass(frozen=True, repr=False)
class RejectedLine:
    """A line that was not taken. `why` goes on after "this line"; `row`: as it came."""

    number: int
    why: str
    row: str


@dataclass(frozen=True, repr=False)
class ReadBack:
    """What became of a file."""

    lines: int
    heading: int
    accepted: int
    duplicate: int
    blank: int
    continued: int
    rejects: tuple[RejectedLine, ...]
    remarks: tuple[str, ...]

    @property
    def rejected(self) -> int:
        """Lines that were not taken."""
        return len(self.rejects)


Judge = Callable[[Mapping[str, str]], bool | str]
"""Given what a line says: True where it is news, False where it was known, or why it is refused."""
Names = Mapping[str, tuple[str, ...]]
"""Our name of each column, with the headings that mean it, in small letters; the first is needed
in every file."""


def read_back(path: Path, names: Names, judge: Judge, *, only_look: bool = False) -> ReadBack:
    """Reads a file. `only_look`: nothing stays. Raises FileRefused, ImportRefused."""
    source = open_source(path)
    layout, places, unread = _columns(source, names)
    rows = _Rows(layout, places, judge)
    tally, rejects = Tally(), []
    with transaction.atomic():
        for portion, _ in source.portions(layout, FORM):
            rows.first_number = portion.chunk.first_number
            taken = portion.taken_by(rows)
            tally.add(taken)
            rejects += [_reject(portion, rows, index, said) for index, said in taken.rejects]
        tally.reconcile(source.lines)
        tally.accepted = rows.accepted
        if not tally.taken and not tally.rejected:
            raise FileRefused("The file holds no row.", "Check that the export worked.")
        if only_look:
            transaction.set_rollback(True)
    return ReadBack(
        lines=source.lines,
        heading=tally.heading,
        accepted=tally.accepted,
        duplicate=tally.duplicate,
        blank=tally.blank,
        continued=tally.continued,
        rejects=tuple(rejects),
        remarks=(
            *source.remarks,
            *((READ_AS,) if source.encoding == Encoding.CP1252 else ()),
            *(f"The column “{each[:40]}” is not read." for each in unread),
        ),
    )


def _reject(portion: Portion, rows: "_Rows", index: int, said: RejectReason) -> RejectedLine:
    why = rows.reasons.get(index) or UNREADABLE.get(said, CANNOT_BE_READ)
    return RejectedLine(portion.number(index), why, portion.shown(index)[:LONGEST_ROW])


@dataclass
class _Rows:
    """Judges lines. `reasons`: why those taken last were refused, by their index."""

    layout: Layout
    places: Mapping[str, int]
    judge: Judge
    accepted: int = 0
    first_number: int = 1
    reasons: dict[int, str] = field(default_factory=dict)

    def take(self, lines: list[str]) -> Taken:
        """What became of these lines."""
        taken, self.reasons = Taken(), {}
        for index, line in enumerate(lines):
            if is_blank(line, self.layout):
                taken.blank += 1
                continue
            outcome = self._judged(line, self.first_number + index)
            if isinstance(outcome, RejectReason):
                taken.rejects.append((index, outcome))
            elif isinstance(outcome, str):
                self.reasons[index] = outcome
                taken.rejects.append((index, RejectReason.WRONG_FORM))
            else:
                taken.serials.append("")
                self.accepted += outcome
        return taken

    def _judged(self, line: str, number: int) -> bool | str | RejectReason:
        cells = cells_of(line, self.layout, longest=LONGEST_ROW)
        if isinstance(cells, RejectReason):
            return cells
        said = {
            name: cells[place].strip().removeprefix(SPREADSHEET_MARK)
            for name, place in self.places.items()
        }
        return self.judge({**said, NUMBER: str(number)})


def _columns(source: Source, names: Names) -> tuple[Layout, dict[str, int], list[str]]:
    """How the lines are laid out, the place of each column, and headings that nobody reads."""
    first = next(iter(names))
    found = ""
    for heading in names[first]:
        try:
            layout = source.layout(Columns(serial=heading), FORM)
        except ColumnsNotClear as problem:
            found = problem.hint
            continue
        return replace(layout, places=()), *_places(_heading(source, layout), names)
    raise NoColumn(
        f"The first line names no column “{names[first][0]}”.",
        f"{found} Read are: {', '.join(headings[0] for headings in names.values())}.",
    )


def _places(heading: Sequence[str], names: Names) -> tuple[dict[str, int], list[str]]:
    by_heading = {each: name for name, headings in names.items() for each in headings}
    places: dict[str, int] = {}
    unread = []
    for place, cell in enumerate(heading):
        name = by_heading.get(" ".join(cell.lstrip("\ufeff").split()).casefold())
        if name is None:
            unread.append(cell.strip())
        elif name in places:
            raise FileRefused(f"Two columns are named for {name}.", "Leave one of them.")
        else:
            places[name] = place
    return places, [each for each in unread if each]


def _heading(source: Source, layout: Layout) -> Sequence[str]:
    for portion, _ in source.portions(layout, FORM):
        first = portion.chunk.first_number
        numbers = [number - first for number in layout.heading_lines]
        lines = [portion.chunk.lines[number] for number in numbers] or portion.chunk.lines[:1]
        if SEPARATOR_SAID.fullmatch(lines[0]):
            del lines[0]
        return split_quoted("\n".join(lines), layout.delimiter) or ()
    return ()
