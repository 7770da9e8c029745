"""What the page of figures of incidents shows, from the tally. Nothing here asks the database."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from recalldesk.incidents.tally.compared import Compared
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import DEFINITIONS, Definition, title_of
from recalldesk.incidents.tally.figures import PARTED, Figure, Kind, When, every_figure

HEADS = {
    None: "All",
    When.BEFORE: "Before the recall",
    When.AFTER: "After",
    When.UNKNOWN: "Day not known",
}


@dataclass(frozen=True)
class Cell:
    """A number; `url` leads to its rows, and is empty where there are none."""

    shown: str
    url: str
    of: str


@dataclass(frozen=True)
class Line:
    """A row of the table. `is_part`: of what the last row without cells names."""

    title: str
    cells: tuple[Cell, ...]
    is_part: bool


@dataclass(frozen=True)
class NoticeLine:
    """A figure of the notice, what it says, and what is counted."""

    name: str
    title: str
    said: str
    counted: Cell
    differs: bool


def shown_number(number: Decimal, figure: Figure) -> str:
    """A number as people read it: 60,700 or USD 60,700.50."""
    written = f"{int(number):,}" if number == int(number) else f"{number:,.2f}"
    return f"{figure.part} {written}" if figure.kind is Kind.DAMAGE else written


class TallyShown:
    """The tables of the page. `query`: what the page's own address asks for; `rows_at`: the address
    of the rows behind a figure, those of the desk where none is given."""

    def __init__(
        self, tally: Tally, query: str, *, rows_at: Callable[[str], str] | None = None
    ) -> None:
        self._tally, self._query = tally, query
        self._rows_at = rows_at or _rows_of_the_desk

    def lines(self) -> list[Line]:
        """Every figure, and of those with parts the parts that are not nothing, below a row that
        says of what they are: else they would read as parts of whatever stands above them."""
        found: list[Line] = []
        named: Kind | None = None
        for figure in every_figure(self._tally.currencies):
            if figure.part and not self._tally.number(figure):
                continue
            if figure.kind in PARTED and figure.kind is not named:
                named = figure.kind
                found.append(Line(DEFINITIONS[named].title, (), is_part=False))
            found.append(self._line(figure))
        return found

    def of_notice(self, found: list[Compared]) -> list[NoticeLine]:
        """The notice's figures beside the tally's."""
        return [
            NoticeLine(
                each.name,
                title_of(each.figure),
                shown_number(each.said, each.figure),
                self.cell(each.figure),
                each.differs,
            )
            for each in found
        ]

    def cell(self, figure: Figure, when: When | None = None) -> Cell:
        """A number, with the way to its rows."""
        number = self._tally.number(figure, when)
        named = [self._query, f"when={when.value}" if when else ""]
        query = "&".join(part for part in named if part)
        url = self._rows_at(figure.name) + (f"?{query}" if query else "")
        said = f"{title_of(figure)}, {HEADS[when].lower()}"
        return Cell(shown_number(number, figure), url if number else "", said)

    def _line(self, figure: Figure) -> Line:
        cells = tuple(self.cell(figure, when) for when in HEADS)
        return Line(title_of(figure), cells, is_part=figure.kind in PARTED)


def _rows_of_the_desk(figure: str) -> str:
    return reverse("console:incident_rows", args=[figure])


def definitions() -> list[Definition]:
    """What each figure counts, in words."""
    return list(DEFINITIONS.values())
